import { createHash } from 'node:crypto'
import type { DeploymentInfo } from '@aws-sdk/client-codedeploy'
import { type AppSpec, withTaskDefinition } from './appspec.ts'
import { isActive } from './codedeploy-api.ts'
import type { IfDeploying } from './deployment-policy.ts'
import { canonical, type TaskDefinition } from './task-definition.ts'

/** What to do first, decided before anything is changed. */
export type BlueGreenPlan =
  | { readonly kind: 'unchanged' }
  /** Our own deployment of the same content is under way, begun by a run that did not see its end. */
  | { readonly kind: 'take-up'; readonly deployment: DeploymentInfo; readonly deploymentId: string }
  | { readonly kind: 'blocked'; readonly deploymentId: string; readonly reason: string }
  | { readonly kind: 'wait-for'; readonly deploymentId: string }
  | { readonly kind: 'stop-first'; readonly deploymentId: string; readonly rollback: boolean }
  | { readonly kind: 'deploy' }

/** What the plan is made from. */
export interface BlueGreenState {
  readonly identity: string
  readonly active: readonly DeploymentInfo[]
  /** The service's primary task set runs the same content with the same settings already. */
  readonly runsIt: boolean
  readonly ifDeploying: IfDeploying
}

/** What a deployment is, by its content: the same task definition and AppSpec give the same identity in every run. */
export function deploymentIdentity(document: TaskDefinition, spec: AppSpec, service: string): string {
  const content = JSON.stringify([canonical(document), withTaskDefinition(spec, ''), service])
  return createHash('sha256').update(content).digest('hex').slice(0, 16)
}

const mark = (identity: string): string => `[strangler-deploy ${identity}]`

/** The deployment's description: what the user wrote, cut so that the mark by which a later run knows it fits. */
export function markedDescription(description: string, identity: string): string {
  const room = 512 - mark(identity).length - 1
  const text = description.length > room ? `${description.slice(0, room - 1)}…` : description
  return text === '' ? mark(identity) : `${text} ${mark(identity)}`
}

/** Whether a deployment carries the mark of this identity. */
export const isOurs = (deployment: DeploymentInfo, identity: string): boolean =>
  (deployment.description ?? '').endsWith(mark(identity))

/** Decides; pure. */
export function planBlueGreen(state: BlueGreenState): BlueGreenPlan {
  const own = state.active.find((deployment) => isOurs(deployment, state.identity))
  if (own?.deploymentId !== undefined) return { kind: 'take-up', deployment: own, deploymentId: own.deploymentId }
  const other = state.active[0]
  if (other?.deploymentId === undefined) return { kind: state.runsIt ? 'unchanged' : 'deploy' }
  const { deploymentId } = other
  switch (state.ifDeploying) {
    case 'fail': {
      const who = other.creator === undefined ? '' : `, created by ${other.creator}`
      return {
        kind: 'blocked',
        deploymentId,
        reason: `the deployment ${deploymentId} is ${other.status} in the group${who}: wait for it, or set if-deploying`,
      }
    }
    case 'wait':
      return { kind: 'wait-for', deploymentId }
    case 'stop':
      return { kind: 'stop-first', deploymentId, rollback: false }
    case 'rollback':
      return { kind: 'stop-first', deploymentId, rollback: true }
  }
}

/** What to do with the deployment that is to be steered, decided before anything is changed. */
export type SteeringPlan =
  | { readonly kind: 'nothing'; readonly reason: string }
  | { readonly kind: 'blocked'; readonly deploymentId: string; readonly reason: string }
  | { readonly kind: 'continue'; readonly deploymentId: string; readonly wait: 'READY_WAIT' | 'TERMINATION_WAIT' }
  | { readonly kind: 'stop'; readonly deploymentId: string; readonly rollback: boolean }

/** Decides; pure. `deployment` is the one that was named, or the active one of the group. */
export function planSteering(
  operation: 'continue' | 'stop' | 'rollback',
  deployment: DeploymentInfo | undefined,
  group: string,
): SteeringPlan {
  const deploymentId = deployment?.deploymentId
  if (deployment === undefined || deploymentId === undefined)
    return { kind: 'nothing', reason: `no deployment is under way in ${group}: there is nothing to ${operation} here` }
  const { status, instanceTerminationWaitTimeStarted } = deployment
  if (!isActive(deployment))
    return { kind: 'nothing', reason: `the deployment ${deploymentId} is ${status} already: nothing to ${operation}` }
  if (operation !== 'continue') return { kind: 'stop', deploymentId, rollback: operation === 'rollback' }
  if (status === 'Ready') return { kind: 'continue', deploymentId, wait: 'READY_WAIT' }
  if (instanceTerminationWaitTimeStarted === true) return { kind: 'continue', deploymentId, wait: 'TERMINATION_WAIT' }
  return {
    kind: 'blocked',
    deploymentId,
    reason: `the deployment ${deploymentId} is ${status} and waits for nobody: it can be continued when it is Ready, or in the termination wait`,
  }
}
