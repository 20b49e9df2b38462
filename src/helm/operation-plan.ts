import { lastKnownGood, ranWell } from './known-good.ts'
import type { RecoveryPlan } from './recovery-plan.ts'
import type { Revision } from './release-history.ts'

/** What the action does with a release. */
export const operations = ['upgrade', 'rollback', 'status', 'history', 'uninstall'] as const
export type Operation = (typeof operations)[number]

/** How a release is brought back to an earlier revision. */
export type RollbackPlan =
  /** It cannot be said where to, or somebody has to do something first. */
  | { readonly kind: 'blocked'; readonly reason: string }
  /** It is there already. */
  | { readonly kind: 'there'; readonly to: number }
  | { readonly kind: 'go'; readonly to: number; readonly warning: string | undefined }

const madeByRollback = /^Rollback to (\d+)$/

/**
 * Where a rollback leads: to the revision that is named, else to the newest that ran well before the one that is there.
 * A release that a rollback brought back is not rolled back again without a name: the revision before it is the one that
 * was gone away from.
 */
export function planRollback(
  history: readonly Revision[],
  asked: number | undefined,
  found: RecoveryPlan,
): RollbackPlan {
  const blocked = (reason: string): RollbackPlan => ({ kind: 'blocked', reason })
  const newest = history.at(-1)
  if (newest === undefined) return blocked('there is no such release, so there is nothing to go back to')
  if (found.refused !== undefined) return blocked(found.refused)
  const wasBack = newest.status === 'deployed' ? madeByRollback.exec(newest.description)?.[1] : undefined
  if (asked !== undefined) {
    const target = history.find(({ revision }) => revision === asked)
    if (target === undefined) {
      return blocked(
        `there is no revision ${asked}: the history has ${history.map(({ revision }) => revision).join(', ')}`,
      )
    }
    if (newest.status === 'deployed' && (asked === newest.revision || wasBack === String(asked))) {
      return { kind: 'there', to: asked }
    }
    const isDoubtful = !ranWell(target) && target.status !== 'uninstalled'
    const warning = isDoubtful
      ? `revision ${asked} never ran well, as far as its record tells: ${target.description}`
      : undefined
    return { kind: 'go', to: asked, warning }
  }
  if (wasBack !== undefined) return { kind: 'there', to: Number(wasBack) }
  if (newest.status === 'uninstalled') {
    return blocked(`revision ${newest.revision} is uninstalled: say by 'revision' which one to bring back`)
  }
  const good = newest.status === 'deployed' ? lastKnownGood(history, newest.revision) : lastKnownGood(history)
  if (good === undefined)
    return blocked(`no revision before ${newest.revision} ran well: there is nothing to go back to`)
  return { kind: 'go', to: good.revision, warning: undefined }
}

/** How a release is taken away. */
export type UninstallPlan =
  | { readonly kind: 'blocked'; readonly reason: string }
  | { readonly kind: 'gone' }
  /** `purge`: its objects are gone, its history is still there and is not to be kept. */
  | { readonly kind: 'go'; readonly purge: boolean }

export function planUninstall(history: readonly Revision[], keepHistory: boolean, found: RecoveryPlan): UninstallPlan {
  const newest = history.at(-1)
  if (newest === undefined) return { kind: 'gone' }
  if (newest.status === 'uninstalled') return keepHistory ? { kind: 'gone' } : { kind: 'go', purge: true }
  // An uninstall that did not end is what is asked for here: it is gone through with, not repaired.
  if (found.refused !== undefined && newest.status !== 'uninstalling') return { kind: 'blocked', reason: found.refused }
  return { kind: 'go', purge: false }
}
