import { appSpecContent, deployedTaskDefinition, withTaskDefinition } from './appspec.ts'
import { beginDeployment } from './blue-green-begin.ts'
import { followDeployment } from './blue-green-follow.ts'
import { type BlueGreenPlan, planBlueGreen } from './blue-green-plan.ts'
import type { BlueGreenBase, BlueGreenParts, BlueGreenRequest, BlueGreenResult } from './blue-green-request.ts'
import { codeDeployStopping, journalName, watchOf } from './blue-green-stop.ts'
import { findTarget, lastGoodRevision, type Target, testGateWarning } from './blue-green-target.ts'
import { deploymentEnd } from './deployment-watch.ts'
import { setDesiredCount, untriedWarning } from './desired-count.ts'
import { lastingCall } from './lasting-call.ts'
import { deregisterOld } from './old-revisions.ts'
import { orWarn } from './or-warn.ts'
import { type Journal, openJournal, withRemedies } from './remedies.ts'
import { besideService, taskBeforeWords } from './task-before.ts'

/** Deploys a revision to a service that CodeDeploy moves, and stays with that deployment until it is where it was asked to be. */
export async function deployBlueGreen(request: BlueGreenRequest, parts: BlueGreenParts): Promise<BlueGreenResult> {
  const { host } = parts
  const target = await findTarget(request, parts)
  const { application, group, identity, primary, same, changes } = target
  const plan = planBlueGreen({
    identity,
    runsIt: same !== undefined && changes.length === 0 && !request.force,
    active: target.active,
    ifDeploying: request.ifDeploying,
  })
  const base: BlueGreenBase = {
    application,
    group,
    taskDefinition: same ?? request.arn,
    runningTaskDefinition: primary,
    deploymentId: undefined,
    rollbackDeploymentId: undefined,
    last: undefined,
    explanation: undefined,
    deregistered: [],
    planned: [],
  }
  const scales = request.desiredCount !== undefined && request.desiredCount !== target.described.desiredCount
  if (plan.kind === 'unchanged' && !scales) {
    host.info(`${request.service} runs ${primary} already, which is the same: nothing is registered or deployed`)
    return { ...base, outcome: 'unchanged', reason: undefined }
  }
  if (plan.kind === 'blocked')
    return { ...base, outcome: 'blocked', reason: plan.reason, deploymentId: plan.deploymentId }
  if (request.testTraffic !== undefined && plan.kind !== 'unchanged') {
    const warning = testGateWarning(target.info, target.spec)
    if (warning !== undefined) host.warn(warning)
  }
  if (request.dryRun) {
    const planned = plannedLines(plan, request, target)
    for (const line of planned) host.info(line)
    return { ...base, planned, outcome: 'succeeded', reason: undefined }
  }
  const journal = openJournal(host, journalName, request.onCancel)
  const end = await withRemedies(request, parts, journal, codeDeployStopping(request, parts), async (inTime) => {
    const timed = { ...parts, signal: inTime }
    const result = await carryOut(plan, request, timed, target, base, journal)
    const deregistered = await afterwards(result, request, timed, target)
    return { ...result, deregistered }
  })
  if ('result' in end) return end.result
  const { outcome, reason, entry } = end
  const taskDefinition = entry.registered ?? base.taskDefinition
  return { ...base, ...end.end, outcome, reason, deploymentId: entry.deploymentId, taskDefinition }
}

/** What would be done, a line each. */
function plannedLines(plan: BlueGreenPlan, request: BlueGreenRequest, target: Target): readonly string[] {
  const { desiredCount, arn } = request
  const now = target.described.desiredCount
  const revision = arn ?? target.same ?? '<the new revision>'
  const deploys = plan.kind !== 'unchanged' && plan.kind !== 'take-up'
  return [
    `would ${plannedWords(plan, request, target)}`,
    ...(deploys && request.taskBefore !== undefined
      ? [`would ${taskBeforeWords(besideService(request.taskBefore, target.described))}`]
      : []),
    ...(desiredCount === undefined || desiredCount === now || plan.kind === 'take-up'
      ? []
      : [`would set the desired count from ${now} to ${desiredCount}`]),
    ...(target.changes.length > 0 ? [`would change ${target.changes.join(', ')} of the service's tasks`] : []),
    ...(deploys ? [`AppSpec: ${appSpecContent(withTaskDefinition(target.spec, revision))}`] : []),
  ]
}

function plannedWords(plan: BlueGreenPlan, request: BlueGreenRequest, { application, group }: Target): string {
  const what = request.arn ?? `a revision of ${String(request.document['family'])}`
  const place = `${request.cluster}/${request.service} by ${application}/${group}`
  switch (plan.kind) {
    case 'take-up':
      return `take up the deployment ${plan.deploymentId}, which moves ${place}`
    case 'wait-for':
      return `wait for the deployment ${plan.deploymentId}, then deploy ${what} to ${place}`
    case 'stop-first':
      return `stop the deployment ${plan.deploymentId}, then deploy ${what} to ${place}`
    case 'unchanged':
      return `deploy nothing to ${place}`
    default:
      return `deploy ${what} to ${place}`
  }
}

/** Makes way, scales, registers, creates the deployment and follows it. */
async function carryOut(
  plan: BlueGreenPlan,
  request: BlueGreenRequest,
  parts: BlueGreenParts,
  target: Target,
  base: BlueGreenBase,
  journal: Journal,
): Promise<BlueGreenResult> {
  const { codedeploy, host, signal } = parts
  const { application, group, info } = target
  if (plan.kind === 'take-up') {
    const { deployment, deploymentId: id } = plan
    host.info(`taking up the deployment ${id}, begun by an earlier run`)
    journal.save({ deploymentId: id })
    if (request.desiredCount !== undefined && request.desiredCount !== target.described.desiredCount)
      host.warn(`the desired count stays ${target.described.desiredCount} while ${id} is under way`)
    const taskDefinition =
      deployedTaskDefinition(deployment.revision?.appSpecContent?.content) ?? base.taskDefinition ?? target.primary
    const following = { id, base: { ...base, taskDefinition }, info, takenUp: true }
    return await followDeployment(following, request, parts)
  }
  if (plan.kind === 'stop-first') {
    host.info(`stopping the deployment ${plan.deploymentId} first${plan.rollback ? ', with a rollback' : ''}`)
    await lastingCall(signal, (lasting) => codedeploy.stop(plan.deploymentId, plan.rollback, lasting))
  }
  const waits = plan.kind === 'stop-first' || plan.kind === 'wait-for'
  if (waits) await groupIsFree(application, group, request, parts)
  // What stood in the way may have brought the same, and in any case is what a rollback goes back to.
  const ready = waits ? await findTarget(request, parts) : target
  await scale(request, parts, ready)
  const serving = { ...base, runningTaskDefinition: ready.primary }
  if (plan.kind === 'unchanged') return { ...serving, outcome: 'succeeded', reason: undefined }
  if (waits && ready.same !== undefined && ready.changes.length === 0 && !request.force) {
    host.info(`${request.service} runs ${ready.primary} by now, which is the same: nothing is registered or deployed`)
    return { ...serving, taskDefinition: ready.same, outcome: 'unchanged', reason: undefined }
  }
  const untried = untriedWarning(request.service, request.desiredCount ?? ready.described.desiredCount)
  if (untried !== undefined) host.warn(untried)
  return await beginDeployment(request, parts, ready, serving, journal)
}

async function groupIsFree(
  application: string,
  group: string,
  request: BlueGreenRequest,
  parts: BlueGreenParts,
): Promise<void> {
  for (;;) {
    const [first] = await parts.codedeploy.active(application, group, parts.signal)
    if (first?.deploymentId === undefined) return
    const rest = first.instanceTerminationWaitTimeStarted === true ? ', which has only its old tasks left to end' : ''
    parts.host.info(`waiting for the deployment ${first.deploymentId}${rest}`)
    await deploymentEnd(first.deploymentId, { ...watchOf(request, parts), tells: 'rest' })
  }
}

async function scale(request: BlueGreenRequest, { aws, host, signal }: BlueGreenParts, target: Target): Promise<void> {
  const { desiredCount } = request
  const now = target.described.desiredCount
  if (desiredCount === undefined || desiredCount === now) return
  await lastingCall(signal, (lasting) => setDesiredCount(aws, request, desiredCount, lasting))
  host.info(`set the desired count of ${request.service} from ${now} to ${desiredCount}`)
}

/** After a success: old revisions go, if they are told to. */
async function afterwards(
  result: BlueGreenResult,
  request: BlueGreenRequest,
  parts: BlueGreenParts,
  target: Target,
): Promise<readonly string[]> {
  const { keepRevisions } = request
  if (keepRevisions === undefined || result.outcome !== 'succeeded') return []
  return (await orWarn(parts.host, () => onlyNewest(result, request, keepRevisions, parts, target))) ?? []
}

async function onlyNewest(
  result: BlueGreenResult,
  request: BlueGreenRequest,
  keep: number,
  parts: BlueGreenParts,
  target: Target,
): Promise<readonly string[]> {
  const { taskSets = [], deployments = [] } = await parts.ecs.service(request.cluster, request.service, parts.signal)
  const inUse = [
    ...[...taskSets, ...deployments].map(({ taskDefinition }) => taskDefinition),
    ...[result.taskDefinition, result.runningTaskDefinition, target.primary],
    await lastGoodRevision(target.info, parts),
  ]
  const family = String(request.document['family'])
  const gone = await deregisterOld(parts, { family, keep, inUse }, parts.signal)
  if (gone.length > 0)
    parts.host.info(`deregistered ${gone.map((arn) => arn.split('/').at(-1)).join(', ')}: ${keep} are kept`)
  return gone
}
