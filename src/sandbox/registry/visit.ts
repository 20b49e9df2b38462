import type { Exchange } from '../exchange.ts'
import type { Caller } from '../world.ts'
import type { Registry } from './registries.ts'
import type { Repository } from './repository.ts'

/** One request whose repository exists and whose caller may do this. */
export interface Visit {
  readonly exchange: Exchange
  readonly registry: Registry
  readonly repository: Repository
  readonly caller: Caller
}
