import { isFields } from './object.ts'
import { schemaData } from './schema-data.ts'

/** `s` string, `i` integer, `d` number, `b` boolean, `y` bytes (base64 in JSON), `q` quantity, `x` integer or string, `t` time, `u` time with microseconds, `w` duration, `r` anything. */
type Scalar = 's' | 'i' | 'd' | 'b' | 'y' | 'q' | 'x' | 't' | 'u' | 'w' | 'r'

export type Type =
  | { readonly kind: 'scalar'; readonly scalar: Scalar }
  | { readonly kind: 'message'; readonly message: string }
  | { readonly kind: 'list'; readonly of: Type }
  | { readonly kind: 'map'; readonly of: Type }

export interface Field {
  readonly name: string
  /** Of the field in protobuf. */
  readonly number: number
  readonly type: Type
  /** A list whose items are told apart by these members. */
  readonly keys: readonly string[] | undefined
  /** A list of distinct values. */
  readonly set: boolean
  readonly atomic: boolean
  /** How a strategic merge patch merges a list: by this member, or by value when it is ''. */
  readonly mergeKey: string | undefined
  /** Its members are the parent's own in JSON. */
  readonly inlined: boolean
}

export interface Message {
  readonly name: string
  readonly atomic: boolean
  /** By the name in JSON, members of inlined messages among them. */
  readonly fields: ReadonlyMap<string, Field>
  readonly wire: ReadonlyMap<number, Field>
}

const lines = new Map<string, string>()
for (const line of schemaData.trim().split('\n')) lines.set(line.split(' ', 1)[0]?.replace('~', '') ?? '', line)
const parsed = new Map<string, Message>()

/** A message of Kubernetes' API by its short name, such as `apps.v1.Deployment`. */
export function message(name: string): Message {
  const known = parsed.get(name)
  if (known) return known
  const line = lines.get(name)
  if (line === undefined) throw new Error(`no such message: ${name}`)
  const [head = '', ...words] = line.split(' ')
  const fields = new Map<string, Field>()
  const wire = new Map<number, Field>()
  for (const word of words) {
    const field = parseField(word)
    wire.set(field.number, field)
    if (!field.inlined) fields.set(field.name, field)
    else if (field.type.kind === 'message') {
      for (const inner of message(field.type.message).fields.values()) fields.set(inner.name, inner)
    }
  }
  const made = { name, atomic: head.endsWith('~'), fields, wire }
  parsed.set(name, made)
  return made
}

function parseField(word: string): Field {
  const [name = '', number = '', type = '', ...flags] = word.split(':')
  const value = (flag: string): string | undefined =>
    flags.find((one) => one.startsWith(`${flag}=`))?.slice(flag.length + 1)
  return {
    name,
    number: Number(number),
    type: parseType(type),
    keys: value('keys')?.split(','),
    set: flags.includes('set'),
    atomic: flags.includes('atomic'),
    mergeKey: value('merge'),
    inlined: name === '^',
  }
}

function parseType(text: string): Type {
  if (text.startsWith('[]')) return { kind: 'list', of: parseType(text.slice(2)) }
  if (text.startsWith('{}')) return { kind: 'map', of: parseType(text.slice(2)) }
  return text.length === 1 ? { kind: 'scalar', scalar: text as Scalar } : { kind: 'message', message: text }
}

const typeMeta = new Set(['apiVersion', 'kind'])

/** What is wrong with a value: members that its message does not have, and members of a wrong type. */
export interface Misfit {
  /** `spec.template.spec.containers[0].image` */
  readonly path: string
  readonly unknown: boolean
  /** What came, in Go's words, when the type is wrong. */
  readonly found?: string
  readonly wanted?: string
}

const goType: Record<Scalar, string> = {
  s: 'string',
  i: 'int32',
  d: 'float64',
  b: 'bool',
  y: '[]uint8',
  q: 'resource.Quantity',
  x: 'intstr.IntOrString',
  t: 'v1.Time',
  u: 'v1.MicroTime',
  w: 'v1.Duration',
  r: 'interface {}',
}

const fits: Record<Scalar, (value: unknown) => boolean> = {
  s: (value) => typeof value === 'string',
  i: Number.isInteger,
  d: (value) => typeof value === 'number',
  b: (value) => typeof value === 'boolean',
  y: (value) => typeof value === 'string',
  q: (value) => typeof value === 'string' || typeof value === 'number',
  x: (value) => typeof value === 'string' || Number.isInteger(value),
  t: (value) => typeof value === 'string',
  u: (value) => typeof value === 'string',
  w: (value) => typeof value === 'string',
  r: () => true,
}

const found = (value: unknown): string =>
  Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value

/** Compares a value with a message of the schema. `top` lets `apiVersion` and `kind` stand. */
export function misfits(name: string, value: unknown, path = '', top = path === ''): Misfit[] {
  const walk = (type: Type, item: unknown, at: string): Misfit[] => {
    if (item === null || item === undefined) return []
    switch (type.kind) {
      case 'scalar':
        return fits[type.scalar](item)
          ? []
          : [{ path: at, unknown: false, found: found(item), wanted: goType[type.scalar] }]
      case 'list':
        if (!Array.isArray(item)) return [{ path: at, unknown: false, found: found(item), wanted: '[]' }]
        return item.flatMap((one, index) => walk(type.of, one, `${at}[${index}]`))
      case 'map':
        if (!isFields(item)) return [{ path: at, unknown: false, found: found(item), wanted: 'map' }]
        return Object.entries(item).flatMap(([key, one]) => walk(type.of, one, `${at}.${key}`))
      case 'message':
        return misfits(type.message, item, at, false)
    }
  }
  if (!isFields(value)) return [{ path, unknown: false, found: found(value), wanted: name.split('.').at(-1) ?? name }]
  const { fields } = message(name)
  return Object.entries(value).flatMap(([key, item]) => {
    if (top && typeMeta.has(key)) return []
    const at = path === '' ? key : `${path}.${key}`
    const field = fields.get(key)
    return field === undefined ? [{ path: at, unknown: true }] : walk(field.type, item, at)
  })
}
