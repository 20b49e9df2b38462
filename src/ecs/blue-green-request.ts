import type { Clock } from '../action/clock.ts'
import type { Host } from '../action/host.ts'
import type { Outcome } from '../action/outcome.ts'
import type { Aws } from '../aws/session.ts'
import type { AppSpec } from './appspec.ts'
import type { CodeDeployApi, DeploymentSnapshot } from './codedeploy-api.ts'
import type { DeploymentLimits, IfDeploying, Remedy } from './deployment-policy.ts'
import type { EcsApi } from './ecs-api.ts'
import type { TaskDefinition } from './task-definition.ts'
import type { TaskFailure } from './task-failures.ts'

export type WaitUntil = 'none' | 'ready' | 'traffic-shifted' | 'complete'

/** One blue/green deployment, as it was asked for. */
export interface BlueGreenRequest extends DeploymentLimits {
  readonly cluster: string
  readonly service: string
  readonly application: string | undefined
  readonly group: string | undefined
  /** The document to deploy; with `arn`, a revision that is deployed as it is. */
  readonly document: TaskDefinition
  readonly arn: string | undefined
  readonly appSpec: AppSpec | undefined
  readonly description: string
  readonly config: string | undefined
  readonly ifDeploying: IfDeploying
  readonly waitUntil: WaitUntil
  readonly onFailure: Remedy
  /** Failed tasks of the new version that end the deployment early; 0 leaves it to CodeDeploy. */
  readonly failedTasks: number
  readonly dryRun: boolean
}

/** What a deployment works with. */
export interface BlueGreenParts {
  readonly ecs: EcsApi
  readonly codedeploy: CodeDeployApi
  readonly aws: Aws
  readonly host: Host
  readonly clock: Clock
  readonly signal: AbortSignal
}

export interface BlueGreenResult {
  readonly outcome: Outcome
  readonly reason: string | undefined
  readonly taskDefinition: string | undefined
  /** The revision that serves in the end. */
  readonly runningTaskDefinition: string | undefined
  readonly deploymentId: string | undefined
  readonly rollbackDeploymentId: string | undefined
  readonly application: string
  readonly group: string
  readonly last: DeploymentSnapshot | undefined
  readonly failures: readonly TaskFailure[]
}

/** A result without how it ended. */
export type BlueGreenBase = Omit<BlueGreenResult, 'outcome' | 'reason'>
