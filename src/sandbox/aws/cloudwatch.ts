import type { Caller, World } from '../world.ts'
import { BadRule, parseAlarmRule } from './alarm-rule.ts'
import { type Alarm, type Alarms, alarmInfo, alarms, type StateValue, setState } from './cloudwatch-alarms.ts'
import { AwsError, type AwsService, type Input, type Operation, regional } from './service.ts'

/**
 * CloudWatch alarms. Nothing measures here: an alarm has the state that SetAlarmState gave it, a composite alarm what its
 * rule says of the others. The pinned SDK and botocore speak JSON, older clients query; both are answered.
 */
export function cloudWatchServices(world: World): readonly AwsService[] {
  const operations = alarmOperations(world)
  const json = Object.entries(operations).map(([name, run]): [string, Operation] => [
    name,
    async (input, caller) => withEpochSeconds(await run(input, caller)),
  ])
  return [
    {
      name: 'monitoring',
      protocol: { kind: 'json', version: '1.0', target: 'GraniteServiceVersion20100801' },
      operations: Object.fromEntries(json),
    },
    {
      name: 'monitoring',
      protocol: {
        kind: 'query',
        apiVersion: '2010-08-01',
        namespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
      },
      operations,
    },
  ]
}

function withEpochSeconds(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1_000
  if (Array.isArray(value)) return value.map(withEpochSeconds)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withEpochSeconds(member)]))
}

const validation = (message: string): AwsError => new AwsError('ValidationError', message)

const notFound = (name: string): AwsError => new AwsError('ResourceNotFound', `Unknown alarm: ${name}`, 404)

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

function nameIn(input: Input): string {
  const name: unknown = input['AlarmName']
  if (typeof name !== 'string' || name === '' || name.length > 255) {
    throw validation('AlarmName must have from 1 to 255 characters.')
  }
  return name
}

/** Members of a metric alarm that are numbers: text in the query protocol. */
const numbers = ['Period', 'EvaluationPeriods', 'DatapointsToAlarm', 'Threshold', 'EvaluationInterval']

const metricMembers = [
  'AlarmDescription',
  'OKActions',
  'AlarmActions',
  'InsufficientDataActions',
  'MetricName',
  'Namespace',
  'Statistic',
  'ExtendedStatistic',
  'Dimensions',
  'Unit',
  'ComparisonOperator',
  'TreatMissingData',
  'EvaluateLowSampleCountPercentile',
  'Metrics',
  'ThresholdMetricId',
  ...numbers,
]

const compositeMembers = [
  'AlarmDescription',
  'OKActions',
  'AlarmActions',
  'InsufficientDataActions',
  'AlarmRule',
  'ActionsSuppressor',
  'ActionsSuppressorWaitPeriod',
  'ActionsSuppressorExtensionPeriod',
]

function pick(input: Input, members: readonly string[]): Record<string, unknown> {
  const found = members.filter((member) => input[member] !== undefined)
  return Object.fromEntries(
    found.map((member) => [member, numbers.includes(member) ? Number(input[member]) : (input[member] as unknown)]),
  )
}

function alarmOperations(world: World): Readonly<Record<string, Operation>> {
  const stateOf = regional(alarms)

  const put = (input: Input, caller: Caller, type: Alarm['type'], settings: Record<string, unknown>): Alarm => {
    const { byName, history } = stateOf(caller)
    const name = nameIn(input)
    const now = world.clock.now()
    const known = byName.get(name)
    const actionsEnabled = input['ActionsEnabled'] === undefined || String(input['ActionsEnabled']) === 'true'
    const summary = `Alarm "${name}" ${known === undefined ? 'created' : 'updated'}`
    history.push({ alarm: name, type, at: now, kind: 'ConfigurationUpdate', summary, data: '{"version":"1.0"}' })
    if (known !== undefined && known.type === type) {
      Object.assign(known, { settings, actionsEnabled, configuredAt: now })
      return known
    }
    const tags = ((input['Tags'] as Input[] | undefined) ?? []).map((tag): [string, string] => [
      tag['Key'],
      tag['Value'],
    ])
    const alarm: Alarm = {
      name,
      type,
      settings,
      actionsEnabled,
      configuredAt: now,
      state: 'INSUFFICIENT_DATA',
      reason: 'Unchecked: Initial alarm creation',
      reasonData: undefined,
      stateAt: now,
      tags: new Map(tags),
    }
    byName.set(name, alarm)
    return alarm
  }

  /** Composite alarms follow the others until nothing changes; rules that go in circles end after a few rounds. */
  const settle = (all: Alarms): void => {
    const composites = [...all.byName.values()].filter(({ type }) => type === 'CompositeAlarm')
    for (let round = 0; round < 10; round++) {
      let changed = false
      for (const alarm of composites) {
        const rule = parseAlarmRule(String(alarm.settings['AlarmRule']))
        const state = rule((name) => all.byName.get(name)?.state) ? 'ALARM' : 'OK'
        if (state === alarm.state) continue
        changed = true
        setState(all, alarm, { state, reason: `The alarm rule is ${state === 'ALARM'}` }, world.clock.now())
      }
      if (!changed) return
    }
  }

  const toggle =
    (enabled: boolean): Operation =>
    (input, caller) => {
      for (const name of texts(input['AlarmNames'])) {
        const alarm = stateOf(caller).byName.get(name)
        if (alarm !== undefined) alarm.actionsEnabled = enabled
      }
    }

  const tagsOf = (input: Input, caller: Caller): Map<string, string> => {
    const name = String(input['ResourceARN']).split(':alarm:')[1] ?? ''
    const alarm = stateOf(caller).byName.get(name)
    if (alarm === undefined) throw new AwsError('ResourceNotFoundException', `Unknown alarm: ${name}`, 404)
    return alarm.tags
  }

  return {
    PutMetricAlarm(input, caller) {
      const periods = Number(input['EvaluationPeriods'])
      if (!(periods >= 1)) throw validation('EvaluationPeriods must be at least 1.')
      if (input['ComparisonOperator'] === undefined) throw validation('ComparisonOperator is required.')
      if ((input['MetricName'] === undefined) === (input['Metrics'] === undefined)) {
        throw validation('An alarm takes either MetricName or Metrics.')
      }
      put(input, caller, 'MetricAlarm', pick(input, metricMembers))
    },
    PutCompositeAlarm(input, caller) {
      try {
        parseAlarmRule(String(input['AlarmRule'] ?? ''))
      } catch (error) {
        if (error instanceof BadRule) throw validation(`AlarmRule: ${error.message}.`)
        throw error
      }
      put(input, caller, 'CompositeAlarm', pick(input, compositeMembers))
      settle(stateOf(caller))
    },
    DescribeAlarms(input, caller) {
      const { byName } = stateOf(caller)
      const types = texts(input['AlarmTypes'])
      const names = texts(input['AlarmNames'])
      const prefix: unknown = input['AlarmNamePrefix']
      const found = [...byName.values()].filter(
        (alarm) =>
          (types.length === 0 ? alarm.type === 'MetricAlarm' : types.includes(alarm.type)) &&
          (names.length === 0 || names.includes(alarm.name)) &&
          (typeof prefix !== 'string' || alarm.name.startsWith(prefix)) &&
          (input['StateValue'] === undefined || alarm.state === input['StateValue']),
      )
      const size = Math.min(100, Number(input['MaxRecords'] ?? 100))
      const from = Number(input['NextToken'] ?? 0)
      if (!Number.isInteger(from) || from < 0) throw new AwsError('InvalidNextToken', 'The next token is not valid.')
      const page = found.slice(from, from + size)
      const of = (type: Alarm['type']) => page.filter((alarm) => alarm.type === type).map((a) => alarmInfo(a, caller))
      return {
        MetricAlarms: of('MetricAlarm'),
        CompositeAlarms: of('CompositeAlarm'),
        NextToken: from + size < found.length ? String(from + size) : undefined,
      }
    },
    SetAlarmState(input, caller) {
      const all = stateOf(caller)
      const name = nameIn(input)
      const alarm = all.byName.get(name)
      if (alarm === undefined) throw notFound(name)
      const state: unknown = input['StateValue']
      if (state !== 'OK' && state !== 'ALARM' && state !== 'INSUFFICIENT_DATA') {
        throw validation('StateValue must be OK, ALARM or INSUFFICIENT_DATA.')
      }
      if (typeof input['StateReason'] !== 'string') throw validation('StateReason is required.')
      const reasonData = input['StateReasonData'] as string | undefined
      const to: { state: StateValue; reason: string; reasonData: string | undefined } = {
        state,
        reason: input['StateReason'],
        reasonData,
      }
      setState(all, alarm, to, world.clock.now())
      settle(all)
    },
    DeleteAlarms(input, caller) {
      const { byName } = stateOf(caller)
      const names = texts(input['AlarmNames'])
      const missing = names.find((name) => !byName.has(name))
      if (missing !== undefined) throw notFound(missing)
      for (const name of names) byName.delete(name)
    },
    DescribeAlarmHistory(input, caller) {
      const types = texts(input['AlarmTypes'])
      const items = [...stateOf(caller).history]
        .filter(
          (item) =>
            (input['AlarmName'] === undefined || item.alarm === input['AlarmName']) &&
            (types.length === 0 ? item.type === 'MetricAlarm' : types.includes(item.type)) &&
            (input['HistoryItemType'] === undefined || item.kind === input['HistoryItemType']),
        )
        .reverse()
      return {
        AlarmHistoryItems: items.slice(0, Math.min(100, Number(input['MaxRecords'] ?? 100))).map((item) => ({
          AlarmName: item.alarm,
          AlarmType: item.type,
          Timestamp: new Date(item.at),
          HistoryItemType: item.kind,
          HistorySummary: item.summary,
          HistoryData: item.data,
        })),
      }
    },
    EnableAlarmActions: toggle(true),
    DisableAlarmActions: toggle(false),
    TagResource(input, caller) {
      const tags = tagsOf(input, caller)
      for (const tag of (input['Tags'] as Input[] | undefined) ?? []) tags.set(tag['Key'], tag['Value'])
    },
    UntagResource(input, caller) {
      const tags = tagsOf(input, caller)
      for (const key of texts(input['TagKeys'])) tags.delete(key)
    },
    ListTagsForResource: (input, caller) => ({
      Tags: [...tagsOf(input, caller)].map(([Key, Value]) => ({ Key, Value })),
    }),
  }
}
