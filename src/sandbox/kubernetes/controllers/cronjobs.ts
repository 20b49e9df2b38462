import type { Cluster } from '../cluster.ts'
import { nextRun, parseCron } from '../cron-schedule.ts'
import { dispose } from '../deletion.ts'
import { record } from '../events.ts'
import { ApiFailure } from '../failure.ts'
import { controls, type Fields, type KubeObject, ownedBy, timestamp } from '../object.ts'
import { resource } from '../resources.ts'
import { asController, create, save } from '../writes.ts'
import { conditionOf, isTrue } from './conditions.ts'
import { jobFinished, jobs } from './jobs.ts'
import type { Reconciler, Wake } from './loop.ts'
import { isTerminating } from './pods.ts'

const cronJobs = resource('batch/v1/cronjobs')
const component = 'cronjob-controller'
/** More missed runs than this are told of. */
const manyMissed = 100

/** Starts each CronJob's Jobs when they are due, and forgets the oldest of those that ended. */
export const reconcileCronJobs: Reconciler = (cluster, wake) => {
  for (const cron of cluster.store.list(cronJobs)) if (!isTerminating(cron)) reconcile(cluster, cron, wake)
}

const referenceTo = ({ metadata: { name, namespace, uid, resourceVersion } }: KubeObject): Fields => ({
  kind: 'Job',
  apiVersion: 'batch/v1',
  name,
  namespace,
  uid,
  resourceVersion,
})

function reconcile(cluster: Cluster, cron: KubeObject, wake: Wake): undefined {
  const { spec } = cron
  const say = (type: 'Normal' | 'Warning', reason: string, message: string): undefined =>
    void record(cluster, cron, { type, reason, message, component })
  const own = cluster.store.list(jobs, cron.metadata.namespace).filter((job) => ownedBy(job, cron))
  const active = own.filter((job) => !jobFinished(job))
  const status: Fields = { ...cron['status'] }
  const known = ((status['active'] ?? []) as Fields[]).map(({ uid }) => uid as string)
  for (const job of own.filter((one) => jobFinished(one) && known.includes(one.metadata.uid))) {
    const way = isTrue(job['status'], 'Complete') ? 'Complete' : 'Failed'
    say('Normal', 'SawCompletedJob', `Saw completed job: ${job.metadata.name}, condition: ${way}`)
    const ended = conditionOf(job['status'], 'Complete')?.['lastTransitionTime']
    if (ended !== undefined) status['lastSuccessfulTime'] = ended
  }
  const keep = (running: readonly KubeObject[]): undefined => {
    status['active'] = running.map(referenceTo)
    if (running.length === 0) delete status['active']
    save(cluster, cronJobs, { ...cron, status })
  }
  tidy(cluster, own, spec)
  const schedule = parseCron(spec.schedule)
  if (schedule === undefined) {
    say('Warning', 'UnparseableSchedule', `unparseable schedule: ${JSON.stringify(spec.schedule)}`)
    return keep(active)
  }
  if (spec.suspend === true) return keep(active)

  const now = cluster.world.clock.now()
  const zone = (spec.timeZone as string | undefined) ?? 'UTC'
  const since = Date.parse(status['lastScheduleTime'] ?? cron.metadata.creationTimestamp)
  const deadline = spec.startingDeadlineSeconds as number | undefined
  const from = deadline === undefined ? since : Math.max(since, now - deadline * 1_000)
  let due: number | undefined
  let missed = 0
  let next = nextRun(schedule, from, zone)
  while (next !== undefined && next <= now && missed < 100_000) {
    due = next
    missed++
    next = nextRun(schedule, next, zone)
  }
  if (next !== undefined) wake(next - now)
  if (missed > manyMissed) {
    const advice = 'Set or decrease .spec.startingDeadlineSeconds or check clock skew'
    say('Warning', 'TooManyMissedTimes', `too many missed start times. ${advice}`)
  }
  if (due === undefined) return keep(active)
  if (active.length > 0 && spec.concurrencyPolicy === 'Forbid') {
    say(
      'Normal',
      'JobAlreadyActive',
      'Not starting job because prior execution is running and concurrency policy is Forbid',
    )
    return keep(active)
  }
  if (spec.concurrencyPolicy === 'Replace') {
    for (const job of active) {
      dispose(cluster, jobs, job)
      say('Normal', 'SuccessfulDelete', `Deleted job ${job.metadata.name}`)
    }
  }
  const started = start(cluster, cron, due, say)
  if (started !== undefined) status['lastScheduleTime'] = timestamp(due)
  const still = spec.concurrencyPolicy === 'Replace' ? [] : active
  keep(started === undefined ? still : [...still, started])
}

function start(
  cluster: Cluster,
  cron: KubeObject,
  due: number,
  say: (type: 'Normal' | 'Warning', reason: string, message: string) => undefined,
): KubeObject | undefined {
  const { metadata = {}, spec } = cron['spec'].jobTemplate as Fields
  const name = `${cron.metadata.name}-${Math.floor(due / 60_000)}`
  const annotations = { ...metadata.annotations, 'batch.kubernetes.io/cronjob-scheduled-timestamp': timestamp(due) }
  const job = {
    metadata: { name, labels: metadata.labels ?? {}, annotations, ownerReferences: [controls(cron)] },
    spec,
  }
  try {
    const made = create(cluster, jobs, cron.metadata.namespace, job, asController)
    say('Normal', 'SuccessfulCreate', `Created job ${name}`)
    return made
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error
    if (error.reason === 'AlreadyExists') return cluster.store.get(jobs, cron.metadata.namespace, name)
    say('Warning', 'FailedCreate', `Error creating job: ${error.message}`)
    return undefined
  }
}

/** Deletes ended Jobs beyond the history limits, the oldest first. */
function tidy(cluster: Cluster, own: readonly KubeObject[], spec: Fields): undefined {
  const byAge = (a: KubeObject, b: KubeObject): number =>
    Date.parse(a.metadata.creationTimestamp) - Date.parse(b.metadata.creationTimestamp)
  for (const [type, limit] of [
    ['Complete', spec['successfulJobsHistoryLimit'] ?? 3],
    ['Failed', spec['failedJobsHistoryLimit'] ?? 1],
  ] as const) {
    const ended = own.filter((job) => isTrue(job['status'], type)).sort(byAge)
    for (const job of ended.slice(0, Math.max(0, ended.length - limit))) dispose(cluster, jobs, job)
  }
}
