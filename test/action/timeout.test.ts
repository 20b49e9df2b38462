import { describe, expect, test } from '@jest/globals'
import { Cancelled, TimedOut, withTimeout } from '../../src/action/cancel.ts'
import { systemClock } from '../../src/action/clock.ts'

const abortedAs = (signal: AbortSignal, error: Error): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(error), { once: true }))

describe('a time-out', () => {
  test('is known as one, also when a library makes an error of its own of the abort', async () => {
    const library = Object.assign(new Error('Request aborted'), { name: 'AbortError' })
    const outer = new AbortController()
    const ended = withTimeout(10, systemClock(), outer.signal, (signal) => abortedAs(signal, library))
    await expect(ended).rejects.toMatchObject({ name: 'TimedOut', cause: library })
    await expect(ended).rejects.toBeInstanceOf(TimedOut)
  })

  test('does not take the place of a cancel', async () => {
    const outer = new AbortController()
    const ended = withTimeout(60_000, systemClock(), outer.signal, (signal) => abortedAs(signal, new Error('aborted')))
    outer.abort(new Cancelled('SIGINT'))
    await expect(ended).rejects.toThrow('aborted')
  })
})
