import type { Host } from '../action/host.ts'
import { endRecord } from './deploy.ts'
import type { Deployment, DeployParts } from './deployment.ts'
import { readHistory } from './helm.ts'

/** What an operation has begun, kept by the host for the post step. */
interface OperationJournal {
  readonly namespace: string
  /** The revision that it makes. */
  readonly revision: number
  readonly state: 'open' | 'closed'
}

const key = 'helm-operation'

/** Written before a rollback begins, and after it has ended. */
export const writeOperation = (host: Pick<Host, 'saveState'>, journal: OperationJournal): void =>
  host.saveState(key, JSON.stringify(journal))

/** Whether this run left a rollback open. */
export function operationLeft(host: Pick<Host, 'loadState'>): boolean {
  return readOperation(host)?.state === 'open'
}

function readOperation(host: Pick<Host, 'loadState'>): OperationJournal | undefined {
  const text = host.loadState(key)
  return text ? (JSON.parse(text) as OperationJournal) : undefined
}

/** Finishes what a killed run left open: the rollback that it began does not stay pending, which helm would take for a lock. */
export async function finishOperation(
  { place }: Pick<Deployment, 'place'>,
  host: Pick<Host, 'loadState' | 'saveState'>,
  parts: DeployParts,
): Promise<void> {
  const journal = readOperation(host)
  if (journal?.state !== 'open') return
  const newest = (await readHistory(parts.helm, place)).at(-1)
  if (newest?.revision === journal.revision && newest.status === 'pending-rollback') {
    await endRecord(newest.revision, `Release unlocked from stale '${newest.status}' state`, parts)
    parts.log.warn(`revision ${newest.revision} was left in ${newest.status}: unlocked; run the rollback again`)
  }
  writeOperation(host, { ...journal, state: 'closed' })
}
