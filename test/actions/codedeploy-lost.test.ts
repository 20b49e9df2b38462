import type { DeploymentInfo } from '@aws-sdk/client-codedeploy'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { allAtOnce, type BlueGreenBench, blueGreenBench, changes } from '../support/blue-green-bench.ts'

let bench: BlueGreenBench
beforeAll(async () => {
  bench = await blueGreenBench()
  await bench.environment('live')
})
afterAll(() => bench.close())
beforeEach(() => {
  bench.sandbox.faults.clear()
  bench.called()
})

const canary = { 'codedeploy-deployment-config': 'CodeDeployDefault.ECSCanary10Percent15Minutes' }
const hostFor = async (version: string, inputs: Record<string, string> = {}) =>
  bench.host('live', { 'task-definition': await bench.version(version), ...allAtOnce, ...inputs })
const state = (saved: ReadonlyMap<string, string>): Record<string, unknown> =>
  JSON.parse(saved.get('blue-green') ?? '{}') as Record<string, unknown>
const active = async () =>
  (await bench.deployments('live')).filter(({ status }) => !['Succeeded', 'Failed', 'Stopped'].includes(status ?? ''))
const isCanary = ({ status, deploymentConfigName }: DeploymentInfo) =>
  status === 'InProgress' && deploymentConfigName === canary['codedeploy-deployment-config']
/** Resolves when the sandbox has been asked for it. */
const asked = async (operation: string): Promise<void> => {
  while (bench.sandbox.faults.all().length > 0) await new Promise((done) => setImmediate(done))
  expect(operation).not.toBe('')
}

describe('a deployment whose beginning was not seen', () => {
  test('is taken as begun when the answer was lost on the way: no second one is made', async () => {
    bench.sandbox.faults.add({ service: 'codedeploy', operation: 'CreateDeployment', kind: 'lost-answer', times: 1 })
    const host = await hostFor('l1')
    await bench.start(host)
    expect([host.code, host.outputs['outcome']]).toEqual([0, 'succeeded'])
    expect(host.log.join('\n')).toMatch(/the answer of CodeDeploy was lost, and the deployment d-\w+ has begun/)
    expect(await bench.deployments('live')).toHaveLength(1)
    expect(changes(bench.called())).not.toContain('DeregisterTaskDefinition')
  })

  test('is let begin and then stopped when the cancel comes while it is asked for', async () => {
    const before = (await bench.service('live')).taskSets?.find(({ status }) => status === 'PRIMARY')?.taskDefinition
    bench.sandbox.faults.add({
      service: 'codedeploy',
      operation: 'CreateDeployment',
      kind: 'slow',
      delayMs: 300,
      times: 1,
    })
    const host = await hostFor('l2')
    const run = bench.start(host)
    await asked('CreateDeployment')
    host.cancel()
    await run
    expect([host.code, host.outputs['outcome']]).toEqual([130, 'cancelled'])
    expect(state(host.state)).toMatchObject({ deploymentId: host.outputs['codedeploy-deployment-id'], ended: true })
    expect(changes(bench.called())).toEqual(expect.arrayContaining(['CreateDeployment', 'StopDeployment']))
    expect(await active()).toEqual([])
    const after = (await bench.service('live')).taskSets?.find(({ status }) => status === 'PRIMARY')?.taskDefinition
    expect(after).toBe(before)
  })

  test('a registration goes on through a cancel, and its revision is journalled', async () => {
    bench.sandbox.faults.add({
      service: 'ecs',
      operation: 'RegisterTaskDefinition',
      kind: 'slow',
      delayMs: 300,
      times: 1,
    })
    const host = await hostFor('l3')
    const run = bench.start(host)
    await asked('RegisterTaskDefinition')
    host.cancel()
    await run
    expect([host.code, host.outputs['outcome']]).toEqual([130, 'cancelled'])
    expect(state(host.state)['registered']).toMatch(/task-definition\/orders:\d+$/)
    expect(changes(bench.called())).toEqual(['RegisterTaskDefinition'])
    // The next run deploys that revision and registers no other.
    const again = await hostFor('l3')
    await bench.start(again)
    expect(again.outputs).toMatchObject({
      outcome: 'succeeded',
      'task-definition-arn': state(host.state)['registered'] as string,
    })
  })

  test('is found by its mark and stopped by the post step of a killed job, which knew no id', async () => {
    const host = await hostFor('l4', {
      'codedeploy-deployment-config': 'CodeDeployDefault.ECSCanary10Percent15Minutes',
    })
    void bench.start(host)
    const newest = await bench.until('live', isCanary)
    // As the journal stood before the answer came.
    const saved = { ...state(host.state), deploymentId: undefined, ended: false }
    expect(saved).toMatchObject({ attempt: { application: 'orders-live', group: 'orders-live' } })
    const post = await bench.post('live', new Map([['blue-green', JSON.stringify(saved)]]))
    expect(post.code).toBe(0)
    expect(post.log.join('\n')).toContain(`${newest.deploymentId} was stopped`)
    expect(await active()).toEqual([])
  })

  test('a post step leaves alone what is not its own', async () => {
    const other = await hostFor('l5', {
      'codedeploy-deployment-config': 'CodeDeployDefault.ECSCanary10Percent15Minutes',
    })
    const run = bench.start(other)
    await bench.until('live', isCanary)
    const attempt = { application: 'orders-live', group: 'orders-live', identity: '0123456789abcdef' }
    const entry = { registered: 'orders:9', onCancel: 'rollback', ended: false, attempt }
    const post = await bench.post('live', new Map([['blue-green', JSON.stringify(entry)]]))
    expect(post.code).toBe(0)
    expect(await active()).toHaveLength(1)
    await run
    expect(other.outputs['outcome']).toBe('succeeded')
  })

  test('a deployment that CodeDeploy refuses takes its revision back, and the post step looks for nothing', async () => {
    const host = await hostFor('l6', { 'codedeploy-deployment-config': 'nothing' })
    await bench.start(host)
    expect(host.code).toBe(1)
    expect(host.log.at(-1)).toMatch(/DeploymentConfigDoesNotExistException/)
    expect(changes(bench.called())).toEqual(['RegisterTaskDefinition', 'CreateDeployment', 'DeregisterTaskDefinition'])
    expect(state(host.state)['attempt']).toBeUndefined()
  })
})
