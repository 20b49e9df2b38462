import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { redactor } from '../../src/hosts/redact.ts'

const hiding = (...secrets: string[]) => {
  const made = redactor()
  for (const secret of secrets) made.add(secret)
  return made
}

describe('the redactor', () => {
  const secret = 'p@ss wörd/+?"'
  test.each([
    ['as it is', secret],
    ['base64', Buffer.from(secret).toString('base64')],
    ['base64url', Buffer.from(secret).toString('base64url')],
    ['inside of base64, at offset 1', Buffer.from(`u${secret}`).toString('base64')],
    ['inside of base64, at offset 2', Buffer.from(`u:${secret}`).toString('base64')],
    ['inside of base64, at offset 0, with more behind', Buffer.from(`AWS${secret}tail`).toString('base64')],
    ['URL-encoded', encodeURIComponent(secret)],
    ['form-encoded', new URLSearchParams({ p: secret }).toString().slice(2)],
    ['in JSON', JSON.stringify({ secret })],
  ])('hides a secret %s', (_, text) => {
    const shown = hiding(secret).redact(`see ${text} end`)
    expect(shown).toMatch(/^see .*\*\*\*.* end$/)
    // Only letters that also carry bits of a neighbour may be left of an encoded form.
    expect(shown.length).toBeLessThan('see *** end'.length + 16)
  })

  test('hides every line of a secret of several lines', () => {
    const key = '-----BEGIN KEY-----\r\nabcdefgh\r\nij\r\n-----END KEY-----'
    expect(hiding(key).redact('> abcdefgh <\n> -----END KEY----- < ij')).toBe('> *** <\n> *** < ij')
  })

  test('hides no text that is too short to be a secret', () => {
    expect(hiding('abc', '  1 ', '').redact('abc 1')).toBe('abc 1')
  })

  test('leaves no tail where two secrets overlap', () => {
    expect(hiding('abcdef', 'defghi', 'abcd').redact('xabcdefghix')).toBe('x***x')
    expect(hiding('aaaa').redact('aaaaaaa')).toBe('***')
  })

  test('hides secrets in the strings and keys of JSON', () => {
    expect(hiding('hunter2').redactJson({ a: ['is hunter2', 1, null, true], hunter2: { b: undefined } })).toEqual({
      a: ['is ***', 1, null, true],
      '***': { b: undefined },
    })
  })

  test('never shows a secret, wherever and in whatever form it stands', () => {
    const word = fc
      .string({ unit: 'grapheme-ascii', minLength: 4, maxLength: 30 })
      .filter((text) => text.trim().length >= 4)
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 4 }),
        fc.string(),
        fc.string(),
        (secrets, before, after) => {
          const { redact } = hiding(...secrets)
          for (const secret of secrets
            .map((text) => text.trim())
            .filter((text) => !'***'.includes(text) && !/^\*+$/.test(text))) {
            const shown = redact(
              `${before}${secret}${after} ${encodeURIComponent(secret)} ${Buffer.from(secret).toString('base64')}`,
            )
            expect(shown.replaceAll('***', '\n')).not.toContain(secret)
          }
        },
      ),
    )
  })
})
