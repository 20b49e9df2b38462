import { UpdateServiceCommand } from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Aws, awsSession } from '../../src/aws/session.ts'
import { ecsApi } from '../../src/ecs/ecs-api.ts'
import type { FailedDeployment } from '../../src/ecs/failure-deployment.ts'
import { deploymentEvidence, type Told } from '../../src/ecs/failure-evidence.ts'
import { type Explanation, explain } from '../../src/ecs/failure-explanation.ts'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { type EcsWorld, ecsWorld } from '../support/ecs-world.ts'

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
})
