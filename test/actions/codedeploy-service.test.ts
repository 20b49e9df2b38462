import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch'
import type { CreateDeploymentCommandInput } from '@aws-sdk/client-codedeploy'
import {
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { codedeployBluegreen } from '../../src/actions/codedeploy-bluegreen.ts'
import type { Call } from '../../src/sandbox/calls.ts'
import { allAtOnce, type BlueGreenBench, blueGreenBench, changes, readyGroup } from '../support/blue-green-bench.ts'

let bench: BlueGreenBench
let cloudwatch: CloudWatchClient
const all: Call[] = []
const called = (): readonly Call[] => {
  const calls = bench.called()
  all.push(...calls)
  return calls
}
beforeAll(async () => {
  bench = await blueGreenBench()
  await bench.environment('live')
  const { AWS_ENDPOINT_URL, AWS_REGION } = bench.sandbox.environment()
  cloudwatch = new CloudWatchClient({
    endpoint: AWS_ENDPOINT_URL ?? '',
    region: AWS_REGION ?? '',
    credentials: { accessKeyId: 'AKIASANDBOX000000000', secretAccessKey: 'sandbox' },
  })
})
afterAll(async () => {
  cloudwatch.destroy()
  await bench.close()
})
beforeEach(() => void called())

/** Names no application or group. */
const unnamed = { 'codedeploy-application': '', 'codedeploy-deployment-group': '' }
const deploy = async (version: string, inputs: Record<string, string> = {}) =>
  await bench.run('live', { 'task-definition': await bench.version(version), ...allAtOnce, ...inputs })

describe('the task definition', () => {
  test('may be a registered revision by its name, which is deployed as it is', async () => {
    const host = await bench.run('live', { 'task-definition': 'orders:1', ...allAtOnce })
    expect([host.code, host.outputs['outcome']]).toEqual([0, 'unchanged'])
    const file = JSON.parse(readFileSync(await bench.version('s0'), 'utf8')) as RegisterTaskDefinitionCommandInput
    const { taskDefinition } = await bench.aws.ecs.send(new RegisterTaskDefinitionCommand(file))
    const newer = await bench.run('live', { 'task-definition': 'orders:2', ...allAtOnce })
    expect(newer.outputs).toMatchObject({
      outcome: 'succeeded',
      'running-task-definition-arn': taskDefinition?.taskDefinitionArn,
    })
    expect(changes(called())).toEqual(['CreateDeployment'])
    const none = await bench.run('live', { 'task-definition': 'orders:99', ...allAtOnce })
    expect(none.log.at(-1)).toMatch(/^error: describing the task definition orders:99: /)
    expect(changes(called())).toEqual([])
  })
})

test('new tasks of the same revision come only when they are forced', async () => {
  await bench.run('live', { operation: 'continue', 'wait-until': 'complete' })
  called()
  const { taskSets = [] } = await bench.service('live')
  const arn = taskSets.find(({ status }) => status === 'PRIMARY')?.taskDefinition ?? ''
  expect((await bench.run('live', { 'task-definition': arn, ...allAtOnce })).outputs['outcome']).toBe('unchanged')
  const forced = await bench.run('live', { 'task-definition': arn, ...allAtOnce, 'force-new-deployment': 'true' })
  expect(forced.outputs).toMatchObject({ outcome: 'succeeded', 'running-task-definition-arn': arn })
  expect(changes(called())).toEqual(['CreateDeployment'])
})

describe('the deployment group', () => {
  test('is found when it is not named and not called by the convention', async () => {
    const host = await deploy('s1', { ...unnamed, 'dry-run': 'true' })
    expect(host.code).toBe(0)
    expect(host.log.join('\n')).toMatch(/deploy a revision of orders to live\/orders by orders-live\/orders-live/)
    expect(changes(called())).toEqual([])
  })
})

describe('what a deployment changes beside the revision', () => {
  test('the desired count is set before, and only when it differs', async () => {
    const host = await deploy('s2', { 'desired-count': '3' })
    expect(host.outputs['outcome']).toBe('succeeded')
    expect(changes(called())).toEqual(['UpdateService', 'RegisterTaskDefinition', 'CreateDeployment'])
    expect((await bench.service('live')).desiredCount).toBe(3)
    const again = await deploy('s2', { 'desired-count': '3' })
    expect(again.outputs['outcome']).toBe('unchanged')
    expect(changes(called())).toEqual([])
    await bench.run('live', { operation: 'continue', 'wait-until': 'complete' })
    called()
    const fewer = await deploy('s2', { 'desired-count': '2' })
    expect(fewer.outputs['outcome']).toBe('succeeded')
    expect(changes(called())).toEqual(['UpdateService'])
  })

  test('other security groups are a change of their own, and the same ones are none', async () => {
    const host = await deploy('s2', { 'security-groups': 'sg-9, sg-8' })
    expect(host.outputs['outcome']).toBe('succeeded')
    expect(changes(called())).toEqual(['CreateDeployment'])
    const primary = (await bench.service('live')).taskSets?.find(({ status }) => status === 'PRIMARY')
    expect(primary?.networkConfiguration?.awsvpcConfiguration).toMatchObject({
      subnets: ['subnet-0a', 'subnet-0b'],
      securityGroups: ['sg-8', 'sg-9'],
    })
    const again = await deploy('s2', { 'security-groups': 'sg-8, sg-9' })
    expect(again.outputs['outcome']).toBe('unchanged')
  })

  test('old revisions go after a success, those in use and the last good one stay', async () => {
    const host = await deploy('s3', { 'keep-revisions': '1' })
    expect(host.outputs['outcome']).toBe('succeeded')
    const { taskDefinitionArns = [] } = await bench.aws.ecs.send(
      new ListTaskDefinitionsCommand({ familyPrefix: 'orders' }),
    )
    const { taskSets = [] } = await bench.service('live')
    expect(taskSets).toHaveLength(2)
    for (const { taskDefinition } of taskSets) expect(taskDefinitionArns).toContain(taskDefinition)
    expect(host.log.join('\n')).toMatch(/deregistered orders:1\b.*: 1 are kept/)
    expect(host.result?.['deregistered']).toHaveLength(changes(called()).filter((o) => o.startsWith('Dereg')).length)
  })

  test('a quiet look is one call, and the end is seen at the next', async () => {
    const began = bench.clock().now()
    const host = await deploy('s4', {
      'codedeploy-deployment-config': 'CodeDeployDefault.ECSCanary10Percent5Minutes',
      'wait-until': 'complete',
    })
    expect(host.outputs['outcome']).toBe('succeeded')
    const seconds = (bench.clock().now() - began) / 1_000
    const calls = called().filter(({ operation }) => /^(GetDeployment|BatchGetDeploymentTargets)$/.test(operation))
    // Two looks a quarter minute in the canary's five minutes, one in the termination wait's five.
    expect(calls.length).toBeLessThan(seconds / 5)
    const [newest] = await bench.deployments('live')
    const late = (bench.sandbox.clock.now() - (newest?.completeTime?.getTime() ?? 0)) / 1_000
    expect(late).toBeLessThan(60)
  })

  test('targets that do not get healthy are told with what the check asks for', async () => {
    await cloudwatch.send(
      new PutMetricAlarmCommand({
        AlarmName: 'quiet',
        MetricName: 'x',
        Namespace: 'y',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 5,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    )
    const host = bench.host('live', {
      'task-definition': await bench.version('sick', { 'sandbox.healthy': 'false' }),
      ...allAtOnce,
      'codedeploy-alarms': 'quiet',
      'ignore-alarm-poll-failure': 'true',
      'failed-tasks': '1',
    })
    await bench.start(host)
    expect(host.outputs['outcome']).toBe('rolled-back')
    expect(host.log.at(-1)).toMatch(/^error: .*(health|unhealthy|503)/i)
    expect(host.log.join('\n')).toMatch(/# why d-\w+ failed/)
  })

  test('continue', async () => {
    await bench.change('live', readyGroup())
    await deploy('s5', { 'wait-until': 'ready' })
    const host = await bench.run('live', { operation: 'continue' })
    expect(host.outputs['outcome']).toBe('succeeded')
  })
})

test('every AppSpec was sent with the checksum of its content', () => {
  const created = bench.sandbox.calls.all().filter(({ operation }) => operation === 'CreateDeployment')
  expect(created.length).toBeGreaterThan(0)
  for (const { input } of created) {
    const { revision } = input as CreateDeploymentCommandInput
    const { content = '', sha256 } = revision?.appSpecContent ?? {}
    expect([revision?.revisionType, sha256]).toEqual([
      'AppSpecContent',
      createHash('sha256').update(content).digest('hex'),
    ])
  }
})

test('every permission in the table is used, and none is missing', async () => {
  called()
  const crashing = await bench.version('crashing', { 'sandbox.requires-env': 'NOT_SET' })
  const host = await bench.run('live', {
    'task-definition': crashing,
    'failed-tasks': '1',
    ...allAtOnce,
    'if-deploying': 'stop',
  })
  expect(host.outputs['outcome']).toBe('rolled-back')
  // Its tasks go on, and their targets are asked.
  bench.sandbox.hooks.set({ function: 'orders-check', status: 'Failed' })
  const hooked = await deploy('s6', { 'codedeploy-hooks': 'AfterInstall=orders-check', 'on-failure': 'stop' })
  expect(hooked.outputs['outcome']).toBe('failed')
  const migrating = bench.host('live', {
    'task-definition': await bench.version('s7'),
    'run-task': 'true',
    'if-deploying': 'stop',
  })
  const run = bench.start(migrating)
  const runs = () => bench.sandbox.calls.all().some(({ operation }) => operation === 'RunTask')
  while (!runs()) await new Promise((done) => setImmediate(done))
  migrating.cancel()
  await run
  expect(migrating.outputs['outcome']).toBe('cancelled')
  called()
  const signing: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' }
  const used = new Set(all.map(({ service, operation }) => `${signing[service] ?? service}:${operation}`))
  /** These AWS asks for itself, of the same caller. */
  const implied = [
    'iam:PassRole',
    'ecs:TagResource',
    'codedeploy:GetDeploymentConfig',
    'codedeploy:RegisterApplicationRevision',
    'codedeploy:UpdateDeploymentGroup',
  ]
  const listed = Object.keys(codedeployBluegreen.permissions.iam)
  expect([...used].filter((name) => !listed.includes(name))).toEqual([])
  expect(listed.filter((name) => !used.has(name) && !implied.includes(name))).toEqual([])
})
