import type { AutoRollbackEvent } from '@aws-sdk/client-codedeploy'
import type { Clock } from '../action/clock.ts'
import type { Host } from '../action/host.ts'
import type { Outcome } from '../action/outcome.ts'
import type { Aws } from '../aws/session.ts'
import type { AppSpec } from './appspec.ts'
import type { AppSpecWishes } from './appspec-of-service.ts'
import type { GroupQuery } from './blue-green-group.ts'
import type { Stage } from './blue-green-stage.ts'
import type { AlarmOverride, CodeDeployApi, DeploymentSnapshot } from './codedeploy-api.ts'
import type { CodeDeployGroups } from './codedeploy-groups.ts'
import type { DeploymentLimits, IfDeploying, Remedy } from './deployment-policy.ts'
import type { EcsApi } from './ecs-api.ts'
import type { Evidence } from './failure-evidence.ts'
import type { Explanation } from './failure-explanation.ts'
import type { TaskRun } from './run-task.ts'
import type { TaskBefore } from './task-before.ts'
import type { TaskDefinition } from './task-definition.ts'

/** How a deployment is stayed with, whoever began it. */
export interface FollowRequest extends GroupQuery, DeploymentLimits {
  readonly waitUntil: Stage
  readonly onFailure: Remedy
  /** Failed tasks of the new version that end the deployment early; 0 leaves it to CodeDeploy. */
  readonly failedTasks: number
  /** What must answer before production traffic is let through. */
  readonly testTraffic: TestTraffic | undefined
  readonly dryRun: boolean
}

/** An address behind the test listener. */
export interface TestTraffic {
  readonly url: string
  /** Answers in a row that are a success. */
  readonly successes: number
  readonly timeoutMs: number
}

/** One blue/green deployment, as it was asked for. */
export interface BlueGreenRequest extends FollowRequest {
  /** The document to deploy; with `arn`, a revision that is deployed as it is. */
  readonly document: TaskDefinition
  readonly arn: string | undefined
  readonly appSpec: AppSpec | undefined
  /** For an AppSpec that is made from the live service. */
  readonly wishes: AppSpecWishes
  readonly description: string
  readonly config: string | undefined
  readonly alarms: AlarmOverride | undefined
  /** When to roll back, in place of what follows from `onFailure`. */
  readonly autoRollback: readonly AutoRollbackEvent[] | undefined
  readonly desiredCount: number | undefined
  /** Deploys although the service runs the same already. */
  readonly force: boolean
  /** Revisions of the family that stay after a success; all when absent. */
  readonly keepRevisions: number | undefined
  readonly ifDeploying: IfDeploying
  /** Run to its end with the revision before the deployment is created. */
  readonly taskBefore?: TaskBefore | undefined
}

/** A change to a deployment that is under way. */
export interface SteerRequest extends FollowRequest {
  readonly operation: 'continue' | 'stop' | 'rollback'
  /** The active one of the group when absent. */
  readonly deploymentId: string | undefined
}

/** What a deployment works with. */
export interface BlueGreenParts {
  readonly ecs: EcsApi
  readonly codedeploy: CodeDeployApi
  readonly groups: CodeDeployGroups
  readonly aws: Aws
  readonly host: Host
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** Why a deployment failed, with what that was found in. */
export interface FailureFound extends Explanation {
  readonly evidence: Evidence
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
  /** The task that was run before. */
  readonly taskBefore?: TaskRun | undefined
  /** Why it failed, where that was found out. */
  readonly explanation: FailureFound | undefined
  /** Old revisions that were deregistered. */
  readonly deregistered: readonly string[]
  /** What a dry run would have done, a line each. */
  readonly planned: readonly string[]
}

/** A result without how it ended. */
export type BlueGreenBase = Omit<BlueGreenResult, 'outcome' | 'reason'>
