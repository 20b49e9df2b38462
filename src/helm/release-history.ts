import { UserError } from '../action/errors.ts'

/** The states that a release record can be in, in both majors. */
export const releaseStatuses = [
  'unknown',
  'deployed',
  'uninstalled',
  'superseded',
  'failed',
  'uninstalling',
  'pending-install',
  'pending-upgrade',
  'pending-rollback',
] as const
export type ReleaseStatus = (typeof releaseStatuses)[number]

/** One revision of a release. */
export interface Revision {
  readonly revision: number
  readonly status: ReleaseStatus
  /** Name and version, such as `orders-0.1.0`. */
  readonly chart: string
  readonly appVersion: string
  readonly description: string
  /** When its operation began, ms since the epoch by the clock of the machine that ran helm; undefined when helm does not say. */
  readonly updated: number | undefined
  /** Labels that its record was given, without helm's own. */
  readonly labels: Readonly<Record<string, string>>
}

/** True for a record whose operation has not ended: helm takes it for a lock. */
export const isPending = (status: ReleaseStatus): boolean => status.startsWith('pending-')

/**
 * Reads `helm history -o json`, oldest first. Unknown keys are let be, and an unknown status is `unknown`: helm grows both.
 * @throws UserError when it is no list of revisions
 */
export function parseHistory(json: string): readonly Revision[] {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    throw new UserError('helm history did not print JSON', { cause: error })
  }
  if (!Array.isArray(value)) throw new UserError('helm history did not print a list')
  const revisions = value.map((entry: unknown) => {
    const record = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>
    const text = (key: string): string => (typeof record[key] === 'string' ? record[key] : '')
    const revision = record['revision']
    if (typeof revision !== 'number' || !Number.isSafeInteger(revision) || revision < 1) {
      throw new UserError('helm history printed an entry without a revision')
    }
    const updated = Date.parse(text('updated'))
    const status = text('status') as ReleaseStatus
    return {
      revision,
      status: releaseStatuses.includes(status) ? status : 'unknown',
      chart: text('chart'),
      appVersion: text('app_version'),
      description: text('description'),
      updated: Number.isNaN(updated) ? undefined : updated,
      labels: {},
    }
  })
  return revisions.sort((a, b) => a.revision - b.revision)
}

/** The same history with the labels of each record, by revision. */
export const withLabels = (
  history: readonly Revision[],
  labels: ReadonlyMap<number, Readonly<Record<string, string>>>,
): readonly Revision[] => history.map((entry) => ({ ...entry, labels: labels.get(entry.revision) ?? {} }))
