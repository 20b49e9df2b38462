import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch'
import { StopDeploymentCommand } from '@aws-sdk/client-codedeploy'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { allAtOnce, type BlueGreenBench, blueGreenBench, changes, readyGroup } from '../support/blue-green-bench.ts'

let bench: BlueGreenBench
let server: Server
let url: string
let status = 200
let requests = 0
let cloudwatch: CloudWatchClient
beforeAll(async () => {
  bench = await blueGreenBench()
  await bench.environment('live')
  await bench.environment('other')
  server = createServer((_, response) => {
    requests++
    response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('x'.repeat(1_000_000))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz`
  const { AWS_ENDPOINT_URL, AWS_REGION } = bench.sandbox.environment()
  cloudwatch = new CloudWatchClient({
    endpoint: AWS_ENDPOINT_URL ?? '',
    region: AWS_REGION ?? '',
    credentials: { accessKeyId: 'AKIASANDBOX000000000', secretAccessKey: 'sandbox' },
    customUserAgent: 'demo-observer',
  })
})
afterAll(async () => {
  cloudwatch.destroy()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
  await bench.close()
})
beforeEach(() => {
  status = 200
  requests = 0
  bench.sandbox.hooks.clear()
  bench.called()
})

const deploy = async (environment: string, version: string, inputs: Record<string, string> = {}) =>
  await bench.run(environment, { 'task-definition': await bench.version(version), ...allAtOnce, ...inputs })
const ended = ({ code, outputs }: { code: number | undefined; outputs: Record<string, string> }) => [
  code,
  outputs['outcome'],
]
const primary = async (environment: string) =>
  (await bench.service(environment)).taskSets?.find((set) => set.status === 'PRIMARY')?.taskDefinition

describe('the gate on test traffic', () => {
  test('takes answers in a row, and warns when nothing waits before production traffic', async () => {
    status = 302
    const host = await deploy('live', 'g1', { 'test-traffic-url': url, 'test-traffic-successes': '4' })
    expect(ended(host)).toEqual([0, 'succeeded'])
    expect(requests).toBe(4)
    expect(host.log.join('\n')).toMatch(/warn: nothing in orders-live\/orders-live waits before production traffic/)
    expect(host.log.join('\n')).toMatch(/test traffic: answered 302, 4 of 4 in a row/)
  })

  test('that fails rolls the deployment back, and names the status; no production traffic has moved', async () => {
    status = 503
    await bench.change('other', readyGroup())
    const before = await primary('other')
    const host = await deploy('other', 'g2', { 'test-traffic-url': url, 'test-traffic-timeout': '20s' })
    expect(ended(host)).toEqual([1, 'rolled-back'])
    expect(host.log.at(-1)).toBe(
      `error: the test traffic failed: ${url} answered 503 (0 of 3 successes in a row within 20s)`,
    )
    expect(host.log.join('\n')).not.toMatch(/nothing in .* waits before/)
    expect(host.log.join('\n')).not.toMatch(/traffic █{20} 100% new/)
    expect(await primary('other')).toBe(before)
  })

  test('is bad input for a group without a test listener, known before anything is changed', async () => {
    const [pair] = (await groupPairs('other')) ?? []
    const bare = { targetGroups: pair?.targetGroups, prodTrafficRoute: pair?.prodTrafficRoute }
    await bench.change('other', { loadBalancerInfo: { targetGroupPairInfoList: [bare] } })
    const host = await deploy('other', 'g3', { 'test-traffic-url': url, 'wait-until': 'test-traffic' })
    expect(host.code).toBe(2)
    expect(host.log.filter((line) => line.startsWith('error:'))).toEqual([
      "error: input 'wait-until': test-traffic needs a test listener, and the deployment group orders-other/orders-other has none",
      "error: input 'test-traffic-url' needs a test listener, and the deployment group orders-other/orders-other has none",
    ])
    expect(changes(bench.called())).toEqual([])
    await bench.change('other', { loadBalancerInfo: { targetGroupPairInfoList: pair === undefined ? [] : [pair] } })
  })
})

const groupPairs = async (environment: string) => {
  const { GetDeploymentGroupCommand } = await import('@aws-sdk/client-codedeploy')
  const name = `orders-${environment}`
  const { deploymentGroupInfo } = await bench.aws.codedeploy.send(
    new GetDeploymentGroupCommand({ applicationName: name, deploymentGroupName: name }),
  )
  return deploymentGroupInfo?.loadBalancerInfo?.targetGroupPairInfoList
}

describe('a deployment that fails by what CodeDeploy is told', () => {
  test('a hook that fails is named with its event and function', async () => {
    bench.sandbox.hooks.set({ function: 'orders-check', status: 'Failed' })
    const before = await primary('live')
    const host = await deploy('live', 'h1', { 'codedeploy-hooks': 'AfterAllowTestTraffic=orders-check' })
    expect(ended(host)).toEqual([1, 'rolled-back'])
    expect(host.log.at(-1)).toMatch(
      /^error: AfterAllowTestTraffic of orders-check failed: The Lambda function orders-check answered Failed/,
    )
    expect(await primary('live')).toBe(before)
    expect(host.summaries.join('\n')).toMatch(/AfterAllowTestTraffic \| \*\*Failed\*\*/)
  })

  test('an alarm given for this deployment stops it, and is named with its reason', async () => {
    const alarm = { AlarmName: 'orders-5xx', MetricName: 'HTTPCode_Target_5XX_Count', Namespace: 'AWS/ApplicationELB' }
    await cloudwatch.send(
      new PutMetricAlarmCommand({
        ...alarm,
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 5,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    )
    const inputs = {
      'codedeploy-deployment-config': 'CodeDeployDefault.ECSCanary10Percent15Minutes',
      'codedeploy-alarms': 'orders-5xx',
    }
    const running = deploy('live', 'h2', inputs)
    await bench.until('live', (newest) => newest.status === 'InProgress')
    await cloudwatch.send(
      new SetAlarmStateCommand({ AlarmName: 'orders-5xx', StateValue: 'ALARM', StateReason: '7 errors in a minute' }),
    )
    const host = await running
    expect(ended(host)).toEqual([1, 'rolled-back'])
    expect(host.log.at(-1)).toMatch(/^error: alarm orders-5xx went off.*7 errors in a minute/)
  })

  test('a deployment that somebody else stops is stopped, not failed', async () => {
    const config = { 'codedeploy-deployment-config': 'CodeDeployDefault.ECSCanary10Percent15Minutes' }
    const running = deploy('live', 'h3', { ...config, 'on-failure': 'stop' })
    const { deploymentId } = await bench.until('live', (newest) => newest.status === 'InProgress')
    await bench.aws.codedeploy.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled: false }))
    const host = await running
    expect(ended(host)).toEqual([1, 'stopped'])
    expect(host.log.at(-1)).toMatch(/^error: d-\w+ was stopped by somebody else/)
  })

  test('auto-rollback events that leave out failures leave the new tasks where they are', async () => {
    bench.sandbox.hooks.set({ function: 'orders-check', status: 'Failed' })
    const host = await deploy('live', 'h6', {
      'codedeploy-hooks': 'BeforeAllowTraffic=orders-check',
      'codedeploy-auto-rollback-events': 'DEPLOYMENT_STOP_ON_ALARM',
    })
    expect(ended(host)).toEqual([1, 'failed'])
    expect(host.outputs['rollback-deployment-id']).toBe('')
  })
})

describe('a role that may do less', () => {
  afterEach(() => bench.sandbox.faults.clear())
  const deny = (service: string, operation: string) =>
    bench.sandbox.faults.add({ service, operation, kind: 'access-denied' })

  test('without the stages is enough for a deployment that waits for none of them', async () => {
    deny('codedeploy', 'BatchGetDeploymentTargets')
    const host = await deploy('live', 'r1')
    expect(ended(host)).toEqual([0, 'succeeded'])
    expect(host.log.filter((line) => line.startsWith('warn: stages and weights are not shown'))).toHaveLength(1)
  })

  test('without the stages is told at once where a stage is waited for, and the deployment does not go on unseen', async () => {
    deny('codedeploy', 'BatchGetDeploymentTargets')
    const host = await deploy('live', 'r2', { 'wait-until': 'test-traffic' })
    expect(host.code).toBe(1)
    expect(host.log.at(-1)).toMatch(/reading the target of d-\w+: AccessDeniedException/)
    const post = await bench.post('live', host.state)
    expect(post.log.join('\n')).toMatch(/d-\w+ was stopped, its rollback d-\w+ ended as Succeeded/)
  })

  test('that may not read tasks leaves it to CodeDeploy to find out, and says so once', async () => {
    deny('ecs', 'ListTasks')
    const crashing = await bench.version('r3', { 'sandbox.requires-env': 'NOT_SET' })
    const host = await bench.run('live', { ...allAtOnce, 'task-definition': crashing, timeout: '3m' })
    expect(ended(host)).toEqual([1, 'timed-out'])
    expect(host.log.filter((line) => /^warn: .*ListTasks|^warn: listing the tasks/.test(line))).toHaveLength(1)
  })
})

describe('wrong inputs are told at once, and nothing is called', () => {
  test.each([
    [{}, /input 'task-definition': is required to deploy/],
    [
      { operation: 'stop', 'codedeploy-hooks': 'AfterInstall=x' },
      /'codedeploy-hooks': means nothing to the operation stop/,
    ],
    [
      { 'codedeploy-hooks': 'AfterAllowTestTrafic=x' },
      /there is no hook 'AfterAllowTestTrafic', did you mean 'AfterAllowTestTraffic'/,
    ],
    [{ 'codedeploy-hooks': 'Install=x' }, /there is no hook 'Install'/],
    [
      { 'codedeploy-hooks': 'AfterInstall=arn:aws:sns:eu-west-1:1:x' },
      /neither the name nor the ARN of a Lambda function/,
    ],
    [{ 'codedeploy-auto-rollback-events': 'DEPLOYMENT_FAILUR' }, /did you mean 'DEPLOYMENT_FAILURE'/],
    [{ 'codedeploy-auto-rollback-events': 'DEPLOYMENT_FAILURE', 'on-failure': 'stop' }, /contradicts on-failure stop/],
    [{ 'test-traffic-url': 'ftp://x' }, /'test-traffic-url': expected an http or https address/],
    [{ 'test-traffic-url': 'http://x/', 'wait-until': 'none' }, /needs a job that waits/],
    [{ 'ignore-alarm-poll-failure': 'true' }, /needs codedeploy-alarms/],
    [
      { operation: 'stop', 'force-new-deployment': 'true' },
      /'force-new-deployment': means nothing to the operation stop/,
    ],
    [{ 'keep-revisions': '3', 'wait-until': 'ready' }, /'keep-revisions': needs a success to be seen/],
    [{ 'codedeploy-appspec': 'a.yaml', subnets: 'subnet-1' }, /'subnets': is for a generated AppSpec/],
  ])('%j', async (inputs, words) => {
    const host = await bench.run('live', inputs)
    expect(host.code).toBe(2)
    expect(host.log.join('\n')).toMatch(words)
    expect(bench.called()).toEqual([])
  })

  test('an AppSpec for a container, a port or a hook that is not there', async () => {
    const file = join(bench.folder, 'appspec.yaml')
    const wrong = (container: string, port: number, hook: string): void =>
      writeFileSync(
        file,
        `version: 0.0\nResources:\n  - TargetService:\n      Type: AWS::ECS::Service\n      Properties:\n        TaskDefinition: ""\n        LoadBalancerInfo:\n          ContainerName: ${container}\n          ContainerPort: ${port}\nHooks:\n  - ${hook}: fn\n`,
      )
    wrong('ap', 8080, 'AfterInstal')
    const host = await deploy('live', 'h7', { 'codedeploy-appspec': file })
    expect(host.code).toBe(2)
    expect(host.log.filter((line) => line.startsWith('error'))).toEqual([
      expect.stringMatching(/AppSpec: there is no hook 'AfterInstal', did you mean 'AfterInstall'/),
      "error: AppSpec: the task definition has no container 'ap', only app, did you mean 'app'?",
    ])
    wrong('app', 80, 'AfterInstall')
    const other = await deploy('live', 'h7', { 'codedeploy-appspec': file })
    expect(other.log.at(-1)).toMatch(/container 'app' of the task definition has no port 80, only 8080/)
    expect(bench.called()).toEqual([])
  })
})
