import type { Input } from '../service.ts'
import { type Ecs, type EcsWorld, inputs, type Service, type Task, type TaskGroup } from './state.ts'
import type { TaskEngine } from './tasks.ts'

/** Between the start of one failed task's replacement and the next: the service scheduler starts them ever more slowly. */
const backOff = [0, 1_000, 5_000, 10_000, 30_000, 60_000]

/** A task counts once it has stayed up this long: one that starts and falls over at once never does. */
const settleMs = 5_000

/** Keeps groups of tasks at their number, their targets registered. */
export interface TaskGroups {
  /** Starts and stops tasks until the group has what it should. */
  reconcile(ecs: Ecs, service: Service, group: TaskGroup): void
  /** Tasks that run and whose targets are healthy. */
  ready(ecs: Ecs, group: TaskGroup): Promise<number>
  /** Stops all and starts none again. */
  drain(ecs: Ecs, service: Service, group: TaskGroup, reason: string): void
  onTaskStopped(listener: (ecs: Ecs, service: Service, group: TaskGroup, task: Task, failed: boolean) => void): void
}

export const running = (group: TaskGroup): number =>
  [...group.tasks].filter(({ lastStatus, desiredStatus }) => lastStatus === 'RUNNING' && desiredStatus === 'RUNNING')
    .length

export const pending = (group: TaskGroup): number =>
  [...group.tasks].filter(({ desiredStatus, lastStatus }) => desiredStatus === 'RUNNING' && lastStatus !== 'RUNNING')
    .length

const live = (group: TaskGroup): Task[] => [...group.tasks].filter(({ desiredStatus }) => desiredStatus === 'RUNNING')

export function taskGroups({ world }: EcsWorld, engine: TaskEngine): TaskGroups {
  const owners = new Map<Task, { service: Service; group: TaskGroup }>()
  const listeners: ((ecs: Ecs, service: Service, group: TaskGroup, task: Task, failed: boolean) => void)[] = []

  const targets = async (
    ecs: Ecs,
    group: TaskGroup,
    task: Task,
    operation: 'RegisterTargets' | 'DeregisterTargets',
  ): Promise<void> => {
    for (const balancer of group.loadBalancers) {
      if (balancer['targetGroupArn'] === undefined) continue
      const Targets = [{ Id: task.ip, Port: Number(balancer['containerPort']) }]
      await world.invoke(
        'elasticloadbalancing',
        operation,
        { TargetGroupArn: balancer['targetGroupArn'], Targets },
        ecs.caller,
      )
    }
  }

  const reconcile = (ecs: Ecs, service: Service, group: TaskGroup): void => {
    if (group.stopped) return
    const tasks = live(group)
    for (const extra of tasks.slice(0, Math.max(0, tasks.length - group.desired))) {
      engine.stop(ecs, extra, 'ServiceSchedulerInitiated', `Scaling activity initiated by (deployment ${group.id})`)
    }
    const missing = group.desired - tasks.length
    if (missing <= 0) return
    const wait = group.notBefore - world.clock.now()
    if (wait > 0) {
      world.clock.after(wait, () => reconcile(ecs, service, group))
      return
    }
    for (let count = 0; count < missing; count++) {
      const task = engine.start(ecs, {
        cluster: service.cluster,
        definition: group.definition,
        group: `service:${service.name}`,
        startedBy: group.id,
        launchType: group.launchType,
        networkConfiguration: group.networkConfiguration,
        tags: inputs(service.settings['propagateTags'] === 'SERVICE' ? service.tags : []),
      })
      group.tasks.add(task)
      owners.set(task, { service, group })
    }
    group.updatedAt = world.clock.now()
  }

  engine.onChange((ecs, task) => {
    const owner = owners.get(task)
    if (owner === undefined) return
    const { service, group } = owner
    group.updatedAt = world.clock.now()
    if (task.lastStatus === 'RUNNING' && task.startedAt === world.clock.now())
      void targets(ecs, group, task, 'RegisterTargets')
    if (task.lastStatus === 'DEACTIVATING') void targets(ecs, group, task, 'DeregisterTargets')
    if (task.lastStatus === 'STOPPED') {
      owners.delete(task)
      group.tasks.delete(task)
      const failed =
        task.stopCode !== 'ServiceSchedulerInitiated' || /failed container health/.test(task.stoppedReason ?? '')
      if (failed) {
        group.failed++
        group.notBefore = world.clock.now() + (backOff[Math.min(group.failed - 1, backOff.length - 1)] ?? 0)
      }
      for (const listener of listeners) listener(ecs, service, group, task, failed)
      reconcile(ecs, service, group)
    }
  })

  return {
    reconcile,
    async ready(ecs, group) {
      const now = world.clock.now()
      const up = live(group).filter(
        ({ lastStatus, startedAt }) => lastStatus === 'RUNNING' && now - (startedAt ?? now) >= settleMs,
      )
      if (group.loadBalancers.length === 0) {
        const checked = inputs(group.definition.body['containerDefinitions']).some(
          ({ healthCheck }) => healthCheck !== undefined,
        )
        return checked
          ? up.filter((task) => task.containers.every(({ health, essential }) => !essential || health !== 'UNKNOWN'))
              .length
          : up.length
      }
      const healthy = new Set<string>()
      for (const balancer of group.loadBalancers) {
        const answer = await world.invoke<{ TargetHealthDescriptions: Input[] }>(
          'elasticloadbalancing',
          'DescribeTargetHealth',
          { TargetGroupArn: balancer['targetGroupArn'] },
          ecs.caller,
        )
        for (const { Target, TargetHealth } of answer.TargetHealthDescriptions) {
          // A group that no listener forwards to yet has no checks to pass: blue/green's green group before it is shown to anybody.
          if (TargetHealth.State === 'healthy' || TargetHealth.State === 'unused') healthy.add(Target.Id)
        }
      }
      return up.filter(({ ip }) => healthy.has(ip)).length
    },
    drain(ecs, _service, group, reason) {
      group.stopped = true
      group.desired = 0
      for (const task of live(group)) engine.stop(ecs, task, 'ServiceSchedulerInitiated', reason)
    },
    onTaskStopped: (listener) => void listeners.push(listener),
  }
}
