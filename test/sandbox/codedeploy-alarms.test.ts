import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type CodeDeploySandbox, clientOf, codeDeploySandbox } from '../support/codedeploy-sandbox.ts'

const minute = 60_000

describe('alarms of a deployment', () => {
  let box: CodeDeploySandbox
  let cloudwatch: CloudWatchClient
  const alarmConfiguration = { enabled: true, alarms: [{ name: 'errors' }] }
  const deploymentConfigName = 'CodeDeployDefault.ECSCanary10Percent5Minutes'
  const onAlarm = { enabled: true, events: ['DEPLOYMENT_STOP_ON_ALARM' as const] }

  const raise = (state: 'ALARM' | 'OK') =>
    cloudwatch.send(new SetAlarmStateCommand({ AlarmName: 'errors', StateValue: state, StateReason: 'a test' }))

  const start = async (changes: Parameters<typeof codeDeploySandbox>[0]) => {
    box = await codeDeploySandbox(changes)
    cloudwatch = new CloudWatchClient(clientOf(box.sandbox))
    await cloudwatch.send(
      new PutMetricAlarmCommand({
        AlarmName: 'errors',
        Namespace: 'shop',
        MetricName: 'errors',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    )
    await raise('OK')
  }
  beforeEach(() => {
    cloudwatch = undefined as unknown as CloudWatchClient
  })
  afterEach(async () => {
    cloudwatch?.destroy()
    await box.close()
  })

  test('stop it within seconds of going off, and roll it back', async () => {
    await start({ alarmConfiguration, autoRollbackConfiguration: onAlarm })
    const id = await box.deploy({ deploymentConfigName })
    await box.sandbox.clock.advance(2 * minute)
    expect(box.share()).toBe(10)
    await raise('ALARM')
    await box.sandbox.clock.advance(minute)
    const stopped = await box.get(id)
    expect(stopped).toMatchObject({
      status: 'Stopped',
      errorInformation: { code: 'ALARM_ACTIVE', message: expect.stringContaining('Activated alarms: <errors>') },
    })
    const rollback = await box.get(stopped.rollbackInfo?.rollbackDeploymentId ?? '')
    expect(rollback).toMatchObject({ status: 'Succeeded', creator: 'codeDeployRollback' })
    expect(box.share()).toBe(0)
    expect(box.service.taskSets).toHaveLength(1)
  })

  test('stop it without a rollback when none is configured', async () => {
    await start({ alarmConfiguration })
    const id = await box.deploy({ deploymentConfigName })
    await raise('ALARM')
    await box.sandbox.clock.advance(minute)
    const stopped = await box.get(id)
    expect(stopped.status).toBe('Stopped')
    expect(stopped.rollbackInfo).toBeUndefined()
  })

  test('do nothing when the deployment overrides them', async () => {
    await start({ alarmConfiguration })
    await raise('ALARM')
    const id = await box.deploy({ overrideAlarmConfiguration: { enabled: false, alarms: [] } })
    await box.sandbox.clock.advance(10 * minute)
    expect(await box.get(id)).toMatchObject({ status: 'Succeeded', overrideAlarmConfiguration: { enabled: false } })
  })

  test('stop it when the deployment itself names them', async () => {
    await start({ autoRollbackConfiguration: onAlarm })
    const id = await box.deploy({ deploymentConfigName, overrideAlarmConfiguration: alarmConfiguration })
    await box.sandbox.clock.advance(2 * minute)
    await raise('ALARM')
    await box.sandbox.clock.advance(minute)
    const stopped = await box.get(id)
    expect(stopped).toMatchObject({ status: 'Stopped', errorInformation: { code: 'ALARM_ACTIVE' } })
    expect(stopped.rollbackInfo?.rollbackDeploymentId).toBeDefined()
    expect(box.share()).toBe(0)
  })
})
