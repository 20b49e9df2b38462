import type { Input } from './service.ts'

const unsafe = new Set(['__proto__', 'constructor', 'prototype'])

/** The members of a query-protocol form: `A.member.1.B=x` becomes `{ A: [{ B: 'x' }] }`. All leaves are text. */
export function parseQuery(form: URLSearchParams): Input {
  const root: Record<string, unknown> = {}
  for (const [key, value] of form) {
    if (key === 'Action' || key === 'Version') continue
    const path = key.split('.')
    if (path.length > 20 || path.some((part) => unsafe.has(part))) continue
    let node: Record<string, unknown> = root
    for (const part of path.slice(0, -1)) {
      const next = node[part]
      if (typeof next !== 'object' || next === null) node[part] = {}
      node = node[part] as Record<string, unknown>
    }
    node[path.at(-1) as string] = value
  }
  return collapse(root) as Input
}

const numbered = (node: Record<string, unknown>): unknown[] =>
  Object.entries(node)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, item]) => collapse(item))

/** Lists arrive as `{ member: { 1: a, 2: b } }`, maps as `{ entry: { 1: { key, value } } }`; an empty list as empty text. */
function collapse(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node)
  const [name, only] = entries.length === 1 ? (entries[0] ?? []) : []
  if (name === 'member' && typeof only === 'object') return numbered(only as Record<string, unknown>)
  if (name === 'entry' && typeof only === 'object') {
    const pairs = numbered(only as Record<string, unknown>) as { key?: unknown; value?: unknown }[]
    return Object.fromEntries(pairs.filter(({ key }) => !unsafe.has(String(key))).map(({ key, value }) => [key, value]))
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, collapse(value)]))
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** XML 1.0 has no control characters but tab, line feed and carriage return; a parser would drop the last. */
const escapeXml = (text: string): string =>
  text
    .replace(/[&<>"]/g, (c) => entities[c] as string)
    .replace(/\p{Cc}/gu, (c) => {
      if (c === '\n' || c === '\t') return c
      return c === '\r' ? '&#13;' : '\uFFFD'
    })

/** A value in the XML of the query protocol: arrays as `<member>` elements; undefined members are left out. */
export function toXml(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${toXml(item)}</member>`).join('')
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .filter(([, member]) => member !== undefined && member !== null)
      .map(([name, member]) => `<${name}>${toXml(member)}</${name}>`)
      .join('')
  }
  return escapeXml(String(value))
}

export const queryResponse = (operation: string, namespace: string, output: unknown, requestId: string): string =>
  `<${operation}Response xmlns="${namespace}"><${operation}Result>${toXml(output)}</${operation}Result>` +
  `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`

export const queryError = (
  namespace: string,
  code: string,
  message: string,
  status: number,
  requestId: string,
): string =>
  `<ErrorResponse xmlns="${namespace}"><Error><Type>${status >= 500 ? 'Receiver' : 'Sender'}</Type><Code>${code}</Code>` +
  `<Message>${escapeXml(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`
