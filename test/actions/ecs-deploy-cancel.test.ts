import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { endOfRun, type NativeBench, nativeBench } from '../support/native-bench.ts'

let bench: NativeBench
beforeAll(async () => {
  bench = await nativeBench()
})
afterAll(async () => await bench.close())

const ours = (): number => bench.sandbox.calls.all().filter(({ userAgent }) => userAgent.includes('strangler')).length

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13])(
  'cancelled at its call %d, and finished by the post step: the service is as before, and nothing is left',
  async (at) => {
    const of = await bench.world(`c${at}`, { more: { healthCheckGracePeriodSeconds: 900 } })
    const h = bench.host(of, await of.pushed({ 'sandbox.startup': '900' }), { 'on-cancel': 'rollback' })
    const before = ours()
    const running = bench.start(h)
    const watch = async (): Promise<void> => {
      while (ours() - before < at) await new Promise((resolve) => setImmediate(resolve))
      h.cancel()
    }
    await Promise.all([running, watch()])
    expect(endOfRun(h)).toEqual([130, 'cancelled'])
    expect((await bench.post(of, h)).code).toBe(0)
    await of.steady()
    expect(await bench.runs(of)).toBe(of.image)
    const open = (await bench.deployments(of)).filter(({ finishedAt }) => finishedAt === undefined)
    expect(open).toEqual([])
  },
)
