import { type Difference, shownValue } from './task-definition-diff.ts'

/** A value as code in a Markdown table's cell. */
const code = (value: unknown): string => {
  if (value === undefined) return ''
  const text = shownValue(value, 120).replaceAll(/\s*\r?\n\s*/g, ' ⏎ ')
  if (text === '') return '*empty*'
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${text.replaceAll('|', '\\|')}${pad}${fence}`
}

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
