import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { codeBlock, cut, oneLine, shortIds } from '../../src/ecs/failure-text.ts'

describe('one line', () => {
  test('holds no control characters, no workflow command, and no more than it may, whatever came', () => {
    const piece = fc.constantFrom(
      '::',
      '##[',
      '\u001b[31m',
      '\r',
      '\n',
      '\u0000',
      '\u0085',
      '\u2028',
      ' ',
      '😀',
      'section_end:',
    )
    const text = fc.array(fc.oneof(piece, fc.string({ unit: 'binary' }))).map((all) => all.join(''))
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 400 }), (hostile, length) => {
        const line = oneLine(hostile, length)
        expect(line.length).toBeLessThanOrEqual(length)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
        expect(line).not.toMatch(/^\s*::|##\[|[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/)
      }),
    )
  })

  test('keeps what people read', () => {
    expect(oneLine('Fehler: Größe\tzu klein :: ok [1] {"a":1}')).toBe('Fehler: Größe zu klein :: ok [1] {"a":1}')
  })
})

test('a cut never leaves half a character', () => {
  expect(cut('ab😀cd', 4)).toBe('ab…')
})

describe('ids are short:', () => {
  test.each([
    ['(task 2811a2a83e7d47f5a6fe6307a40f0f3b) failed', '(task 2811a2a8) failed'],
    ['container-instance 5ed586c7-3a77-48a8-aa66-067ee6ea4017 has', 'container-instance 5ed586c7 has'],
    [
      'in (target-group arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/orders-blue/0123456789abcdef)',
      'in (target-group orders-blue)',
    ],
    ['arn:aws-cn:ecs:cn-north-1:123456789012:task/live/2811a2a83e7d47f5a6fe6307a40f0f3b', '2811a2a8'],
    [
      `orders@sha256:${'0123456789abcdef'.repeat(4)}: not found`,
      `orders@sha256:${'0123456789abcdef'.repeat(4)}: not found`,
    ],
  ])('%s', (text, short) => {
    expect(shortIds(text)).toBe(short)
  })
})

test('a block of code is longer fenced than what is in it', () => {
  expect(codeBlock(['````', 'x'])).toBe('`````text\n````\nx\n`````')
})
