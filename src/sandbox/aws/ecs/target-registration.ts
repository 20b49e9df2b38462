import type { World } from '../../world.ts'
import { AwsError, type Input } from '../service.ts'
import type { Ecs, Task } from './state.ts'

/** What a load balancer says of a task behind one target group. */
export interface TargetState {
  readonly targetGroupArn: string
  readonly port: number
  readonly state: string
  readonly description: string
}

/** Tasks in target groups, over the load balancer's public operations. */
export interface TargetRegistration {
  register(ecs: Ecs, task: Task, loadBalancers: readonly Input[]): Promise<readonly string[]>
  /** Resolves with the target groups that it was taken out of. */
  deregister(ecs: Ecs, task: Task, loadBalancers: readonly Input[]): Promise<readonly string[]>
  /** Resolves when the connections of a target that was taken out are gone. */
  drained(ecs: Ecs, task: Task, loadBalancers: readonly Input[]): Promise<void>
  /** Looks at every target; returns how to find those of a task. */
  states(ecs: Ecs, loadBalancers: readonly Input[]): Promise<(task: Task) => readonly TargetState[]>
}

interface Description {
  readonly Target: { readonly Id: string; readonly Port: number }
  readonly TargetHealth: { readonly State: string; readonly Description?: string }
}

interface Balanced {
  readonly arn: string
  readonly container: string
  readonly port: number
}

/** What is registered of a task: its own address, or the port of its instance. */
function targetOf({ ip, host }: Task, { container, port }: Balanced): { Id: string; Port: number } {
  const bound = host?.bindings.find((binding) => binding.container === container && binding.containerPort === port)
  return host === undefined || bound === undefined
    ? { Id: ip, Port: port }
    : { Id: host.instance.ec2InstanceId, Port: bound.hostPort }
}

export function targetRegistration(world: World): TargetRegistration {
  const call = <T>(ecs: Ecs, operation: string, input: Record<string, unknown>): Promise<T> =>
    world.invoke<T>('elasticloadbalancing', operation, input, ecs.caller)
  const groupsOf = (loadBalancers: readonly Input[]): Balanced[] =>
    loadBalancers
      .filter(({ targetGroupArn }) => targetGroupArn !== undefined)
      .map(({ targetGroupArn, containerName, containerPort }) => ({
        arn: String(targetGroupArn),
        container: String(containerName),
        port: Number(containerPort),
      }))

  const each = async (ecs: Ecs, task: Task, loadBalancers: readonly Input[], operation: string): Promise<string[]> => {
    const done: string[] = []
    for (const balanced of groupsOf(loadBalancers)) {
      try {
        await call(ecs, operation, { TargetGroupArn: balanced.arn, Targets: [targetOf(task, balanced)] })
        done.push(balanced.arn)
      } catch (error) {
        // A target group that was deleted under the service: ECS goes on without it.
        if (!(error instanceof AwsError)) throw error
      }
    }
    return done
  }

  const health = async (ecs: Ecs, arn: string): Promise<readonly Description[]> => {
    try {
      const answer = await call<{ TargetHealthDescriptions: Description[] }>(ecs, 'DescribeTargetHealth', {
        TargetGroupArn: arn,
      })
      return answer.TargetHealthDescriptions
    } catch (error) {
      if (error instanceof AwsError) return []
      throw error
    }
  }

  return {
    register: (ecs, task, loadBalancers) => each(ecs, task, loadBalancers, 'RegisterTargets'),
    deregister: (ecs, task, loadBalancers) => each(ecs, task, loadBalancers, 'DeregisterTargets'),
    async drained(ecs, task, loadBalancers) {
      for (const balanced of groupsOf(loadBalancers)) {
        const { arn } = balanced
        const { Id, Port } = targetOf(task, balanced)
        const draining = (await health(ecs, arn)).some(
          ({ Target, TargetHealth }) => Target.Id === Id && Target.Port === Port && TargetHealth.State === 'draining',
        )
        if (!draining) continue
        const { Attributes } = await call<{ Attributes: { Key: string; Value: string }[] }>(
          ecs,
          'DescribeTargetGroupAttributes',
          { TargetGroupArn: arn },
        )
        const delay = Attributes.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds')?.Value
        await new Promise<void>((resolve) => world.clock.after(Number(delay ?? 300) * 1_000, resolve))
      }
    },
    async states(ecs, loadBalancers) {
      const groups = groupsOf(loadBalancers)
      const found = new Map<string, TargetState>()
      for (const { arn } of groups) {
        for (const { Target, TargetHealth } of await health(ecs, arn)) {
          const description = TargetHealth.Description ?? ''
          const state = { targetGroupArn: arn, port: Target.Port, state: TargetHealth.State, description }
          found.set(`${arn} ${Target.Id}:${Target.Port}`, state)
        }
      }
      return (task) =>
        groups.flatMap((balanced) => {
          const { Id, Port } = targetOf(task, balanced)
          const state = found.get(`${balanced.arn} ${Id}:${Port}`)
          return state === undefined ? [] : [state]
        })
    },
  }
}
