import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DescribeTasksCommand, type RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ecsDigests } from '../../scripts/observe.ts'
import { type Clients, clients, type LegacyPlatform, provisionLegacy, waitForService } from '../../scripts/provision.ts'
import { systemClock } from '../../src/action/clock.ts'
import { runAction, runPost } from '../../src/action/run.ts'
import { codedeployBluegreen } from '../../src/actions/codedeploy-bluegreen.ts'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { memoryHost } from '../support/memory-host.ts'
import { pushImage } from '../support/registry.ts'

const speed = 300
const folder = mkdtempSync(join(tmpdir(), 'strangler-run-task-'))
const before = { ...process.env }
let sandbox: Sandbox
let aws: Clients
let service: LegacyPlatform

const definition = (image: string): RegisterTaskDefinitionCommandInput => ({
  family: 'orders',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
  containerDefinitions: [{ name: 'app', image, portMappings: [{ containerPort: 8080 }] }],
})
const pushed = async (version: string, labels: Record<string, string> = {}): Promise<string> =>
  (await pushImage(sandbox, `orders:${version}`, { labels, env: [`VERSION=${version}`] })).byDigest

beforeAll(async () => {
  sandbox = await startCheckedSandbox({ speed })
  Object.assign(process.env, sandbox.environment())
  aws = clients(sandbox.environment())
  const image = await pushed('v1')
  service = await provisionLegacy(aws, 'qa', image, definition(image))
  await waitForService(aws, service, () => new Promise((done) => sandbox.clock.after(5_000, () => done())))
})
afterAll(async () => {
  for (const client of Object.values(aws)) (client as { destroy(): void }).destroy()
  process.env = before
  await sandbox.close()
  rmSync(folder, { recursive: true, force: true })
})

const migrate = { 'run-task': 'true', 'run-task-container-overrides': '[{"name":"app","command":["migrate"]}]' }

async function deploy(image: string, inputs: Record<string, string> = {}) {
  const path = join(folder, `${image.slice(-12)}.json`)
  writeFileSync(path, JSON.stringify(definition(image)))
  const since = sandbox.calls.all().length
  const host = memoryHost({
    'task-definition': path,
    service: 'orders',
    cluster: 'qa',
    'codedeploy-application': 'orders-qa',
    'codedeploy-deployment-group': 'orders-qa',
    ...inputs,
  })
  await runAction(codedeployBluegreen, host, systemClock(speed, sandbox.clock.epoch))
  const calls = sandbox.calls
    .all()
    .slice(since)
    .map(({ operation }) => operation)
    .filter((operation) => /^(RunTask|RegisterTask|DeregisterTask|CreateDeployment)/.test(operation))
  return { host, calls }
}

describe('codedeploy-bluegreen with a task before the deployment', () => {
  test('tells of it in a dry run, and runs nothing', async () => {
    const { host, calls } = await deploy(await pushed('v0'), { ...migrate, 'dry-run': 'true' })
    expect([host.code, host.outputs['outcome'], calls]).toEqual([0, 'succeeded', []])
    expect(host.log.join('\n')).toContain('would run a task of it on FARGATE to its end before: app with ["migrate"]')
  })

  test("runs it with the new revision in the service's network, and deploys when it has ended well", async () => {
    const image = await pushed('v2')
    const { host, calls } = await deploy(image, migrate)
    expect([host.code, host.outputs['outcome']]).toEqual([0, 'succeeded'])
    expect(calls).toEqual(['RegisterTaskDefinition', 'RunTask', 'CreateDeployment'])
    expect(host.log.join('\n')).toMatch(/ended well[\s\S]*deployment d-\S+ moves orders/)
    const arn = host.outputs['run-task-arn'] ?? ''
    const { tasks } = await aws.ecs.send(new DescribeTasksCommand({ cluster: 'qa', tasks: [arn] }))
    expect(tasks).toMatchObject([
      { launchType: 'FARGATE', taskDefinitionArn: host.outputs['task-definition-arn'], containers: [{ exitCode: 0 }] },
    ])
    expect(await ecsDigests(aws, service)).toEqual([image.split('@')[1]])
    expect((await deploy(image, migrate)).calls).toEqual([])
  })

  test('takes the revision back and deploys nothing when it fails, with its last words', async () => {
    const serves = await ecsDigests(aws, service)
    const { host, calls } = await deploy(await pushed('v3', { 'sandbox.requires-env': 'ORDERS_QUEUE_URL' }), migrate)
    expect([host.code, host.outputs['outcome']]).toEqual([1, 'failed'])
    expect(calls).toEqual(['RegisterTaskDefinition', 'RunTask', 'DeregisterTaskDefinition'])
    const after = memoryHost({ service: 'orders', cluster: 'qa' })
    for (const [name, value] of host.state) after.saveState(name, value)
    await runPost(codedeployBluegreen, after, systemClock(speed, sandbox.clock.epoch))
    expect(after.log).toEqual([])
    expect(host.log.join('\n')).toMatch(/the task before the deployment failed: container app exited with code 1/)
    expect(await ecsDigests(aws, service)).toEqual(serves)
  })

  test('uses no permission that its table does not list', () => {
    const listed = new Set(Object.keys(codedeployBluegreen.permissions.iam))
    const used = sandbox.calls
      .all()
      .filter(({ userAgent, service: of }) => userAgent.includes('strangler-deploy') && of === 'ecs')
      .map(({ service: of, operation }) => `${of}:${operation}`)
    expect(used).toContain('ecs:RunTask')
    expect(used.filter((name) => !listed.has(name))).toEqual([])
  })
})
