import { GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  type ContainerDefinition,
  DescribeTasksCommand,
  ListTasksCommand,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
  type Task,
} from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
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

const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'] } }

/** Runs one task; returns how to look at it. */
async function run(taskDefinition: string, more: Partial<RunTaskCommandInput> = {}): Promise<() => Promise<Task>> {
  const { tasks } = await world.ecs.send(
    new RunTaskCommand({
      cluster: world.cluster,
      taskDefinition,
      launchType: 'FARGATE',
      networkConfiguration,
      ...more,
    }),
  )
  const arn = tasks?.[0]?.taskArn ?? ''
  return async () =>
    (await world.ecs.send(new DescribeTasksCommand({ cluster: world.cluster, tasks: [arn] }))).tasks?.[0] as Task
}

/** Registers the usual definition with other containers. */
const containers = (all: (image: string) => ContainerDefinition[], image = world.image): Promise<string> =>
  world.registered(image, { containerDefinitions: all(image) } satisfies Partial<RegisterTaskDefinitionCommandInput>)

describe('a task', () => {
  test('goes from PROVISIONING over PENDING to RUNNING, with the digest of its image and an address', async () => {
    const task = await run(await world.registered(world.image), { startedBy: 'me', count: 1 })
    expect(await task()).toMatchObject({ lastStatus: 'PROVISIONING', desiredStatus: 'RUNNING', startedBy: 'me' })
    await world.pass(3_000)
    expect(await task()).toMatchObject({ lastStatus: 'PENDING', pullStartedAt: expect.any(Date) })
    await world.pass(3_000)
    const running = await task()
    expect(running).toMatchObject({
      lastStatus: 'RUNNING',
      connectivity: 'CONNECTED',
      group: 'family:orders',
      containers: [{ lastStatus: 'RUNNING', imageDigest: world.image.split('@')[1], runtimeId: expect.any(String) }],
    })
    const details = Object.fromEntries(
      (running.attachments?.[0]?.details ?? []).map(({ name, value }) => [name, value]),
    )
    expect(details).toMatchObject({
      subnetId: 'subnet-1',
      privateIPv4Address: running.containers?.[0]?.networkInterfaces?.[0]?.privateIpv4Address,
    })
  })

  test('writes the lines of its image to its own stream', async () => {
    const task = await run(await world.registered(await world.pushed({ 'sandbox.log': 'hello\nworld' })))
    await world.pass(6_000)
    const logStreamName = `ecs/app/${(await task()).taskArn?.split('/').at(-1)}`
    const { events } = await world.logs.send(new GetLogEventsCommand({ logGroupName: '/ecs/orders', logStreamName }))
    expect(events?.map(({ message }) => message)).toEqual(['hello', 'world'])
  })

  const endings: [string, Record<string, string>, number, string | undefined][] = [
    ['ends with its own exit code', { 'sandbox.exit-code': '3' }, 3, undefined],
    ['ends well', { 'sandbox.exit-code': '0' }, 0, undefined],
    ['is killed for memory', { 'sandbox.oom': 'true' }, 137, 'OutOfMemoryError: Container killed due to memory usage'],
    ['misses a variable', { 'sandbox.requires-env': 'DB' }, 1, undefined],
  ]
  test.each(endings)('%s', async (_, labels, exitCode, reason) => {
    const task = await run(await world.registered(await world.pushed(labels)))
    await world.pass(15_000)
    const ended = await task()
    expect(ended).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [{ exitCode }],
    })
    expect(ended.containers?.[0]?.reason).toBe(reason)
  })

  test('gets a variable by override, or as a secret', async () => {
    const image = await world.pushed({ 'sandbox.requires-env': 'DB' })
    const secrets = [{ name: 'DB', valueFrom: 'arn:aws:ssm:eu-west-1:123456789012:parameter/db' }]
    const caller = { accountId: sandbox.accountId, region: sandbox.region, arn: '', accessKeyId: '' }
    await sandbox.invoke('ssm', 'PutParameter', { Name: '/db', Value: 'x', Type: 'String' }, caller)
    const tasks = [
      await run(await containers(() => [{ name: 'app', image, secrets }])),
      await run(await containers(() => [{ name: 'app', image }]), {
        overrides: { containerOverrides: [{ name: 'app', environment: [{ name: 'DB', value: 'x' }] }] },
      }),
    ]
    await world.pass(20_000)
    for (const task of tasks) expect((await task()).lastStatus).toBe('RUNNING')
  })

  test.each([
    [
      'a tag that was never pushed',
      () => `${world.image.split('@')[0]}:never`,
      /failed to resolve ref \S+: .*not found$/,
    ],
    [
      'a repository that is not there',
      () => `${new URL(sandbox.endpoint()).host}/nothing:1`,
      /name unknown: .*nothing/,
    ],
    ['a registry that does not answer', () => '127.0.0.1:1/app:1', /connection refused$/],
  ])('cannot pull %s', async (_, image, reason) => {
    const task = await run(await world.registered(image()))
    await world.pass(10_000)
    const ended = await task()
    expect(ended).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart' })
    expect(ended.stoppedReason).toMatch(
      /^CannotPullContainerError: pull image manifest has been retried \d time\(s\): /,
    )
    expect(ended.stoppedReason).toMatch(reason)
    expect(ended.containers?.[0]?.exitCode).toBeUndefined()
  })

  test('cannot start without its log group, unless it may make it', async () => {
    const options = { 'awslogs-group': '/new', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'p' }
    const logging = (more: Record<string, string>) =>
      containers((image) => [
        { name: 'app', image, logConfiguration: { logDriver: 'awslogs', options: { ...options, ...more } } },
      ])
    const without = await run(await logging({}))
    await world.pass(10_000)
    expect((await without()).stoppedReason).toMatch(
      /^ResourceInitializationError: failed to validate logger args: .*ResourceNotFoundException: The specified log group/,
    )
    const making = await run(await logging({ 'awslogs-create-group': 'true' }))
    await world.pass(10_000)
    expect((await making()).lastStatus).toBe('RUNNING')
  })

  test('goes on without a container that is not essential', async () => {
    const sidecar = await world.pushed({ 'sandbox.exit-code': '0' })
    const task = await run(
      await containers((image) => [
        { name: 'app', image },
        { name: 'init', image: sidecar, essential: false },
      ]),
    )
    await world.pass(15_000)
    expect(await task()).toMatchObject({
      lastStatus: 'RUNNING',
      containers: [{ lastStatus: 'RUNNING' }, { lastStatus: 'STOPPED', exitCode: 0 }],
    })
  })

  test('tells its health by the container’s own check', async () => {
    const healthCheck = { command: ['CMD', 'true'], interval: 5, retries: 2 }
    const well = await run(await containers((image) => [{ name: 'app', image, healthCheck }]))
    const ill = await run(
      await containers(
        (image) => [{ name: 'app', image, healthCheck }],
        await world.pushed({ 'sandbox.healthy': 'false' }),
      ),
    )
    await world.pass(7_000)
    expect((await well()).healthStatus).toBe('UNKNOWN')
    await world.pass(20_000)
    expect([(await well()).healthStatus, (await ill()).healthStatus]).toEqual(['HEALTHY', 'UNHEALTHY'])
  })

  test('stops when told, and is listed for an hour after', async () => {
    const task = await run(await world.registered(world.image))
    await world.pass(10_000)
    const { taskArn } = await task()
    await world.ecs.send(new StopTaskCommand({ cluster: world.cluster, task: taskArn ?? '', reason: 'enough' }))
    await world.pass(10_000)
    expect(await task()).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'UserInitiated', stoppedReason: 'enough' })
    const stopped = async () =>
      (await world.ecs.send(new ListTasksCommand({ cluster: world.cluster, desiredStatus: 'STOPPED' }))).taskArns
    expect(await stopped()).toEqual([taskArn])
    await world.pass(3_600_000)
    expect(await stopped()).toEqual([])
  })

  const refused: [string, Partial<RunTaskCommandInput>, string, RegExp][] = [
    [
      'without a network',
      { networkConfiguration: undefined },
      'InvalidParameterException',
      /Network Configuration must be/,
    ],
    ['more than ten at once', { count: 11 }, 'InvalidParameterException', /between 1 and 10/],
    ['in a cluster that is not there', { cluster: 'none' }, 'ClusterNotFoundException', /Cluster not found/],
    ['of a revision that is not there', { taskDefinition: 'orders:99' }, 'ClientException', /not found/],
    [
      'with an override for another container',
      { overrides: { containerOverrides: [{ name: 'web' }] } },
      'InvalidParameterException',
      /named web is not a container/,
    ],
  ]
  test.each(refused)('is not started %s', async (_, more, name, message) => {
    await expect(run(world.taskDefinitionArn, more)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    })
  })
})
