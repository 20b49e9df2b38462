import type {
  CapacityProviderStrategyItem,
  ContainerOverride,
  DeploymentLifecycleHook,
  DeploymentStrategy,
  NetworkConfiguration,
  ServiceManagedEBSVolumeConfiguration,
  ServiceVolumeConfiguration,
  Tag,
  TaskOverride,
} from '@aws-sdk/client-ecs'
import { didYouMean } from '../action/closest.ts'
import { InputError } from '../action/errors.ts'

/** How traffic moves, in the words of the inputs. */
export const strategies = ['rolling', 'blue-green', 'linear', 'canary'] as const

export const strategyOf = (strategy: (typeof strategies)[number] | undefined): DeploymentStrategy | undefined =>
  strategy === undefined ? undefined : (strategy.toUpperCase().replace('-', '_') as DeploymentStrategy)

type Members = Readonly<Record<string, unknown>>

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A list of objects. @throws InputError naming the input */
function rows(value: unknown, input: string, members: readonly string[]): readonly Members[] | undefined {
  if (value === undefined) return undefined
  if (!Array.isArray(value) || !value.every(isMembers))
    throw new InputError([`input '${input}': expected a list of objects`])
  const strange = value.flatMap((row) => Object.keys(row).filter((name) => !members.includes(name)))
  if (strange.length > 0) {
    throw new InputError(
      [...new Set(strange)].map(
        (name) =>
          `input '${input}': '${name}' is no member of it${didYouMean(name, members)} (it has ${members.join(', ')})`,
      ),
    )
  }
  return value
}

/** @throws InputError */
export function capacityProviders(value: unknown): readonly CapacityProviderStrategyItem[] | undefined {
  const found = rows(value, 'capacity-provider-strategy', ['capacityProvider', 'weight', 'base'])
  return found as readonly CapacityProviderStrategyItem[] | undefined
}

const hookMembers = [
  ...['targetType', 'hookTargetArn', 'roleArn', 'lifecycleStages', 'hookDetails', 'timeoutConfiguration'],
]

/** @throws InputError */
export const lifecycleHooks = (value: unknown): readonly DeploymentLifecycleHook[] | undefined =>
  rows(value, 'lifecycle-hooks', hookMembers) as readonly DeploymentLifecycleHook[] | undefined

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

/** @throws InputError */
export function taskOverrides(value: unknown): TaskOverride | undefined {
  if (value === undefined) return undefined
  if (!Array.isArray(value) || !value.every((row) => isMembers(row) && typeof row['name'] === 'string')) {
    throw new InputError([
      "input 'run-task-container-overrides': expected a list of objects, each with the name of a container",
    ])
  }
  return { containerOverrides: value as ContainerOverride[] }
}

/** @throws InputError */
export const taskTags = (value: unknown): readonly Tag[] =>
  (rows(value, 'run-task-tags', ['key', 'value']) ?? []) as readonly Tag[]

/** The network of a task before the deployment; undefined to take the service's. */
export function runTaskNetwork(inputs: {
  readonly 'run-task-subnets': readonly string[] | undefined
  readonly 'run-task-security-groups': readonly string[] | undefined
  readonly 'run-task-assign-public-ip': 'ENABLED' | 'DISABLED' | undefined
}): NetworkConfiguration | undefined {
  const subnets = inputs['run-task-subnets']
  if (subnets === undefined) return undefined
  const securityGroups = inputs['run-task-security-groups']
  const assignPublicIp = inputs['run-task-assign-public-ip']
  return {
    awsvpcConfiguration: {
      subnets: [...subnets],
      ...(securityGroups === undefined ? {} : { securityGroups: [...securityGroups] }),
      ...(assignPublicIp === undefined ? {} : { assignPublicIp }),
    },
  }
}

/** The inputs whose rules hold between several of them. */
interface Related {
  readonly operation: string
  readonly service: readonly string[]
  readonly strategy: (typeof strategies)[number] | undefined
  readonly 'bake-time': number | undefined
  readonly 'canary-bake-time': number | undefined
  readonly 'linear-step-bake-time': number | undefined
  readonly 'canary-percent': number | undefined
  readonly 'linear-step-percent': number | undefined
  readonly 'run-task-subnets': readonly string[] | undefined
  readonly 'run-task-security-groups': readonly string[] | undefined
  readonly 'run-task-assign-public-ip': 'ENABLED' | 'DISABLED' | undefined
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
  if (inputs['run-task-subnets'] === undefined) {
    for (const name of ['run-task-security-groups', 'run-task-assign-public-ip'] as const)
      if (inputs[name] !== undefined) problems.push(`input '${name}': needs run-task-subnets`)
  }
  return problems
}
