import { createHash } from 'node:crypto'
import type { AutoRollbackEvent } from '@aws-sdk/client-codedeploy'
import { Cancelled, TimedOut, withTimeout } from '../action/cancel.ts'
import type { Clock } from '../action/clock.ts'
import { messageOf, UserError } from '../action/errors.ts'
import type { Host } from '../action/host.ts'
import type { Outcome } from '../action/outcome.ts'
import type { Aws } from '../aws/session.ts'
import { type AppSpec, appSpecContent, appSpecOf, withTaskDefinition } from './appspec.ts'
import {
  type BlueGreenPlan,
  conventionalNames,
  deploymentIdentity,
  groupProblems,
  type IfDeploying,
  markedDescription,
  planBlueGreen,
} from './blue-green-plan.ts'
import { type CodeDeployApi, type DeploymentSnapshot, deploymentIn } from './codedeploy-api.ts'
import { trafficShifted } from './deployment-events.ts'
import { deploymentEnd, watchDeployment } from './deployment-watch.ts'
import type { EcsApi, Revision } from './ecs-api.ts'
import { sameTaskDefinition, type TaskDefinition } from './task-definition.ts'
import { failureLine, type TaskFailure, taskFailures } from './task-failures.ts'

export type Remedy = 'rollback' | 'stop' | 'leave'
export type WaitUntil = 'none' | 'ready' | 'traffic-shifted' | 'complete'

/** One blue/green deployment, as it was asked for. */
export interface BlueGreenRequest {
  readonly cluster: string
  readonly service: string
  readonly application: string | undefined
  readonly group: string | undefined
  /** The document to deploy; with `arn`, a revision that is deployed as it is. */
  readonly document: TaskDefinition
  readonly arn: string | undefined
  readonly appSpec: AppSpec | undefined
  readonly description: string
  readonly config: string | undefined
  readonly ifDeploying: IfDeploying
  readonly waitUntil: WaitUntil
  readonly timeoutMs: number
  readonly onFailure: Remedy
  readonly onTimeout: Remedy
  readonly onCancel: Remedy
  /** Failed tasks of the new version that end the deployment early; 0 leaves it to CodeDeploy. */
  readonly failedTasks: number
  readonly dryRun: boolean
}

/** What a deployment works with. */
export interface BlueGreenParts {
  readonly ecs: EcsApi
  readonly codedeploy: CodeDeployApi
  readonly aws: Aws
  readonly host: Host
  readonly clock: Clock
  readonly signal: AbortSignal
}

export interface BlueGreenResult {
  readonly outcome: Outcome
  readonly reason: string | undefined
  readonly taskDefinition: string | undefined
  /** The revision that serves in the end. */
  readonly runningTaskDefinition: string | undefined
  readonly deploymentId: string | undefined
  readonly rollbackDeploymentId: string | undefined
  readonly application: string
  readonly group: string
  readonly last: DeploymentSnapshot | undefined
  readonly failures: readonly TaskFailure[]
}

/** What the post step and the next run must know, saved before it becomes true. */
export interface BlueGreenJournal {
  readonly deploymentId: string | undefined
  readonly registered: string | undefined
  readonly onCancel: Remedy
  readonly ended: boolean
}

export const journalName = 'blue-green'

const rollbackEvents: readonly AutoRollbackEvent[] = [
  'DEPLOYMENT_FAILURE',
  'DEPLOYMENT_STOP_ON_ALARM',
  'DEPLOYMENT_STOP_ON_REQUEST',
]

/** Deploys a revision to a service that CodeDeploy moves, and stays with that deployment until it is where it was asked to be. */
export async function deployBlueGreen(request: BlueGreenRequest, parts: BlueGreenParts): Promise<BlueGreenResult> {
  const { ecs, codedeploy, host, signal } = parts
  const service = await ecs.service(request.cluster, request.service, signal)
  if (service.deploymentController?.type !== 'CODE_DEPLOY') {
    throw new UserError(
      `the service '${request.service}' is moved by ${service.deploymentController?.type ?? 'ECS'}, not by CodeDeploy`,
    )
  }
  const conventional = conventionalNames(request.cluster, request.service)
  const application = request.application ?? conventional.application
  const group = request.group ?? conventional.group
  const info = await codedeploy.group(application, group, signal)
  if (info === undefined) {
    throw new UserError(
      `there is no deployment group '${group}' in the application '${application}': name them by codedeploy-application and codedeploy-deployment-group`,
    )
  }
  const problems = groupProblems(info, service, request.cluster)
  if (problems.length > 0) throw new UserError(problems.join('\n'))

  const spec = request.appSpec ?? appSpecOf(service)
  const identity = deploymentIdentity(request.document, spec, `${request.cluster}/${request.service}`)
  const primary = service.taskSets?.find(({ status }) => status === 'PRIMARY')?.taskDefinition ?? service.taskDefinition
  const runs = primary === undefined ? undefined : await ecs.describeTaskDefinition(primary, signal)
  const runsIt =
    runs !== undefined &&
    (request.arn === runs.arn || (request.arn === undefined && sameTaskDefinition(runs.document, request.document)))
  const look = async (): Promise<BlueGreenPlan> =>
    planBlueGreen({
      identity,
      runsIt,
      active: await codedeploy.active(application, group, signal),
      ifDeploying: request.ifDeploying,
    })
  const plan = await look()
  const base = {
    application,
    group,
    taskDefinition: runsIt ? runs?.arn : request.arn,
    runningTaskDefinition: primary,
    deploymentId: undefined,
    rollbackDeploymentId: undefined,
    last: undefined,
    failures: [],
  }
  if (plan.kind === 'unchanged') {
    host.info(`${request.service} runs ${primary} already, which is the same: nothing is registered or deployed`)
    return { ...base, outcome: 'unchanged', reason: undefined }
  }
  if (plan.kind === 'blocked')
    return { ...base, outcome: 'blocked', reason: plan.reason, deploymentId: plan.deploymentId }
  if (request.dryRun) {
    host.info(`would ${plannedWords(plan, request, application, group)}`)
    return { ...base, outcome: 'succeeded', reason: undefined }
  }
  return await withTimeoutRemedy(request, parts, { ...base, previous: primary }, async (inTime, journal) => {
    let next: BlueGreenPlan = plan
    if (plan.kind === 'stop-first') {
      host.info(`stopping the deployment ${plan.deploymentId} first${plan.rollback ? ', with a rollback' : ''}`)
      await codedeploy.stop(plan.deploymentId, plan.rollback, inTime)
    }
    if (plan.kind === 'stop-first' || plan.kind === 'wait-for') {
      await groupIsFree(application, group, { ...parts, signal: inTime })
      next = { kind: 'deploy' }
    }
    if (next.kind === 'take-up') {
      host.info(`taking up the deployment ${next.deploymentId}, begun by an earlier run`)
      journal.begun(next.deploymentId, undefined)
      return await follow(
        next.deploymentId,
        request,
        { ...parts, signal: inTime },
        { ...base, taskDefinition: base.taskDefinition ?? primary },
        true,
      )
    }
    const revision = await revisionFor(request, { ...parts, signal: inTime })
    host.info(`${revision.registered ? 'registered' : 'deploying the registered'} ${revision.arn}`)
    journal.registered(revision.registered ? revision.arn : undefined)
    const content = appSpecContent(withTaskDefinition(spec, revision.arn))
    let id: string
    try {
      id = await codedeploy.create(
        {
          application,
          group,
          content,
          sha256: createHash('sha256').update(content).digest('hex'),
          description: markedDescription(request.description, identity),
          config: request.config,
          autoRollback:
            request.onFailure === 'rollback' ? rollbackEvents : request.onFailure === 'leave' ? undefined : [],
        },
        inTime,
      )
    } catch (error) {
      return await notBegun(error, revision, parts, base)
    }
    journal.begun(id, undefined)
    host.info(`deployment ${id} moves ${request.service} to ${revision.arn.split('/').at(-1)}`)
    return await follow(id, request, { ...parts, signal: inTime }, { ...base, taskDefinition: revision.arn })
  })
}

function plannedWords(plan: BlueGreenPlan, request: BlueGreenRequest, application: string, group: string): string {
  const first =
    plan.kind === 'take-up'
      ? `take up the deployment ${plan.deploymentId}`
      : plan.kind === 'wait-for'
        ? `wait for the deployment ${plan.deploymentId}, then deploy`
        : plan.kind === 'stop-first'
          ? `stop the deployment ${plan.deploymentId}, then deploy`
          : 'deploy'
  return `${first} ${request.arn ?? `a revision of ${String(request.document['family'])}`} to ${request.cluster}/${request.service} by ${application}/${group}`
}

type Base = Omit<BlueGreenResult, 'outcome' | 'reason'>

/** The revision to deploy: the given one, the newest when it is the same, or a new one. */
async function revisionFor(
  request: BlueGreenRequest,
  { ecs, signal }: BlueGreenParts,
): Promise<{ arn: string; registered: boolean }> {
  if (request.arn !== undefined) return { arn: request.arn, registered: false }
  const newest: Revision | undefined = await ecs.newestRevision(String(request.document['family']), signal)
  if (newest !== undefined && sameTaskDefinition(newest.document, request.document))
    return { arn: newest.arn, registered: false }
  return { arn: (await ecs.register(request.document, signal)).arn, registered: true }
}

/** CodeDeploy did not take the deployment: a revision that was registered for it goes again. */
async function notBegun(
  error: unknown,
  revision: { arn: string; registered: boolean },
  { ecs, host }: BlueGreenParts,
  base: Base,
): Promise<BlueGreenResult> {
  if (revision.registered) {
    await ecs.deregister(revision.arn).catch((failed: unknown) => {
      host.warn(
        `${revision.arn} was registered for a deployment that did not begin and could not be taken back: ${messageOf(failed)}`,
      )
    })
  }
  const other = error instanceof UserError ? deploymentIn(error.message) : undefined
  if (other === undefined || !messageOf(error).includes('DeploymentLimitExceeded')) throw error
  return {
    ...base,
    outcome: 'blocked',
    deploymentId: other,
    reason: `the deployment ${other} began in the group in the meantime: run again when it is over`,
  }
}

async function groupIsFree(application: string, group: string, parts: BlueGreenParts): Promise<void> {
  for (;;) {
    const [first] = await parts.codedeploy.active(application, group, parts.signal)
    if (first?.deploymentId === undefined) return
    parts.host.info(`waiting for the deployment ${first.deploymentId}`)
    await deploymentEnd(parts.codedeploy, first.deploymentId, parts.host, parts.clock, parts.signal)
  }
}

/** Stays with one deployment until the stage that was asked for, its end, or its early end for a reason. */
async function follow(
  id: string,
  request: BlueGreenRequest,
  parts: BlueGreenParts,
  base: Base,
  takenUp = false,
): Promise<BlueGreenResult> {
  const began = { ...base, deploymentId: id }
  if (request.waitUntil === 'none') return { ...began, outcome: 'succeeded', reason: undefined }
  let last: DeploymentSnapshot | undefined
  let failures: readonly TaskFailure[] = []
  let givenUp = false
  for await (const snapshot of watchDeployment(parts.codedeploy, id, parts.host, parts.clock, parts.signal)) {
    // It had come as far before this run looked: there was nothing left to do.
    const already = takenUp && last === undefined
    last = snapshot
    const green = greenSet(snapshot)
    const installing = snapshot.deployment.status === 'InProgress' && !trafficShifted(snapshot)
    if (installing && !givenUp && request.failedTasks > 0 && green !== undefined && green.running < green.desired) {
      failures = await greenFailures(snapshot, request, parts)
      const failed = failures.reduce((sum, { count }) => sum + count, 0)
      if (failed >= request.failedTasks) {
        givenUp = true
        parts.host.warn(`${failed} tasks of the new version have failed: ${failureLine(failures)}`)
        if (request.onFailure !== 'leave')
          await parts.codedeploy.stop(id, request.onFailure === 'rollback', parts.signal)
      }
    }
    if (!givenUp && reached(snapshot, request.waitUntil)) {
      const shifted = trafficShifted(snapshot)
      const runningTaskDefinition = shifted
        ? (base.taskDefinition ?? base.runningTaskDefinition)
        : base.runningTaskDefinition
      return { ...began, last, runningTaskDefinition, outcome: already ? 'unchanged' : 'succeeded', reason: undefined }
    }
  }
  if (last === undefined) throw new Error(`${id} was never seen`)
  if (last.deployment.status === 'Succeeded')
    return { ...began, last, runningTaskDefinition: base.taskDefinition, outcome: 'succeeded', reason: undefined }
  if (failures.length === 0) failures = await greenFailures(last, request, parts)
  return await failedEnd(began, last, failures, givenUp, parts)
}

function greenSet({ target }: DeploymentSnapshot): { id: string; running: number; desired: number } | undefined {
  const set = target?.taskSetsInfo?.find(({ taskSetLabel }) => taskSetLabel === 'Green')
  return set?.identifer === undefined
    ? undefined
    : { id: set.identifer, running: set.runningCount ?? 0, desired: set.desiredCount ?? 0 }
}

function reached(snapshot: DeploymentSnapshot, until: WaitUntil): boolean {
  const { status } = snapshot.deployment
  if (status === 'Succeeded') return true
  if (until === 'ready') return status === 'Ready' || trafficShifted(snapshot)
  return until === 'traffic-shifted' && trafficShifted(snapshot) && status !== 'Failed' && status !== 'Stopped'
}

async function greenFailures(
  snapshot: DeploymentSnapshot,
  request: BlueGreenRequest,
  parts: BlueGreenParts,
): Promise<readonly TaskFailure[]> {
  const green = greenSet(snapshot)
  if (green === undefined) return []
  const service = await parts.ecs.service(request.cluster, request.service, parts.signal)
  const taskDefinition = service.taskSets?.find(({ id }) => id === green.id)?.taskDefinition
  if (taskDefinition === undefined) return []
  return await taskFailures(
    parts.ecs,
    parts.aws,
    { cluster: request.cluster, startedBy: green.id, taskDefinition },
    parts.signal,
  )
}

/** A deployment that is over and did not succeed: follows its rollback, and says why. */
async function failedEnd(
  began: Base,
  last: DeploymentSnapshot,
  failures: readonly TaskFailure[],
  givenUp: boolean,
  parts: BlueGreenParts,
): Promise<BlueGreenResult> {
  const { deployment, target } = last
  const lifecycle = target?.lifecycleEvents?.find(({ status }) => status === 'Failed')
  const said = deployment.errorInformation
  const cause =
    failureLine(failures) ??
    (lifecycle === undefined
      ? undefined
      : `${lifecycle.lifecycleEventName} failed: ${lifecycle.diagnostics?.message ?? lifecycle.diagnostics?.errorCode ?? 'no reason told'}`) ??
    (said === undefined ? `the deployment ended as ${deployment.status}` : `${said.code}: ${said.message}`)
  const rollbackDeploymentId = deployment.rollbackInfo?.rollbackDeploymentId
  const result = { ...began, last, failures, rollbackDeploymentId }
  if (rollbackDeploymentId !== undefined) {
    parts.host.info(`the rollback is the deployment ${rollbackDeploymentId}`)
    const end = await deploymentEnd(parts.codedeploy, rollbackDeploymentId, parts.host, parts.clock, parts.signal)
    if (end.deployment.status !== 'Succeeded') {
      return {
        ...result,
        outcome: 'rollback-failed',
        reason: `${cause}; its rollback ${rollbackDeploymentId} ended as ${end.deployment.status}`,
      }
    }
    return { ...result, outcome: 'rolled-back', reason: cause }
  }
  if (deployment.status === 'Stopped' && !givenUp)
    return {
      ...result,
      outcome: 'stopped',
      reason: `${deployment.deploymentId} was stopped: ${said?.message ?? cause}`,
    }
  return { ...result, outcome: 'failed', reason: cause }
}

interface Journal {
  registered(arn: string | undefined): void
  begun(id: string, registered: string | undefined): void
}

/** Keeps the journal, and does what was asked for on a time-out or a cancel to the deployment that had begun. */
async function withTimeoutRemedy(
  request: BlueGreenRequest,
  parts: BlueGreenParts,
  base: Base & { readonly previous: string | undefined },
  body: (signal: AbortSignal, journal: Journal) => Promise<BlueGreenResult>,
): Promise<BlueGreenResult> {
  const { host, clock, signal } = parts
  let entry: BlueGreenJournal = {
    deploymentId: undefined,
    registered: undefined,
    onCancel: request.onCancel,
    ended: false,
  }
  const save = (change: Partial<BlueGreenJournal>): void => {
    entry = { ...entry, ...change }
    host.saveState(journalName, JSON.stringify(entry))
  }
  save({})
  try {
    const result = await withTimeout(request.timeoutMs, clock, signal, (inTime) =>
      body(inTime, {
        registered: (registered) => save({ registered }),
        begun: (deploymentId) => save({ deploymentId }),
      }),
    )
    save({ ended: true })
    return result
  } catch (error) {
    const cancelled = signal.aborted
    const timedOut = !cancelled && error instanceof TimedOut
    if (!cancelled && !timedOut) throw error
    const remedy = cancelled ? request.onCancel : request.onTimeout
    const why = cancelled
      ? signal.reason instanceof Cancelled
        ? signal.reason.message
        : 'cancelled'
      : messageOf(error)
    const result = {
      ...base,
      deploymentId: entry.deploymentId,
      taskDefinition: entry.registered ?? base.taskDefinition,
    }
    if (entry.deploymentId === undefined || remedy === 'leave') {
      return {
        ...result,
        outcome: cancelled ? 'cancelled' : 'timed-out',
        reason: `${why}${entry.deploymentId === undefined ? ' before a deployment began' : `; ${entry.deploymentId} goes on, as told`}`,
      }
    }
    return await remedied(
      entry.deploymentId,
      remedy,
      why,
      cancelled,
      { ...parts, signal: remedySignal(cancelled, parts) },
      result,
    )
  }
}

/** After a cancel the host leaves a few real seconds; after a time-out there is as long as it takes, until a cancel. */
const remedySignal = (cancelled: boolean, parts: BlueGreenParts): AbortSignal =>
  cancelled ? AbortSignal.timeout(5_000) : parts.signal

async function remedied(
  id: string,
  remedy: 'rollback' | 'stop',
  why: string,
  cancelled: boolean,
  parts: BlueGreenParts,
  base: Base,
): Promise<BlueGreenResult> {
  const { host } = parts
  const outcome: Outcome = cancelled ? 'cancelled' : 'timed-out'
  host.warn(`${why}: stopping ${id}${remedy === 'rollback' ? ' with a rollback' : ''}`)
  try {
    await parts.codedeploy.stop(id, remedy === 'rollback', parts.signal)
    const end = await stopped(id, parts)
    host.saveState(
      journalName,
      JSON.stringify({
        deploymentId: id,
        registered: undefined,
        onCancel: remedy,
        ended: true,
      } satisfies BlueGreenJournal),
    )
    return { ...base, ...end, outcome, reason: `${why}; ${end.words}` }
  } catch (error) {
    const rest = cancelled ? 'the post step sees to it' : messageOf(error)
    return { ...base, outcome, reason: `${why}; ${id} was asked to stop, its end was not seen: ${rest}` }
  }
}

/** Waits until a deployment that was asked to stop is over, and its rollback with it. */
export async function stopped(
  id: string,
  { codedeploy, host, clock, signal }: Pick<BlueGreenParts, 'codedeploy' | 'host' | 'clock' | 'signal'>,
): Promise<{
  readonly last: DeploymentSnapshot
  readonly rollbackDeploymentId: string | undefined
  readonly words: string
}> {
  const last = await deploymentEnd(codedeploy, id, host, clock, signal)
  const rollbackDeploymentId = last.deployment.rollbackInfo?.rollbackDeploymentId
  if (last.deployment.status === 'Succeeded')
    return { last, rollbackDeploymentId, words: `${id} had succeeded before it could be stopped` }
  if (rollbackDeploymentId === undefined) return { last, rollbackDeploymentId, words: `${id} was stopped` }
  const end = await deploymentEnd(codedeploy, rollbackDeploymentId, host, clock, signal)
  return {
    last,
    rollbackDeploymentId,
    words: `${id} was stopped, its rollback ${rollbackDeploymentId} ended as ${end.deployment.status}`,
  }
}

/** Finishes a deployment whose run was cancelled or killed: what the journal says was begun is stopped as told, and its end seen. */
export async function finishBlueGreen(
  parts: Pick<BlueGreenParts, 'codedeploy' | 'ecs' | 'host' | 'clock' | 'signal'>,
): Promise<void> {
  const saved = parts.host.loadState(journalName)
  if (saved === undefined) return
  const { deploymentId, ended, onCancel, registered } = JSON.parse(saved) as BlueGreenJournal
  if (ended) return
  if (deploymentId === undefined) {
    if (registered !== undefined)
      parts.host.warn(`${registered} was registered for a deployment that may not have begun`)
    return
  }
  if (onCancel === 'leave') return parts.host.info(`${deploymentId} goes on, as told`)
  await parts.codedeploy.stop(deploymentId, onCancel === 'rollback', parts.signal)
  parts.host.info((await stopped(deploymentId, parts)).words)
}
