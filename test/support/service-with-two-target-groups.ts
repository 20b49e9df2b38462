import type { Caller, World } from '../../src/sandbox/world.ts'

/** What a service with the controller CODE_DEPLOY shows of itself; for tests of what drives it, without ECS and ELB. */
export interface StandIn {
  readonly invoke: (operation: string, input: Record<string, unknown>, caller: Caller) => unknown
  taskSets: { id: string; status: string; targetGroup: string; taskDefinition: string; steady: boolean }[]
  /** Weights by listener ARN and target group ARN. */
  readonly weights: Map<string, Map<string, number>>
  /** Whether a new task set becomes steady. */
  healthy: boolean
  /** Every change, in order. */
  readonly changes: string[]
}

export const arnOf = (group: string): string =>
  `arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/${group}/0`

/** A service `web` whose primary task set is behind target group `a`; `b` is free. Listeners `production` and `test`. */
export function serviceStandIn(): StandIn {
  let made = 0
  const standIn: StandIn = {
    taskSets: [{ id: 'ecs-svc/0', status: 'PRIMARY', targetGroup: arnOf('a'), taskDefinition: 'web:1', steady: true }],
    weights: new Map([
      ['production', new Map([[arnOf('a'), 1]])],
      ['test', new Map([[arnOf('a'), 1]])],
    ]),
    healthy: true,
    changes: [],
    invoke(operation, input) {
      const wanted = input['taskSets'] as string[] | undefined
      const named = (id: unknown) => standIn.taskSets.find((set) => set.id === id)
      switch (operation) {
        case 'DescribeServices':
          return { services: [{ serviceName: 'web', deploymentController: { type: 'CODE_DEPLOY' } }] }
        case 'DescribeTaskSets':
          return {
            taskSets: standIn.taskSets
              .filter(({ id }) => wanted === undefined || wanted.includes(id))
              .map((set) => ({
                id: set.id,
                status: set.status,
                taskDefinition: set.taskDefinition,
                computedDesiredCount: 2,
                pendingCount: set.steady ? 0 : 2,
                runningCount: set.steady ? 2 : 0,
                stabilityStatus: set.steady ? 'STEADY_STATE' : 'STABILIZING',
                loadBalancers: [{ targetGroupArn: set.targetGroup, containerName: 'app', containerPort: 80 }],
              })),
          }
        case 'CreateTaskSet': {
          made++
          const [balancer] = input['loadBalancers'] as { targetGroupArn: string }[]
          const set = {
            id: `ecs-svc/${made}`,
            status: 'ACTIVE',
            targetGroup: balancer?.targetGroupArn ?? '',
            taskDefinition: String(input['taskDefinition']),
            steady: standIn.healthy,
          }
          standIn.taskSets.push(set)
          standIn.changes.push(`create ${set.id}`)
          return { taskSet: { ...set } }
        }
        case 'DeleteTaskSet':
          standIn.taskSets = standIn.taskSets.filter(({ id }) => id !== input['taskSet'])
          standIn.changes.push(`delete ${String(input['taskSet'])}`)
          return {}
        case 'UpdateServicePrimaryTaskSet': {
          for (const set of standIn.taskSets) if (set.status === 'PRIMARY') set.status = 'ACTIVE'
          const set = named(input['primaryTaskSet'])
          if (set !== undefined) set.status = 'PRIMARY'
          standIn.changes.push(`primary ${String(input['primaryTaskSet'])}`)
          return {}
        }
        case 'DescribeTargetGroups':
          return { TargetGroups: ['a', 'b'].map((name) => ({ TargetGroupName: name, TargetGroupArn: arnOf(name) })) }
        case 'DescribeRules': {
          const groups = [...(standIn.weights.get(String(input['ListenerArn'])) ?? [])]
          const TargetGroups = groups.map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight }))
          return { Rules: [{ IsDefault: true, Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }] }] }
        }
        case 'ModifyListener': {
          const [action] = input['DefaultActions'] as {
            ForwardConfig: { TargetGroups: { TargetGroupArn: string; Weight: number }[] }
          }[]
          const groups = action?.ForwardConfig.TargetGroups ?? []
          standIn.weights.set(
            String(input['ListenerArn']),
            new Map(groups.map(({ TargetGroupArn, Weight }) => [TargetGroupArn, Weight])),
          )
          const shown = groups.map(({ TargetGroupArn, Weight }) => `${TargetGroupArn.split('/')[1]}=${Weight}`).sort()
          standIn.changes.push(`${String(input['ListenerArn'])} ${shown.join(' ')}`)
          return {}
        }
        default:
          throw new Error(`the stand-in has no ${operation}`)
      }
    },
  }
  return standIn
}

/** A world whose ECS and ELB are the stand-in; everything else goes to `otherwise`. */
export const invoking =
  (standIn: StandIn, otherwise: World['invoke']): World['invoke'] =>
  async <T>(service: string, operation: string, input: Record<string, unknown>, caller: Caller): Promise<T> =>
    service === 'ecs' || service === 'elasticloadbalancing'
      ? (structuredClone(standIn.invoke(operation, structuredClone(input), caller)) as T)
      : await otherwise<T>(service, operation, input, caller)
