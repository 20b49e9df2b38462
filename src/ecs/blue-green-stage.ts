import type { DeploymentSnapshot } from './codedeploy-api.ts'
import { trafficShifted } from './deployment-events.ts'

/** The stages of a deployment that can be waited for, in their order. */
export const stages = ['none', 'test-traffic', 'ready', 'traffic-shifted', 'complete'] as const
export type Stage = (typeof stages)[number]

const rank = (stage: Stage): number => stages.indexOf(stage)

/** Whether a deployment has come as far as `wanted`. Stages may pass between two looks: one that is further on has been there. */
export const hasReached = (snapshot: DeploymentSnapshot, wanted: Stage): boolean =>
  rank(stageOf(snapshot)) >= rank(wanted)

const over = new Set(['Succeeded', 'Skipped'])
const begun = new Set(['InProgress', 'Succeeded'])

/** The status of a lifecycle event. */
export const eventStatus = ({ target }: DeploymentSnapshot, name: string): string | undefined =>
  target?.lifecycleEvents?.find(({ lifecycleEventName }) => lifecycleEventName === name)?.status

/** Test traffic reaches the new tasks. */
export const testTrafficAllowed = (snapshot: DeploymentSnapshot): boolean =>
  eventStatus(snapshot, 'AllowTestTraffic') === 'Succeeded'

/** The last stage that a deployment has come to. One that failed or was stopped has come to none: what it skipped did not happen. */
export function stageOf(snapshot: DeploymentSnapshot): Stage {
  const { status } = snapshot.deployment
  if (status === 'Succeeded') return 'complete'
  if (status === 'Failed' || status === 'Stopped') return 'none'
  const statusOf = (name: string): string => eventStatus(snapshot, name) ?? ''
  const failed = snapshot.target?.lifecycleEvents?.some((event) => event.status === 'Failed') ?? false
  if (failed) return 'none'
  if (trafficShifted(snapshot)) return 'traffic-shifted'
  if (status === 'Ready' || begun.has(statusOf('BeforeAllowTraffic')) || begun.has(statusOf('AllowTraffic')))
    return 'ready'
  return testTrafficAllowed(snapshot) && over.has(statusOf('AfterAllowTestTraffic')) ? 'test-traffic' : 'none'
}
