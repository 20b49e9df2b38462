import { describe, expect, test } from '@jest/globals'
import type { Clock } from '../../src/action/clock.ts'
import { UserError } from '../../src/action/errors.ts'
import type { EcsApi, Revision } from '../../src/ecs/ecs-api.ts'
import { revisionToDeploy, takeBack } from '../../src/ecs/revision-to-deploy.ts'
import { memoryHost } from '../support/memory-host.ts'

const document = { family: 'orders', containerDefinitions: [{ name: 'app', image: 'orders@sha256:aa', command: [''] }] }
const refused = (name: string, message: string): UserError => {
  const cause = Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } })
  return new UserError(`registering: ${message}`, { cause })
}
const lost = (): UserError =>
  new UserError('registering: no answer', { cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }) })

/** ECS with one revision, whose registering fails as told; `keeps` says whether a failing call registers all the same. */
function family(failures: UserError[], keeps = false) {
  let newest = 1
  let known: Revision | undefined
  const waits: number[] = []
  const clock: Clock = { now: () => 0, sleep: async (ms) => void waits.push(ms) }
  const add = (): Revision => {
    known = { arn: `orders:${++newest}`, document }
    return known
  }
  const gone: string[] = []
  const ecs = {
    newestRevision: async () => known,
    register: async () => {
      const failure = failures.shift()
      if (failure === undefined) return add()
      if (keeps) add()
      throw failure
    },
    deregister: async (arn: string) => void gone.push(arn),
  } as Partial<EcsApi> as EcsApi
  const host = memoryHost()
  return { ecs, host, clock, waits, gone, signal: host.signal, revisions: () => newest }
}

describe('registering a revision', () => {
  const crowded = () => refused('ClientException', 'Too many concurrent attempts to create a new revision of x.')

  test('is tried again when two do so at once or ECS throttles, each time later', async () => {
    const parts = family([crowded(), refused('ThrottlingException', 'Rate exceeded'), crowded()])
    expect(await revisionToDeploy({ document, arn: undefined }, parts)).toEqual({ arn: 'orders:2', registered: true })
    expect(parts.waits).toEqual([2_000, 4_000, 8_000])
  })

  test('is given up when ECS goes on refusing, and at once when it says no', async () => {
    const parts = family(Array.from({ length: 9 }, crowded))
    await expect(revisionToDeploy({ document, arn: undefined }, parts)).rejects.toThrow(/Too many concurrent attempts/)
    expect(parts.waits).toHaveLength(4)
    const no = family([refused('ClientException', 'Family is blank.')])
    await expect(revisionToDeploy({ document, arn: undefined }, no)).rejects.toThrow(/Family is blank/)
    expect(no.waits).toEqual([])
  })

  test('whose answer was lost is not done twice', async () => {
    const parts = family([lost()], true)
    expect(await revisionToDeploy({ document, arn: undefined }, parts)).toEqual({ arn: 'orders:2', registered: true })
    expect(parts.revisions()).toBe(2)
  })

  test('is not needed for what is the newest already, or is given by its name', async () => {
    const parts = family([lost()], true)
    await revisionToDeploy({ document, arn: undefined }, parts)
    expect(await revisionToDeploy({ document, arn: undefined }, parts)).toEqual({ arn: 'orders:2', registered: false })
    expect(await revisionToDeploy({ document, arn: 'orders:1' }, parts)).toEqual({ arn: 'orders:1', registered: false })
    expect(parts.revisions()).toBe(2)
  })

  test('is taken back only when it was done for this deployment', async () => {
    const parts = family([])
    await takeBack(parts.ecs, { arn: 'orders:1', registered: false }, parts.host)
    await takeBack(parts.ecs, { arn: 'orders:2', registered: true }, parts.host)
    expect(parts.gone).toEqual(['orders:2'])
  })
})
