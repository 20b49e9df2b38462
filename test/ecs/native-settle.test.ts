import type { Service } from '@aws-sdk/client-ecs'
import { expect, test } from '@jest/globals'
import type { EcsApi } from '../../src/ecs/ecs-api.ts'
import { settled } from '../../src/ecs/native-settle.ts'
import { memoryHost } from '../support/memory-host.ts'

/** A service that is so from a second on. */
type Moment = readonly [from: number, desired: number, running: number, pending?: number]

async function seconds(asked: number | undefined, script: readonly Moment[]): Promise<number> {
  let now = 0
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms
    },
  }
  const service = async (): Promise<Service> => {
    const [, desiredCount = 0, runningCount = 0, pendingCount = 0] =
      script.findLast(([from]) => from * 1_000 <= now) ?? []
    return { desiredCount, runningCount, pendingCount }
  }
  const host = memoryHost()
  await settled('live', 'orders', asked, {
    ecs: { service } as Partial<EcsApi> as EcsApi,
    host,
    clock,
    signal: host.signal,
  })
  return now / 1_000
}

test.each([
  ['runs what it should', 2, [[0, 2, 2]], 0, 0],
  ['runs nothing, as it should', 0, [[0, 0, 0]], 0, 0],
  [
    'has tasks that start',
    undefined,
    [
      [0, 2, 1, 1],
      [20, 2, 2],
    ],
    20,
    27,
  ],
  [
    'is shown as it was before',
    3,
    [
      [0, 2, 2],
      [8, 3, 2, 1],
      [20, 3, 3],
    ],
    20,
    27,
  ],
  ['was given another count by somebody else', 3, [[0, 4, 4]], 30, 37],
] as const)(
  'a service that %s is settled when it runs all of them, and not before',
  async (_, asked, script, from, to) => {
    const took = await seconds(asked, script as unknown as readonly Moment[])
    expect(took).toBeGreaterThanOrEqual(from)
    expect(took).toBeLessThanOrEqual(to)
  },
)
