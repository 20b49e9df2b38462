import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { allAtOnce, type BlueGreenBench, blueGreenBench, changes, readyGroup } from '../support/blue-green-bench.ts'

let bench: BlueGreenBench
beforeAll(async () => {
  bench = await blueGreenBench()
  await bench.environment('gated', readyGroup())
  await bench.environment('free')
})
afterAll(() => bench.close())
beforeEach(() => void bench.called())

const deploy = async (environment: string, version: string, inputs: Record<string, string> = {}) =>
  await bench.run(environment, { 'task-definition': await bench.version(version), ...allAtOnce, ...inputs })
const ended = ({ code, outputs }: { code: number | undefined; outputs: Record<string, string> }) => [
  code,
  outputs['outcome'],
]

describe('the operations of codedeploy-bluegreen', () => {
  test('with nothing under way say unchanged, and that there is nothing', async () => {
    for (const operation of ['continue', 'stop', 'rollback']) {
      const host = await bench.run('free', { operation })
      expect(ended(host)).toEqual([0, 'unchanged'])
      expect(host.log.join('\n')).toMatch(
        new RegExp(`no deployment is under way in orders-free/orders-free: there is nothing to ${operation}`),
      )
    }
    expect(changes(bench.called())).toEqual([])
  })

  test('a deployment is done with test-traffic when the new tasks answer on the test listener, and no production traffic has moved', async () => {
    const host = await deploy('gated', 'a1', { 'wait-until': 'test-traffic' })
    expect(ended(host)).toEqual([0, 'succeeded'])
    const [newest] = await bench.deployments('gated')
    expect(newest?.status).toMatch(/InProgress|Ready/)
    expect(host.outputs['running-task-definition-arn']).not.toBe(host.outputs['task-definition-arn'])
  })

  test('a second run takes the deployment up and is done when it is Ready', async () => {
    const host = await deploy('gated', 'a1', { 'wait-until': 'ready' })
    expect(ended(host)).toEqual([0, host.outputs['outcome']])
    expect(host.outputs['outcome']).toMatch(/succeeded|unchanged/)
    expect(host.log.join('\n')).toMatch(/taking up the deployment d-/)
    expect(changes(bench.called())).toEqual([])
    const [newest] = await bench.deployments('gated')
    expect(newest?.status).toBe('Ready')
    // What a deployment that is taken up deploys is read from the deployment.
    expect(host.outputs['task-definition-arn']).toMatch(/task-definition\/orders:\d+$/)
    expect(host.outputs['running-task-definition-arn']).not.toBe(host.outputs['task-definition-arn'])
  })

  test('a dry run of continue only reads', async () => {
    const host = await bench.run('gated', { operation: 'continue', 'dry-run': 'true' })
    expect(ended(host)).toEqual([0, 'succeeded'])
    expect(host.log.join('\n')).toMatch(/would continue the deployment d-\w+ in orders-gated\/orders-gated/)
    expect(changes(bench.called())).toEqual([])
  })

  test('continue lets production traffic through and waits until it has shifted', async () => {
    const host = await bench.run('gated', { operation: 'continue' })
    expect(ended(host)).toEqual([0, 'succeeded'])
    expect(host.outputs['running-task-definition-arn']).toBe(host.outputs['task-definition-arn'])
    expect(changes(bench.called())).toEqual(['ContinueDeployment'])
    expect(host.log.join('\n')).toMatch(/traffic █{20} 100% new/)
  })

  test('continue in the termination wait ends the old tasks at once', async () => {
    const began = bench.clock().now()
    const host = await bench.run('gated', { operation: 'continue', 'wait-until': 'complete' })
    expect(ended(host)).toEqual([0, 'succeeded'])
    expect(changes(bench.called())).toEqual(['ContinueDeployment'])
    expect(bench.clock().now() - began).toBeLessThan(4 * 60_000)
    const [newest] = await bench.deployments('gated')
    expect(newest?.status).toBe('Succeeded')
  })

  test('continue of a deployment that waits for nobody is blocked, and changes nothing', async () => {
    await deploy('free', 'b1', {
      'wait-until': 'none',
      'codedeploy-deployment-config': 'CodeDeployDefault.ECSCanary10Percent15Minutes',
    })
    bench.called()
    const host = await bench.run('free', { operation: 'continue' })
    expect(ended(host)).toEqual([3, 'blocked'])
    expect(host.log.at(-1)).toMatch(
      /waits for nobody: it can be continued when it is Ready, or in the termination wait/,
    )
    expect(changes(bench.called())).toEqual([])
  })

  test('rollback stops the active deployment, follows its rollback to the end and is a success', async () => {
    await bench.until('free', ({ status }) => status === 'InProgress')
    const before = (await bench.service('free')).taskSets?.find(({ status }) => status === 'PRIMARY')?.taskDefinition
    await new Promise<void>((done) => bench.sandbox.clock.after(90_000, () => done()))
    const host = await bench.run('free', { operation: 'rollback' })
    expect(ended(host)).toEqual([0, 'succeeded'])
    expect(changes(bench.called())).toEqual(['StopDeployment'])
    expect(host.outputs['rollback-deployment-id']).toMatch(/^d-/)
    expect(host.outputs['running-task-definition-arn']).toBe(before)
    const [rollback, stopped] = await bench.deployments('free')
    expect([rollback?.creator, rollback?.status, stopped?.status]).toEqual([
      'codeDeployRollback',
      'Succeeded',
      'Stopped',
    ])
  })

  test('stop leaves things as they are, without a rollback', async () => {
    const { outputs } = await deploy('free', 'b2', { 'wait-until': 'test-traffic' })
    const id = outputs['codedeploy-deployment-id'] ?? ''
    const host = await bench.run('free', { operation: 'stop', 'codedeploy-deployment-id': id })
    expect(ended(host)).toEqual([0, 'succeeded'])
    expect(host.outputs['rollback-deployment-id']).toBe('')
    expect((await bench.deployments('free'))[0]).toMatchObject({ deploymentId: id, status: 'Stopped' })
  })

  test('rollback brings the old tasks back while they wait to be ended', async () => {
    const before = (await bench.service('free')).taskSets?.find(({ status }) => status === 'PRIMARY')?.taskDefinition
    const shifted = await deploy('free', 'b3')
    expect(shifted.outputs['running-task-definition-arn']).not.toBe(before)
    const host = await bench.run('free', { operation: 'rollback' })
    expect(ended(host)).toEqual([0, 'succeeded'])
    expect(host.outputs['running-task-definition-arn']).toBe(before)
    const again = await bench.run('free', { operation: 'rollback' })
    expect(ended(again)).toEqual([0, 'unchanged'])
  })

  test('a deployment of another group is refused by name', async () => {
    const [other] = await bench.deployments('gated')
    const host = await bench.run('free', { operation: 'stop', 'codedeploy-deployment-id': other?.deploymentId ?? '' })
    expect(host.code).toBe(1)
    expect(host.log.at(-1)).toMatch(/^error: the deployment d-\w+ is of orders-gated\/orders-gated, not of orders-free/)
  })

  test('a deployment that nobody continues in time is stopped, which is a failure that says so', async () => {
    await bench.change('gated', readyGroup(5))
    const host = await deploy('gated', 'a2')
    expect(host.code).toBe(1)
    expect(host.outputs['outcome']).toBe('rolled-back')
    expect(host.log.at(-1)).toMatch(/^error: TIMEOUT: The deployment was not continued/)
  })
})
