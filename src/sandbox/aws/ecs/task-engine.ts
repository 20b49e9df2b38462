import type { World } from '../../world.ts'
import type { Network } from '../network.ts'
import type { Input } from '../service.ts'
import { answersTo, behaviourIn, healthVerdict, pullFailureReason } from './container-life.ts'
import { bindPorts } from './placement.ts'
import {
  arnOf,
  type Cluster,
  type Container,
  type ContainerInstance,
  type Ecs,
  inputs,
  type Task,
  type TaskDefinition,
} from './state.ts'
import { taskLogs } from './task-logs.ts'
import { taskSecrets } from './task-secrets.ts'

/** How long a task takes on its way, in ms of sandbox time. */
const timing = { provision: 2_000, pull: 3_000, stopContainers: 2_000, deprovision: 1_000, keepStopped: 3_600_000 }

export interface StartTask {
  readonly cluster: Cluster
  readonly definition: TaskDefinition
  readonly group: string
  readonly startedBy: string | undefined
  readonly launchType: string
  readonly platformVersion?: string | undefined
  readonly capacityProvider?: string | undefined
  /** The instance that it was placed on; none on Fargate. */
  readonly instance?: ContainerInstance | undefined
  readonly networkConfiguration: Input | undefined
  readonly overrides?: Input
  readonly enableExecuteCommand?: boolean
}

/** Starts and stops tasks, and tells its watchers when one changes. */
export interface TaskEngine {
  start(ecs: Ecs, request: StartTask): Task
  /** `drain` resolves when a running task may end: when its connections are gone. */
  stop(ecs: Ecs, task: Task, code: string, reason: string, drain?: () => Promise<void>): void
  onChange(listener: (ecs: Ecs, task: Task) => void): void
}

/** Where a task answers: at its own address, and at its ports of its instance. */
const addressesOf = ({ ip, host }: Task): string[] => [
  ip,
  ...(host?.bindings ?? []).map(({ hostPort }) => `${host?.instance.ec2InstanceId}:${hostPort}`),
]

export function taskEngine(world: World, network: Network): TaskEngine {
  const { clock } = world
  const logs = taskLogs(world)
  const secrets = taskSecrets(world)
  const listeners: ((ecs: Ecs, task: Task) => void)[] = []
  const changed = (ecs: Ecs, task: Task): void => {
    task.version++
    for (const listener of listeners) listener(ecs, task)
  }
  const isOver = (task: Task): boolean => task.desiredStatus === 'STOPPED'

  const stop: TaskEngine['stop'] = (ecs, task, code, reason, drain) => {
    if (isOver(task)) return
    task.desiredStatus = 'STOPPED'
    task.stopCode = code
    task.stoppedReason = reason
    task.stoppingAt = clock.now()
    const ran = task.startedAt !== undefined
    task.lastStatus = ran ? 'DEACTIVATING' : 'STOPPING'
    changed(ecs, task)
    const stopContainers = (): void => {
      for (const address of addressesOf(task)) network.detach(address)
      task.lastStatus = 'STOPPING'
      changed(ecs, task)
      clock.after(ran ? timing.stopContainers : 0, () => {
        for (const container of task.containers) {
          // 143: the program left at SIGTERM.
          if (container.lastStatus === 'RUNNING') container.exitCode ??= 143
          container.lastStatus = 'STOPPED'
          container.health = 'UNKNOWN'
        }
        task.executionStoppedAt = clock.now()
        task.lastStatus = 'DEPROVISIONING'
        changed(ecs, task)
        clock.after(timing.deprovision, () => {
          task.lastStatus = 'STOPPED'
          task.stoppedAt = clock.now()
          changed(ecs, task)
          clock.after(timing.keepStopped, () => void ecs.tasks.delete(task.arn))
        })
      })
    }
    if (ran && drain !== undefined) void drain().then(stopContainers)
    else stopContainers()
  }

  const exits = (ecs: Ecs, task: Task, container: Container, code: number, oom: boolean): void => {
    if (isOver(task) || container.lastStatus === 'STOPPED') return
    container.lastStatus = 'STOPPED'
    container.exitCode = code
    if (oom) container.reason = 'OutOfMemoryError: Container killed due to memory usage'
    if (container.essential) stop(ecs, task, 'EssentialContainerExited', 'Essential container in task exited')
    else changed(ecs, task)
  }

  const run = async (ecs: Ecs, task: Task): Promise<void> => {
    const withheld = await secrets.withheld(ecs, task)
    if (withheld !== undefined) return stop(ecs, task, 'TaskFailedToStart', withheld)
    const started = []
    for (const container of task.containers) {
      const image = world.images.pull(container.image)
      if ('failure' in image) {
        container.reason = pullFailureReason(container.image, image)
        return stop(ecs, task, 'TaskFailedToStart', container.reason)
      }
      container.digest = image.digest
      container.runtimeId = `${task.id}-${world.id(10, '0123456789')}`
      started.push({ container, acts: behaviourIn(task, container, image) })
    }
    task.pullStoppedAt = clock.now()
    for (const { container } of started) {
      const refused = await logs.open(ecs, task, container)
      if (refused !== undefined) return stop(ecs, task, 'TaskFailedToStart', refused)
    }
    if (isOver(task)) return
    task.lastStatus = 'RUNNING'
    task.startedAt = clock.now()
    for (const { container, acts } of started) {
      container.lastStatus = 'RUNNING'
      await logs.write(ecs, task, container, acts.log)
      const verdict = healthVerdict(container, acts)
      if (verdict !== undefined) {
        clock.after(verdict.afterMs, () => {
          if (isOver(task) || container.lastStatus !== 'RUNNING') return
          container.health = verdict.healthy ? 'HEALTHY' : 'UNHEALTHY'
          changed(ecs, task)
        })
      }
      const { exit } = acts
      if (exit !== undefined) {
        clock.after(exit.afterMs, () => exits(ecs, task, container, exit.code, exit.reason === 'OOMKilled'))
      }
    }
    const workload = answersTo(clock.now(), started)
    for (const address of addressesOf(task)) network.attach(address, workload)
    changed(ecs, task)
  }

  return {
    start(ecs, request) {
      const id = world.id(32)
      const task: Task = {
        arn: arnOf(ecs, `task/${request.cluster.name}/${id}`),
        id,
        cluster: request.cluster,
        definition: request.definition,
        group: request.group,
        startedBy: request.startedBy,
        launchType: request.launchType,
        platformVersion: request.platformVersion,
        capacityProvider: request.capacityProvider,
        enableExecuteCommand: request.enableExecuteCommand ?? false,
        ip: network.nextAddress(),
        host: request.instance && {
          instance: request.instance,
          bindings: bindPorts(ecs, request.instance, request.definition),
        },
        networkConfiguration: request.networkConfiguration,
        createdAt: clock.now(),
        overrides: request.overrides ?? {},
        containers: inputs(request.definition.body['containerDefinitions']).map((body) => ({
          arn: arnOf(ecs, `container/${request.cluster.name}/${id}/${world.id(8)}-${world.id(4)}`),
          name: String(body['name']),
          image: String(body['image']),
          essential: body['essential'] !== false,
          body,
          runtimeId: undefined,
          digest: undefined,
          lastStatus: 'PENDING',
          health: 'UNKNOWN',
          exitCode: undefined,
          reason: undefined,
        })),
        lastStatus: 'PROVISIONING',
        desiredStatus: 'RUNNING',
        version: 1,
      }
      ecs.tasks.set(task.arn, task)
      clock.after(timing.provision, () => {
        if (isOver(task)) return
        task.lastStatus = 'PENDING'
        task.pullStartedAt = clock.now()
        changed(ecs, task)
        clock.after(timing.pull, () => {
          if (!isOver(task)) void run(ecs, task)
        })
      })
      return task
    },
    stop,
    onChange: (listener) => void listeners.push(listener),
  }
}
