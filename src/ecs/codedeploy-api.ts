import type {
  AutoRollbackEvent,
  DeploymentGroupInfo,
  DeploymentInfo,
  DeploymentStatus,
  ECSTarget,
} from '@aws-sdk/client-codedeploy'
import { UserError } from '../action/errors.ts'
import { awsCode, calling } from '../aws/errors.ts'
import type { Aws } from '../aws/session.ts'

/** One look at a deployment. */
export interface DeploymentSnapshot {
  readonly deployment: DeploymentInfo
  /** Absent until the deployment has begun. */
  readonly target: ECSTarget | undefined
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
}

/** What of CodeDeploy is read and changed here. */
export interface CodeDeployApi {
  /** Undefined when there is no such application or group. */
  group(application: string, group: string, signal: AbortSignal): Promise<DeploymentGroupInfo | undefined>
  /** Deployments of the group that are not over, newest first. */
  active(application: string, group: string, signal: AbortSignal): Promise<readonly DeploymentInfo[]>
  create(request: CreateRequest, signal: AbortSignal): Promise<string>
  look(id: string, signal: AbortSignal): Promise<DeploymentSnapshot>
  /** Asks it to stop; one that is over already is no error. */
  stop(id: string, rollback: boolean, signal: AbortSignal): Promise<void>
}

/** The statuses of a deployment that is not over. */
export const activeStatuses: readonly DeploymentStatus[] = ['Created', 'Queued', 'InProgress', 'Baking', 'Ready']

export const isActive = (deployment: DeploymentInfo): boolean =>
  deployment.status !== undefined && activeStatuses.includes(deployment.status)

/** The deployment that stands in the way, from the message of DeploymentLimitExceededException. */
export const deploymentIn = (message: string): string | undefined => /\bd-[A-Z0-9]{9,}\b/.exec(message)?.[0]

export function codeDeployApi(aws: Aws): CodeDeployApi {
  const sdk = () => import('@aws-sdk/client-codedeploy')
  return {
    async group(applicationName, deploymentGroupName, signal) {
      const { GetDeploymentGroupCommand } = await sdk()
      const client = await aws.codedeploy()
      try {
        const { deploymentGroupInfo } = await client.send(
          new GetDeploymentGroupCommand({ applicationName, deploymentGroupName }),
          {
            abortSignal: signal,
          },
        )
        return deploymentGroupInfo
      } catch (error) {
        const code = awsCode(error)
        if (code === 'ApplicationDoesNotExistException' || code === 'DeploymentGroupDoesNotExistException')
          return undefined
        return await calling(`reading the deployment group ${deploymentGroupName}`, () =>
          Promise.reject(error as Error),
        )
      }
    },
    async active(applicationName, deploymentGroupName, signal) {
      const { BatchGetDeploymentsCommand, ListDeploymentsCommand } = await sdk()
      const client = await aws.codedeploy()
      const { deployments } = await calling(`listing the deployments of ${deploymentGroupName}`, () =>
        client.send(
          new ListDeploymentsCommand({
            applicationName,
            deploymentGroupName,
            includeOnlyStatuses: [...activeStatuses],
          }),
          { abortSignal: signal },
        ),
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
      const { deploymentId } = await calling(`creating a deployment in ${request.group}`, () =>
        client.send(
          new CreateDeploymentCommand({
            applicationName: request.application,
            deploymentGroupName: request.group,
            deploymentConfigName: request.config,
            description: request.description,
            revision: {
              revisionType: 'AppSpecContent',
              appSpecContent: { content: request.content, sha256: request.sha256 },
            },
            ...(request.autoRollback === undefined
              ? {}
              : {
                  autoRollbackConfiguration: {
                    enabled: request.autoRollback.length > 0,
                    events: [...request.autoRollback],
                  },
                }),
          }),
          { abortSignal: signal },
        ),
      )
      if (deploymentId === undefined) throw new UserError(`CodeDeploy made no deployment in ${request.group}`)
      return deploymentId
    },
    async look(deploymentId, signal) {
      const { GetDeploymentCommand, ListDeploymentTargetsCommand, BatchGetDeploymentTargetsCommand } = await sdk()
      const client = await aws.codedeploy()
      const { deploymentInfo } = await calling(`reading the deployment ${deploymentId}`, () =>
        client.send(new GetDeploymentCommand({ deploymentId }), { abortSignal: signal }),
      )
      if (deploymentInfo === undefined) throw new UserError(`CodeDeploy does not tell of ${deploymentId}`)
      try {
        const { targetIds } = await client.send(new ListDeploymentTargetsCommand({ deploymentId }), {
          abortSignal: signal,
        })
        if (targetIds === undefined || targetIds.length === 0) return { deployment: deploymentInfo, target: undefined }
        const { deploymentTargets } = await client.send(
          new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds: targetIds.slice(0, 25) }),
          { abortSignal: signal },
        )
        return { deployment: deploymentInfo, target: deploymentTargets?.[0]?.ecsTarget }
      } catch (error) {
        // It has no targets before it starts.
        if (awsCode(error) === 'DeploymentNotStartedException') return { deployment: deploymentInfo, target: undefined }
        return await calling(`reading the target of ${deploymentId}`, () => Promise.reject(error as Error))
      }
    },
    async stop(deploymentId, autoRollbackEnabled, signal) {
      const { StopDeploymentCommand } = await sdk()
      const client = await aws.codedeploy()
      try {
        await client.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled }), { abortSignal: signal })
      } catch (error) {
        if (awsCode(error) === 'DeploymentAlreadyCompletedException') return
        await calling(`stopping the deployment ${deploymentId}`, () => Promise.reject(error as Error))
      }
    },
  }
}
