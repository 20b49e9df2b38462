import { expect, test } from '@jest/globals'
import { markdownTable, type Table, terminalTable } from '../../bench/table.ts'

const table: Table = {
  title: 'Start-up',
  notes: ['Lower is better.'],
  head: ['what', 'ours', 'theirs'],
  rows: [
    ['time', '0.50', '1'],
    ['last words', 'a | b\nc', 'a very long last word that must not make the table wider than the terminal is'],
  ],
}

test('Markdown keeps every cell on its row, whatever is in it', () => {
  expect(markdownTable(table).split('\n')).toEqual([
    '## Start-up',
    '',
    'Lower is better.',
    '',
    '| what | ours | theirs |',
    '| --- | --- | --- |',
    '| time | 0.50 | 1 |',
    '| last words | a \\| b c | a very long last word that must not make the table wider than the terminal is |',
  ])
})

test('a row that does not fit its head is an error', () => {
  expect(() => markdownTable({ ...table, rows: [['only one']] })).toThrow(RangeError)
})

test('in a terminal no line is wider than it, and no word is lost', () => {
  const lines = terminalTable(table, 60).split('\n')
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(60)
  for (const word of ['wider', 'terminal', 'is', '0.50']) expect(lines.join(' ')).toContain(word)
})
