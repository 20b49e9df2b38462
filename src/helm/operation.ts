import type { Outcome } from '../action/outcome.ts'
import { type DeployResult, findRelease, heldText, nothing, repair } from './deploy.ts'
import type { Deployment, DeployParts } from './deployment.ts'
import { readHistory } from './helm.ts'
import { uninstallArgv } from './helm-command.ts'
import { helmFailure } from './helm-failure.ts'
import { type ManifestObject, parseManifest } from './manifest.ts'
import { diffManifests } from './manifest-diff.ts'
import { writeOperation } from './operation-journal.ts'
import { type Operation, planRollback, planUninstall } from './operation-plan.ts'
import { isPending, type Revision, withLabels } from './release-history.ts'
import type { ReleaseRecord } from './release-record.ts'
import { goBack } from './rollback.ts'
import type { WorkloadProgress } from './rollout.ts'
import { readProgress, stateText } from './rollout-watcher.ts'
import { checkServing } from './serving.ts'

/** What the operations beside an upgrade are told. */
export interface OperationRequest {
  readonly operation: Exclude<Operation, 'upgrade'>
  /** Where to roll back to; undefined: to the last known good. */
  readonly revision: number | undefined
  /** Of an uninstalled release. */
  readonly keepHistory: boolean
}

/** Does one operation with a release that is there, and tells how the release stands after it. */
export async function operate(
  { operation, revision, keepHistory }: OperationRequest,
  deployment: Deployment,
  parts: DeployParts,
): Promise<DeployResult> {
  switch (operation) {
    case 'status':
      return await tell(deployment, parts)
    case 'history':
      return await tellHistory(deployment, parts)
    case 'rollback':
      return await rollBack(deployment, revision, parts)
    case 'uninstall':
      return await takeAway(deployment, keepHistory, parts)
  }
}

type Ended = (outcome: Outcome, rest?: Partial<DeployResult>) => DeployResult

/** A result that tells of this history until something changes it. */
function endedWith(history: readonly Revision[]): Ended {
  const revision = history.at(-1)?.revision
  return (outcome, rest = {}) => ({ ...nothing, history, revision, previousRevision: revision, outcome, ...rest })
}

const noRelease = ({ place }: Deployment): string => `there is no release ${place.release} in ${place.namespace}`

/** Reads how the release stands: green only when its newest revision is deployed, all of it is up, and it serves. */
async function tell(deployment: Deployment, parts: DeployParts): Promise<DeployResult> {
  const { history, plan } = await findRelease({ ...deployment, dryRun: true }, parts)
  const ended = endedWith(history)
  const newest = history.at(-1)
  if (newest === undefined) return ended('failed', { reason: noRelease(deployment) })
  const record = (await parts.store.read(newest.revision))?.record
  const recoveredFrom = newest.status === 'deployed' ? undefined : plan.state
  const progress =
    record === undefined || newest.status === 'uninstalled' ? [] : (await readProgress(record, new Map(), parts)).all
  const told = { record, progress, recoveredFrom }
  if (plan.heldBy !== undefined) return ended('waiting', { ...told, reason: heldText(newest, plan.heldBy) })
  if (newest.status !== 'deployed') {
    const reason = `revision ${newest.revision} is ${newest.status}: ${newest.description}`
    return ended('failed', { ...told, reason, hint: plan.note })
  }
  const down = notUp(progress)
  if (down !== undefined || record === undefined) {
    return ended('failed', { ...told, reason: down ?? `revision ${newest.revision} cannot be read` })
  }
  const { services, problem, hint } = await checkServing(record, deployment.checks, 0, parts)
  return ended(problem === undefined ? 'succeeded' : 'failed', { ...told, services, reason: problem, hint })
}

/** The workload that is not up, in a line; undefined when all are. A finished Job may be gone by its time to live. */
function notUp(progress: readonly WorkloadProgress[]): string | undefined {
  const down = progress.filter(({ done, missing, kind }) => !done && !(missing && kind === 'Job'))
  return down.length === 0 ? undefined : down.map((one) => `${one.kind}/${one.name}: ${stateText(one)}`).join('; ')
}

async function tellHistory(deployment: Deployment, parts: DeployParts): Promise<DeployResult> {
  const { history } = await findRelease({ ...deployment, dryRun: true }, parts)
  const ended = endedWith(history)
  return history.length === 0 ? ended('failed', { reason: noRelease(deployment) }) : ended('succeeded')
}

async function rollBack(deployment: Deployment, asked: number | undefined, parts: DeployParts): Promise<DeployResult> {
  const { history, plan: found } = await findRelease(deployment, parts)
  const ended = endedWith(history)
  const newest = history.at(-1)
  if (found.heldBy !== undefined) {
    return ended('blocked', { reason: `${heldText(newest, found.heldBy)}: it did not end in time` })
  }
  const plan = planRollback(history, asked, found)
  if (plan.kind === 'blocked' || newest === undefined) {
    return ended('blocked', { reason: plan.kind === 'blocked' ? plan.reason : noRelease(deployment) })
  }
  const read = async (revision: number): Promise<ReleaseRecord | undefined> =>
    (await parts.store.read(revision))?.record
  const now = await read(newest.revision)
  if (plan.kind === 'there') {
    const progress = now === undefined ? [] : (await readProgress(now, new Map(), parts)).all
    const told = { record: now, progress, rolledBackTo: plan.to }
    const down = notUp(progress)
    if (down === undefined) return ended('unchanged', told)
    return ended('failed', {
      ...told,
      reason: `revision ${plan.to} is there already, but not all of it is up: ${down}`,
    })
  }
  if (plan.warning !== undefined) parts.log.warn(plan.warning)
  const changes = diffManifests(
    newest.status === 'uninstalled' ? [] : objectsOf(now, deployment),
    objectsOf(await read(plan.to), deployment),
  )
  if (deployment.dryRun) {
    parts.log.info(`would roll back from revision ${newest.revision} to ${plan.to}`)
    return ended('succeeded', { changes, record: now })
  }
  // A record that says pending is a lock to helm; a rollback over any other state needs no repair.
  if (isPending(newest.status)) await repair(deployment, found, parts)
  const { place } = deployment
  const next = { namespace: place.namespace, revision: newest.revision + 1 }
  writeOperation(parts.host, { ...next, state: 'open' })
  const back = await goBack(deployment, plan.to, newest.revision, false, parts)
  writeOperation(parts.host, { ...next, state: 'closed' })
  const after = withLabels(await readHistory(parts.helm, place), await parts.store.labels())
  const last = after.at(-1)?.revision
  const told = {
    changes,
    history: after,
    revision: last,
    previousRevision: newest.revision,
    recoveredFrom: found.state === 'deployed' ? undefined : found.state,
    record: last === undefined ? undefined : await read(last),
    progress: back.progress,
  }
  if (back.ok) {
    // The image that is asked for is the one of a deployment, not of what was before it.
    const checks = { ...deployment.checks, image: undefined }
    const served = told.record === undefined ? undefined : await checkServing(told.record, checks, 0, parts)
    const end = { ...told, rolledBackTo: plan.to, services: served?.services ?? [] }
    if (served?.problem === undefined) return ended('succeeded', end)
    const reason = `revision ${plan.to} is up again, but does not serve: ${served.problem}`
    return ended('rollback-failed', { ...end, reason, hint: served.hint })
  }
  const reason = `the rollback to revision ${plan.to} failed: ${back.reason}`
  const outcome = back.end === 'timed-out' || back.end === 'cancelled' ? back.end : 'rollback-failed'
  return ended(outcome, { ...told, reason, hint: back.diagnosis?.hint, diagnosis: back.diagnosis })
}

const objectsOf = (record: ReleaseRecord | undefined, { place }: Deployment): readonly ManifestObject[] =>
  record === undefined ? [] : parseManifest(record.manifest, place.namespace)

/** Whether helm leaves an object when its release is uninstalled. */
const isKept = ({ content }: ManifestObject): boolean => {
  const { annotations } = (content['metadata'] ?? {}) as { annotations?: Record<string, unknown> | null }
  return annotations?.['helm.sh/resource-policy'] === 'keep'
}

async function takeAway(deployment: Deployment, keepHistory: boolean, parts: DeployParts): Promise<DeployResult> {
  const { history, plan: found } = await findRelease(deployment, parts)
  const ended = endedWith(history)
  const newest = history.at(-1)
  if (found.heldBy !== undefined) {
    return ended('blocked', { reason: `${heldText(newest, found.heldBy)}: it did not end in time` })
  }
  const plan = planUninstall(history, keepHistory, found)
  if (plan.kind === 'gone' || newest === undefined) return ended('unchanged')
  if (plan.kind === 'blocked') return ended('blocked', { reason: plan.reason })
  const objects = plan.purge ? [] : objectsOf((await parts.store.read(newest.revision))?.record, deployment)
  const changes = diffManifests(
    objects.filter((object) => !isKept(object)),
    [],
  )
  const kept = objects.filter(isKept).map(({ kind, name }) => `${kind}/${name}`)
  if (kept.length > 0) parts.log.info(`kept, as their resource policy says: ${kept.join(', ')}`)
  if (deployment.dryRun) {
    parts.log.info(
      keepHistory ? 'would uninstall the release and keep its history' : 'would uninstall the release with its history',
    )
    return ended('succeeded', { changes })
  }
  const { place, request } = deployment
  const argv = uninstallArgv(place, request.timeoutMs, keepHistory)
  parts.log.info(`helm ${argv.join(' ')}`)
  const { code, stderr } = await parts.helm.run(argv, { signal: parts.signal })
  const after = await readHistory(parts.helm, place)
  const last = after.at(-1)
  const told = { changes, history: after, revision: last?.revision }
  if (code === 0 && (last === undefined || last.status === 'uninstalled')) return ended('succeeded', told)
  if (parts.signal.aborted) {
    return ended('cancelled', { ...told, reason: 'the uninstall was cut off: run it again to go through with it' })
  }
  const failure = code === 0 ? undefined : helmFailure(stderr)
  const reason = `the uninstall failed: ${failure?.message ?? `revision ${last?.revision} is ${last?.status}`}`
  return ended(failure?.kind === 'timed-out' ? 'timed-out' : 'failed', { ...told, reason, hint: failure?.hint })
}
