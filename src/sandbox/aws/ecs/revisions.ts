import type { World } from '../../world.ts'
import type { Input } from '../service.ts'
import { arnOf, type Ecs, inputs, type Revision, type Service, seconds, type TaskDefinition } from './state.ts'

/** Notes down what a service runs from now on. */
export function newRevision(
  world: World,
  ecs: Ecs,
  service: Service,
  definition: TaskDefinition,
  loadBalancers: readonly Input[],
): Revision {
  const id = world.id(19, '0123456789')
  const revision: Revision = {
    arn: arnOf(ecs, `service-revision/${service.cluster.name}/${service.name}/${id}`),
    definition,
    settings: structuredClone(service.settings),
    loadBalancers,
    createdAt: world.clock.now(),
    digests: new Map(),
  }
  service.revisions.set(revision.arn, revision)
  return revision
}

/** A revision as DescribeServiceRevisions shows it. */
export function describeRevision(service: Service, revision: Revision): Input {
  const { settings, definition } = revision
  const isFargate = settings['launchType'] === 'FARGATE'
  const advanced = revision.loadBalancers.filter(({ advancedConfiguration }) => advancedConfiguration !== undefined)
  return {
    serviceRevisionArn: revision.arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    taskDefinition: definition.arn,
    capacityProviderStrategy: settings['capacityProviderStrategy'],
    launchType: settings['launchType'],
    platformVersion: isFargate ? (settings['platformVersion'] ?? '1.4.0') : undefined,
    platformFamily: isFargate ? 'Linux' : undefined,
    loadBalancers: inputs(settings['loadBalancers']),
    serviceRegistries: inputs(settings['serviceRegistries']),
    serviceConnectConfiguration: settings['serviceConnectConfiguration'],
    volumeConfigurations: inputs(settings['volumeConfigurations']),
    vpcLatticeConfigurations: inputs(settings['vpcLatticeConfigurations']),
    networkConfiguration: settings['networkConfiguration'],
    containerImages: inputs(definition.body['containerDefinitions']).map(({ name, image }) => ({
      containerName: name,
      image,
      imageDigest: revision.digests.get(String(name)),
    })),
    guardDutyEnabled: false,
    createdAt: seconds(revision.createdAt),
    ...(advanced.length === 0
      ? {}
      : {
          resolvedConfiguration: {
            loadBalancers: advanced.map(({ targetGroupArn, advancedConfiguration }) => ({
              targetGroupArn,
              productionListenerRule: advancedConfiguration.productionListenerRule,
            })),
          },
        }),
  }
}
