import { describe, expect, test } from '@jest/globals'
import { Cancelled } from '../../src/action/cancel.ts'
import { systemClock } from '../../src/action/clock.ts'
import { type Context, defineAction } from '../../src/action/define.ts'
import { InputError, UserError } from '../../src/action/errors.ts'
import { flag, integer, text } from '../../src/action/inputs.ts'
import { nestedProblems, postNested, runNested } from '../../src/action/nested.ts'
import { memoryHost } from '../support/memory-host.ts'

const ship = defineAction({
  name: 'ship',
  description: 'Ships a crate.',
  inputs: {
    crate: text({ description: 'What to ship', required: true }),
    count: integer(1, 9)({ description: 'How many', default: '1' }),
    'dry-run': flag({ description: 'Only look', default: 'false' }),
  },
  outputs: { shipped: { description: 'What went out' } },
  permissions: { iam: {} },
  async run({ inputs, host, signal }) {
    host.saveState('crate', inputs.crate)
    host.mask('hunter2-hunter2')
    host.info(`shipping ${inputs.count}\nof ${inputs.crate}`)
    await host.group('details', async () => host.warn('heavy'))
    if (inputs.crate === 'lost') throw new UserError('the crate is lost')
    if (inputs.crate === 'stuck') signal.throwIfAborted()
    return { outcome: 'succeeded', outputs: { shipped: inputs.crate }, summary: '| crate |' }
  },
  async post({ host }) {
    host.info(`post of ${host.loadState('crate')}`)
  },
})

const within = (host = memoryHost()): { host: ReturnType<typeof memoryHost>; context: Context } => ({
  host,
  context: { inputs: {}, host, clock: systemClock(), signal: host.signal, env: host.env },
})

describe('a nested action', () => {
  test('logs under its prefix, and its outputs, summary and state stay with the caller', async () => {
    const { host, context } = within()
    const nested = await runNested(ship, { crate: 'tea' }, context, 'legacy')
    expect(nested).toEqual({
      result: { outcome: 'succeeded', outputs: { shipped: 'tea' }, summary: '| crate |' },
      outputs: { shipped: 'tea' },
      summary: '| crate |',
    })
    expect(host.log).toEqual(['[legacy] shipping 1\n[legacy] of tea', '[legacy] ▸ details', 'warn: [legacy] heavy'])
    expect(host.outputs).toEqual({})
    expect(host.summaries).toEqual([])
    expect(host.masked).toEqual(['hunter2-hunter2'])
    expect([...host.state]).toEqual([['legacy.crate', 'tea']])
  })

  test('is finished by its post step under the same prefix, whose state it finds', async () => {
    const { host, context } = within()
    await runNested(ship, { crate: 'tea' }, context, 'legacy')
    await runNested(ship, { crate: 'silk' }, context, 'new')
    host.log.length = 0
    await postNested(ship, { crate: 'silk' }, context, 'new')
    expect(host.log).toEqual(['[new] post of silk'])
  })

  test('that fails gives a failed result with the reason, and may be told to warn only', async () => {
    const { context } = within()
    const { result } = await runNested(ship, { crate: 'lost' }, context, 'new', { errors: 'warn' })
    expect(result).toEqual({ outcome: 'failed', outputs: {}, reason: 'the crate is lost' })
  })

  test('that is cancelled through its caller says so', async () => {
    const { host, context } = within()
    host.cancel()
    const { result } = await runNested(ship, { crate: 'stuck' }, context, 'new')
    expect(result).toMatchObject({ outcome: 'cancelled', reason: 'ship: cancelled by SIGINT' })
    expect(host.signal.reason).toBeInstanceOf(Cancelled)
  })

  test('tells every problem of its inputs up front, also unknown names, and runs nothing', async () => {
    expect(nestedProblems(ship, { count: '99', 'dry-rnu': 'true' }, 'new')).toEqual([
      "new: ship has no input 'dry-rnu', did you mean 'dry-run'?",
      "new: input 'crate': is required (what to ship)",
      "new: input 'count': expected a whole number from 1 to 9, got '99'",
    ])
    expect(nestedProblems(ship, { crate: 'tea' }, 'new')).toEqual([])
    const { host, context } = within()
    await expect(runNested(ship, {}, context, 'new')).rejects.toThrow(InputError)
    expect(host.log).toEqual([])
  })
})
