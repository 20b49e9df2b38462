import type { ServiceDeployment, ServiceDeploymentStatus } from '@aws-sdk/client-ecs'

/** How far to wait. `bake` is native only: until the bake time is over and the old tasks go. */
export const nativeWaits = ['none', 'test-traffic', 'ready', 'traffic-shifted', 'bake', 'complete'] as const
export type NativeWait = (typeof nativeWaits)[number]

/** The stages of a native deployment in their order. A stage without a hook may pass between two looks: compare by order. Source: ECS API reference. */
const order = [
  'RECONCILE_SERVICE',
  'PRE_SCALE_UP',
  'SCALE_UP',
  'POST_SCALE_UP',
  'TEST_TRAFFIC_SHIFT',
  'POST_TEST_TRAFFIC_SHIFT',
  'PRE_PRODUCTION_TRAFFIC_SHIFT',
  'PRODUCTION_TRAFFIC_SHIFT',
  'POST_PRODUCTION_TRAFFIC_SHIFT',
  'BAKE_TIME',
  'CLEAN_UP',
]

const place = (stage: string | undefined): number => (stage === undefined ? -1 : order.indexOf(stage))

/** Whether the deployment has come to a stage or beyond it. A rolling deployment has no stages. */
export const hasReached = (deployment: ServiceDeployment, stage: string): boolean =>
  place(deployment.lifecycleStage) >= place(stage)

const underWay = new Set(['PENDING', 'IN_PROGRESS'])
const goesBack = ['STOP_REQUESTED', 'ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS']
const ended = new Set(['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'])

/** Every status of a deployment that is not over. */
export const openStatuses = [...underWay, ...goesBack] as readonly ServiceDeploymentStatus[]

/** It still moves forward. */
export const isMovingOn = ({ status }: ServiceDeployment): boolean => underWay.has(status ?? '')

/** It is over, one way or another. A status that is not known is an end only when ECS tells when that was. */
export const isOver = ({ status, finishedAt }: ServiceDeployment): boolean =>
  ended.has(status ?? '') || (finishedAt !== undefined && !(openStatuses as readonly string[]).includes(status ?? ''))

/** A hook that waits for somebody's answer. */
export const pausedHook = (deployment: ServiceDeployment): string | undefined =>
  (deployment.lifecycleHookDetails ?? []).find(({ status }) => status === 'AWAITING_ACTION')?.hookId

/** All production traffic is on the new tasks. */
export const hasShifted = (deployment: ServiceDeployment): boolean =>
  deployment.status === 'SUCCESSFUL' || (isMovingOn(deployment) && hasReached(deployment, 'BAKE_TIME'))

/** Whether a deployment has come as far as was asked. Only one that succeeded, or still moves on, has come anywhere. */
export function hasCome(deployment: ServiceDeployment, until: NativeWait): boolean {
  if (deployment.status === 'SUCCESSFUL' || until === 'none') return true
  if (!isMovingOn(deployment)) return false
  switch (until) {
    case 'test-traffic':
      return hasReached(deployment, 'POST_TEST_TRAFFIC_SHIFT')
    case 'ready':
      return pausedHook(deployment) !== undefined || hasReached(deployment, 'PRODUCTION_TRAFFIC_SHIFT')
    case 'traffic-shifted':
      return hasShifted(deployment)
    case 'bake':
      return hasReached(deployment, 'CLEAN_UP')
    case 'complete':
      return false
  }
}
