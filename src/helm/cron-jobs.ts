import type { CronJob, Job } from './kubernetes-object.ts'
import { isOwnedBy } from './kubernetes-object.ts'
import { type ManifestObject, objectKey } from './manifest.ts'

/** Whether the cron jobs of a release are to run here, and the value of the chart that says so. */
export interface CronWish {
  readonly state: 'suspended' | 'active'
  /** Key of the chart's values: true suspends. */
  readonly value: string
}

/** One CronJob of a release, as it is now. */
export interface CronJobState {
  readonly name: string
  readonly namespace: string
  readonly schedule: string
  readonly suspended: boolean
  /** When it last started a Job, as Kubernetes writes times; undefined when it never did. */
  readonly lastSchedule: string | undefined
  /** Names of its Jobs that have not ended. */
  readonly active: readonly string[]
}

/** The CronJobs among the objects of a manifest. */
export const cronJobsIn = (objects: readonly ManifestObject[]): readonly ManifestObject[] =>
  objects.filter(({ kind, apiVersion }) => kind === 'CronJob' && apiVersion.startsWith('batch/'))

/**
 * Why a rendered manifest does not do what was asked of its cron jobs, as one line that names them and the value;
 * undefined when it does. A field that is not rendered counts as wrong: helm would leave what somebody else set.
 */
export function cronProblem(objects: readonly ManifestObject[], wish: CronWish): string | undefined {
  const asked = wish.state === 'suspended'
  const wrong = cronJobsIn(objects).flatMap(({ name, content }) => {
    const suspend = (content['spec'] as { suspend?: unknown } | null | undefined)?.suspend
    return suspend === asked ? [] : [`CronJob/${name} has ${suspend === undefined ? 'none' : JSON.stringify(suspend)}`]
  })
  if (wrong.length === 0) return undefined
  return `cron is to be ${wish.state}, so the value '${wish.value}' is ${asked}, but the chart does not render spec.suspend from it: ${wrong.join(', ')}`
}

/** The CronJobs of a release as the cluster has them; those that are not there are left out. */
export function cronJobStates(
  wanted: readonly ManifestObject[],
  cronJobs: readonly CronJob[],
  jobs: readonly Job[],
): readonly CronJobState[] {
  const keys = new Set(wanted.map(objectKey))
  return cronJobs.flatMap((cron) => {
    const { name = '', namespace = '', uid } = cron.metadata ?? {}
    if (!keys.has(objectKey({ kind: 'CronJob', name, namespace }))) return []
    const active = jobs.filter((job) => isOwnedBy(job, uid) && !hasEnded(job)).map((job) => job.metadata?.name ?? '')
    return [
      {
        name,
        namespace,
        schedule: [cron.spec?.schedule ?? '', cron.spec?.timeZone ?? ''].join(' ').trim(),
        suspended: cron.spec?.suspend === true,
        lastSchedule: cron.status?.lastScheduleTime ?? undefined,
        active: active.sort(),
      },
    ]
  })
}

const hasEnded = ({ status }: Job): boolean =>
  (status?.conditions ?? []).some(({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True')

/** The CronJobs that the cluster runs otherwise than asked, as `CronJob/report`. */
export const strayingFrom = (states: readonly CronJobState[], { state }: CronWish): readonly string[] =>
  states.filter(({ suspended }) => suspended !== (state === 'suspended')).map(({ name }) => `CronJob/${name}`)

/** The Jobs that still run, as `Job/report-28123`. */
export const stillRunning = (states: readonly CronJobState[]): readonly string[] =>
  states.flatMap(({ active }) => active.map((name) => `Job/${name}`))

/** A Markdown table of them; no lines when there are none. */
export function cronTable(states: readonly CronJobState[]): readonly string[] {
  if (states.length === 0) return []
  return [
    '| cron job | schedule | suspended | last schedule | active |',
    '| --- | --- | --- | --- | --- |',
    ...states.map(
      ({ name, schedule, suspended, lastSchedule, active }) =>
        `| CronJob/${name} | \`${schedule.replaceAll(/[`|\n]/g, ' ')}\` | ${suspended ? 'yes' : 'no'} | ${lastSchedule ?? 'never'} | ${active.length === 0 ? 'none' : active.join(', ')} |`,
    ),
  ]
}
