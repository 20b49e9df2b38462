import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { byTurns, counted, mean, median, ratio, shownRatio } from '../../bench/figures.ts'

describe('the median', () => {
  test.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[10, 2, 4, 100], 7],
  ])('of %j is %d', (values, expected) => expect(median(values)).toBe(expected))

  test('has as many numbers above it as below, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1 }), (values) => {
        const middle = median(values)
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2)
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2)
        expect(median([...values].reverse())).toBe(middle)
      }),
    )
  })

  test('leaves its numbers in their order', () => {
    const values = [3, 1, 2]
    median(values)
    expect(values).toEqual([3, 1, 2])
  })

  test('of nothing is an error, and so is the mean', () => {
    expect(() => median([])).toThrow(RangeError)
    expect(() => mean([])).toThrow(RangeError)
  })
})

test('the mean counts every number', () => expect(mean([1, 2, 6])).toBe(3))

test('a ratio is ours by theirs, and never by nothing', () => {
  expect(shownRatio(ratio(3, 4))).toBe('0.75')
  expect(shownRatio(ratio(4, 3))).toBe('1.33')
  expect(() => ratio(1, 0)).toThrow(RangeError)
  expect(() => ratio(1, Number.NaN)).toThrow(RangeError)
})

test('counts keep the order of the first time', () => {
  expect([...counted(['b', 'a', 'b'])]).toEqual([
    ['b', 2],
    ['a', 1],
  ])
})

test('turns alternate who is first', async () => {
  const order: string[] = []
  const turn = (name: string) => async () => {
    order.push(name)
    return order.length
  }
  const { ours, theirs } = await byTurns(3, turn('ours'), turn('theirs'))
  expect(order).toEqual(['ours', 'theirs', 'theirs', 'ours', 'ours', 'theirs'])
  expect([ours, theirs]).toEqual([
    [1, 4, 5],
    [2, 3, 6],
  ])
})
