import type { CapacityProviderStrategyItem, DeploymentLifecycleHook } from '@aws-sdk/client-ecs'
import { objectsOf } from './objects-input.ts'

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
