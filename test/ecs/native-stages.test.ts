import type { ServiceDeployment } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { hasCome, hasReached, hasShifted, isOver, type NativeWait, nativeWaits } from '../../src/ecs/native-stages.ts'

const at = (lifecycleStage: string | undefined, more: object = {}): ServiceDeployment =>
  ({ status: 'IN_PROGRESS', ...(lifecycleStage === undefined ? {} : { lifecycleStage }), ...more }) as ServiceDeployment

const stages = [
  ...['RECONCILE_SERVICE', 'PRE_SCALE_UP', 'SCALE_UP', 'POST_SCALE_UP', 'TEST_TRAFFIC_SHIFT'],
  ...['POST_TEST_TRAFFIC_SHIFT', 'PRE_PRODUCTION_TRAFFIC_SHIFT', 'PRODUCTION_TRAFFIC_SHIFT'],
  ...['POST_PRODUCTION_TRAFFIC_SHIFT', 'BAKE_TIME', 'CLEAN_UP'],
]

/** The first stage in which a wait is over; undefined when none is. */
const firstOf: Readonly<Record<NativeWait, string | undefined>> = {
  none: 'RECONCILE_SERVICE',
  'test-traffic': 'POST_TEST_TRAFFIC_SHIFT',
  ready: 'PRODUCTION_TRAFFIC_SHIFT',
  'traffic-shifted': 'BAKE_TIME',
  bake: 'CLEAN_UP',
  complete: undefined,
}

describe('how far a deployment has come', () => {
  test.each(nativeWaits)('%s has come in its stage and in all after it, whichever a look may miss', (wait) => {
    const first = firstOf[wait]
    const from = first === undefined ? stages.length : stages.indexOf(first)
    expect(stages.map((stage) => hasCome(at(stage), wait))).toEqual(stages.map((_, index) => index >= from))
  })

  test.each(nativeWaits.filter((wait) => wait !== 'none'))(
    '%s has not come before any stage, or in an unknown one',
    (wait) => {
      expect(hasCome(at(undefined), wait)).toBe(false)
      expect(hasCome(at('A_NEW_STAGE'), wait)).toBe(false)
    },
  )

  test.each(nativeWaits)('%s has come with success', (wait) => {
    expect(hasCome({ status: 'SUCCESSFUL' }, wait)).toBe(true)
  })

  test.each(['STOP_REQUESTED', 'ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS', 'ROLLBACK_SUCCESSFUL', 'STOPPED', 'NEW'])(
    'nothing has come in a deployment that is %s, whatever its stage',
    (status) => {
      for (const wait of nativeWaits.filter((one) => one !== 'none'))
        for (const stage of stages)
          expect([wait, stage, hasCome(at(stage, { status }), wait)]).toEqual([wait, stage, false])
      expect(hasShifted(at('CLEAN_UP', { status }))).toBe(false)
    },
  )

  test('it is ready when it waits at a hook', () => {
    const hooks = (status: string) => ({ lifecycleHookDetails: [{ hookId: 'h', status }] })
    expect(hasCome(at('POST_TEST_TRAFFIC_SHIFT', hooks('AWAITING_ACTION')), 'ready')).toBe(true)
    expect(hasCome(at('POST_TEST_TRAFFIC_SHIFT', hooks('IN_PROGRESS')), 'ready')).toBe(false)
    expect(hasCome(at('POST_TEST_TRAFFIC_SHIFT', hooks('AWAITING_ACTION')), 'traffic-shifted')).toBe(false)
  })

  test('stages are compared by their order', () => {
    for (const [index, stage] of stages.entries())
      for (const [other, wanted] of stages.entries()) expect(hasReached(at(stage), wanted)).toBe(index >= other)
  })
})

describe('the end', () => {
  const finishedAt = new Date(0)
  test.each([
    ...['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'].map((status) => [status, {}, true] as const),
    ...['PENDING', 'IN_PROGRESS', 'STOP_REQUESTED', 'ROLLBACK_REQUESTED'].map(
      (status) => [status, { finishedAt }, false] as const,
    ),
    ['A_NEW_STATUS', {}, false] as const,
    ['A_NEW_STATUS', { finishedAt }, true] as const,
  ])('of %s %j is one: %s', (status, more, expected) => {
    expect(isOver({ status, ...more } as ServiceDeployment)).toBe(expected)
  })
})
