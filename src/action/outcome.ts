/** How an operation ended. Every action has it as its output `outcome`. */
export const outcomes = [
  'succeeded',
  'unchanged',
  'rolled-back',
  'rollback-failed',
  'stopped',
  'superseded',
  'timed-out',
  'cancelled',
  'failed',
  'waiting',
  'blocked',
] as const

export type Outcome = (typeof outcomes)[number]

/** Only these two are green. */
export const isSuccess = (outcome: Outcome): boolean => outcome === 'succeeded' || outcome === 'unchanged'

/** The exit code of the process: 0 succeeded or unchanged, 1 failed, 3 waiting or blocked, 130 cancelled (2, bad input, never gets this far). */
export function exitCode(outcome: Outcome): number {
  if (isSuccess(outcome)) return 0
  if (outcome === 'waiting' || outcome === 'blocked') return 3
  return outcome === 'cancelled' ? 130 : 1
}
