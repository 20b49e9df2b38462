import { textOf } from './render-rows.ts'
import { canonical, type TaskDefinition } from './task-definition.ts'
import { canonicalTags } from './task-definition-canonical.ts'

/** One place where two task definitions differ. */
export interface Difference {
  /** The container; undefined for the task itself. */
  readonly container: string | undefined
  /** The member, such as `image`, `environment[X]` or `logConfiguration.options.tag`; empty for a whole container. */
  readonly member: string
  readonly before: unknown
  readonly after: unknown
}

type Place = Pick<Difference, 'container' | 'member'>
type Row = Readonly<Record<string, unknown>>

/**
 * What differs; containers, variables and other named rows are told by their names. Tags count only where the later one has them:
 * they belong to a revision, and some are put there by the account itself.
 */
export function taskDefinitionDiff(before: TaskDefinition, after: TaskDefinition): readonly Difference[] {
  const { containerDefinitions: old, ...task } = canonical(before)
  const { containerDefinitions: now, ...later } = canonical(after)
  const tags =
    after['tags'] === undefined
      ? []
      : differences(canonicalTags(before['tags']), canonicalTags(after['tags']), {
          container: undefined,
          member: 'tags',
        })
  return [...containersDiffer(old, now), ...differences(task, later, { container: undefined, member: '' }), ...tags]
}

function containersDiffer(before: unknown, after: unknown): readonly Difference[] {
  const old = isNamedList(before) ? before : []
  const now = isNamedList(after) ? after : []
  const names = [...new Set([...now, ...old].map((row) => textOf(row['name'])))]
  return names.flatMap((name) => differences(named(old, name), named(now, name), { container: name, member: '' }))
}

const named = (rows: readonly Row[], name: string): Row | undefined => rows.find((row) => textOf(row['name']) === name)

function differences(before: unknown, after: unknown, at: Place): readonly Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  if (isNamedList(before) || isNamedList(after)) {
    if (isNamedList(before ?? []) && isNamedList(after ?? [])) return rowsDiffer(rows(before), rows(after), at)
  }
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
    return names.flatMap((name) => differences(before[name], after[name], below(at, name)))
  }
  return [{ ...at, before, after }]
}

const below = ({ container, member }: Place, name: string): Place => ({
  container,
  member: member === '' ? name : `${member}.${name}`,
})

const isObject = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)

const isNamedList = (value: unknown): value is readonly Row[] =>
  Array.isArray(value) &&
  value.every((item) => isObject(item) && typeof item['name'] === 'string') &&
  new Set(value.map((item: Row) => item['name'])).size === value.length

const rows = (value: unknown): readonly Row[] => (isNamedList(value) ? value : [])

function rowsDiffer(before: readonly Row[], after: readonly Row[], at: Place): readonly Difference[] {
  const names = [...new Set([...before, ...after].map((row) => textOf(row['name'])))]
  return names.flatMap((name) => {
    const [old, now] = [saidBy(named(before, name)), saidBy(named(after, name))]
    return differences(old, now, { ...at, member: `${at.member}[${name}]` })
  })
}

/** The one thing that a row says beside its name, such as a variable's value; the row itself when it says more. */
const saidBy = (row: Row | undefined): unknown =>
  row !== undefined && Object.keys(row).length === 2 ? (row['value'] ?? row['valueFrom'] ?? row) : row

/** A value as a reader sees it, in one line, cut after so many characters. */
export function shownValue(value: unknown, longest: number): string {
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(
    /\r\n|[\r\n\u0085\u2028\u2029]/g,
    ' ⏎ ',
  )
  return text.length > longest ? `${text.slice(0, longest - 3)}...` : text
}

/**
 * The differences as lines, under the container or `task` that they are in: `~ image: a → b`, `+ environment[X]: 1`, `- …`.
 * Values that a task definition shows are no secrets: those are references.
 */
export function describeDifferences(all: readonly Difference[]): readonly string[] {
  const places = [...new Set(all.map(({ container }) => container))]
  return places.flatMap((place) => [
    place ?? 'task',
    ...all.filter(({ container }) => container === place).map((difference) => `  ${describeDifference(difference)}`),
  ])
}

function describeDifference({ member, before, after }: Difference): string {
  const what = member === '' ? 'the container' : member
  if (before === undefined) return `+ ${what}: ${shownValue(after, 160)}`
  if (after === undefined) return `- ${what}: ${shownValue(before, 160)}`
  return `~ ${what}: ${shownValue(before, 160)} → ${shownValue(after, 160)}`
}
