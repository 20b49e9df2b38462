import type {
  CapacityProviderStrategyItem,
  DeploymentLifecycleHook,
  ServiceManagedEBSVolumeConfiguration,
  ServiceVolumeConfiguration,
} from '@aws-sdk/client-ecs'
import { InputError } from '../action/errors.ts'
import { isMembers, objectsOf } from './objects-input.ts'

/** How traffic moves, in the words of the inputs. */
export const strategies = ['rolling', 'blue-green', 'linear', 'canary'] as const

/** @throws InputError */
export function capacityProviders(value: unknown): readonly CapacityProviderStrategyItem[] | undefined {
  const found = objectsOf(value, 'capacity-provider-strategy', ['capacityProvider', 'weight', 'base'])
  return found as readonly CapacityProviderStrategyItem[] | undefined
}

export const hookMembers = [
  ...['targetType', 'hookTargetArn', 'roleArn', 'lifecycleStages', 'hookDetails', 'timeoutConfiguration'],
]

/** @throws InputError */
export const lifecycleHooks = (value: unknown): readonly DeploymentLifecycleHook[] | undefined =>
  objectsOf(value, 'lifecycle-hooks', hookMembers) as readonly DeploymentLifecycleHook[] | undefined

/** What ECS takes of a volume that it manages; the SDK would drop anything else without a word. */
export const managedVolumeMembers = [
  ...['encrypted', 'kmsKeyId', 'volumeType', 'sizeInGiB', 'snapshotId', 'volumeInitializationRate', 'iops'],
  ...['throughput', 'tagSpecifications', 'roleArn', 'filesystemType'],
]

/** @throws InputError */
export function managedVolume(
  name: string | undefined,
  value: unknown,
): readonly ServiceVolumeConfiguration[] | undefined {
  if (name === undefined && value === undefined) return undefined
  if (name === undefined || !isMembers(value) || typeof value['roleArn'] !== 'string') {
    throw new InputError([
      "input 'service-managed-ebs-volume': expected an object with roleArn, and the name in service-managed-ebs-volume-name",
    ])
  }
  objectsOf([value], 'service-managed-ebs-volume', managedVolumeMembers)
  return [{ name, managedEBSVolume: value as unknown as ServiceManagedEBSVolumeConfiguration }]
}
