import type { Json, JsonObject } from '../action/host.ts'
import { knownSecrets } from './known-secrets.ts'
import { type Redactor, redactor } from './redact.ts'

/** What an action has handed over so far, redacted; every host writes it in its own way at the end. */
export interface Outbox extends Pick<Redactor, 'redact' | 'lines' | 'holds'> {
  readonly outputs: ReadonlyMap<string, string>
  readonly links: readonly { readonly label: string; readonly url: string }[]
  readonly result: JsonObject | undefined
  /** False for a text too short to hide. */
  mask(secret: string): boolean
  /** False, and kept out, when the value holds a masked text: outputs are readable by whoever may read the job. */
  output(name: string, value: string): boolean
  summary(markdown: string): void
  link(label: string, url: string): void
  /** Keeps the result and returns its text. */
  keepResult(result: JsonObject): string
  /** The summary as Markdown, links at its end, cut at a line end to at most `bytes`. */
  markdown(bytes: number): string
}

/** An empty one. What the environment is known to keep secret is hidden from the start. */
export function outbox(env: NodeJS.ProcessEnv): Outbox {
  const hidden = redactor()
  for (const secret of knownSecrets(env)) hidden.add(secret)
  const outputs = new Map<string, string>()
  const parts: string[] = []
  const links: { label: string; url: string }[] = []
  let result: JsonObject | undefined
  return {
    outputs,
    links,
    get result() {
      return result
    },
    redact: hidden.redact,
    lines: hidden.lines,
    holds: hidden.holds,
    mask(secret) {
      hidden.add(secret)
      return hidden.lines(secret).length > 0
    },
    output(name, value) {
      if (hidden.holds(value)) return false
      outputs.set(name, value)
      return true
    },
    summary(markdown) {
      parts.push(markdown)
    },
    link(label, url) {
      if (!/^https?:\/\//.test(url)) return
      links.push({ label: hidden.redact(label), url: hidden.redact(url) })
    },
    keepResult(value) {
      result = hidden.redactJson(value as Json) as JsonObject
      return `${JSON.stringify(result, null, 2)}\n`
    },
    markdown(bytes) {
      const list = links.map((link) => `- ${markdownLink(link)}`)
      const whole = [...parts.map((part) => part.trimEnd()), list.join('\n')].filter((part) => part !== '').join('\n\n')
      return whole === '' ? '' : cut(`${hidden.redact(whole)}\n`, bytes)
    },
  }
}

/** A link in Markdown whose label and address cannot end it early. */
const markdownLink = ({ label, url }: { label: string; url: string }): string =>
  `[${label.replaceAll(/[[\]\n]/g, ' ')}](${url.replaceAll(/[\s()<>]/g, (letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}`)})`

/** Cuts a text at a line end so that it has at most `bytes` bytes, and says so at its end. */
export function cut(text: string, bytes: number): string {
  const all = Buffer.from(text)
  if (all.byteLength <= bytes) return text
  const notice = '\n\n… cut: the full result is in the JSON file of the output `result`.\n'
  const room = Math.max(0, bytes - Buffer.byteLength(notice))
  const end = all.lastIndexOf(0x0a, room)
  return all.subarray(0, Math.max(end, 0)).toString('utf8') + notice
}
