// biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are what it is about
/** Terminal sequences, control characters of both sets, and characters that turn the direction of text or break lines unseen. */
const sequence = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g
const unseen = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/**
 * Text of any origin as one line of at most `length` characters that says nothing to a terminal or to a CI runner:
 * no control characters, no workflow commands (`::error::`, `##[group]`), no section marks.
 */
export function oneLine(text: string, length = 300): string {
  const flat = text
    .slice(0, length * 20)
    .replaceAll(/[\t\r\n\v\f]+/g, ' ')
    .replaceAll(sequence, '')
    .replaceAll(unseen, '')
    .replaceAll(/section_(start|end):/g, 'section $1:')
    .replaceAll('##[', '# #[')
    .replace(/^(\s*)::/, '$1: :')
    .trimEnd()
  return cut(flat, length)
}

/** At most `length` characters, never half a character; what was cut shows as `…`. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** No reason of AWS comes near it; whatever is longer is cut before patterns are tried on it. */
export const longestReason = 4_000

/** The words of AWS with ids that nobody reads made short: tasks, container instances, events, target groups, request ids. */
export const shortIds = (text: string): string =>
  text
    .slice(0, longestReason)
    .replaceAll(/arn:aws[\w-]*:elasticloadbalancing:[\w-]*:\d*:targetgroup\/([\w-]+)\/[0-9a-f]+/g, '$1')
    .replaceAll(/arn:aws[\w-]*:ecs:[\w-]*:\d*:[\w-]+\/(?:[\w-]+\/)*/g, '')
    .replaceAll(/,? ?request ?id: ?[0-9a-f-]{36}/gi, '')
    .replaceAll(
      /(sha256:[0-9a-f]+)|\b([0-9a-f]{8})(?:[0-9a-f]{24}|(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/g,
      (_, digest: string | undefined, id: string) => digest ?? id,
    )

/** Text of any origin inside Markdown, outside of code: shown as it stands. */
export const inMarkdown = (text: string): string => text.replaceAll(/[\\`*_[\]<>|~#!&]/g, '\\$&')

/** Lines of any origin as a block of code that they cannot close. */
export function codeBlock(lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((ticks) => ticks.length)))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}text`, ...lines, fence].join('\n')
}
