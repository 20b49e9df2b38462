import type { Task } from '@aws-sdk/client-ecs'
import { awsCode } from '../aws/errors.ts'
import type { Aws } from '../aws/session.ts'
import type { EcsApi } from './ecs-api.ts'

/** Why tasks of a revision ended, the same reasons told once. */
export interface TaskFailure {
  /** `container app exited with code 1 (Essential container in task exited)` */
  readonly reason: string
  readonly count: number
  readonly taskArn: string
  readonly container: string | undefined
  /** The last lines that the container printed, where its log could be read. */
  readonly log: readonly string[]
}

/** Ends that the service itself brought about say nothing of the task. */
const ordinary = (task: Task): boolean =>
  task.stopCode === 'ServiceSchedulerInitiated' && !/fail|unhealthy/i.test(task.stoppedReason ?? '')

/** The cause of one task's end; undefined when it was no failure. */
export function taskFailureReason(
  task: Task,
): { readonly reason: string; readonly container: string | undefined } | undefined {
  if (task.lastStatus !== 'STOPPED' && task.desiredStatus !== 'STOPPED') return undefined
  if (ordinary(task)) return undefined
  const stopped = task.stoppedReason ?? task.stopCode ?? 'stopped for no reason that ECS tells'
  const ended = (task.containers ?? []).find(
    ({ exitCode, reason }) => reason !== undefined || (exitCode !== undefined && exitCode !== 0),
  )
  if (task.stopCode === 'TaskFailedToStart' || ended === undefined) return { reason: stopped, container: ended?.name }
  const memory = /OutOfMemory/i.test(ended.reason ?? '')
    ? `, out of memory${task.memory === undefined ? '' : ` at ${task.memory} MiB`}`
    : ''
  const code = ended.exitCode === undefined ? (ended.reason ?? stopped) : `exited with code ${ended.exitCode}${memory}`
  return { reason: `container ${ended.name} ${code} (${stopped})`, container: ended.name }
}

/** The failed tasks among those that a task set or deployment started, grouped by reason, the most frequent first. */
export function groupFailures(tasks: readonly Task[]): readonly Omit<TaskFailure, 'log'>[] {
  const groups = new Map<string, { reason: string; count: number; taskArn: string; container: string | undefined }>()
  for (const task of tasks) {
    const why = taskFailureReason(task)
    if (why === undefined) continue
    const known = groups.get(why.reason)
    if (known !== undefined) known.count++
    else groups.set(why.reason, { ...why, count: 1, taskArn: task.taskArn ?? '' })
  }
  return [...groups.values()].sort((a, b) => b.count - a.count)
}

const lastLines = 20

/** Reads the failed tasks of a task set with the last log lines of each reason. What cannot be read is left out of the log, not of the reasons. */
export async function taskFailures(
  ecs: EcsApi,
  aws: Aws,
  where: { readonly cluster: string; readonly startedBy: string; readonly taskDefinition: string },
  signal: AbortSignal,
): Promise<readonly TaskFailure[]> {
  const stopped = await ecs.tasks(where.cluster, { startedBy: where.startedBy, desiredStatus: 'STOPPED' }, signal)
  const groups = groupFailures(stopped).slice(0, 3)
  if (groups.length === 0) return []
  const { document } = await ecs.describeTaskDefinition(where.taskDefinition, signal)
  return await Promise.all(
    groups.map(async (group) => {
      const container = document.containerDefinitions?.find(({ name }) => name === group.container)
      return { ...group, log: await containerLog(aws, container?.['logConfiguration'], group, signal) }
    }),
  )
}

async function containerLog(
  aws: Aws,
  configuration: unknown,
  failure: { readonly taskArn: string; readonly container: string | undefined },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { logDriver, options } = (configuration ?? {}) as { logDriver?: string; options?: Record<string, string> }
  const group = options?.['awslogs-group']
  const prefix = options?.['awslogs-stream-prefix']
  if (logDriver !== 'awslogs' || group === undefined || prefix === undefined) return []
  const { GetLogEventsCommand } = await import('@aws-sdk/client-cloudwatch-logs')
  const stream = `${prefix}/${failure.container}/${failure.taskArn.split('/').at(-1)}`
  try {
    const { events } = await (await aws.logs()).send(
      new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, limit: lastLines }),
      { abortSignal: signal },
    )
    return (events ?? []).map(({ message }) => (message ?? '').trimEnd())
  } catch (error) {
    const code = awsCode(error)
    if (code === undefined) throw error
    return [`(the log ${group} ${stream} could not be read: ${code})`]
  }
}

/** One line for the first failure: its reason, and what its container said last. */
export function failureLine(failures: readonly TaskFailure[]): string | undefined {
  const [first] = failures
  if (first === undefined) return undefined
  const said = first.log.filter((line) => line !== '').at(-1)
  return `${first.reason}${first.count > 1 ? `, ${first.count} times` : ''}${said === undefined ? '' : `: ${said}`}`
}
