import { expect, test } from '@jest/globals'
import { together } from '../../bench/together.ts'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

test('keeps the order of the results, and never runs more than the limit', async () => {
  let running = 0
  let most = 0
  const tasks = [5, 1, 3, 2, 4].map((turns) => async () => {
    most = Math.max(most, ++running)
    for (let left = turns; left > 0; left--) await turn()
    running--
    return turns
  })
  expect(await together(2, tasks)).toEqual([5, 1, 3, 2, 4])
  expect(most).toBe(2)
})

test('begins nothing more after a failure', async () => {
  const begun: number[] = []
  const tasks = [1, 2, 3].map((nth) => async () => {
    begun.push(nth)
    if (nth === 1) throw new Error('no')
  })
  await expect(together(1, tasks)).rejects.toThrow('no')
  expect(begun).toEqual([1])
})
