import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import type { Fault } from '../../src/sandbox/faults.ts'
import { endOfRun, type NativeBench, nativeBench, reasonOf } from '../support/native-bench.ts'

const patient = { more: { healthCheckGracePeriodSeconds: 900 } } as const
const bluegreen = {
  loadBalancer: 'native',
  deploymentConfiguration: {
    strategy: 'BLUE_GREEN',
    bakeTimeInMinutes: 0,
  },
} as const

const hooks = {
  'lifecycle-hooks': JSON.stringify([{ targetType: 'PAUSE', lifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'] }]),
}

let bench: NativeBench
beforeAll(async () => {
  bench = await nativeBench()
})
afterEach(() => bench.sandbox.faults.clear())
afterAll(async () => await bench.close())
const fault = (more: Partial<Fault> & Pick<Fault, 'kind'>): void =>
  bench.sandbox.faults.add({ service: 'ecs', ...more })

describe('of several services', () => {
  test('one that is blocked holds all of them back', async () => {
    const of = await bench.world('sa', patient)
    const other = await bench.world('sb', patient)
    await bench.update(other, await other.pushed({ 'sandbox.startup': '120' }))
    bench.changed()
    const h = await bench.run(of, await of.pushed(), { service: 'sa, sb', 'if-deploying': 'fail' })
    expect(endOfRun(h)).toEqual([3, 'blocked'])
    expect(reasonOf(h)).toContain('sb')
    expect(bench.changed()).toEqual([])
  })

  test('one that is not there holds all of them back', async () => {
    const of = await bench.world('sc')
    bench.changed()
    const h = await bench.run(of, await of.pushed(), { service: 'sc, nowhere' })
    expect(endOfRun(h)).toEqual([1, 'failed'])
    expect(reasonOf(h)).toContain("'nowhere'")
    expect(bench.changed()).toEqual([])
  })

  test('one whose update ECS refuses fails by its name, and the other moves', async () => {
    const of = await bench.world('sd')
    const other = await bench.world('se')
    fault({
      kind: 'error',
      status: 400,
      code: 'InvalidParameterException',
      message: 'no',
      operation: 'UpdateService',
      times: 1,
    })
    const image = await of.pushed()
    const h = await bench.run(of, image, { service: 'sd, se' })
    expect(endOfRun(h)).toEqual([1, 'failed'])
    expect(reasonOf(h)).toMatch(/^s[de]: .*InvalidParameterException: no$/)
    expect([await bench.runs(of), await bench.runs(other)].filter((one) => one === image)).toHaveLength(1)
    expect(bench.changed()).not.toContain('DeregisterTaskDefinition')
  })

  test('all are stopped by the post step, though one cannot be', async () => {
    const of = await bench.world('sf', patient)
    const other = await bench.world('sg', patient)
    const inputs = { service: 'sf, sg' }
    const h = bench.host(of, await of.pushed({ 'sandbox.startup': '600' }), inputs)
    const running = bench.start(h)
    const known = (name: string) => h.state.get(`ecs-deploy:live/${name}`)?.includes('service-deployment') ?? false
    await of.until(async () => known('sf') && known('sg'))
    const died = { ...h, state: new Map(h.state) }
    fault({ kind: 'access-denied', operation: 'StopServiceDeployment', times: 1 })
    expect((await bench.post(of, died, inputs)).code).toBe(1)
    const ends = [(await bench.deployments(of))[0]?.status, (await bench.deployments(other))[0]?.status]
    expect(ends.toSorted()).toEqual(['IN_PROGRESS', 'ROLLBACK_SUCCESSFUL'])
    h.cancel()
    await running
  })
})

describe('a list of deployments that is late', () => {
  test('is waited for, beside a service that is late too', async () => {
    const of = await bench.world('latelist')
    fault({ kind: 'stale', operation: 'ListServiceDeployments', delayMs: 15_000 })
    fault({ kind: 'stale', operation: 'DescribeServices', delayMs: 15_000 })
    // The answer of UpdateService names the deployment at once; here ECS does not know it yet.
    fault({ kind: 'reset', operation: 'DescribeServiceDeployments', times: 5 })
    const image = await of.pushed()
    const h = await bench.run(of, image, { timeout: '9h' })
    expect(endOfRun(h)).toEqual([0, 'succeeded'])
    expect(await bench.runs(of)).toBe(image)
  })
})

describe('an operation', () => {
  test('to continue, of which only the answer was lost, has continued', async () => {
    const of = await bench.world('lostcontinue', bluegreen)
    const image = await of.pushed()
    expect(endOfRun(await bench.run(of, image, { ...hooks, 'wait-until': 'ready' }))).toEqual([0, 'succeeded'])
    fault({ kind: 'lost-answer', operation: 'ContinueServiceDeployment', times: 1 })
    const h = await bench.run(of, undefined, { operation: 'continue', 'wait-until': 'complete', timeout: '9h' })
    expect(endOfRun(h)).toEqual([0, 'succeeded'])
    expect(await bench.runs(of)).toBe(image)
  })

  test('to stop that is cancelled says that the way back goes on', async () => {
    const of = await bench.world('stopcancel', bluegreen)
    await bench.run(of, await of.pushed(), { ...hooks, 'wait-until': 'ready' })
    const h = bench.host(of, undefined, { operation: 'stop' })
    const running = bench.start(h)
    await of.until(async () => h.log.some((line) => line.includes('ROLLBACK')))
    h.cancel()
    await running
    expect(endOfRun(h)).toEqual([130, 'cancelled'])
    expect(reasonOf(h)).toMatch(/the rollback .* goes on/)
  })
})

test('a second run that waits for nothing finds the first one under way: unchanged', async () => {
  const of = await bench.world('nowait', patient)
  const image = await of.pushed({ 'sandbox.startup': '60' })
  expect(endOfRun(await bench.run(of, image, { 'wait-until': 'none' }))).toEqual([0, 'succeeded'])
  bench.changed()
  expect(endOfRun(await bench.run(of, image, { 'wait-until': 'none' }))).toEqual([0, 'unchanged'])
  expect(bench.changed()).toEqual([])
})

test.each([
  ['no load balancer', 'alone', { loadBalancer: false }],
  ['no tasks', 'empty', { desiredCount: 0 }],
] as const)('a service with %s moves too', async (_, service, options) => {
  const of = await bench.world(service, options)
  const image = await of.pushed()
  expect(endOfRun(await bench.run(of, image))).toEqual([0, 'succeeded'])
  expect(endOfRun(await bench.run(of, image))).toEqual([0, 'unchanged'])
})

test('a dry run tells of autoscaling and of old revisions too', async () => {
  const of = await bench.world('drywords')
  const image = await of.pushed()
  bench.changed()
  const more = { 'dry-run': 'true', 'suspend-autoscaling': 'true', 'keep-revisions': '2' }
  const h = await bench.run(of, image, more)
  expect(h.log.join('\n')).toMatch(/would suspend the autoscaling[\s\S]*would deregister older revisions.*keep 2/)
  expect(bench.changed()).toEqual([])
  expect((await bench.run(of, of.image, more)).log.join('\n')).not.toContain('would suspend')
})
