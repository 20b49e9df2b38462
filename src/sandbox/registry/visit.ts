import type { Exchange } from '../exchange.ts'
import type { Caller, World } from '../world.ts'
import type { LayerLinks } from './layer-links.ts'
import type { Registries, Registry } from './registries.ts'
import type { Repository, StoredManifest } from './repository.ts'
import type { Tokens } from './tokens.ts'

/** What the distribution API stands on. */
export interface Distribution {
  readonly world: Pick<World, 'clock' | 'id'>
  readonly registries: Registries
  readonly tokens: Tokens
  readonly links: LayerLinks
  /** Told of every manifest that was pushed; scans begin here. */
  pushed(registry: Registry, repository: Repository, stored: StoredManifest): void
}

/** One request whose repository exists and whose caller may do this. */
export interface Visit {
  readonly exchange: Exchange
  readonly registry: Registry
  readonly repository: Repository
  readonly caller: Caller
}

/** What is sent back; a HEAD gets the headers of its body alone. */
export interface Answer {
  readonly status: number
  readonly body?: string | Uint8Array
  readonly headers?: Record<string, string>
}
