import type {
  AutoRollbackEvent,
  DeploymentInfo,
  DeploymentStatus,
  DeploymentWaitType,
  ECSTarget,
} from '@aws-sdk/client-codedeploy'
import { UserError } from '../action/errors.ts'
import { awsCode, awsFailure, calling } from '../aws/errors.ts'
import type { Aws } from '../aws/session.ts'

/** One look at a deployment. */
export interface DeploymentSnapshot {
  readonly deployment: DeploymentInfo
  /** Absent until the deployment has begun. */
  readonly target: ECSTarget | undefined
}

/** Alarms that stop a deployment, in place of its group's. */
export interface AlarmOverride {
  readonly names: readonly string[]
  /** Go on when the alarms' state cannot be read. */
  readonly ignorePollFailure: boolean
}

export interface CreateRequest {
  readonly application: string
  readonly group: string
  readonly content: string
  readonly sha256: string
  readonly description: string
  readonly config: string | undefined
  /** When to go back by itself; the group's own setting when absent. */
  readonly autoRollback: readonly AutoRollbackEvent[] | undefined
  readonly alarms: AlarmOverride | undefined
}

/** What of CodeDeploy's deployments is read and changed here. */
export interface CodeDeployApi {
  /** Deployments of the group that are not over, newest first. */
  active(application: string, group: string, signal: AbortSignal): Promise<readonly DeploymentInfo[]>
  create(request: CreateRequest, signal: AbortSignal): Promise<string>
  deployment(id: string, signal: AbortSignal): Promise<DeploymentInfo>
  /** Its one target, `cluster:service`; undefined until it has begun. */
  target(id: string, targetId: string, signal: AbortSignal): Promise<ECSTarget | undefined>
  /** Ends a wait early; false when the deployment does not wait any more. */
  continue(id: string, wait: DeploymentWaitType, signal: AbortSignal): Promise<boolean>
  /** Asks it to stop; one that is over already is no error. */
  stop(id: string, rollback: boolean, signal: AbortSignal): Promise<void>
}

/** The statuses of a deployment that is not over. */
export const activeStatuses: readonly DeploymentStatus[] = ['Created', 'Queued', 'InProgress', 'Baking', 'Ready']

export const isActive = (deployment: DeploymentInfo): boolean =>
  deployment.status !== undefined && activeStatuses.includes(deployment.status)

/** The deployment that stands in the way, from the message of DeploymentLimitExceededException. */
export const deploymentIn = (message: string): string | undefined => /\bd-[A-Z0-9]{9,}\b/.exec(message)?.[0]

/** The last part of an ARN or a name. */
export const shortName = (nameOrArn: string): string => nameOrArn.split('/').at(-1) ?? nameOrArn

/** How CodeDeploy names a deployment's one target. */
export const targetIdOf = (cluster: string, service: string): string => `${shortName(cluster)}:${shortName(service)}`

/** A target of which nothing is told: the deployment has not begun, or ended before it began. */
const noTarget = new Set(['DeploymentNotStartedException', 'DeploymentTargetDoesNotExistException'])
const noLongerWaits = new Set([
  'DeploymentAlreadyCompletedException',
  'DeploymentIsNotInReadyStateException',
  'InvalidDeploymentStatusException',
])

export function codeDeployApi(aws: Aws): CodeDeployApi {
  const sdk = () => import('@aws-sdk/client-codedeploy')
  return {
    async active(applicationName, deploymentGroupName, signal) {
      const { BatchGetDeploymentsCommand, ListDeploymentsCommand } = await sdk()
      const client = await aws.codedeploy()
      const includeOnlyStatuses = [...activeStatuses]
      const { deployments } = await calling(`listing the deployments of ${deploymentGroupName}`, () =>
        client.send(new ListDeploymentsCommand({ applicationName, deploymentGroupName, includeOnlyStatuses }), {
          abortSignal: signal,
        }),
      )
      if (deployments === undefined || deployments.length === 0) return []
      const { deploymentsInfo } = await calling(`reading the deployments of ${deploymentGroupName}`, () =>
        client.send(new BatchGetDeploymentsCommand({ deploymentIds: deployments.slice(0, 25) }), {
          abortSignal: signal,
        }),
      )
      return (deploymentsInfo ?? []).filter(isActive)
    },
    async create(request, signal) {
      const { CreateDeploymentCommand } = await sdk()
      const client = await aws.codedeploy()
      const { autoRollback, alarms } = request
      const command = new CreateDeploymentCommand({
        applicationName: request.application,
        deploymentGroupName: request.group,
        deploymentConfigName: request.config,
        description: request.description,
        revision: {
          revisionType: 'AppSpecContent',
          appSpecContent: { content: request.content, sha256: request.sha256 },
        },
        ...(autoRollback && {
          autoRollbackConfiguration: { enabled: autoRollback.length > 0, events: [...autoRollback] },
        }),
        ...(alarms && {
          overrideAlarmConfiguration: {
            enabled: alarms.names.length > 0,
            ignorePollAlarmFailure: alarms.ignorePollFailure,
            alarms: alarms.names.map((name) => ({ name })),
          },
        }),
      })
      const { deploymentId } = await calling(`creating a deployment in ${request.group}`, () =>
        client.send(command, { abortSignal: signal }),
      )
      if (deploymentId === undefined) throw new UserError(`CodeDeploy made no deployment in ${request.group}`)
      return deploymentId
    },
    async deployment(deploymentId, signal) {
      const { GetDeploymentCommand } = await sdk()
      const client = await aws.codedeploy()
      const { deploymentInfo } = await calling(`reading the deployment ${deploymentId}`, () =>
        client.send(new GetDeploymentCommand({ deploymentId }), { abortSignal: signal }),
      )
      if (deploymentInfo === undefined) throw new UserError(`CodeDeploy does not tell of ${deploymentId}`)
      return deploymentInfo
    },
    async target(deploymentId, targetId, signal) {
      const { BatchGetDeploymentTargetsCommand } = await sdk()
      const client = await aws.codedeploy()
      try {
        const { deploymentTargets } = await client.send(
          new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds: [targetId] }),
          { abortSignal: signal },
        )
        return deploymentTargets?.[0]?.ecsTarget
      } catch (error) {
        if (noTarget.has(awsCode(error) ?? '')) return undefined
        throw awsFailure(`reading the target of ${deploymentId}`, error)
      }
    },
    async continue(deploymentId, deploymentWaitType, signal) {
      const { ContinueDeploymentCommand } = await sdk()
      const client = await aws.codedeploy()
      try {
        await client.send(new ContinueDeploymentCommand({ deploymentId, deploymentWaitType }), { abortSignal: signal })
        return true
      } catch (error) {
        if (noLongerWaits.has(awsCode(error) ?? '')) return false
        throw awsFailure(`continuing the deployment ${deploymentId}`, error)
      }
    },
    async stop(deploymentId, autoRollbackEnabled, signal) {
      const { StopDeploymentCommand } = await sdk()
      const client = await aws.codedeploy()
      try {
        await client.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled }), { abortSignal: signal })
      } catch (error) {
        if (awsCode(error) === 'DeploymentAlreadyCompletedException') return
        throw awsFailure(`stopping the deployment ${deploymentId}`, error)
      }
    },
  }
}
