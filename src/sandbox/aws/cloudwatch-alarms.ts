import type { Caller } from '../world.ts'

export type StateValue = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'

/** An alarm: its settings as they came, and its state. */
export interface Alarm {
  readonly name: string
  readonly type: 'MetricAlarm' | 'CompositeAlarm'
  settings: Readonly<Record<string, unknown>>
  actionsEnabled: boolean
  configuredAt: number
  state: StateValue
  reason: string
  reasonData: string | undefined
  /** Sandbox time, ms since the epoch, as all times here. */
  stateAt: number
  readonly tags: Map<string, string>
}

export interface HistoryItem {
  readonly alarm: string
  readonly type: Alarm['type']
  readonly at: number
  readonly kind: 'ConfigurationUpdate' | 'StateUpdate'
  readonly summary: string
  readonly data: string
}

/** The alarms of one account in one region. */
export interface Alarms {
  readonly byName: Map<string, Alarm>
  /** Oldest first. */
  readonly history: HistoryItem[]
}

export const alarms = (): Alarms => ({ byName: new Map(), history: [] })

export const alarmArn = ({ accountId, region }: Caller, name: string): string =>
  `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`

const asDate = (at: number): Date => new Date(at)

/** An alarm as DescribeAlarms tells it. */
export const alarmInfo = (alarm: Alarm, caller: Caller): Record<string, unknown> => ({
  AlarmName: alarm.name,
  AlarmArn: alarmArn(caller, alarm.name),
  AlarmConfigurationUpdatedTimestamp: asDate(alarm.configuredAt),
  ActionsEnabled: alarm.actionsEnabled,
  OKActions: [],
  AlarmActions: [],
  InsufficientDataActions: [],
  StateValue: alarm.state,
  StateReason: alarm.reason,
  StateReasonData: alarm.reasonData,
  StateUpdatedTimestamp: asDate(alarm.stateAt),
  StateTransitionedTimestamp: asDate(alarm.stateAt),
  ...(alarm.type === 'MetricAlarm' ? { Dimensions: alarm.settings['Metrics'] === undefined ? [] : undefined } : {}),
  ...alarm.settings,
})

/** Puts an alarm into a state and notes it in the history. */
export function setState(
  { history }: Alarms,
  alarm: Alarm,
  to: { state: StateValue; reason: string; reasonData?: string | undefined },
  now: number,
): void {
  const from = alarm.state
  alarm.reason = to.reason
  alarm.reasonData = to.reasonData
  if (from === to.state) return
  alarm.state = to.state
  alarm.stateAt = now
  history.push({
    alarm: alarm.name,
    type: alarm.type,
    at: now,
    kind: 'StateUpdate',
    summary: `Alarm updated from ${from} to ${to.state}`,
    data: JSON.stringify({
      version: '1.0',
      oldState: { stateValue: from },
      newState: { stateValue: to.state, stateReason: to.reason },
    }),
  })
}
