import type { Clock } from './clock.ts'

export interface PollOptions {
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Between the end of a read and the next, in ms. */
  readonly intervalMs: number
  /** Part of the interval by which each wait may be shorter or longer, so that many pollers do not meet; 0 unless told. */
  readonly jitter?: number
  /** Whether a read that failed may be tried again after a longer wait. Without it, every failure is thrown. */
  readonly passing?: (error: unknown) => boolean
  /** Reads that may fail in a row before the failure is thrown; 6 unless told. */
  readonly patience?: number
}

/**
 * Yields what `read` returns, at once and then at each interval, until the consumer stops; rejects with the signal's reason.
 * Failures that pass make the next wait longer, twice each time.
 */
export async function* poll<T>(read: () => Promise<T>, options: PollOptions): AsyncGenerator<T, never, void> {
  const { clock, signal, intervalMs, jitter = 0, passing = () => false, patience = 6 } = options
  let failed = 0
  for (;;) {
    signal.throwIfAborted()
    let value: { readonly read: T } | undefined
    try {
      value = { read: await read() }
      failed = 0
    } catch (error) {
      failed++
      if (signal.aborted || failed >= patience || !passing(error)) throw error
    }
    if (value !== undefined) yield value.read
    await clock.sleep(intervalMs * 2 ** failed * (1 + jitter * (2 * Math.random() - 1)), signal)
  }
}
