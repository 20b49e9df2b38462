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
  /** Of every target, by address. */
  states(ecs: Ecs, loadBalancers: readonly Input[]): Promise<ReadonlyMap<string, readonly TargetState[]>>
}

interface Description {
  readonly Target: { readonly Id: string; readonly Port: number }
  readonly TargetHealth: { readonly State: string; readonly Description?: string }
}

export function targetRegistration(world: World): TargetRegistration {
  const call = <T>(ecs: Ecs, operation: string, input: Record<string, unknown>): Promise<T> =>
    world.invoke<T>('elasticloadbalancing', operation, input, ecs.caller)
  const groupsOf = (loadBalancers: readonly Input[]): { arn: string; port: number }[] =>
    loadBalancers
      .filter(({ targetGroupArn }) => targetGroupArn !== undefined)
      .map(({ targetGroupArn, containerPort }) => ({ arn: String(targetGroupArn), port: Number(containerPort) }))

  const each = async (ecs: Ecs, task: Task, loadBalancers: readonly Input[], operation: string): Promise<string[]> => {
    const done: string[] = []
    for (const { arn, port } of groupsOf(loadBalancers)) {
      try {
        await call(ecs, operation, { TargetGroupArn: arn, Targets: [{ Id: task.ip, Port: port }] })
        done.push(arn)
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
      for (const { arn } of groupsOf(loadBalancers)) {
        const draining = (await health(ecs, arn)).some(
          ({ Target, TargetHealth }) => Target.Id === task.ip && TargetHealth.State === 'draining',
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
      const found = new Map<string, TargetState[]>()
      for (const { arn, port } of groupsOf(loadBalancers)) {
        for (const { Target, TargetHealth } of await health(ecs, arn)) {
          if (Target.Port !== port) continue
          const description = TargetHealth.Description ?? ''
          const state = { targetGroupArn: arn, port, state: TargetHealth.State, description }
          found.set(Target.Id, [...(found.get(Target.Id) ?? []), state])
        }
      }
      return found
    },
  }
}
