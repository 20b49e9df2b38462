import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import type { Fault } from '../../src/sandbox/faults.ts'
import { endOfRun, type NativeBench, nativeBench, reasonOf } from '../support/native-bench.ts'

const crashing = { 'sandbox.exit-code': '1', 'sandbox.log': 'cannot reach the queue' }

let bench: NativeBench
beforeAll(async () => {
  bench = await nativeBench()
})
afterEach(() => bench.sandbox.faults.clear())
afterAll(async () => await bench.close())
const fault = (more: Partial<Fault> & Pick<Fault, 'kind'>): void =>
  bench.sandbox.faults.add({ service: 'ecs', ...more })

describe('a task before the deployment, under a name of the user', () => {
  const migrate = { 'run-task': 'true', 'run-task-started-by': 'release', 'wait-until': 'none' }
  test('is run for every revision: one that an earlier release finished is no answer', async () => {
    const of = await bench.world('migrates')
    const first = await bench.run(of, await of.pushed({ 'sandbox.exit-code': '0' }), migrate)
    const next = { ...migrate, 'if-deploying': 'rollback' }
    const second = await bench.run(of, await of.pushed({ 'sandbox.exit-code': '0' }), next)
    expect(endOfRun(second)).toEqual([0, 'succeeded'])
    expect(second.outputs['run-task-arn']).toMatch(/:task\/live\//)
    expect(second.outputs['run-task-arn']).not.toBe(first.outputs['run-task-arn'])
    expect(second.log.join('\n')).not.toContain('taking up the task')
  })

  test('is stopped on a cancel, the service left alone and the revision taken back', async () => {
    const of = await bench.world('migratescancel')
    const h = bench.host(of, await of.pushed(), { 'run-task': 'true' })
    const running = bench.start(h)
    await of.until(async () => h.log.some((line) => line.includes('runs before the deployment')))
    bench.changed()
    h.cancel()
    await running
    expect(endOfRun(h)).toEqual([130, 'cancelled'])
    expect(bench.changed()).toEqual(['StopTask', 'DeregisterTaskDefinition'])
  })
})

test('another capacity provider strategy comes with a forced deployment: ECS refuses it otherwise', async () => {
  const of = await bench.world('provided')
  const calls = bench.sandbox.calls.all().length
  const strategy = { 'capacity-provider-strategy': '[{capacityProvider: FARGATE, weight: 1}]' }
  expect(endOfRun(await bench.run(of, undefined, strategy))).toEqual([0, 'succeeded'])
  const [update] = bench.sandbox.calls
    .all()
    .slice(calls)
    .filter(({ operation }) => operation === 'UpdateService')
  expect(JSON.stringify(update)).toMatch(/forceNewDeployment.{1,6}true/)
  expect(endOfRun(await bench.run(of, undefined, strategy))).toEqual([0, 'unchanged'])
})

test('settings of another strategy than the one in force are refused, not lost', async () => {
  const of = await bench.world('unfit')
  bench.changed()
  const h = await bench.run(of, undefined, { 'canary-percent': '10', 'bake-time': '5m' })
  expect(endOfRun(h)).toEqual([1, 'failed'])
  expect(reasonOf(h)).toMatch(/canary-percent.*CANARY.*unfit.*ROLLING[\s\S]*bake-time/)
  expect(bench.changed()).toEqual([])
})

describe('where ECS stops without a rollback', () => {
  const stops = { deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } } } as const

  test('the settings of the deployment go back with the revision', async () => {
    const of = await bench.world('restored', stops)
    const h = await bench.run(of, await of.pushed(crashing), { 'failed-tasks': '0', subnets: 'subnet-0c' })
    expect(endOfRun(h)).toEqual([1, 'rolled-back'])
    const { networkConfiguration } = await of.described()
    expect(networkConfiguration?.awsvpcConfiguration?.subnets).toEqual(['subnet-0a', 'subnet-0b'])
  })

  test('a service whose good deployments ECS has forgotten goes back to what served', async () => {
    const of = await bench.world('forgotten', stops)
    fault({ kind: 'stale', operation: 'ListServiceDeployments', delayMs: 90 * 86_400_000 })
    const h = await bench.run(of, await of.pushed(crashing), { 'failed-tasks': '0' })
    expect(endOfRun(h)).toEqual([1, 'rolled-back'])
    expect(await bench.runs(of)).toBe(of.image)
  })

  test("somebody else's newer deployment is not rolled over", async () => {
    const of = await bench.world('newer', stops)
    const image = await of.pushed()
    const h = bench.host(of, await of.pushed(crashing), { 'failed-tasks': '0' })
    // ECS tells of the end late, and somebody has mended the service meanwhile.
    const running = bench.start(h)
    await of.until(async () => (await bench.deployments(of))[0]?.status === 'STOPPED')
    await bench.update(of, image)
    await running
    await of.steady()
    expect(await bench.runs(of)).toBe(image)
    expect(['superseded', 'failed']).toContain(h.outputs['outcome'])
  })
})

test('the post step resumes autoscaling though a deployment cannot be stopped', async () => {
  const of = await bench.world('resumed')
  const client = new ApplicationAutoScalingClient({})
  const target = {
    ServiceNamespace: 'ecs' as const,
    ScalableDimension: 'ecs:service:DesiredCount' as const,
    ResourceId: `service/${of.cluster}/${of.service}`,
  }
  const off = {
    DynamicScalingInSuspended: false,
    DynamicScalingOutSuspended: false,
    ScheduledScalingSuspended: false,
  }
  await client.send(new RegisterScalableTargetCommand({ ...target, MinCapacity: 1, MaxCapacity: 5 }))
  const h = bench.host(of, await of.pushed({ 'sandbox.startup': '600' }), { 'suspend-autoscaling': 'true' })
  // As if the process had died: the state that it had saved while the deployment ran.
  const running = bench.start(h)
  await of.until(async () => h.state.get('ecs-deploy:live/resumed')?.includes('service-deployment') ?? false)
  const died = { ...h, state: new Map(h.state) }
  fault({ kind: 'access-denied', operation: 'StopServiceDeployment' })
  const post = await bench.post(of, died)
  expect(post.code).toBe(1)
  const { ScalableTargets } = await client.send(
    new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs', ResourceIds: [target.ResourceId] }),
  )
  expect(ScalableTargets?.[0]?.SuspendedState).toMatchObject(off)
  bench.sandbox.faults.clear()
  h.cancel()
  await running
  client.destroy()
})

test('a deployment that takes too long says why', async () => {
  const of = await bench.world('toolate')
  const h = await bench.run(of, await of.pushed({ 'sandbox.healthy': 'false' }), {
    timeout: '2m',
    'failed-tasks': '0',
  })
  expect(endOfRun(h)).toEqual([1, 'timed-out'])
  expect(reasonOf(h)).toMatch(/timed out after 120 s; .*was stopped and rolled back[\s\S]*(health|unhealthy)/i)
})
