import { canonical, type TaskDefinition } from './task-definition.ts'

/** One place where two task definitions differ. */
export interface Difference {
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

/** What differs, by path; containers, variables and other named rows are told by their names. */
export function taskDefinitionDiff(before: TaskDefinition, after: TaskDefinition): readonly Difference[] {
  return differences(canonical(before), canonical(after), '')
}

function differences(before: unknown, after: unknown, path: string): readonly Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  if (isNamedList(before) && isNamedList(after)) return rowsDiffer(before, after, path)
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
    return names.flatMap((name) => differences(before[name], after[name], path === '' ? name : `${path}.${name}`))
  }
  return [{ path, before, after }]
}

type Row = Readonly<Record<string, unknown>> & { readonly name: unknown }

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isNamedList = (value: unknown): value is readonly Row[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => isObject(item) && 'name' in item)

function rowsDiffer(before: readonly Row[], after: readonly Row[], path: string): readonly Difference[] {
  const names = [...new Set([...before, ...after].map(({ name }) => String(name)))]
  return names.flatMap((name) => {
    const a = before.find((row) => String(row.name) === name)
    const b = after.find((row) => String(row.name) === name)
    const at = path === 'containerDefinitions' ? name : `${path}[${name}]`
    const value = (row: Row | undefined): unknown =>
      row !== undefined && Object.keys(row).length === 2 ? (row['value'] ?? row['valueFrom'] ?? row) : row
    if (a === undefined || b === undefined || Object.keys(a).length === 2) return differences(value(a), value(b), at)
    return differences(a, b, at)
  })
}

/** A difference as a line: `app.image: a → b`, `+ app.environment[X]: 1`, `- …`. Values that a task definition shows are no secrets: those are references. */
export function describeDifference({ path, before, after }: Difference): string {
  const show = (value: unknown): string => {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return text.length > 160 ? `${text.slice(0, 157)}...` : text
  }
  if (before === undefined) return `+ ${path}: ${show(after)}`
  if (after === undefined) return `- ${path}: ${show(before)}`
  return `~ ${path}: ${show(before)} → ${show(after)}`
}
