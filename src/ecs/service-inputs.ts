import type {
  CapacityProviderStrategyItem,
  DeploymentLifecycleHook,
  DeploymentStrategy,
  ServiceManagedEBSVolumeConfiguration,
  ServiceVolumeConfiguration,
} from '@aws-sdk/client-ecs'
import { InputError } from '../action/errors.ts'
import { isMembers, objectsOf } from './objects-input.ts'
import { type TaskBeforeInputs, taskBeforeProblems } from './task-before.ts'

/** How traffic moves, in the words of the inputs. */
export const strategies = ['rolling', 'blue-green', 'linear', 'canary'] as const

export const strategyOf = (strategy: (typeof strategies)[number] | undefined): DeploymentStrategy | undefined =>
  strategy === undefined ? undefined : (strategy.toUpperCase().replace('-', '_') as DeploymentStrategy)

/** @throws InputError */
export function capacityProviders(value: unknown): readonly CapacityProviderStrategyItem[] | undefined {
  const found = objectsOf(value, 'capacity-provider-strategy', ['capacityProvider', 'weight', 'base'])
  return found as readonly CapacityProviderStrategyItem[] | undefined
}

const hookMembers = [
  ...['targetType', 'hookTargetArn', 'roleArn', 'lifecycleStages', 'hookDetails', 'timeoutConfiguration'],
]

/** @throws InputError */
export const lifecycleHooks = (value: unknown): readonly DeploymentLifecycleHook[] | undefined =>
  objectsOf(value, 'lifecycle-hooks', hookMembers) as readonly DeploymentLifecycleHook[] | undefined

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
  return [{ name, managedEBSVolume: value as unknown as ServiceManagedEBSVolumeConfiguration }]
}

/** The inputs whose rules hold between several of them. */
interface Related extends TaskBeforeInputs {
  readonly operation: string
  readonly service: readonly string[]
  readonly strategy: (typeof strategies)[number] | undefined
  readonly 'bake-time': number | undefined
  readonly 'canary-bake-time': number | undefined
  readonly 'linear-step-bake-time': number | undefined
  readonly 'canary-percent': number | undefined
  readonly 'linear-step-percent': number | undefined
}

/** Rules between inputs, one line for each that is broken. */
export function settingProblems(inputs: Related): readonly string[] {
  const problems: string[] = []
  const services = inputs.service
  if (services.length === 0) problems.push("input 'service': expected the name of a service")
  if (new Set(services).size !== services.length) problems.push("input 'service': names a service twice")
  for (const name of ['bake-time', 'canary-bake-time', 'linear-step-bake-time'] as const) {
    const value = inputs[name]
    if (value === undefined) continue
    if (value % 60_000 !== 0 || value > 1_440 * 60_000)
      problems.push(`input '${name}': expected whole minutes, at most 24h`)
  }
  const belongs = {
    'canary-percent': 'canary',
    'canary-bake-time': 'canary',
    'linear-step-percent': 'linear',
    'linear-step-bake-time': 'linear',
  } as const
  for (const [name, strategy] of Object.entries(belongs)) {
    if (
      inputs[name as keyof typeof belongs] === undefined ||
      inputs.strategy === undefined ||
      inputs.strategy === strategy
    )
      continue
    problems.push(`input '${name}': belongs to the strategy ${strategy}, not to ${inputs.strategy}`)
  }
  if (inputs.strategy === 'rolling' && inputs['bake-time'] !== undefined)
    problems.push("input 'bake-time': a rolling deployment has none")
  problems.push(...taskBeforeProblems(inputs))
  return problems
}
