import { AwsError, type Input, type Operation } from '../service.ts'
import { arnOf, type Cluster, clusterOf, type Ecs, type EcsWorld, inputs, nameIn, texts } from './state.ts'

/** Clusters, and the tags of everything in ECS. */
export function clusterOperations({ state }: EcsWorld): Record<string, Operation> {
  const describe = (ecs: Ecs, cluster: Cluster): Input => {
    const tasks = [...ecs.tasks.values()].filter((task) => task.cluster === cluster && task.lastStatus !== 'STOPPED')
    return {
      clusterArn: cluster.arn,
      clusterName: cluster.name,
      status: 'ACTIVE',
      registeredContainerInstancesCount: 0,
      runningTasksCount: tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
      pendingTasksCount: tasks.filter(({ lastStatus }) => lastStatus !== 'RUNNING').length,
      activeServicesCount: [...ecs.services.values()].filter(
        (service) => service.cluster === cluster && service.status === 'ACTIVE',
      ).length,
      statistics: [],
      tags: cluster.tags,
      settings: cluster.settings,
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      defaultCapacityProviderStrategy: [],
    }
  }
  const tagsOf = (ecs: Ecs, resource: unknown): Map<string, string> => {
    const arn = String(resource ?? '')
    const known = ecs.tags.get(arn) ?? new Map<string, string>()
    ecs.tags.set(arn, known)
    return known
  }
  return {
    CreateCluster(input, caller) {
      const ecs = state(caller)
      const name = String(input['clusterName'] ?? 'default')
      if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) throw new AwsError('InvalidParameterException', 'Invalid cluster name.')
      const cluster = ecs.clusters.get(name) ?? {
        arn: arnOf(ecs, `cluster/${name}`),
        name,
        settings:
          inputs(input['settings']).length > 0
            ? inputs(input['settings'])
            : [{ name: 'containerInsights', value: 'disabled' }],
        tags: inputs(input['tags']),
      }
      ecs.clusters.set(name, cluster)
      return { cluster: describe(ecs, cluster) }
    },
    DescribeClusters(input, caller) {
      const ecs = state(caller)
      const wanted = texts(input['clusters'])
      const found = (wanted.length === 0 ? ['default'] : wanted).map((reference) => ({
        reference,
        cluster: ecs.clusters.get(nameIn(reference)),
      }))
      return {
        clusters: found.flatMap(({ cluster }) => (cluster === undefined ? [] : [describe(ecs, cluster)])),
        failures: found
          .filter(({ cluster }) => cluster === undefined)
          .map(({ reference }) => ({
            arn: reference.startsWith('arn:') ? reference : arnOf(ecs, `cluster/${reference}`),
            reason: 'MISSING',
          })),
      }
    },
    ListClusters: (_input, caller) => ({ clusterArns: [...state(caller).clusters.values()].map(({ arn }) => arn) }),
    DeleteCluster(input, caller) {
      const ecs = state(caller)
      const cluster = clusterOf(ecs, input['cluster'])
      if ([...ecs.services.values()].some((service) => service.cluster === cluster && service.status === 'ACTIVE')) {
        throw new AwsError(
          'ClusterContainsServicesException',
          'The Cluster cannot be deleted while Services are active.',
        )
      }
      ecs.clusters.delete(cluster.name)
      return { cluster: { ...describe(ecs, cluster), status: 'INACTIVE' } }
    },
    TagResource(input, caller) {
      const tags = tagsOf(state(caller), input['resourceArn'])
      for (const { key, value } of inputs(input['tags'])) tags.set(String(key), String(value ?? ''))
      return {}
    },
    UntagResource(input, caller) {
      const tags = tagsOf(state(caller), input['resourceArn'])
      for (const key of texts(input['tagKeys'])) tags.delete(key)
      return {}
    },
    ListTagsForResource(input, caller) {
      return { tags: [...tagsOf(state(caller), input['resourceArn'])].map(([key, value]) => ({ key, value })) }
    },
  }
}
