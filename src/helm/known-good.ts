import type { Revision } from './release-history.ts'

/** The label that says whether a revision was deployed with waiting; without it `deployed` proves nothing. */
export const waitLabel = 'ci-wait'

/** Descriptions of revisions that never ran well, though later ones made them `superseded` (helm's upgrade.go and rollback.go). */
const neverRan =
  /^(Release|Upgrade|Rollback) ".*" failed|^(Preparing upgrade|Initial install underway|Dry run|Deletion in progress|Uninstallation complete|superseded by new release|Release unlocked from|Release marked as failed)/

/** Whether a revision once ran well, as far as its record tells. */
export function ranWell(entry: Revision): boolean {
  if (entry.status === 'deployed') return true
  return entry.status === 'superseded' && !neverRan.test(entry.description)
}

/** Whether helm or this project waited for the revision's pods. Records without the label are taken for waited. */
export const isProven = (entry: Revision): boolean => entry.labels[waitLabel] !== 'false'

/**
 * The revision to go back to: the newest `deployed` one below `below`, else the newest `superseded` one that ran well.
 * Revisions that were deployed without waiting are taken only when there is no other.
 * Helm itself would take `below - 1`, whatever became of it.
 */
export function lastKnownGood(history: readonly Revision[], below = Number.POSITIVE_INFINITY): Revision | undefined {
  const newestFirst = history.filter(({ revision }) => revision < below).sort((a, b) => b.revision - a.revision)
  const good = newestFirst.filter(ranWell)
  const pick = (among: readonly Revision[]): Revision | undefined =>
    among.find(({ status }) => status === 'deployed') ?? among[0]
  return pick(good.filter(isProven)) ?? pick(good)
}
