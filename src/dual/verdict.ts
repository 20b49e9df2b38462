import { isSuccess, type Outcome } from '../action/outcome.ts'
import { type Phase, phaseRule, type Side, sides } from './phase.ts'

/** How one side ended. */
export interface SideResult {
  readonly side: Side
  readonly outcome: Outcome
  /** The first line of why, when it is no success. */
  readonly reason: string | undefined
  /** The digests read back from the platform after the deployment; undefined when they could not be read. */
  readonly running: readonly string[] | undefined
  /** Why they could not be read. */
  readonly unread: string | undefined
}

/** What the two ends mean together. */
export interface Verdict {
  readonly outcome: Outcome
  readonly reason: string | undefined
  readonly warnings: readonly string[]
  /** Both sides run exactly the artifact; undefined in a phase that deploys to one side. What could not be read is not parity. */
  readonly parity: boolean | undefined
}

/**
 * The outcome of a deployment by the rule of its phase: the owner's failure is the failure of the whole;
 * the other side's failure warns and clears parity.
 * @param accepted the artifact's digest and those of the platform images under it
 */
export function dualVerdict(phase: Phase, accepted: ReadonlySet<string>, results: readonly SideResult[]): Verdict {
  const { deploys, owner } = phaseRule(phase)
  const of = (side: Side): SideResult | undefined => results.find((result) => result.side === side)
  const main = of(owner)
  const standby = sides.map(of).find((result) => result !== undefined && result.side !== owner)
  if (main === undefined) throw new Error(`phase ${phase} has no result of its owner, ${owner}`)

  const parity = deploys.length < 2 ? undefined : results.every((result) => runsOnly(result, accepted))
  const cancelled = results.find((result) => result.outcome === 'cancelled')
  if (cancelled !== undefined) return { outcome: 'cancelled', reason: named(cancelled), warnings: [], parity }
  if (!isSuccess(main.outcome)) {
    const also = standby !== undefined && !isSuccess(standby.outcome) ? [named(standby)] : []
    return { outcome: main.outcome, reason: named(main), warnings: also, parity }
  }
  if (!runsOnly(main, accepted)) {
    const reason = `${owner}: ${main.unread ?? `runs ${list(main.running)}, not the artifact`}`
    return { outcome: 'failed', reason, warnings: [], parity }
  }
  const warnings: string[] = []
  if (standby !== undefined && !isSuccess(standby.outcome)) {
    warnings.push(`${named(standby)} (the ${owner} side owns the traffic and succeeded; parity is lost)`)
  } else if (standby !== undefined && parity === false) {
    warnings.push(`${standby.side}: ${standby.unread ?? `runs ${list(standby.running)}, not the artifact`}: no parity`)
  }
  const unchanged = results.every((result) => result.outcome === 'unchanged')
  return { outcome: unchanged ? 'unchanged' : 'succeeded', reason: undefined, warnings, parity }
}

/** The same where parity is a gate: a success that has lost parity is a failure, and what was a warning is its reason. */
export function requiringParity(verdict: Verdict): Verdict {
  if (verdict.parity !== false || !isSuccess(verdict.outcome)) return verdict
  const [reason = 'the sides do not run the same digest', ...warnings] = verdict.warnings
  return { ...verdict, outcome: 'failed', reason: `parity is required: ${reason}`, warnings }
}

const runsOnly = (result: SideResult, accepted: ReadonlySet<string>): boolean =>
  result.running !== undefined && result.running.length > 0 && result.running.every((digest) => accepted.has(digest))

const named = (result: SideResult): string => `${result.side}: ${result.reason ?? result.outcome}`

const list = (digests: readonly string[] | undefined): string =>
  digests === undefined || digests.length === 0 ? 'nothing' : digests.join(', ')
