import { isPending, type Revision } from './release-history.ts'

/** The labels by which a run recognises the records it made. */
export const runLabel = 'ci-run'
export const attemptLabel = 'ci-attempt'
/** Set where a run is known by its machine alone: the process that deploys. */
export const processLabel = 'ci-pid'

/** Who runs now. */
export interface RunIdentity {
  /** Sanitised, as it stands in the label. */
  readonly run: string
  readonly attempt: string
  /** Whether a process of this machine runs; asked only of records that name one. */
  isAlive(pid: number): boolean
}

/**
 * A text as a label value: at most 63 letters, digits, `-`, `_` and `.`, beginning and ending with a letter or digit.
 * The end is kept: that is where the number of a run stands.
 */
export function labelValue(text: string): string {
  return text
    .replaceAll(/[^A-Za-z0-9_.-]+/g, '.')
    .slice(-63)
    .replaceAll(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '')
}

/** How long after its operation's time-out a pending record may still be alive, in ms: helm's own end and a slow API. */
export const lockGraceMs = 60_000

/** Whether a pending record still belongs to somebody. */
export type LockVerdict =
  | { readonly kind: 'free' }
  /** Nobody works on it any more. */
  | { readonly kind: 'stale'; readonly why: string }
  /** Somebody may be working on it. */
  | { readonly kind: 'held'; readonly by: string; readonly ageMs: number; readonly staleInMs: number }

/**
 * Judges the newest revision. A record of this very run is stale, since this run is here and does nothing yet,
 * unless it names a process of this machine that still lives;
 * a rollback copies the labels of its target, so a pending rollback belongs to the run of the revision before it.
 * Any other is stale when it is older than an operation can take: `timeoutMs` and a grace.
 * `since` is when its record was made, by the clock of the cluster.
 */
export function judgeLock(
  history: readonly Revision[],
  me: RunIdentity,
  since: number | undefined,
  now: number,
  timeoutMs: number,
): LockVerdict {
  const last = history.at(-1)
  if (last === undefined || !isPending(last.status)) return { kind: 'free' }
  const identity = last.status === 'pending-rollback' ? history.at(-2) : last
  const run = identity?.labels[runLabel]
  const pid = Number(identity?.labels[processLabel])
  if (run !== undefined && run === me.run && !(Number.isSafeInteger(pid) && pid > 0 && me.isAlive(pid))) {
    const attempt = identity?.labels[attemptLabel] ?? '?'
    return { kind: 'stale', why: `it was left by this run, attempt ${attempt}` }
  }
  const began = since ?? last.updated
  const by = run === undefined ? 'somebody without a run label' : `run ${run}`
  if (began === undefined) return { kind: 'held', by, ageMs: 0, staleInMs: timeoutMs + lockGraceMs }
  const ageMs = Math.max(0, now - began)
  const staleInMs = timeoutMs + lockGraceMs - ageMs
  if (staleInMs <= 0) return { kind: 'stale', why: `${by} began it ${Math.round(ageMs / 60_000)} min ago` }
  return { kind: 'held', by, ageMs, staleInMs }
}
