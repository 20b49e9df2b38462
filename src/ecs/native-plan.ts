import type { Service, ServiceDeployment } from '@aws-sdk/client-ecs'
import type { IfDeploying } from './deployment-policy.ts'
import { isMovingOn } from './native-stages.ts'

/** What to do next with a service, decided before anything is changed. */
export type NativePlan =
  | { readonly kind: 'unchanged' }
  /** A deployment of the same content is under way, begun by a run that did not see its end. */
  | { readonly kind: 'take-up'; readonly arn: string }
  | { readonly kind: 'blocked'; readonly reason: string }
  | { readonly kind: 'wait-for'; readonly arn: string }
  | { readonly kind: 'stop-first'; readonly arn: string }
  /** `force`: ECS would begin nothing by itself, since it has the same revision already. */
  | { readonly kind: 'deploy'; readonly force: boolean }

/** What the plan is made from. */
export interface NativeState {
  readonly service: Service
  /** The deployment that is under way, if there is one. */
  readonly current: ServiceDeployment | undefined
  /** The service has the wanted content as its newest revision. */
  readonly hasIt: boolean
  /** A setting differs from what was asked for. */
  readonly settingsDiffer: boolean
  readonly force: boolean
  readonly ifDeploying: IfDeploying
}

/** Decides; pure. */
export function planNative(state: NativeState): NativePlan {
  const { service, current, hasIt, settingsDiffer } = state
  if (current?.serviceDeploymentArn !== undefined) {
    const arn = current.serviceDeploymentArn
    if (hasIt && !settingsDiffer && isMovingOn(current)) return { kind: 'take-up', arn }
    if (state.ifDeploying === 'fail') {
      return {
        kind: 'blocked',
        reason: `the deployment ${idOf(arn)} of ${service.serviceName} is ${current.status}: wait for it, or set if-deploying`,
      }
    }
    // A rollback cannot be stopped.
    return { kind: state.ifDeploying === 'wait' || !isMovingOn(current) ? 'wait-for' : 'stop-first', arn }
  }
  const primary = service.deployments?.find(({ status }) => status === 'PRIMARY')
  const failed = primary?.rolloutState === 'FAILED'
  if (hasIt && !settingsDiffer && !state.force && primary?.rolloutState === 'IN_PROGRESS') {
    const reason = `ECS says that ${service.serviceName} moves to it, but tells of no deployment: look at the service before running again`
    return { kind: 'blocked', reason }
  }
  if (hasIt && !settingsDiffer && !state.force && !failed) return { kind: 'unchanged' }
  return { kind: 'deploy', force: state.force || (hasIt && failed) }
}

/** The last part of a deployment's ARN. */
export const idOf = (arn: string): string => arn.split('/').at(-1) ?? arn
