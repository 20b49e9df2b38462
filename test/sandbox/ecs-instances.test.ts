import {
  type ContainerInstance,
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteClusterCommand,
  DeregisterContainerInstanceCommand,
  DescribeClustersCommand,
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListContainerInstancesCommand,
  ListTasksCommand,
  PutClusterCapacityProvidersCommand,
  RegisterContainerInstanceCommand,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
  type RunTaskCommandInput,
  type Service,
  type Task,
  UpdateContainerInstancesStateCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DescribeTargetHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { drainPlan } from '../../src/sandbox/aws/ecs/draining.ts'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { type EcsWorld, ecsWorld } from '../support/ecs-world.ts'

let sandbox: Sandbox
let world: EcsWorld
beforeEach(async () => {
  sandbox = await startCheckedSandbox({ speed: 0 })
  world = await ecsWorld(sandbox, { desiredCount: 0, loadBalancer: false })
})
afterEach(async () => {
  world.close()
  await sandbox.close()
})

const instance = async (cpu = 2_048, memory = 4_096, attributes: { name: string; value?: string }[] = []) => {
  const { containerInstance } = await world.ecs.send(
    new RegisterContainerInstanceCommand({
      cluster: world.cluster,
      totalResources: [
        { name: 'CPU', type: 'INTEGER', integerValue: cpu },
        { name: 'MEMORY', type: 'INTEGER', integerValue: memory },
      ],
      attributes,
    }),
  )
  return containerInstance?.containerInstanceArn ?? ''
}
const look = async (...containerInstances: string[]): Promise<readonly ContainerInstance[]> =>
  (await world.ecs.send(new DescribeContainerInstancesCommand({ cluster: world.cluster, containerInstances })))
    .containerInstances ?? []
const left = ({ remainingResources }: ContainerInstance, name: string) =>
  remainingResources?.find((resource) => resource.name === name)?.integerValue

/** A definition for instances: bridge network, a port of the instance if told. */
const onBridge = (memory = 1_024, hostPort = 0, more: Partial<RegisterTaskDefinitionCommandInput> = {}) =>
  world.registered(world.image, {
    networkMode: 'bridge',
    requiresCompatibilities: ['EC2'],
    cpu: undefined,
    memory: undefined,
    containerDefinitions: [
      { name: 'app', image: world.image, cpu: 256, memory, portMappings: [{ containerPort: 8080, hostPort }] },
    ],
    ...more,
  })

const web = async (): Promise<Service | undefined> =>
  (await world.ecs.send(new DescribeServicesCommand({ cluster: world.cluster, services: ['web'] }))).services?.[0]
const serve = async (taskDefinition: string, desiredCount: number, more: object = {}): Promise<void> => {
  await world.ecs.send(
    new CreateServiceCommand({
      cluster: world.cluster,
      serviceName: 'web',
      taskDefinition,
      desiredCount,
      launchType: 'EC2',
      ...more,
    }),
  )
}
const said = async (): Promise<string[]> => ((await web())?.events ?? []).map(({ message }) => message ?? '')
const tasksOfWeb = async (): Promise<readonly Task[]> => {
  const place = { cluster: world.cluster }
  const { taskArns = [] } = await world.ecs.send(new ListTasksCommand({ ...place, serviceName: 'web' }))
  if (taskArns.length === 0) return []
  return (await world.ecs.send(new DescribeTasksCommand({ ...place, tasks: taskArns }))).tasks ?? []
}
const runTask = async (taskDefinition: string, more: Partial<RunTaskCommandInput> = {}) =>
  await world.ecs.send(new RunTaskCommand({ cluster: world.cluster, taskDefinition, launchType: 'EC2', ...more }))

const unable = '(service web) was unable to place a task because no container instance met all of its requirements.'
const guide = 'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.'

describe('container instances', () => {
  test('are registered, counted, listed, described and deregistered', async () => {
    const arn = await instance(1_024, 2_000)
    const place = { cluster: world.cluster }
    const counted = await world.ecs.send(new DescribeClustersCommand({ clusters: [world.cluster] }))
    expect(counted.clusters?.[0]?.registeredContainerInstancesCount).toBe(1)
    const listed = await world.ecs.send(new ListContainerInstancesCommand(place))
    expect(listed.containerInstanceArns).toEqual([arn])
    const none = await world.ecs.send(new DescribeContainerInstancesCommand({ ...place, containerInstances: ['none'] }))
    expect(none.failures).toMatchObject([{ reason: 'MISSING' }])
    expect((await look(arn))[0]).toMatchObject({ status: 'ACTIVE', agentConnected: true, runningTasksCount: 0 })
    await runTask(await onBridge(512))
    await world.pass(10_000)
    const [busy] = await look(arn)
    expect(busy).toMatchObject({ runningTasksCount: 1 })
    expect(left(busy as ContainerInstance, 'MEMORY')).toBe(1_488)
    expect(left(busy as ContainerInstance, 'CPU')).toBe(768)
    const gone = { ...place, containerInstance: arn }
    await expect(world.ecs.send(new DeleteClusterCommand(place))).rejects.toMatchObject({
      name: 'ClusterContainsContainerInstancesException',
    })
    await expect(world.ecs.send(new DeregisterContainerInstanceCommand(gone))).rejects.toMatchObject({
      message: 'Found running tasks on the instance.',
    })
    await world.ecs.send(new DeregisterContainerInstanceCommand({ ...gone, force: true }))
    expect((await world.ecs.send(new ListContainerInstancesCommand(place))).containerInstanceArns).toEqual([])
  })
})

describe('a service on instances', () => {
  test('starts nothing in a cluster without instances, says so, and starts once there is one', async () => {
    await serve(await onBridge(), 1)
    await world.pass(60_000)
    expect(await said()).toEqual([`${unable} Reason: No Container Instances were found in your cluster. ${guide}`])
    expect(await web()).toMatchObject({
      runningCount: 0,
      pendingCount: 0,
      deployments: [{ rolloutState: 'IN_PROGRESS', failedTasks: 0 }],
    })
    const arn = await instance()
    await world.pass(40_000)
    expect(await tasksOfWeb()).toMatchObject([
      {
        lastStatus: 'RUNNING',
        launchType: 'EC2',
        containerInstanceArn: arn,
        containers: [{ networkBindings: [{ containerPort: 8080, hostPort: 32_768, bindIP: '0.0.0.0' }] }],
      },
    ])
    expect((await web())?.deployments?.[0]?.rolloutState).toBe('COMPLETED')
  })

  test.each<[string, () => Promise<string>, string]>([
    ['memory', () => onBridge(3_000), 'has insufficient memory available'],
    ['CPU units', () => onBridge(100, 0, { cpu: '2048' }), 'has insufficient CPU units available'],
    ['a port', () => onBridge(100, 8080), 'is already using a port required by your task'],
  ])('starts as many tasks as there is %s for, and names the closest instance', async (_, define, why) => {
    const arn = await instance(2_048, 4_096)
    await serve(await define(), 2)
    await world.pass(30_000)
    expect(await tasksOfWeb()).toHaveLength(1)
    expect((await said())[0]).toBe(
      `${unable} The closest matching (container-instance ${arn.split('/').at(-1)}) ${why}. ${guide}`,
    )
  })

  test('rolls where old and new tasks do not fit beside each other, once it may go without one', async () => {
    await instance(2_048, 2_500)
    await serve(await onBridge(2_000), 1)
    await world.pass(30_000)
    const taskDefinition = await onBridge(2_001)
    const change = { cluster: world.cluster, service: 'web' }
    await world.ecs.send(new UpdateServiceCommand({ ...change, taskDefinition }))
    await world.pass(60_000)
    expect(await said()).toContainEqual(expect.stringContaining('has insufficient memory available'))
    expect((await tasksOfWeb()).map(({ taskDefinitionArn }) => taskDefinitionArn)).not.toContain(taskDefinition)
    const deploymentConfiguration = { minimumHealthyPercent: 0, maximumPercent: 100 }
    await world.ecs.send(new UpdateServiceCommand({ ...change, deploymentConfiguration, forceNewDeployment: true }))
    await world.pass(90_000)
    expect(await tasksOfWeb()).toMatchObject([{ taskDefinitionArn: taskDefinition, lastStatus: 'RUNNING' }])
    expect((await web())?.deployments).toMatchObject([{ rolloutState: 'COMPLETED' }])
  })

  test('replaces the tasks of an instance that was taken away', async () => {
    const first = await instance()
    await serve(await onBridge(), 1)
    await world.pass(30_000)
    const second = await instance()
    const gone = { cluster: world.cluster, containerInstance: first, force: true }
    await world.ecs.send(new DeregisterContainerInstanceCommand(gone))
    await world.pass(30_000)
    expect(await tasksOfWeb()).toMatchObject([{ containerInstanceArn: second, lastStatus: 'RUNNING' }])
  })

  test('leaves a machine that is draining, without ever having fewer tasks than it must', async () => {
    const [first, second] = [await instance(), await instance()]
    await serve(await onBridge(1_300), 4)
    await world.pass(30_000)
    const change = { cluster: world.cluster, containerInstances: [first, 'none'], status: 'DRAINING' as const }
    const { containerInstances, failures } = await world.ecs.send(new UpdateContainerInstancesStateCommand(change))
    expect(containerInstances).toMatchObject([{ status: 'DRAINING', runningTasksCount: 2 }])
    expect(failures).toMatchObject([{ reason: 'MISSING' }])
    // The other machine has room for one task more, not for two.
    await world.pass(60_000)
    expect((await tasksOfWeb()).filter(({ containerInstanceArn }) => containerInstanceArn === first)).toHaveLength(1)
    expect(await said()).toContainEqual(expect.stringContaining('has insufficient memory available'))
    await instance()
    const steps: number[] = []
    await world.until(async () => {
      steps.push((await web())?.runningCount ?? 0)
      return (await web())?.deployments?.[0]?.runningCount === 4 && (await look(first))[0]?.runningTasksCount === 0
    })
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(4)
    await world.pass(20_000)
    expect((await tasksOfWeb()).map(({ containerInstanceArn }) => containerInstanceArn)).toContain(second)
    expect(left((await look(first))[0] as ContainerInstance, 'MEMORY')).toBe(4_096)
    const all = { cluster: world.cluster }
    const { containerInstanceArns } = await world.ecs.send(
      new ListContainerInstancesCommand({ ...all, status: 'ACTIVE' }),
    )
    expect(containerInstanceArns).toHaveLength(2)
    expect((await world.ecs.send(new ListContainerInstancesCommand(all))).containerInstanceArns).toContain(first)
  })

  test('leaves a machine that is draining at once when it may go without', async () => {
    const first = await instance()
    await serve(await onBridge(), 1, { deploymentConfiguration: { minimumHealthyPercent: 0, maximumPercent: 100 } })
    await world.pass(30_000)
    const change = { cluster: world.cluster, containerInstances: [first] }
    await world.ecs.send(new UpdateContainerInstancesStateCommand({ ...change, status: 'DRAINING' }))
    await world.pass(20_000)
    expect(await tasksOfWeb()).toEqual([])
    expect(await said()).toContainEqual(expect.stringContaining('No Container Instances were found in your cluster'))
    await world.ecs.send(new UpdateContainerInstancesStateCommand({ ...change, status: 'ACTIVE' }))
    await world.pass(30_000)
    expect(await tasksOfWeb()).toMatchObject([{ containerInstanceArn: first, lastStatus: 'RUNNING' }])
  })

  test('spreads, packs, and keeps to its constraints', async () => {
    const [a, b] = [await instance(2_048, 4_096, [{ name: 'rack', value: 'x' }]), await instance(2_048, 3_000)]
    const placed = async (more: object): Promise<string[]> => {
      const taskDefinition = await onBridge(256)
      const answer = await runTask(taskDefinition, { count: 2, ...more })
      return (answer.tasks ?? []).map(({ containerInstanceArn }) => containerInstanceArn ?? '')
    }
    expect(await placed({ placementStrategy: [{ type: 'binpack', field: 'memory' }] })).toEqual([b, b])
    const spread = { type: 'memberOf', expression: 'attribute:rack == x' }
    expect(await placed({ placementConstraints: [spread] })).toEqual([a, a])
    expect((await placed({ group: 'g', placementConstraints: [{ type: 'distinctInstance' }] })).sort()).toEqual(
      [a, b].sort(),
    )
    const strange = placed({ placementConstraints: [{ type: 'memberOf', expression: 'task:group == x' }] })
    await expect(strange).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })

  test('stands behind a load balancer by its instance and its port there', async () => {
    await instance()
    const { LoadBalancers } = await world.elbv2.send(
      new CreateLoadBalancerCommand({ Name: 'web', Subnets: ['subnet-0', 'subnet-1'] }),
    )
    const { TargetGroups } = await world.elbv2.send(
      new CreateTargetGroupCommand({
        Name: 'web',
        Protocol: 'HTTP',
        Port: 80,
        VpcId: 'vpc-0',
        TargetType: 'instance',
        HealthCheckIntervalSeconds: 5,
      }),
    )
    const targetGroupArn = TargetGroups?.[0]?.TargetGroupArn ?? ''
    await world.elbv2.send(
      new CreateListenerCommand({
        LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn,
        Protocol: 'HTTP',
        Port: 80,
        DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroupArn }],
      }),
    )
    await serve(await onBridge(256), 2, {
      loadBalancers: [{ targetGroupArn, containerName: 'app', containerPort: 8080 }],
    })
    await world.pass(90_000)
    const { TargetHealthDescriptions: all } = await world.elbv2.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }),
    )
    expect(all?.map(({ Target, TargetHealth }) => [Target?.Port, TargetHealth?.State])).toEqual([
      [32_768, 'healthy'],
      [32_769, 'healthy'],
    ])
    expect(all?.[0]?.Target?.Id).toMatch(/^i-/)
    expect((await web())?.deployments).toMatchObject([{ rolloutState: 'COMPLETED' }])
  })

  test('takes the capacity that its cluster has for services that name none', async () => {
    const strategy = [{ capacityProvider: 'FARGATE', weight: 1 }]
    await world.ecs.send(
      new PutClusterCapacityProvidersCommand({
        cluster: world.cluster,
        capacityProviders: ['FARGATE'],
        defaultCapacityProviderStrategy: strategy,
      }),
    )
    const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-0'] } }
    await serve(world.taskDefinitionArn, 1, { launchType: undefined, networkConfiguration })
    await world.pass(20_000)
    expect(await tasksOfWeb()).toMatchObject([{ launchType: 'FARGATE', capacityProviderName: 'FARGATE' }])
  })
})

describe('RunTask on instances', () => {
  test('is refused in a cluster without any, and fails where none has room', async () => {
    const taskDefinition = await onBridge(4_000)
    await expect(runTask(taskDefinition)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'No Container Instances were found in your cluster.',
    })
    const arn = await instance(2_048, 1_000)
    expect(await runTask(taskDefinition)).toMatchObject({ tasks: [], failures: [{ arn, reason: 'RESOURCE:MEMORY' }] })
    const large = await onBridge(100, 0, { cpu: '4096' })
    expect(await runTask(large)).toMatchObject({ failures: [{ arn, reason: 'RESOURCE:CPU' }] })
  })

  test('gives no secret that is not there, in the words of the agent', async () => {
    await instance()
    const secrets = [{ name: 'DB', valueFrom: '/none' }]
    const container = { name: 'app', image: world.image, memory: 100, secrets }
    const { tasks } = await runTask(await onBridge(100, 0, { containerDefinitions: [container] }))
    await world.pass(20_000)
    const arns = [tasks?.[0]?.taskArn ?? '']
    const shown = await world.ecs.send(new DescribeTasksCommand({ cluster: world.cluster, tasks: arns }))
    expect(shown.tasks).toMatchObject([
      { stoppedReason: 'Fetching secret data from SSM Parameter Store in eu-west-1: invalid ssm parameters: /none' },
    ])
  })
})

test.each([
  [
    { live: 4, leaving: 2, ready: 4 },
    { start: 2, stop: 0 },
  ],
  [
    { live: 6, leaving: 2, ready: 6 },
    { start: 0, stop: 2 },
  ],
  [
    { live: 5, leaving: 2, ready: 5 },
    { start: 1, stop: 1 },
  ],
  [
    { live: 4, leaving: 4, ready: 4, maximumPercent: 100, minimumHealthyPercent: 50 },
    { start: 2, stop: 2 },
  ],
  [
    { live: 4, leaving: 4, ready: 2, maximumPercent: 100, minimumHealthyPercent: 50 },
    { start: 0, stop: 0 },
  ],
])('of four tasks %j leads to %j', (now, plan) => {
  expect(drainPlan({ desired: 4, maximumPercent: 200, minimumHealthyPercent: 100, ...now })).toEqual(plan)
})

const tasks = fc.array(
  fc.record({
    cpu: fc.constantFrom(0, 100, 512, 1_500),
    memory: fc.integer({ min: 1, max: 1_500 }),
    hostPort: fc.constantFrom(0, 0, 80, 8080),
    packs: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
)

test('instances are never given more than they have, and no port twice, whatever is run', async () => {
  const machines = fc.array(fc.integer({ min: 500, max: 4_000 }), { minLength: 1, maxLength: 3 })
  const { ecs } = world
  let round = 0
  await fc.assert(
    fc.asyncProperty(machines, tasks, async (sizes, all) => {
      const cluster = `c${round++}`
      await ecs.send(new CreateClusterCommand({ clusterName: cluster }))
      for (const integerValue of sizes) {
        const totalResources = [{ name: 'MEMORY', type: 'INTEGER', integerValue }]
        await ecs.send(new RegisterContainerInstanceCommand({ cluster, totalResources }))
      }
      for (const { cpu, memory, hostPort, packs } of all) {
        const container = {
          name: 'app',
          image: world.image,
          cpu,
          memory,
          portMappings: [{ containerPort: 1, hostPort }],
        }
        const taskDefinition = await onBridge(0, 0, { containerDefinitions: [container] })
        const placementStrategy = packs ? [{ type: 'binpack' as const, field: 'memory' }] : []
        const { tasks: started, failures } = await ecs.send(
          new RunTaskCommand({ cluster, taskDefinition, launchType: 'EC2', placementStrategy }),
        )
        expect((started ?? []).length > 0 || (failures ?? []).length === sizes.length).toBe(true)
      }
      await world.pass(8_000)
      const { containerInstanceArns = [] } = await ecs.send(new ListContainerInstancesCommand({ cluster }))
      const described = await ecs.send(
        new DescribeContainerInstancesCommand({ cluster, containerInstances: containerInstanceArns }),
      )
      for (const one of described.containerInstances ?? []) {
        expect(left(one, 'CPU')).toBeGreaterThanOrEqual(0)
        expect(left(one, 'MEMORY')).toBeGreaterThanOrEqual(0)
        const ports = one.remainingResources?.find(({ name }) => name === 'PORTS')?.stringSetValue ?? []
        expect(new Set(ports).size).toBe(ports.length)
      }
    }),
    { numRuns: 15 },
  )
})
