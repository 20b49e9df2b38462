/** GitLab's limits for a dotenv report: fewer bytes than this, no more variables than this (self-managed default). */
export const dotenvLimits = { bytes: 5_120, variables: 20 } as const

export interface Dotenv {
  readonly text: string
  /** What did not fit, by name, with why. */
  readonly left: readonly { readonly name: string; readonly why: string }[]
}

/**
 * Writes a report that GitLab's parser reads back exactly: it takes everything before the first `=` as the key, trims key and value,
 * keeps quotes, refuses blank lines, and later expands `$` in values. Values that cannot stand in it are left out and named.
 */
export function writeDotenv(outputs: readonly (readonly [name: string, value: string])[]): Dotenv {
  const kept = new Map<string, string>()
  const left: { name: string; why: string }[] = []
  let bytes = 0
  for (const [name, value] of outputs) {
    const line = `${name}=${value}\n`
    const size = Buffer.byteLength(line)
    const why = whyNot(name, value, kept, bytes + size)
    if (why !== undefined) {
      left.push({ name, why })
      continue
    }
    kept.set(name, line)
    bytes += size
  }
  return { text: [...kept.values()].join(''), left }
}

function whyNot(name: string, value: string, kept: ReadonlyMap<string, string>, bytes: number): string | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,254}$/.test(name)) return 'its name is not one for a variable'
  if (kept.has(name)) return 'another output has the same variable'
  if (/[\r\n\u0085\u2028\u2029]/.test(value)) return 'it has more than one line'
  if (value.includes('$')) return "GitLab would expand its '$'"
  if (value.includes('\0')) return 'it holds a zero byte'
  if (value !== value.trim()) return 'GitLab would trim its spaces'
  if (/\p{Surrogate}/u.test(value)) return 'it is not valid Unicode'
  if (kept.size >= dotenvLimits.variables) return `a report holds ${dotenvLimits.variables} variables at most`
  if (bytes >= dotenvLimits.bytes) return `a report must stay under ${dotenvLimits.bytes} bytes`
  return undefined
}
