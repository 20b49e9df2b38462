import type { Context } from '../action/define.ts'
import { UserError } from '../action/errors.ts'
import type { ContentStore } from './content.ts'
import type { EcrApi } from './ecr-api.ts'
import { parseRepository } from './image-reference.ts'
import { registryRepository } from './registry-client.ts'

/** A repository that an image goes to or comes from. */
export interface ArtifactRepository {
  readonly uri: string
  readonly host: string
  readonly name: string
  readonly immutable: boolean
  readonly created: boolean
  readonly store: ContentStore
}

/** What to do when the repository is not there. */
export interface RepositoryOptions {
  readonly create: boolean
  readonly mutability: 'MUTABLE' | 'IMMUTABLE'
  readonly dryRun: boolean
}

/**
 * The repository that a name or URI means, in ECR; made when asked for.
 * @throws UserError when it is not there, or its URI is another
 */
export async function openRepository(
  named: string,
  api: EcrApi,
  options: RepositoryOptions,
  { host, clock, signal }: Pick<Context, 'host' | 'clock' | 'signal'>,
): Promise<ArtifactRepository | undefined> {
  const wanted = parseRepository(named)
  let found = await api.repository(wanted.name, signal)
  let created = false
  if (found === undefined) {
    if (!options.create)
      throw new UserError(`there is no repository '${wanted.name}': create it, or set create-repository to true`)
    if (options.dryRun) {
      host.info(`would create the repository ${wanted.name} (${options.mutability})`)
      return undefined
    }
    found = await api.createRepository(wanted.name, options.mutability, signal)
    created = true
    host.info(`created the repository ${found.repositoryUri} (${options.mutability}, scan on push)`)
  }
  const uri = found.repositoryUri ?? ''
  const real = parseRepository(uri)
  if (real.host === undefined) throw new UserError(`ECR gives '${uri}' as the URI of ${wanted.name}`)
  if (wanted.host !== undefined && wanted.host !== real.host) {
    throw new UserError(
      `the repository '${named}' is not in the registry of these credentials, which is ${real.host}: check the region and the role`,
    )
  }
  const store = registryRepository({
    host: real.host,
    repository: wanted.name,
    authorization: () => api.authorization(),
    clock,
  })
  const immutable = (found.imageTagMutability ?? '').startsWith('IMMUTABLE')
  return { uri, host: real.host, name: wanted.name, immutable, created, store }
}
