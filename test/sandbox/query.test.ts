import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { XMLParser } from 'fast-xml-parser'
import { parseQuery, toXml } from '../../src/sandbox/aws/query.ts'

const parsed = (form: string): unknown => parseQuery(new URLSearchParams(form))

describe('the query protocol', () => {
  test.each([
    ['A=1&B.C=x', { A: '1', B: { C: 'x' } }],
    ['L.member.2=b&L.member.1=a&L.member.10=c', { L: ['a', 'b', 'c'] }],
    ['L.member.1.N=a&L.member.1.Vs.member.1=x', { L: [{ N: 'a', Vs: ['x'] }] }],
    ['L=', { L: '' }],
    ['M.entry.1.key=a&M.entry.1.value=1&M.entry.2.key=b&M.entry.2.value=2', { M: { a: '1', b: '2' } }],
    ['Action=X&Version=1&A=1', { A: '1' }],
    ['__proto__.polluted=1&A.constructor=2&B=3', { B: '3' }],
  ])('reads %s', (form, value) => {
    expect(parsed(form)).toEqual(value)
  })

  test('leaves out what is undefined or null, and writes lists as members', () => {
    expect(toXml({ A: undefined, B: null, C: [1, { D: true }], E: [] })).toBe(
      '<C><member>1</member><member><D>true</D></member></C><E></E>',
    )
  })

  test('writes any text so that a parser reads it back, but for control characters', () => {
    const parser = new XMLParser({
      parseTagValue: false,
      trimValues: false,
      processEntities: { enabled: true },
      htmlEntities: true,
    })
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        const { A } = parser.parse(`<A>${toXml(text)}</A>`) as { A: string }
        expect(A).toBe(text.replace(/[^\P{Cc}\n\t\r]/gu, '\uFFFD'))
      }),
    )
  })
})
