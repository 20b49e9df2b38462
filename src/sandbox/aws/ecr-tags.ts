import type { RegistryGround } from '../registry/ground.ts'
import type { Repository } from '../registry/repository.ts'
import type { Caller } from '../world.ts'
import { invalid, list, mayUse, repositoryNotFound, text } from './ecr-lookup.ts'
import { AwsError, type Input, type Operation } from './service.ts'

/** Adds resource tags. @throws AwsError when one is not right, or there would be more than 50 */
export function takeTags(repository: Repository, tags: readonly unknown[]): void {
  const pairs = tags.map((item) => {
    const { Key, Value } = item as Record<string, unknown>
    if (typeof Key !== 'string' || typeof Value !== 'string' || Key === '' || Key.length > 128 || Value.length > 256) {
      throw new AwsError(
        'InvalidTagParameterException',
        'A tag is a key of 1 to 128 characters and a value of at most 256',
      )
    }
    return [Key, Value] as const
  })
  if (new Set([...repository.resourceTags.keys(), ...pairs.map(([key]) => key)]).size > 50) {
    throw new AwsError('TooManyTagsException', 'A repository has at most 50 tags')
  }
  for (const [key, value] of pairs) repository.resourceTags.set(key, value)
}

/** Resource tags of repositories, by ARN. */
export const tagOperations = ({ registries }: RegistryGround): Record<string, Operation> => {
  const found = (input: Input, caller: Caller, operation: string): Repository => {
    const arn = text(input, 'resourceArn')
    const match = /^arn:[a-z-]+:ecr:([a-z0-9-]+):(\d{12}):repository\/(.+)$/.exec(arn)
    if (!match) throw invalid('resourceArn', 'Invalid ARN')
    const [, region = '', account = '', name = ''] = match
    const registry = registries.find(account, region)
    const repository = registry?.repositories.get(name)
    if (registry === undefined || repository === undefined) throw repositoryNotFound(account, name)
    mayUse(registry, repository, caller, operation)
    return repository
  }
  return {
    TagResource(input, caller) {
      takeTags(found(input, caller, 'TagResource'), list(input, 'tags', 0, 200))
    },
    UntagResource(input, caller) {
      const { resourceTags } = found(input, caller, 'UntagResource')
      for (const key of list(input, 'tagKeys', 0, 200)) resourceTags.delete(String(key))
    },
    ListTagsForResource(input, caller) {
      const { resourceTags } = found(input, caller, 'ListTagsForResource')
      return { tags: [...resourceTags].map(([Key, Value]) => ({ Key, Value })) }
    },
  }
}
