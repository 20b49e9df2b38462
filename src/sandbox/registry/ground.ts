import type { World } from '../world.ts'
import type { LayerLinks } from './layer-links.ts'
import type { Registries, Registry } from './registries.ts'
import type { Repository, StoredManifest } from './repository.ts'
import type { Tokens } from './tokens.ts'

/** What both protocols of the registries, distribution and ECR's API, stand on. */
export interface RegistryGround {
  readonly world: Pick<World, 'clock' | 'id'>
  readonly registries: Registries
  readonly tokens: Tokens
  readonly links: LayerLinks
  /** Told of every manifest that was pushed; scans begin here. */
  pushed(registry: Registry, repository: Repository, stored: StoredManifest): void
}
