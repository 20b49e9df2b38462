import { type Difference, shownValue } from './task-definition-diff.ts'

/** A value as code in a Markdown table's cell. */
const code = (value: unknown): string => {
  if (value === undefined) return ''
  const text = shownValue(value, 120)
  if (text.trim() === '') return text === '' ? '*empty*' : '*spaces*'
  // A code span cannot tell its own backticks and a backslash before a bar apart from the table's: entities can.
  if (/`|\\\|/.test(text)) return `<code>${text.replaceAll(/[^\w ./,=-]/gu, entity)}</code>`
  return `\`${text.replaceAll('|', '\\|')}\``
}

const entity = (character: string): string => `&#${character.codePointAt(0)};`

/** The differences for the job's summary: a table by container and member. */
export function renderSummary(family: string, comparedWith: string, all: readonly Difference[]): string {
  const heading = `### Task definition ${family}\n\n`
  if (all.length === 0) return `${heading}Nothing differs from ${comparedWith}.\n`
  const rows = all.map(({ container, member, before, after }) => {
    const where = container === undefined ? 'task' : `\`${container}\``
    return `| ${where} | ${code(member === '' ? 'whole container' : member)} | ${code(before)} | ${code(after)} |`
  })
  const count = `${all.length} ${all.length === 1 ? 'change' : 'changes'} against ${comparedWith}`
  return `${heading}${count}\n\n| container | member | before | after |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`
}
