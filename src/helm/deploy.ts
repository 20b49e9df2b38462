import type { Outcome } from '../action/outcome.ts'
import { type Attempt, attempt } from './attempt.ts'
import { readCronJobs } from './cron-drain.ts'
import { cronProblem, strayingFrom } from './cron-jobs.ts'
import type { Deployment, DeployParts } from './deployment.ts'
import { type Diagnosis, diagnose } from './diagnosis.ts'
import { readHistory } from './helm.ts'
import { replaceArgv, uninstallArgv, upgradeArgv } from './helm-command.ts'
import { helmFailure } from './helm-failure.ts'
import { writeJournal } from './journal.ts'
import { objectKey, parseManifest } from './manifest.ts'
import type { ObjectChange } from './manifest-diff.ts'
import type { LintFinding } from './manifest-lint.ts'
import { planSteps } from './plan-steps.ts'
import { badBefore, lintPlan, proven, renderForLint } from './proof.ts'
import { planRecovery, type RecoveryPlan } from './recovery-plan.ts'
import { isPending, type Revision, withLabels } from './release-history.ts'
import { judgeLock } from './release-lock.ts'
import { planRelease } from './release-plan.ts'
import type { ReleaseRecord } from './release-record.ts'
import { goBack } from './rollback.ts'
import type { WorkloadProgress } from './rollout.ts'
import { readBaseline, readProgress } from './rollout-watcher.ts'
import type { ServiceState } from './service-endpoints.ts'
import { checkServing } from './serving.ts'

/** How it ended, with all that is worth telling. */
export interface DeployResult {
  readonly outcome: Outcome
  readonly reason: string | undefined
  readonly hint: string | undefined
  /** The newest revision now; undefined when there is none. */
  readonly revision: number | undefined
  /** The newest revision before. */
  readonly previousRevision: number | undefined
  readonly rolledBackTo: number | undefined
  /** The state that the release was found in, when it was not as it should be. */
  readonly recoveredFrom: string | undefined
  readonly changes: readonly ObjectChange[]
  /** What a dry run would have done, in order; empty for any other. */
  readonly steps: readonly string[]
  readonly history: readonly Revision[]
  readonly progress: readonly WorkloadProgress[]
  readonly diagnosis: Diagnosis | undefined
  /** The record of the newest revision; undefined when there is none. */
  readonly record: ReleaseRecord | undefined
  /** What is wrong with the manifest, by its lint. */
  readonly lint: readonly LintFinding[]
  /** How the Services of the release stood when all pods were up. */
  readonly services: readonly ServiceState[]
}

/** How often a release that somebody else holds is looked at, in ms. */
const lockPollMs = 5_000

/** Deploys a release: finds out how it stands, repairs it, upgrades it beside a watcher, and goes back when it fails. */
export async function deployRelease(deployment: Deployment, parts: DeployParts): Promise<DeployResult> {
  const found = await findRelease(deployment, parts)
  const { history, plan } = found
  const last = history.at(-1)
  const told = { previousRevision: last?.revision, recoveredFrom: recoveredFrom(plan) }
  const ended = (outcome: Outcome, rest: Partial<DeployResult>): DeployResult => ({
    ...nothing,
    ...told,
    history,
    outcome,
    revision: last?.revision,
    ...rest,
  })
  if (plan.heldBy !== undefined)
    return ended('blocked', { reason: `${heldText(last, plan.heldBy)}: it did not end in time` })
  if (plan.refused !== undefined) return ended('blocked', { reason: plan.refused })
  if (plan.note !== undefined) parts.log.warn(plan.note)

  const base = plan.goBackTo === undefined ? undefined : (await parts.store.read(plan.goBackTo))?.record
  const stuck = plan.repairs.length > 0 || plan.deploy === 'replace'
  if (deployment.dryRun) {
    const planned = await render(deployment, parts, base, stuck)
    const { changes, same, objects } = planned
    const misrendered = deployment.cron && cronProblem(objects, deployment.cron)
    if (misrendered !== undefined) return ended('failed', { reason: misrendered, changes, record: base })
    const { findings: lint, refused } = lintPlan(deployment, objects, parts)
    if (refused !== undefined) return ended('blocked', { reason: refused, changes, record: base, lint })
    const steps = planSteps(plan, planned, deployment)
    return ended(same && plan.state === 'deployed' ? 'unchanged' : 'succeeded', { changes, steps, record: base, lint })
  }
  const current = plan.state === 'deployed' && base?.version === last?.revision ? base : undefined
  const rendering = () => render(deployment, parts, base, stuck)
  const needed = current !== undefined || deployment.cron !== undefined
  const planned = needed ? await rendering() : await renderForLint(deployment, rendering, parts)
  const changes = planned?.changes ?? []
  const misrendered = planned && deployment.cron && cronProblem(planned.objects, deployment.cron)
  if (misrendered !== undefined) return ended('failed', { reason: misrendered, changes })
  const { findings: lint, refused } = lintPlan(deployment, planned?.objects, parts)
  if (refused !== undefined) return ended('blocked', { reason: refused, changes, lint })
  if (planned?.same === true && current !== undefined) {
    const { all: progress } = await readProgress(current, new Map(), parts)
    const stray = deployment.cron && strayingFrom(await readCronJobs(planned.objects, parts.api), deployment.cron)
    // A finished Job may be gone by its time to live.
    if (stray !== undefined && stray.length > 0) {
      parts.log.info(
        `${stray.join(', ')} was changed since to be otherwise than ${deployment.cron?.state}: deploying again`,
      )
    } else if (progress.every(({ done, missing, kind }) => done || (missing && kind === 'Job'))) {
      const { services, problem, hint } =
        deployment.request.wait === 'none' ? unasked : await checkServing(current, deployment.checks, 0, parts)
      const asItStands = { progress, record: current, lint, services }
      if (problem === undefined) return ended('unchanged', asItStands)
      return ended('failed', { ...asItStands, reason: `nothing differs from what is deployed, but ${problem}`, hint })
    } else parts.log.info('nothing differs from the deployed revision, but not all of it is up: deploying again')
  }
  const hasJobs = (planned?.objects ?? []).some(({ kind }) => kind === 'Job')
  const waitForJobs = deployment.request.waitForJobs || (hasJobs && deployment.request.wait !== 'none')
  const asked = { ...deployment, request: { ...deployment.request, waitForJobs } }
  await repair(deployment, plan, parts)
  const began = parts.clock.now()
  let goneTo = plan.repairs.some(({ kind }) => kind === 'uninstall') ? [] : history
  let done = await deployOnce(asked, plan, goneTo, parts)
  if (
    deployment.recreate &&
    plan.goBackTo === undefined &&
    done.end === 'failed' &&
    done.failure?.kind === 'immutable'
  ) {
    parts.log.warn(`${done.failure.message}: nothing ever ran well, so the release is uninstalled and installed anew`)
    await uninstall(deployment, parts)
    goneTo = []
    done = await deployOnce(asked, plan, goneTo, parts)
  }
  const left = began + deployment.request.timeoutMs - parts.clock.now()
  const { attempt: judged, services } = await proven(done, asked, left, parts)
  return await conclude(asked, plan, judged, { ...told, changes, lint, services }, parts)
}

/** A result of which nothing is known yet. */
export const nothing: DeployResult = {
  outcome: 'failed',
  reason: undefined,
  hint: undefined,
  revision: undefined,
  previousRevision: undefined,
  rolledBackTo: undefined,
  recoveredFrom: undefined,
  changes: [],
  steps: [],
  history: [],
  progress: [],
  diagnosis: undefined,
  record: undefined,
  lint: [],
  services: [],
}

const unasked = { services: [], problem: undefined, hint: undefined }

const recoveredFrom = ({ state }: RecoveryPlan): string | undefined =>
  state === 'none' || state === 'deployed' ? undefined : state

/** Who holds a release that is pending, and since when. */
export const heldText = (last: Revision | undefined, { by, ageMs }: NonNullable<RecoveryPlan['heldBy']>): string =>
  `revision ${last?.revision} is in ${last?.status} since ${Math.round(ageMs / 1_000)} s by ${by}`

const render = (deployment: Deployment, parts: DeployParts, base: ReleaseRecord | undefined, stuck: boolean) =>
  planRelease(parts.helm, deployment.place, deployment.request, base, stuck, parts.signal)

/** Reads how the release stands; while somebody else works on it, waits for as long as an upgrade may take. */
export async function findRelease(
  deployment: Deployment,
  parts: DeployParts,
): Promise<{ history: readonly Revision[]; plan: RecoveryPlan }> {
  const { clock, log, store, helm, signal } = parts
  const until = clock.now() + deployment.request.timeoutMs
  for (let said = false; ; said = true) {
    const bare = await readHistory(helm, deployment.place, signal)
    const labels = bare.length === 0 ? new Map() : await store.labels()
    if (!said && bare.length > 0 && labels.size > bare.length && bare.length < 256) {
      log.warn(`${labels.size - bare.length} records of the release cannot be decoded; helm passes over them`)
    }
    const history = withLabels(bare, labels)
    const last = history.at(-1)
    const since =
      last !== undefined && isPending(last.status) ? (await store.read(last.revision))?.createdAt : undefined
    const lock = judgeLock(history, deployment.me, since, clock.now(), deployment.request.timeoutMs)
    const plan = planRecovery(history, lock, { repair: deployment.repair, version: helm.version })
    if (plan.heldBy === undefined || deployment.dryRun || clock.now() >= until) return { history, plan }
    if (!said) log.info(`revision ${last?.revision} is in ${last?.status} by ${plan.heldBy.by}: waiting for it to end`)
    await clock.sleep(lockPollMs, signal)
  }
}

export async function repair(
  deployment: Pick<Deployment, 'place' | 'request'>,
  plan: RecoveryPlan,
  parts: DeployParts,
): Promise<void> {
  for (const step of plan.repairs) {
    if (step.kind === 'uninstall') await uninstall(deployment, parts)
    else {
      await endRecord(step.revision, `Release unlocked from stale '${step.was}' state`, parts)
      parts.log.info(`revision ${step.revision} was unlocked from ${step.was}`)
    }
  }
}

async function uninstall({ place, request }: Pick<Deployment, 'place' | 'request'>, parts: DeployParts): Promise<void> {
  const argv = uninstallArgv(place, request.timeoutMs)
  parts.log.info(`helm ${argv.join(' ')}`)
  const { code, stderr } = await parts.helm.run(argv, { signal: parts.signal })
  if (code !== 0) parts.log.warn(`the uninstall failed: ${helmFailure(stderr).message}`)
}

/** Makes sure that a record says failed. Somebody who changed it meanwhile is let be. */
export async function endRecord(
  revision: number,
  description: string,
  { store }: Pick<DeployParts, 'store'>,
): Promise<void> {
  const stored = await store.read(revision)
  if (stored !== undefined && stored.record.info.status !== 'failed') await store.markFailed(stored, description)
}

async function deployOnce(
  { place, request }: Deployment,
  plan: RecoveryPlan,
  history: readonly Revision[],
  parts: DeployParts,
): Promise<Attempt> {
  const revision = (history.at(-1)?.revision ?? 0) + 1
  const { namespace } = place
  const argvOf = plan.deploy === 'replace' && history.length > 0 ? replaceArgv : upgradeArgv
  const baseline = await readBaseline(parts.api, [namespace])
  writeJournal(parts.host, { namespace, revision, goBackTo: plan.goBackTo, state: 'open' })
  return await attempt(argvOf(parts.helm.version, place, request), parts, {
    namespace,
    revision,
    baseline,
    timeoutMs: request.timeoutMs,
    wait: request.wait !== 'none',
    signal: parts.signal,
  })
}

/** Reads what became of an attempt, says why, and goes back if that is asked for. */
async function conclude(
  deployment: Deployment,
  plan: RecoveryPlan,
  done: Attempt,
  told: Partial<DeployResult>,
  parts: DeployParts,
): Promise<DeployResult> {
  const { place } = deployment
  const close = (revision: number): void =>
    writeJournal(parts.host, { namespace: place.namespace, revision, goBackTo: plan.goBackTo, state: 'closed' })
  const revision = done.stored?.record.version
  const finish = async (outcome: Outcome, rest: Partial<DeployResult>): Promise<DeployResult> => {
    const history = withLabels(await readHistory(parts.helm, place), await parts.store.labels())
    const newest = history.at(-1)?.revision
    close(newest ?? 0)
    const record = newest === undefined ? undefined : (await parts.store.read(newest))?.record
    return { ...nothing, ...told, progress: done.progress, outcome, history, revision: newest, record, ...rest }
  }
  if (done.end === 'up') {
    await warnOfOrphans(deployment, plan, done, parts)
    return await finish('succeeded', {})
  }
  const cancelled = done.end === 'cancelled'
  const stored = revision === undefined ? undefined : await parts.store.read(revision)
  if (stored === undefined || revision === undefined) {
    if (cancelled) return await finish('cancelled', { reason: 'cancelled before helm made a revision' })
    const outcome = done.failure?.kind === 'locked' ? 'blocked' : 'failed'
    const message = done.failure?.message ?? 'helm made no revision'
    return await finish(outcome, { reason: message, hint: done.failure?.hint })
  }
  const failure = done.end === 'doomed' || done.end === 'timed-out' ? undefined : done.failure
  const diagnosis = cancelled
    ? undefined
    : await diagnose(done.progress, failure, stored.record, parts.api, done.jobLogs)
  const late = done.end === 'timed-out' ? `not up within ${Math.round(deployment.request.timeoutMs / 1_000)} s: ` : ''
  const reason = cancelled ? `revision ${revision} was cancelled` : `${late}${diagnosis?.reason}`
  // Stopped by us, helm wrote 'context canceled': its history is to tell the cause.
  const untold = stored.record.info.status !== 'failed' || done.end === 'doomed' || done.end === 'timed-out'
  if (untold) await parts.store.markFailed(stored, `Upgrade "${place.release}" failed: ${reason}`.slice(0, 500))
  const outcome: Outcome = cancelled ? 'cancelled' : done.end === 'timed-out' ? 'timed-out' : 'failed'
  const why = { reason, hint: diagnosis?.hint, diagnosis }
  if (!cancelled) parts.log.info(`failed: ${reason}`)

  const policy = cancelled
    ? deployment.onCancel
    : done.end === 'timed-out'
      ? deployment.onTimeout
      : deployment.onFailure
  if (policy === 'leave') return await finish(outcome, why)
  if (plan.goBackTo === undefined) {
    if (policy !== 'uninstall') {
      parts.log.info(
        'there is no revision that ran well to go back to: the release is left as it is, the next run repairs it',
      )
      return await finish(outcome, why)
    }
    await uninstall(deployment, parts)
    return await finish(outcome, why)
  }
  const back = await goBack(deployment, plan.goBackTo, revision, cancelled, parts)
  if (back.ok) {
    const asBad = done.failure?.kind === 'not-serving' ? await badBefore(plan.goBackTo, deployment, parts) : undefined
    const known =
      asBad === undefined ? why : { ...why, hint: asBad, diagnosis: diagnosis && { ...diagnosis, hint: asBad } }
    return await finish(cancelled ? 'cancelled' : 'rolled-back', { ...known, rolledBackTo: plan.goBackTo })
  }
  const both = `${reason}; then the rollback to revision ${plan.goBackTo} failed: ${back.reason}`
  return await finish('rollback-failed', { ...why, reason: both })
}

/** Objects that a failed revision made and that neither its base nor the new one has: helm does not delete those. */
async function warnOfOrphans(
  { place }: Deployment,
  plan: RecoveryPlan,
  done: Attempt,
  { store, log }: DeployParts,
): Promise<void> {
  const failed = plan.state.startsWith('failed-over') || plan.state.startsWith('pending-upgrade')
  const before = done.stored === undefined ? undefined : await store.read(done.stored.record.version - 1)
  if (!failed || before === undefined || done.stored === undefined) return
  const keys = (manifest: string): readonly string[] => parseManifest(manifest, place.namespace).map(objectKey)
  const base = plan.goBackTo === undefined ? undefined : await store.read(plan.goBackTo)
  const known = new Set([...keys(done.stored.record.manifest), ...keys(base?.record.manifest ?? '')])
  const left = keys(before.record.manifest).filter((key) => !known.has(key))
  if (left.length > 0) log.warn(`revision ${before.record.version} may have left behind: ${left.join(', ')}`)
}
