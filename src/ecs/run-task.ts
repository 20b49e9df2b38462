import { createHash, randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type {
  CapacityProviderStrategyItem,
  ContainerOverride,
  LaunchType,
  NetworkConfiguration,
  RunTaskCommandInput,
  Tag,
  Task,
  TaskOverride,
  TaskVolumeConfiguration,
} from '@aws-sdk/client-ecs'
import { type Clock, formatDuration } from '../action/clock.ts'
import { messageOf, UserError } from '../action/errors.ts'
import type { Host } from '../action/host.ts'
import { poll } from '../action/poll.ts'
import { calling, isPassing } from '../aws/errors.ts'
import type { Aws } from '../aws/session.ts'
import type { EcsApi } from './ecs-api.ts'
import { failedTask } from './task-failures.ts'

/** A task that is run to its end before the deployment, such as a migration. */
export interface TaskToRun {
  readonly cluster: string
  readonly taskDefinition: string
  readonly overrides: TaskOverride | undefined
  readonly network: NetworkConfiguration | undefined
  readonly launchType: LaunchType | undefined
  readonly capacityProviders: readonly CapacityProviderStrategyItem[] | undefined
  /** What it gets where its definition leaves volumes open until launch. */
  readonly volumes: readonly TaskVolumeConfiguration[] | undefined
  readonly tags: readonly Tag[]
  /** It gets the tags of its task definition too. */
  readonly propagateTags: 'TASK_DEFINITION' | undefined
  /** It gets the tags of ECS: the cluster's name. */
  readonly managedTags: boolean | undefined
  /** Shown by ECS; made from the run and the task when absent, so that a re-run finds the task again. */
  readonly startedBy: string | undefined
}

/** How it ended. */
export interface TaskRun {
  readonly taskArn: string
  /** By container; absent for one that never started. */
  readonly exitCodes: Readonly<Record<string, number | undefined>>
}

interface RunParts {
  readonly ecs: EcsApi
  readonly aws: Aws
  readonly host: Host
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** The same run and the same task give the same name: 36 characters, as ECS allows. */
export function startedByOf(runId: string, task: TaskToRun): string {
  const content = JSON.stringify([runId, task.cluster, task.taskDefinition, task.overrides ?? null])
  return `strangler-deploy/${createHash('sha256').update(content).digest('hex').slice(0, 19)}`
}

/**
 * Runs the task and waits for its end; one that an earlier attempt of the same run began is taken up, one that it finished is not run again.
 * Cancelled, it stops the task.
 * @throws UserError when it did not start, or a container did not exit with 0; with the container's last words
 */
export async function runTask(task: TaskToRun, parts: RunParts): Promise<TaskRun> {
  const { ecs, host, clock, signal } = parts
  const startedBy = task.startedBy ?? startedByOf(host.facts.runId, task)
  const earlier = await earlierTask(task, startedBy, parts)
  const taskArn = earlier?.taskArn ?? (await started({ ...task, startedBy }, parts))
  const id = taskArn.split('/').at(-1)
  host.info(
    earlier === undefined ? `task ${id} runs before the deployment` : `taking up the task ${id} of an earlier attempt`,
  )
  const began = clock.now()
  let said = ''
  try {
    const options = { clock, signal, intervalMs: 5_000, jitter: 0.1, passing: isPassing }
    for await (const now of poll(() => ecs.task(task.cluster, taskArn, signal), options)) {
      if (now.lastStatus !== undefined && now.lastStatus !== said)
        host.info(`[${formatDuration(clock.now() - began)}] task ${id} ${now.lastStatus}`)
      said = now.lastStatus ?? said
      if (now.lastStatus === 'STOPPED') return await checked(now, task, parts)
    }
    throw new Error('the poll ended by itself')
  } catch (error) {
    if (!signal.aborted) throw error
    await ecs.stopTask(task.cluster, taskArn, 'the deployment was cancelled').catch((failure: unknown) => {
      host.warn(`the task ${id} still runs and could not be stopped: ${messageOf(failure)}`)
    })
    throw error
  }
}

/**
 * A task of the same name, revision and overrides that runs, or has ended well; one that failed is no answer.
 * A name that the user gave is the same in every run: what ended under it may be of an earlier one, and is no answer either.
 */
async function earlierTask(task: TaskToRun, startedBy: string, { ecs, signal }: RunParts): Promise<Task | undefined> {
  const { cluster, taskDefinition } = task
  const isSame = (other: Task): boolean =>
    other.startedBy === startedBy && other.taskDefinitionArn === taskDefinition && hasOverrides(other, task)
  const running = (await ecs.tasks(cluster, { startedBy }, signal)).find(isSame)
  if (running !== undefined || task.startedBy !== undefined) return running
  const stopped = await ecs.tasks(cluster, { family: familyOf(taskDefinition), desiredStatus: 'STOPPED' }, signal)
  return stopped.find((other) => isSame(other) && endedWell(other))
}

/** Every override that is asked for is there; ECS adds what is not asked for. */
const hasOverrides = (other: Task, { overrides }: TaskToRun): boolean =>
  (overrides?.containerOverrides ?? []).every((asked) => {
    const there = other.overrides?.containerOverrides?.find(({ name }) => name === asked.name)
    return Object.entries(asked).every(([member, value]) =>
      isDeepStrictEqual(there?.[member as keyof ContainerOverride], value),
    )
  })

const familyOf = (taskDefinition: string): string => taskDefinition.split('/').at(-1)?.split(':')[0] ?? taskDefinition

const endedWell = (task: Task): boolean =>
  task.stopCode === 'EssentialContainerExited' && (task.containers ?? []).every(({ exitCode }) => exitCode === 0)

async function started(task: TaskToRun & { readonly startedBy: string }, { aws }: RunParts): Promise<string> {
  const { RunTaskCommand } = await import('@aws-sdk/client-ecs')
  const client = await aws.ecs()
  const input: RunTaskCommandInput = {
    cluster: task.cluster,
    taskDefinition: task.taskDefinition,
    startedBy: task.startedBy,
    count: 1,
    clientToken: randomUUID(),
    ...(task.overrides === undefined ? {} : { overrides: task.overrides }),
    ...(task.network === undefined ? {} : { networkConfiguration: task.network }),
    ...(task.capacityProviders === undefined
      ? task.launchType === undefined
        ? {}
        : { launchType: task.launchType }
      : { capacityProviderStrategy: [...task.capacityProviders] }),
    ...(task.volumes === undefined || task.volumes.length === 0 ? {} : { volumeConfigurations: [...task.volumes] }),
    ...(task.tags.length === 0 ? {} : { tags: [...task.tags] }),
    ...(task.propagateTags === undefined ? {} : { propagateTags: task.propagateTags }),
    ...(task.managedTags === undefined ? {} : { enableECSManagedTags: task.managedTags }),
  }
  const { tasks, failures } = await calling(`running a task of ${task.taskDefinition}`, () =>
    client.send(new RunTaskCommand(input)),
  )
  const arn = tasks?.[0]?.taskArn
  if (arn !== undefined) return arn
  const why = (failures ?? []).map(({ reason, detail }) => `${reason}${detail === undefined ? '' : `: ${detail}`}`)
  throw new UserError(`the task before the deployment was not started: ${why.join(', ') || 'ECS tells no reason'}`)
}

async function checked(stopped: Task, task: TaskToRun, parts: RunParts): Promise<TaskRun> {
  const exitCodes = Object.fromEntries((stopped.containers ?? []).map(({ name, exitCode }) => [name ?? '', exitCode]))
  if (endedWell(stopped)) {
    parts.host.info(`task ${stopped.taskArn?.split('/').at(-1)} ended well (exit code 0)`)
    return { taskArn: stopped.taskArn ?? '', exitCodes }
  }
  const failure = await failedTask(parts.ecs, parts.aws, stopped, task.taskDefinition, parts.signal)
  for (const line of failure.log) parts.host.info(`  ${line}`)
  const said = failure.log.filter((line) => line !== '').at(-1)
  throw new UserError(
    `the task before the deployment failed: ${failure.reason}${said === undefined ? '' : `: ${said}`}`,
  )
}
