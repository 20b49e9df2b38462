import type { ServiceDeployment } from '@aws-sdk/client-ecs'
import { idOf } from './native-plan.ts'
import type { NativeBase, NativeParts, NativeRequest, NativeResult } from './native-request.ts'
import { hasCome, hasReached, hasShifted, isMovingOn } from './native-stages.ts'
import { watchServiceDeployment } from './native-watch.ts'
import { failureLine, type TaskFailure, taskFailures } from './task-failures.ts'

/** Looks between two readings of failed tasks while the new tasks do not run in full: a reading is three calls. */
const looksBetween = 3

/** A deployment that is followed. */
export interface Followed {
  readonly arn: string
  /** What its tasks were started by: `ecs-svc/…`. */
  readonly startedBy: string | undefined
  /** An earlier run began it. */
  readonly takenUp: boolean
}

/** Stays with one deployment until the stage that was asked for, its end, or its early end for a reason. */
export async function followNative(
  { arn, startedBy, takenUp }: Followed,
  request: NativeRequest,
  parts: NativeParts,
  base: NativeBase,
): Promise<NativeResult> {
  const began = { ...base, deploymentArn: arn }
  if (request.waitUntil === 'none') return { ...began, outcome: 'succeeded', reason: undefined }
  let last: ServiceDeployment | undefined
  let failures: readonly TaskFailure[] = []
  let givenUp: string | undefined
  let looks = 0
  const readFailures = async (): Promise<readonly TaskFailure[]> =>
    startedBy === undefined || base.taskDefinition === undefined
      ? []
      : await taskFailures(
          parts.ecs,
          parts.aws,
          { cluster: request.cluster, startedBy, taskDefinition: base.taskDefinition },
          parts.signal,
        )
  for await (const now of watchServiceDeployment(parts.deployments, arn, parts.host, parts.clock, parts.signal)) {
    // It had come as far before this run looked: there was nothing left to do.
    const already = takenUp && last === undefined
    const failedMore =
      (now.deploymentCircuitBreaker?.failureCount ?? 0) > (last?.deploymentCircuitBreaker?.failureCount ?? 0)
    last = now
    if (givenUp === undefined && hasCome(now, request.waitUntil)) {
      const runningTaskDefinition = hasShifted(now) ? base.taskDefinition : base.runningTaskDefinition
      return { ...began, last, runningTaskDefinition, outcome: already ? 'unchanged' : 'succeeded', reason: undefined }
    }
    looks++
    if (
      givenUp === undefined &&
      request.failedTasks > 0 &&
      isStarting(now) &&
      (failedMore || looks % looksBetween === 0)
    ) {
      failures = await readFailures()
      const failed = failures.reduce((sum, { count }) => sum + count, 0)
      if (failed >= request.failedTasks) {
        givenUp = failureLine(failures) ?? `${failed} tasks have failed`
        parts.host.warn(`${failed} tasks of the new revision have failed: ${givenUp}`)
        if (request.onFailure !== 'leave') await parts.deployments.stop(arn)
        else return { ...began, last, failures, outcome: 'failed', reason: `${givenUp}; ${idOf(arn)} goes on, as told` }
      }
    }
  }
  if (last === undefined) throw new Error(`${arn} was never seen`)
  if (failures.length === 0 && last.status !== 'SUCCESSFUL') failures = await readFailures()
  const restored = last.status === 'ROLLBACK_SUCCESSFUL' ? last.rollback?.serviceRevisionArn : undefined
  const runningTaskDefinition =
    restored === undefined
      ? base.runningTaskDefinition
      : (await parts.deployments.revision(restored, parts.signal)).taskDefinition
  return endOf(last, { ...began, runningTaskDefinition, last, failures }, request, givenUp)
}

/** Its tasks have yet to run in full. */
const isStarting = (now: ServiceDeployment): boolean => {
  const target = now.targetServiceRevision
  return (
    isMovingOn(now) &&
    !hasReached(now, 'POST_SCALE_UP') &&
    (target?.runningTaskCount ?? 0) < Math.max(1, target?.requestedTaskCount ?? 1)
  )
}

const isSuperseded = (reason: string | undefined): boolean => /newer service deployment|superseded/i.test(reason ?? '')

/** How a deployment that is over ended; pure. `seen` names what serves if it was rolled back. */
export function endOf(
  last: ServiceDeployment,
  seen: NativeBase,
  request: Pick<NativeRequest, 'service'>,
  givenUp: string | undefined,
): NativeResult {
  const { failures } = seen
  const said = last.rollback?.reason ?? last.statusReason
  const cause = givenUp ?? failureLine(failures) ?? said ?? `the deployment ended as ${last.status}`
  const told = said === undefined || cause === said ? cause : `${cause} (${said})`
  switch (last.status) {
    case 'SUCCESSFUL':
      return { ...seen, runningTaskDefinition: seen.taskDefinition, outcome: 'succeeded', reason: undefined }
    case 'ROLLBACK_SUCCESSFUL':
      return { ...seen, outcome: 'rolled-back', reason: told }
    case 'ROLLBACK_FAILED':
      return {
        ...seen,
        runningTaskDefinition: undefined,
        outcome: 'rollback-failed',
        reason: `${cause}; the rollback failed: ${last.statusReason ?? 'ECS tells no reason'}`,
      }
    default:
      if (isSuperseded(last.statusReason)) {
        return {
          ...seen,
          runningTaskDefinition: undefined,
          outcome: 'superseded',
          reason: `another deployment of ${request.service} took the place of ${idOf(last.serviceDeploymentArn ?? '')}: ${last.statusReason}`,
        }
      }
      return {
        ...seen,
        runningTaskDefinition: undefined,
        outcome:
          failures.length > 0 || givenUp !== undefined || /circuit|alarm|hook/i.test(said ?? '') ? 'failed' : 'stopped',
        reason: told,
      }
  }
}
