import type { PulledImage } from './world.ts'

/**
 * How a container of an image behaves on the sandbox's platforms. No program is run: an image tells by its labels
 * what its program would do, so that the same image starts, fails and logs alike on every platform.
 *
 * | label | meaning | default |
 * | --- | --- | --- |
 * | `sandbox.startup` | seconds until its health check or probe passes | 2 |
 * | `sandbox.exit-code` | it ends by itself with this code | it runs until it is stopped |
 * | `sandbox.exit-after` | seconds until it ends | 1 |
 * | `sandbox.oom` | `true`: it is killed for memory (137) instead | `false` |
 * | `sandbox.healthy` | `false`: it runs, but its health check or probe never passes | `true` |
 * | `sandbox.health-answer` | what a load balancer gets while it is not healthy: an HTTP code, `refused` or `timeout` | 503 |
 * | `sandbox.requires-env` | names, by commas: it ends with code 1 and says so when one is not set | none |
 * | `sandbox.log` | lines that it prints when it starts | none |
 */
export interface Behaviour {
  readonly startupMs: number
  readonly exit:
    | { readonly code: number; readonly afterMs: number; readonly reason: 'Error' | 'OOMKilled' | 'Completed' }
    | undefined
  readonly healthy: boolean
  /** What a load balancer gets while it is not healthy. */
  readonly answer: UnhealthyAnswer
  readonly log: readonly string[]
}

/** An HTTP code, or how the connection fails. */
export type UnhealthyAnswer = number | 'refused' | 'timeout'

/** The behaviour of one container with its environment, by name. */
export function behaviour(
  image: Pick<PulledImage, 'labels' | 'env'>,
  environment: Readonly<Record<string, string>>,
): Behaviour {
  const label = (name: string): string | undefined => image.labels[`sandbox.${name}`]
  const seconds = (name: string, otherwise: number): number => {
    const value = Number(label(name) ?? otherwise)
    return Number.isFinite(value) && value >= 0 ? value * 1_000 : otherwise * 1_000
  }
  const set = new Set([...Object.keys(environment), ...image.env.map((pair) => pair.split('=', 1)[0] ?? '')])
  const missing = (label('requires-env') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !set.has(name))
  const log = (label('log') ?? '').split('\n').filter((line) => line !== '')
  const base = {
    startupMs: seconds('startup', 2),
    healthy: label('healthy') !== 'false',
    answer: unhealthyAnswer(label('health-answer')),
  }
  const afterMs = seconds('exit-after', 1)
  if (missing.length > 0) {
    const lines = missing.map((name) => `fatal: ${name} is not set`)
    return { ...base, exit: { code: 1, afterMs, reason: 'Error' }, log: [...log, ...lines] }
  }
  if (label('oom') === 'true') return { ...base, exit: { code: 137, afterMs, reason: 'OOMKilled' }, log }
  const code = label('exit-code')
  if (code === undefined) return { ...base, exit: undefined, log }
  const value = Number.parseInt(code, 10) || 0
  return { ...base, exit: { code: value, afterMs, reason: value === 0 ? 'Completed' : 'Error' }, log }
}

function unhealthyAnswer(text: string | undefined): UnhealthyAnswer {
  if (text === 'refused' || text === 'timeout') return text
  return text !== undefined && /^[1-5]\d\d$/.test(text) ? Number(text) : 503
}
