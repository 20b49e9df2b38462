import type {
  BlueGreenBase,
  BlueGreenParts,
  BlueGreenRequest,
  BlueGreenResult,
  WaitUntil,
} from './blue-green-request.ts'
import type { DeploymentSnapshot } from './codedeploy-api.ts'
import { trafficShifted } from './deployment-events.ts'
import { deploymentEnd, watchDeployment } from './deployment-watch.ts'
import { failureLine, type TaskFailure, taskFailures } from './task-failures.ts'

/** Stays with one deployment until the stage that was asked for, its end, or its early end for a reason. */
export async function followDeployment(
  id: string,
  request: BlueGreenRequest,
  parts: BlueGreenParts,
  base: BlueGreenBase,
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
  began: BlueGreenBase,
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
