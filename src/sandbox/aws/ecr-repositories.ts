import { isRepositoryName } from '../registry/reference.ts'
import type { Registry } from '../registry/registries.ts'
import { emptyRepository, type Repository } from '../registry/repository.ts'
import type { EcrGround } from './ecr.ts'
import { AwsError, type Operation } from './service.ts'

const describe = (registry: Registry, repository: Repository): Record<string, unknown> => ({
  repositoryArn: `arn:aws:ecr:${registry.region}:${registry.accountId}:repository/${repository.name}`,
  registryId: registry.accountId,
  repositoryName: repository.name,
  repositoryUri: `${registry.host()}/${repository.name}`,
  createdAt: repository.createdAt / 1_000,
  imageTagMutability: repository.mutability.mode,
  imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
  encryptionConfiguration: { encryptionType: repository.encryption.type },
})

export const repositoryOperations = ({ world, registries }: EcrGround): Record<string, Operation> => ({
  async CreateRepository(input, caller) {
    const registry = await registries.of(caller.accountId, caller.region)
    const name = String(input['repositoryName'] ?? '')
    if (!isRepositoryName(name)) {
      throw new AwsError('InvalidParameterException', "Invalid parameter at 'repositoryName'")
    }
    if (registry.repositories.has(name)) {
      const message = `The repository with name '${name}' already exists in the registry with id '${registry.accountId}'`
      throw new AwsError('RepositoryAlreadyExistsException', message)
    }
    const repository = emptyRepository(name, world.clock.now())
    registry.repositories.set(name, repository)
    return { repository: describe(registry, repository) }
  },
})
