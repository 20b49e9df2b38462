import { endRecord } from './deploy.ts'
import type { Deployment, DeployParts } from './deployment.ts'
import { readHistory } from './helm.ts'
import { type Journal, writeJournal } from './journal.ts'
import { isPending, withLabels } from './release-history.ts'
import { runLabel } from './release-lock.ts'
import { goBack } from './rollback.ts'

/**
 * Finishes what a cancelled or killed run left open: nothing that this run made stays pending, and where it was to be
 * rolled back, it is. What somebody else did meanwhile is let be.
 */
export async function finishRelease(
  { place, request, me, onCancel }: Pick<Deployment, 'place' | 'request' | 'me' | 'onCancel'>,
  journal: Journal,
  parts: DeployParts,
): Promise<void> {
  if (journal.state === 'closed') return
  const read = async () => withLabels(await readHistory(parts.helm, place), await parts.store.labels())
  const history = await read()
  const newest = history.at(-1)
  const made = history.find(({ revision }) => revision === journal.revision)
  const run = made?.labels[runLabel]
  if (newest === undefined || made === undefined || (run !== undefined && run !== me.run)) return
  // A rollback that this run began stands right after its revision.
  const isOurs = newest.revision === made.revision || newest.revision === made.revision + 1
  if (!isOurs) return
  if (isPending(newest.status)) {
    await endRecord(newest.revision, `Release unlocked from stale '${newest.status}' state`, parts)
    parts.log.info(`revision ${newest.revision} was left in ${newest.status}: unlocked`)
  }
  const wasBack = newest.revision > made.revision && newest.status === 'deployed'
  const good = made.status === 'deployed' && newest.revision === made.revision
  if (!good && !wasBack && onCancel === 'rollback' && journal.goBackTo !== undefined) {
    const back = await goBack({ place, request }, journal.goBackTo, newest.revision, false, parts)
    if (back.ok) parts.log.info(`rolled back to revision ${journal.goBackTo}`)
    else parts.log.error(`the rollback to revision ${journal.goBackTo} failed: ${back.reason}`)
  }
  writeJournal(parts.host, { ...journal, state: 'closed' })
}
