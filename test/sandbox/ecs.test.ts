import { CloudWatchLogsClient, CreateLogGroupCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  CreateTaskSetCommand,
  DeleteTaskSetCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServicesCommand,
  DescribeTaskSetsCommand,
  DescribeTasksCommand,
  ECSClient,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
  type Service,
  type Task,
  UpdateServiceCommand,
  UpdateServicePrimaryTaskSetCommand,
} from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { clients, provisionLegacy } from '../../scripts/provision.ts'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { pushImage } from '../support/registry.ts'

let sandbox: Sandbox
let ecs: ECSClient

beforeEach(async () => {
  sandbox = await startCheckedSandbox({ speed: 0 })
  ecs = new ECSClient({
    endpoint: sandbox.endpoint(),
    region: 'eu-west-1',
    credentials: { accessKeyId: 'A', secretAccessKey: 'b' },
  })
  await ecs.send(new CreateClusterCommand({ clusterName: 'c' }))
})
afterEach(async () => {
  ecs.destroy()
  await sandbox.close()
})

const network = { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'] } }

const definition = (
  image: string,
  more: Partial<RegisterTaskDefinitionCommandInput> = {},
): RegisterTaskDefinitionCommandInput => ({
  family: 'app',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  containerDefinitions: [{ name: 'app', image, portMappings: [{ containerPort: 8080 }] }],
  ...more,
})

const register = async (image: string, more?: Partial<RegisterTaskDefinitionCommandInput>): Promise<string> =>
  (await ecs.send(new RegisterTaskDefinitionCommand(definition(image, more)))).taskDefinition?.taskDefinitionArn ?? ''

const push = async (name: string, labels: Record<string, string> = {}): Promise<string> =>
  (await pushImage(sandbox, name, { labels })).byDigest

const runTask = async (taskDefinition: string): Promise<() => Promise<Task>> => {
  const { tasks } = await ecs.send(
    new RunTaskCommand({ cluster: 'c', taskDefinition, launchType: 'FARGATE', networkConfiguration: network }),
  )
  const arn = tasks?.[0]?.taskArn ?? ''
  return async () => (await ecs.send(new DescribeTasksCommand({ cluster: 'c', tasks: [arn] }))).tasks?.[0] as Task
}

const service = async (name = 's'): Promise<Service> =>
  (await ecs.send(new DescribeServicesCommand({ cluster: 'c', services: [name] }))).services?.[0] as Service

describe('a task', () => {
  test('starts, runs the digest that its image resolves to, and writes its log', async () => {
    const logs = new CloudWatchLogsClient({
      endpoint: sandbox.endpoint(),
      region: 'eu-west-1',
      credentials: { accessKeyId: 'A', secretAccessKey: 'b' },
    })
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/ecs/app' }))
    const image = await push('app:1', { 'sandbox.log': 'hello\nworld' })
    const options = { 'awslogs-group': '/ecs/app', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'p' }
    const task = await runTask(
      await register(image, {
        executionRoleArn: 'arn:aws:iam::123456789012:role/x',
        containerDefinitions: [{ name: 'app', image, logConfiguration: { logDriver: 'awslogs', options } }],
      }),
    )
    expect((await task()).lastStatus).toBe('PROVISIONING')
    await sandbox.clock.advance(6_000)
    const running = await task()
    expect([running.lastStatus, running.containers?.[0]?.imageDigest]).toEqual(['RUNNING', image.split('@')[1]])
    const stream = `p/app/${running.taskArn?.split('/').at(-1)}`
    const { events } = await logs.send(new GetLogEventsCommand({ logGroupName: '/ecs/app', logStreamName: stream }))
    expect(events?.map(({ message }) => message)).toEqual(['hello', 'world'])
    logs.destroy()
  })

  const failures: [string, Record<string, string>, RegExp, number | undefined, RegExp | undefined][] = [
    ['ends with its own exit code', { 'sandbox.exit-code': '3' }, /Essential container in task exited/, 3, undefined],
    ['is killed for memory', { 'sandbox.oom': 'true' }, /Essential container in task exited/, 137, /OutOfMemoryError/],
    ['misses a variable', { 'sandbox.requires-env': 'DB' }, /Essential container in task exited/, 1, undefined],
  ]
  test.each(failures)('%s', async (_, labels, stoppedReason, exitCode, reason) => {
    const task = await runTask(await register(await push('app:1', labels)))
    await sandbox.clock.advance(12_000)
    const ended = await task()
    expect(ended.lastStatus).toBe('STOPPED')
    expect(ended.stoppedReason).toMatch(stoppedReason)
    expect(ended.containers?.[0]?.exitCode).toBe(exitCode)
    if (reason !== undefined) expect(ended.containers?.[0]?.reason).toMatch(reason)
  })

  test('cannot pull an image that is not there', async () => {
    await push('app:1')
    const task = await runTask(await register(`${sandbox.endpoint().slice(7)}/app:2`))
    await sandbox.clock.advance(10_000)
    const ended = await task()
    expect([ended.stopCode, ended.lastStatus]).toEqual(['TaskFailedToStart', 'STOPPED'])
    expect(ended.stoppedReason).toMatch(/^CannotPullContainerError: .*not found/)
  })

  test('cannot start when its log group is missing', async () => {
    const image = await push('app:1')
    const options = { 'awslogs-group': '/none', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'p' }
    const task = await runTask(
      await register(image, {
        executionRoleArn: 'arn:aws:iam::123456789012:role/x',
        containerDefinitions: [{ name: 'app', image, logConfiguration: { logDriver: 'awslogs', options } }],
      }),
    )
    await sandbox.clock.advance(10_000)
    expect((await task()).stoppedReason).toMatch(/^ResourceInitializationError: failed to validate logger args/)
  })
})

describe('a rolling service', () => {
  const create = async (taskDefinition: string, breaker = false): Promise<void> => {
    await ecs.send(
      new CreateServiceCommand({
        cluster: 'c',
        serviceName: 's',
        taskDefinition,
        desiredCount: 2,
        launchType: 'FARGATE',
        networkConfiguration: network,
        deploymentConfiguration: { deploymentCircuitBreaker: { enable: breaker, rollback: breaker } },
      }),
    )
    await sandbox.clock.advance(30_000)
  }
  const statuses = async (): Promise<(string | undefined)[]> =>
    ((await ecs.send(new ListServiceDeploymentsCommand({ cluster: 'c', service: 's' }))).serviceDeployments ?? []).map(
      ({ status }) => status,
    )

  test('replaces its tasks and ends with the new revision alone', async () => {
    await create(await register(await push('app:1')))
    expect([(await service()).runningCount, (await service()).deployments?.[0]?.rolloutState]).toEqual([2, 'COMPLETED'])
    const next = await register(await push('app:2'))
    const updated = await ecs.send(new UpdateServiceCommand({ cluster: 'c', service: 's', taskDefinition: next }))
    const current = updated.service?.currentServiceDeployment ?? ''
    expect(current).toContain('service-deployment')
    await sandbox.clock.advance(60_000)
    const done = await service()
    expect([done.deployments?.length, done.deployments?.[0]?.taskDefinition, done.runningCount]).toEqual([1, next, 2])
    const { serviceDeployments } = await ecs.send(
      new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [current] }),
    )
    expect(serviceDeployments?.[0]?.status).toBe('SUCCESSFUL')
  })

  test('goes back to the last good revision when its circuit breaker opens', async () => {
    const good = await register(await push('app:1'))
    await create(good, true)
    const bad = await register(await push('app:2', { 'sandbox.exit-code': '1' }))
    await ecs.send(new UpdateServiceCommand({ cluster: 'c', service: 's', taskDefinition: bad }))
    await sandbox.clock.advance(300_000)
    const done = await service()
    expect([done.taskDefinition, done.runningCount]).toEqual([good, 2])
    expect(await statuses()).toEqual(['ROLLBACK_SUCCESSFUL', 'SUCCESSFUL'])
  })

  test('keeps its old tasks while a broken revision without a circuit breaker goes on failing', async () => {
    const good = await register(await push('app:1'))
    await create(good)
    await ecs.send(
      new UpdateServiceCommand({
        cluster: 'c',
        service: 's',
        taskDefinition: await register(await push('app:2', { 'sandbox.exit-code': '1' })),
      }),
    )
    await sandbox.clock.advance(300_000)
    const { taskArns } = await ecs.send(new ListTasksCommand({ cluster: 'c', serviceName: 's' }))
    const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster: 'c', tasks: taskArns ?? [] }))
    expect(
      tasks?.filter(({ taskDefinitionArn, lastStatus }) => taskDefinitionArn === good && lastStatus === 'RUNNING'),
    ).toHaveLength(2)
    expect(await statuses()).toEqual(['IN_PROGRESS', 'SUCCESSFUL'])
  })
})

describe('a service that CodeDeploy controls', () => {
  test('moves by task sets, and refuses a task definition by UpdateService', async () => {
    const aws = clients(sandbox.environment())
    const image = await push('orders:1')
    const legacy = await provisionLegacy(
      { ...aws, codedeploy: { send: async () => ({}) } as never },
      'c',
      image,
      definition(image),
    )
    await sandbox.clock.advance(30_000)
    const before = (await service(legacy.service)).taskSets?.[0]
    expect([before?.status, before?.stabilityStatus, before?.runningCount]).toEqual(['PRIMARY', 'STEADY_STATE', 2])
    const next = await register(await push('orders:2'))
    await expect(
      ecs.send(new UpdateServiceCommand({ cluster: 'c', service: legacy.service, taskDefinition: next })),
    ).rejects.toThrow('Unable to update task definition on services with a CODE_DEPLOY deployment controller')
    const target = { cluster: 'c', service: legacy.service }
    const { taskSet } = await ecs.send(
      new CreateTaskSetCommand({
        ...target,
        taskDefinition: next,
        networkConfiguration: network,
        scale: { value: 100, unit: 'PERCENT' },
        launchType: 'FARGATE',
      }),
    )
    expect(taskSet?.stabilityStatus).toBe('STABILIZING')
    await sandbox.clock.advance(30_000)
    const sets = await ecs.send(new DescribeTaskSetsCommand(target))
    expect(sets.taskSets?.map(({ stabilityStatus }) => stabilityStatus)).toEqual(['STEADY_STATE', 'STEADY_STATE'])
    await ecs.send(new UpdateServicePrimaryTaskSetCommand({ ...target, primaryTaskSet: taskSet?.id }))
    await ecs.send(new DeleteTaskSetCommand({ ...target, taskSet: before?.id, force: true }))
    await sandbox.clock.advance(30_000)
    const after = await service(legacy.service)
    expect([after.taskDefinition, after.taskSets?.map(({ id }) => id)]).toEqual([next, [taskSet?.id]])
    for (const client of Object.values(aws)) (client as { destroy(): void }).destroy()
  })
})

describe('a task definition', () => {
  const rows: [string, Partial<RegisterTaskDefinitionCommandInput>, string][] = [
    [
      'a Fargate size that does not exist',
      { cpu: '256', memory: '4096' },
      'No Fargate configuration exists for given values: 256 CPU, 4096 memory.',
    ],
    [
      'secrets without an execution role',
      { containerDefinitions: [{ name: 'a', image: 'i', secrets: [{ name: 'X', valueFrom: 'arn' }] }] },
      "must also specify a value for 'executionRoleArn'",
    ],
    [
      'two containers of one name',
      {
        containerDefinitions: [
          { name: 'a', image: 'i' },
          { name: 'a', image: 'j' },
        ],
      },
      'duplicate name',
    ],
    [
      'a volume that is not declared',
      { containerDefinitions: [{ name: 'a', image: 'i', mountPoints: [{ sourceVolume: 'v' }] }] },
      "Unknown volume 'v'",
    ],
  ]
  test.each(rows)('is refused for %s', async (_, more, message) => {
    await expect(register('i', more)).rejects.toThrow(message)
  })
})
