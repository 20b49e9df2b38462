import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import type { Fault } from '../../src/sandbox/faults.ts'
import { endOfRun, type NativeBench, nativeBench, reasonOf } from '../support/native-bench.ts'

const crashing = { 'sandbox.exit-code': '1', 'sandbox.log': 'cannot reach the queue' }
/** Its tasks may take long to become healthy. */
const patient = { more: { healthCheckGracePeriodSeconds: 900 } } as const

let bench: NativeBench
beforeAll(async () => {
  bench = await nativeBench()
})
afterEach(() => bench.sandbox.faults.clear())
afterAll(async () => await bench.close())
const fault = (more: Partial<Fault> & Pick<Fault, 'kind'>): void =>
  bench.sandbox.faults.add({ service: 'ecs', ...more })
/** What ECS tells of a service lags behind by this much. */
const late = (ms: number): void => fault({ kind: 'stale', operation: 'DescribeServices', delayMs: ms })

describe('a service that does not tell yet of the deployment that is under way', () => {
  test('is not taken for one that has it: the deployment is taken up', async () => {
    const of = await bench.world('latetakeup', patient)
    const image = await of.pushed({ 'sandbox.startup': '600' })
    const first = await bench.run(of, image, { 'wait-until': 'none' })
    bench.changed()
    late(20_000)
    const h = await bench.run(of, image)
    expect(endOfRun(h)).toEqual([0, 'succeeded'])
    expect(h.outputs['service-deployment-arn']).toBe(first.outputs['service-deployment-arn'])
    expect(bench.changed()).toEqual([])
    expect((await bench.deployments(of))[0]?.status).toBe('SUCCESSFUL')
  })

  test('is not green while that goes wrong', async () => {
    const of = await bench.world('latebad')
    const image = await of.pushed(crashing)
    await bench.run(of, image, { 'wait-until': 'none' })
    late(20_000)
    expect(endOfRun(await bench.run(of, image))).toEqual([1, 'rolled-back'])
  })

  test('blocks all the same', async () => {
    const of = await bench.world('lateblock', patient)
    await bench.update(of, await of.pushed({ 'sandbox.startup': '120' }))
    late(20_000)
    bench.changed()
    expect(endOfRun(await bench.run(of, await of.pushed(), { 'if-deploying': 'fail' }))).toEqual([3, 'blocked'])
    expect(bench.changed()).toEqual([])
  })

  test('is stopped all the same', async () => {
    const of = await bench.world('latestop', patient)
    await bench.update(of, await of.pushed({ 'sandbox.startup': '600' }))
    late(20_000)
    expect(endOfRun(await bench.run(of, undefined, { operation: 'stop' }))).toEqual([0, 'succeeded'])
    expect(await bench.runs(of)).toBe(of.image)
  })

  test('is found by the post step of a run that died before it knew its deployment', async () => {
    const of = await bench.world('latepost', patient)
    const h = bench.host(of, await of.pushed({ 'sandbox.startup': '600' }))
    fault({ kind: 'access-denied', operation: 'DescribeServiceDeployments' })
    await bench.start(h)
    expect(h.state.get('ecs-deploy:live/latepost')).toContain('"attempt"')
    bench.sandbox.faults.clear()
    late(20_000)
    const post = await bench.post(of, h)
    expect(post.log.join('\n')).toContain('was stopped and rolled back')
    expect(await bench.runs(of)).toBe(of.image)
  })
})

describe('calls that fail for a while', () => {
  const outage = (operation: string, times = 8): void => fault({ kind: 'reset', operation, times })

  test('while the deployment is looked for', async () => {
    const of = await bench.world('bindoutage')
    outage('DescribeServiceDeployments')
    const h = await bench.run(of, await of.pushed(), { timeout: '9h' })
    expect(endOfRun(h)).toEqual([0, 'succeeded'])
  })

  test('while it is to be stopped for its failed tasks', async () => {
    const of = await bench.world('stopoutage')
    outage('StopServiceDeployment')
    const h = await bench.run(of, await of.pushed(crashing), { timeout: '9h' })
    expect(endOfRun(h)).toEqual([1, 'rolled-back'])
    expect(reasonOf(h)).toMatch(/exited with code 1/)
  })

  test('while what was restored is read: it is told as not known', async () => {
    const of = await bench.world('revisionoutage')
    fault({ kind: 'access-denied', operation: 'DescribeServiceRevisions', skip: 1 })
    const h = await bench.run(of, await of.pushed(crashing))
    expect(endOfRun(h)).toEqual([1, 'rolled-back'])
    expect(reasonOf(h)).toMatch(/exited with code 1/)
    expect(h.outputs['running-task-definition-arn']).toBe('')
  })
})

test('a role that may not list tasks leaves the judgement to ECS, and is told what that costs', async () => {
  const of = await bench.world('nolist', {
    deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
  })
  bench.changed()
  fault({ kind: 'access-denied', operation: 'ListTasks' })
  // Slowly enough for a look in between.
  const h = await bench.run(of, await of.pushed({ ...crashing, 'sandbox.exit-after': '60' }))
  expect(endOfRun(h)).toEqual([1, 'rolled-back'])
  expect(bench.changed()).not.toContain('StopServiceDeployment')
  expect(h.log.filter((line) => /^warn: .*failed tasks.*could not be counted/.test(line))).toHaveLength(1)
})

test('a service that something else moves is refused by every operation', async () => {
  const of = await bench.world('codestop', { controller: 'CODE_DEPLOY' })
  const h = await bench.run(of, undefined, { operation: 'stop' })
  expect(endOfRun(h)).toEqual([1, 'failed'])
  expect(reasonOf(h)).toContain('use the action codedeploy-bluegreen')
})
