import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { fillPlaceholders } from '../../src/dual/placeholders.ts'

describe('placeholders', () => {
  test('put a value in once and never look at it again', () => {
    expect(fillPlaceholders('a {{ x }} {{x}}', { x: '{{ y }} $(id)', y: 'no' })).toBe('a {{ y }} $(id) {{ y }} $(id)')
  })

  test('name what is not known, with a near name', () => {
    expect(() => fillPlaceholders('{{ imge }}', { image: 'i' })).toThrow(
      "'{{ imge }}' stands for nothing here, did you mean 'image'?",
    )
    expect(() => fillPlaceholders('{{ constructor }}', {})).toThrow('stands for nothing')
  })

  test('leave any text without them as it is', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes('{{')),
        (text) => fillPlaceholders(text, {}) === text,
      ),
    )
  })
})
