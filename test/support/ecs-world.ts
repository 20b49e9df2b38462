import { setTimeout as wait } from 'node:timers/promises'
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  type CreateServiceCommandInput,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  type Service,
  type Task,
} from '@aws-sdk/client-ecs'
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DescribeListenersCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { pushImage } from './registry.ts'

export interface EcsWorldOptions {
  readonly cluster?: string
  /** Also the name of the family, the repository, the load balancer, and of the target groups (`-blue`, `-green`). */
  readonly service?: string
  readonly controller?: 'ECS' | 'CODE_DEPLOY'
  readonly desiredCount?: number
  /** Labels of the image that runs at first: src/sandbox/behaviour.ts. */
  readonly labels?: Readonly<Record<string, string>>
  readonly deploymentConfiguration?: CreateServiceCommandInput['deploymentConfiguration']
  /** `false`: no load balancer at all. `native`: blue/green by ECS itself, with alternate target group and rules. */
  readonly loadBalancer?: boolean | 'native'
  /** Seconds; 10 unless told, not AWS's 300. */
  readonly deregistrationDelay?: number
  /** Anything else for CreateService. */
  readonly more?: Partial<CreateServiceCommandInput>
  /** `false`: does not wait until the service is steady. */
  readonly settle?: boolean
}

/** A service that runs in a sandbox, with all that it stands on. */
export interface EcsWorld {
  readonly ecs: ECSClient
  readonly elbv2: ElasticLoadBalancingV2Client
  readonly logs: CloudWatchLogsClient
  readonly cluster: string
  readonly service: string
  /** The first image, by digest, and its task definition. */
  readonly image: string
  readonly taskDefinitionArn: string
  /** Listener ARNs; port 80 and port 9000. Undefined without a load balancer. */
  readonly listeners: { readonly production: string; readonly test: string } | undefined
  /** ARNs by colour; the service starts on blue. Undefined without a load balancer. */
  readonly targetGroups: { readonly blue: string; readonly green: string } | undefined
  /** Pushes an image whose labels say how it behaves; returns it by digest. */
  pushed(labels?: Readonly<Record<string, string>>): Promise<string>
  /** What RegisterTaskDefinition takes, for an image. */
  definition(image: string, more?: Partial<RegisterTaskDefinitionCommandInput>): RegisterTaskDefinitionCommandInput
  /** Registers a revision; returns its ARN. */
  registered(image: string, more?: Partial<RegisterTaskDefinitionCommandInput>): Promise<string>
  described(): Promise<Service>
  /** The service's tasks; those that have stopped with `STOPPED`. */
  tasks(desiredStatus?: 'RUNNING' | 'STOPPED'): Promise<readonly Task[]>
  /** Weights of a listener's default rule by colour, such as `blue=90 green=10`. */
  weights(listener?: 'production' | 'test'): Promise<string>
  /** Lets the sandbox's time go on by `ms`. */
  pass(ms: number): Promise<void>
  /** Lets the sandbox's time go on until `holds`, at most `withinMs` (ten minutes unless told). */
  until(holds: () => Promise<boolean>, withinMs?: number): Promise<void>
  /** Until every deployment or task set is complete and steady. */
  steady(withinMs?: number): Promise<void>
  close(): void
}

const container = 'app'
const port = 8080
const subnets = ['subnet-0a', 'subnet-0b']

const made = (arn: string | undefined): string => {
  if (arn === undefined) throw new Error('the sandbox answered without an ARN')
  return arn
}

/** Whether a service has what it should: one deployment, done; or its primary task set, steady, and nothing else. */
export const isSteady = ({ deploymentController, deployments = [], taskSets = [], ...service }: Service): boolean => {
  if (service.runningCount !== service.desiredCount || service.pendingCount !== 0) return false
  return deploymentController?.type === 'CODE_DEPLOY'
    ? taskSets.length === 1 && taskSets[0]?.stabilityStatus === 'STEADY_STATE'
    : deployments.length === 1 && deployments[0]?.rolloutState === 'COMPLETED'
}

/**
 * Makes a cluster, a load balancer with two target groups and two listeners, a task definition whose image is pushed
 * before, and a service, all over the SDK, and waits on the sandbox's clock until the service is steady.
 * Call `close` when done with it.
 */
export async function ecsWorld(sandbox: Sandbox, options: EcsWorldOptions = {}): Promise<EcsWorld> {
  const config = {
    endpoint: sandbox.endpoint(),
    region: sandbox.region,
    credentials: { accessKeyId: 'AKIASANDBOX000000000', secretAccessKey: 'sandbox' },
  }
  const ecs = new ECSClient(config)
  const elbv2 = new ElasticLoadBalancingV2Client(config)
  const logs = new CloudWatchLogsClient(config)
  const { cluster = 'live', service = 'orders', controller = 'ECS', loadBalancer = true } = options
  await ecs.send(new CreateClusterCommand({ clusterName: cluster }))
  await logs.send(new CreateLogGroupCommand({ logGroupName: `/ecs/${service}` })).catch((error: Error) => {
    if (error.name !== 'ResourceAlreadyExistsException') throw error
  })

  let images = 0
  const pushed: EcsWorld['pushed'] = async (labels = {}) => {
    images++
    const label = { ...labels, 'test.image': String(images) }
    return (await pushImage(sandbox, `${service}:${images}`, { labels: label })).byDigest
  }
  const definition: EcsWorld['definition'] = (image, more = {}) => ({
    family: service,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    executionRoleArn: `arn:aws:iam::${sandbox.accountId}:role/execution`,
    containerDefinitions: [
      {
        name: container,
        image,
        portMappings: [{ containerPort: port }],
        logConfiguration: {
          logDriver: 'awslogs',
          options: {
            'awslogs-group': `/ecs/${service}`,
            'awslogs-region': sandbox.region,
            'awslogs-stream-prefix': 'ecs',
          },
        },
      },
    ],
    ...more,
  })
  const registered: EcsWorld['registered'] = async (image, more) => {
    const { taskDefinition } = await ecs.send(new RegisterTaskDefinitionCommand(definition(image, more)))
    return made(taskDefinition?.taskDefinitionArn)
  }

  const balancing =
    loadBalancer === false
      ? undefined
      : await balance(elbv2, `${service}-${cluster}`, options.deregistrationDelay ?? 10, loadBalancer === 'native')
  const image = await pushed(options.labels)
  const taskDefinitionArn = await registered(image)
  const ruleOf = async (listener: string): Promise<string> => {
    const { Rules } = await elbv2.send(new DescribeRulesCommand({ ListenerArn: listener }))
    return made(Rules?.[0]?.RuleArn)
  }
  const advanced =
    balancing === undefined || loadBalancer !== 'native'
      ? {}
      : {
          advancedConfiguration: {
            alternateTargetGroupArn: balancing.targetGroups.green,
            productionListenerRule: await ruleOf(balancing.listeners.production),
            testListenerRule: await ruleOf(balancing.listeners.test),
            roleArn: `arn:aws:iam::${sandbox.accountId}:role/ecsInfrastructure`,
          },
        }
  await ecs.send(
    new CreateServiceCommand({
      cluster,
      serviceName: service,
      taskDefinition: taskDefinitionArn,
      desiredCount: options.desiredCount ?? 2,
      launchType: 'FARGATE',
      deploymentController: { type: controller },
      networkConfiguration: { awsvpcConfiguration: { subnets, securityGroups: ['sg-0'] } },
      ...(balancing === undefined
        ? {}
        : {
            loadBalancers: [
              {
                targetGroupArn: balancing.targetGroups.blue,
                containerName: container,
                containerPort: port,
                ...advanced,
              },
            ],
          }),
      ...(options.deploymentConfiguration === undefined
        ? {}
        : { deploymentConfiguration: options.deploymentConfiguration }),
      ...options.more,
    }),
  )

  const described = async (): Promise<Service> => {
    const { services } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }))
    if (services?.[0] === undefined) throw new Error(`there is no service ${service}`)
    return services[0]
  }
  const pass = async (ms: number): Promise<void> => {
    if (sandbox.clock.speed === 0) await sandbox.clock.advance(ms)
    else await wait(ms / sandbox.clock.speed)
  }
  const until: EcsWorld['until'] = async (holds, withinMs = 600_000) => {
    const deadline = sandbox.clock.now() + withinMs
    for (;;) {
      if (await holds()) return
      if (sandbox.clock.now() >= deadline) {
        throw new Error(`not within ${withinMs / 1_000} s: ${JSON.stringify(await described(), undefined, 1)}`)
      }
      await pass(1_000)
    }
  }
  const world: EcsWorld = {
    ecs,
    elbv2,
    logs,
    cluster,
    service,
    image,
    taskDefinitionArn,
    listeners: balancing?.listeners,
    targetGroups: balancing?.targetGroups,
    pushed,
    definition,
    registered,
    described,
    async tasks(desiredStatus = 'RUNNING') {
      const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster, serviceName: service, desiredStatus }))
      if (taskArns.length === 0) return []
      return (await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }))).tasks ?? []
    },
    async weights(listener = 'production') {
      const arn = made(balancing?.listeners[listener])
      const { Listeners } = await elbv2.send(new DescribeListenersCommand({ ListenerArns: [arn] }))
      const groups = Listeners?.[0]?.DefaultActions?.[0]?.ForwardConfig?.TargetGroups ?? []
      return groups
        .map(({ TargetGroupArn, Weight }) => {
          return `${TargetGroupArn === balancing?.targetGroups.blue ? 'blue' : 'green'}=${Weight}`
        })
        .sort()
        .join(' ')
    },
    pass,
    until,
    steady: async (withinMs) => await until(async () => isSteady(await described()), withinMs),
    close() {
      for (const client of [ecs, elbv2, logs]) client.destroy()
    },
  }
  if (options.settle !== false) await world.steady()
  return world
}

/** A load balancer, target groups blue and green, and a listener for production and one for tests; both forward to blue. */
async function balance(elbv2: ElasticLoadBalancingV2Client, name: string, delay: number, native: boolean) {
  const { LoadBalancers } = await elbv2.send(new CreateLoadBalancerCommand({ Name: name, Subnets: subnets }))
  const group = async (colour: string): Promise<string> => {
    const { TargetGroups } = await elbv2.send(
      new CreateTargetGroupCommand({
        Name: `${name}-${colour}`,
        Protocol: 'HTTP',
        Port: port,
        VpcId: 'vpc-0',
        TargetType: 'ip',
        HealthCheckPath: '/healthz',
        HealthCheckIntervalSeconds: 5,
        HealthyThresholdCount: 2,
      }),
    )
    const arn = made(TargetGroups?.[0]?.TargetGroupArn)
    const Attributes = [{ Key: 'deregistration_delay.timeout_seconds', Value: String(delay) }]
    await elbv2.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn: arn, Attributes }))
    return arn
  }
  const targetGroups = { blue: await group('blue'), green: await group('green') }
  // ECS moves traffic only between target groups that the rules know beforehand.
  const shared = {
    Type: 'forward' as const,
    ForwardConfig: {
      TargetGroups: [
        { TargetGroupArn: targetGroups.blue, Weight: 100 },
        { TargetGroupArn: targetGroups.green, Weight: 0 },
      ],
    },
  }
  const listen = async (Port: number): Promise<string> => {
    const { Listeners } = await elbv2.send(
      new CreateListenerCommand({
        LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn,
        Protocol: 'HTTP',
        Port,
        DefaultActions: [native ? shared : { Type: 'forward', TargetGroupArn: targetGroups.blue }],
      }),
    )
    return made(Listeners?.[0]?.ListenerArn)
  }
  return { targetGroups, listeners: { production: await listen(80), test: await listen(9000) } }
}
