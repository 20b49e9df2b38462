import type { Registry } from './registries.ts'
import type { Refusal, Repository } from './repository.ts'

/** What ECR says when it refuses an image, on both of its protocols. `named` is the tag or digest of the push. */
export function refusalWords(refusal: Refusal, registry: Registry, repository: Repository, named: string): string {
  const { kind, message, digests } = refusal
  const needed = `'[${digests.join(', ')}]' required for pushing image into repository with name '${repository.name}' in the registry with id '${registry.accountId}' do not exist`
  switch (kind) {
    case 'invalid':
      return message
    case 'digest-mismatch':
      return `The image with digest '${named}' in repository '${repository.name}' and registry ID '${registry.accountId}' does not match the image digest that Amazon ECR has calculated.`
    case 'layers-missing':
      return `Layers with digests ${needed}`
    case 'images-missing':
      return `Images with digests ${needed}`
    case 'tag-immutable':
      return `The image tag '${named}' already exists in the '${repository.name}' repository and cannot be overwritten because the tag is immutable.`
  }
}

export const unknownRepository = (registryId: string, name: string): string =>
  `The repository with name '${name}' does not exist in the registry with id '${registryId}'`

export const notAuthorized = (arn: string, action: string, resource: string): string =>
  `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} because no resource-based policy allows the ${action} action`

export const repositoryArn = (registry: Registry, name: string): string =>
  `arn:aws:ecr:${registry.region}:${registry.accountId}:repository/${name}`
