import { describe, expect, test } from '@jest/globals'
import { UserError } from '../../src/action/errors.ts'
import { everyService } from '../../src/ecs/every-service.ts'

const fails = (message: string): Promise<never> => Promise.reject(new UserError(message))

describe('several services', () => {
  test('that fail are all told, after the others have ended', async () => {
    let ended = false
    const slow = new Promise<void>((done) => setImmediate(done)).then(() => {
      ended = true
    })
    await expect(everyService([fails('a is gone'), slow, fails('b is gone'), fails('a is gone')])).rejects.toThrow(
      /^a is gone\nb is gone$/,
    )
    expect(ended).toBe(true)
  })

  test('of which one fails throw just that, and a bug of ours before all', async () => {
    const only = new UserError('a is gone')
    await expect(everyService([Promise.reject(only), Promise.resolve()])).rejects.toBe(only)
    const bug = new TypeError('x')
    await expect(everyService([fails('a is gone'), Promise.reject(bug)])).rejects.toBe(bug)
  })

  test('that end well yield what they have, in order', async () => {
    expect(await everyService([Promise.resolve(1), Promise.resolve(2)])).toEqual([1, 2])
  })
})
