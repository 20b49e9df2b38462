import type { Task } from './state.ts'
import type { TargetState } from './target-registration.ts'

/** A task counts once it has stayed up this long: one that starts and falls over at once never does. */
const settleMs = 5_000

/** What a service finds of one of its tasks: in service, not yet, or failed and to be replaced. */
export type Readiness =
  | { readonly kind: 'ready' | 'waiting' }
  | { readonly kind: 'failed'; readonly event: string; readonly reason: string }

/** Judges a task by its containers' health checks and by its targets; `behind` is undefined without a load balancer. */
export function readiness(
  task: Task,
  behind: readonly TargetState[] | undefined,
  now: { readonly at: number; readonly graceMs: number },
): Readiness {
  if (task.lastStatus !== 'RUNNING') return { kind: 'waiting' }
  const upMs = now.at - (task.startedAt ?? now.at)
  const checked = task.containers.filter(({ essential, body }) => essential && body['healthCheck'] !== undefined)
  if (checked.some(({ health }) => health === 'UNHEALTHY')) {
    const event = `(task ${task.id}) failed container health checks.`
    return { kind: 'failed', event, reason: 'Task failed container health checks' }
  }
  const bad = behind?.find(({ state }) => state === 'unhealthy')
  if (bad !== undefined && upMs >= now.graceMs) {
    const where = `(target-group ${bad.targetGroupArn})`
    return {
      kind: 'failed',
      event: `(task ${task.id}) (port ${bad.port}) is unhealthy in ${where} due to (reason ${bad.description}).`,
      reason: `Task failed ELB health checks in ${where}`,
    }
  }
  // A group that no listener forwards to has no checks to pass.
  const passes = behind?.every(({ state }) => state === 'healthy' || state === 'unused')
  const inService = behind === undefined || (behind.length > 0 && passes === true)
  const isReady = upMs >= settleMs && inService && checked.every(({ health }) => health === 'HEALTHY')
  return { kind: isReady ? 'ready' : 'waiting' }
}
