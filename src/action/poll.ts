import type { Clock } from './clock.ts'

export interface PollOptions {
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Between the end of a read and the next, in ms. */
  readonly intervalMs: number
}

/** Yields what `read` returns, at once and then at each interval, until the consumer stops; rejects with the signal's reason. */
export async function* poll<T>(read: () => Promise<T>, options: PollOptions): AsyncGenerator<T, never, void> {
  for (;;) {
    options.signal.throwIfAborted()
    yield await read()
    await options.clock.sleep(options.intervalMs, options.signal)
  }
}
