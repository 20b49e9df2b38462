// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are what it is about
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { resolveReferences } from '../../src/hosts/variable-reference.ts'

const env = { BUILD_IMAGE: 'repo@sha256:1', SHA: 'abc', EVIL: '$SHA,`id`', _A1: 'x' }

describe('a reference to a variable', () => {
  test.each([
    ['$BUILD_IMAGE', 'repo@sha256:1'],
    ['${BUILD_IMAGE}', 'repo@sha256:1'],
    ['$SHA,latest', 'abc,latest'],
    ['latest, $SHA', 'latest, abc'],
    ['one\n$SHA\n$_A1', 'one\nabc\nx'],
    ['VERSION=$SHA\nMODE=${_A1}', 'VERSION=abc\nMODE=x'],
    ['$SHA,$SHA,$SHA', 'abc,abc,abc'],
  ])('in %j is looked up', (text, expected) =>
    expect(resolveReferences(text, env)).toEqual({ text: expected, missing: [] }),
  )

  test.each([
    'it is $5 `id` "q" $(id) $SHA',
    '$SHA-1',
    'a$SHA',
    '$$SHA',
    '${SHA',
    '$sha',
    '$(SHA)',
    'repo:$SHA',
    'a b=$ SHA',
  ])('is not what stands in %j', (text) => expect(resolveReferences(text, env)).toEqual({ text, missing: [] }))

  test('is looked up once: what a variable holds is data', () => {
    expect(resolveReferences('$EVIL', env).text).toBe('$SHA,`id`')
  })

  test('that is not set is empty, and named', () => {
    expect(resolveReferences('$NOPE,${toString},$CONSTRUCTOR', env)).toEqual({
      text: ',${toString},',
      missing: ['NOPE', 'CONSTRUCTOR'],
    })
  })

  test('is nowhere in text without a dollar sign', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const without = text.replaceAll('$', '')
        expect(resolveReferences(without, env).text).toBe(without)
      }),
    )
  })
})
