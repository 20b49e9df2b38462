/** An entry of a list whose entries are told apart by one of their members. */
export type Row = Readonly<Record<string, unknown>>

/** Any value as text: texts as they are, the rest as JSON. `String` would run what stands in a file as an object's `toString`. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')

/** What stands in a task definition as a list of objects; anything else is no rows. */
export const rowsOf = (value: unknown): readonly Row[] =>
  Array.isArray(value) ? value.filter((row): row is Row => typeof row === 'object' && row !== null) : []

/**
 * Puts rows in: one with the key of a row that is there takes its place, the others come at the end, in their order.
 * A row that stays the same stays the very same.
 */
export function upsertRows(before: readonly Row[], rows: readonly Row[], key: string): readonly Row[] {
  const given = new Map(rows.map((row) => [row[key], row]))
  const known = new Set(before.map((row) => row[key]))
  return [
    ...before.map((row) => given.get(row[key]) ?? row),
    ...[...given.values()].filter((row) => !known.has(row[key])),
  ]
}
