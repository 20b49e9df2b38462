import type { World } from '../../world.ts'
import { capacityFor } from './capacity.ts'
import { drainPlan, limitsOf, onDraining } from './draining.ts'
import { addEvent, type ContainerInstance, type Ecs, type Service, type Task, type TaskGroup } from './state.ts'
import { inheritTags } from './tags.ts'
import { targetRegistration } from './target-registration.ts'
import type { TaskEngine } from './task-engine.ts'
import { readiness } from './task-readiness.ts'

/** Between a failed task and the next one: the service scheduler starts them ever more slowly. */
const backOff = [0, 1_000, 5_000, 10_000, 30_000, 60_000]

const lookEvery = 1_000

/** Between two attempts to place tasks that found no room, and between two events that say the same of it. */
const placeAgainAfter = 10_000
const complainEvery = 300_000

/** Keeps groups of tasks at their number, registered with their target groups, and replaces what is unhealthy. */
export interface TaskGroups {
  /** Begins to look after a group. */
  add(ecs: Ecs, service: Service, group: TaskGroup): void
  /** Starts and stops tasks until the group has what it should. */
  reconcile(ecs: Ecs, service: Service, group: TaskGroup): void
  /** Moves tasks that run to another group of the same service. */
  adopt(service: Service, from: TaskGroup, to: TaskGroup): void
  /** Stops all and starts none again. */
  drain(ecs: Ecs, service: Service, group: TaskGroup, reason: string): void
  /** Looks again at every group that has tasks on this machine. */
  rebalance(ecs: Ecs, instance: ContainerInstance): void
}

const live = (group: TaskGroup): Task[] => [...group.tasks].filter(({ desiredStatus }) => desiredStatus === 'RUNNING')

export const running = (group: TaskGroup): number =>
  live(group).filter(({ lastStatus }) => lastStatus === 'RUNNING').length

export const pending = (group: TaskGroup): number =>
  live(group).filter(({ lastStatus }) => lastStatus !== 'RUNNING').length

const named = (tasks: readonly Task[]): string => tasks.map(({ id }) => `(task ${id})`).join(' ')

const healthFailure = /^Task failed (container|ELB) health checks/

export function taskGroups(world: World, engine: TaskEngine): TaskGroups {
  const { clock } = world
  const targets = targetRegistration(world)
  const owners = new Map<Task, { service: Service; group: TaskGroup }>()
  const registered = new Set<Task>()
  const failures = new Set<Task>()
  const looks = new Map<TaskGroup, () => void>()
  const complaints = new WeakMap<TaskGroup, { readonly event: string; readonly at: number }>()

  const register = async (ecs: Ecs, service: Service, group: TaskGroup, task: Task): Promise<void> => {
    registered.add(task)
    const arns = await targets.register(ecs, task, group.revision.loadBalancers)
    for (const arn of arns) addEvent(world, service, `registered 1 targets in (target-group ${arn})`, group)
  }
  const deregister = async (ecs: Ecs, service: Service, group: TaskGroup, task: Task): Promise<void> => {
    if (!registered.delete(task)) return
    const arns = await targets.deregister(ecs, task, group.revision.loadBalancers)
    for (const arn of arns) addEvent(world, service, `deregistered 1 targets in (target-group ${arn})`, group)
  }

  const stop = (ecs: Ecs, service: Service, group: TaskGroup, task: Task, reason: string): void => {
    engine.stop(ecs, task, 'ServiceSchedulerInitiated', reason, async () => {
      if (!registered.has(task)) return
      await deregister(ecs, service, group, task)
      addEvent(world, service, 'has begun draining connections on 1 tasks.', group)
      await targets.drained(ecs, task, group.revision.loadBalancers)
    })
  }

  const reconcile: TaskGroups['reconcile'] = (ecs, service, group) => {
    const tasks = live(group)
    const leaving = onDraining(tasks)
    if (leaving.length > 0) return moveOff(ecs, service, group, leaving)
    // What does not run yet goes first, then the oldest.
    const order = [...tasks].sort(
      (a, b) => (a.startedAt ?? Number.NEGATIVE_INFINITY) - (b.startedAt ?? Number.NEGATIVE_INFINITY),
    )
    const extra = order.slice(0, Math.max(0, tasks.length - group.desired))
    for (const task of extra) {
      stop(ecs, service, group, task, `Scaling activity initiated by (deployment ${group.id})`)
    }
    if (extra.length > 0) addEvent(world, service, `has stopped ${extra.length} running tasks: ${named(extra)}.`, group)
    // A group that was given up starts nothing any more; what it has can still be told to go.
    if (group.stopped) return
    const missing = group.desired - tasks.length
    if (missing > 0) {
      setSteady(service, group, false)
      startSoon(ecs, service, group, missing)
    }
    looks.get(group)?.()
  }

  const startSoon = (ecs: Ecs, service: Service, group: TaskGroup, count: number): void => {
    const wait = group.notBefore - clock.now()
    if (wait > 0) clock.after(wait, () => reconcile(ecs, service, group))
    else startTasks(ecs, service, group, count)
  }

  /** Moves tasks off machines that are draining, a few at a time. */
  const moveOff = (ecs: Ecs, service: Service, group: TaskGroup, leaving: readonly Task[]): void => {
    setSteady(service, group, false)
    const { desired, ready } = group
    const numbers = { live: live(group).length, leaving: leaving.length, desired, ready }
    const plan = drainPlan({ ...numbers, ...limitsOf(service) })
    const idle = leaving.filter(({ lastStatus }) => lastStatus !== 'RUNNING')
    const running = leaving.filter(({ lastStatus }) => lastStatus === 'RUNNING')
    const going = [...idle, ...running.slice(0, plan.stop)]
    // Until the next look counts anew; each task that stops leads back here at once.
    group.ready -= Math.min(group.ready, going.length - idle.length)
    for (const task of going) {
      stop(ecs, service, group, task, `Scaling activity initiated by (deployment ${group.id})`)
    }
    if (going.length > 0) addEvent(world, service, `has stopped ${going.length} running tasks: ${named(going)}.`, group)
    if (plan.start > 0) startSoon(ecs, service, group, plan.start)
    looks.get(group)?.()
  }

  const startTasks = (ecs: Ecs, service: Service, group: TaskGroup, count: number): void => {
    const { settings, definition } = group.revision
    const launchType = String(settings['launchType'] ?? 'FARGATE')
    const { cluster } = service
    const wanted = { cluster, definition, group: `service:${service.name}`, launchType, settings }
    const tasks: Task[] = []
    let full: string | undefined
    while (tasks.length < count) {
      const capacity = capacityFor(ecs, wanted)
      if (capacity.kind === 'none') {
        full = capacity.event
        break
      }
      const task = engine.start(ecs, {
        cluster,
        instance: capacity.kind === 'instance' ? capacity.instance : undefined,
        definition,
        group: `service:${service.name}`,
        startedBy: group.id,
        launchType,
        platformVersion: settings['platformVersion'] as string | undefined,
        capacityProvider: settings['capacityProviderStrategy']?.[0]?.capacityProvider as string | undefined,
        networkConfiguration: settings['networkConfiguration'],
        enableExecuteCommand: settings['enableExecuteCommand'] === true,
      })
      inheritTags(ecs, service, group.revision, task)
      group.tasks.add(task)
      owners.set(task, { service, group })
      tasks.push(task)
    }
    if (tasks.length > 0) {
      group.updatedAt = clock.now()
      addEvent(world, service, `has started ${tasks.length} tasks: ${named(tasks)}.`, group)
    }
    if (full !== undefined) waitForCapacity(ecs, service, group, full)
  }

  /** Tries again later; says why it waits when the reason is new, and now and then. */
  const waitForCapacity = (ecs: Ecs, service: Service, group: TaskGroup, event: string): void => {
    const said = complaints.get(group)
    if (said?.event !== event || clock.now() - said.at >= complainEvery) {
      complaints.set(group, { event, at: clock.now() })
      addEvent(world, service, event, group)
    }
    group.notBefore = clock.now() + placeAgainAfter
    clock.after(placeAgainAfter, () => reconcile(ecs, service, group))
  }

  const setSteady = (service: Service, group: TaskGroup, steady: boolean): void => {
    if (group.steady === steady) return
    group.steady = steady
    group.steadyAt = clock.now()
    if (steady && group.desired > 0) addEvent(world, service, 'has reached a steady state.', group)
  }

  /** Counts what is ready, and replaces what has failed its checks. */
  const inspect = async (ecs: Ecs, service: Service, group: TaskGroup): Promise<void> => {
    const { loadBalancers, settings } = group.revision
    const states = loadBalancers.length === 0 ? undefined : await targets.states(ecs, loadBalancers)
    const graceMs = Number(settings['healthCheckGracePeriodSeconds'] ?? 0) * 1_000
    let ready = 0
    for (const task of live(group)) {
      const found = readiness(task, states?.(task), { at: clock.now(), graceMs })
      if (found.kind === 'ready') ready++
      if (found.kind !== 'failed') continue
      addEvent(world, service, found.event, group)
      stop(ecs, service, group, task, found.reason)
    }
    group.ready = ready
    const isWhole = live(group).length === group.desired && onDraining(live(group)).length === 0
    setSteady(service, group, ready >= group.desired && pending(group) === 0 && isWhole)
  }

  const add: TaskGroups['add'] = (ecs, service, group) => {
    let looking = false
    let again = false
    let timed = false
    const look = async (): Promise<void> => {
      again = true
      if (looking) return
      looking = true
      while (again && !group.stopped) {
        again = false
        await inspect(ecs, service, group)
      }
      looking = false
      if (group.stopped || group.steady || timed) return
      timed = true
      clock.after(lookEvery, () => {
        timed = false
        if (onDraining(live(group)).length > 0) reconcile(ecs, service, group)
        else void look()
      })
    }
    looks.set(group, () => void look())
    reconcile(ecs, service, group)
  }

  engine.onChange((ecs, task) => {
    const owner = owners.get(task)
    if (owner === undefined) return
    const { service, group } = owner
    group.updatedAt = clock.now()
    for (const { name, digest } of task.containers) if (digest !== undefined) group.revision.digests.set(name, digest)
    if (task.desiredStatus === 'RUNNING' && task.lastStatus === 'RUNNING' && !registered.has(task)) {
      void register(ecs, service, group, task).then(() => looks.get(group)?.())
    }
    if (task.lastStatus === 'STOPPING') void deregister(ecs, service, group, task)
    if (task.desiredStatus === 'STOPPED' && task.stoppingAt === clock.now() && task.lastStatus !== 'STOPPED') {
      const byScheduler = task.stopCode === 'ServiceSchedulerInitiated' && !healthFailure.test(task.stoppedReason ?? '')
      if (!byScheduler && task.stopCode !== 'UserInitiated' && !failures.has(task)) {
        failures.add(task)
        group.failed++
        group.notBefore = clock.now() + (backOff[Math.min(group.failed - 1, backOff.length - 1)] ?? 0)
        if (group.failed === 3) {
          const what = 'is unable to consistently start tasks successfully.'
          addEvent(
            world,
            service,
            `${what} For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`,
            group,
          )
        }
      }
      reconcile(ecs, service, group)
    }
    if (task.lastStatus === 'STOPPED') {
      owners.delete(task)
      group.tasks.delete(task)
      failures.delete(task)
    }
    looks.get(group)?.()
  })

  return {
    add,
    reconcile,
    adopt(service, from, to) {
      for (const task of live(from)) {
        from.tasks.delete(task)
        to.tasks.add(task)
        owners.set(task, { service, group: to })
      }
    },
    rebalance(ecs, instance) {
      const groups = new Map(
        [...owners]
          .filter(([task]) => task.host?.instance === instance)
          .map(([, { service, group }]) => [group, service]),
      )
      for (const [group, service] of groups) reconcile(ecs, service, group)
    },
    drain(ecs, service, group, reason) {
      group.stopped = true
      group.steady = false
      group.desired = 0
      looks.delete(group)
      const tasks = live(group)
      for (const task of tasks) stop(ecs, service, group, task, reason)
      if (tasks.length > 0)
        addEvent(world, service, `has stopped ${tasks.length} running tasks: ${named(tasks)}.`, group)
    },
  }
}
