import { isDeepStrictEqual } from 'node:util'
import { type ManifestObject, objectKey } from './manifest.ts'

/** What a deployment would do to one object. */
export interface ObjectChange {
  readonly change: 'added' | 'removed' | 'changed'
  readonly object: string
  readonly fields: readonly FieldChange[]
}

/** One field that differs; values of Secrets are never shown. */
export interface FieldChange {
  readonly path: string
  readonly before: string
  readonly after: string
}

const absent = '(none)'

/** The difference between two manifests, by object, in the order of the new one. */
export function diffManifests(
  before: readonly ManifestObject[],
  after: readonly ManifestObject[],
): readonly ObjectChange[] {
  const old = new Map(before.map((object) => [objectKey(object), object]))
  const changes: ObjectChange[] = []
  for (const object of after) {
    const was = old.get(objectKey(object))
    old.delete(objectKey(object))
    if (was === undefined) changes.push({ change: 'added', object: nameOf(object), fields: [] })
    else if (!isDeepStrictEqual(was.content, object.content)) {
      const fields = diffFields(was.content, object.content, '')
      const shown = object.kind === 'Secret' ? fields.map(redact) : fields
      changes.push({ change: 'changed', object: nameOf(object), fields: shown })
    }
  }
  for (const object of old.values()) changes.push({ change: 'removed', object: nameOf(object), fields: [] })
  return changes
}

/** The paths at which two trees differ, without what stands there: for values, which may be secret. */
export const changedPaths = (before: unknown, after: unknown): readonly string[] =>
  diffFields(before, after, '').map(({ path }) => path)

const nameOf = ({ kind, name }: ManifestObject): string => `${kind}/${name}`

const redact = (field: FieldChange): FieldChange =>
  /^(data|stringData)\b|^metadata\.annotations\b.*last-applied/.test(field.path)
    ? { path: field.path, before: hidden(field.before), after: hidden(field.after) }
    : field
const hidden = (shown: string): string => (shown === absent ? absent : '(hidden)')

function diffFields(before: unknown, after: unknown, path: string): readonly FieldChange[] {
  if (isDeepStrictEqual(before, after)) return []
  const [a, b] = [entriesOf(before), entriesOf(after)]
  if (a === undefined || b === undefined) return [{ path, ...showBoth(before, after) }]
  const keys = [...new Set([...a.keys(), ...b.keys()])]
  return keys.flatMap((key) => diffFields(a.get(key), b.get(key), path === '' ? key : `${path}.${key}`))
}

/** Members of a list count by their name where they have one, so that an added container does not shift the others. */
function entriesOf(value: unknown): Map<string, unknown> | undefined {
  if (Array.isArray(value)) {
    const names = value.map((item: unknown) => (item as { name?: unknown } | null)?.name)
    const named = names.every((name) => typeof name === 'string') && new Set(names).size === names.length
    return new Map(value.map((item: unknown, index) => [named ? String(names[index]) : String(index), item]))
  }
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined
}

const longest = 120

/** Both sides of a difference; of long ones, the part around the first place where they differ. */
function showBoth(before: unknown, after: unknown): Pick<FieldChange, 'before' | 'after'> {
  const [a, b] = [textOf(before), textOf(after)]
  if (before === undefined || after === undefined || Math.max(a.length, b.length) <= longest) {
    return { before: cut(a, 0), after: cut(b, 0) }
  }
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  // The whole line, if it is not too far away.
  const line = a.lastIndexOf('\n', at - 1) + 1
  const from = at - line < longest / 2 ? line : at - 20
  return { before: cut(a, from), after: cut(b, from) }
}

function textOf(value: unknown): string {
  if (value === undefined) return absent
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
}

function cut(text: string, from: number): string {
  const rest = text.slice(from)
  const kept = rest.length > longest ? `${rest.slice(0, longest - 3)}...` : rest
  return `${from > 0 ? '...' : ''}${kept}`
}
