/** A table as it is measured: the first row of Markdown is the head. */
export interface Table {
  readonly title: string
  /** What the reader must know to judge it. */
  readonly notes: readonly string[]
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

const cell = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').trim()

/** A section of Markdown with the table. @throws RangeError when a row is not as long as the head */
export function markdownTable({ title, notes, head, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`
  for (const row of rows) {
    if (row.length !== head.length) throw new RangeError(`${row.length} cells under ${head.length} heads: ${row[0]}`)
  }
  const table = [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)]
  return [`## ${title}`, ...notes, table.join('\n')].join('\n\n')
}

/** The same for a terminal of `width` columns: cells wrap, the first column keeps what it needs up to a third. */
export function terminalTable({ title, notes, head, rows }: Table, width = 140): string {
  const first = Math.min(Math.floor(width / 3), Math.max(...[head, ...rows].map((row) => (row[0] ?? '').length)))
  const other = Math.max(8, Math.floor((width - first) / Math.max(1, head.length - 1)) - 2)
  const widths = head.map((_, at) => (at === 0 ? first : other))
  const lines = (row: readonly string[]): string[] => {
    const wrapped = row.map((text, at) => wrap(text, widths[at] ?? other))
    const height = Math.max(...wrapped.map(({ length }) => length))
    return Array.from({ length: height }, (_, line) =>
      wrapped
        .map((column, at) => (column[line] ?? '').padEnd(widths[at] ?? other))
        .join('  ')
        .trimEnd(),
    )
  }
  const rule = '-'.repeat(widths.reduce((sum, one) => sum + one + 2, -2))
  return [
    title,
    ...notes.flatMap((note) => wrap(note, width)),
    rule,
    ...lines(head),
    rule,
    ...rows.flatMap(lines),
  ].join('\n')
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).flatMap((word) => word.match(new RegExp(`.{1,${width}}`, 'g')) ?? [''])) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
