import { createHash } from 'node:crypto'
import type { Clock } from '../action/clock.ts'
import { messageOf, UserError } from '../action/errors.ts'
import type { ContentStore } from './content.ts'
import { type Descriptor, largestManifest, type Manifest, manifestTypes, parseManifest } from './manifest.ts'

/** Where a repository is and how its registry is spoken to. */
export interface RegistryOptions {
  readonly host: string
  readonly repository: string
  /** The Authorization header, such as `Basic …`; asked for when the registry wants one. */
  readonly authorization?: (() => Promise<string>) | undefined
  readonly clock: Clock
}

const tries = 4
const retried = new Set([408, 425, 429, 500, 502, 503, 504])
/** Sent in one request up to this size; larger blobs go in parts, so that a broken one is begun again where it broke. */
const partBytes = 16 * 1024 * 1024

const isLoopback = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(host)

/** A repository behind the OCI distribution API. Plain HTTP is spoken to loopback only. */
export function registryRepository(options: RegistryOptions): ContentStore {
  const { host, repository, clock } = options
  const origin = `${isLoopback(host) ? 'http' : 'https'}://${host}`
  const base = `${origin}/v2/${repository}`
  let header: string | undefined

  const authorize = async (challenge: string | null, signal: AbortSignal): Promise<void> => {
    const own = await options.authorization?.()
    const bearer = /^Bearer\s+(.*)$/i.exec(challenge ?? '')?.[1]
    if (bearer === undefined) {
      if (own === undefined) throw new UserError(`the registry ${host} wants credentials for ${repository}`)
      header = own
      return
    }
    const field = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(bearer)?.[1] ?? ''
    const realm = new URL(field('realm'))
    if (realm.protocol !== 'https:' && !isLoopback(realm.host))
      throw new UserError(`the registry ${host} asks for tokens over plain HTTP at ${realm.host}`)
    if (field('service') !== '') realm.searchParams.set('service', field('service'))
    realm.searchParams.set('scope', field('scope') || `repository:${repository}:pull,push`)
    const answer = await fetch(realm, { signal, headers: own === undefined ? {} : { authorization: own } })
    const body = (await answer.json().catch(() => ({}))) as { token?: string; access_token?: string }
    const token = body.token ?? body.access_token
    if (!answer.ok || token === undefined)
      throw new UserError(`the registry ${host} gives no token for ${repository} (${answer.status})`)
    header = `Bearer ${token}`
  }

  /** One request, tried again on what passes; credentials go to the registry's own host only. */
  const ask = async (url: URL, init: RequestInit & { signal: AbortSignal }): Promise<Response> => {
    let asked = false
    for (let attempt = 1; ; attempt++) {
      const own = url.host === host
      const headers = {
        ...(init.headers as Record<string, string>),
        ...(own && header !== undefined ? { authorization: header } : {}),
      }
      let answer: Response
      try {
        answer = await fetch(url, { ...init, headers, redirect: 'manual' })
      } catch (error) {
        init.signal.throwIfAborted()
        if (attempt >= tries)
          throw new UserError(`the registry ${url.host} cannot be reached: ${causeOf(error)}`, { cause: error })
        await clock.sleep(500 * 2 ** attempt, init.signal)
        continue
      }
      if (answer.status === 401 && own && !asked) {
        asked = true
        await answer.body?.cancel()
        await authorize(answer.headers.get('www-authenticate'), init.signal)
        continue
      }
      if (retried.has(answer.status) && attempt < tries) {
        await answer.body?.cancel()
        await clock.sleep(500 * 2 ** attempt, init.signal)
        continue
      }
      return answer
    }
  }

  const failed = async (answer: Response, doing: string): Promise<UserError> => {
    const text = (await answer.text().catch(() => '')).slice(0, 2_000)
    let said = text
    try {
      const { errors } = JSON.parse(text) as { errors?: { code?: string; message?: string }[] }
      said = (errors ?? []).map(({ code, message }) => `${code}: ${message}`).join('; ')
    } catch {
      // The text itself then.
    }
    const error = new UserError(`${doing} in ${host}/${repository}: ${answer.status}${said === '' ? '' : ` ${said}`}`)
    return Object.assign(error, { status: answer.status })
  }

  const at = (path: string): URL => new URL(`${base}/${path}`)

  const upload = async (
    answer: Response,
    descriptor: Descriptor,
    bytes: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<void> => {
    const place = (response: Response): URL => {
      const location = response.headers.get('location')
      if (location === null) throw new UserError(`the registry ${host} gives no place for an upload`)
      return new URL(location, origin)
    }
    let location = place(answer)
    const hash = createHash('sha256')
    let sent = 0
    let part: Uint8Array[] = []
    let size = 0
    const flush = async (): Promise<void> => {
      const body = Buffer.concat(part)
      part = []
      size = 0
      const range = `${sent}-${sent + body.byteLength - 1}`
      const done = await ask(location, {
        method: 'PATCH',
        body,
        signal,
        headers: { 'content-type': 'application/octet-stream', 'content-range': range },
      })
      if (done.status !== 202 && done.status !== 204) throw await failed(done, `uploading ${descriptor.digest}`)
      await done.body?.cancel()
      location = place(done)
      sent += body.byteLength
    }
    for await (const chunk of bytes) {
      hash.update(chunk)
      part.push(chunk)
      size += chunk.byteLength
      if (sent + size > descriptor.size)
        throw new UserError(`the blob ${descriptor.digest} has more than the ${descriptor.size} bytes that it should`)
      if (size >= partBytes) await flush()
    }
    const digest = `sha256:${hash.digest('hex')}`
    if (digest !== descriptor.digest || sent + size !== descriptor.size) {
      await ask(location, { method: 'DELETE', signal }).then((gone) => gone.body?.cancel())
      throw new UserError(`expected the blob ${descriptor.digest}, got bytes of ${digest}`)
    }
    const rest = Buffer.concat(part)
    location.searchParams.set('digest', digest)
    const headers = {
      'content-type': 'application/octet-stream',
      ...(sent > 0 && rest.byteLength > 0 ? { 'content-range': `${sent}-${sent + rest.byteLength - 1}` } : {}),
    }
    const done = await ask(location, { method: 'PUT', body: rest, signal, headers })
    if (done.status !== 201) throw await failed(done, `finishing the upload of ${digest}`)
    await done.body?.cancel()
  }

  return {
    async manifest(digest, signal) {
      const answer = await ask(at(`manifests/${digest}`), { signal, headers: { accept: manifestTypes.join(', ') } })
      if (!answer.ok) throw await failed(answer, `reading the manifest ${digest}`)
      return parseManifest(
        await bounded(answer, largestManifest),
        digest.startsWith('sha256:') ? digest : undefined,
        answer.headers.get('content-type') ?? undefined,
      )
    },
    async blob(descriptor, signal) {
      let answer = await ask(at(`blobs/${descriptor.digest}`), { signal })
      for (let hops = 0; [301, 302, 303, 307, 308].includes(answer.status) && hops < 3; hops++) {
        const location = answer.headers.get('location')
        await answer.body?.cancel()
        if (location === null) break
        answer = await ask(new URL(location, origin), { signal })
      }
      if (!answer.ok || answer.body === null) throw await failed(answer, `reading the blob ${descriptor.digest}`)
      return answer.body as unknown as AsyncIterable<Uint8Array>
    },
    async referrers(digest, signal) {
      const answer = await ask(at(`referrers/${digest}`), { signal })
      // A registry without the API answers 404; what refers to an image stands under a tag made of its digest there.
      if (answer.status === 404) {
        await answer.body?.cancel()
        return await fallbackReferrers(digest, signal)
      }
      if (!answer.ok) throw await failed(answer, `reading what refers to ${digest}`)
      return parseManifest(await bounded(answer, largestManifest), undefined, manifestTypes[0]).children
    },
    async hasManifest(reference, signal) {
      const answer = await ask(at(`manifests/${reference}`), {
        method: 'HEAD',
        signal,
        headers: { accept: manifestTypes.join(', ') },
      })
      if (answer.status === 404) return undefined
      if (!answer.ok) throw await failed(answer, `looking for ${reference}`)
      return answer.headers.get('docker-content-digest') ?? (await this.manifest(reference, signal)).digest
    },
    async hasBlob(digest, signal) {
      const answer = await ask(at(`blobs/${digest}`), { method: 'HEAD', signal })
      if (answer.status === 404) return false
      if (answer.ok || answer.status === 307 || answer.status === 302) return true
      throw await failed(answer, `looking for the blob ${digest}`)
    },
    async putBlob(descriptor, bytes, signal) {
      const begun = await ask(at('blobs/uploads/'), { method: 'POST', signal })
      if (begun.status !== 202) throw await failed(begun, `beginning an upload`)
      await begun.body?.cancel()
      await upload(begun, descriptor, bytes, signal)
    },
    async mountBlob(digest, from, signal) {
      const url = at('blobs/uploads/')
      url.searchParams.set('mount', digest)
      url.searchParams.set('from', from)
      const answer = await ask(url, { method: 'POST', signal })
      await answer.body?.cancel()
      if (answer.status === 201) return true
      const location = answer.headers.get('location')
      // The registry began an upload in place of the mount: it is called off.
      if (answer.status === 202 && location !== null) {
        await ask(new URL(location, origin), { method: 'DELETE', signal }).then((gone) => gone.body?.cancel())
      }
      return false
    },
    async putManifest(manifest, reference, signal) {
      const answer = await ask(at(`manifests/${reference}`), {
        method: 'PUT',
        body: new Uint8Array(manifest.bytes),
        signal,
        headers: { 'content-type': manifest.mediaType },
      })
      if (answer.status !== 201) throw await failed(answer, `writing the manifest ${manifest.digest} as ${reference}`)
      await answer.body?.cancel()
      return answer.headers.get('docker-content-digest') ?? manifest.digest
    },
  }

  async function fallbackReferrers(digest: string, signal: AbortSignal): Promise<readonly Descriptor[]> {
    const answer = await ask(at(`manifests/${digest.replace(':', '-')}`), {
      signal,
      headers: { accept: manifestTypes[0] },
    })
    if (!answer.ok) {
      await answer.body?.cancel()
      return []
    }
    const index: Manifest = parseManifest(
      await bounded(answer, largestManifest),
      undefined,
      answer.headers.get('content-type') ?? undefined,
    )
    return index.children
  }
}

async function bounded(answer: Response, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (answer.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > most) throw new UserError(`the registry answers with more than ${most} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const causeOf = (error: unknown): string =>
  messageOf(error instanceof Error && error.cause !== undefined ? error.cause : error)

/** The HTTP status behind a registry's refusal. */
export const registryStatus = (error: unknown): number | undefined =>
  error instanceof UserError && 'status' in error && typeof error.status === 'number' ? error.status : undefined
