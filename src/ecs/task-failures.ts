import type { Task } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/session.ts'
import type { EcsApi } from './ecs-api.ts'
import { factsOf, ownStopped } from './failure-evidence.ts'
import { containerLogs, tellingLine } from './failure-log.ts'
import { attempts } from './failure-reading.ts'
import { groupEnds, taskEnd } from './failure-task.ts'

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

/** Begins a line of a log that was not written by the container. */
const unread = '(not read: '

/** Reads the failed tasks of a task set with the last log lines of each reason. What cannot be read is said in the log, and takes nothing from the reasons. */
export async function taskFailures(
  ecs: EcsApi,
  aws: Aws,
  where: { readonly cluster: string; readonly startedBy: string; readonly taskDefinition: string },
  signal: AbortSignal,
): Promise<readonly TaskFailure[]> {
  const family = where.taskDefinition.split('/').at(-1)?.split(':')[0]
  const among = family === undefined ? {} : { family }
  const stopped = await ownStopped(ecs, { ...where, since: undefined }, signal, among)
  if (groupEnds(stopped).length === 0) return []
  const { document } = await ecs.describeTaskDefinition(where.taskDefinition, signal)
  const ends = groupEnds(stopped, factsOf(where.taskDefinition, document)).slice(0, 3)
  const gaps: string[] = []
  const gap = (line: string): void => void gaps.push(`${unread}${line})`)
  const logs = await containerLogs(aws, document, ends, attempts(gap, signal), gap, signal)
  return ends.map(({ text, count, tasks, container }, index) => ({
    reason: text,
    count,
    taskArn: tasks[0]?.taskArn ?? '',
    container,
    log: logs.find((log) => log.container === container)?.lines ?? (index === 0 ? gaps : []),
  }))
}

/** One task that ended, and why, with the last lines of the container that failed. */
export async function failedTask(
  ecs: EcsApi,
  aws: Aws,
  task: Task,
  taskDefinition: string,
  signal: AbortSignal,
): Promise<TaskFailure> {
  const { document } = await ecs.describeTaskDefinition(taskDefinition, signal)
  const end = taskEnd(task, factsOf(taskDefinition, document))
  const failure = {
    reason: end?.text ?? 'it ended for no reason that ECS tells',
    count: 1,
    taskArn: task.taskArn ?? '',
    container: end?.container,
  }
  if (end === undefined) return { ...failure, log: [] }
  const gaps: string[] = []
  const gap = (line: string): void => void gaps.push(`${unread}${line})`)
  const ends = [{ ...end, count: 1, tasks: [task] }]
  const logs = await containerLogs(aws, document, ends, attempts(gap, signal), gap, signal)
  return { ...failure, log: logs.find((log) => log.container === end.container)?.lines ?? gaps }
}

/** One line for the first failure: its reason, and what its container said last. */
export function failureLine(failures: readonly TaskFailure[]): string | undefined {
  const [first] = failures
  if (first === undefined) return undefined
  const said = tellingLine(first.log.filter((line) => !line.startsWith(unread)))
  return `${first.reason}${first.count > 1 ? `, ${first.count} times` : ''}${said === undefined ? '' : `: ${said}`}`
}
