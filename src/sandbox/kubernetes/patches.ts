import { ApiFailure, badRequest } from './failure.ts'
import { type Fields, isFields, same } from './object.ts'
import { type Field, message, type Type } from './schema.ts'

/** RFC 7386. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isFields(patch)) return patch
  const out: Fields = isFields(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (key === '__proto__') continue
    if (value === null) delete out[key]
    else out[key] = mergePatch(out[key], value)
  }
  return out
}

/** Kubernetes' strategic merge patch, by the merge keys of a message's schema. */
export function strategicMergePatch(name: string | undefined, target: unknown, patch: Fields): Fields {
  const directive: unknown = patch['$patch']
  if (directive === 'replace') return without(patch, '$patch')
  if (directive === 'delete') return {}
  const out: Fields = isFields(target) ? { ...target } : {}
  const retained: unknown = patch['$retainKeys']
  if (Array.isArray(retained)) for (const key of Object.keys(out)) if (!retained.includes(key)) delete out[key]
  const fields = name === undefined ? undefined : message(name).fields
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$') || key === '__proto__') continue
    const field = fields?.get(key)
    if (value === null) delete out[key]
    else if (Array.isArray(value)) {
      out[key] =
        field?.mergeKey === undefined ? value.filter((item) => !isDirective(item)) : mergeList(field, out[key], value)
    } else if (isFields(value)) out[key] = strategicMergePatch(messageOf(field?.type), out[key], value)
    else out[key] = value
  }
  for (const [key, value] of Object.entries(patch)) {
    const removed = /^\$deleteFromPrimitiveList\/(.+)$/.exec(key)?.[1]
    if (removed !== undefined && Array.isArray(out[removed]) && Array.isArray(value)) {
      out[removed] = (out[removed] as unknown[]).filter((item) => !value.includes(item))
    }
    const ordered = /^\$setElementOrder\/(.+)$/.exec(key)?.[1]
    if (ordered !== undefined && Array.isArray(out[ordered]) && Array.isArray(value)) {
      out[ordered] = inOrder(out[ordered] as unknown[], value, fields?.get(ordered)?.mergeKey ?? '')
    }
  }
  return out
}

const without = (fields: Fields, key: string): Fields => {
  const { [key]: _gone, ...rest } = fields
  return rest
}
const messageOf = (type: Type | undefined): string | undefined => (type?.kind === 'message' ? type.message : undefined)
const isDirective = (item: unknown): boolean => isFields(item) && item['$patch'] !== undefined

function mergeList(field: Field, current: unknown, patch: readonly unknown[]): unknown[] {
  const key = field.mergeKey ?? ''
  const old = Array.isArray(current) ? (current as unknown[]) : []
  if (key === '') return [...old, ...patch.filter((item) => !old.includes(item))]
  if (patch.some((item) => isFields(item) && item['$patch'] === 'replace')) {
    return patch.filter((item) => !isDirective(item))
  }
  const item = field.type.kind === 'list' ? messageOf(field.type.of) : undefined
  const out = [...old]
  for (const change of patch) {
    if (!isFields(change)) throw badRequest(`cannot merge into a list without its key ${key}`)
    const at = out.findIndex((one) => isFields(one) && same(one[key], change[key]))
    if (change['$patch'] === 'delete') {
      if (at >= 0) out.splice(at, 1)
    } else if (at >= 0) out[at] = strategicMergePatch(item, out[at], change)
    else out.push(strategicMergePatch(item, {}, change))
  }
  return out
}

function inOrder(list: readonly unknown[], order: readonly unknown[], key: string): unknown[] {
  const keyOf = (item: unknown): unknown => (key !== '' && isFields(item) ? item[key] : item)
  const places = order.map(keyOf)
  const rank = (item: unknown): number => {
    const at = places.findIndex((place) => same(place, keyOf(item)))
    return at < 0 ? places.length : at
  }
  return [...list].sort((a, b) => rank(a) - rank(b))
}

/** RFC 6902. @throws ApiFailure 422 when an operation does not fit the object */
export function jsonPatch(target: Fields, operations: unknown): Fields {
  if (!Array.isArray(operations)) throw badRequest('the body of a JSON patch must be an array')
  const root = { '': structuredClone(target) as unknown }
  const misfit = (why: string): ApiFailure =>
    new ApiFailure(422, 'Invalid', `the server rejected our request due to an error in our request: ${why}`)
  const steps = (pointer: unknown): string[] => {
    if (typeof pointer !== 'string') throw misfit('a path is missing')
    const parts = pointer.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    if (parts[0] !== '' || parts.includes('__proto__')) throw misfit(`the path ${pointer} is invalid`)
    return parts
  }
  const parentOf = (path: readonly string[]): { parent: Fields | unknown[]; key: string } => {
    let at: unknown = root
    for (const step of path.slice(0, -1)) {
      at = Array.isArray(at) ? at[Number(step)] : isFields(at) && Object.hasOwn(at, step) ? at[step] : undefined
    }
    if (!Array.isArray(at) && !isFields(at)) throw misfit(`the path ${path.join('/')} does not exist`)
    return { parent: at, key: path.at(-1) ?? '' }
  }
  const read = (path: readonly string[]): unknown => {
    const { parent, key } = parentOf(path)
    const value: unknown = Array.isArray(parent) ? parent[Number(key)] : parent[key]
    if (value === undefined) throw misfit(`the path ${path.join('/')} does not exist`)
    return value
  }
  const add = (path: readonly string[], value: unknown): void => {
    const { parent, key } = parentOf(path)
    if (Array.isArray(parent)) parent.splice(key === '-' ? parent.length : Number(key), 0, value)
    else parent[key] = value
  }
  const remove = (path: readonly string[]): void => {
    read(path)
    const { parent, key } = parentOf(path)
    if (Array.isArray(parent)) parent.splice(Number(key), 1)
    else delete parent[key]
  }
  for (const operation of operations as Fields[]) {
    const path = steps(operation['path'])
    const { op, value } = operation
    if (op === 'add') add(path, value)
    else if (op === 'remove') remove(path)
    else if (op === 'replace') {
      read(path)
      const { parent, key } = parentOf(path)
      if (Array.isArray(parent)) parent[Number(key)] = value
      else parent[key] = value
    } else if (op === 'test') {
      if (!same(read(path), value)) throw misfit(`testing path ${operation['path']} value failed`)
    } else if (op === 'copy') add(path, structuredClone(read(steps(operation['from']))))
    else if (op === 'move') {
      const from = steps(operation['from'])
      const moved = read(from)
      remove(from)
      add(path, moved)
    } else throw misfit(`unexpected operation ${String(op)}`)
  }
  return root[''] as Fields
}
