import type { Input } from '../service.ts'
import { deploymentConfiguration } from './deployment-work.ts'
import { type Deployment, type Ecs, inputs, type Service, seconds, type TaskGroup, type TaskSet } from './state.ts'
import { tagsOf } from './tags.ts'
import { pending, running } from './task-groups.ts'

/** How a group's tasks are launched: a launch type or capacity providers, and the platform that comes with Fargate. */
const launch = ({ launchType, capacityProviderStrategy, platformVersion }: Input): Input => ({
  ...(capacityProviderStrategy === undefined ? { launchType } : { capacityProviderStrategy }),
  ...(launchType === 'FARGATE' ? { platformVersion: platformVersion ?? '1.4.0', platformFamily: 'Linux' } : {}),
})

const describeDeployment = (deployment: Deployment): Input => ({
  id: deployment.id,
  status: deployment.status,
  taskDefinition: deployment.revision.definition.arn,
  desiredCount: deployment.desired,
  pendingCount: pending(deployment),
  runningCount: running(deployment),
  failedTasks: deployment.failed,
  createdAt: seconds(deployment.createdAt),
  updatedAt: seconds(deployment.updatedAt),
  ...launch(deployment.revision.settings),
  networkConfiguration: deployment.revision.settings['networkConfiguration'],
  serviceConnectConfiguration: deployment.revision.settings['serviceConnectConfiguration'],
  volumeConfigurations: inputs(deployment.revision.settings['volumeConfigurations']),
  vpcLatticeConfigurations: inputs(deployment.revision.settings['vpcLatticeConfigurations']),
  rolloutState: deployment.rolloutState,
  rolloutStateReason: deployment.rolloutStateReason,
})

/** A task set as DescribeTaskSets shows it. */
export const describeTaskSet = (service: Service, set: TaskSet, tags?: readonly Input[]): Input => ({
  id: set.id,
  taskSetArn: set.arn,
  serviceArn: service.arn,
  clusterArn: service.cluster.arn,
  startedBy: set.startedBy,
  externalId: set.externalId,
  status: set.status,
  taskDefinition: set.revision.definition.arn,
  computedDesiredCount: set.desired,
  pendingCount: pending(set),
  runningCount: running(set),
  createdAt: seconds(set.createdAt),
  updatedAt: seconds(set.updatedAt),
  ...launch(set.revision.settings),
  networkConfiguration: set.revision.settings['networkConfiguration'],
  loadBalancers: set.revision.loadBalancers,
  serviceRegistries: inputs(set.revision.settings['serviceRegistries']),
  scale: set.scale,
  stabilityStatus: set.steady ? 'STEADY_STATE' : 'STABILIZING',
  stabilityStatusAt: seconds(set.steadyAt),
  tags,
})

/** A service as DescribeServices shows it, its current deployment as of `seenAt`; without tags unless asked for. */
export function describeService(
  ecs: Ecs,
  service: Service,
  withTags: boolean,
  seenAt = Number.POSITIVE_INFINITY,
): Input {
  const { settings, controller } = service
  const native = controller === 'ECS'
  const groups: readonly TaskGroup[] = native ? service.deployments : service.taskSets
  const sum = (count: (group: TaskGroup) => number): number => groups.reduce((total, group) => total + count(group), 0)
  const underWay = service.serviceDeployments.find(
    ({ createdAt, finishedAt }) => createdAt <= seenAt && (finishedAt === undefined || finishedAt > seenAt),
  )
  const primary = service.taskSets.find(({ status }) => status === 'PRIMARY')
  const shown = primary?.revision.settings ?? settings
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.cluster.arn,
    loadBalancers: primary?.revision.loadBalancers ?? inputs(settings['loadBalancers']),
    serviceRegistries: inputs(shown['serviceRegistries']),
    status: service.status,
    desiredCount: service.desired,
    runningCount: sum(running),
    pendingCount: sum(pending),
    ...launch({ ...shown, platformVersion: shown['platformVersion'] ?? 'LATEST' }),
    taskDefinition: service.definition?.arn,
    deploymentConfiguration: native
      ? deploymentConfiguration(settings)
      : { maximumPercent: 200, minimumHealthyPercent: 100, ...((settings['deploymentConfiguration'] ?? {}) as Input) },
    taskSets: native ? undefined : service.taskSets.map((set) => describeTaskSet(service, set)),
    deployments: service.deployments.map(describeDeployment),
    roleArn: `arn:aws:iam::${ecs.caller.accountId}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
    events: service.events.map(({ id, createdAt, message }) => ({ id, createdAt: seconds(createdAt), message })),
    createdAt: seconds(service.createdAt),
    ...(native
      ? {
          currentServiceDeployment: underWay?.arn,
          currentServiceRevisions: service.deployments
            .filter(({ stopped }) => !stopped)
            .map((deployment) => ({
              arn: deployment.revision.arn,
              requestedTaskCount: deployment.desired,
              runningTaskCount: running(deployment),
              pendingTaskCount: pending(deployment),
            })),
        }
      : {}),
    placementConstraints: inputs(settings['placementConstraints']),
    placementStrategy: inputs(settings['placementStrategy']),
    networkConfiguration: shown['networkConfiguration'],
    healthCheckGracePeriodSeconds: settings['healthCheckGracePeriodSeconds'] ?? 0,
    schedulingStrategy: 'REPLICA',
    deploymentController: { type: controller },
    ...(withTags ? { tags: tagsOf(ecs, service.arn) } : {}),
    createdBy: service.createdBy,
    enableECSManagedTags: settings['enableECSManagedTags'] ?? false,
    propagateTags: settings['propagateTags'] ?? 'NONE',
    enableExecuteCommand: settings['enableExecuteCommand'] ?? false,
    availabilityZoneRebalancing: settings['availabilityZoneRebalancing'] ?? 'DISABLED',
  }
}
