import type { Caller } from '../../world.ts'
import { type Application, type CodeDeployState, type Deployment, deploymentsOf, type Group, isOver } from './state.ts'

/** An application as GetApplication tells it. */
export const applicationInfo = ({ id, name, createTime }: Application) => ({
  applicationId: id,
  applicationName: name,
  createTime,
  linkedToGitHub: false,
  computePlatform: 'ECS',
})

const last = (deployment: Deployment | undefined) =>
  deployment && {
    deploymentId: deployment.id,
    status: deployment.status,
    createTime: deployment.createTime,
    endTime: deployment.completeTime,
  }

/** A group as GetDeploymentGroup tells it. */
export function groupInfo(state: CodeDeployState, group: Group) {
  const deployments = deploymentsOf(state, group)
  const succeeded = deployments.findLast(({ status }) => status === 'Succeeded')
  return {
    applicationName: group.application.name,
    deploymentGroupId: group.id,
    deploymentGroupName: group.name,
    ...group.settings,
    targetRevision: deployments.at(-1)?.revision,
    lastSuccessfulDeployment: last(succeeded),
    lastAttemptedDeployment: last(deployments.at(-1)),
    computePlatform: 'ECS',
    ec2TagFilters: [],
    onPremisesInstanceTagFilters: [],
    autoScalingGroups: [],
    terminationHookEnabled: false,
  }
}

/** A deployment as GetDeployment tells it; the overview is there only when it is over, as AWS does for ECS. */
export function deploymentInfo(deployment: Deployment) {
  const { settings, status } = deployment
  const counts = { Pending: 0, InProgress: 0, Succeeded: 0, Failed: 0, Skipped: 0, Ready: 0 }
  const outcome = status === 'Succeeded' ? 'Succeeded' : deployment.events.length === 0 ? 'Skipped' : 'Failed'
  return {
    applicationName: deployment.application.name,
    deploymentGroupName: deployment.group.name,
    deploymentConfigName: deployment.configName,
    deploymentId: deployment.id,
    previousRevision: deployment.previousRevision,
    revision: deployment.revision,
    status,
    errorInformation: deployment.error,
    createTime: deployment.createTime,
    startTime: deployment.startTime,
    completeTime: deployment.completeTime,
    deploymentOverview: isOver(deployment) ? { ...counts, [outcome]: 1 } : undefined,
    description: deployment.description,
    creator: deployment.creator,
    ignoreApplicationStopFailures: false,
    autoRollbackConfiguration: deployment.autoRollback,
    updateOutdatedInstancesOnly: false,
    rollbackInfo: deployment.rollbackInfo,
    deploymentStyle: settings.deploymentStyle,
    instanceTerminationWaitTimeStarted: deployment.terminationWaitStarted,
    blueGreenDeploymentConfiguration: settings.blueGreenDeploymentConfiguration,
    loadBalancerInfo: settings.loadBalancerInfo,
    fileExistsBehavior: 'DISALLOW',
    deploymentStatusMessages: [],
    computePlatform: 'ECS',
    overrideAlarmConfiguration: deployment.overrideAlarms,
  }
}

/** The name of a service or cluster that a group names by its name or its ARN. */
const shortName = (nameOrArn: string): string => nameOrArn.split('/').at(-1) ?? nameOrArn

/** The id of the one target of a deployment to ECS: `cluster:service`. */
export function targetId({ settings }: Deployment): string {
  const { clusterName, serviceName } = settings.ecsServices[0]
  return `${shortName(clusterName)}:${shortName(serviceName)}`
}

/** The deployment's target as GetDeploymentTarget tells it. */
export function targetInfo(deployment: Deployment, caller: Caller) {
  const { clusterName, serviceName } = deployment.settings.ecsServices[0]
  const path = `${shortName(clusterName)}/${shortName(serviceName)}`
  return {
    deploymentTargetType: 'ECSTarget',
    ecsTarget: {
      deploymentId: deployment.id,
      targetId: targetId(deployment),
      targetArn: `arn:aws:ecs:${caller.region}:${caller.accountId}:service/${path}`,
      lastUpdatedAt: deployment.updatedAt,
      lifecycleEvents: deployment.events.map(({ name, ...event }) => ({ lifecycleEventName: name, ...event })),
      status: targetStatus(deployment),
      taskSetsInfo: deployment.taskSets.map((set) => ({
        identifer: set.id,
        desiredCount: set.desired,
        pendingCount: set.pending,
        runningCount: set.running,
        status: set.status,
        trafficWeight: set.weight,
        targetGroup: { name: set.targetGroupName },
        taskSetLabel: set.label,
      })),
    },
  }
}

function targetStatus({ status }: Deployment): string {
  switch (status) {
    case 'Created':
    case 'Queued':
      return 'Pending'
    case 'Stopped':
      return 'Failed'
    default:
      return status
  }
}
