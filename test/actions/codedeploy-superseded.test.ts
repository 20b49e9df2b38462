import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type BlueGreenBench, blueGreenBench } from '../support/blue-green-bench.ts'

// Slower than the others: between the stop and the next deployment lies what another job needs in real time.
let bench: BlueGreenBench
beforeAll(async () => {
  bench = await blueGreenBench(20)
  await bench.environment('live')
})
afterAll(() => bench.close())

test('a deployment that is stopped for another one is superseded, and names it', async () => {
  const canary = {
    'codedeploy-deployment-config': 'CodeDeployDefault.ECSCanary10Percent15Minutes',
    'on-failure': 'stop',
  }
  const running = bench.run('live', { 'task-definition': await bench.version('v2'), ...canary })
  await bench.until('live', ({ status }) => status === 'InProgress')
  const next = await bench.run('live', {
    'task-definition': await bench.version('v3'),
    'if-deploying': 'stop',
    'wait-until': 'none',
  })
  const host = await running
  expect([next.code, next.outputs['outcome']]).toEqual([0, 'succeeded'])
  expect([host.code, host.outputs['outcome']]).toEqual([1, 'superseded'])
  expect(host.log.at(-1)).toContain(`${next.outputs['codedeploy-deployment-id']} follows it, created by user`)
})
