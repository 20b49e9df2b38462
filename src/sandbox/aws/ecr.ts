import type { RegistryGround } from '../registry/ground.ts'
import { imageOperations } from './ecr-images.ts'
import { layerOperations } from './ecr-layers.ts'
import { listingOperations } from './ecr-listings.ts'
import { policyOperations } from './ecr-policies.ts'
import { registryOperations } from './ecr-registry.ts'
import { repositoryOperations } from './ecr-repositories.ts'
import { scanOperations } from './ecr-scans.ts'
import { tagOperations } from './ecr-tags.ts'
import type { AwsService } from './service.ts'

/** Amazon ECR over the same store that the distribution API serves. */
export const ecr = (ground: RegistryGround): AwsService => ({
  name: 'ecr',
  protocol: { kind: 'json', version: '1.1', target: 'AmazonEC2ContainerRegistry_V20150921' },
  operations: {
    ...registryOperations(ground),
    ...repositoryOperations(ground),
    ...policyOperations(ground),
    ...tagOperations(ground),
    ...layerOperations(ground),
    ...imageOperations(ground),
    ...listingOperations(ground),
    ...scanOperations(ground),
  },
})
