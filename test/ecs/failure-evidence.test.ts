import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch'
import {
  CreateServiceCommand,
  CreateTaskSetCommand,
  DeleteTaskSetCommand,
  RegisterContainerInstanceCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import { ModifyListenerCommand } from '@aws-sdk/client-elastic-load-balancing-v2'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Aws, awsSession } from '../../src/aws/session.ts'
import { ecsApi } from '../../src/ecs/ecs-api.ts'
import type { FailedDeployment } from '../../src/ecs/failure-deployment.ts'
import { deploymentEvidence, type Told } from '../../src/ecs/failure-evidence.ts'
import { type Explanation, explain } from '../../src/ecs/failure-explanation.ts'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { type EcsWorld, ecsWorld } from '../support/ecs-world.ts'
import { image, index } from '../support/images.ts'
import { pushImage } from '../support/registry.ts'

let sandbox: Sandbox
let world: EcsWorld
let aws: Aws
const before = { ...process.env }
beforeEach(async () => {
  sandbox = await startCheckedSandbox({ speed: 0 })
  Object.assign(process.env, sandbox.environment())
  aws = awsSession({ region: sandbox.region })
})
afterEach(async () => {
  aws.close()
  world.close()
  process.env = before
  await sandbox.close()
})

const { signal } = new AbortController()

/** Updates the service to a revision; returns what to ask about that deployment. */
async function deploy(taskDefinition: string): Promise<FailedDeployment> {
  const since = new Date(sandbox.clock.now())
  const { service } = await world.ecs.send(
    new UpdateServiceCommand({ cluster: world.cluster, service: world.service, taskDefinition }),
  )
  return {
    cluster: world.cluster,
    service: world.service,
    taskDefinition,
    startedBy: service?.deployments?.find(({ status }) => status === 'PRIMARY')?.id,
    since,
    targetGroups: world.targetGroups === undefined ? [] : [world.targetGroups.blue],
    alarms: [],
  }
}

const why = async (of: FailedDeployment, told?: Told): Promise<Explanation> =>
  explain(await deploymentEvidence({ ecs: ecsApi(aws), aws }, of, signal, told))

const calledSince = (from: number): readonly string[] =>
  sandbox.calls
    .all()
    .slice(from)
    .map(({ operation }) => operation)
    .sort()

describe('the evidence of a failed deployment', () => {
  test('names what a crashing container said last', async () => {
    world = await ecsWorld(sandbox, { desiredCount: 1 })
    const image = await world.pushed({ 'sandbox.requires-env': 'ORDERS_QUEUE_URL' })
    const of = await deploy(await world.registered(image))
    await world.pass(60_000)
    const { line, kind, details } = await why(of)
    expect(kind).toBe('exit')
    expect(line).toMatch(
      /^container app exited with code 1 \(Essential container in task exited\), \d times: fatal: ORDERS_QUEUE_URL is not set$/,
    )
    expect(details).toContain('  | fatal: ORDERS_QUEUE_URL is not set')
  })

  test('names an image that is not there, and reads no log for it', async () => {
    world = await ecsWorld(sandbox, { desiredCount: 1 })
    const of = await deploy(await world.registered(world.image.replace(/@.*/, ':nowhere')))
    await world.pass(30_000)
    const from = sandbox.calls.all().length
    const { line, kind } = await why(of)
    expect(kind).toBe('image')
    expect(line).toMatch(/^image not found: 127\.0\.0\.1:\d+\/orders:nowhere.*push it, or correct its tag or digest/)
    expect(calledSince(from)).toEqual(['DescribeServices', 'DescribeTaskDefinition', 'DescribeTasks', 'ListTasks'])
  })

  test('names what the health check of the load balancer expected and got, though the targets are gone', async () => {
    world = await ecsWorld(sandbox, { desiredCount: 1 })
    const of = await deploy(await world.registered(await world.pushed({ 'sandbox.healthy': 'false' })))
    await world.pass(90_000)
    const { line, kind } = await why(of)
    expect(kind).toBe('health')
    expect(line).toMatch(
      /^unhealthy: Target\.ResponseCodeMismatch, health check GET \/healthz on 8080 expects 200, got 503 \(Health checks failed with these codes: \[503\]\)/,
    )
  })

  test('reads targets that run and fail their checks, and only those of the deployment', async () => {
    world = await ecsWorld(sandbox, { desiredCount: 2, more: { healthCheckGracePeriodSeconds: 600 } })
    const labels = {
      'sandbox.healthy': 'false',
      'sandbox.health-answer': 'timeout',
      'sandbox.log': 'listening on 127.0.0.1',
    }
    const sick = await world.pushed(labels)
    const of = await deploy(await world.registered(sick))
    await world.pass(60_000)
    const from = sandbox.calls.all().length
    const { line, causes } = await why(of)
    expect(line).toMatch(
      /^unhealthy: Target\.Timeout, health check GET \/healthz on 8080 expects 200 \(Request timed out\)/,
    )
    expect(causes[0]).toMatchObject({ count: 2, advice: expect.stringMatching(/security group/) })
    expect(calledSince(from)).toEqual([
      'DescribeServices',
      'DescribeTargetGroups',
      'DescribeTargetHealth',
      'DescribeTaskDefinition',
      'DescribeTasks',
      'GetLogEvents',
      'ListTasks',
      'ListTasks',
    ])
  })

  test('tells a path that is not there from a program that is sick', async () => {
    world = await ecsWorld(sandbox, { desiredCount: 1 })
    const lost = await world.pushed({ 'sandbox.healthy': 'false', 'sandbox.health-answer': '404' })
    const of = await deploy(await world.registered(lost))
    await world.pass(90_000)
    const { line } = await why(of)
    expect(line).toMatch(/got 404 .*the program answers, but not at \/healthz/)
  })

  test('tells of memory with the limit of the container', async () => {
    world = await ecsWorld(sandbox, { desiredCount: 1 })
    const hungry = world.definition(await world.pushed({ 'sandbox.oom': 'true' }))
    const containerDefinitions = (hungry.containerDefinitions ?? []).map((one) => ({ ...one, memory: 256 }))
    const of = await deploy(await world.registered('', { containerDefinitions }))
    await world.pass(30_000)
    expect((await why(of)).line).toMatch(
      /^container app: OutOfMemoryError: container killed due to memory usage at 256 MiB \(exit code 137\)/,
    )
  })

  test.each<[name: string, message: RegExp, reference: () => Promise<string>]>([
    [
      'an image without the platform of the task',
      /^image 127\.0\.0\.1:\d+\/orders:arm has no manifest for linux\/amd64.* \(build it/,
      async () => (await pushImage(sandbox, 'orders:arm', index([image({ architecture: 'arm64' })]))).byTag,
    ],
    [
      'a program for another architecture',
      /^container app exited with code 255 .*: exec \/app: exec format error \(the program was built for another architecture/,
      async () => await world.pushed({ 'sandbox.log': 'exec /app: exec format error', 'sandbox.exit-code': '255' }),
    ],
    [
      'a repository that is not there',
      /^there is no repository for 127\.0\.0\.1:\d+\/nothing:1,? /,
      async () => world.image.replace(/orders@.*/, 'nothing:1'),
    ],
  ])('tells of %s', async (_, message, reference) => {
    world = await ecsWorld(sandbox, { desiredCount: 1, loadBalancer: false })
    const of = await deploy(await world.registered(await reference()))
    await world.pass(30_000)
    expect((await why(of)).line).toMatch(message)
  })

  test('names the log group that is missing', async () => {
    world = await ecsWorld(sandbox, { desiredCount: 1, loadBalancer: false })
    const containerDefinitions = (world.definition(world.image).containerDefinitions ?? []).map((one) => ({
      ...one,
      logConfiguration: {
        logDriver: 'awslogs' as const,
        options: { 'awslogs-group': '/none', 'awslogs-region': sandbox.region, 'awslogs-stream-prefix': 'ecs' },
      },
    }))
    const of = await deploy(await world.registered('', { containerDefinitions }))
    await world.pass(30_000)
    const { kind, line } = await why(of)
    expect([kind, line]).toEqual([
      'start',
      expect.stringMatching(/^the log group \/none does not exist.*\(create it, .*to the execution role execution\)$/),
    ])
  })

  test('names it also when the task set that failed is gone, with its target group', async () => {
    world = await ecsWorld(sandbox, { desiredCount: 1, controller: 'CODE_DEPLOY' })
    const taskDefinition = await world.registered(await world.pushed({ 'sandbox.healthy': 'false' }))
    const since = new Date(sandbox.clock.now())
    const place = { cluster: world.cluster, service: world.service }
    await world.elbv2.send(
      new ModifyListenerCommand({
        ListenerArn: world.listeners?.test,
        DefaultActions: [{ Type: 'forward', TargetGroupArn: world.targetGroups?.green }],
      }),
    )
    const { taskSet } = await world.ecs.send(
      new CreateTaskSetCommand({
        ...place,
        taskDefinition,
        launchType: 'FARGATE',
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0a'] } },
        loadBalancers: [{ targetGroupArn: world.targetGroups?.green ?? '', containerName: 'app', containerPort: 8080 }],
        scale: { unit: 'PERCENT', value: 100 },
      }),
    )
    await world.pass(90_000)
    await world.ecs.send(new DeleteTaskSetCommand({ ...place, taskSet: taskSet?.id, force: true }))
    await world.pass(90_000)
    const { kind, line } = await why({
      ...place,
      taskDefinition,
      startedBy: taskSet?.id,
      since,
      targetGroups: [],
      alarms: [],
    })
    expect(kind).toBe('health')
    expect(line).toMatch(/health check GET \/healthz on 8080 expects 200, got 503/)
  })

  test('names the health check of a container that it failed, and that it printed nothing', async () => {
    world = await ecsWorld(sandbox, { desiredCount: 1, loadBalancer: false })
    const sick = world.definition(await world.pushed({ 'sandbox.healthy': 'false' }))
    const healthCheck = { command: ['CMD-SHELL', 'curl -f http://localhost:8080/healthz'], interval: 10, retries: 2 }
    const containerDefinitions = (sick.containerDefinitions ?? []).map((one) => ({ ...one, healthCheck }))
    const of = await deploy(await world.registered('', { containerDefinitions }))
    await world.pass(60_000)
    const { line, details } = await why(of)
    expect(line).toMatch(
      /^container app failed its own health check: CMD-SHELL curl -f http:\/\/localhost:8080\/healthz \(every 10 s, 2 tries\)/,
    )
    expect(details).toContain('container app printed nothing')
  })

  test('names the secret that is not there, and the role that must read it', async () => {
    world = await ecsWorld(sandbox, { desiredCount: 1, loadBalancer: false })
    const containerDefinitions = (world.definition(world.image).containerDefinitions ?? []).map((one) => ({
      ...one,
      secrets: [{ name: 'DB', valueFrom: `arn:aws:secretsmanager:eu-west-1:${sandbox.accountId}:secret:db-AbCdEf` }],
    }))
    const of = await deploy(await world.registered('', { containerDefinitions }))
    await world.pass(30_000)
    const { kind, line } = await why(of)
    expect(kind).toBe('start')
    expect(line).toMatch(/^there is no secret arn:aws:secretsmanager:eu-west-1:\d+:secret:db-AbCdEf.*correct the ARN/)
  })

  test('names what no instance has left', async () => {
    world = await ecsWorld(sandbox, { desiredCount: 0, loadBalancer: false })
    const room = [
      { name: 'CPU', type: 'INTEGER', integerValue: 1_024 },
      { name: 'MEMORY', type: 'INTEGER', integerValue: 512 },
    ]
    await world.ecs.send(new RegisterContainerInstanceCommand({ cluster: world.cluster, totalResources: room }))
    const taskDefinition = await world.registered(world.image, {
      networkMode: 'bridge',
      requiresCompatibilities: ['EC2'],
      cpu: undefined,
      memory: undefined,
      containerDefinitions: [{ name: 'app', image: world.image, memory: 4_096 }],
    })
    const { service } = await world.ecs.send(
      new CreateServiceCommand({
        cluster: world.cluster,
        serviceName: 'large',
        taskDefinition,
        desiredCount: 1,
        launchType: 'EC2',
      }),
    )
    await world.pass(30_000)
    const { kind, line } = await why({
      cluster: world.cluster,
      service: 'large',
      taskDefinition,
      startedBy: service?.deployments?.[0]?.id,
      since: undefined,
      targetGroups: [],
      alarms: [],
    })
    expect(kind).toBe('placement')
    expect(line).toMatch(
      /no container instance met all of its requirements\. .* has insufficient memory available \(add instances/,
    )
  })

  test('looks past a hundred tasks that were only scaled in', async () => {
    world = await ecsWorld(sandbox, { desiredCount: 101, loadBalancer: false })
    const place = { cluster: world.cluster, service: world.service }
    await world.ecs.send(new UpdateServiceCommand({ ...place, desiredCount: 0 }))
    await world.pass(30_000)
    await world.ecs.send(new UpdateServiceCommand({ ...place, desiredCount: 1 }))
    const of = await deploy(await world.registered(await world.pushed({ 'sandbox.exit-code': '3' })))
    await world.pass(30_000)
    expect((await why(of)).line).toMatch(/^container app exited with code 3/)
  })

  test('leaves out what other deployments did, and tasks that were only scaled in', async () => {
    world = await ecsWorld(sandbox, { desiredCount: 1, loadBalancer: false })
    await deploy(await world.registered(await world.pushed({ 'sandbox.exit-code': '3' })))
    await world.pass(30_000)
    const of = await deploy(await world.registered(await world.pushed()))
    await world.pass(120_000)
    const evidence = await deploymentEvidence({ ecs: ecsApi(aws), aws }, of, signal)
    expect(evidence.ends).toEqual([])
    expect(explain(evidence).kind).toBeUndefined()
  })

  test('tells of alarms that are named, and asks for none otherwise', async () => {
    world = await ecsWorld(sandbox, { desiredCount: 1, loadBalancer: false })
    const cloudwatch = new CloudWatchClient({ endpoint: sandbox.endpoint(), region: sandbox.region })
    const Threshold = { Namespace: 'orders', MetricName: '5xx', Period: 60, EvaluationPeriods: 1, Threshold: 5 }
    const ComparisonOperator = 'GreaterThanThreshold'
    await cloudwatch.send(
      new PutMetricAlarmCommand({ AlarmName: 'orders-5xx', ComparisonOperator, Statistic: 'Sum', ...Threshold }),
    )
    const StateReason = 'Threshold Crossed: 1 datapoint [12.0] was greater than the threshold (5.0).'
    await cloudwatch.send(new SetAlarmStateCommand({ AlarmName: 'orders-5xx', StateValue: 'ALARM', StateReason }))
    cloudwatch.destroy()
    const of = await deploy(world.taskDefinitionArn)
    expect(await why({ ...of, alarms: ['orders-5xx'] })).toMatchObject({
      kind: 'alarm',
      line: `alarm orders-5xx went off: ${StateReason}`,
    })
    const from = sandbox.calls.all().length
    await why(of)
    expect(calledSince(from)).not.toContain('DescribeAlarms')
  })

  test('names the cause, and says in a line each what it may not read', async () => {
    world = await ecsWorld(sandbox, { desiredCount: 1, more: { healthCheckGracePeriodSeconds: 600 } })
    const broken = { 'sandbox.requires-env': 'ORDERS_QUEUE_URL', 'sandbox.exit-after': '5' }
    const of = { ...(await deploy(await world.registered(await world.pushed(broken)))), alarms: ['orders-5xx'] }
    await world.until(async () => (await world.tasks('STOPPED')).length > 0)
    await world.pass(8_000)
    for (const operation of ['DescribeTargetHealth', 'DescribeAlarms', 'GetLogEvents', 'DescribeTaskDefinition'])
      sandbox.faults.add({ operation, kind: 'access-denied', times: 1 })
    const { line, details } = await why(of)
    expect(line).toMatch(/^container app exited with code 1 \(Essential container in task exited\)/)
    expect(details).toContain('alarms could not be read: AccessDenied cloudwatch:DescribeAlarms')
    expect(details).toContain('the task definition could not be read: AccessDenied ecs:DescribeTaskDefinition')
    const second = (await why({ ...of, alarms: [] })).details
    expect(second).toContainEqual(
      expect.stringMatching(/^the log \/ecs\/orders ecs\/app\/\w+ could not be read: AccessDenied logs:GetLogEvents$/),
    )
  })

  test('falls back on what the engine knows when nothing at all may be read', async () => {
    world = await ecsWorld(sandbox, { desiredCount: 1, loadBalancer: false })
    const of = await deploy(world.taskDefinitionArn)
    sandbox.faults.add({ service: 'ecs', kind: 'access-denied' })
    const { line, details } = await why(of, { breaker: { failed: 3, threshold: 3 }, message: 'tasks failed to start.' })
    expect(line).toBe('circuit breaker: 3 of 3 failed tasks')
    expect(details).toEqual([
      'circuit breaker: 3 of 3 failed tasks',
      'tasks failed to start.',
      'service events could not be read: AccessDenied ecs:DescribeServices',
      'stopped tasks could not be read: AccessDenied ecs:ListTasks, ecs:DescribeTasks',
    ])
  })

  test('ends when it is cancelled', async () => {
    world = await ecsWorld(sandbox, { desiredCount: 1, loadBalancer: false })
    const of = await deploy(world.taskDefinitionArn)
    const cancelled = new Error('cancelled')
    await expect(deploymentEvidence({ ecs: ecsApi(aws), aws }, of, AbortSignal.abort(cancelled))).rejects.toBe(
      cancelled,
    )
  })
})
