import { describe, expect, test } from '@jest/globals'
import { closest, editDistance } from '../../src/action/closest.ts'

describe('the closest word', () => {
  test.each([
    ['dry-rnu', 'dry-run'],
    ['Cluster', 'cluster'],
    ['image-url', 'image-uri'],
    ['timeot', 'timeout'],
    ['zebra', undefined],
    ['', undefined],
  ])('to %j is %j', (word, expected) =>
    expect(closest(word, ['cluster', 'dry-run', 'image-uri', 'timeout'])).toBe(expected),
  )
  test('counts a swap of neighbours as one change', () => expect(editDistance('abcd', 'abdc')).toBe(1))
})
