import type { Context } from '../action/define.ts'
import { UserError } from '../action/errors.ts'
import { ecrHost } from '../aws/ecr-host.ts'
import type { ContentStore } from './content.ts'
import type { EcrApi, EcrRepository } from './ecr-api.ts'
import { ecrContent } from './ecr-content.ts'
import { type ImageReference, parseRepository } from './image-reference.ts'
import { registryRepository } from './registry-client.ts'
import { isLoopback } from './registry-request.ts'
import type { TagMutability } from './tags.ts'

/** A repository that an image goes to. */
export interface ArtifactRepository {
  readonly uri: string
  readonly host: string
  readonly name: string
  readonly mutability: TagMutability
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
  const registry = registryRepository({
    host: real.host,
    repository: wanted.name,
    authorization: () => api.authorization(),
    mask: (secret) => host.mask(secret),
    clock,
  })
  return {
    uri,
    host: real.host,
    name: wanted.name,
    mutability: {
      mode: found.imageTagMutability ?? 'IMMUTABLE',
      exclusions: (found.imageTagMutabilityExclusionFilters ?? []).flatMap(({ filter }) => filter ?? []),
    },
    created,
    store: ecrContent(registry, api, { name: wanted.name }),
  }
}

/** A repository that an image comes from. */
export interface SourceRepository {
  readonly store: ContentStore
  /** Undefined when the registry is not ECR. */
  readonly ecr: EcrRepository | undefined
}

/**
 * The repository of an image, in ECR or any other registry. ECR's token goes to ECR alone: another registry is read without
 * credentials. A loopback registry is ECR when the AWS endpoint is on loopback too, as the sandbox's is.
 */
export function sourceRepository(
  { host: registryHost, repository }: ImageReference,
  api: EcrApi,
  { host, clock }: Pick<Context, 'host' | 'clock'>,
): SourceRepository {
  const account = ecrHost(registryHost)?.accountId
  const isEcr = account !== undefined || (isLoopback(registryHost) && endpointIsLoopback(host.env))
  const registry = registryRepository({
    host: registryHost,
    repository,
    authorization: isEcr ? () => api.authorization() : undefined,
    mask: (secret) => host.mask(secret),
    clock,
  })
  if (!isEcr) return { store: registry, ecr: undefined }
  const ecr = { name: repository, registryId: account }
  return { store: ecrContent(registry, api, ecr), ecr }
}

function endpointIsLoopback(env: NodeJS.ProcessEnv): boolean {
  const endpoint = env['AWS_ENDPOINT_URL_ECR'] ?? env['AWS_ENDPOINT_URL'] ?? ''
  return URL.canParse(endpoint) && isLoopback(new URL(endpoint).host)
}
