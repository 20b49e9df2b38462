import { describe, expect, test } from '@jest/globals'
import { TimedOut } from '../../src/action/cancel.ts'
import { systemClock } from '../../src/action/clock.ts'
import { type Action, type ActionResult, type Context, defineAction } from '../../src/action/define.ts'
import { UserError } from '../../src/action/errors.ts'
import { flag, integer, oneOf, text } from '../../src/action/inputs.ts'
import { outcomes } from '../../src/action/outcome.ts'
import { runAction, runPost } from '../../src/action/run.ts'
import { memoryHost } from '../support/memory-host.ts'

const ship = defineAction({
  name: 'ship',
  description: 'Ships.',
  inputs: {
    crate: text({ description: 'What to ship', required: true }),
    count: integer(1, 9)({ description: 'How many', default: '1' }),
    speed: oneOf(['slow', 'fast'])({ description: 'How fast', default: 'slow' }),
    'dry-run': flag({ description: 'Only look', default: 'false' }),
  },
  outputs: { id: { description: 'Id' } },
  permissions: { iam: {} },
  check: ({ count, speed }) => (count > 5 && speed === 'fast' ? ["input 'count': at most 5 go fast"] : []),
  run: async () => ({ outcome: 'succeeded', outputs: {} }),
})

const acting = (run: (context: Context) => Promise<ActionResult>, post?: (context: Context) => Promise<void>): Action =>
  ({ ...ship, run, ...(post === undefined ? {} : { post }) }) as Action

async function ran(
  run: (context: Context) => Promise<ActionResult>,
  inputs: Record<string, string> = { crate: 'tea' },
  prepare: (host: ReturnType<typeof memoryHost>) => void = () => undefined,
) {
  const host = memoryHost(inputs)
  prepare(host)
  await runAction(acting(run), host, systemClock())
  return host
}

describe('the frame', () => {
  test('reports every wrong input at once, runs nothing and still writes the outcome', async () => {
    let runs = 0
    const host = await ran(
      async () => {
        runs += 1
        return { outcome: 'succeeded', outputs: {} }
      },
      { count: '0', speed: 'fsat', 'dry-run': 'yes' },
    )
    expect(runs).toBe(0)
    expect(host.log).toEqual([
      "error: input 'crate': is required (what to ship)",
      "error: input 'count': expected a whole number from 1 to 9, got '0'",
      "error: input 'speed': expected one of slow, fast, got 'fsat'",
      "error: input 'dry-run': expected 'true' or 'false', got 'yes'",
    ])
    expect(host.code).toBe(2)
    expect(host.outputs['outcome']).toBe('failed')
    expect(host.result).toMatchObject({
      outcome: 'failed',
      problems: [/crate/, /count/, /speed/, /dry-run/].map((part) => expect.stringMatching(part)),
    })
    expect(host.summaries.join()).toContain("- input 'speed'")
  })

  test('reports what a rule between inputs says', async () => {
    const host = await ran(async () => ({ outcome: 'succeeded', outputs: {} }), {
      crate: 'tea',
      count: '6',
      speed: 'fast',
    })
    expect(host.log).toEqual(["error: input 'count': at most 5 go fast"])
    expect(host.code).toBe(2)
  })

  test.each(
    outcomes.map((outcome) => {
      const codes: Record<string, number> = { succeeded: 0, unchanged: 0, waiting: 3, blocked: 3, cancelled: 130 }
      return [outcome, codes[outcome] ?? 1] as const
    }),
  )('ends %s with exit code %d and writes outputs', async (outcome, code) => {
    const host = await ran(async () => ({ outcome, outputs: { id: 'd-1' }, reason: 'because' }))
    expect(host.code).toBe(code)
    expect(host.outputs).toMatchObject({ outcome, id: 'd-1', result: expect.stringContaining('result.json') })
    expect(host.log).toEqual(code === 0 ? [] : ['error: because'])
    expect(host.summaries).toHaveLength(code === 0 ? 0 : 1)
  })

  test('keeps the detail in the result, below what every action has', async () => {
    const host = await ran(async () => ({ outcome: 'unchanged', outputs: {}, detail: { outcome: 'x', plan: [1] } }))
    expect(host.result).toEqual({ action: 'ship', outcome: 'unchanged', outputs: {}, plan: [1] })
  })

  test('turns what is thrown into a failure: a line for the user, a stack for a bug', async () => {
    const mendable = await ran(async () => {
      throw new UserError('the crate is lost', { cause: new Error('no such crate') })
    })
    expect(mendable.log.at(-1)).toBe('error: the crate is lost\ncaused by: no such crate')
    expect(mendable.outputs['outcome']).toBe('failed')
    const bug = await ran(async () => {
      throw new TypeError('x is undefined')
    })
    expect(bug.log.at(-1)).toMatch(/^error: TypeError: x is undefined\n\s+at /)
    expect(bug.code).toBe(1)
  })

  test.each([
    ['the signal’s reason', (signal: AbortSignal) => signal.reason as Error],
    ['an abort that a library made of it', () => Object.assign(new Error('Request aborted'), { name: 'AbortError' })],
    ['an error caused by it', (signal: AbortSignal) => new UserError('cannot list', { cause: signal.reason })],
  ])('ends cancelled when a cancelled run throws %s', async (_, thrown) => {
    const host = await ran(
      async ({ signal }) => {
        throw thrown(signal)
      },
      { crate: 'tea' },
      (prepared) => prepared.cancel(),
    )
    expect(host.outputs['outcome']).toBe('cancelled')
    expect(host.log).toEqual(['error: ship: cancelled by SIGINT'])
    expect(host.code).toBe(130)
  })

  test('does not call a failure cancelled because a signal came as well', async () => {
    const host = await ran(
      async () => {
        throw new UserError('the crate is lost')
      },
      { crate: 'tea' },
      (prepared) => prepared.cancel(),
    )
    expect(host.outputs['outcome']).toBe('failed')
  })

  test('ends timed out when the run’s own time is over', async () => {
    const host = await ran(async () => {
      throw new TimedOut(90_000)
    })
    expect(host.log).toEqual(['error: ship: timed out after 90 s'])
    expect(host.outputs['outcome']).toBe('timed-out')
    expect(host.code).toBe(1)
  })

  test('is not green when the outcome cannot be written', async () => {
    const host = await ran(
      async () => ({ outcome: 'succeeded', outputs: {} }),
      { crate: 'tea' },
      (prepared) => {
        prepared.writeResult = () => {
          throw new Error('disk full')
        }
      },
    )
    expect(host.code).toBe(1)
    expect(host.log.join()).toContain("the outcome was 'succeeded', but it could not be written: Error: disk full")
  })
})

describe('the post step', () => {
  const post = async (body: (context: Context) => Promise<void>, inputs: Record<string, string> = { crate: 'tea' }) => {
    const host = memoryHost(inputs)
    await runPost(
      acting(async () => ({ outcome: 'succeeded', outputs: {} }), body),
      host,
      systemClock(),
    )
    return host
  }
  test('says what it could not finish', async () => {
    const host = await post(async () => {
      throw new UserError('deployment d-1 still runs')
    })
    expect(host.log).toEqual(['error: post: deployment d-1 still runs'])
    expect(host.code).toBe(1)
  })

  test('is quiet where the main step refused its inputs, and where there is none', async () => {
    expect(await post(async () => undefined, {})).toMatchObject({ code: 0, log: [] })
    const host = memoryHost({})
    await runPost(
      acting(async () => ({ outcome: 'succeeded', outputs: {} })),
      host,
      systemClock(),
    )
    expect(host).toMatchObject({ code: 0, log: [] })
  })
})
