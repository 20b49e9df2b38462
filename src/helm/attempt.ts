import type { Clock } from '../action/clock.ts'
import type { CommandResult } from '../action/command.ts'
import { messageOf } from '../action/errors.ts'
import type { Log } from '../action/host.ts'
import type { Helm } from './helm.ts'
import type { Argv } from './helm-command.ts'
import { type HelmFailure, helmFailure } from './helm-failure.ts'
import { followJobs, type JobLog, tellJobLog } from './job-logs.ts'
import type { KubernetesApi } from './kubernetes-api.ts'
import { objectKey } from './manifest.ts'
import type { ReleaseStore, StoredRecord } from './release-store.ts'
import type { Baseline, WorkloadProgress } from './rollout.ts'
import { readProgress, stateText, watchRollout } from './rollout-watcher.ts'

/** How one run of helm, with its rollout, ended. */
export interface Attempt {
  readonly end: 'up' | 'doomed' | 'failed' | 'timed-out' | 'cancelled'
  /** The record it made; undefined when it got no further than rendering. */
  readonly stored: StoredRecord | undefined
  readonly progress: readonly WorkloadProgress[]
  /** What helm said; undefined when it succeeded. */
  readonly failure: HelmFailure | undefined
  readonly result: CommandResult
  /** What its Jobs and hooks printed, those that are gone by now too. */
  readonly jobLogs: readonly JobLog[]
}

/** What an attempt touches. */
export interface AttemptParts {
  readonly helm: Helm
  readonly api: KubernetesApi
  readonly store: ReleaseStore
  readonly clock: Clock
  readonly log: Log
}

export interface AttemptOptions {
  readonly namespace: string
  readonly revision: number
  readonly baseline: Baseline
  /** Of the whole attempt, on the clock; helm's own counts for each of its steps. */
  readonly timeoutMs: number
  /** False: helm's end is the end, whatever the pods do. */
  readonly wait: boolean
  readonly signal: AbortSignal
}

/**
 * Runs helm and watches the rollout of its revision beside it. A rollout that cannot come right ends helm by SIGTERM,
 * at which helm ends its record as failed; and helm's success counts only once every pod is up, since helm 3 is content
 * with what maxUnavailable allows.
 */
export async function attempt(argv: Argv, parts: AttemptParts, options: AttemptOptions): Promise<Attempt> {
  const { log, clock } = parts
  const { signal } = options
  const stopHelm = new AbortController()
  const endWatch = new AbortController()
  let result: CommandResult | undefined
  let progress: readonly WorkloadProgress[] = []
  let stored: StoredRecord | undefined
  let up = false
  let doomed = false
  let timedOut = false
  let blind = false

  const recordOfAttempt = async () => (await parts.store.read(options.revision))?.record
  const endLogs = await followJobs(options.namespace, recordOfAttempt, parts)
  log.info(`helm ${argv.join(' ')}`)
  const helming = parts.helm
    .run(argv, {
      signal: AbortSignal.any([stopHelm.signal, signal]),
      onLine: (line, stream) => {
        if (line.trim() === '') return
        if (stream === 'stderr') log.info(`helm: ${line}`)
        else log.debug(`helm: ${line}`)
      },
    })
    .then((ended) => {
      result = ended
      if (ended.code !== 0 || !options.wait || up || blind) endWatch.abort()
      return ended
    })
    .finally(() => {
      if (result === undefined) endWatch.abort()
    })

  const watching = (async () => {
    const watchSignal = AbortSignal.any([endWatch.signal, signal])
    try {
      for await (const event of watchRollout(options.revision, options.baseline, parts, watchSignal)) {
        if ('all' in event) progress = event.all
        switch (event.kind) {
          case 'started':
            stored = event.stored
            break
          case 'blind':
            log.warn(event.message)
            break
          case 'progress':
            log.info(`${event.workload.kind}/${event.workload.name}: ${stateText(event.workload)}`)
            break
          case 'heartbeat':
            log.info(
              `waiting: ${event.all
                .filter(({ done }) => !done)
                .map(({ kind, name }) => `${kind}/${name}`)
                .join(', ')}`,
            )
            break
          case 'doomed':
            if (!options.wait) break
            doomed = true
            // A hook's Job is no workload of the manifest, and still the cause.
            progress = [
              ...event.all.filter(({ name, kind }) => name !== event.workload.name || kind !== event.workload.kind),
              event.workload,
            ]
            stopHelm.abort()
            return
        }
        up = event.kind === 'done' ? true : event.kind === 'progress' && !event.workload.done ? false : up
        if (event.kind === 'done' && result?.code === 0) return
      }
    } catch (error) {
      if (watchSignal.aborted) return
      blind = true
      log.warn(`the rollout cannot be watched, so helm's word alone counts: ${messageOf(error)}`)
    }
  })()

  const overtime = clock.sleep(options.timeoutMs, AbortSignal.any([endWatch.signal, signal])).then(
    () => {
      // Pods that are all up are not the reason to wait: then helm's own time-out is the one that counts.
      if (up || blind || doomed) return
      timedOut = true
      stopHelm.abort()
      endWatch.abort()
    },
    () => undefined,
  )

  const ended = await helming
  await watching
  endWatch.abort()
  await overtime
  const jobLogs = await endLogs()
  const failure = ended.code === 0 ? undefined : helmFailure(ended.stderr)
  const end =
    signal.aborted && !(ended.code === 0 && up)
      ? 'cancelled'
      : doomed
        ? 'doomed'
        : timedOut || failure?.kind === 'timed-out'
          ? 'timed-out'
          : failure === undefined
            ? 'up'
            : 'failed'
  // A helm that ends before the first look has made its record all the same.
  const made = stored ?? (await parts.store.read(options.revision))
  if (end !== 'up' && end !== 'cancelled' && made !== undefined)
    progress = await lastLook(made, progress, parts, options)
  // What ended well was told at once, and what failed is told with the cause.
  for (const job of jobLogs) if (end === 'up' && job.exitCode !== 0) await tellJobLog(job, log)
  return { end, stored: made, progress, failure, result: ended, jobLogs }
}

/** How things stand after helm has given up; what is gone by now stays as it was last seen. */
async function lastLook(
  { record }: StoredRecord,
  seen: readonly WorkloadProgress[],
  parts: AttemptParts,
  { baseline }: AttemptOptions,
): Promise<readonly WorkloadProgress[]> {
  try {
    const { all, hooks } = await readProgress(record, baseline, parts)
    const now = [...hooks.filter(({ done }) => !done), ...all]
    const gone = seen.filter((was) => !now.some((is) => objectKey(is) === objectKey(was)) && !was.done)
    return [...gone, ...now]
  } catch (error) {
    parts.log.warn(`the workloads cannot be read: ${messageOf(error)}`)
    return seen
  }
}
