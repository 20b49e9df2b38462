import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { allAtOnce, type BlueGreenBench, blueGreenBench, changes } from '../support/blue-green-bench.ts'

let bench: BlueGreenBench
beforeAll(async () => {
  bench = await blueGreenBench()
  await bench.environment('live', {
    blueGreenDeploymentConfiguration: {
      deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT' },
      terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE', terminationWaitTimeInMinutes: 0 },
    },
  })
})
afterAll(() => bench.close())

/** Resolves when the action has made so many calls since then. */
async function callsMade(since: number, count: number): Promise<void> {
  const made = () =>
    bench.sandbox.calls
      .all()
      .slice(since)
      .filter(({ userAgent }) => userAgent.includes('strangler-deploy')).length
  while (made() < count) await new Promise((done) => setImmediate(done))
}

test('cut off after any call and run again, a deployment is one deployment of one revision', async () => {
  const inputs = { ...allAtOnce, 'wait-until': 'complete', 'if-deploying': 'fail' }
  for (let cut = 1; cut <= 14; cut++) {
    bench.called()
    const task = { 'task-definition': await bench.version(`crash${cut}`) }
    const first = bench.host('live', { ...task, ...inputs, 'on-cancel': 'leave' })
    const since = bench.sandbox.calls.all().length
    const run = bench.start(first)
    await callsMade(since, cut)
    first.cancel()
    await run
    const again = await bench.run('live', { ...task, ...inputs })
    const made = changes(bench.called())
    expect([
      cut,
      again.outputs['outcome'],
      made.filter((operation) => operation === 'CreateDeployment').length,
    ]).toEqual([cut, expect.stringMatching(/succeeded|unchanged/), 1])
    expect(made.filter((operation) => operation === 'RegisterTaskDefinition')).toHaveLength(1)
    const [newest] = await bench.deployments('live')
    expect(newest?.status).toBe('Succeeded')
    expect(again.outputs['running-task-definition-arn']).toBe(again.outputs['task-definition-arn'])
  }
})
