import type { ServiceDeployment } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { describeNativeEvent, nativeEvents, nativeHeartbeat } from '../../src/ecs/native-events.ts'

const lines = (before: object | undefined, now: object): readonly string[] =>
  nativeEvents(before as ServiceDeployment | undefined, now as ServiceDeployment).map((event) =>
    describeNativeEvent(event, 65_000),
  )
const target = (runningTaskCount: number, more: object = {}) => ({
  status: 'IN_PROGRESS',
  targetServiceRevision: { runningTaskCount, requestedTaskCount: 2, ...more },
})

describe('what is new in a look', () => {
  test('is nothing when nothing has changed', () => {
    const now = {
      ...target(1, { requestedProductionTrafficWeight: 10 }),
      lifecycleStage: 'BAKE_TIME',
      alarms: { triggeredAlarmNames: ['a'] },
      deploymentCircuitBreaker: { status: 'MONITORING', failureCount: 1, threshold: 3 },
      lifecycleHookDetails: [{ hookId: 'h', status: 'IN_PROGRESS' }],
    }
    expect(lines(now, now)).toEqual([])
  })

  test.each([
    ['a status', undefined, { status: 'PENDING' }, ['[1m 5s] deployment PENDING']],
    [
      'its reason',
      { status: 'IN_PROGRESS' },
      { status: 'STOPPED', statusReason: 'no' },
      ['[1m 5s] deployment STOPPED: no'],
    ],
    ['an unknown status', { status: 'PENDING' }, { status: 'BRAND_NEW' }, ['[1m 5s] deployment BRAND_NEW']],
    ['no status', { status: 'PENDING' }, {}, ['[1m 5s] deployment unknown']],
    ['a stage', target(2), { ...target(2), lifecycleStage: 'SCALE_UP' }, ['[1m 5s] SCALE_UP']],
    ['tasks', target(0), target(1), ['[1m 5s] new tasks: 1 of 2 run']],
    [
      'old tasks that go',
      { ...target(2), sourceServiceRevisions: [{ runningTaskCount: 2 }, { runningTaskCount: 1 }] },
      { ...target(2), sourceServiceRevisions: [{ runningTaskCount: 1 }] },
      ['[1m 5s] new tasks: 2 of 2 run, old: 1'],
    ],
    [
      'alarms',
      target(2),
      { ...target(2), alarms: { triggeredAlarmNames: ['5xx', 'lag'] } },
      ['[1m 5s] in ALARM: 5xx, lag'],
    ],
    [
      'a hook that waits',
      target(2),
      { ...target(2), lifecycleHookDetails: [{ hookId: 'h-1', status: 'AWAITING_ACTION' }] },
      ['[1m 5s] hook h-1 waits for an answer: run again with operation: continue or operation: rollback'],
    ],
    [
      'a hook of a status that nobody knows',
      target(2),
      { ...target(2), lifecycleHookDetails: [{ hookId: 'h-1', status: 'constructor' }] },
      ['[1m 5s] hook h-1 constructor'],
    ],
    [
      'failed tasks, with the threshold',
      target(0),
      { ...target(0), deploymentCircuitBreaker: { status: 'MONITORING', failureCount: 2, threshold: 3 } },
      ['[1m 5s] failed tasks: 2, the circuit breaker opens at 3'],
    ],
    [
      'failed tasks, when nobody counts them',
      target(0),
      { ...target(0), deploymentCircuitBreaker: { status: 'DISABLED', failureCount: 2, threshold: 3 } },
      ['[1m 5s] failed tasks: 2'],
    ],
  ] as const)('%s', (_, before, now, expected) => {
    expect(lines(before, now)).toEqual(expected)
  })

  test('traffic in percent that add up, whatever the step', () => {
    const percents = fc.integer({ min: 1, max: 1_000 }).map((tenths) => tenths / 10)
    fc.assert(
      fc.property(percents, (percent) => {
        const [line = ''] = lines(target(2), target(2, { requestedProductionTrafficWeight: percent }))
        const [, fresh, old] = /([\d.]+)% new, ([\d.]+)% old$/.exec(line) ?? []
        expect(Number(fresh)).toBe(percent)
        expect(old).toMatch(/^\d{1,3}(\.\d)?$/)
        expect(Number(fresh) + Number(old)).toBeCloseTo(100, 6)
      }),
    )
  })

  test('never more than one line, whatever ECS says', () => {
    const hostile = 'a\n::error::b\r\nc'
    const said = lines(undefined, { status: 'STOPPED', statusReason: hostile })
    for (const line of said) expect(line).not.toMatch(/[\r\n]/)
  })
})

test('a heartbeat tells how it stands without any numbers too', () => {
  expect(nativeHeartbeat({ status: 'IN_PROGRESS' }, 60_000)).toMatch(/still IN_PROGRESS, 0 of 0 new tasks run$/)
})
