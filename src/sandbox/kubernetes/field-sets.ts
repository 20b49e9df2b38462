import { type Fields, isFields } from './object.ts'
import { type Field, message, type Type } from './schema.ts'

/** A path of FieldsV1 elements (`f:spec`, `k:{"name":"app"}`, `v:"x"`), joined by NUL. */
export type FieldPath = string

export const joined = (elements: readonly string[]): FieldPath => elements.join('\0')
export const elementsOf = (path: FieldPath): string[] => path.split('\0')

/** A list item's element: by the values of its keys, in their order by name. */
export function itemElement(field: Pick<Field, 'keys' | 'set'>, item: unknown): string {
  if (field.keys === undefined || !isFields(item)) return `v:${JSON.stringify(item)}`
  const keys = [...field.keys].sort()
  return `k:${JSON.stringify(Object.fromEntries(keys.map((key) => [key, item[key] ?? (key === 'protocol' ? 'TCP' : undefined)])))}`
}

/** Every field that a value sets, with its value; items of keyed lists stand for themselves with the value `item`. */
export function fieldsIn(name: string, value: Fields): Map<FieldPath, unknown> {
  const out = new Map<FieldPath, unknown>()
  const walk = (type: Type, field: Field | undefined, item: unknown, path: readonly string[]): undefined => {
    const leaf = (): undefined => void out.set(joined(path), item)
    if (item === null || item === undefined || field?.atomic) return leaf()
    if (type.kind === 'message') {
      const { atomic, fields } = message(type.message)
      if (atomic || !isFields(item) || Object.keys(item).length === 0) return leaf()
      for (const [key, one] of Object.entries(item)) {
        const inside = fields.get(key)
        if (inside !== undefined) walk(inside.type, inside, one, [...path, `f:${key}`])
      }
    } else if (type.kind === 'map') {
      if (!isFields(item) || Object.keys(item).length === 0) return leaf()
      for (const [key, one] of Object.entries(item)) walk(type.of, undefined, one, [...path, `f:${key}`])
    } else if (type.kind === 'list') {
      if (!Array.isArray(item) || item.length === 0 || (field?.keys === undefined && !field?.set)) return leaf()
      for (const one of item as unknown[]) {
        const at = [...path, itemElement(field, one)]
        out.set(joined(at), field.set ? one : 'item')
        if (!field.set) walk(type.of, undefined, one, at)
      }
    } else leaf()
  }
  for (const [key, one] of Object.entries(value)) {
    const field = message(name).fields.get(key)
    if (field !== undefined) walk(field.type, field, one, [`f:${key}`])
  }
  return out
}

/** The tree that `managedFields` shows. */
export function encodeFields(paths: Iterable<FieldPath>): Fields {
  const root: Fields = {}
  for (const path of paths) {
    let at = root
    for (const element of elementsOf(path)) {
      at[element] ??= {}
      at = at[element] as Fields
    }
    at['.'] = {}
  }
  const tidy = (node: Fields): Fields => {
    const keys = Object.keys(node)
      .filter((key) => key !== '.' || Object.keys(node).length > 1)
      .sort()
    return Object.fromEntries(keys.map((key) => [key, key === '.' ? {} : tidy(node[key])]))
  }
  return tidy(root)
}

export function decodeFields(tree: unknown): Set<FieldPath> {
  const out = new Set<FieldPath>()
  const walk = (node: unknown, path: readonly string[]): undefined => {
    if (!isFields(node)) return
    const keys = Object.keys(node).filter((key) => key !== '.')
    if (path.length > 0 && (keys.length === 0 || node['.'] !== undefined)) out.add(joined(path))
    for (const key of keys) walk(node[key], [...path, key])
  }
  walk(tree, [])
  return out
}

/** A path as conflicts name it: `.spec.template.spec.containers[name="app"].image`. */
export function readable(path: FieldPath): string {
  return elementsOf(path)
    .map((element) => {
      const rest = element.slice(2)
      if (element.startsWith('f:')) return `.${rest}`
      if (element.startsWith('v:')) return `[=${rest}]`
      const pairs = Object.entries(JSON.parse(rest) as Fields)
      return `[${pairs.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`
    })
    .join('')
}

/** Removes what a path names from a value, in place. */
export function removeField(name: string, value: Fields, path: FieldPath): undefined {
  const step = (type: Type, field: Field | undefined, at: unknown, elements: readonly string[]): undefined => {
    const [element = '', ...rest] = elements
    if (element.startsWith('f:') && isFields(at)) {
      const key = element.slice(2)
      const inside = type.kind === 'message' ? message(type.message).fields.get(key) : undefined
      const inner = type.kind === 'map' ? type.of : inside?.type
      if (rest.length === 0) delete at[key]
      else if (inner !== undefined) {
        step(inner, inside, at[key], rest)
        const left: unknown = at[key]
        if (inner.kind === 'map' && isFields(left) && Object.keys(left).length === 0) delete at[key]
        if (inner.kind === 'list' && Array.isArray(left) && left.length === 0) delete at[key]
      }
    } else if (Array.isArray(at) && field !== undefined && type.kind === 'list') {
      const index = at.findIndex((item) => itemElement(field, item) === element)
      if (index < 0) return
      if (rest.length === 0) at.splice(index, 1)
      else step(type.of, undefined, at[index], rest)
    }
  }
  step({ kind: 'message', message: name }, undefined, value, elementsOf(path))
}
