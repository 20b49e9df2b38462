import { EventEmitter } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from '@jest/globals'
import { Cancelled } from '../../src/action/cancel.ts'
import { cancellation } from '../../src/hosts/cancellation.ts'

function listening(options: { impatient?: boolean; budgetMs?: number } = {}) {
  const source = new EventEmitter()
  const given: string[] = []
  let gaveUp: () => void = () => undefined
  const end = new Promise<void>((resolve) => {
    gaveUp = resolve
  })
  const cancel = cancellation(source, {
    impatient: options.impatient ?? false,
    ...(options.budgetMs === undefined ? {} : { budgetMs: options.budgetMs }),
    giveUp(why) {
      given.push(why)
      gaveUp()
    },
  })
  return { source, given, end, cancel }
}

describe('a cancel signal', () => {
  test.each(['SIGINT', 'SIGTERM'])('%s aborts with its name', (name) => {
    const { source, cancel } = listening()
    expect(cancel.signal.aborted).toBe(false)
    source.emit(name)
    expect(cancel.signal.reason).toEqual(new Cancelled(name))
    cancel.done()
  })

  test('of another kind after the first, as a runner sends it, does not end the process before its budget', () => {
    const { source, given, cancel } = listening({ impatient: true })
    source.emit('SIGINT')
    source.emit('SIGTERM')
    expect(given).toEqual([])
    expect(cancel.signal.reason).toEqual(new Cancelled('SIGINT'))
    cancel.done()
  })

  test('is given up on when the end takes longer than the budget', async () => {
    const { source, given, end } = listening({ budgetMs: 20 })
    source.emit('SIGTERM')
    await end
    expect(given).toEqual(['not finished 0 s after SIGTERM'])
  })

  test('asked for twice at a keyboard ends at once, but one press that arrives twice does not', async () => {
    const { source, given, end } = listening({ impatient: true })
    source.emit('SIGINT')
    source.emit('SIGINT')
    expect(given).toEqual([])
    await wait(260)
    source.emit('SIGINT')
    await end
    expect(given).toEqual(['asked a second time'])
  })

  test('that comes late, while the end is being written, changes nothing and kills nothing', async () => {
    const { source, given, cancel } = listening({ budgetMs: 1, impatient: true })
    cancel.done()
    source.emit('SIGINT')
    await wait(10)
    expect(cancel.signal.aborted).toBe(false)
    expect(given).toEqual([])
    expect(source.listenerCount('SIGTERM')).toBe(1)
  })
})
