import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { writeDotenv } from '../../src/hosts/dotenv.ts'
import { parseAsGitlab } from './gitlab-dotenv-parser.ts'

describe("GitLab's parser, as re-implemented", () => {
  test.each([
    ['A=1\nB=hello world\n', { A: '1', B: 'hello world' }],
    ['A="q"\n', { A: '"q"' }],
    ['A=a=b\n', { A: 'a=b' }],
    ['A= x \n', { A: 'x' }],
    ['', {}],
  ])('reads %j', (text, expected) => expect(Object.fromEntries(parseAsGitlab(text))).toEqual(expected))

  test.each(['A=1\n\nB=2\n', '# c\nA=1\n', 'A-B=1\n', `A=${'x'.repeat(5_118)}`])('refuses %#', (text) =>
    expect(() => parseAsGitlab(text)).toThrow(),
  )
})

describe('the dotenv writer', () => {
  test.each([
    ['two lines', 'a\nb', 'it has more than one line'],
    ['a dollar sign', 'a$b', "GitLab would expand its '$'"],
    ['spaces around', ' a', 'GitLab would trim its spaces'],
    ['a long text', 'x'.repeat(5_120), 'a report must stay under 5120 bytes'],
    ['half a letter', '\ud800', 'it is not valid Unicode'],
  ])('leaves out %s and says why', (_, value, why) =>
    expect(
      writeDotenv([
        ['A', value],
        ['B', '1'],
      ]),
    ).toEqual({ text: 'B=1\n', left: [{ name: 'A', why }] }),
  )

  test('holds twenty variables and names the rest', () => {
    const { text, left } = writeDotenv(Array.from({ length: 22 }, (_, at) => [`K${at}`, 'v'] as const))
    expect(parseAsGitlab(text).size).toBe(20)
    expect(left.map(({ name }) => name)).toEqual(['K20', 'K21'])
  })

  test('writes what GitLab reads back exactly, or names it as left out, whatever the outputs', () => {
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ maxLength: 2_000 }), fc.constant('a=b "c" # d'))
    const name = fc.oneof(fc.stringMatching(/^[A-Z_]{1,6}$/), fc.string({ maxLength: 5 }))
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, value), { maxLength: 30, selector: ([key]) => key }), (outputs) => {
        const { text, left } = writeDotenv(outputs)
        const away = new Set(left.map((entry) => entry.name))
        expect([...parseAsGitlab(text)]).toEqual(outputs.filter(([key]) => !away.has(key)))
      }),
    )
  })
})
