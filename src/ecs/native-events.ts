import type { ServiceDeployment, ServiceRevisionSummary } from '@aws-sdk/client-ecs'
import { formatDuration } from '../action/clock.ts'
import { trafficBar } from './deployment-events.ts'

/** Something that changed between two looks at a native deployment. */
export type NativeEvent =
  | { readonly kind: 'status'; readonly status: string; readonly reason: string | undefined }
  | { readonly kind: 'stage'; readonly stage: string }
  | { readonly kind: 'tasks'; readonly running: number; readonly wanted: number; readonly old: number }
  | { readonly kind: 'traffic'; readonly of: 'production' | 'test'; readonly percent: number }
  | { readonly kind: 'failed-tasks'; readonly count: number; readonly threshold: number | undefined }
  | { readonly kind: 'alarm'; readonly names: readonly string[] }
  | { readonly kind: 'hook'; readonly target: string; readonly status: string }

const running = (revisions: readonly ServiceRevisionSummary[] | undefined): number =>
  (revisions ?? []).reduce((sum, { runningTaskCount }) => sum + (runningTaskCount ?? 0), 0)

/** Failed tasks at which ECS gives up; undefined when nobody told it to. */
const breakerThreshold = ({ deploymentCircuitBreaker: breaker }: ServiceDeployment): number | undefined =>
  breaker?.status === 'DISABLED' ? undefined : breaker?.threshold

/** What is new in a look, in the order in which it happens; everything, when there was none before. */
export function nativeEvents(before: ServiceDeployment | undefined, now: ServiceDeployment): readonly NativeEvent[] {
  const events: NativeEvent[] = []
  const was = before?.targetServiceRevision
  const is = now.targetServiceRevision
  if (before?.status !== now.status)
    events.push({ kind: 'status', status: now.status ?? 'unknown', reason: now.statusReason })
  if (now.lifecycleStage !== undefined && before?.lifecycleStage !== now.lifecycleStage)
    events.push({ kind: 'stage', stage: now.lifecycleStage })
  const old = running(now.sourceServiceRevisions)
  const isFirst = was === undefined && (is?.requestedTaskCount ?? 0) === 0
  if (
    is !== undefined &&
    !isFirst &&
    (was?.runningTaskCount !== is.runningTaskCount ||
      was?.requestedTaskCount !== is.requestedTaskCount ||
      running(before?.sourceServiceRevisions) !== old)
  ) {
    events.push({ kind: 'tasks', running: is.runningTaskCount ?? 0, wanted: is.requestedTaskCount ?? 0, old })
  }
  const production = is?.requestedProductionTrafficWeight
  if (production !== undefined && (was?.requestedProductionTrafficWeight ?? 0) !== production)
    events.push({ kind: 'traffic', of: 'production', percent: production })
  const test = is?.requestedTestTrafficWeight
  if (test !== undefined && (was?.requestedTestTrafficWeight ?? 0) !== test)
    events.push({ kind: 'traffic', of: 'test', percent: test })
  const failed = now.deploymentCircuitBreaker?.failureCount ?? 0
  if (failed > (before?.deploymentCircuitBreaker?.failureCount ?? 0))
    events.push({ kind: 'failed-tasks', count: failed, threshold: breakerThreshold(now) })
  const alarms = now.alarms?.triggeredAlarmNames ?? []
  if (alarms.length > (before?.alarms?.triggeredAlarmNames ?? []).length) events.push({ kind: 'alarm', names: alarms })
  for (const hook of now.lifecycleHookDetails ?? []) {
    const known = before?.lifecycleHookDetails?.find(({ hookId }) => hookId === hook.hookId)
    if (known?.status === hook.status) continue
    const target = hook.targetArn?.split(':').at(-1) ?? hook.hookId ?? '?'
    events.push({ kind: 'hook', target, status: hook.status ?? 'unknown' })
  }
  return events
}

const hookWords: Readonly<Record<string, string>> = {
  AWAITING_ACTION: 'waits for an answer: run again with operation: continue or operation: rollback',
  IN_PROGRESS: 'is running',
  SUCCEEDED: 'has succeeded',
  FAILED: 'FAILED',
  TIMED_OUT: 'timed out',
}

/** An event as a line of the log. */
export function describeNativeEvent(event: NativeEvent, elapsedMs: number): string {
  const at = `[${formatDuration(elapsedMs)}]`
  switch (event.kind) {
    case 'status':
      return `${at} deployment ${event.status}${event.reason === undefined ? '' : `: ${event.reason.replaceAll(/\s*[\r\n]+\s*/g, ' ')}`}`
    case 'stage':
      return `${at} ${event.stage}`
    case 'tasks':
      return `${at} new tasks: ${event.running} of ${event.wanted} run${event.old === 0 ? '' : `, old: ${event.old}`}`
    case 'traffic':
      return event.of === 'test'
        ? `${at} test traffic ${event.percent}% new`
        : `${at} traffic ${trafficBar(event.percent)} ${event.percent}% new, ${Number((100 - event.percent).toFixed(2))}% old`
    case 'failed-tasks':
      return `${at} failed tasks: ${event.count}${event.threshold === undefined ? '' : `, the circuit breaker opens at ${event.threshold}`}`
    case 'alarm':
      return `${at} in ALARM: ${event.names.join(', ')}`
    case 'hook':
      return `${at} hook ${event.target} ${Object.hasOwn(hookWords, event.status) ? hookWords[event.status] : event.status}`
  }
}

/** A line for when nothing has changed for a while. */
export function nativeHeartbeat(now: ServiceDeployment, elapsedMs: number): string {
  const is = now.targetServiceRevision
  const stage = now.lifecycleStage === undefined ? '' : ` in ${now.lifecycleStage}`
  const weight = is?.requestedProductionTrafficWeight
  const traffic = weight === undefined ? '' : `, traffic ${trafficBar(weight)} ${weight}% new`
  return `[${formatDuration(elapsedMs)}] still ${now.status}${stage}, ${is?.runningTaskCount ?? 0} of ${is?.requestedTaskCount ?? 0} new tasks run${traffic}`
}
