import { CreateDeploymentCommand } from '@aws-sdk/client-codedeploy'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { allAtOnce, type BlueGreenBench, blueGreenBench } from '../support/blue-green-bench.ts'

let bench: BlueGreenBench
beforeAll(async () => {
  bench = await blueGreenBench()
  await bench.environment('live')
})
afterAll(() => bench.close())

test('what was waited for may have brought the same: then nothing is registered or deployed', async () => {
  const deploy = async (version: string) =>
    await bench.run('live', { 'task-definition': await bench.version(version), ...allAtOnce, 'wait-until': 'complete' })
  await deploy('v2')
  const [first] = await bench.deployments('live')
  await deploy('v3')
  const group = { applicationName: 'orders-live', deploymentGroupName: 'orders-live' }
  const other = { ...group, revision: first?.revision, deploymentConfigName: first?.deploymentConfigName }
  await bench.aws.codedeploy.send(new CreateDeploymentCommand(other))
  bench.called()
  const host = await deploy('v2')
  expect([host.code, host.outputs['outcome']]).toEqual([0, 'unchanged'])
  expect(host.log.join('\n')).toMatch(/waiting for the deployment d-[\s\S]*runs .* by now, which is the same/)
  const changes = bench.called().filter(({ operation }) => !/^(Describe|List|Get|BatchGet)/.test(operation))
  expect(changes).toEqual([])
})
