import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ListDeploymentsCommand } from '@aws-sdk/client-codedeploy'
import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import { DescribeListenersCommand } from '@aws-sdk/client-elastic-load-balancing-v2'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { ecsDigests } from '../../scripts/observe.ts'
import { type Clients, clients, type LegacyPlatform, provisionLegacy, waitForService } from '../../scripts/provision.ts'
import { systemClock } from '../../src/action/clock.ts'
import { runAction, runPost } from '../../src/action/run.ts'
import { codedeployBluegreen } from '../../src/actions/codedeploy-bluegreen.ts'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { memoryHost } from '../support/memory-host.ts'
import { pushImage } from '../support/registry.ts'

let sandbox: Sandbox
let aws: Clients
let legacy: LegacyPlatform
const images: Record<string, string> = {}
const folder = mkdtempSync(join(tmpdir(), 'strangler-bluegreen-'))
const before = { ...process.env }
const speed = 300

const definition = (image: string): RegisterTaskDefinitionCommandInput & Record<string, unknown> => ({
  family: 'orders',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
  containerDefinitions: [
    {
      name: 'app',
      image,
      portMappings: [{ containerPort: 8080 }],
      environment: [{ name: 'EMPTY', value: '' }],
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': '/ecs/orders', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'o' },
      },
    },
  ],
})

beforeAll(async () => {
  sandbox = await startCheckedSandbox({ speed })
  Object.assign(process.env, sandbox.environment())
  aws = clients(sandbox.environment())
  const push = async (name: string, labels: Record<string, string> = {}): Promise<void> => {
    images[name] = (await pushImage(sandbox, `orders:${name}`, { labels, env: [`VERSION=${name}`] })).byDigest
  }
  await push('v1')
  await push('v2')
  await push('v4')
  await push('v5')
  await push('v6')
  await push('crashing', { 'sandbox.requires-env': 'ORDERS_QUEUE_URL' })
  legacy = await provisionLegacy(aws, 'qa', images['v1'] ?? '', definition(images['v1'] ?? ''))
  await waitForService(aws, legacy, () => new Promise((done) => sandbox.clock.after(5_000, () => done())))
})
afterAll(async () => {
  for (const client of Object.values(aws)) (client as { destroy(): void }).destroy()
  process.env = before
  await sandbox.close()
})

let calls = 0
beforeEach(() => {
  calls = sandbox.calls.all().length
})
const made = (operation: string): number =>
  sandbox.calls
    .all()
    .slice(calls)
    .filter((call) => call.operation === operation).length
const changed = (): readonly string[] =>
  sandbox.calls
    .all()
    .slice(calls)
    .filter(
      ({ operation, userAgent }) =>
        !/^(Describe|List|Get|BatchGet)/.test(operation) && !userAgent.includes('demo-observer'),
    )
    .map(({ operation }) => operation)

const taskDefinition = (image: string): string => {
  const path = join(folder, `${image.slice(-12)}.json`)
  writeFileSync(path, JSON.stringify(definition(image)))
  return path
}
const host = (version: string, inputs: Record<string, string> = {}) =>
  memoryHost({
    'task-definition': taskDefinition(images[version] ?? ''),
    service: 'orders',
    cluster: 'qa',
    'codedeploy-application': 'orders-qa',
    'codedeploy-deployment-group': 'orders-qa',
    ...inputs,
  })
const clock = () => systemClock(speed, sandbox.clock.epoch)
const deploy = async (version: string, inputs: Record<string, string> = {}) => {
  const h = host(version, inputs)
  await runAction(codedeployBluegreen, h, clock())
  return h
}
const digest = (version: string): string => (images[version] ?? '').split('@')[1] ?? ''
const running = async (): Promise<readonly string[]> =>
  (
    await aws.codedeploy.send(
      new ListDeploymentsCommand({
        applicationName: 'orders-qa',
        deploymentGroupName: 'orders-qa',
        includeOnlyStatuses: ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'],
      }),
    )
  ).deployments ?? []
const shifting = async (): Promise<void> => {
  for (;;) {
    const { Listeners } = await aws.elbv2.send(new DescribeListenersCommand({ ListenerArns: [legacy.listenerArn] }))
    const groups = Listeners?.[0]?.DefaultActions?.[0]?.ForwardConfig?.TargetGroups ?? []
    if (groups.filter(({ Weight }) => (Weight ?? 0) > 0).length === 2) return
    await new Promise<void>((done) => sandbox.clock.after(2_000, () => done()))
  }
}

describe('codedeploy-bluegreen', () => {
  test('shifts traffic by weights and is done when the new tasks serve all of it', async () => {
    const { code, outputs, log } = await deploy('v2')
    expect([code, outputs['outcome']]).toEqual([0, 'succeeded'])
    expect(log.join('\n')).toMatch(/traffic ██░{18} 10% new, 90% old[\s\S]*traffic █{20} 100% new, 0% old/)
    expect(await ecsDigests(aws, legacy)).toEqual([digest('v2')])
    expect(made('RegisterTaskDefinition')).toBe(1)
    expect(log.join('\n')).toMatch(
      /d-\w+ in the console: https:\/\/eu-west-1\.console\.aws\.amazon\.com\/codesuite\/codedeploy\/deployments\/d-/,
    )
  })

  test('says unchanged the second time, and only reads', async () => {
    const { code, outputs } = await deploy('v2', { 'if-deploying': 'fail' })
    expect([code, outputs['outcome']]).toEqual([0, 'unchanged'])
    expect(changed()).toEqual([])
  })

  test('a dry run only reads and says what it would do', async () => {
    const { code, log } = await deploy('v4', { 'dry-run': 'true' })
    expect(code).toBe(0)
    expect(log.join('\n')).toMatch(/would .*deploy a revision of orders to qa\/orders by orders-qa\/orders-qa/)
    expect(changed()).toEqual([])
  })

  test('a crashing version is given up early and rolled back, and the first line names its cause', async () => {
    const { code, outputs, log, result } = await deploy('crashing')
    expect([code, outputs['outcome']]).toEqual([1, 'rolled-back'])
    expect(log.at(-1)).toMatch(
      /^error: container app exited with code 1 \(Essential container in task exited\).*: fatal: ORDERS_QUEUE_URL is not set$/,
    )
    // A task may have failed its checks before its end came: what explains that stands first.
    expect(result).toHaveProperty(['failures', '0', 'log'], ['fatal: ORDERS_QUEUE_URL is not set'])
    expect(await ecsDigests(aws, legacy)).toEqual([digest('v2')])
    expect(await running()).toEqual([])
  })

  test('a cancel in the middle stops the deployment, rolls it back and leaves none running', async () => {
    const h = host('v4')
    const run = runAction(codedeployBluegreen, h, clock())
    await shifting()
    h.cancel()
    await run
    const after = memoryHost(
      Object.fromEntries(['task-definition', 'service', 'cluster'].map((name) => [name, h.input(name) ?? ''])),
    )
    for (const [name, value] of h.state) after.saveState(name, value)
    await runPost(codedeployBluegreen, after, clock())
    expect([h.code, h.outputs['outcome']]).toEqual([130, 'cancelled'])
    expect(await running()).toEqual([])
    expect(await ecsDigests(aws, legacy)).toEqual([digest('v2')])
  })

  test('a run that finds the deployment of one that died takes it up and makes no second', async () => {
    const dead = host('v4')
    const gone = runAction(codedeployBluegreen, dead, clock())
    await shifting()
    const again = await deploy('v4')
    expect(again.outputs['outcome']).toBe('succeeded')
    expect(again.log.join('\n')).toMatch(/taking up the deployment d-/)
    expect(made('CreateDeployment')).toBe(1)
    await gone
    expect(await ecsDigests(aws, legacy)).toEqual([digest('v4')])
  })

  test('is blocked by a deployment that is not its own when told to fail, before anything is registered', async () => {
    const other = runAction(codedeployBluegreen, host('v5', { 'if-deploying': 'wait' }), clock())
    await shifting()
    calls = sandbox.calls.all().length
    const { code, outputs, log } = await deploy('v6', { 'if-deploying': 'fail' })
    expect([code, outputs['outcome'], made('RegisterTaskDefinition')]).toEqual([3, 'blocked', 0])
    expect(log.join('\n')).toMatch(/the deployment d-\w+ is InProgress in the group/)
    await other
  })

  test('a time-out rolls back and says so', async () => {
    const { code, outputs } = await deploy('v6', { timeout: '4m', 'if-deploying': 'stop' })
    expect([code, outputs['outcome']]).toEqual([1, 'timed-out'])
    expect(await running()).toEqual([])
    expect(await ecsDigests(aws, legacy)).toEqual([digest('v5')])
  })

  test('throttling on the way is ridden out', async () => {
    sandbox.faults.add({ service: 'codedeploy', operation: 'GetDeployment', kind: 'throttle', times: 2 })
    const { outputs } = await deploy('v6')
    expect(outputs['outcome']).toBe('succeeded')
  })

  test('refuses a group that deploys another service, and a service that is not there, in one line', async () => {
    expect((await deploy('v1', { service: 'nothing' })).log.at(-1)).toMatch(
      /^error: there is no service 'nothing' in the cluster 'qa'/,
    )
    expect((await deploy('v1', { 'codedeploy-application': 'none' })).log.at(-1)).toMatch(
      /there is no deployment group 'orders-qa' in the application 'none'/,
    )
  })

  test('uses no permission that its table does not list', () => {
    const listed = new Set(Object.keys(codedeployBluegreen.permissions.iam))
    const used = sandbox.calls
      .all()
      .filter(
        ({ userAgent, service }) =>
          userAgent.includes('strangler-deploy') && service !== 'ecr' && service !== 'registry',
      )
      .map(({ service, operation }) => `${service}:${operation}`)
    expect([...new Set(used)].filter((name) => !listed.has(name))).toEqual([])
    expect(readFileSync(join(folder, `${(images['v1'] ?? '').slice(-12)}.json`), 'utf8')).toContain('EMPTY')
  })
})
