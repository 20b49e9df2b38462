import { type Clock, formatDuration } from './clock.ts'
import { messageOf, UserError } from './errors.ts'

/** An address that must answer well a number of times in a row. */
export interface HttpProbe {
  /** What is probed, for the log. */
  readonly name: string
  readonly url: string
  /** Good answers in a row that it takes. */
  readonly successes: number
  /** Between two requests, in ms on the clock. */
  readonly intervalMs: number
  /** For all of it, in ms on the clock. */
  readonly timeoutMs: number
  readonly accepts: (status: number) => boolean
}

/** How a probe ended. */
export type ProbeVerdict =
  | { readonly passed: true }
  /** `https://orders.example.org/health answered 503 (0 of 3 successes in a row within 2m)` */
  | { readonly passed: false; readonly reason: string }

/** Forms that an address to probe may have: no user, no spaces. */
export const probeUrlForm = /^https?:\/\/[^\s@/]+(\/\S*)?$/

/** For one answer, in real ms. */
const answerMs = 10_000
/** Of a refusing answer's body that is read, in bytes. */
const bodyLimit = 2_048
const shownBody = 120

/** Requests the address until it has answered well often enough, or the time is up. Redirects are not followed: they are an answer. */
export async function probeHttp(
  probe: HttpProbe,
  parts: { readonly log: (line: string) => void; readonly clock: Clock; readonly signal: AbortSignal },
): Promise<ProbeVerdict> {
  const { log, clock, signal } = parts
  const began = clock.now()
  let row = 0
  let last = ''
  for (;;) {
    const said = await answerOf(probe, signal)
    row = said.good ? row + 1 : 0
    if (said.text !== last || row === probe.successes) {
      log(`[${formatDuration(clock.now() - began)}] ${probe.name}: ${said.text}, ${row} of ${probe.successes} in a row`)
    }
    last = said.text
    if (row >= probe.successes) return { passed: true }
    if (clock.now() - began + probe.intervalMs > probe.timeoutMs) {
      const within = formatDuration(probe.timeoutMs)
      return {
        passed: false,
        reason: `${shownUrl(probe.url)} ${said.text} (${row} of ${probe.successes} successes in a row within ${within})`,
      }
    }
    await clock.sleep(probe.intervalMs, signal)
  }
}

/** A query may carry a token: it is not shown. */
const shownUrl = (url: string): string => url.replace(/[?#].*$/, '')

async function answerOf(
  { url, accepts }: HttpProbe,
  signal: AbortSignal,
): Promise<{ readonly good: boolean; readonly text: string }> {
  try {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { 'user-agent': 'strangler-deploy', 'cache-control': 'no-cache' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerMs)]),
    })
    const good = accepts(answer.status)
    const words = good ? '' : await firstWords(answer)
    // An answer's body may have no end: what was not read is not waited for.
    if (!answer.bodyUsed) await answer.body?.cancel()
    return { good, text: `answered ${answer.status}${words === '' ? '' : ` "${words}"`}` }
  } catch (error) {
    signal.throwIfAborted()
    return { good: false, text: `did not answer: ${rootOf(error)}` }
  }
}

/** `fetch failed` says nothing: what it was stands in its cause. */
function rootOf(error: unknown): string {
  const { cause } = (typeof error === 'object' && error !== null ? error : {}) as { readonly cause?: unknown }
  const { message, code } = (typeof cause === 'object' && cause !== null ? cause : {}) as Record<string, unknown>
  return [message, code].find((text): text is string => typeof text === 'string' && text !== '') ?? messageOf(error)
}

/** The first line of a plain answer: proxies name there why they refuse. A page or a broken body says nothing. */
async function firstWords(answer: Response): Promise<string> {
  if (!/^(text\/plain|application\/(problem\+)?json)\b/.test(answer.headers.get('content-type') ?? '')) return ''
  const reader = answer.body?.getReader()
  if (reader === undefined) return ''
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    while (length < bodyLimit) {
      const { done, value } = await reader.read()
      if (done) break
      chunks.push(value)
      length += value.byteLength
    }
  } catch {
    // The status is the answer; what was to come after it is only colour.
  }
  await reader.cancel().catch(() => undefined)
  const text = Buffer.concat(chunks).subarray(0, bodyLimit).toString('utf8')
  const line = text.trim().split('\n', 1)[0] ?? ''
  const plain = line.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]+/gu, ' ').trim()
  return plain.length > shownBody ? `${plain.slice(0, shownBody - 3)}...` : plain
}

/**
 * Reads HTTP codes and ranges of them, such as `200-399` or `200,204,301-302`.
 * @throws UserError when it is none
 */
export function statusRanges(text: string): (status: number) => boolean {
  const ranges = text.split(',').map((part) => {
    const match = /^\s*([1-5]\d\d)(?:-([1-5]\d\d))?\s*$/.exec(part)
    const from = Number(match?.[1])
    const to = Number(match?.[2] ?? match?.[1])
    if (match === null || from > to) {
      throw new UserError(`expected HTTP codes such as '200-399' or '200,204', got '${text.slice(0, 80)}'`)
    }
    return { from, to }
  })
  return (status) => ranges.some(({ from, to }) => status >= from && status <= to)
}
