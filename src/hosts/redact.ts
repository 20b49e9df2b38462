import type { Json } from '../action/host.ts'

/** Shorter texts are not hidden: `1` or `on` would blank half the log and still be guessed. */
export const shortestSecret = 4

/** Hides secrets in text, whatever common form they come in. */
export interface Redactor {
  /** From now on hides the text, each of its lines, and their base64, URL-encoded and JSON forms. */
  add(secret: string): void
  redact(text: string): string
  /** The same for every string and key of a JSON value. */
  redactJson<T extends Json>(value: T): T
  /** Whether the text holds one of the secrets as it was given. */
  holds(text: string): boolean
  /** The lines of a secret that are long enough to be hidden. */
  lines(secret: string): readonly string[]
}

export function redactor(): Redactor {
  const whole = new Set<string>()
  let needles: string[] = []

  const lines = (secret: string): string[] =>
    secret
      .split(/\r\n|\r|\n/)
      .map((line) => line.trim())
      .filter((line) => line.length >= shortestSecret)

  const redact = (text: string): string => {
    const hidden: [number, number][] = []
    for (const needle of needles) {
      for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1))
        hidden.push([at, at + needle.length])
    }
    if (hidden.length === 0) return text
    hidden.sort(([a], [b]) => a - b)
    let shown = ''
    let end = 0
    for (const [from, to] of hidden) {
      // Overlapping and touching finds become one mark, so that no tail of a secret stays behind.
      if (from > end || end === 0) shown += `${text.slice(end, from)}***`
      end = Math.max(end, to)
    }
    return shown + text.slice(end)
  }

  const redactJson = (value: Json): Json => {
    if (typeof value === 'string') return redact(value)
    if (Array.isArray(value)) return value.map(redactJson)
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(([key, item]) => [
      redact(key),
      item === undefined ? undefined : redactJson(item as Json),
    ])
    return Object.fromEntries(entries) as Json
  }

  return {
    add(secret) {
      const trimmed = secret.trim()
      if (trimmed.length < shortestSecret || whole.has(trimmed)) return
      whole.add(trimmed)
      const forms = new Set(needles)
      for (const text of new Set([secret, trimmed, ...lines(secret)])) {
        for (const form of formsOf(text)) if (form.length >= shortestSecret) forms.add(form)
      }
      needles = [...forms]
    },
    redact,
    redactJson: <T extends Json>(value: T) => redactJson(value) as T,
    holds: (text) => [...whole].some((secret) => text.includes(secret)),
    lines,
  }
}

function formsOf(text: string): string[] {
  const percent = strictPercent(text)
  return [
    text,
    ...base64Forms(Buffer.from(text)),
    percent,
    percent.replaceAll('%20', '+'),
    percent.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    tryPercent(text),
    JSON.stringify(text).slice(1, -1),
  ]
}

const tryPercent = (text: string): string => (/\p{Surrogate}/u.test(text) ? text : encodeURIComponent(text))

const strictPercent = (text: string): string =>
  tryPercent(text).replaceAll(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)

/**
 * A secret inside a longer base64 text (`user:secret`) begins at one of three offsets; each gives other letters.
 * Letters that also carry bits of the neighbours are left out.
 */
function base64Forms(bytes: Buffer): string[] {
  const padded = bytes.toString('base64')
  const forms = [padded, bytes.toString('base64url')]
  for (const shift of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const cleanEnd = (shift + bytes.length) % 3 === 0 ? encoded.length : encoded.length - 1
    const core = encoded.slice(shift === 0 ? 0 : shift + 1, cleanEnd)
    forms.push(core, core.replaceAll('+', '-').replaceAll('/', '_'))
  }
  return forms
}
