import type { ServiceDeployment } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import type { Clock } from '../../src/action/clock.ts'
import { UserError } from '../../src/action/errors.ts'
import { serviceDeploymentEnd } from '../../src/ecs/native-watch.ts'
import type { ServiceDeploymentApi } from '../../src/ecs/service-deployment-api.ts'
import { memoryHost } from '../support/memory-host.ts'

/** A deployment that is so from a second on. */
type Moment = readonly [from: number, now: ServiceDeployment]

/** Watches a script of moments on a clock that only the watcher moves. */
async function watched(script: readonly Moment[], throttled: (look: number) => boolean = () => false) {
  let now = 0
  const looks: number[] = []
  const clock: Clock = {
    now: () => now,
    sleep: async (ms) => {
      now += ms
    },
  }
  const api = {
    look: async () => {
      looks.push(now / 1_000)
      if (throttled(looks.length)) {
        const $metadata = { httpStatusCode: 400 }
        const cause = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException', $metadata })
        throw new UserError('reading: Rate exceeded', { cause })
      }
      return script.findLast(([from]) => from * 1_000 <= now)?.[1] ?? {}
    },
  } as Partial<ServiceDeploymentApi> as ServiceDeploymentApi
  const host = memoryHost()
  const last = await serviceDeploymentEnd(api, 'arn', host, clock, host.signal)
  return { last, looks, log: host.log, seconds: now / 1_000 }
}

const revision = (runningTaskCount: number) => ({ arn: 'r', requestedTaskCount: 2, runningTaskCount })
const rolling: readonly Moment[] = [
  [0, { status: 'PENDING' }],
  [20, { status: 'IN_PROGRESS', targetServiceRevision: revision(0) }],
  [60, { status: 'IN_PROGRESS', targetServiceRevision: revision(1) }],
  [400, { status: 'SUCCESSFUL', targetServiceRevision: revision(2) }],
]

describe('watching a deployment by ECS', () => {
  test('takes one call a look, each five seconds, and sees the end at the next look', async () => {
    const { last, looks, seconds } = await watched(rolling)
    expect(last.status).toBe('SUCCESSFUL')
    expect(seconds).toBeGreaterThanOrEqual(400)
    expect(seconds).toBeLessThanOrEqual(405.5)
    expect(looks.length).toBeLessThanOrEqual(400 / 4.5 + 2)
  })

  test('tells what changes once, and beats each minute when nothing does', async () => {
    const { log } = await watched(rolling)
    expect(log.filter((line) => line.includes('new tasks: 1 of 2 run'))).toHaveLength(1)
    expect(log.filter((line) => /still IN_PROGRESS, 1 of 2 new tasks run/.test(line)).length).toBeGreaterThanOrEqual(4)
    expect(log.length).toBeLessThanOrEqual(12)
  })

  test('looks less often when it is throttled, and gives up only after a long time', async () => {
    const { looks } = await watched(rolling, (look) => look >= 3 && look < 7)
    const between = (index: number): number => (looks[index] ?? 0) - (looks[index - 1] ?? 0)
    expect(between(3)).toBeGreaterThanOrEqual(9)
    expect(between(4)).toBeGreaterThanOrEqual(18)
    await expect(watched(rolling, (look) => look >= 3)).rejects.toThrow(/Rate exceeded/)
  })

  test.each(['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'] as const)(
    'ends at %s, and not at what is on its way there',
    async (status) => {
      const { last } = await watched([
        [0, { status: 'IN_PROGRESS' }],
        [30, { status: 'STOP_REQUESTED' }],
        [60, { status: 'ROLLBACK_REQUESTED' }],
        [90, { status: 'ROLLBACK_IN_PROGRESS' }],
        [120, { status, finishedAt: new Date(120_000) }],
      ])
      expect(last.status).toBe(status)
    },
  )
})
