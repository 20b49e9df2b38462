import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CodeDeployClient, CreateApplicationCommand, CreateDeploymentGroupCommand } from '@aws-sdk/client-codedeploy'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs'
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { SSMClient } from '@aws-sdk/client-ssm'
import { provisionBalancer } from './provision-balancer.ts'

/** The platform as a team has it before the first deployment: made with the SDK, as Terraform would. */
export interface LegacyPlatform {
  readonly environment: string
  readonly listenerArn: string
  /** Digest by target group is found through the service's task sets. */
  readonly cluster: string
  readonly service: string
}

export interface Clients {
  readonly ecs: ECSClient
  readonly elbv2: ElasticLoadBalancingV2Client
  readonly codedeploy: CodeDeployClient
  readonly logs: CloudWatchLogsClient
  readonly ssm: SSMClient
}

/** Clients for the endpoint that the environment names. */
export function clients(env: Readonly<Record<string, string>>): Clients {
  const options = {
    endpoint: env['AWS_ENDPOINT_URL'] ?? '',
    region: env['AWS_REGION'] ?? '',
    credentials: {
      accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
    },
    customUserAgent: 'demo-observer',
  }
  return {
    ecs: new ECSClient(options),
    elbv2: new ElasticLoadBalancingV2Client(options),
    codedeploy: new CodeDeployClient(options),
    logs: new CloudWatchLogsClient(options),
    ssm: new SSMClient(options),
  }
}

/** A log group, unless it is there. */
export async function provisionLogGroup(logs: CloudWatchLogsClient, logGroupName: string): Promise<void> {
  await logs.send(new CreateLogGroupCommand({ logGroupName })).catch((error: Error) => {
    if (error.name !== 'ResourceAlreadyExistsException') throw error
  })
}

/** A cluster, a load balancer with two target groups, and a service that CodeDeploy moves, running `image`. */
export async function provisionLegacy(
  aws: Clients,
  environment: string,
  image: string,
  taskDefinition: RegisterTaskDefinitionCommandInput,
): Promise<LegacyPlatform> {
  const { ecs, elbv2, codedeploy, logs } = aws
  const service = 'orders'
  const name = `${service}-${environment}`
  await ecs.send(new CreateClusterCommand({ clusterName: environment }))
  await provisionLogGroup(logs, `/ecs/${service}`)
  const balancer = await provisionBalancer(elbv2, {
    name,
    targetType: 'ip',
    groups: ['blue', 'green'],
    ports: [80, 9000],
  })
  const [production = '', test = ''] = balancer.listenerArns

  const containers = (taskDefinition.containerDefinitions ?? []).map((container) => ({ ...container, image }))
  const registered = await ecs.send(
    new RegisterTaskDefinitionCommand({ ...taskDefinition, containerDefinitions: containers }),
  )
  await ecs.send(
    new CreateServiceCommand({
      cluster: environment,
      serviceName: service,
      taskDefinition: registered.taskDefinition?.taskDefinitionArn,
      desiredCount: 2,
      launchType: 'FARGATE',
      deploymentController: { type: 'CODE_DEPLOY' },
      loadBalancers: [{ targetGroupArn: balancer.targetGroupArns[0], containerName: 'app', containerPort: 8080 }],
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0a', 'subnet-0b'], securityGroups: ['sg-0'] } },
    }),
  )
  await codedeploy.send(new CreateApplicationCommand({ applicationName: name, computePlatform: 'ECS' }))
  await codedeploy.send(
    new CreateDeploymentGroupCommand({
      applicationName: name,
      deploymentGroupName: name,
      serviceRoleArn: 'arn:aws:iam::123456789012:role/codedeploy',
      deploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
      deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
      autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST'] },
      blueGreenDeploymentConfiguration: {
        deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT' },
        terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE', terminationWaitTimeInMinutes: 5 },
      },
      ecsServices: [{ clusterName: environment, serviceName: service }],
      loadBalancerInfo: {
        targetGroupPairInfoList: [
          {
            targetGroups: [{ name: `${name}-blue` }, { name: `${name}-green` }],
            prodTrafficRoute: { listenerArns: [production] },
            testTrafficRoute: { listenerArns: [test] },
          },
        ],
      },
    }),
  )
  return { environment, listenerArn: production, cluster: environment, service }
}

/** Resolves when the service runs all its tasks. */
export async function waitForService(
  aws: Clients,
  platform: LegacyPlatform,
  pause: () => Promise<void>,
): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const { services } = await aws.ecs.send(
      new DescribeServicesCommand({ cluster: platform.cluster, services: [platform.service] }),
    )
    if (services?.[0]?.runningCount === 2) return
    await pause()
  }
  throw new Error(`the service in ${platform.environment} does not come up`)
}
