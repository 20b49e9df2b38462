import { atLeast, type HelmVersion } from './helm-version.ts'
import { lastKnownGood, ranWell } from './known-good.ts'
import type { Revision } from './release-history.ts'
import type { LockVerdict } from './release-lock.ts'

/** The state that a release is found in. */
export type ReleaseState =
  | 'none'
  | 'deployed'
  /** Failed, and nothing ever ran well. */
  | 'failed-first'
  /** Failed over one that is still deployed. */
  | 'failed-over-deployed'
  /** Failed, with only superseded ones before. */
  | 'failed-over-superseded'
  | 'pending-install'
  | 'pending-upgrade'
  /** Pending, and nothing ever ran well. */
  | 'pending-upgrade-first'
  | 'pending-rollback'
  | 'uninstalled'
  | 'uninstalling'
  | 'superseded-only'
  | 'unknown'

/** What to do before the upgrade. */
export type RepairStep =
  /** Say in the record that its operation failed; keeps history, deletes nothing. */
  | { readonly kind: 'unlock'; readonly revision: number; readonly was: string }
  /** Finish an uninstall that was begun. */
  | { readonly kind: 'uninstall' }

/** How a release gets from the state it was found in to an upgrade. */
export interface RecoveryPlan {
  readonly state: ReleaseState
  readonly repairs: readonly RepairStep[]
  /** The command that deploys; `replace` is `helm install --replace`. */
  readonly deploy: 'upgrade' | 'replace'
  /** Where to go back to when the deployment fails; undefined when nothing ever ran well. */
  readonly goBackTo: number | undefined
  /** Somebody else may be at work: wait, then give up. */
  readonly heldBy: Extract<LockVerdict, { kind: 'held' }> | undefined
  /** Why nothing can be done without the user: a repair is needed that is off or not opted into. */
  readonly refused: string | undefined
  /** For the log; undefined when the release is as it should be. */
  readonly note: string | undefined
}

export interface RecoveryOptions {
  /** `off`: a stuck release is reported, not repaired. */
  readonly repair: 'auto' | 'off'
  readonly version: HelmVersion
}

/**
 * What plain `helm upgrade --install` cannot do by itself, put right.
 * Helm finds an uninstalled release only when the unsorted last record says so, which with ten or more is an older one.
 */
export function planRecovery(history: readonly Revision[], lock: LockVerdict, options: RecoveryOptions): RecoveryPlan {
  const last = history.at(-1)
  const state = stateOf(history)
  const base: RecoveryPlan = {
    state,
    repairs: [],
    deploy: 'upgrade',
    goBackTo: lastKnownGood(history)?.revision,
    heldBy: lock.kind === 'held' ? lock : undefined,
    refused: undefined,
    note: undefined,
  }
  if (last === undefined || base.heldBy !== undefined) return base
  const at = `revision ${last.revision}`
  const repaired = (repairs: readonly RepairStep[], note: string): RecoveryPlan =>
    options.repair === 'auto'
      ? { ...base, repairs, note }
      : { ...base, refused: `${at} is ${last.status} and 'repair' is off: ${note}` }
  switch (state) {
    case 'pending-install':
    case 'pending-upgrade':
    case 'pending-upgrade-first':
    case 'pending-rollback': {
      const why = lock.kind === 'stale' ? lock.why : 'nobody works on it'
      return repaired([unlock(last)], `${at} is stuck in ${last.status} (${why}); it will be unlocked`)
    }
    case 'uninstalling':
      return ranWell(last) || base.goBackTo !== undefined
        ? repaired([unlock(last)], `an uninstall of ${at} did not end; its record will be unlocked, the release kept`)
        : repaired([{ kind: 'uninstall' }], `an uninstall of ${at} did not end; it will be finished`)
    case 'unknown':
      return repaired([unlock(last)], `${at} is in a state that helm does not know; it will be marked as failed`)
    case 'uninstalled': {
      const replace = history.length >= 10 || !atLeast(options.version, 3, 14, 4)
      const note = `${at} is uninstalled with its history kept; installing again`
      return { ...base, goBackTo: undefined, deploy: replace ? 'replace' : 'upgrade', note }
    }
    case 'failed-first':
      return { ...base, note: `${at} failed and nothing ran well before it; upgrading over it` }
    case 'failed-over-deployed':
    case 'failed-over-superseded':
      return { ...base, note: `${at} failed; upgrading over it, ${goodWord(base.goBackTo)}` }
    case 'superseded-only':
      return { ...base, note: `the newest record of the release is lost; upgrading over ${at}` }
    default:
      return base
  }
}

const goodWord = (revision: number | undefined): string =>
  revision === undefined ? 'nothing ran well before' : `revision ${revision} is known good`

const unlock = (entry: Revision): RepairStep => ({ kind: 'unlock', revision: entry.revision, was: entry.status })

function stateOf(history: readonly Revision[]): ReleaseState {
  const last = history.at(-1)
  if (last === undefined) return 'none'
  const before = history.slice(0, -1)
  const good = before.some(ranWell)
  switch (last.status) {
    case 'deployed':
    case 'pending-install':
    case 'pending-rollback':
    case 'uninstalled':
    case 'uninstalling':
    case 'unknown':
      return last.status
    case 'pending-upgrade':
      return good ? 'pending-upgrade' : 'pending-upgrade-first'
    case 'failed':
      if (before.some(({ status }) => status === 'deployed')) return 'failed-over-deployed'
      return good ? 'failed-over-superseded' : 'failed-first'
    case 'superseded':
      return before.some(({ status }) => status === 'deployed') ? 'deployed' : 'superseded-only'
  }
}
