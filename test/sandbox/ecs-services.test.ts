import {
  CreateClusterCommand,
  CreateServiceCommand,
  type CreateServiceCommandInput,
  CreateTaskSetCommand,
  DeleteClusterCommand,
  DeleteServiceCommand,
  DeleteTaskSetCommand,
  DescribeServicesCommand,
  DescribeTaskSetsCommand,
  DescribeTasksCommand,
  ListServicesCommand,
  UpdateServiceCommand,
  type UpdateServiceCommandInput,
  UpdateServicePrimaryTaskSetCommand,
  UpdateTaskSetCommand,
} from '@aws-sdk/client-ecs'
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { type EcsWorld, type EcsWorldOptions, ecsWorld } from '../support/ecs-world.ts'

let sandbox: Sandbox
let world: EcsWorld
afterEach(async () => {
  world.close()
  await sandbox.close()
})
const start = async (options: EcsWorldOptions = {}): Promise<void> => {
  sandbox = await startCheckedSandbox({ speed: 0 })
  world = await ecsWorld(sandbox, options)
}
const place = () => ({ cluster: world.cluster, service: world.service })
const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-0a'] } }

describe('a service that CodeDeploy controls', () => {
  test('moves by task sets', async () => {
    await start({ controller: 'CODE_DEPLOY' })
    const before = (await world.described()).taskSets?.[0]
    expect(before).toMatchObject({ status: 'PRIMARY', stabilityStatus: 'STEADY_STATE', runningCount: 2 })
    expect(before?.id).toMatch(/^ecs-svc\/\d{19}$/)
    const next = await world.registered(await world.pushed())
    const { taskSet } = await world.ecs.send(
      new CreateTaskSetCommand({
        ...place(),
        taskDefinition: next,
        externalId: 'd-1',
        networkConfiguration,
        loadBalancers: [{ targetGroupArn: world.targetGroups?.blue, containerName: 'app', containerPort: 8080 }],
        scale: { value: 50, unit: 'PERCENT' },
        launchType: 'FARGATE',
      }),
    )
    expect(taskSet).toMatchObject({ stabilityStatus: 'STABILIZING', computedDesiredCount: 1, externalId: 'd-1' })
    const sets = async () => (await world.ecs.send(new DescribeTaskSetsCommand(place()))).taskSets
    await world.until(async () => (await sets())?.[1]?.stabilityStatus === 'STEADY_STATE')
    await world.ecs.send(
      new UpdateTaskSetCommand({ ...place(), taskSet: taskSet?.id, scale: { value: 100, unit: 'PERCENT' } }),
    )
    await world.until(async () => (await sets())?.[1]?.runningCount === 2)
    await world.ecs.send(new UpdateServicePrimaryTaskSetCommand({ ...place(), primaryTaskSet: taskSet?.taskSetArn }))
    expect((await sets())?.map(({ status }) => status)).toEqual(['ACTIVE', 'PRIMARY'])
    const remove = { ...place(), taskSet: before?.id }
    await expect(world.ecs.send(new DeleteTaskSetCommand(remove))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
    await world.ecs.send(new DeleteTaskSetCommand({ ...remove, force: true }))
    expect((await sets())?.[0]?.status).toBe('DRAINING')
    await world.until(async () => (await sets())?.length === 1)
    expect((await world.described()).taskDefinition).toBe(next)
  })

  const by = 'on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.'
  const refused: [string, Partial<UpdateServiceCommandInput>, string][] = [
    ['a task definition', { taskDefinition: 'orders' }, `Unable to update task definition ${by}`],
    ['a network', { networkConfiguration }, `Unable to update network parameters ${by}`],
    ['force', { forceNewDeployment: true }, `Cannot force a new deployment ${by}`],
  ]
  test.each(refused)('refuses %s by UpdateService', async (_, change, message) => {
    await start({ controller: 'CODE_DEPLOY', settle: false })
    await expect(world.ecs.send(new UpdateServiceCommand({ ...place(), ...change }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message,
    })
  })

  test('changes its number of tasks', async () => {
    await start({ controller: 'CODE_DEPLOY' })
    await world.ecs.send(new UpdateServiceCommand({ ...place(), desiredCount: 3, taskDefinition: undefined }))
    await world.steady()
    expect(await world.tasks()).toHaveLength(3)
  })

  test('is handed over to ECS with its tasks, and rolls from then on', async () => {
    await start({ controller: 'CODE_DEPLOY' })
    const taskDefinition = await world.registered(await world.pushed())
    const { service } = await world.ecs.send(
      new UpdateServiceCommand({ ...place(), taskDefinition, deploymentController: { type: 'ECS' } }),
    )
    expect(service).toMatchObject({ deploymentController: { type: 'ECS' }, runningCount: 2 })
    await world.steady()
    expect((await world.described()).deployments).toMatchObject([{ taskDefinition, rolloutState: 'COMPLETED' }])
  })
})

test('a service that something else controls has the task sets that it is given, and no others', async () => {
  await start({ desiredCount: 0, loadBalancer: false })
  const external = { cluster: world.cluster, service: 'external' }
  await world.ecs.send(
    new CreateServiceCommand({
      cluster: world.cluster,
      serviceName: 'external',
      desiredCount: 2,
      deploymentController: { type: 'EXTERNAL' },
    }),
  )
  const { taskSet } = await world.ecs.send(
    new CreateTaskSetCommand({
      ...external,
      taskDefinition: world.taskDefinitionArn,
      launchType: 'FARGATE',
      networkConfiguration,
      scale: { value: 100, unit: 'PERCENT' },
    }),
  )
  const sets = async () => (await world.ecs.send(new DescribeTaskSetsCommand(external))).taskSets
  await world.until(async () => (await sets())?.[0]?.stabilityStatus === 'STEADY_STATE')
  await world.ecs.send(new UpdateServicePrimaryTaskSetCommand({ ...external, primaryTaskSet: taskSet?.id }))
  expect(await sets()).toMatchObject([{ status: 'PRIMARY', runningCount: 2, launchType: 'FARGATE' }])
})

describe('a service', () => {
  const rows: [string, Partial<CreateServiceCommandInput>, string, RegExp][] = [
    ['in use', { serviceName: 'orders' }, 'InvalidParameterException', /Creation of service was not idempotent/],
    [
      'of no task definition',
      { taskDefinition: undefined },
      'InvalidParameterException',
      /TaskDefinition can not be blank/,
    ],
    ['of a revision that is not there', { taskDefinition: 'orders:9' }, 'ClientException', /TaskDefinition not found/],
    [
      'without a network',
      { networkConfiguration: undefined },
      'InvalidParameterException',
      /Network Configuration must be/,
    ],
    ['in a cluster that is not there', { cluster: 'none' }, 'ClusterNotFoundException', /Cluster not found/],
    [
      'behind a target group that no listener knows',
      { loadBalancers: [{ targetGroupArn: 'green', containerName: 'app', containerPort: 8080 }] },
      'InvalidParameterException',
      /does not have an associated load balancer/,
    ],
    [
      'with a container that it does not have',
      { loadBalancers: [{ targetGroupArn: 'blue', containerName: 'web', containerPort: 8080 }] },
      'InvalidParameterException',
      /The container web does not exist in the task definition/,
    ],
    [
      'with a port that it does not have',
      { loadBalancers: [{ targetGroupArn: 'blue', containerName: 'app', containerPort: 1 }] },
      'InvalidParameterException',
      /did not have a container port 1 defined/,
    ],
    [
      'with a strategy and a launch type',
      { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] },
      'InvalidParameterException',
      /both a launch type and capacity provider strategy/,
    ],
  ]
  test.each(rows)('is not made %s', async (_, more, name, message) => {
    await start({ settle: false })
    const { targetGroups } = world
    const loadBalancers = more.loadBalancers?.map((one) => ({
      ...one,
      targetGroupArn: one.targetGroupArn === 'green' ? targetGroups?.green : targetGroups?.blue,
    }))
    const input = { cluster: world.cluster, serviceName: 's', taskDefinition: 'orders', launchType: 'FARGATE' as const }
    const command = new CreateServiceCommand({
      ...input,
      networkConfiguration,
      ...more,
      ...(loadBalancers === undefined ? {} : { loadBalancers }),
    } as CreateServiceCommandInput)
    await expect(world.ecs.send(command)).rejects.toMatchObject({ name, message: expect.stringMatching(message) })
  })

  test('is found by name and ARN in its own cluster alone', async () => {
    await start({ loadBalancer: false, desiredCount: 0 })
    await world.ecs.send(new CreateClusterCommand({ clusterName: 'other' }))
    const found = async (cluster: string, ...services: string[]) =>
      await world.ecs.send(new DescribeServicesCommand({ cluster, services }))
    const arn = (await world.described()).serviceArn ?? ''
    const elsewhere = arn.replace(':eu-west-1:', ':us-east-1:')
    const here = await found(world.cluster, arn, elsewhere, 'none')
    expect(here.services?.map(({ serviceArn }) => serviceArn)).toEqual([arn])
    expect(here.failures).toEqual([
      { arn: elsewhere, reason: 'MISSING' },
      { arn: arn.replace('/orders', '/none'), reason: 'MISSING' },
    ])
    expect(await found('other', arn)).toMatchObject({ services: [], failures: [{ arn, reason: 'MISSING' }] })
    await expect(found('none', arn)).rejects.toMatchObject({ name: 'ClusterNotFoundException' })
    const update = new UpdateServiceCommand({ cluster: world.cluster, service: 'none', desiredCount: 1 })
    await expect(world.ecs.send(update)).rejects.toMatchObject({ name: 'ServiceNotFoundException' })
  })

  test('says of the tasks that it gives up that it was scaled in', async () => {
    await start({ loadBalancer: false })
    const id = (await world.described()).deployments?.[0]?.id
    await world.ecs.send(new UpdateServiceCommand({ ...place(), desiredCount: 1 }))
    await world.pass(10_000)
    expect(await world.tasks('STOPPED')).toMatchObject([
      {
        stopCode: 'ServiceSchedulerInitiated',
        stoppedReason: `Scaling activity initiated by (deployment ${id})`,
        containers: [{ exitCode: 143 }],
      },
    ])
    expect(await world.tasks()).toHaveLength(1)
  })

  test('is deleted by force, drains, and is gone from the list; then its cluster may go', async () => {
    await start()
    await expect(world.ecs.send(new DeleteServiceCommand(place()))).rejects.toMatchObject({
      message: 'The service cannot be stopped while the primary deployment is scaled above 0.',
    })
    const { service } = await world.ecs.send(new DeleteServiceCommand({ ...place(), force: true }))
    expect(service?.status).toBe('DRAINING')
    const remove = new DeleteClusterCommand({ cluster: world.cluster })
    await expect(world.ecs.send(remove)).rejects.toMatchObject({ name: 'ClusterContainsServicesException' })
    await world.until(async () => (await world.described()).status === 'INACTIVE')
    expect((await world.ecs.send(new ListServicesCommand({ cluster: world.cluster }))).serviceArns).toEqual([])
    await expect(world.ecs.send(new UpdateServiceCommand({ ...place(), desiredCount: 1 }))).rejects.toMatchObject({
      name: 'ServiceNotActiveException',
    })
    expect((await world.ecs.send(remove)).cluster?.status).toBe('INACTIVE')
  })

  test('launches by capacity providers', async () => {
    const capacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }]
    await start({ more: { launchType: undefined, capacityProviderStrategy }, loadBalancer: false })
    expect((await world.described()).capacityProviderStrategy).toMatchObject(capacityProviderStrategy)
    expect((await world.tasks())[0]).toMatchObject({ capacityProviderName: 'FARGATE_SPOT', launchType: 'FARGATE' })
  })

  test('gives its tags to its tasks when it shall', async () => {
    await start({
      loadBalancer: false,
      more: { tags: [{ key: 'team', value: 'a' }], propagateTags: 'SERVICE', enableECSManagedTags: true },
    })
    const tasks = (await world.tasks()).map(({ taskArn }) => taskArn ?? '')
    const shown = await world.ecs.send(new DescribeTasksCommand({ cluster: world.cluster, tasks, include: ['TAGS'] }))
    expect(shown.tasks?.[0]?.tags).toEqual([
      { key: 'team', value: 'a' },
      { key: 'aws:ecs:clusterName', value: 'live' },
      { key: 'aws:ecs:serviceName', value: 'orders' },
    ])
  })
})
