import { AwsError, type Input, type Operation } from '../service.ts'
import { instancesOf } from './container-instances.ts'
import { page } from './paging.ts'
import {
  arnOf,
  type Cluster,
  clusterOf,
  type Ecs,
  type EcsWorld,
  includesTags,
  inputs,
  nameIn,
  texts,
} from './state.ts'
import { addTags, tagsOf } from './tags.ts'

function describe(ecs: Ecs, cluster: Cluster): Input {
  const tasks = [...ecs.tasks.values()].filter((task) => task.cluster === cluster && task.lastStatus !== 'STOPPED')
  const services = [...ecs.services.values()].filter(
    (service) => service.cluster === cluster && service.status === 'ACTIVE',
  )
  return {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: cluster.status,
    registeredContainerInstancesCount: instancesOf(ecs, cluster).length,
    runningTasksCount: tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
    pendingTasksCount: tasks.filter(({ startedAt }) => startedAt === undefined).length,
    activeServicesCount: services.length,
    statistics: [],
    tags: [],
    settings: cluster.settings,
    capacityProviders: cluster.capacityProviders,
    defaultCapacityProviderStrategy: cluster.defaultStrategy,
  }
}

/** Clusters. */
export function clusterOperations({ state }: EcsWorld): Record<string, Operation> {
  return {
    CreateCluster(input, caller) {
      const ecs = state(caller)
      const name = String(input['clusterName'] ?? 'default')
      if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) {
        throw new AwsError('InvalidParameterException', 'Invalid identifier: Identifier is not valid')
      }
      const before = ecs.clusters.get(name)
      const settings = inputs(input['settings'])
      const cluster: Cluster =
        before?.status === 'ACTIVE'
          ? before
          : {
              arn: arnOf(ecs, `cluster/${name}`),
              name,
              settings: settings.length > 0 ? settings : [{ name: 'containerInsights', value: 'disabled' }],
              capacityProviders: texts(input['capacityProviders']),
              defaultStrategy: inputs(input['defaultCapacityProviderStrategy']),
              status: 'ACTIVE',
            }
      ecs.clusters.set(name, cluster)
      addTags(ecs, cluster.arn, input['tags'])
      return { cluster: { ...describe(ecs, cluster), tags: tagsOf(ecs, cluster.arn) } }
    },
    DescribeClusters(input, caller) {
      const ecs = state(caller)
      const wanted = texts(input['clusters'])
      if (wanted.length > 100) {
        throw new AwsError('InvalidParameterException', 'Clusters cannot have more than 100 elements.')
      }
      const found = (wanted.length === 0 ? ['default'] : wanted).map((reference) => ({
        reference,
        cluster: ecs.clusters.get(nameIn(reference)),
      }))
      const show = (cluster: Cluster): Input =>
        includesTags(input) ? { ...describe(ecs, cluster), tags: tagsOf(ecs, cluster.arn) } : describe(ecs, cluster)
      return {
        clusters: found.flatMap(({ cluster }) => (cluster === undefined ? [] : [show(cluster)])),
        failures: found
          .filter(({ cluster }) => cluster === undefined)
          .map(({ reference }) => ({
            arn: reference.startsWith('arn:') ? reference : arnOf(ecs, `cluster/${reference}`),
            reason: 'MISSING',
          })),
      }
    },
    ListClusters(input, caller) {
      const active = [...state(caller).clusters.values()].filter(({ status }) => status === 'ACTIVE')
      const { items, ...next } = page(active, input)
      return { clusterArns: items.map(({ arn }) => arn), ...next }
    },
    PutClusterCapacityProviders(input, caller) {
      const ecs = state(caller)
      const cluster = clusterOf(ecs, input['cluster'])
      cluster.capacityProviders = texts(input['capacityProviders'])
      cluster.defaultStrategy = inputs(input['defaultCapacityProviderStrategy'])
      return { cluster: describe(ecs, cluster) }
    },
    UpdateClusterSettings(input, caller) {
      const ecs = state(caller)
      const cluster = clusterOf(ecs, input['cluster'])
      const changed = new Map([...cluster.settings, ...inputs(input['settings'])].map((one) => [one['name'], one]))
      cluster.settings = [...changed.values()]
      return { cluster: describe(ecs, cluster) }
    },
    DeleteCluster(input, caller) {
      const ecs = state(caller)
      const cluster = clusterOf(ecs, input['cluster'])
      if (instancesOf(ecs, cluster).length > 0) {
        throw new AwsError(
          'ClusterContainsContainerInstancesException',
          'The Cluster cannot be deleted while Container Instances are active or draining.',
        )
      }
      if ([...ecs.services.values()].some((one) => one.cluster === cluster && one.status !== 'INACTIVE')) {
        throw new AwsError(
          'ClusterContainsServicesException',
          'The Cluster cannot be deleted while Services are active.',
        )
      }
      if ([...ecs.tasks.values()].some((one) => one.cluster === cluster && one.lastStatus !== 'STOPPED')) {
        throw new AwsError('ClusterContainsTasksException', 'The Cluster cannot be deleted while Tasks are active.')
      }
      cluster.status = 'INACTIVE'
      return { cluster: describe(ecs, cluster) }
    },
  }
}
