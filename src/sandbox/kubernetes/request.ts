import { parse } from 'yaml'
import type { Exchange } from '../exchange.ts'
import { badRequest, noSuchPath } from './failure.ts'
import { type Fields, isFields } from './object.ts'
import { decodeProtobuf, isProtobuf } from './protobuf.ts'
import { type Resource, resourceAt } from './resources.ts'

/** What a request is about, read from its path. */
export interface Target {
  readonly of: Resource
  readonly namespace: string | undefined
  readonly name: string | undefined
  readonly subresource: string | undefined
}

/** Splits `/kubernetes/<cluster>/<path>`; undefined for any other address. */
export function clusterPath(pathname: string): { cluster: string; path: string } | undefined {
  const match = /^\/kubernetes\/([a-zA-Z0-9][\w.-]{0,99})(\/.*)?$/.exec(pathname)
  return match ? { cluster: match[1] ?? '', path: match[2] ?? '/' } : undefined
}

/** The target of a path such as `/apis/apps/v1/namespaces/n/deployments/d/scale`. @throws ApiFailure 404 */
export function targetOf(path: string): Target {
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent)
  const [root, ...rest] = parts
  const group = root === 'apis' ? rest.shift() : ''
  const version = rest.shift()
  if ((root !== 'api' && root !== 'apis') || group === undefined || version === undefined) throw noSuchPath()
  const scoped = rest[0] === 'namespaces' && rest.length >= 3 && rest[2] !== 'finalize' && rest[2] !== 'status'
  const namespace = scoped ? rest[1] : undefined
  const [plural = '', name, subresource, ...more] = scoped ? rest.slice(2) : rest
  const of = resourceAt(group, version, plural)
  if (of === undefined || more.length > 0 || (namespace !== undefined && !of.namespaced)) throw noSuchPath()
  if (of.namespaced && namespace === undefined && name !== undefined) throw noSuchPath()
  if (subresource !== undefined && !of.subresources.includes(subresource)) throw noSuchPath()
  return { of, namespace, name, subresource }
}

/** The body as an object, from JSON, YAML or protobuf. @throws ApiFailure 400 */
export function bodyOf(exchange: Exchange): Fields {
  const value = bodyValue(exchange)
  if (!isFields(value)) throw badRequest('the body of the request was in an unknown format - expected an object')
  return value
}

/** The body as it is, such as the array of a JSON patch. @throws ApiFailure 400 */
export function bodyValue({ body, headers }: Exchange): unknown {
  if (body.byteLength === 0) return {}
  if (isProtobuf(body)) return decodeProtobuf(body)
  const text = body.toString('utf8')
  try {
    return headers['content-type']?.includes('yaml') && !text.startsWith('{')
      ? parse(text, { maxAliasCount: 100 })
      : JSON.parse(text)
  } catch (error) {
    throw badRequest(`couldn't get version/kind; json parse error: ${(error as Error).message}`)
  }
}

/** What the client wants back: objects, a table, or metadata alone. */
export function accepted({ headers }: Exchange): 'object' | 'table' | 'metadata' {
  const first = (headers.accept ?? '').split(',').find((one) => !one.includes('protobuf')) ?? ''
  if (/as=Table/.test(first)) return 'table'
  return /as=PartialObjectMetadata/.test(first) ? 'metadata' : 'object'
}

/** Who the client is, for managed fields: what it says, else the program in its user agent. */
export const managerOf = ({ url, headers }: Exchange): string =>
  url.searchParams.get('fieldManager') || (headers['user-agent'] ?? 'unknown').split('/', 1)[0] || 'unknown'
