import { ApiFailure, type Cause } from './failure.ts'
import {
  decodeFields,
  elementsOf,
  encodeFields,
  type FieldPath,
  fieldsIn,
  itemElement,
  readable,
  removeField,
} from './field-sets.ts'
import { type Fields, isFields, type KubeObject, same } from './object.ts'
import { apiVersionOf, type Resource } from './resources.ts'
import { type Field, message, type Type } from './schema.ts'

/** Who writes, and by which of the ways that Kubernetes tells apart. */
export interface Writer {
  readonly manager: string
  /** `status` or `scale` when it writes through one. */
  readonly subresource?: string | undefined
}

interface Entry extends Writer {
  readonly operation: 'Apply' | 'Update'
  readonly apiVersion: string
  time: string
  fields: Set<FieldPath>
}

const untracked = ['apiVersion', 'kind', 'status'] as const
const ownMetadata = new Set(['labels', 'annotations', 'finalizers', 'ownerReferences'])

/** What of an object is tracked: no type, no status unless that is written, no metadata that the server makes. */
function tracked(object: Fields, subresource: string | undefined): Fields {
  const metadata = Object.fromEntries(Object.entries(object['metadata'] ?? {}).filter(([key]) => ownMetadata.has(key)))
  const rest = { ...object, metadata }
  for (const key of untracked) delete (rest as Fields)[key]
  return subresource === 'status' ? { status: object['status'] } : rest
}

const entriesOf = (object: Fields): Entry[] =>
  ((object['metadata']?.managedFields ?? []) as Fields[]).map((one) => ({
    manager: one['manager'],
    operation: one['operation'],
    apiVersion: one['apiVersion'],
    time: one['time'],
    subresource: one['subresource'],
    fields: decodeFields(one['fieldsV1']),
  }))

const encoded = (entries: readonly Entry[]): Fields[] =>
  entries
    .filter(({ fields }) => fields.size > 0)
    .map(({ manager, operation, apiVersion, time, fields, subresource }) => ({
      manager,
      operation,
      apiVersion,
      time,
      fieldsType: 'FieldsV1',
      fieldsV1: encodeFields([...fields].sort()),
      ...(subresource === undefined ? {} : { subresource }),
    }))

const isWriter = (entry: Entry, writer: Writer, operation: Entry['operation']): boolean =>
  entry.manager === writer.manager && entry.operation === operation && entry.subresource === writer.subresource

/** The managed fields after a create or an update: the writer owns what it changed, nobody owns what is gone. */
export function afterUpdate(
  resource: Resource,
  before: KubeObject | undefined,
  after: KubeObject,
  writer: Writer,
  time: string,
): Fields[] {
  const entries = entriesOf(before ?? {})
  const old = fieldsIn(resource.message, tracked(before ?? {}, writer.subresource))
  const now = fieldsIn(resource.message, tracked(after, writer.subresource))
  const changed = [...now]
    .filter(([path, value]) => !old.has(path) || !same(old.get(path), value))
    .map(([path]) => path)
  const gone = [...old.keys()].filter((path) => !now.has(path))
  if (changed.length === 0 && gone.length === 0) return encoded(entries)
  for (const entry of entries) {
    if (!isWriter(entry, writer, 'Update')) for (const path of changed) entry.fields.delete(path)
    for (const path of gone) entry.fields.delete(path)
  }
  if (changed.length > 0) {
    let own = entries.find((entry) => isWriter(entry, writer, 'Update'))
    if (own === undefined) {
      own = { ...writer, operation: 'Update', apiVersion: apiVersionOf(resource), time, fields: new Set() }
      entries.push(own)
    }
    own.time = time
    for (const path of changed) own.fields.add(path)
  }
  return encoded(entries)
}

/**
 * Server-side apply: the live object with the applied configuration merged in, and with what this manager applied before
 * but no longer does taken out. @throws ApiFailure 409 when another manager owns a field that would change, unless forced
 */
export function serverSideApply(
  resource: Resource,
  live: KubeObject | undefined,
  applied: Fields,
  writer: Writer,
  force: boolean,
  time: string,
): Fields {
  const name = resource.message
  const wanted = fieldsIn(name, tracked(applied, writer.subresource))
  const there = fieldsIn(name, tracked(live ?? {}, writer.subresource))
  const entries = entriesOf(live ?? {})
  const others = entries.filter((entry) => !isWriter(entry, writer, 'Apply'))
  const changed = [...wanted].filter(([path, value]) => !there.has(path) || !same(there.get(path), value))

  const conflicts: { owner: Entry; path: FieldPath }[] = []
  for (const [path] of changed) {
    for (const owner of others) if (owner.fields.has(path)) conflicts.push({ owner, path })
  }
  if (conflicts.length > 0 && !force) throw applyConflict(conflicts)
  for (const { owner, path } of conflicts) owner.fields.delete(path)

  const merged = structuredClone(mergeApplied(name, live ?? {}, applied, writer.subresource))
  const own = entries.find((entry) => isWriter(entry, writer, 'Apply'))
  const dropped = [...(own?.fields ?? [])].filter((path) => !wanted.has(path))
  const kept = (path: FieldPath): boolean =>
    others.some(({ fields }) => [...fields].some((one) => one === path || one.startsWith(`${path}\0`))) ||
    [...wanted.keys()].some((one) => one.startsWith(`${path}\0`))
  // An item goes whole, before its members; the members by which it is found stay as long as it does.
  for (const path of dropped.sort((a, b) => a.length - b.length)) {
    if (!kept(path) && !isItemKey(path)) removeField(name, merged, path)
  }

  const fields = new Set(wanted.keys())
  const unchanged =
    own !== undefined &&
    changed.length === 0 &&
    dropped.length === 0 &&
    same([...own.fields].sort(), [...fields].sort())
  const entry: Entry = {
    ...writer,
    operation: 'Apply',
    apiVersion: apiVersionOf(resource),
    time: unchanged ? own.time : time,
    fields,
  }
  merged['metadata'] = { ...merged['metadata'], managedFields: encoded([...others, entry]) }
  return merged
}

/** True for `…, k:{"name":"app"}, f:name`. */
function isItemKey(path: FieldPath): boolean {
  const [item = '', member = ''] = elementsOf(path).slice(-2)
  return item.startsWith('k:') && member.startsWith('f:') && Object.hasOwn(JSON.parse(item.slice(2)), member.slice(2))
}

const named = ({ manager, subresource, operation, apiVersion }: Entry): string =>
  `${JSON.stringify(manager)}${subresource === undefined ? '' : ` with subresource ${JSON.stringify(subresource)}`}${operation === 'Update' ? ` using ${apiVersion}` : ''}`

function applyConflict(conflicts: readonly { owner: Entry; path: FieldPath }[]): ApiFailure {
  const causes: Cause[] = conflicts.map(({ owner, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${named(owner)}`,
    field: readable(path),
  }))
  const byOwner = new Map<string, string[]>()
  for (const { message: text, field } of causes) byOwner.set(text, [...(byOwner.get(text) ?? []), field])
  const text =
    causes.length === 1
      ? `Apply failed with 1 conflict: ${causes[0]?.message}: ${causes[0]?.field}`
      : `Apply failed with ${causes.length} conflicts: ${[...byOwner]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([owner, paths]) =>
            [`${owner.replace('conflict', 'conflicts')}:`, ...paths.map((path) => `- ${path}`)].join('\n'),
          )
          .join('\n')}`
  return new ApiFailure(409, 'Conflict', text, { causes })
}

/** The applied configuration over the live object: structs and keyed lists merge, all else is replaced. */
function mergeApplied(name: string, live: Fields, applied: Fields, subresource: string | undefined): Fields {
  const merge = (type: Type, field: Field | undefined, old: unknown, value: unknown): unknown => {
    if (field?.atomic || value === null) return value
    if (type.kind === 'message' && isFields(value)) {
      return message(type.message).atomic ? value : mergeStruct(type.message, isFields(old) ? old : {}, value)
    }
    if (type.kind === 'map' && isFields(value)) {
      const out: Fields = isFields(old) ? { ...old } : {}
      for (const [key, item] of Object.entries(value))
        if (key !== '__proto__') out[key] = merge(type.of, undefined, out[key], item)
      return out
    }
    if (type.kind !== 'list' || !Array.isArray(value) || (field?.keys === undefined && !field?.set)) return value
    const out: unknown[] = Array.isArray(old) ? [...(old as unknown[])] : []
    for (const item of value as unknown[]) {
      const at = out.findIndex((one) => itemElement(field, one) === itemElement(field, item))
      if (at < 0) out.push(item)
      else out[at] = merge(type.of, undefined, out[at], item)
    }
    return out
  }
  const mergeStruct = (inside: string, old: Fields, value: Fields): Fields => {
    const out: Fields = { ...old }
    for (const [key, item] of Object.entries(value)) {
      const field = message(inside).fields.get(key)
      if (field === undefined || item === undefined) continue
      out[key] = merge(field.type, field, out[key], item)
    }
    return out
  }
  const { status, ...rest } = applied
  return subresource === 'status' ? mergeStruct(name, live, { status }) : mergeStruct(name, live, rest)
}
