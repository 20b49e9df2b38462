/** How long, in real ms, a call that changes something may go on after the cancel signal. */
const graceMs = 2_500

/**
 * Runs a call that changes something. A cancel does not abort it midway, as its answer would be lost and what it made left behind unknown:
 * it goes on, but from then on for no more than a few real seconds. `keep` gets the answer before the cancel takes effect.
 */
export async function lastingCall<T>(
  signal: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
  keep: (answer: T) => void = () => undefined,
): Promise<T> {
  signal.throwIfAborted()
  const own = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const limit = (): void => {
    timer = setTimeout(() => own.abort(signal.reason), graceMs)
  }
  signal.addEventListener('abort', limit, { once: true })
  try {
    const answer = await call(own.signal)
    keep(answer)
    signal.throwIfAborted()
    return answer
  } finally {
    signal.removeEventListener('abort', limit)
    clearTimeout(timer)
  }
}
