import { createHash } from 'node:crypto'
import type { DeploymentGroupInfo, DeploymentInfo } from '@aws-sdk/client-codedeploy'
import type { Service } from '@aws-sdk/client-ecs'
import { type AppSpec, withTaskDefinition } from './appspec.ts'
import type { IfDeploying } from './deployment-policy.ts'
import { canonical, type TaskDefinition } from './task-definition.ts'

/** What to do first, decided before anything is changed. */
export type BlueGreenPlan =
  | { readonly kind: 'unchanged' }
  /** Our own deployment of the same content is under way, begun by a run that did not see its end. */
  | { readonly kind: 'take-up'; readonly deploymentId: string }
  | { readonly kind: 'blocked'; readonly deploymentId: string; readonly reason: string }
  | { readonly kind: 'wait-for'; readonly deploymentId: string }
  | { readonly kind: 'stop-first'; readonly deploymentId: string; readonly rollback: boolean }
  | { readonly kind: 'deploy' }

/** What the plan is made from. */
export interface BlueGreenState {
  readonly identity: string
  readonly active: readonly DeploymentInfo[]
  /** The service's primary task set runs the same content already. */
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

const isOurs = (deployment: DeploymentInfo, identity: string): boolean =>
  (deployment.description ?? '').endsWith(mark(identity))

/** Decides; pure. */
export function planBlueGreen(state: BlueGreenState): BlueGreenPlan {
  const own = state.active.find((deployment) => isOurs(deployment, state.identity))
  if (own?.deploymentId !== undefined) return { kind: 'take-up', deploymentId: own.deploymentId }
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

/** Why a deployment group cannot deploy this service; a line each. */
export function groupProblems(group: DeploymentGroupInfo, service: Service, cluster: string): readonly string[] {
  const name = `${group.applicationName}/${group.deploymentGroupName}`
  const problems: string[] = []
  if (group.computePlatform !== 'ECS')
    problems.push(`the deployment group ${name} is for ${group.computePlatform}, not for ECS`)
  const last = (text: string | undefined): string => (text ?? '').split('/').at(-1) ?? ''
  const services = group.ecsServices ?? []
  const belongs = services.some(
    (one) => last(one.serviceName) === service.serviceName && last(one.clusterName) === last(cluster),
  )
  if (!belongs) {
    const has = services.map((one) => `${last(one.clusterName)}/${last(one.serviceName)}`).join(', ') || 'no service'
    problems.push(`the deployment group ${name} deploys ${has}, not ${last(cluster)}/${service.serviceName}`)
  }
  return problems
}

/** The convention of the official action for groups that are not named. */
export const conventionalNames = (cluster: string, service: string): { application: string; group: string } => ({
  application: `AppECS-${cluster}-${service}`,
  group: `DgpECS-${cluster}-${service}`,
})
