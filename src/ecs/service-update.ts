import { isDeepStrictEqual } from 'node:util'
import type {
  CapacityProviderStrategyItem,
  DeploymentConfiguration,
  DeploymentLifecycleHook,
  DeploymentStrategy,
  PropagateTags,
  Service,
  ServiceVolumeConfiguration,
  UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs'

/** What is asked of a service beside its task definition. What is absent is left as it is, and not sent. */
export interface ServiceSettings {
  readonly desiredCount?: number | undefined
  readonly strategy?: DeploymentStrategy | undefined
  readonly bakeTimeInMinutes?: number | undefined
  readonly canaryPercent?: number | undefined
  readonly canaryBakeTimeInMinutes?: number | undefined
  readonly linearStepPercent?: number | undefined
  readonly linearStepBakeTimeInMinutes?: number | undefined
  readonly circuitBreaker?: 'off' | 'stop' | 'rollback' | undefined
  /** An empty list takes the alarms away. */
  readonly alarms?: readonly string[] | undefined
  readonly hooks?: readonly DeploymentLifecycleHook[] | undefined
  readonly minimumHealthyPercent?: number | undefined
  readonly maximumPercent?: number | undefined
  readonly healthCheckGracePeriodSeconds?: number | undefined
  readonly subnets?: readonly string[] | undefined
  readonly securityGroups?: readonly string[] | undefined
  readonly assignPublicIp?: boolean | undefined
  readonly platformVersion?: string | undefined
  readonly capacityProviders?: readonly CapacityProviderStrategyItem[] | undefined
  readonly enableExecuteCommand?: boolean | undefined
  readonly enableManagedTags?: boolean | undefined
  readonly propagateTags?: PropagateTags | undefined
  readonly volumes?: readonly ServiceVolumeConfiguration[] | undefined
}

/** One setting that differs from what was asked for. */
export interface SettingChange {
  readonly name: string
  readonly from: unknown
  readonly to: unknown
}

/** What to send to UpdateService so that a service gets the settings asked for, and what that changes. */
export interface ServiceUpdate {
  readonly input: Partial<UpdateServiceCommandInput>
  readonly changes: readonly SettingChange[]
}

type Members = Record<string, unknown>

/** Compares the settings with the live service; only what differs is sent. Of a nested setting, the live rest goes along. */
export function serviceUpdate(asked: ServiceSettings, live: Service): ServiceUpdate {
  const changes: SettingChange[] = []
  const differing = (pairs: readonly (readonly [string, unknown, unknown])[]): Members => {
    const found = pairs.filter(([, to, from]) => to !== undefined && !same(from, to))
    changes.push(...found.map(([name, to, from]) => ({ name, from, to })))
    return Object.fromEntries(found.map(([name, to]) => [name, to]))
  }
  const flat = differing([
    ['desiredCount', asked.desiredCount, live.desiredCount],
    ['healthCheckGracePeriodSeconds', asked.healthCheckGracePeriodSeconds, live.healthCheckGracePeriodSeconds],
    ['platformVersion', asked.platformVersion, live.platformVersion],
    ['capacityProviderStrategy', whole(asked.capacityProviders), whole(live.capacityProviderStrategy)],
    ['enableExecuteCommand', asked.enableExecuteCommand, live.enableExecuteCommand],
    ['enableECSManagedTags', asked.enableManagedTags, live.enableECSManagedTags],
    ['propagateTags', asked.propagateTags, live.propagateTags],
    ['volumeConfigurations', asked.volumes, liveVolumes(live)],
  ])
  const vpc = live.networkConfiguration?.awsvpcConfiguration
  const network = differing([
    ['subnets', asked.subnets, vpc?.subnets],
    ['securityGroups', asked.securityGroups, vpc?.securityGroups],
    [
      'assignPublicIp',
      asked.assignPublicIp === undefined ? undefined : asked.assignPublicIp ? 'ENABLED' : 'DISABLED',
      vpc?.assignPublicIp,
    ],
  ])
  const configuration = differing(configurationPairs(asked, live.deploymentConfiguration ?? {}))
  return {
    input: {
      ...flat,
      ...(flat['capacityProviderStrategy'] === undefined ? {} : { capacityProviderStrategy: asked.capacityProviders }),
      ...(isEmpty(network) ? {} : { networkConfiguration: { awsvpcConfiguration: { ...vpc, ...network } } }),
      ...(isEmpty(configuration)
        ? {}
        : { deploymentConfiguration: merged(live.deploymentConfiguration ?? {}, configuration) }),
    } as Partial<UpdateServiceCommandInput>,
    changes,
  }
}

function configurationPairs(
  asked: ServiceSettings,
  live: DeploymentConfiguration,
): readonly (readonly [string, unknown, unknown])[] {
  const breaker =
    asked.circuitBreaker === undefined
      ? undefined
      : { enable: asked.circuitBreaker !== 'off', rollback: asked.circuitBreaker === 'rollback' }
  const alarms =
    asked.alarms === undefined
      ? undefined
      : { alarmNames: [...asked.alarms], enable: asked.alarms.length > 0, rollback: asked.alarms.length > 0 }
  return [
    ['strategy', asked.strategy, live.strategy ?? 'ROLLING'],
    ['bakeTimeInMinutes', asked.bakeTimeInMinutes, live.bakeTimeInMinutes],
    [
      'canaryConfiguration',
      nested({ canaryPercent: asked.canaryPercent, canaryBakeTimeInMinutes: asked.canaryBakeTimeInMinutes }),
      live.canaryConfiguration,
    ],
    [
      'linearConfiguration',
      nested({ stepPercent: asked.linearStepPercent, stepBakeTimeInMinutes: asked.linearStepBakeTimeInMinutes }),
      live.linearConfiguration,
    ],
    ['deploymentCircuitBreaker', breaker, live.deploymentCircuitBreaker],
    ['alarms', alarms, live.alarms],
    ['lifecycleHooks', asked.hooks, live.lifecycleHooks],
    ['minimumHealthyPercent', asked.minimumHealthyPercent, live.minimumHealthyPercent],
    ['maximumPercent', asked.maximumPercent, live.maximumPercent],
  ]
}

const nested = (members: Members): Members | undefined => {
  const given = Object.entries(members).filter(([, value]) => value !== undefined)
  return given.length === 0 ? undefined : Object.fromEntries(given)
}

/** With the weight and the base that ECS takes when they are not given, by name. */
const whole = (strategy: readonly CapacityProviderStrategyItem[] | undefined) =>
  strategy
    ?.map((item) => ({ ...item, weight: item.weight ?? 0, base: item.base ?? 0 }))
    .toSorted((a, b) => String(a.capacityProvider).localeCompare(String(b.capacityProvider)))

const isEmpty = (value: object): boolean => Object.keys(value).length === 0

/** Of these, what is live and was not asked for goes along. */
const mergedMembers = new Set(['canaryConfiguration', 'linearConfiguration', 'deploymentCircuitBreaker'])

/** What is asked for counts, member by member; what is live and not spoken of stays. A strategy's own settings go when the strategy does. */
function merged(live: DeploymentConfiguration, changes: Members): Members {
  const result: Members = { ...live }
  for (const [name, value] of Object.entries(changes)) {
    const before = result[name]
    result[name] = isMembers(before) && isMembers(value) && mergedMembers.has(name) ? { ...before, ...value } : value
  }
  const strategy = result['strategy'] ?? 'ROLLING'
  if (strategy !== 'CANARY') delete result['canaryConfiguration']
  if (strategy !== 'LINEAR') delete result['linearConfiguration']
  if (strategy === 'ROLLING') {
    delete result['bakeTimeInMinutes']
    if (changes['lifecycleHooks'] === undefined) delete result['lifecycleHooks']
  }
  return result
}

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Equal, where a member that is only in the live value does not count and lists of names have no order. */
function same(live: unknown, asked: unknown): boolean {
  if (isMembers(asked))
    return isMembers(live) && Object.entries(asked).every(([name, value]) => same(live[name], value))
  if (Array.isArray(asked)) {
    const other: readonly unknown[] = Array.isArray(live) ? live : []
    if (other.length !== asked.length) return false
    const texts = [...asked, ...other].every((item) => typeof item === 'string')
    return texts
      ? isDeepStrictEqual(asked.toSorted(), other.toSorted())
      : asked.every((item, index) => same(other[index], item))
  }
  return isDeepStrictEqual(live, asked)
}

/** EBS volumes stand in the service's deployments, not in the service itself. */
const liveVolumes = (live: Service): unknown =>
  live.deployments?.find(({ status }) => status === 'PRIMARY')?.volumeConfigurations ?? []

/** `minimumHealthyPercent: 100 → 50` */
export const describeChange = ({ name, from, to }: SettingChange): string => `${name}: ${shown(from)} → ${shown(to)}`

const shown = (value: unknown): string =>
  value === undefined ? 'not set' : typeof value === 'string' ? value : JSON.stringify(value)
