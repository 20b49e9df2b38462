import type { DeploymentStrategy, PropagateTags } from '@aws-sdk/client-ecs'
import { InputError } from '../action/errors.ts'
import type { ServicesRequest } from './deploy-services.ts'
import type { IfDeploying, Remedy } from './deployment-policy.ts'
import { managedVolume } from './managed-volume.ts'
import type { NativeOperation } from './native-operations.ts'
import type { NativeParts } from './native-request.ts'
import type { NativeWait } from './native-stages.ts'
import { capacityProviders, lifecycleHooks, type strategies } from './service-inputs.ts'
import type { ServiceSettings } from './service-update.ts'
import { type TaskBeforeInputs, taskBeforeOf, taskBeforeProblems } from './task-before.ts'
import { wantedRevision } from './wanted-revision.ts'

/** What the action's table yields, by the inputs' own names. Durations are in ms. */
export interface NativeInputs extends TaskBeforeInputs {
  readonly operation: 'deploy' | NativeOperation
  readonly 'task-definition': string | undefined
  readonly service: readonly string[]
  readonly cluster: string
  readonly 'desired-count': number | undefined
  readonly 'force-new-deployment': boolean
  readonly strategy: (typeof strategies)[number] | undefined
  readonly 'bake-time': number | undefined
  readonly 'canary-percent': number | undefined
  readonly 'canary-bake-time': number | undefined
  readonly 'linear-step-percent': number | undefined
  readonly 'linear-step-bake-time': number | undefined
  readonly 'lifecycle-hooks': unknown
  readonly 'circuit-breaker': 'off' | 'stop' | 'rollback' | undefined
  readonly 'deployment-alarms': readonly string[] | undefined
  readonly 'minimum-healthy-percent': number | undefined
  readonly 'maximum-percent': number | undefined
  readonly 'health-check-grace-period': number | undefined
  readonly subnets: readonly string[] | undefined
  readonly 'security-groups': readonly string[] | undefined
  readonly 'assign-public-ip': boolean | undefined
  readonly 'platform-version': string | undefined
  readonly 'capacity-provider-strategy': unknown
  readonly 'enable-execute-command': boolean | undefined
  readonly 'enable-ecs-managed-tags': boolean | undefined
  readonly 'propagate-tags': PropagateTags | undefined
  readonly 'service-managed-ebs-volume-name': string | undefined
  readonly 'service-managed-ebs-volume': unknown
  readonly 'suspend-autoscaling': boolean
  readonly 'keep-revisions': number | undefined
  readonly 'if-deploying': IfDeploying
  readonly 'wait-until': NativeWait
  readonly timeout: number
  readonly 'failed-tasks': number
  readonly 'on-failure': Remedy
  readonly 'on-timeout': Remedy
  readonly 'on-cancel': Remedy
  readonly 'unknown-fields': 'error' | 'warn' | 'ignore'
  readonly 'dry-run': boolean
}

/** Inputs that say what to deploy, without a default: they mean nothing to the other operations. */
const ofDeploy = [
  ...(['desired-count', 'strategy', 'bake-time', 'canary-percent', 'canary-bake-time', 'linear-step-percent'] as const),
  ...(['linear-step-bake-time', 'lifecycle-hooks', 'circuit-breaker', 'deployment-alarms', 'keep-revisions'] as const),
  ...(['minimum-healthy-percent', 'maximum-percent', 'health-check-grace-period', 'subnets'] as const),
  ...(['security-groups', 'assign-public-ip', 'platform-version', 'capacity-provider-strategy'] as const),
  ...(['enable-execute-command', 'enable-ecs-managed-tags', 'propagate-tags'] as const),
  ...(['service-managed-ebs-volume-name', 'service-managed-ebs-volume'] as const),
]

/** The strategy whose setting an input is. */
const ofStrategy = {
  'canary-percent': 'canary',
  'canary-bake-time': 'canary',
  'linear-step-percent': 'linear',
  'linear-step-bake-time': 'linear',
} as const

/** Rules between inputs, and of those that hold structures, a line for each that is broken. Pure. */
export function nativeProblems(inputs: NativeInputs): readonly string[] {
  const { operation, service: services, strategy } = inputs
  const problems: string[] = []
  const given = (name: keyof NativeInputs): boolean => inputs[name] !== undefined
  if (services.length === 0) problems.push("input 'service': expected the name of a service")
  if (new Set(services).size !== services.length) problems.push("input 'service': names a service twice")
  if (operation !== 'deploy') {
    for (const name of ofDeploy.filter(given))
      problems.push(`input '${name}': means nothing to the operation ${operation}`)
  }
  for (const name of ['bake-time', 'canary-bake-time', 'linear-step-bake-time'] as const) {
    const ms = inputs[name] ?? 0
    if (ms % 60_000 !== 0 || ms > 1_440 * 60_000) problems.push(`input '${name}': expected whole minutes, at most 24h`)
  }
  for (const [name, owner] of Object.entries(ofStrategy)) {
    if (given(name as keyof typeof ofStrategy) && strategy !== undefined && strategy !== owner)
      problems.push(`input '${name}': belongs to the strategy ${owner}, not to ${strategy}`)
  }
  if (strategy === 'rolling' && given('bake-time')) problems.push("input 'bake-time': a rolling deployment has none")
  const hooks = structure(problems, () => lifecycleHooks(inputs['lifecycle-hooks']))
  if (strategy === 'rolling' && (hooks?.length ?? 0) > 0)
    problems.push("input 'lifecycle-hooks': a rolling deployment has none")
  structure(problems, () => capacityProviders(inputs['capacity-provider-strategy']))
  structure(problems, () => serviceVolume(inputs))
  const seesSuccess = ['traffic-shifted', 'bake', 'complete'].includes(inputs['wait-until'])
  if (given('keep-revisions') && !seesSuccess)
    problems.push(
      "input 'keep-revisions': needs a success to be seen: set wait-until to traffic-shifted, bake or complete",
    )
  problems.push(...taskBeforeProblems(inputs))
  return problems
}

const serviceVolume = (inputs: NativeInputs): ServiceSettings['volumes'] =>
  managedVolume(
    inputs['service-managed-ebs-volume-name'],
    inputs['service-managed-ebs-volume'],
    'service-managed-ebs-volume',
  )

/** What a reader of a structure yields; what it finds wrong is added to the problems. */
function structure<T>(problems: string[], read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    problems.push(...error.problems)
    return undefined
  }
}

const minutes = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : ms / 60_000)
const seconds = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : Math.round(ms / 1_000))

/** What the inputs ask of the service beside its revision. Pure. @throws InputError */
export function nativeSettings(inputs: NativeInputs): ServiceSettings {
  return {
    desiredCount: inputs['desired-count'],
    strategy: inputs.strategy?.toUpperCase().replace('-', '_') as DeploymentStrategy | undefined,
    bakeTimeInMinutes: minutes(inputs['bake-time']),
    canaryPercent: inputs['canary-percent'],
    canaryBakeTimeInMinutes: minutes(inputs['canary-bake-time']),
    linearStepPercent: inputs['linear-step-percent'],
    linearStepBakeTimeInMinutes: minutes(inputs['linear-step-bake-time']),
    circuitBreaker: inputs['circuit-breaker'],
    alarms: inputs['deployment-alarms'],
    hooks: lifecycleHooks(inputs['lifecycle-hooks']),
    minimumHealthyPercent: inputs['minimum-healthy-percent'],
    maximumPercent: inputs['maximum-percent'],
    healthCheckGracePeriodSeconds: seconds(inputs['health-check-grace-period']),
    subnets: inputs.subnets,
    securityGroups: inputs['security-groups'],
    assignPublicIp: inputs['assign-public-ip'],
    platformVersion: inputs['platform-version'],
    capacityProviders: capacityProviders(inputs['capacity-provider-strategy']),
    enableExecuteCommand: inputs['enable-execute-command'],
    enableManagedTags: inputs['enable-ecs-managed-tags'],
    propagateTags: inputs['propagate-tags'],
    volumes: serviceVolume(inputs),
  }
}

/** What the inputs ask for; reads the task definition that they name. @throws UserError, InputError */
export async function nativeRequest(
  inputs: NativeInputs,
  { ecs, host, signal }: Pick<NativeParts, 'ecs' | 'host' | 'signal'>,
): Promise<ServicesRequest> {
  const settings = nativeSettings(inputs)
  const taskBefore = taskBeforeOf(inputs)
  const given = inputs.operation === 'deploy' ? inputs['task-definition'] : undefined
  return {
    cluster: inputs.cluster,
    services: inputs.service,
    wanted: given === undefined ? undefined : await wantedRevision(given, ecs, inputs['unknown-fields'], host, signal),
    settings,
    force: inputs['force-new-deployment'],
    taskBefore,
    suspendScaling: inputs['suspend-autoscaling'],
    keepRevisions: inputs['keep-revisions'],
    ifDeploying: inputs['if-deploying'],
    waitUntil: inputs['wait-until'],
    timeoutMs: inputs.timeout,
    onFailure: inputs['on-failure'],
    onTimeout: inputs['on-timeout'],
    onCancel: inputs['on-cancel'],
    failedTasks: inputs['failed-tasks'],
    dryRun: inputs['dry-run'],
  }
}
