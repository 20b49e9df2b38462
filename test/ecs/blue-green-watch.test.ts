import type { DeploymentInfo, ECSTarget } from '@aws-sdk/client-codedeploy'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Clock } from '../../src/action/clock.ts'
import { UserError } from '../../src/action/errors.ts'
import type { CodeDeployApi } from '../../src/ecs/codedeploy-api.ts'
import { trafficBar } from '../../src/ecs/deployment-events.ts'
import { deploymentEnd } from '../../src/ecs/deployment-watch.ts'
import { lastingCall } from '../../src/ecs/lasting-call.ts'
import { oldRevisions } from '../../src/ecs/old-revisions.ts'
import { memoryHost } from '../support/memory-host.ts'

/** A deployment that is so from a second on. */
interface Moment {
  readonly from: number
  readonly deployment: DeploymentInfo
  readonly target?: ECSTarget
}

const events = (...statuses: string[]): ECSTarget => ({
  lifecycleEvents: ['Install', 'AllowTraffic'].map((lifecycleEventName, at) => ({
    lifecycleEventName,
    status: (statuses[at] ?? 'Pending') as 'Pending',
  })),
})

/** Watches a script of moments on a clock that only the watcher moves. */
async function watched(script: readonly Moment[], throttled: (call: number) => boolean = () => false) {
  let now = 0
  const calls: { readonly at: number; readonly operation: 'deployment' | 'target' }[] = []
  const clock: Clock = {
    now: () => now,
    sleep: async (ms) => {
      now += ms
    },
  }
  const moment = (operation: 'deployment' | 'target'): Moment => {
    calls.push({ at: now / 1_000, operation })
    if (throttled(calls.length)) {
      const cause = Object.assign(new Error('Rate exceeded'), {
        name: 'ThrottlingException',
        $metadata: { httpStatusCode: 400 },
      })
      throw new UserError('reading: Rate exceeded', { cause })
    }
    return script.findLast(({ from }) => from * 1_000 <= now) ?? { from: 0, deployment: { status: 'Created' } }
  }
  const codedeploy = {
    deployment: async () => moment('deployment').deployment,
    target: async () => moment('target').target,
  } as Partial<CodeDeployApi> as CodeDeployApi
  const host = memoryHost()
  const last = await deploymentEnd('d-1', {
    codedeploy,
    targetId: 'c:s',
    host,
    clock,
    signal: host.signal,
    random: () => 0.5,
  })
  return { last, calls, log: host.log, seconds: now / 1_000 }
}

const walk: readonly Moment[] = [
  { from: 0, deployment: { status: 'Created' } },
  { from: 7, deployment: { status: 'InProgress' }, target: events('InProgress') },
  { from: 60, deployment: { status: 'InProgress' }, target: events('Succeeded', 'Pending') },
  { from: 63, deployment: { status: 'InProgress' }, target: events('Succeeded', 'InProgress') },
  {
    from: 360,
    deployment: { status: 'InProgress', instanceTerminationWaitTimeStarted: true },
    target: events('Succeeded', 'Succeeded'),
  },
  {
    from: 660,
    deployment: { status: 'Succeeded', instanceTerminationWaitTimeStarted: true },
    target: events('Succeeded', 'Succeeded'),
  },
]

describe('watching a deployment', () => {
  test('takes one call a look while nothing happens, and sees the end within one look', async () => {
    const { last, calls, seconds } = await watched(walk)
    expect(last.deployment.status).toBe('Succeeded')
    expect(seconds).toBeLessThanOrEqual(660 + 15)
    const between = (from: number, to: number) => calls.filter(({ at }) => at > from && at < to)
    // Sixty looks in the five minutes of the canary, each sixth of them with the deployment.
    expect(between(70, 350).length).toBeLessThanOrEqual(56 * (7 / 6) + 1)
    expect(between(380, 655).every(({ operation }) => operation === 'deployment')).toBe(true)
    expect(between(380, 655).length).toBeLessThanOrEqual(20)
  })

  test('sees a stop within six looks while an event goes on, and at once when the event ends with it', async () => {
    const stopped: Moment = { from: 100, deployment: { status: 'Stopped' }, target: events('Succeeded', 'InProgress') }
    expect((await watched([...walk.slice(0, 4), stopped])).seconds).toBeLessThanOrEqual(100 + 31)
    const cut: Moment = { ...stopped, target: events('Succeeded', 'Failed') }
    expect((await watched([...walk.slice(0, 4), cut])).seconds).toBeLessThanOrEqual(105)
  })

  test('tells every event once and beats when there is none', async () => {
    const { log } = await watched(walk)
    expect(log.filter((line) => line.includes('AllowTraffic begins'))).toHaveLength(1)
    expect(log.filter((line) => /still InProgress in AllowTraffic/.test(line)).length).toBeGreaterThanOrEqual(4)
    expect(
      log.filter((line) => /still InProgress, waiting to end the old tasks/.test(line)).length,
    ).toBeGreaterThanOrEqual(4)
    expect(log.at(-1)).toMatch(/deployment Succeeded$/)
  })

  test('looks less often when it is throttled, and gives up only after a long time', async () => {
    const { calls } = await watched(walk, (call) => call >= 3 && call < 7)
    const [, , third, fourth, fifth] = calls.map(({ at }) => at)
    expect((fourth ?? 0) - (third ?? 0)).toBe(10)
    expect((fifth ?? 0) - (fourth ?? 0)).toBe(20)
    await expect(watched(walk, (call) => call >= 3)).rejects.toThrow(/Rate exceeded/)
  })
})

describe('a call that changes something', () => {
  test('is not aborted by a cancel, and its answer is kept before the cancel takes effect', async () => {
    const cancel = new AbortController()
    const kept: string[] = []
    const call = lastingCall(
      cancel.signal,
      async (signal) => {
        cancel.abort(new Error('cancelled'))
        await Promise.resolve()
        expect(signal.aborted).toBe(false)
        return 'd-1'
      },
      (answer) => kept.push(answer),
    )
    await expect(call).rejects.toThrow('cancelled')
    expect(kept).toEqual(['d-1'])
  })
  test('does not begin after a cancel', async () => {
    let begun = false
    const call = lastingCall(AbortSignal.abort(new Error('cancelled')), async () => {
      begun = true
    })
    await expect(call).rejects.toThrow('cancelled')
    expect(begun).toBe(false)
  })
})

describe('old revisions', () => {
  const arn = (number: number): string => `arn:aws:ecs:eu-west-1:1:task-definition/orders:${number}`
  test.each<[string, readonly number[], number, readonly number[], readonly number[]]>([
    ['keeps the newest, by number and not by text', [9, 10, 8, 11], 2, [], [8, 9]],
    ['never one in use', [1, 2, 3, 4], 1, [2], [1, 3]],
    ['has none when there are few', [1, 2], 5, [], []],
    ['keeps none but those in use for 0', [1, 2], 0, [2], [1]],
  ])('%s', (_, active, keep, used, gone) => {
    expect(oldRevisions(active.map(arn), keep, new Set(used.map(arn)))).toEqual(gone.map(arn))
  })
  test('that go are never among the newest or in use', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(500)), fc.nat(20), fc.array(fc.nat(500)), (active, keep, used) => {
        const gone = oldRevisions(active.map(arn), keep, new Set(used.map(arn)))
        const newest = active.toSorted((a, b) => b - a).slice(0, keep)
        for (const number of [...newest, ...used]) expect(gone).not.toContain(arn(number))
        const unused = active.filter((number) => !used.includes(number) && !newest.includes(number))
        expect(gone).toHaveLength(unused.length)
      }),
    )
  })
})

test('the bar of traffic is always twenty wide', () => {
  fc.assert(fc.property(fc.integer({ min: -50, max: 150 }), (green) => expect(trafficBar(green)).toHaveLength(20)))
})
