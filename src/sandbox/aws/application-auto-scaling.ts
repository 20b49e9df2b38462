import type { Caller, World } from '../world.ts'
import { AwsError, type AwsService, type Input, regional } from './service.ts'

interface Suspended {
  readonly DynamicScalingInSuspended: boolean
  readonly DynamicScalingOutSuspended: boolean
  readonly ScheduledScalingSuspended: boolean
}

interface ScalableTarget {
  readonly ServiceNamespace: string
  readonly ResourceId: string
  readonly ScalableDimension: string
  readonly MinCapacity: number
  readonly MaxCapacity: number
  readonly RoleARN: string
  /** Seconds since the epoch. */
  readonly CreationTime: number
  readonly SuspendedState: Suspended
  readonly ScalableTargetARN: string
}

/** A policy as it was put: kept and shown, never carried out. */
interface ScalingPolicy {
  readonly PolicyARN: string
  readonly PolicyName: string
  readonly ServiceNamespace: string
  readonly ResourceId: string
  readonly ScalableDimension: string
  readonly PolicyType: string
  readonly CreationTime: number
  readonly Alarms: readonly never[]
  readonly configuration: Input
}

/** One account's scalable targets in one region by resource, and their policies. */
interface Scaling {
  readonly targets: Map<string, ScalableTarget>
  readonly policies: Map<string, ScalingPolicy>
}

const validation = (message: string): AwsError => new AwsError('ValidationException', message)

const dimension = 'ecs:service:DesiredCount'

/** The resource that a request names: the desired count of an ECS service, which is all that can scale here. @throws AwsError ValidationException */
function resourceIn(input: Input): { cluster: string; service: string; ResourceId: string } {
  const ResourceId = String(input['ResourceId'] ?? '')
  const [, cluster, service] = /^service\/([^/]+)\/([^/]+)$/.exec(ResourceId) ?? []
  if (input['ServiceNamespace'] !== 'ecs' || input['ScalableDimension'] !== dimension || service === undefined) {
    throw validation('Unsupported service namespace, resource type or scalable dimension')
  }
  return { cluster: cluster ?? '', service, ResourceId }
}

const named = (ResourceId: string): string =>
  `service namespace: ecs, resource ID: ${ResourceId}, scalable dimension: ${dimension}`

function capacityIn(input: Input, name: 'MinCapacity' | 'MaxCapacity', before: number | undefined): number {
  const value: unknown = input[name] ?? before
  if (value === undefined) throw validation('MinCapacity and MaxCapacity are required for a new scalable target')
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    throw validation(`${name} must be a whole number that is not negative`)
  }
  return value
}

/** What is given, and the rest as it was. */
function suspendedIn(input: Input, before: Suspended | undefined): Suspended {
  const given = (input['SuspendedState'] ?? {}) as Input
  const flag = (name: keyof Suspended): boolean => (given[name] ?? before?.[name] ?? false) === true
  return {
    DynamicScalingInSuspended: flag('DynamicScalingInSuspended'),
    DynamicScalingOutSuspended: flag('DynamicScalingOutSuspended'),
    ScheduledScalingSuspended: flag('ScheduledScalingSuspended'),
  }
}

function page<T>(items: readonly T[], input: Input): { items: readonly T[]; NextToken?: string } {
  const size = Number(input['MaxResults'] ?? 50)
  if (!Number.isInteger(size) || size < 1 || size > 50) throw validation('MaxResults must be between 1 and 50')
  const token = String(input['NextToken'] ?? '0')
  if (!/^\d{1,9}$/.test(token)) throw new AwsError('InvalidNextTokenException', 'The next token supplied is invalid')
  const to = Number(token) + size
  return { items: items.slice(Number(token), to), ...(to < items.length ? { NextToken: String(to) } : {}) }
}

const policyTypes: Readonly<Record<string, string>> = {
  StepScaling: 'StepScalingPolicyConfiguration',
  TargetTrackingScaling: 'TargetTrackingScalingPolicyConfiguration',
}

/** Application Auto Scaling of ECS services: targets and policies are kept and shown; nothing scales by itself. */
export function applicationAutoScaling(world: World): AwsService {
  const state = regional<Scaling>(() => ({ targets: new Map(), policies: new Map() }))
  const now = (): number => Math.round(world.clock.now()) / 1_000
  const uuid = (): string => [8, 4, 4, 4, 12].map((length) => world.id(length)).join('-')

  const checkService = async (input: Input, caller: Caller): Promise<void> => {
    const { cluster, service, ResourceId } = resourceIn(input)
    const missing = validation(`ECS service doesn't exist: ${ResourceId}`)
    try {
      const { services } = await world.invoke<{ services: { status: string }[] }>(
        'ecs',
        'DescribeServices',
        { cluster, services: [service] },
        caller,
      )
      if (!services.some(({ status }) => status === 'ACTIVE')) throw missing
    } catch (error) {
      if (error instanceof AwsError && error.code === 'ClusterNotFoundException') throw missing
      throw error
    }
  }

  /** What the filters of a Describe operation let through. */
  const chosen = <T extends { ResourceId: string }>(
    all: Iterable<T>,
    input: Input,
    resources: readonly string[],
  ): T[] => {
    if (input['ServiceNamespace'] === undefined) throw validation('ServiceNamespace is required')
    if (input['ServiceNamespace'] !== 'ecs') return []
    if (resources.length === 0) {
      if (input['ScalableDimension'] !== undefined) throw validation('ScalableDimension needs a resource ID beside it')
      return [...all]
    }
    return [...all].filter(({ ResourceId }) => resources.includes(ResourceId))
  }

  return {
    name: 'application-autoscaling',
    protocol: { kind: 'json', version: '1.1', target: 'AnyScaleFrontendService' },
    operations: {
      async RegisterScalableTarget(input, caller) {
        const { ResourceId } = resourceIn(input)
        const { targets } = state(caller)
        const before = targets.get(ResourceId)
        if (before === undefined) await checkService(input, caller)
        const MinCapacity = capacityIn(input, 'MinCapacity', before?.MinCapacity)
        const MaxCapacity = capacityIn(input, 'MaxCapacity', before?.MaxCapacity)
        if (MaxCapacity < MinCapacity) throw validation('Maximum capacity cannot be less than minimum capacity')
        const role =
          'aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService'
        const target: ScalableTarget = {
          ServiceNamespace: 'ecs',
          ResourceId,
          ScalableDimension: dimension,
          MinCapacity,
          MaxCapacity,
          RoleARN: `arn:aws:iam::${caller.accountId}:role/${role}`,
          CreationTime: before?.CreationTime ?? now(),
          SuspendedState: suspendedIn(input, before?.SuspendedState),
          ScalableTargetARN:
            before?.ScalableTargetARN ??
            `arn:aws:application-autoscaling:${caller.region}:${caller.accountId}:scalable-target/${world.id(36)}`,
        }
        targets.set(ResourceId, target)
        return { ScalableTargetARN: target.ScalableTargetARN }
      },
      DescribeScalableTargets(input, caller) {
        const ids = Array.isArray(input['ResourceIds']) ? input['ResourceIds'].map(String) : []
        const { items, ...next } = page(chosen(state(caller).targets.values(), input, ids), input)
        return { ScalableTargets: items, ...next }
      },
      DeregisterScalableTarget(input, caller) {
        const { ResourceId } = resourceIn(input)
        const { targets, policies } = state(caller)
        if (!targets.delete(ResourceId)) {
          throw new AwsError('ObjectNotFoundException', `No scalable target found for ${named(ResourceId)}`)
        }
        for (const [key, policy] of policies) if (policy.ResourceId === ResourceId) policies.delete(key)
        return {}
      },
      PutScalingPolicy(input, caller) {
        const { ResourceId } = resourceIn(input)
        const { targets, policies } = state(caller)
        if (!targets.has(ResourceId)) {
          throw new AwsError('ObjectNotFoundException', `No scalable target registered for ${named(ResourceId)}`)
        }
        const PolicyName = String(input['PolicyName'] ?? '')
        if (PolicyName === '' || PolicyName.length > 256) throw validation('PolicyName must have 1 to 256 characters')
        const key = `${ResourceId} ${PolicyName}`
        const before = policies.get(key)
        const PolicyType = String(input['PolicyType'] ?? before?.PolicyType ?? 'StepScaling')
        const member = Object.hasOwn(policyTypes, PolicyType) ? policyTypes[PolicyType] : undefined
        if (member === undefined) throw validation(`The sandbox does not know policies of the type ${PolicyType}`)
        if (before !== undefined && before.PolicyType !== PolicyType) {
          throw validation('You cannot change the type of an existing scaling policy')
        }
        if (input[member] === undefined) throw validation(`${member} is required for a ${PolicyType} policy`)
        const policy: ScalingPolicy = {
          PolicyARN:
            before?.PolicyARN ??
            `arn:aws:autoscaling:${caller.region}:${caller.accountId}:scalingPolicy:${uuid()}:resource/ecs/${ResourceId}:policyName/${PolicyName}`,
          PolicyName,
          ServiceNamespace: 'ecs',
          ResourceId,
          ScalableDimension: dimension,
          PolicyType,
          CreationTime: before?.CreationTime ?? now(),
          Alarms: [],
          configuration: { [member]: input[member] },
        }
        policies.set(key, policy)
        return { PolicyARN: policy.PolicyARN, Alarms: policy.Alarms }
      },
      DescribeScalingPolicies(input, caller) {
        const ids = input['ResourceId'] === undefined ? [] : [String(input['ResourceId'])]
        const names = Array.isArray(input['PolicyNames']) ? input['PolicyNames'].map(String) : []
        const found = chosen(state(caller).policies.values(), input, ids).filter(
          ({ PolicyName }) => names.length === 0 || names.includes(PolicyName),
        )
        const { items, ...next } = page(found, input)
        return {
          ScalingPolicies: items.map(({ configuration, ...policy }) => ({ ...policy, ...configuration })),
          ...next,
        }
      },
      DeleteScalingPolicy(input, caller) {
        const { ResourceId } = resourceIn(input)
        if (!state(caller).policies.delete(`${ResourceId} ${input['PolicyName']}`)) {
          throw new AwsError('ObjectNotFoundException', `No scaling policy found for ${named(ResourceId)}`)
        }
        return {}
      },
    },
  }
}
