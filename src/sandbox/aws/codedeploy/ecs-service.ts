import type { Caller, World } from '../../world.ts'
import type { AppSpec } from './appspec.ts'
import { callingEcs, DeploymentFailure } from './failure.ts'

/** A task set as ECS describes it, as far as a deployment reads it. */
export interface TaskSet {
  readonly id: string
  readonly status: string
  readonly taskDefinition: string
  readonly computedDesiredCount: number
  readonly pendingCount: number
  readonly runningCount: number
  readonly stabilityStatus: string
  readonly loadBalancers?: readonly { targetGroupArn?: string; containerName?: string; containerPort?: number }[]
  readonly launchType?: string
  readonly platformVersion?: string
  readonly capacityProviderStrategy?: readonly unknown[]
  readonly networkConfiguration?: Record<string, unknown>
}

/** One ECS service, driven by ECS's public operations. All throw DeploymentFailure. */
export interface EcsService {
  /** The service's task sets; those with `ids`, if given. */
  taskSets(ids?: readonly string[]): Promise<readonly TaskSet[]>
  /** Makes the replacement like `original`, but for what the AppSpec says. */
  createReplacement(spec: AppSpec, original: TaskSet, targetGroupArn: string, deploymentId: string): Promise<TaskSet>
  makePrimary(id: string): Promise<void>
  remove(id: string): Promise<void>
}

export function ecsService(
  world: World,
  caller: Caller,
  { clusterName, serviceName }: { clusterName: string; serviceName: string },
): EcsService {
  const at = { cluster: clusterName, service: serviceName }
  const call = <T>(operation: string, input: Record<string, unknown>): Promise<T> =>
    callingEcs(world.invoke<T>('ecs', operation, { ...at, ...input }, caller))
  return {
    async taskSets(ids) {
      const { taskSets = [] } = await call<{ taskSets?: TaskSet[] }>(
        'DescribeTaskSets',
        ids === undefined ? {} : { taskSets: ids },
      )
      return taskSets
    },
    async createReplacement(spec, original, targetGroupArn, deploymentId) {
      const strategy = spec.capacityProviderStrategy ?? original.capacityProviderStrategy
      const launch =
        strategy !== undefined && strategy.length > 0
          ? { capacityProviderStrategy: strategy }
          : original.launchType === undefined
            ? {}
            : { launchType: original.launchType }
      const network = spec.networkConfiguration ?? original.networkConfiguration
      const platformVersion = spec.platformVersion ?? original.platformVersion
      const { taskSet } = await call<{ taskSet?: TaskSet }>('CreateTaskSet', {
        externalId: deploymentId,
        taskDefinition: spec.taskDefinition,
        loadBalancers: [{ targetGroupArn, containerName: spec.containerName, containerPort: spec.containerPort }],
        scale: { value: 100, unit: 'PERCENT' },
        ...launch,
        ...(network === undefined ? {} : { networkConfiguration: network }),
        ...(platformVersion === undefined || platformVersion === '' ? {} : { platformVersion }),
      })
      if (taskSet === undefined) throw new DeploymentFailure('ECS_UPDATE_ERROR', 'ECS created no task set.')
      return taskSet
    },
    makePrimary: async (primaryTaskSet) => void (await call('UpdateServicePrimaryTaskSet', { primaryTaskSet })),
    remove: async (taskSet) => void (await call('DeleteTaskSet', { taskSet, force: true })),
  }
}
