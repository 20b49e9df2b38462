import type { LoadBalancer, ServiceDeployment } from '@aws-sdk/client-ecs'
import { messageOf } from '../action/errors.ts'
import type { FailedDeployment } from './failure-deployment.ts'
import { deploymentEvidence, ownStopped } from './failure-evidence.ts'
import { type Explanation, explain } from './failure-explanation.ts'
import { groupEnds } from './failure-task.ts'
import type { NativeParts } from './native-request.ts'

/** What is asked about: the deployment's tasks, events, targets and alarms. */
export function failedDeployment(
  of: { readonly cluster: string; readonly service: string; readonly startedBy: string | undefined },
  taskDefinition: string,
  last: ServiceDeployment,
  service: { readonly loadBalancers: readonly LoadBalancer[] },
): FailedDeployment {
  const groups = service.loadBalancers.flatMap(({ targetGroupArn, advancedConfiguration }) => [
    targetGroupArn,
    advancedConfiguration?.alternateTargetGroupArn,
  ])
  return {
    cluster: of.cluster,
    service: of.service,
    taskDefinition,
    startedBy: of.startedBy,
    since: last.startedAt ?? last.createdAt,
    targetGroups: [...new Set(groups.flatMap((arn) => arn ?? []))],
    alarms: last.alarms?.triggeredAlarmNames ?? [],
  }
}

/** How many tasks of the deployment have failed so far; a listing, and a reading when there are stopped ones. */
async function failedTasks(of: FailedDeployment, { ecs, signal }: NativeParts): Promise<number> {
  const ends = groupEnds(await ownStopped(ecs, of, signal))
  return ends.reduce((sum, { count }) => sum + count, 0)
}

/** Counts, as long as that works: a deployment goes on without it, and the log says once why. */
export function countingFailedTasks(parts: NativeParts): (of: FailedDeployment) => Promise<number> {
  const { host, signal } = parts
  let isTold = false
  return async (of) => {
    try {
      return await failedTasks(of, parts)
    } catch (error) {
      signal.throwIfAborted()
      if (!isTold)
        host.warn(`the failed tasks of ${of.service} could not be counted, ECS alone judges: ${messageOf(error)}`)
      isTold = true
      return 0
    }
  }
}

/** Looks into a deployment that did not succeed. */
export async function whyFailed(
  of: FailedDeployment,
  last: ServiceDeployment,
  parts: NativeParts,
  givenUp: boolean,
): Promise<Explanation> {
  const breaker = last.deploymentCircuitBreaker
  const hook = last.lifecycleHookDetails?.find(({ status }) => status === 'FAILED' || status === 'TIMED_OUT')
  const evidence = await deploymentEvidence(parts, of, parts.signal, {
    breaker:
      breaker?.status === 'TRIGGERED'
        ? { failed: breaker.failureCount ?? 0, threshold: breaker.threshold ?? 0 }
        : undefined,
    hook:
      hook === undefined
        ? undefined
        : { stage: last.lifecycleStage ?? 'a stage', target: hook.targetArn, message: hookMessage(hook.status) },
    triggeredAlarms: last.alarms?.triggeredAlarmNames,
    // That we stopped it is no cause.
    message: givenUp ? undefined : (last.rollback?.reason ?? last.statusReason),
  })
  return explain(evidence)
}

/** Looks into a deployment that took too long, while its tasks are still there; a failure of that is said and spoils nothing. */
export async function whyLate(
  arn: string,
  of: { readonly cluster: string; readonly service: string; readonly startedBy: string | undefined },
  taskDefinition: string | undefined,
  service: { readonly loadBalancers: readonly LoadBalancer[] },
  parts: NativeParts,
): Promise<Explanation | undefined> {
  const { deployments, host } = parts
  const inTime = { ...parts, signal: AbortSignal.any([parts.signal, AbortSignal.timeout(lookMs)]) }
  try {
    const last = await deployments.look(arn, inTime.signal)
    const why = await whyFailed(failedDeployment(of, taskDefinition ?? '', last, service), last, inTime, true)
    if (why.details.length > 0)
      await host.group(`why ${of.service} takes so long`, async () => {
        for (const line of why.details) host.info(line)
      })
    return why
  } catch (error) {
    host.warn(`why ${of.service} takes so long could not be found out: ${messageOf(error)}`)
    return undefined
  }
}

/** Real ms that may go by before a deployment whose time is up is stopped. */
const lookMs = 20_000

const hookMessage = (status: string | undefined): string => (status === 'TIMED_OUT' ? 'it timed out' : 'it said FAILED')
