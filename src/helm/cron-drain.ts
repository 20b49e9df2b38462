import { type Clock, formatDuration } from '../action/clock.ts'
import { messageOf, UserError } from '../action/errors.ts'
import type { Log } from '../action/host.ts'
import type { Outcome } from '../action/outcome.ts'
import { poll } from '../action/poll.ts'
import { type CronJobState, type CronWish, cronJobStates, cronJobsIn, stillRunning, strayingFrom } from './cron-jobs.ts'
import { type KubernetesApi, resources } from './kubernetes-api.ts'
import type { CronJob, Job } from './kubernetes-object.ts'
import type { ManifestObject } from './manifest.ts'

/** What watching cron jobs touches. */
export interface CronParts {
  readonly api: KubernetesApi
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
}

/** How the cron jobs of a release stand after its deployment. */
export interface CronEnd {
  readonly states: readonly CronJobState[]
  /** Set when they are not as asked: what the deployment's end becomes, and why. */
  readonly problem?: { readonly outcome: Outcome; readonly reason: string }
}

const pollMs = 5_000
const heartbeatMs = 60_000

/** Reads the CronJobs of a manifest and their Jobs. @throws KubernetesError when they may not be read */
export async function readCronJobs(
  objects: readonly ManifestObject[],
  api: KubernetesApi,
): Promise<readonly CronJobState[]> {
  const wanted = cronJobsIn(objects)
  const all = await Promise.all(
    [...new Set(wanted.map(({ namespace }) => namespace))].map(async (namespace) => {
      const [cronJobs, jobs] = await Promise.all([
        api.list<CronJob>(resources.cronjobs, namespace),
        api.list<Job>(resources.jobs, namespace),
      ])
      return cronJobStates(wanted, cronJobs, jobs)
    }),
  )
  return all.flat()
}

/**
 * Makes sure that the cron jobs of a deployed release stand as asked, and, when they are suspended, waits for their
 * Jobs to end: suspending starts no new one, but stops none that runs. Only reads.
 */
export async function settleCron(
  objects: readonly ManifestObject[],
  wish: CronWish,
  drainTimeoutMs: number,
  parts: CronParts,
): Promise<CronEnd> {
  const { clock, log, signal } = parts
  const began = clock.now()
  let states: readonly CronJobState[] = []
  let shown = ''
  let spoke = began
  try {
    for await (const now of poll(() => readCronJobs(objects, parts.api), { clock, signal, intervalMs: pollMs })) {
      states = now
      const stray = strayingFrom(states, wish)
      if (stray.length > 0) {
        const verb = wish.state === 'suspended' ? 'not suspended' : 'suspended'
        const reason = `cron is to be ${wish.state}, but the cluster has ${stray.join(', ')} ${verb}: something else than this release sets spec.suspend`
        return { states, problem: { outcome: 'failed', reason } }
      }
      const running = wish.state === 'suspended' ? stillRunning(states) : []
      const text = running.join(', ')
      const waited = clock.now() - began
      if (running.length === 0) {
        if (shown !== '') log.info(`no Job of a cron job runs any more (${formatDuration(waited)})`)
        return { states }
      }
      if (waited >= drainTimeoutMs) {
        const reason = `cron is suspended, but after ${formatDuration(drainTimeoutMs)} there still run: ${text}`
        return { states, problem: { outcome: 'timed-out', reason } }
      }
      if (text !== shown || clock.now() - spoke >= heartbeatMs) {
        log.info(`cron is suspended; waiting for Jobs that still run: ${text}`)
        shown = text
        spoke = clock.now()
      }
    }
  } catch (error) {
    const running = stillRunning(states)
    const rest = running.length === 0 ? '' : `; there still ran: ${running.join(', ')}`
    if (signal.aborted) {
      return { states, problem: { outcome: 'cancelled', reason: `cancelled while cron drained${rest}` } }
    }
    if (!(error instanceof UserError)) throw error
    const reason = `whether cron is ${wish.state} cannot be read: ${messageOf(error)}${rest}`
    return { states, problem: { outcome: 'failed', reason } }
  }
  throw new Error('a poll ended by itself')
}
