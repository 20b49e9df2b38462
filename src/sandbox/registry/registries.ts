import type { SandboxClock } from '../clock.ts'
import type { Repository } from './repository.ts'
import type { ScanningRules } from './scan-record.ts'

/** The registry of one account in one region. */
export interface Registry {
  readonly accountId: string
  readonly region: string
  /** `127.0.0.1:<port>`, the host of every image reference into it. */
  host(): string
  readonly repositories: Map<string, Repository>
  /** Account settings that were put; `BLOB_MOUNTING` is `ENABLED` or not. */
  readonly settings: Map<string, string>
  scanning: ScanningRules
}

/**
 * All registries of the sandbox. The default account's in the default region is at the sandbox's own port;
 * every other one gets a port of its own when it is first used, so that a reference alone says which one is meant.
 */
export interface Registries {
  of(accountId: string, region: string): Promise<Registry>
  /** The registry of an account if it is in use already. */
  find(accountId: string, region: string): Registry | undefined
  /** The registry behind `127.0.0.1:<port>`. */
  at(port: number): Registry | undefined
}

interface Ground {
  readonly accountId: string
  readonly region: string
  readonly clock: SandboxClock
  endpoint(): string
  listen(): Promise<number>
}

export function registries(ground: Ground): Registries {
  const make = (accountId: string, region: string, port: () => number): Registry => ({
    accountId,
    region,
    host: () => `127.0.0.1:${port()}`,
    repositories: new Map(),
    settings: new Map(),
    scanning: { scanType: 'BASIC', rules: [] },
  })
  const mainPort = (): number => Number(new URL(ground.endpoint()).port)
  const main = make(ground.accountId, ground.region, mainPort)
  const byPort = new Map<number, Registry>()
  const byOwner = new Map<string, Promise<Registry>>([[`${main.accountId}/${main.region}`, Promise.resolve(main)]])
  const ready = new Map([[`${main.accountId}/${main.region}`, main]])
  return {
    find: (accountId, region) => ready.get(`${accountId}/${region}`),
    async of(accountId, region) {
      const key = `${accountId}/${region}`
      let made = byOwner.get(key)
      if (made === undefined) {
        made = ground.listen().then((port) => {
          const registry = make(accountId, region, () => port)
          byPort.set(port, registry)
          ready.set(key, registry)
          return registry
        })
        byOwner.set(key, made)
      }
      return await made
    },
    at: (port) => byPort.get(port) ?? (port === mainPort() ? main : undefined),
  }
}
