import { digestOf } from '../registry/digest.ts'
import type { RegistryGround } from '../registry/ground.ts'
import type { TagMutability } from '../registry/immutability.ts'
import { isRepositoryName } from '../registry/reference.ts'
import { repositoryArn } from '../registry/refusal-words.ts'
import type { Registry } from '../registry/registries.ts'
import { emptyRepository, type Repository } from '../registry/repository.ts'
import {
  inRepositories,
  invalid,
  list,
  mayUse,
  named,
  paged,
  registryOf,
  repositoryNotFound,
  text,
} from './ecr-lookup.ts'
import { takeTags } from './ecr-tags.ts'
import { AwsError, type Input, type Operation } from './service.ts'

const modes = ['MUTABLE', 'IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION', 'MUTABLE_WITH_EXCLUSION'] as const

const filtersOf = ({ exclusions }: TagMutability) =>
  exclusions.length === 0 ? undefined : exclusions.map((filter) => ({ filterType: 'WILDCARD', filter }))

/** A repository as the API shows it. */
const shown = (registry: Registry, repository: Repository): Record<string, unknown> => ({
  repositoryArn: repositoryArn(registry, repository.name),
  registryId: registry.accountId,
  repositoryName: repository.name,
  repositoryUri: `${registry.host()}/${repository.name}`,
  createdAt: repository.createdAt / 1_000,
  imageTagMutability: repository.mutability.mode,
  imageTagMutabilityExclusionFilters: filtersOf(repository.mutability),
  imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
  encryptionConfiguration: { encryptionType: repository.encryption.type, kmsKey: repository.encryption.key },
})

/** Which repositories there are, and how each is set up. */
export const repositoryOperations = ({ world, registries }: RegistryGround): Record<string, Operation> => ({
  async CreateRepository(input, caller) {
    const registry = await registryOf(registries, input, caller)
    const name = text(input, 'repositoryName')
    if (!isRepositoryName(name)) throw invalid('repositoryName', 'must satisfy the grammar of repository names')
    if (registry === undefined || registry.accountId !== caller.accountId) {
      throw new AwsError(
        'AccessDeniedException',
        `User: ${caller.arn} is not authorized to perform: ecr:CreateRepository`,
      )
    }
    if (registry.repositories.has(name)) {
      const message = `The repository with name '${name}' already exists in the registry with id '${registry.accountId}'`
      throw new AwsError('RepositoryAlreadyExistsException', message)
    }
    const repository = emptyRepository(name, world.clock.now())
    repository.mutability = mutability(input)
    repository.scanOnPush = scanOnPush(input)
    repository.encryption = encryption(input, registry)
    takeTags(repository, list(input, 'tags', 0, 50))
    registry.repositories.set(name, repository)
    return { repository: shown(registry, repository) }
  },

  async DescribeRepositories(input, caller) {
    const names = list(input, 'repositoryNames', 0, 100).map(String)
    const registry = await registryOf(registries, input, caller)
    if (names.length > 0) {
      if (input['nextToken'] !== undefined || input['maxResults'] !== undefined) {
        throw invalid('maxResults', 'cannot be used with repositoryNames')
      }
      const repositories = names.map((name) => {
        const repository = registry?.repositories.get(name)
        if (registry === undefined || repository === undefined) {
          throw repositoryNotFound(String(input['registryId'] ?? caller.accountId), name)
        }
        mayUse(registry, repository, caller, 'DescribeRepositories')
        return shown(registry, repository)
      })
      return { repositories }
    }
    if (registry === undefined || registry.accountId !== caller.accountId) {
      const message = `User: ${caller.arn} is not authorized to perform: ecr:DescribeRepositories`
      throw new AwsError('AccessDeniedException', message)
    }
    const all = [...registry.repositories.values()]
    const { items, nextToken } = paged(all, ({ name }) => name, input, { standard: 100, most: 1_000 })
    return { repositories: items.map((repository) => shown(registry, repository)), nextToken }
  },

  ...inRepositories(registries, {
    DeleteRepository({ registry, repository }, input) {
      if (input['force'] !== true && repository.manifests.size > 0) {
        const message = `The repository with name '${repository.name}' in registry with id '${registry.accountId}' cannot be deleted because it still contains images`
        throw new AwsError('RepositoryNotEmptyException', message)
      }
      registry.repositories.delete(repository.name)
      const { encryptionConfiguration: _, imageScanningConfiguration: __, ...rest } = shown(registry, repository)
      return { repository: rest }
    },
    PutImageTagMutability(at, input) {
      text(input, 'imageTagMutability')
      at.repository.mutability = mutability(input)
      return {
        ...named(at),
        imageTagMutability: at.repository.mutability.mode,
        imageTagMutabilityExclusionFilters: filtersOf(at.repository.mutability),
      }
    },
    PutImageScanningConfiguration(at, input) {
      if (input['imageScanningConfiguration'] === undefined) {
        throw invalid('imageScanningConfiguration', 'Member must not be null')
      }
      at.repository.scanOnPush = scanOnPush(input)
      return { ...named(at), imageScanningConfiguration: { scanOnPush: at.repository.scanOnPush } }
    },
  }),
})

function mutability(input: Input): TagMutability {
  const mode = input['imageTagMutability'] ?? 'MUTABLE'
  if (!modes.includes(mode)) throw invalid('imageTagMutability', `must be one of ${modes.join(', ')}`)
  const exclusions = list(input, 'imageTagMutabilityExclusionFilters', 0, 5).map((item) => {
    const { filterType, filter } = item as Record<string, unknown>
    if (filterType !== 'WILDCARD') throw invalid('filterType', 'must be WILDCARD')
    const right = typeof filter === 'string' && /^[0-9a-zA-Z._*-]{1,128}$/.test(filter)
    // At most two wildcards, as the user guide says.
    if (!right || filter.split('*').length > 3) throw invalid('filter', '^[0-9a-zA-Z._*-]{1,128}$, at most 2 wildcards')
    return filter
  })
  if (mode.endsWith('_WITH_EXCLUSION') !== exclusions.length > 0) {
    throw invalid('imageTagMutabilityExclusionFilters', 'must be given with, and only with, an exclusion mode')
  }
  return { mode, exclusions }
}

function scanOnPush(input: Input): boolean {
  const value: unknown = input['imageScanningConfiguration']?.['scanOnPush'] ?? false
  if (typeof value !== 'boolean') throw invalid('scanOnPush', 'must be a boolean')
  return value
}

function encryption(input: Input, registry: Registry): Repository['encryption'] {
  const { encryptionType = 'AES256', kmsKey } = (input['encryptionConfiguration'] ?? {}) as Record<string, string>
  if (encryptionType === 'AES256') return { type: encryptionType, key: undefined }
  if (encryptionType !== 'KMS' && encryptionType !== 'KMS_DSSE') {
    throw invalid('encryptionType', 'must be one of AES256, KMS, KMS_DSSE')
  }
  const standard = digestOf(Buffer.from(`aws/ecr ${registry.accountId} ${registry.region}`)).slice(7, 39)
  const id = standard.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  return { type: encryptionType, key: kmsKey ?? `arn:aws:kms:${registry.region}:${registry.accountId}:key/${id}` }
}
