import { lastKnownGood, ranWell } from './known-good.ts'
import type { Revision } from './release-history.ts'

/** A table of revisions for the log, newest first: number, status, whether it ran well, when, chart, description. */
export function historyLines(history: readonly Revision[], most = 30): readonly string[] {
  if (history.length === 0) return []
  const good = lastKnownGood(history)?.revision
  const rows = [...history].reverse().slice(0, most)
  const table = [
    ['revision', 'status', 'ran well', 'updated', 'chart', 'description'],
    ...rows.map((entry) => [
      String(entry.revision),
      entry.status,
      entry.revision === good ? 'last known good' : ranWell(entry) ? 'yes' : 'no',
      entry.updated === undefined ? '' : new Date(entry.updated).toISOString().replace(/\.\d+Z$/, 'Z'),
      entry.chart,
      entry.description.replaceAll(/\s+/g, ' ').slice(0, 120),
    ]),
  ]
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return history.length > rows.length ? [...lines, `… ${history.length - rows.length} older`] : lines
}
