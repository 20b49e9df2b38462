import type { Clock } from '../action/clock.ts'
import { messageOf, UserError } from '../action/errors.ts'

/** How a registry is spoken to. */
export interface RegistryOptions {
  readonly host: string
  readonly repository: string
  /** The Authorization header for this registry, such as `Basic …`; asked for when the registry wants one. */
  readonly authorization?: (() => Promise<string>) | undefined
  /** Told every token before it is used. */
  readonly mask: (secret: string) => void
  readonly clock: Clock
}

/** The transfer broke off on the way and may be begun again from the start. */
export class Interrupted extends UserError {
  override name = 'Interrupted'
}

/** Requests to one repository of one registry. */
export interface RegistryRequests {
  /** `https://host`; plain http for loopback only. */
  readonly origin: string
  /** A URL below the repository. */
  at(path: string): URL
  /** One request, tried again on what passes. Redirects are answered, not followed. */
  ask(url: URL, init: RequestInit & { signal: AbortSignal }): Promise<Response>
  /** Where an answer sends us. @throws UserError when that is nowhere, or somewhere that must not be asked */
  sentTo(answer: Response, what: string): URL
  /** The error of a refusal, in the registry's own words; `registryStatus` reads its status. */
  refused(answer: Response, doing: string): Promise<UserError>
}

const tries = 4
const retried = new Set([408, 425, 429, 500, 502, 503, 504])
const longestWaitMs = 60_000

export const isLoopback = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(host)

/** Speaks to a registry: its challenge is answered once for each request, its credentials go to its own origin only. */
export function registryRequests(options: RegistryOptions): RegistryRequests {
  const { host, repository, clock } = options
  const origin = `${isLoopback(host) ? 'http' : 'https'}://${host}`
  let header: string | undefined

  const authorize = async (challenge: string | null, signal: AbortSignal): Promise<void> => {
    const own = await options.authorization?.()
    const bearer = /^Bearer\s+(.*)$/i.exec(challenge ?? '')?.[1]
    if (bearer === undefined) {
      if (own === undefined) throw new UserError(`the registry ${host} wants credentials for ${repository}`)
      header = own
      return
    }
    const token = await bearerToken(bearer, own, signal)
    options.mask(token)
    header = `Bearer ${token}`
  }

  const bearerToken = async (challenge: string, own: string | undefined, signal: AbortSignal): Promise<string> => {
    const field = (name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(challenge)?.[1] ?? ''
    const realm = URL.canParse(field('realm')) ? new URL(field('realm')) : undefined
    if (realm === undefined) throw new UserError(`the registry ${host} names no place for tokens`)
    reachable(realm)
    if (field('service') !== '') realm.searchParams.set('service', field('service'))
    realm.searchParams.set('scope', field('scope') || `repository:${repository}:pull,push`)
    const answer = await retrying(realm, { signal, headers: own === undefined ? {} : { authorization: own } })
    const body = answer.ok ? await tokenIn(answer) : undefined
    if (body === undefined)
      throw new UserError(`the registry ${host} gives no token for ${repository} (${answer.status})`)
    return body
  }

  /** Nothing but TLS, or loopback from loopback: a registry on the net must not send us to this machine's own services. */
  const reachable = (url: URL): void => {
    const allowed = isLoopback(url.host) ? isLoopback(host) : url.protocol === 'https:'
    if (!allowed || !/^https?:$/.test(url.protocol))
      throw new UserError(`the registry ${host} sends us to ${url.protocol}//${url.host}, which is not asked`)
  }

  const retrying = async (url: URL, init: RequestInit & { signal: AbortSignal }): Promise<Response> => {
    for (let attempt = 1; ; attempt++) {
      let wait = 500 * 2 ** attempt
      try {
        const answer = await fetch(url, { ...init, redirect: 'manual' })
        if (!retried.has(answer.status) || attempt >= tries) return answer
        await answer.body?.cancel()
        const told = Number(answer.headers.get('retry-after') ?? Number.NaN)
        if (told > 0) wait = Math.min(told * 1_000, longestWaitMs)
      } catch (error) {
        init.signal.throwIfAborted()
        if (attempt >= tries)
          throw new UserError(`the registry ${url.host} cannot be reached: ${causeOf(error)}`, { cause: error })
      }
      await clock.sleep(wait, init.signal)
    }
  }

  return {
    origin,
    at: (path) => new URL(`${origin}/v2/${repository}/${path}`),
    async ask(url, init) {
      reachable(url)
      const own = url.origin === origin
      const send = (): Promise<Response> =>
        retrying(url, {
          ...init,
          headers: {
            ...(init.headers as Record<string, string>),
            ...(own && header !== undefined ? { authorization: header } : {}),
          },
        })
      const answer = await send()
      if (answer.status !== 401 || !own) return answer
      await answer.body?.cancel()
      await authorize(answer.headers.get('www-authenticate'), init.signal)
      return await send()
    },
    sentTo(answer, what) {
      const location = answer.headers.get('location')
      if (location === null || !URL.canParse(location, origin))
        throw new UserError(`the registry ${host} gives no place for ${what}`)
      const url = new URL(location, origin)
      reachable(url)
      return url
    },
    async refused(answer, doing) {
      const text = (await answer.text().catch(() => '')).slice(0, 2_000)
      const said = wordsOf(text)
      const error = new UserError(`${doing} in ${host}/${repository}: ${answer.status}${said === '' ? '' : ` ${said}`}`)
      return Object.assign(error, { status: answer.status })
    },
  }
}

async function tokenIn(answer: Response): Promise<string | undefined> {
  const body = (await answer.json().catch(() => undefined)) as { token?: unknown; access_token?: unknown } | undefined
  const token = body?.token ?? body?.access_token
  return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) ? token : undefined
}

function wordsOf(text: string): string {
  try {
    const { errors } = JSON.parse(text) as { errors?: { code?: string; message?: string }[] }
    return (errors ?? []).map(({ code, message }) => `${code}: ${message}`).join('; ')
  } catch {
    return text.trim()
  }
}

/** The whole body, up to `most` bytes. @throws UserError beyond it, Interrupted when it breaks off */
export async function boundedBody(answer: Response, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bodyOf(answer)) {
    size += chunk.byteLength
    if (size > most) throw new UserError(`the registry answers with more than ${most} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The body as it comes; a connection that breaks is `Interrupted`. */
export async function* bodyOf(answer: Response): AsyncGenerator<Uint8Array, void, void> {
  const body = (answer.body ?? []) as unknown as AsyncIterable<Uint8Array>
  try {
    yield* body
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error
    throw new Interrupted(`the registry's answer broke off: ${causeOf(error)}`, { cause: error })
  }
}

const causeOf = (error: unknown): string =>
  messageOf(error instanceof Error && error.cause !== undefined ? error.cause : error)

/** The HTTP status behind a registry's refusal. */
export const registryStatus = (error: unknown): number | undefined =>
  error instanceof UserError && 'status' in error && typeof error.status === 'number' ? error.status : undefined
