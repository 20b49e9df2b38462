import {
  CreateClusterCommand,
  CreateServiceCommand,
  RegisterContainerInstanceCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs'
import { type Clients, type LegacyPlatform, provisionLogGroup } from './provision.ts'
import { provisionBalancer } from './provision-balancer.ts'

/** A service on EC2 instances that ECS itself moves. */
export interface InstancesRequest {
  readonly environment: string
  readonly service: string
  readonly image: string
  readonly taskDefinition: RegisterTaskDefinitionCommandInput
}

/** A cluster of two instances, a load balancer, and a rolling service on them that runs `image`: as Terraform would make it. */
export async function provisionInstances(
  { ecs, elbv2, logs }: Clients,
  { environment, service, image, taskDefinition }: InstancesRequest,
): Promise<LegacyPlatform> {
  const name = `${service}-${environment}`
  await ecs.send(new CreateClusterCommand({ clusterName: environment }))
  for (const zone of ['eu-west-1a', 'eu-west-1b']) {
    const attributes = [{ name: 'ecs.availability-zone', value: zone }]
    await ecs.send(new RegisterContainerInstanceCommand({ cluster: environment, attributes }))
  }
  await provisionLogGroup(logs, `/ecs/${service}`)
  const balancer = await provisionBalancer(elbv2, { name, targetType: 'instance', groups: ['web'], ports: [80] })
  const containers = (taskDefinition.containerDefinitions ?? []).map((container) => ({ ...container, image }))
  const registered = await ecs.send(
    new RegisterTaskDefinitionCommand({ ...taskDefinition, family: name, containerDefinitions: containers }),
  )
  await ecs.send(
    new CreateServiceCommand({
      cluster: environment,
      serviceName: service,
      taskDefinition: registered.taskDefinition?.taskDefinitionArn,
      desiredCount: 2,
      launchType: 'EC2',
      placementStrategy: [{ type: 'spread', field: 'attribute:ecs.availability-zone' }],
      loadBalancers: [{ targetGroupArn: balancer.targetGroupArns[0], containerName: 'app', containerPort: 8080 }],
    }),
  )
  return { environment, listenerArn: balancer.listenerArns[0] ?? '', cluster: environment, service }
}
