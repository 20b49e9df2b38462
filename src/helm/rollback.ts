import { type Attempt, attempt } from './attempt.ts'
import type { Deployment, DeployParts } from './deployment.ts'
import { type Diagnosis, diagnose } from './diagnosis.ts'
import { rollbackArgv } from './helm-command.ts'
import { isPending } from './release-history.ts'
import type { WorkloadProgress } from './rollout.ts'
import { readBaseline } from './rollout-watcher.ts'

/** How a rollback ended. */
export interface WayBack {
  readonly ok: boolean
  readonly reason: string
  readonly end: Attempt['end']
  readonly progress: readonly WorkloadProgress[]
  /** Undefined when it is up. */
  readonly diagnosis: Diagnosis | undefined
}

/** A cancelled run has this long for its rollback, in real ms; the post step goes on from there. */
const hurriedMs = 3_500

/**
 * Rolls back to a named revision and waits until it is up. In a hurry it only begins: the host is about to end the process.
 * A rollback that its own hook stops is done again without hooks, since it would be stuck for good.
 */
export async function goBack(
  { place, request }: Pick<Deployment, 'place' | 'request'>,
  to: number,
  after: number,
  hurried: boolean,
  parts: Omit<DeployParts, 'host'>,
): Promise<WayBack> {
  parts.log.info(`rolling back to revision ${to}`)
  for (let revision = after + 1, hooks = true; ; revision++, hooks = false) {
    const wait = hurried ? 'none' : request.wait === 'legacy' ? 'legacy' : 'ready'
    const signal = hurried ? AbortSignal.timeout(hurriedMs) : parts.signal
    const baseline = await readBaseline(parts.api, [place.namespace])
    const argv = rollbackArgv(parts.helm.version, place, to, { ...request, wait, hooks })
    const options = {
      namespace: place.namespace,
      revision,
      baseline,
      timeoutMs: request.timeoutMs,
      wait: !hurried,
      signal,
    }
    const done = await attempt(argv, parts, options)
    const ended = { end: done.end, progress: done.progress }
    if (done.end === 'up') return { ok: true, reason: '', diagnosis: undefined, ...ended }
    const stored = await parts.store.read(revision)
    const failure = done.end === 'doomed' ? undefined : done.failure
    const diagnosis = await diagnose(done.progress, failure, stored?.record, parts.api, done.jobLogs)
    const { reason } = diagnosis
    if (stored !== undefined && (isPendingText(stored.record.info.status) || done.end === 'doomed')) {
      await parts.store.markFailed(stored, `Release marked as failed: ${reason}`.slice(0, 500))
    }
    if (hooks && done.failure?.kind === 'hook') {
      parts.log.warn(`a hook stopped the rollback (${reason}): rolling back without hooks`)
      continue
    }
    return { ok: false, reason: done.end === 'timed-out' ? `not up in time: ${reason}` : reason, diagnosis, ...ended }
  }
}

const isPendingText = (status: string): boolean => isPending(status as 'pending-rollback')
