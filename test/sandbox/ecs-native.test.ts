import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch'
import {
  ContinueServiceDeploymentCommand,
  type DeploymentConfiguration,
  DescribeServiceDeploymentsCommand,
  type ServiceDeployment,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import { ModifyListenerCommand } from '@aws-sdk/client-elastic-load-balancing-v2'
import { afterEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { trafficSteps } from '../../src/sandbox/aws/ecs/blue-green.ts'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { type EcsWorld, ecsWorld } from '../support/ecs-world.ts'

const minute = 60_000

let sandbox: Sandbox
let world: EcsWorld
afterEach(async () => {
  world?.close()
  await sandbox?.close()
})

const start = async (deploymentConfiguration: DeploymentConfiguration): Promise<void> => {
  sandbox = await startCheckedSandbox({ speed: 0 })
  world = await ecsWorld(sandbox, { loadBalancer: 'native', deploymentConfiguration })
}

async function deploy(labels: Record<string, string> = {}, deploymentConfiguration?: DeploymentConfiguration) {
  const taskDefinition = await world.registered(await world.pushed(labels))
  const { service } = await world.ecs.send(
    new UpdateServiceCommand({
      cluster: world.cluster,
      service: world.service,
      taskDefinition,
      ...(deploymentConfiguration === undefined ? {} : { deploymentConfiguration }),
    }),
  )
  return { taskDefinition, arn: service?.currentServiceDeployment ?? '' }
}
const deployment = async (arn: string): Promise<ServiceDeployment> => {
  const command = new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] })
  return (await world.ecs.send(command)).serviceDeployments?.[0] ?? {}
}
const ended = async (arn: string): Promise<string> => {
  const over = ['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED']
  await world.until(async () => over.includes((await deployment(arn)).status ?? ''), 120 * minute)
  return (await deployment(arn)).status ?? ''
}
const at = (arn: string, stage: string) =>
  world.until(async () => (await deployment(arn)).lifecycleStage === stage, 120 * minute)

describe('a native blue/green deployment', () => {
  test('walks its stages in order: test traffic first, then production, then it bakes and cleans up', async () => {
    await start({ strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 })
    expect([await world.weights(), await world.weights('test')]).toEqual(['blue=100 green=0', 'blue=100 green=0'])
    const { arn, taskDefinition } = await deploy()
    const seen: string[] = []
    await world.until(async () => {
      const { lifecycleStage, status } = await deployment(arn)
      if (lifecycleStage !== undefined && lifecycleStage !== seen.at(-1)) seen.push(lifecycleStage)
      return status === 'SUCCESSFUL'
    }, 30 * minute)
    expect(seen).toEqual([
      'RECONCILE_SERVICE',
      'PRE_SCALE_UP',
      'SCALE_UP',
      'POST_SCALE_UP',
      'TEST_TRAFFIC_SHIFT',
      'POST_TEST_TRAFFIC_SHIFT',
      'PRODUCTION_TRAFFIC_SHIFT',
      'POST_PRODUCTION_TRAFFIC_SHIFT',
      'BAKE_TIME',
      'CLEAN_UP',
    ])
    expect([await world.weights(), await world.weights('test')]).toEqual(['blue=0 green=100', 'blue=0 green=100'])
    expect((await world.described()).deployments).toMatchObject([{ taskDefinition, rolloutState: 'COMPLETED' }])
    expect(await ended((await deploy()).arn)).toBe('SUCCESSFUL')
    expect(await world.weights()).toBe('blue=100 green=0')
  })

  test('runs both revisions while it bakes, and shows where the traffic is', async () => {
    await start({ strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 })
    const { arn } = await deploy()
    await at(arn, 'BAKE_TIME')
    expect(await deployment(arn)).toMatchObject({
      status: 'IN_PROGRESS',
      sourceServiceRevisions: [{ runningTaskCount: 2, requestedProductionTrafficWeight: 0 }],
      targetServiceRevision: {
        runningTaskCount: 2,
        requestedProductionTrafficWeight: 100,
        requestedTestTrafficWeight: 100,
      },
    })
    expect((await world.described()).deployments).toHaveLength(2)
  })

  test('stopped while it bakes gives all traffic back to the source, whose tasks never stopped', async () => {
    await start({ strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 })
    const before = (await world.tasks()).map(({ taskArn }) => taskArn).sort()
    const { arn } = await deploy()
    await at(arn, 'BAKE_TIME')
    await world.ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn: arn }))
    expect((await deployment(arn)).status).toBe('ROLLBACK_REQUESTED')
    expect(await ended(arn)).toBe('ROLLBACK_SUCCESSFUL')
    expect([await world.weights(), await world.weights('test')]).toEqual(['blue=100 green=0', 'blue=100 green=0'])
    expect((await world.tasks()).map(({ taskArn }) => taskArn).sort()).toEqual(before)
    expect((await world.described()).taskDefinition).toBe(world.taskDefinitionArn)
  })

  test('whose tasks never get healthy is ended by its circuit breaker before any traffic moves', async () => {
    await start({ strategy: 'BLUE_GREEN', deploymentCircuitBreaker: { enable: true, rollback: true } })
    const { arn } = await deploy({ 'sandbox.healthy': 'false' })
    expect(await ended(arn)).toBe('ROLLBACK_SUCCESSFUL')
    expect(await world.weights()).toBe('blue=100 green=0')
  })

  test('goes back when a hook fails, and says which', async () => {
    const hookTargetArn = 'arn:aws:lambda:eu-west-1:123456789012:function:smoke'
    const roleArn = 'arn:aws:iam::123456789012:role/hooks'
    await start({
      strategy: 'BLUE_GREEN',
      lifecycleHooks: [{ hookTargetArn, roleArn, lifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'] }],
    })
    sandbox.hooks.set({ function: 'smoke', status: 'Failed', afterMs: 5_000 })
    const { arn } = await deploy()
    expect(await ended(arn)).toBe('ROLLBACK_SUCCESSFUL')
    expect((await deployment(arn)).statusReason).toBe(
      `Service deployment rolled back because POST_TEST_TRAFFIC_SHIFT lifecycle hook(s) failed. Lifecycle hook target ${hookTargetArn} returned FAILED status.`,
    )
    sandbox.hooks.clear()
    expect(await ended((await deploy()).arn)).toBe('SUCCESSFUL')
  })

  test('waits for a hook that is answered over the control API', async () => {
    const hook = { hookTargetArn: 'arn:aws:lambda:eu-west-1:123456789012:function:smoke' }
    await start({ strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0 })
    sandbox.hooks.set({ function: 'smoke', status: 'none' })
    const { arn } = await deploy({}, { lifecycleHooks: [{ ...hook, lifecycleStages: ['POST_SCALE_UP'] }] })
    await world.until(async () => sandbox.hooks.pending().length > 0)
    const [pending] = sandbox.hooks.pending()
    const answer = await fetch(`${sandbox.endpoint()}/_sandbox/hooks/${pending?.id}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ status: 'Succeeded' }),
    })
    expect([answer.status, pending?.event]).toEqual([200, 'POST_SCALE_UP'])
    expect(await ended(arn)).toBe('SUCCESSFUL')
  })

  test.each([
    ['CONTINUE', 'SUCCESSFUL'],
    ['ROLLBACK', 'ROLLBACK_SUCCESSFUL'],
  ] as const)('pauses until somebody says %s', async (action, status) => {
    await start({ strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0 })
    const { arn } = await deploy({}, { lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages: ['PRE_SCALE_UP'] }] })
    await world.until(async () => (await deployment(arn)).lifecycleHookDetails?.[0]?.status === 'AWAITING_ACTION')
    await world.pass(60 * minute)
    const [hook] = (await deployment(arn)).lifecycleHookDetails ?? []
    expect(hook).toMatchObject({ targetType: 'PAUSE', status: 'AWAITING_ACTION', timeoutAction: 'ROLLBACK' })
    await world.ecs.send(
      new ContinueServiceDeploymentCommand({ serviceDeploymentArn: arn, hookId: hook?.hookId ?? '', action }),
    )
    expect(await ended(arn)).toBe(status)
  })

  test('goes back when its alarm goes off while it bakes', async () => {
    await start({
      strategy: 'BLUE_GREEN',
      bakeTimeInMinutes: 10,
      alarms: { alarmNames: ['errors'], enable: true, rollback: true },
    })
    const cloudwatch = new CloudWatchClient({
      endpoint: sandbox.endpoint(),
      region: sandbox.region,
      credentials: { accessKeyId: 'A', secretAccessKey: 'b' },
    })
    await cloudwatch.send(
      new PutMetricAlarmCommand({
        AlarmName: 'errors',
        Namespace: 'App',
        MetricName: 'errors',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      }),
    )
    const { arn } = await deploy()
    await at(arn, 'BAKE_TIME')
    await cloudwatch.send(new SetAlarmStateCommand({ AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'test' }))
    cloudwatch.destroy()
    expect(await ended(arn)).toBe('ROLLBACK_SUCCESSFUL')
    expect((await deployment(arn)).alarms).toMatchObject({ status: 'TRIGGERED', triggeredAlarmNames: ['errors'] })
  })

  test('refuses rules that do not know both target groups', async () => {
    await start({ strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0 })
    for (const ListenerArn of [world.listeners?.production, world.listeners?.test]) {
      const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn: world.targetGroups?.blue }]
      await world.elbv2.send(new ModifyListenerCommand({ ListenerArn, DefaultActions }))
    }
    const { arn } = await deploy()
    expect(await ended(arn)).toBe('ROLLBACK_SUCCESSFUL')
    expect((await deployment(arn)).statusReason).toMatch(
      /because of invalid networking configuration\. Both targetGroup/,
    )
  })
})

describe('a native canary or linear deployment', () => {
  const rows: [string, DeploymentConfiguration, string[]][] = [
    [
      'canary',
      {
        strategy: 'CANARY',
        bakeTimeInMinutes: 1,
        canaryConfiguration: { canaryPercent: 12.5, canaryBakeTimeInMinutes: 3 },
      },
      ['blue=1000 green=0', 'blue=875 green=125', 'blue=0 green=100'],
    ],
    [
      'linear',
      { strategy: 'LINEAR', bakeTimeInMinutes: 1, linearConfiguration: { stepPercent: 40, stepBakeTimeInMinutes: 2 } },
      ['blue=100 green=0', 'blue=60 green=40', 'blue=20 green=80', 'blue=0 green=100'],
    ],
  ]
  test.each(rows)('moves %s weights', async (_, configuration, expected) => {
    await start(configuration)
    const { arn } = await deploy()
    const seen: string[] = []
    await world.until(async () => {
      const weights = await world.weights()
      if (weights !== seen.at(-1)) seen.push(weights)
      return (await deployment(arn)).status === 'SUCCESSFUL'
    }, 60 * minute)
    expect(seen.map((weights) => weights.replace('=1000 ', '=100 '))).toEqual(
      expected.map((weights) => weights.replace('=1000 ', '=100 ')),
    )
  })

  test('its steps rise to a hundred, whatever their size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 100 }), (stepPercent) => {
        const steps = trafficSteps({ strategy: 'LINEAR', linearConfiguration: { stepPercent } })
        const percents = steps.map(({ percent }) => percent)
        expect(percents.at(-1)).toBe(100)
        expect(percents).toEqual([...new Set(percents)].sort((a, b) => a - b))
        expect(percents).toHaveLength(Math.ceil(100 / stepPercent))
      }),
    )
  })
})
