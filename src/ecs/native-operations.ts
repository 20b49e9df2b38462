import type { ServiceDeployment } from '@aws-sdk/client-ecs'
import { UserError } from '../action/errors.ts'
import { type ServicesRequest, type ServicesResult, worst } from './deploy-services.ts'
import { everyService } from './every-service.ts'
import { nativeService, primaryOf, taskDefinitionOf, underWay } from './native-current.ts'
import { followNative } from './native-follow.ts'
import { idOf } from './native-plan.ts'
import type { NativeBase, NativeParts, NativeRequest, NativeResult } from './native-request.ts'
import { isMovingOn, pausedHook } from './native-stages.ts'
import { nativeJournal, nativeStopping } from './native-stop.ts'
import { serviceDeploymentEnd } from './native-watch.ts'
import { openJournal, withRemedies } from './remedies.ts'

/** What can be done with a deployment that is under way, beside beginning one. */
export type NativeOperation = 'continue' | 'stop' | 'rollback'

/** Continues or stops what is under way in each service. Without anything under way, nothing is changed. */
export async function operateServices(
  operation: NativeOperation,
  request: ServicesRequest,
  parts: NativeParts,
): Promise<ServicesResult> {
  const { services, taskBefore: _, suspendScaling: __, keepRevisions: ___, ...each } = request
  const results = await everyService(services.map((service) => operate(operation, { ...each, service }, parts)))
  return { ...worst(results), results, taskBefore: undefined }
}

async function operate(operation: NativeOperation, request: NativeRequest, parts: NativeParts): Promise<NativeResult> {
  const { deployments, host } = parts
  const { service, current } = await underWay(request, await nativeService(request, parts), parts)
  const arn = current?.serviceDeploymentArn
  const base: NativeBase = {
    cluster: request.cluster,
    service: request.service,
    taskDefinition: primaryOf(service)?.taskDefinition,
    runningTaskDefinition: service.taskDefinition,
    deploymentArn: arn,
    changes: [],
    last: undefined,
    why: undefined,
  }
  if (arn === undefined || current === undefined) {
    host.info(`no deployment of ${request.service} is under way: nothing to ${operation}`)
    return { ...base, outcome: 'unchanged', reason: undefined }
  }
  const doing = operationWords(operation, current, request)
  if (request.dryRun) {
    host.info(`would ${doing}`)
    return { ...base, outcome: 'succeeded', reason: undefined }
  }
  host.info(doing)
  const journal = openJournal(host, nativeJournal(request.cluster, request.service), request.onCancel)
  const end = await withRemedies(request, parts, journal, nativeStopping(request, parts), async (inTime) => {
    const timed = { ...parts, signal: inTime }
    if (operation === 'continue') {
      await continued(arn, pausedHook(current) ?? '', timed)
      journal.save({ deploymentId: arn })
      const loadBalancers = service.loadBalancers ?? []
      const followed = { arn, startedBy: primaryOf(service)?.id, takenUp: false, loadBalancers }
      return await followNative(followed, request, timed, base)
    }
    if (isMovingOn(current)) await deployments.stop(arn, inTime)
    journal.save({ deploymentId: arn, isRollback: true })
    return await stoppedEnd(arn, base, timed)
  })
  if ('result' in end) return end.result
  return { ...base, last: end.end?.last, outcome: end.outcome, reason: end.reason }
}

/** Answers a hook. When only ECS's answer was lost, the next try is refused: that the hook waits no longer tells. */
async function continued(arn: string, hook: string, { deployments, signal }: NativeParts): Promise<void> {
  try {
    await deployments.answer(arn, hook, 'CONTINUE', signal)
  } catch (error) {
    signal.throwIfAborted()
    const now = await deployments.look(arn, signal).catch(() => undefined)
    if (now === undefined || !isMovingOn(now) || pausedHook(now) === hook) throw error
  }
}

/** @throws UserError when there is nothing to continue */
function operationWords(operation: NativeOperation, current: ServiceDeployment, request: NativeRequest): string {
  const id = idOf(current.serviceDeploymentArn ?? '')
  if (operation !== 'continue') return `stop the deployment ${id} of ${request.service}, with a rollback`
  if (pausedHook(current) === undefined) {
    throw new UserError(
      `the deployment ${id} of ${request.service} waits for nobody: it is ${current.status} in ${current.lifecycleStage ?? 'no stage'}`,
    )
  }
  return `continue the deployment ${id} of ${request.service} after ${current.lifecycleStage ?? 'its pause'}`
}

/** A stop that was asked for is a success when it ended as it should. */
async function stoppedEnd(arn: string, base: NativeBase, parts: NativeParts): Promise<NativeResult> {
  const { deployments, host, clock, signal } = parts
  const last = await serviceDeploymentEnd(deployments, arn, host, clock, signal)
  const restored = last.rollback?.serviceRevisionArn
  const runningTaskDefinition =
    restored === undefined ? base.runningTaskDefinition : await taskDefinitionOf(restored, parts)
  const seen = { ...base, last, runningTaskDefinition }
  const said = last.statusReason ?? 'ECS tells no reason'
  switch (last.status) {
    case 'ROLLBACK_SUCCESSFUL':
    case 'STOPPED':
      return { ...seen, outcome: 'succeeded', reason: undefined }
    case 'ROLLBACK_FAILED':
      return {
        ...seen,
        outcome: 'rollback-failed',
        reason: `${idOf(arn)} was stopped, and its rollback failed: ${said}`,
      }
    default:
      return {
        ...seen,
        outcome: 'failed',
        reason: `${idOf(arn)} could not be stopped, it ended as ${last.status}: ${said}`,
      }
  }
}
