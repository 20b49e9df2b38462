import { formatDuration } from '../action/clock.ts'
import type { DeploymentSnapshot } from './codedeploy-api.ts'

/** Something that changed between two looks at a deployment. */
export type DeploymentEvent =
  | { readonly kind: 'status'; readonly status: string }
  | { readonly kind: 'lifecycle'; readonly name: string; readonly status: string; readonly message: string | undefined }
  | { readonly kind: 'traffic'; readonly blue: number; readonly green: number }
  | { readonly kind: 'tasks'; readonly running: number; readonly desired: number }
  | { readonly kind: 'shifted' }

/** What one look saw, in the words of events. */
interface Seen {
  readonly status: string
  readonly lifecycle: ReadonlyMap<string, { readonly status: string; readonly message: string | undefined }>
  readonly weights: { readonly blue: number; readonly green: number } | undefined
  readonly tasks: { readonly running: number; readonly desired: number } | undefined
  readonly shifted: boolean
}

/** All production traffic is on the new tasks; only the old tasks' termination is waited for. */
export const trafficShifted = ({ deployment }: DeploymentSnapshot): boolean =>
  deployment.instanceTerminationWaitTimeStarted === true || deployment.status === 'Succeeded'

function see(snapshot: DeploymentSnapshot): Seen {
  const { deployment, target } = snapshot
  const sets = target?.taskSetsInfo ?? []
  const green = sets.find(({ taskSetLabel }) => taskSetLabel === 'Green')
  const weight = (label: string): number | undefined =>
    sets.find(({ taskSetLabel }) => taskSetLabel === label)?.trafficWeight
  const blue = weight('Blue')
  return {
    status: deployment.status ?? 'Unknown',
    lifecycle: new Map(
      (target?.lifecycleEvents ?? []).map((event) => [
        event.lifecycleEventName ?? '?',
        { status: event.status ?? 'Unknown', message: event.diagnostics?.message },
      ]),
    ),
    weights:
      green?.trafficWeight === undefined
        ? undefined
        : { blue: blue ?? 100 - green.trafficWeight, green: green.trafficWeight },
    tasks: green === undefined ? undefined : { running: green.runningCount ?? 0, desired: green.desiredCount ?? 0 },
    shifted: trafficShifted(snapshot),
  }
}

/** What is new in a snapshot, in the order in which it happens; everything, when there was none before. */
export function deploymentEvents(
  before: DeploymentSnapshot | undefined,
  now: DeploymentSnapshot,
): readonly DeploymentEvent[] {
  const old = before && see(before)
  const next = see(now)
  const events: DeploymentEvent[] = []
  if (old?.status !== next.status) events.push({ kind: 'status', status: next.status })
  for (const [name, { status, message }] of next.lifecycle) {
    if (status === 'Pending' || status === 'Skipped' || old?.lifecycle.get(name)?.status === status) continue
    events.push({ kind: 'lifecycle', name, status, message })
  }
  if (
    next.tasks !== undefined &&
    (old?.tasks?.running !== next.tasks.running || old.tasks.desired !== next.tasks.desired)
  ) {
    events.push({ kind: 'tasks', ...next.tasks })
  }
  if (next.weights !== undefined && old?.weights?.green !== next.weights.green)
    events.push({ kind: 'traffic', ...next.weights })
  if (next.shifted && old?.shifted !== true) events.push({ kind: 'shifted' })
  return events
}

/** Twenty characters of traffic: how much of it answers from the new tasks. */
export function trafficBar(green: number): string {
  const filled = Math.round((Math.min(100, Math.max(0, green)) / 100) * 20)
  return `${'█'.repeat(filled)}${'░'.repeat(20 - filled)}`
}

const words: Readonly<Record<string, string>> = {
  InProgress: 'begins',
  Succeeded: 'done',
  Failed: 'FAILED',
  Unknown: 'unknown',
}

/** An event as a line of the log; `whose` is a deployment or a rollback. */
export function describeEvent(event: DeploymentEvent, elapsedMs: number, whose = 'deployment'): string {
  const at = `[${formatDuration(elapsedMs)}]`
  switch (event.kind) {
    case 'status':
      return `${at} ${whose} ${event.status}`
    case 'lifecycle':
      return `${at} ${event.name} ${words[event.status] ?? event.status}${event.message && event.status === 'Failed' ? `: ${event.message}` : ''}`
    case 'traffic':
      return `${at} traffic ${trafficBar(event.green)} ${event.green}% new, ${event.blue}% old`
    case 'tasks':
      return `${at} new tasks: ${event.running} of ${event.desired} run`
    case 'shifted':
      return `${at} all traffic is on the new tasks`
  }
}
