import { createHash, randomBytes } from 'node:crypto'
import type { SandboxClock } from '../clock.ts'
import { type Exchange, type Service, send } from '../exchange.ts'
import type { Answer } from './answer.ts'
import type { Registries, Registry } from './registries.ts'

/** Signed links to blobs, served as the object store behind ECR does: anyone with the link may read, for an hour. */
export interface LayerLinks extends Service {
  /** A link to a blob of a repository. */
  to(registry: Registry, repository: string, digest: string): string
}

const prefix = '/_layers/'
const lifetimeMs = 60 * 60 * 1_000

/**
 * The host of a link is `localhost`, not the registry's `127.0.0.1`: like the real store it is another host,
 * so that clients must drop the registry's Authorization header when they follow the redirect.
 */
export function layerLinks(registries: Registries, clock: SandboxClock): LayerLinks {
  const secret = randomBytes(32)
  const sign = (...parts: readonly (string | number)[]): string =>
    createHash('sha256').update(secret).update(parts.join('\n')).digest('hex')
  const refuse = (exchange: Exchange, status: number, code: string, message: string): void =>
    send(
      exchange,
      status,
      `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
      { 'content-type': 'application/xml' },
    )
  return {
    to(registry, repository, digest) {
      const until = Math.floor(clock.now() + lifetimeMs)
      const port = registry.host().split(':')[1]
      const signature = sign(registry.accountId, registry.region, repository, digest, until)
      return `http://localhost:${port}${prefix}${repository}/${digest}?X-Amz-Expires=${until}&X-Amz-Signature=${signature}`
    },
    identify: ({ url, method }) =>
      url.pathname.startsWith(prefix) ? { service: 'layers', operation: `${method} layer` } : undefined,
    fail: refuse,
    handle(exchange) {
      const { url, method, headers } = exchange
      if (method !== 'GET' && method !== 'HEAD') return refuse(exchange, 405, 'MethodNotAllowed', 'Read only')
      if (headers.authorization !== undefined) {
        return refuse(exchange, 400, 'InvalidArgument', 'Only one auth mechanism allowed')
      }
      const registry = registries.at(exchange.request.socket.localPort ?? 0)
      const path = url.pathname.slice(prefix.length)
      const cut = path.lastIndexOf('/')
      const [repository, digest] = [path.slice(0, cut), path.slice(cut + 1)]
      const until = Number(url.searchParams.get('X-Amz-Expires'))
      const expected = registry && sign(registry.accountId, registry.region, repository, digest, until)
      if (expected === undefined || url.searchParams.get('X-Amz-Signature') !== expected) {
        return refuse(exchange, 403, 'SignatureDoesNotMatch', 'The signature does not match')
      }
      if (until <= clock.now()) return refuse(exchange, 403, 'AccessDenied', 'Request has expired')
      const blob = registry?.repositories.get(repository)?.blobs.get(digest)
      if (blob === undefined) return refuse(exchange, 404, 'NoSuchKey', 'The specified key does not exist.')
      const { status, body, headers: own } = ranged(headers.range, blob)
      send(exchange, status, body, own)
    },
  }
}

/** All bytes, or the one range of them that was asked for. */
export function ranged(range: string | undefined, bytes: Buffer): Answer {
  const headers = { 'content-type': 'application/octet-stream', 'accept-ranges': 'bytes' }
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range ?? '')
  if (!asked || (asked[1] === '' && asked[2] === '')) return { status: 200, body: bytes, headers }
  const size = bytes.byteLength
  const start = asked[1] === '' ? Math.max(0, size - Number(asked[2])) : Number(asked[1])
  const end = asked[1] === '' || asked[2] === '' ? size - 1 : Math.min(Number(asked[2]), size - 1)
  if (start > end) return { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } }
  const body = bytes.subarray(start, end + 1)
  return { status: 206, body, headers: { ...headers, 'content-range': `bytes ${start}-${end}/${size}` } }
}
