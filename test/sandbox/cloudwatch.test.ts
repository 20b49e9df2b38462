import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
  type StateValue,
} from '@aws-sdk/client-cloudwatch'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { BadRule, parseAlarmRule } from '../../src/sandbox/aws/alarm-rule.ts'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { clientOf } from '../support/codedeploy-sandbox.ts'

describe('CloudWatch alarms', () => {
  let sandbox: Sandbox
  let client: CloudWatchClient
  beforeEach(async () => {
    sandbox = await startCheckedSandbox({ speed: 0 })
    client = new CloudWatchClient(clientOf(sandbox))
  })
  afterEach(async () => {
    client.destroy()
    await sandbox.close()
  })

  const put = (AlarmName: string) =>
    client.send(
      new PutMetricAlarmCommand({
        AlarmName,
        Namespace: 'AWS/ApplicationELB',
        MetricName: 'HTTPCode_Target_5XX_Count',
        Dimensions: [{ Name: 'LoadBalancer', Value: 'app/web/1' }],
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 5,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    )
  const set = (AlarmName: string, StateValue: StateValue) =>
    client.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'a test' }))
  const states = async () => {
    const found = await client.send(new DescribeAlarmsCommand({ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }))
    return Object.fromEntries(
      [...(found.MetricAlarms ?? []), ...(found.CompositeAlarms ?? [])].map((alarm) => [
        alarm.AlarmName,
        alarm.StateValue,
      ]),
    )
  }

  test('are put, set, read and deleted', async () => {
    await put('errors')
    expect(await states()).toEqual({ errors: 'INSUFFICIENT_DATA' })
    await sandbox.clock.advance(60_000)
    await set('errors', 'ALARM')
    const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({ AlarmNames: ['errors'] }))
    expect(MetricAlarms).toMatchObject([
      {
        AlarmArn: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:errors',
        StateValue: 'ALARM',
        StateReason: 'a test',
        StateUpdatedTimestamp: new Date(sandbox.clock.now()),
        Threshold: 5,
        ActionsEnabled: true,
      },
    ])
    await client.send(new DeleteAlarmsCommand({ AlarmNames: ['errors'] }))
    expect(await states()).toEqual({})
  })

  test('keep a history, the newest first', async () => {
    await put('errors')
    await set('errors', 'OK')
    await set('errors', 'ALARM')
    const { AlarmHistoryItems } = await client.send(new DescribeAlarmHistoryCommand({ AlarmName: 'errors' }))
    expect(AlarmHistoryItems?.map(({ HistorySummary }) => HistorySummary)).toEqual([
      'Alarm updated from OK to ALARM',
      'Alarm updated from INSUFFICIENT_DATA to OK',
      'Alarm "errors" created',
    ])
  })

  test('turn their actions off and on', async () => {
    await put('errors')
    const enabled = async () =>
      (await client.send(new DescribeAlarmsCommand({}))).MetricAlarms?.map(({ ActionsEnabled }) => ActionsEnabled)
    await client.send(new DisableAlarmActionsCommand({ AlarmNames: ['errors'] }))
    expect(await enabled()).toEqual([false])
    await client.send(new EnableAlarmActionsCommand({ AlarmNames: ['errors'] }))
    expect(await enabled()).toEqual([true])
  })

  test('of others make a composite alarm', async () => {
    await put('errors')
    await put('latency')
    await client.send(
      new PutCompositeAlarmCommand({ AlarmName: 'both', AlarmRule: 'ALARM("errors") AND NOT OK(latency)' }),
    )
    expect(await states()).toMatchObject({ both: 'OK' })
    await set('errors', 'ALARM')
    expect(await states()).toMatchObject({ both: 'ALARM' })
    await set('latency', 'OK')
    expect(await states()).toMatchObject({ both: 'OK' })
  })

  test.each([
    ['an unknown alarm', () => set('nothing', 'OK'), 'ResourceNotFound'],
    [
      'a bad rule',
      () => client.send(new PutCompositeAlarmCommand({ AlarmName: 'a', AlarmRule: 'LOUD(a)' })),
      'ValidationException',
    ],
    ['a state that is none', () => put('a').then(() => set('a', 'LOUD' as StateValue)), 'ValidationException'],
    [
      'a deletion of what is not there',
      () => client.send(new DeleteAlarmsCommand({ AlarmNames: ['a'] })),
      'ResourceNotFound',
    ],
  ])('refuse %s', async (_name, call, name) => {
    await expect(call()).rejects.toMatchObject({ name })
  })

  test('answer the query protocol of older clients in XML', async () => {
    await put('errors')
    const answer = await fetch(sandbox.endpoint(), {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization:
          'AWS4-HMAC-SHA256 Credential=AKIA/20260101/eu-west-1/monitoring/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: new URLSearchParams({ Action: 'DescribeAlarms', Version: '2010-08-01', 'AlarmNames.member.1': 'errors' }),
    })
    const text = await answer.text()
    expect(text).toContain('<AlarmName>errors</AlarmName>')
    expect(text).toContain(
      `<StateUpdatedTimestamp>${new Date(sandbox.clock.now()).toISOString()}</StateUpdatedTimestamp>`,
    )
  })
})

describe('an alarm rule', () => {
  const alarm = (name: string): StateValue | undefined => ({ a: 'ALARM' as const, o: 'OK' as const })[name]

  test.each([
    ['ALARM(a)', true],
    ['ALARM("o")', false],
    ['OK(o) AND ALARM(a)', true],
    ['FALSE AND FALSE OR TRUE', true],
    ['FALSE AND (FALSE OR TRUE)', false],
    ['NOT ALARM(a) OR INSUFFICIENT_DATA(missing)', false],
    ['ALARM(arn:aws:cloudwatch:eu-west-1:123456789012:alarm:a)', true],
  ])('%s is %s', (rule, holds) => {
    expect(parseAlarmRule(rule)(alarm)).toBe(holds)
  })

  test('of any text is a rule or a BadRule, in no time', () => {
    const token = fc.constantFrom('ALARM', 'OK', '(', ')', '"a"', 'a', 'AND', 'OR', 'NOT', 'TRUE', ' ', '"')
    fc.assert(
      fc.property(fc.array(token, { maxLength: 200 }), (tokens) => {
        try {
          expect(typeof parseAlarmRule(tokens.join(' '))(alarm)).toBe('boolean')
        } catch (error) {
          expect(error).toBeInstanceOf(BadRule)
        }
      }),
    )
  })
})
