import type { ServiceDeployment } from '@aws-sdk/client-ecs'
import type { Clock } from '../action/clock.ts'
import type { Host } from '../action/host.ts'
import type { Outcome } from '../action/outcome.ts'
import type { Aws } from '../aws/session.ts'
import type { DeploymentLimits, IfDeploying, Remedy } from './deployment-policy.ts'
import type { EcsApi } from './ecs-api.ts'
import type { Explanation } from './failure-explanation.ts'
import type { NativeWait } from './native-stages.ts'
import type { ServiceDeploymentApi } from './service-deployment-api.ts'
import type { ServiceSettings, SettingChange } from './service-update.ts'
import type { TaskDefinition } from './task-definition.ts'

/** One deployment by ECS itself, as it was asked for. */
export interface NativeRequest extends DeploymentLimits {
  readonly cluster: string
  readonly service: string
  /** What to deploy; absent to deploy the service's own revision again. */
  readonly wanted: { readonly document: TaskDefinition; readonly arn: string | undefined } | undefined
  readonly settings: ServiceSettings
  readonly force: boolean
  readonly ifDeploying: IfDeploying
  readonly waitUntil: NativeWait
  readonly onFailure: Remedy
  /** Failed tasks of the new revision that end the deployment early; 0 leaves it to ECS. */
  readonly failedTasks: number
  readonly dryRun: boolean
}

/** What a deployment works with. */
export interface NativeParts {
  readonly ecs: EcsApi
  readonly deployments: ServiceDeploymentApi
  readonly aws: Aws
  readonly host: Host
  readonly clock: Clock
  readonly signal: AbortSignal
}

export interface NativeResult {
  readonly cluster: string
  readonly service: string
  readonly outcome: Outcome
  readonly reason: string | undefined
  readonly taskDefinition: string | undefined
  /** The revision that serves in the end, as far as it is known. */
  readonly runningTaskDefinition: string | undefined
  readonly deploymentArn: string | undefined
  readonly changes: readonly SettingChange[]
  readonly last: ServiceDeployment | undefined
  /** Why it failed; absent when it did not, or nothing was looked into. */
  readonly why: Explanation | undefined
}

/** A result without how it ended. */
export type NativeBase = Omit<NativeResult, 'outcome' | 'reason'>
