import type { LoadBalancer, ServiceDeployment } from '@aws-sdk/client-ecs'
import { messageOf } from '../action/errors.ts'
import { isPassing } from '../aws/errors.ts'
import { taskDefinitionOf } from './native-current.ts'
import { idOf } from './native-plan.ts'
import type { NativeBase, NativeParts, NativeRequest, NativeResult } from './native-request.ts'
import { hasCome, hasReached, hasShifted, isMovingOn } from './native-stages.ts'
import { watchServiceDeployment } from './native-watch.ts'
import { countingFailedTasks, failedDeployment, whyFailed } from './native-why.ts'

/** Looks between two countings of failed tasks while the new tasks do not run in full: a counting is a call or two. */
const looksBetween = 3

/** A deployment that is followed. */
export interface Followed {
  readonly arn: string
  /** What its tasks were started by: `ecs-svc/…`. */
  readonly startedBy: string | undefined
  /** An earlier run began it. */
  readonly takenUp: boolean
  /** Those of the service. */
  readonly loadBalancers: readonly LoadBalancer[]
}

/** Stays with one deployment until the stage that was asked for, its end, or its early end for a reason. */
export async function followNative(
  followed: Followed,
  request: NativeRequest,
  parts: NativeParts,
  base: NativeBase,
): Promise<NativeResult> {
  const { arn, startedBy, takenUp } = followed
  const { deployments, host, clock, signal } = parts
  const began = { ...base, deploymentArn: arn }
  if (request.waitUntil === 'none') return { ...began, outcome: takenUp ? 'unchanged' : 'succeeded', reason: undefined }
  const about = (now: ServiceDeployment) =>
    failedDeployment({ ...request, startedBy }, base.taskDefinition ?? '', now, followed)
  let last: ServiceDeployment | undefined
  let givenUp = false
  let isAskedToStop = false
  let looks = 0
  // ECS counts anew when it rolls back.
  let mostFailed = 0
  const failedSoFar = countingFailedTasks(parts)
  for await (const now of watchServiceDeployment(deployments, arn, host, clock, signal)) {
    // It had come as far before this run looked: there was nothing left to do.
    const already = takenUp && last === undefined
    const failedMore = failureCount(now) > failureCount(last)
    last = now
    mostFailed = Math.max(mostFailed, failureCount(now))
    if (!givenUp && hasCome(now, request.waitUntil)) {
      const runningTaskDefinition = hasShifted(now) ? base.taskDefinition : base.runningTaskDefinition
      return { ...began, last, runningTaskDefinition, outcome: already ? 'unchanged' : 'succeeded', reason: undefined }
    }
    if (givenUp && !isAskedToStop && isMovingOn(now)) isAskedToStop = await askedToStop(arn, parts)
    looks++
    const isTime = failedMore || looks % looksBetween === 0
    if (givenUp || request.failedTasks === 0 || !isTime || !isStarting(now)) continue
    const failed = await failedSoFar(about(now))
    if (failed < request.failedTasks) continue
    givenUp = true
    const why = await whyFailed(about(now), now, parts, true)
    host.warn(`${failed} tasks of the new revision have failed: ${why.line}`)
    if (request.onFailure === 'leave')
      return { ...began, last, why, outcome: 'failed', reason: `${why.line}; ${idOf(arn)} goes on, as told` }
    isAskedToStop = await askedToStop(arn, parts)
  }
  if (last === undefined) throw new Error(`${arn} was never seen`)
  if (last.status === 'SUCCESSFUL')
    return { ...began, last, runningTaskDefinition: base.taskDefinition, outcome: 'succeeded', reason: undefined }
  const restored = last.status === 'ROLLBACK_SUCCESSFUL' ? last.rollback?.serviceRevisionArn : undefined
  const runningTaskDefinition =
    restored === undefined ? base.runningTaskDefinition : await taskDefinitionOf(restored, parts)
  const why = isSuperseded(last)
    ? undefined
    : await whyFailed(about(last), withFailures(last, mostFailed), parts, givenUp)
  if (why !== undefined && why.details.length > 0) {
    await host.group(`why ${request.service} failed`, async () => {
      for (const line of why.details) host.info(line)
    })
  }
  return endOf(last, { ...began, runningTaskDefinition, last, why }, request.service, givenUp)
}

/** Asks for a stop; what passes is no answer, and the next look asks again. */
async function askedToStop(arn: string, { deployments, host, signal }: NativeParts): Promise<boolean> {
  try {
    await deployments.stop(arn, signal)
    return true
  } catch (error) {
    if (signal.aborted || !isPassing(error)) throw error
    host.warn(`${messageOf(error)}; trying again`)
    return false
  }
}

const failureCount = (now: ServiceDeployment | undefined): number => now?.deploymentCircuitBreaker?.failureCount ?? 0

const withFailures = (now: ServiceDeployment, failureCount: number): ServiceDeployment => ({
  ...now,
  deploymentCircuitBreaker: { ...now.deploymentCircuitBreaker, failureCount },
})

/** Its tasks have yet to run in full. */
const isStarting = (now: ServiceDeployment): boolean => {
  const target = now.targetServiceRevision
  return (
    isMovingOn(now) &&
    !hasReached(now, 'POST_SCALE_UP') &&
    (target?.runningTaskCount ?? 0) < Math.max(1, target?.requestedTaskCount ?? 1)
  )
}

const isSuperseded = ({ status, statusReason }: ServiceDeployment): boolean =>
  status === 'STOPPED' && /newer service deployment|superseded/i.test(statusReason ?? '')

/** How a deployment that is over, and did not succeed, ended; pure. `seen` names what serves if it was rolled back. */
export function endOf(last: ServiceDeployment, seen: NativeBase, service: string, givenUp: boolean): NativeResult {
  const said = last.rollback?.reason ?? last.statusReason
  const cause = seen.why?.kind === undefined ? (said ?? `the deployment ended as ${last.status}`) : seen.why.line
  const told = givenUp || said === undefined || cause.includes(said) ? cause : `${cause} (${said})`
  const unknown = { ...seen, runningTaskDefinition: undefined }
  if (last.status === 'ROLLBACK_SUCCESSFUL') return { ...seen, outcome: 'rolled-back', reason: told }
  if (last.status === 'ROLLBACK_FAILED') {
    const reason = `${cause}; the rollback failed: ${last.statusReason ?? 'ECS tells no reason'}`
    return { ...unknown, outcome: 'rollback-failed', reason }
  }
  if (isSuperseded(last)) {
    const id = idOf(last.serviceDeploymentArn ?? '')
    const reason = `another deployment of ${service} took the place of ${id}: ${last.statusReason}`
    return { ...unknown, outcome: 'superseded', reason }
  }
  return { ...unknown, outcome: givenUp || seen.why?.kind !== undefined ? 'failed' : 'stopped', reason: told }
}
