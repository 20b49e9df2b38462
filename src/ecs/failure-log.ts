import type { Task } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/session.ts'
import type { Attempt } from './failure-reading.ts'
import type { TaskEnds } from './failure-task.ts'
import { oneLine } from './failure-text.ts'
import type { TaskDefinition } from './task-definition.ts'

/** What a failing container printed last. */
export interface ContainerLog {
  readonly container: string
  /** The last part of its task's ARN. */
  readonly task: string
  readonly lines: readonly string[]
}

/** Where a container writes to CloudWatch Logs. */
export interface LogStream {
  readonly group: string
  readonly stream: string
  readonly region: string | undefined
}

/** Lines that are shown, over all containers; their length. */
const mostLines = 10
const lineLength = 300
/** Reasons, and streams of one reason that are looked into until one holds lines. */
const mostReasons = 3
const mostStreams = 2

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** The stream of a task's container by its awslogs configuration; a line that says why not, if it has none. */
export function logStream(definition: TaskDefinition, task: Task, container: string): LogStream | string {
  const configuration = definition.containerDefinitions?.find(({ name }) => name === container)?.['logConfiguration']
  const { logDriver, options } = (configuration ?? {}) as { logDriver?: unknown; options?: Record<string, unknown> }
  if (logDriver === undefined) return `container ${container} has no log configuration: what it printed is lost`
  if (logDriver !== 'awslogs') return `the log of ${container} goes to ${String(logDriver)} and was not read`
  const group = text(options?.['awslogs-group'])
  const prefix = text(options?.['awslogs-stream-prefix'])
  const id = task.taskArn?.split('/').at(-1)
  // Without a prefix the stream has the id that Docker gave the container.
  const own = task.containers?.find(({ name }) => name === container)?.runtimeId
  const stream = prefix === undefined ? own : `${prefix}/${container}/${id}`
  if (group === undefined || stream === undefined) return `the log stream of ${container} is not known`
  return { group, stream, region: text(options?.['awslogs-region']) }
}

/**
 * Reads the last lines of the containers that failed. What cannot be read is told to `gap`: it never stands in the way of the cause.
 * `attempt` runs one reading call and tells its failure.
 */
export async function containerLogs(
  aws: Aws,
  definition: TaskDefinition,
  ends: readonly Pick<TaskEnds, 'container' | 'tasks'>[],
  attempt: Attempt,
  gap: (line: string) => void,
  signal: AbortSignal,
): Promise<readonly ContainerLog[]> {
  const logs: ContainerLog[] = []
  let left = mostLines
  // Containers that never started have printed nothing.
  const started = ends
    .map((end) => ({ ...end, tasks: end.tasks.filter(({ startedAt }) => startedAt !== undefined) }))
    .filter(({ tasks }) => tasks.length > 0)
  for (const end of started.slice(0, mostReasons)) {
    const container = end.container ?? onlyEssential(definition)
    if (container === undefined || left === 0) continue
    const log = await firstLog(container, end.tasks.slice(0, mostStreams), left)
    if (log === undefined) continue
    logs.push(log)
    left -= log.lines.length
  }
  return logs

  async function firstLog(container: string, tasks: readonly Task[], limit: number): Promise<ContainerLog | undefined> {
    for (const task of tasks) {
      const where = logStream(definition, task, container)
      if (typeof where === 'string') return void gap(where)
      const region = /^arn:[\w-]+:ecs:([\w-]+):/.exec(task.taskArn ?? '')?.[1]
      if (where.region !== undefined && region !== undefined && where.region !== region) {
        return void gap(`the log of ${container} is in ${where.region}: group ${where.group}, stream ${where.stream}`)
      }
      const lines = await attempt(`the log ${where.group} ${where.stream}`, 'logs:GetLogEvents', () =>
        lastLines(aws, where, limit, signal),
      )
      if (lines === undefined) return undefined
      if (lines.length > 0) return { container, task: task.taskArn?.split('/').at(-1) ?? '', lines }
    }
    return void gap(`container ${container} printed nothing`)
  }
}

/** The container that a load balancer or a user speaks to, when no other is named: the only one, or the only essential one. */
function onlyEssential({ containerDefinitions = [] }: TaskDefinition): string | undefined {
  const essential = containerDefinitions.filter(({ essential: is }) => is !== false)
  return essential.length === 1 ? essential[0]?.name : undefined
}

async function lastLines(
  aws: Aws,
  { group, stream }: LogStream,
  limit: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { GetLogEventsCommand } = await import('@aws-sdk/client-cloudwatch-logs')
  const { events = [] } = await (await aws.logs()).send(
    new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, limit }),
    { abortSignal: signal },
  )
  return events
    .map(({ message }) => oneLine(message ?? '', lineLength))
    .filter((line) => line.trim() !== '')
    .slice(-limit)
}

const telling =
  /fatal|panic|exception|\berror\b|error:|cannot|could not|refused|denied|not set|missing|required|invalid|exec format|no such|unable|undefined/i

/** The line that says most: the last one that speaks of an error and is no frame of a stack, else the last. */
export function tellingLine(lines: readonly string[]): string | undefined {
  const spoken = lines.filter((line) => !/^\s*(at |\.\.\. \d+ more|\^|Node\.js v\d)/.test(line) && /\w/.test(line))
  return (spoken.findLast((line) => telling.test(line)) ?? spoken.at(-1) ?? lines.at(-1))?.trim()
}
