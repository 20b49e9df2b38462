/** A type of the published AWS models, the same from whichever source it was read. */
export type Shape =
  | { readonly kind: 'string'; readonly values?: ReadonlySet<string> | undefined }
  | { readonly kind: 'number' | 'boolean' | 'timestamp' | 'blob' | 'document' }
  | { readonly kind: 'list'; readonly item: () => Shape }
  | { readonly kind: 'map'; readonly value: () => Shape }
  | { readonly kind: 'structure'; readonly members: ReadonlyMap<string, Member> }

export interface Member {
  readonly shape: () => Shape
  readonly required: boolean
}

/** What a model says of one operation. */
export interface OperationModel {
  readonly output: Shape
  /** The codes of the errors that it declares; undefined where the source does not tell. */
  readonly errors: ReadonlySet<string> | undefined
}

/** What is wrong with an answer: where, and in which way. */
export interface Problem {
  readonly kind: 'unknown' | 'type' | 'value' | 'missing' | 'error'
  readonly path: string
  readonly text: string
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 80)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * What is wrong with a value in the form of the JSON protocols (timestamps as numbers of epoch seconds, blobs as base64)
 * or, when `xml`, with what an XML parser made of the query protocol (every leaf a text, lists as `member`, ISO timestamps).
 */
export function mismatches(value: unknown, shape: Shape, xml: boolean, path = '$'): readonly Problem[] {
  const wrong = (expected: string): readonly Problem[] => [
    { kind: 'type', path, text: `expected ${expected}, got ${shown(value)}` },
  ]
  switch (shape.kind) {
    case 'document':
      return []
    case 'string': {
      if (typeof value !== 'string') return wrong('text')
      if (shape.values === undefined || shape.values.has(value)) return []
      return [{ kind: 'value', path, text: `${shown(value)} is none of ${[...shape.values].join(', ')}` }]
    }
    case 'number':
      if (xml) return typeof value === 'string' && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value) ? [] : wrong('a number')
      return typeof value === 'number' ? [] : wrong('a number')
    case 'boolean':
      if (xml) return value === 'true' || value === 'false' ? [] : wrong('a boolean')
      return typeof value === 'boolean' ? [] : wrong('a boolean')
    case 'timestamp':
      if (xml) {
        const iso = typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value)
        return iso ? [] : wrong('an ISO 8601 timestamp')
      }
      // A date of this century in seconds: milliseconds would be a thousand times as much.
      return typeof value === 'number' && value >= 946_684_800 && value < 4_102_444_800
        ? []
        : wrong('a timestamp in epoch seconds')
    case 'blob':
      return typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value) ? [] : wrong('base64')
    case 'list': {
      const items = xml ? xmlItems(value) : value
      if (!Array.isArray(items)) return wrong('a list')
      return items.flatMap((item, index) => mismatches(item, shape.item(), xml, `${path}[${index}]`))
    }
    case 'map': {
      const map = xml ? xmlMap(value) : value
      if (!isObject(map)) return wrong('a map')
      return Object.entries(map).flatMap(([key, item]) => mismatches(item, shape.value(), xml, `${path}.${key}`))
    }
    case 'structure': {
      const members = xml && value === '' ? {} : value
      if (!isObject(members)) return wrong('a structure')
      const missing = [...shape.members]
        .filter(([name, member]) => member.required && members[name] === undefined)
        .map(([name]): Problem => ({ kind: 'missing', path: `${path}.${name}`, text: 'a required member is missing' }))
      const rest = Object.entries(members).flatMap(([name, item]): readonly Problem[] => {
        const member = shape.members.get(name)
        const at = `${path}.${name}`
        if (member === undefined) return [{ kind: 'unknown', path: at, text: 'the model has no such member' }]
        return mismatches(item, member.shape(), xml, at)
      })
      return [...missing, ...rest]
    }
  }
}

function xmlItems(value: unknown): unknown {
  if (value === '') return []
  if (!isObject(value) || Object.keys(value).join() !== 'member') return value
  return Array.isArray(value['member']) ? value['member'] : [value['member']]
}

function xmlMap(value: unknown): unknown {
  if (value === '') return {}
  if (!isObject(value) || Object.keys(value).join() !== 'entry') return value
  const entries = Array.isArray(value['entry']) ? value['entry'] : [value['entry']]
  return Object.fromEntries(entries.filter(isObject).map((entry) => [String(entry['key']), entry['value']]))
}
