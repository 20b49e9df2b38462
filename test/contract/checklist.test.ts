import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { checklistRows, testNames } from './checklist.ts'

const root = process.cwd()
const page = 'docs/ecs-checklist.md'
const markdown = readFileSync(join(root, page), 'utf8')
const rows = checklistRows(markdown)
const namesIn = new Map<string, readonly string[]>()
const names = (file: string): readonly string[] => {
  if (!namesIn.has(file))
    namesIn.set(file, existsSync(join(root, file)) ? testNames(readFileSync(join(root, file), 'utf8')) : [])
  return namesIn.get(file) ?? []
}

describe('the checklist of ECS', () => {
  test('names only test files and tests that are there', () => {
    const missing = rows.flatMap(({ line, shown }) =>
      shown
        .filter((one) => !names(one.file).includes(one.test))
        .map((one) => `${page}:${line}: ${one.file}: ${one.test}`),
    )
    expect(missing).toEqual([])
    expect(rows.flatMap(({ shown }) => shown).length).toBeGreaterThan(100)
  })

  test('has an answer in every row: a test for a yes, a reason for a no, both for a part', () => {
    const broken = rows.filter(({ answer, shown, reason }) => {
      const expected = { yes: shown.length > 0, no: reason !== '', 'in part': shown.length > 0 && reason !== '' }
      return !Object.hasOwn(expected, answer) || !expected[answer as keyof typeof expected]
    })
    expect(broken).toEqual([])
  })

  test('has every row and every link to a test read', () => {
    const tableRows = markdown.split('\n').filter((line) => /^\| (?!-|what \||pain \||behaviour \|)/.test(line))
    expect(rows).toHaveLength(tableRows.length)
    expect(rows.flatMap(({ shown }) => shown)).toHaveLength(markdown.match(/\]\(\.\.\/test\/[^)]+\) \*/g)?.length ?? 0)
    expect(new Set(rows.map(({ what }) => what)).size).toBe(rows.length)
  })

  test('stands among the pages that the README names', () => {
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(`(${page})`)
  })
})

describe('the reading of a checklist and of test files', () => {
  test('finds the answer, the tests and the reason', () => {
    const text = [
      '| what | here | shown by, or why not |',
      '| --- | --- | --- |',
      '| One \\| two | in part | [`test/a.test.ts`](../test/a.test.ts) *a b* · [`c.ts`](../c.ts) *d* Not *all*. |',
      '',
      '| other | here |',
      '| x | y |',
    ].join('\n')
    expect(checklistRows(text)).toEqual([
      {
        line: 3,
        what: 'One \\| two',
        answer: 'in part',
        shown: [
          { file: 'test/a.test.ts', test: 'a b' },
          { file: 'c.ts', test: 'd' },
        ],
        reason: 'Not *all*.',
      },
    ])
  })

  test('knows a test by the blocks around it, and none that is skipped or commented out', () => {
    const source = [
      "describe('a', () => {",
      "  describe('b', () => {",
      "    test('c', () => {})",
      "    test.each(rows)('d %s', () => {})",
      '  })',
      '  test.each([',
      "    ['row', 1],",
      "  ])('e', () => {})",
      '  test(',
      "    'it\\'s long',",
      '    () => {},',
      '  )',
      "  test.skip('f', () => {})",
      "  // test('g', () => {})",
      '})',
      "test('h', () => {})",
    ].join('\n')
    expect(testNames(source)).toEqual(['a b c', 'a b d %s', 'a e', "a it's long", 'h'])
  })
})
