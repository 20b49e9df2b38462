import { setTimeout as wait } from 'node:timers/promises'

/** Time, injected wherever something waits. All times are milliseconds since the epoch. */
export interface Clock {
  now(): number
  /** Resolves after `ms`; rejects with the signal's reason when it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/**
 * The machine's clock, or one that runs `speed` times as fast since `epoch`:
 * the sandbox hands both to its clients, so that a rehearsed ten-minute wait takes seconds on either side.
 */
export function systemClock(speed = 1, epoch = 0): Clock {
  return {
    now: () => epoch + (Date.now() - epoch) * speed,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      try {
        await wait(ms / speed, undefined, signal ? { signal } : {})
      } catch (error) {
        signal?.throwIfAborted()
        throw error
      }
    },
  }
}

/** The variable by which a sandbox tells its clients how fast its clock runs and since when: `<speed>@<epoch in ms>`. */
export const clockVariable = 'STRANGLER_DEPLOY_CLOCK'

/**
 * The clock that the environment asks for. A sped-up clock is taken only beside an endpoint on loopback:
 * against a real cloud it would turn a thirty-minute time-out into seconds.
 */
export function clockFrom(env: NodeJS.ProcessEnv): Clock {
  const match = /^(\d+(?:\.\d+)?)@(\d{1,15})$/.exec(env[clockVariable] ?? '')
  const loopback = /^https?:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:|\/|$)/.test(env['AWS_ENDPOINT_URL'] ?? '')
  if (!match || !loopback) return systemClock()
  const speed = Number(match[1])
  return speed >= 1 && speed <= 10_000 ? systemClock(speed, Number(match[2])) : systemClock()
}

const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** Milliseconds of a duration such as `30s`, `5m`, `1h30m` or `0s`; undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(ms|s|m|h|d))+$/.test(text)) return undefined
  let total = 0
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|s|m|h|d)/g)) {
    total += Number(amount) * units[unit as keyof typeof units]
  }
  return Number.isSafeInteger(total) ? total : undefined
}

/** A duration for people: `1h 5m`, `12m 30s`, `42s`, `0s`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000))
  const parts: [number, string][] = [
    [Math.floor(seconds / 3_600), 'h'],
    [Math.floor((seconds % 3_600) / 60), 'm'],
    [seconds % 60, 's'],
  ]
  const shown = parts.filter(([amount]) => amount > 0).slice(0, 2)
  return shown.length === 0 ? '0s' : shown.map(([amount, unit]) => `${amount}${unit}`).join(' ')
}
