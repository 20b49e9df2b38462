import { UserError } from '../action/errors.ts'

/** The version of a helm binary, as far as its flags depend on it. */
export interface HelmVersion {
  readonly major: 3 | 4
  readonly minor: number
  readonly patch: number
  /** As helm prints it, without the `v`: `3.17.2`. */
  readonly text: string
}

/**
 * Reads what `helm version --template {{.Version}}` prints: `v3.17.2`, `v4.2.3+g1a2b3c`.
 * @throws UserError for helm 2, for a helm older than 3.9 (whose recovery of failed first installs is broken), and for what is no version
 */
export function parseHelmVersion(printed: string): HelmVersion {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(printed.trim())
  if (!match) throw new UserError(`cannot tell helm's version from '${printed.trim().slice(0, 80)}'`)
  const [major, minor, patch] = match.slice(1).map(Number) as [number, number, number]
  const text = `${major}.${minor}.${patch}`
  if ((major !== 3 && major !== 4) || (major === 3 && minor < 9)) {
    throw new UserError(`helm ${text} is not supported: use helm 3.9 or newer, or helm 4`)
  }
  return { major, minor, patch, text }
}

/** True when `version` is at least `major.minor.patch`. */
export function atLeast(version: HelmVersion, major: number, minor: number, patch = 0): boolean {
  const [a, b] = [
    [version.major, version.minor, version.patch],
    [major, minor, patch],
  ] as const
  for (const [index, part] of a.entries()) if (part !== b[index]) return part > (b[index] ?? 0)
  return true
}

/** What a user should know of the version at hand; empty for most. Sources: helm#32224, helm#11569. */
export function versionWarnings(version: HelmVersion): readonly string[] {
  const warnings: string[] = []
  if (version.text === '4.2.1') {
    warnings.push('helm 4.2.1 can hang until the time-out while it deletes hooks: use 4.2.2 or newer')
  }
  if (!atLeast(version, 3, 13)) {
    warnings.push(`helm ${version.text} cannot label a release, so a run cannot recognise its own: use 3.14.4 or newer`)
  }
  return warnings
}
