import type { Clock } from './clock.ts'

/** The reason of a cancel signal. */
export class Cancelled extends Error {
  override name = 'Cancelled'
  /** What asked for it: SIGINT or SIGTERM. */
  readonly by: string

  constructor(by: string) {
    super(`cancelled by ${by}`)
    this.by = by
  }
}

/** How long the first signal leaves for a clean end, in real milliseconds: a GitHub runner sends SIGTERM after 7.5 s. */
export const cancelBudgetMs = 7_000

/** The reason of a time-out signal. */
export class TimedOut extends Error {
  override name = 'TimedOut'
  readonly afterMs: number

  constructor(afterMs: number) {
    super(`timed out after ${Math.round(afterMs / 1_000)} s`)
    this.afterMs = afterMs
  }
}

/** Runs `body` with a signal that aborts when the outer one does, or with `TimedOut` after `ms` on the clock. */
export async function withTimeout<T>(
  ms: number,
  clock: Clock,
  outer: AbortSignal,
  body: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timer = new AbortController()
  const done = new AbortController()
  const signal = AbortSignal.any([outer, timer.signal])
  clock.sleep(ms, done.signal).then(
    () => timer.abort(new TimedOut(ms)),
    () => undefined,
  )
  try {
    return await body(signal)
  } catch (error) {
    // A library may turn the abort into an error of its own: what it was stays known.
    const reason: unknown = timer.signal.reason
    if (outer.aborted || !(reason instanceof TimedOut) || error === reason) throw error
    reason.cause = error
    throw reason
  } finally {
    done.abort()
  }
}
