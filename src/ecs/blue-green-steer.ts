import { TimedOut, withTimeout } from '../action/cancel.ts'
import { messageOf, UserError } from '../action/errors.ts'
import { deployedTaskDefinition } from './appspec.ts'
import { serves } from './blue-green-end.ts'
import { followDeployment } from './blue-green-follow.ts'
import { planSteering, type SteeringPlan } from './blue-green-plan.ts'
import type { BlueGreenBase, BlueGreenParts, BlueGreenResult, SteerRequest } from './blue-green-request.ts'
import { codeDeployStopping, journalName, type StoppedDeployment } from './blue-green-stop.ts'
import { findService, type MovedService } from './blue-green-target.ts'
import { lastingCall } from './lasting-call.ts'
import { openJournal, withRemedies } from './remedies.ts'

/** Continues, stops or rolls back a deployment that is under way, and stays with it. */
export async function steerBlueGreen(request: SteerRequest, parts: BlueGreenParts): Promise<BlueGreenResult> {
  const { codedeploy, host, signal } = parts
  const moved = await findService(request, parts)
  const { application, group, primary } = moved
  const deployment =
    request.deploymentId === undefined ? moved.active[0] : await codedeploy.deployment(request.deploymentId, signal)
  if (deployment !== undefined) {
    const { applicationName, deploymentGroupName, deploymentId } = deployment
    if (applicationName !== application || deploymentGroupName !== group) {
      throw new UserError(
        `the deployment ${deploymentId} is of ${applicationName}/${deploymentGroupName}, not of ${application}/${group}`,
      )
    }
  }
  const plan = planSteering(request.operation, deployment, `${application}/${group}`)
  const base: BlueGreenBase = {
    application,
    group,
    taskDefinition: deployedTaskDefinition(deployment?.revision?.appSpecContent?.content),
    runningTaskDefinition: primary,
    deploymentId: deployment?.deploymentId,
    rollbackDeploymentId: undefined,
    last: undefined,
    explanation: undefined,
    deregistered: [],
    planned: [],
  }
  if (plan.kind === 'nothing') {
    host.info(plan.reason)
    return { ...base, outcome: 'unchanged', reason: undefined }
  }
  if (plan.kind === 'blocked') return { ...base, outcome: 'blocked', reason: plan.reason }
  if (request.dryRun) {
    const planned = `would ${request.operation} the deployment ${plan.deploymentId} in ${application}/${group}`
    host.info(planned)
    return { ...base, planned: [planned], outcome: 'succeeded', reason: undefined }
  }
  return plan.kind === 'continue'
    ? await carryOn(plan, request, parts, moved, base)
    : await end(plan, request, parts, base)
}

/** Ends the wait and stays with the deployment as a deploy would, with the same remedies. */
async function carryOn(
  plan: SteeringPlan & { readonly kind: 'continue' },
  request: SteerRequest,
  parts: BlueGreenParts,
  { info }: MovedService,
  base: BlueGreenBase,
): Promise<BlueGreenResult> {
  const { deploymentId: id, wait } = plan
  const journal = openJournal(parts.host, journalName, request.onCancel)
  const stopping = codeDeployStopping(request, parts)
  const ended = await withRemedies(request, parts, journal, stopping, async (inTime) => {
    const timed = { ...parts, signal: inTime }
    const waited = await lastingCall(
      inTime,
      (signal) => parts.codedeploy.continue(id, wait, signal),
      () => journal.save({ deploymentId: id }),
    )
    const what = wait === 'READY_WAIT' ? 'production traffic may shift' : 'the old tasks may end'
    parts.host.info(waited ? `continued the deployment ${id}: ${what}` : `the deployment ${id} did not wait any more`)
    return await followDeployment({ id, base, info, takenUp: false }, request, timed)
  })
  if ('result' in ended) return ended.result
  const { outcome, reason } = ended
  return { ...base, ...ended.end, outcome, reason }
}

/** Stops it and sees how it ends. What was asked for is the success here; a cancel does not call the stop off. */
async function end(
  plan: SteeringPlan & { readonly kind: 'stop' },
  request: SteerRequest,
  parts: BlueGreenParts,
  base: BlueGreenBase,
): Promise<BlueGreenResult> {
  const { deploymentId: id, rollback } = plan
  const { clock, host, signal } = parts
  const stopping = codeDeployStopping(request, parts)
  let asked = false
  let seen: StoppedDeployment
  let runningTaskDefinition: string | undefined
  try {
    ;[seen, runningTaskDefinition] = await withTimeout(request.timeoutMs, clock, signal, async (inTime) => {
      await lastingCall(
        inTime,
        (lasting) => stopping.stop(id, rollback, lasting),
        () => {
          asked = true
        },
      )
      host.info(`asked the deployment ${id} to stop${rollback ? ' and roll back' : ''}`)
      return [await stopping.ended(id, inTime), await serves(request, { ...parts, signal: inTime }, base)] as const
    })
  } catch (error) {
    if (!signal.aborted && !(error instanceof TimedOut)) throw error
    const why = messageOf(signal.aborted ? signal.reason : error)
    const how = asked ? 'was asked to stop, its end was not seen' : 'was not asked to stop'
    return { ...base, outcome: signal.aborted ? 'cancelled' : 'timed-out', reason: `${why}; ${id} ${how}` }
  }
  const { last, rollbackDeploymentId, words } = seen
  const result = { ...base, last, rollbackDeploymentId, runningTaskDefinition }
  host.info(words)
  if (last.deployment.status === 'Succeeded') return { ...result, outcome: 'failed', reason: words }
  const status = seen.rollback?.deployment.status
  if (status !== undefined && status !== 'Succeeded') return { ...result, outcome: 'rollback-failed', reason: words }
  if (rollback && rollbackDeploymentId === undefined) host.info('nothing was installed that had to be rolled back')
  return { ...result, outcome: 'succeeded', reason: undefined }
}
