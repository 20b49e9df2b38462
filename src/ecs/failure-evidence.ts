import type { Service, Task } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/session.ts'
import type { EcsApi, TaskFilter } from './ecs-api.ts'
import type { CauseFacts } from './failure-cause.ts'
import { belongs, type FailedDeployment } from './failure-deployment.ts'
import { failureEvents, type ServiceEvent, unhealthyTarget } from './failure-events.ts'
import type { HealthCheck, TargetFinding } from './failure-health.ts'
import { type ContainerLog, containerLogs } from './failure-log.ts'
import { attempts } from './failure-reading.ts'
import { readHealth } from './failure-targets.ts'
import { groupEnds, type TaskEnds } from './failure-task.ts'
import type { ContainerDefinition, TaskDefinition } from './task-definition.ts'

/** What an engine knows of the end of its deployment by itself. */
export interface Told {
  readonly breaker?: { readonly failed: number; readonly threshold: number } | undefined
  /** A lifecycle hook or event that failed: `AfterAllowTestTraffic`, with what it said. */
  readonly hook?:
    | { readonly stage: string; readonly target: string | undefined; readonly message: string | undefined }
    | undefined
  /** Alarms that the service says have gone off. */
  readonly triggeredAlarms?: readonly string[] | undefined
  /** What the service itself says: CodeDeploy's error information, the statusReason of a service deployment. */
  readonly message?: string | undefined
}

/** The state of one alarm. */
export interface AlarmFinding {
  readonly name: string
  readonly state: string
  readonly reason: string | undefined
}

/** How many tasks a deployment wants and has. */
export interface TaskCounts {
  readonly desired: number
  readonly running: number
  readonly pending: number
}

/** All that was found about a failed deployment: plain data, made into words by `explain`. */
export interface Evidence extends Told {
  readonly counts: TaskCounts | undefined
  /** Failed ends of the deployment's own tasks, by reason. */
  readonly ends: readonly TaskEnds[]
  readonly facts: CauseFacts
  readonly targets: readonly TargetFinding[]
  /** By target group's name. */
  readonly checks: ReadonlyMap<string, HealthCheck>
  /** Those that tell of failure, the newest first. */
  readonly events: readonly ServiceEvent[]
  readonly logs: readonly ContainerLog[]
  readonly alarms: readonly AlarmFinding[]
  /** What could not be read, a line each. */
  readonly gaps: readonly string[]
}

/** Pages of stopped tasks, a hundred each, that are looked through until one holds a failure. */
const mostPages = 3
const mostEvents = 20

/**
 * Collects what tells why a deployment failed. Reads only, and no more than needed: stopped tasks once, logs of containers that failed,
 * targets when tasks run or have failed their checks, alarms when some are named.
 * What cannot be read becomes a line in `gaps`. Aborts pass through.
 */
export async function deploymentEvidence(
  parts: { readonly ecs: EcsApi; readonly aws: Aws },
  of: FailedDeployment,
  signal: AbortSignal,
  told: Told = {},
): Promise<Evidence> {
  const { ecs, aws } = parts
  const gaps: string[] = []
  const gap = (line: string): void => {
    if (!gaps.includes(line)) gaps.push(line)
  }
  const attempt = attempts(gap, signal)
  const alarmNames = [...new Set([...of.alarms, ...(told.triggeredAlarms ?? [])])]
  const [service, stopped, alarms] = await Promise.all([
    attempt('service events', 'ecs:DescribeServices', () => ecs.service(of.cluster, of.service, signal)),
    attempt('stopped tasks', 'ecs:ListTasks, ecs:DescribeTasks', () => ownStopped(ecs, of, signal)),
    alarmNames.length === 0
      ? []
      : attempt('alarms', 'cloudwatch:DescribeAlarms', () => readAlarms(aws, alarmNames, signal)),
  ])
  const counts = countsOf(service, of)
  const events = service === undefined ? [] : failureEvents(eventsOf(service), of).slice(0, mostEvents)
  const unnamed = groupEnds(stopped ?? [])
  const toldTargets = events.flatMap(({ message }) => unhealthyTarget(message) ?? [])
  const health = await readHealth(
    { ecs, aws, attempt },
    of,
    counts?.running ?? 0,
    unnamed.every(({ kind }) => kind === 'health') ? toldTargets : [],
    signal,
  )
  const definition =
    unnamed.length === 0 && events.length === 0 && health.sick.length === 0
      ? undefined
      : await attempt('the task definition', 'ecs:DescribeTaskDefinition', async () => {
          return (await ecs.describeTaskDefinition(of.taskDefinition, signal)).document
        })
  const facts = factsOf(of.taskDefinition, definition)
  const ends = groupEnds(stopped ?? [], facts)
  const spoke = ends.length > 0 ? ends : [{ container: undefined, tasks: health.sick }]
  const logs = definition === undefined ? [] : await containerLogs(aws, definition, spoke, attempt, gap, signal)
  const { targets, checks } = health
  return { ...told, counts, ends, facts, targets, checks, events, logs, alarms: alarms ?? [], gaps: gaps.sort() }
}

/**
 * Stopped tasks that this deployment started, up to the first page that holds a failed one. ECS takes `startedBy` only alone,
 * so `among` (the service's tasks unless told) narrows the listing and the choice is made here.
 */
export async function ownStopped(
  ecs: EcsApi,
  of: Pick<FailedDeployment, 'cluster' | 'startedBy' | 'taskDefinition' | 'since'> & { readonly service?: string },
  signal: AbortSignal,
  among: TaskFilter = of.service === undefined ? {} : { service: of.service },
): Promise<readonly Task[]> {
  const own: Task[] = []
  let pages = 0
  for await (const page of ecs.taskPages(of.cluster, { ...among, desiredStatus: 'STOPPED' }, signal)) {
    own.push(...page.filter((task) => belongs(task, of)))
    pages++
    if (pages === mostPages || groupEnds(own).length > 0) break
  }
  return own
}

const eventsOf = ({ events = [] }: Service): readonly ServiceEvent[] =>
  events.flatMap(({ createdAt, message }) => (message === undefined ? [] : [{ at: createdAt, message }]))

/** The deployment's tasks by the service's own count; undefined when the service knows it no more. */
function countsOf(service: Service | undefined, of: FailedDeployment): TaskCounts | undefined {
  const taskSets = (service?.taskSets ?? []).map((set) => ({ ...set, desiredCount: set.computedDesiredCount }))
  const own = [...taskSets, ...(service?.deployments ?? [])].find(({ id, taskDefinition }) =>
    of.startedBy === undefined ? taskDefinition === of.taskDefinition : id === of.startedBy,
  )
  return own === undefined
    ? undefined
    : { desired: own.desiredCount ?? 0, running: own.runningCount ?? 0, pending: own.pendingCount ?? 0 }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** What of the definition and its ARN helps to say what is missing. */
export function factsOf(arn: string, definition: TaskDefinition | undefined): CauseFacts {
  const [, region, account] = /^arn:[\w-]+:ecs:([\w-]+):(\d{12}):/.exec(arn) ?? []
  const containers = definition?.containerDefinitions ?? []
  const groups = containers.flatMap((container) => {
    const { options } = (container['logConfiguration'] ?? {}) as { options?: Record<string, unknown> }
    return text(options?.['awslogs-group']) ?? []
  })
  const platform = (definition?.['runtimePlatform'] ?? {}) as { cpuArchitecture?: unknown }
  const architecture = { ARM64: 'linux/arm64', X86_64: 'linux/amd64' }[String(platform.cpuArchitecture)]
  return {
    image: containers.length === 1 ? text(containers[0]?.image) : undefined,
    region,
    account,
    executionRole: text(definition?.['executionRoleArn']),
    taskRole: text(definition?.['taskRoleArn']),
    logGroups: [...new Set(groups)],
    healthChecks: new Map(containers.flatMap(containerCheck)),
    platform: architecture,
  }
}

/** `CMD-SHELL curl -f localhost (every 30 s, 3 tries)`, by the container's name. */
function containerCheck(container: ContainerDefinition): [name: string, check: string][] {
  const check = container['healthCheck'] as { command?: unknown; interval?: unknown; retries?: unknown } | undefined
  if (container.name === undefined || !Array.isArray(check?.command)) return []
  const words = check.command.filter((word): word is string => typeof word === 'string').join(' ')
  return [[container.name, `${words} (every ${check.interval ?? 30} s, ${check.retries ?? 3} tries)`]]
}

async function readAlarms(aws: Aws, names: readonly string[], signal: AbortSignal): Promise<readonly AlarmFinding[]> {
  const { DescribeAlarmsCommand } = await import('@aws-sdk/client-cloudwatch')
  const answer = await (await aws.cloudwatch()).send(
    // Composite alarms are left out unless they are asked for.
    new DescribeAlarmsCommand({ AlarmNames: names.slice(0, 100), AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
    { abortSignal: signal },
  )
  return [...(answer.MetricAlarms ?? []), ...(answer.CompositeAlarms ?? [])].map(
    ({ AlarmName, StateValue, StateReason }) => ({
      name: AlarmName ?? '?',
      state: StateValue ?? 'unknown',
      reason: StateReason,
    }),
  )
}
