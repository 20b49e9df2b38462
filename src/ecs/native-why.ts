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

const hookMessage = (status: string | undefined): string => (status === 'TIMED_OUT' ? 'it timed out' : 'it said FAILED')
