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
 * @throws UserError for a helm older than 3.14 (which can neither label a release nor reset and reuse its values), and for what is no version
 */
export function parseHelmVersion(printed: string): HelmVersion {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(printed.trim())
  if (!match) throw new UserError(`cannot tell helm's version from '${printed.trim().slice(0, 80)}'`)
  const [major, minor, patch] = match.slice(1).map(Number) as [number, number, number]
  const text = `${major}.${minor}.${patch}`
  if ((major !== 3 && major !== 4) || (major === 3 && minor < 14)) {
    throw new UserError(`helm ${text} is not supported: use helm 3.14 or newer, or helm 4`)
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

interface KnownFault {
  readonly from: readonly [number, number, number]
  /** The first version without it. */
  readonly fixed: readonly [number, number, number]
  readonly text: string
}

/** Sources: helm/helm#11569, #31610, #31824, #32224. */
const knownFaults: readonly KnownFault[] = [
  {
    from: [3, 14, 0],
    fixed: [3, 14, 4],
    text: 'cannot upgrade a release that was uninstalled with its history kept: use 3.14.4 or newer',
  },
  {
    from: [4, 0, 0],
    fixed: [4, 1, 0],
    text: 'waits only where it may list objects of the whole cluster: use 4.1 or newer',
  },
  {
    from: [4, 0, 0],
    fixed: [4, 1, 2],
    text: 'does not know the old names of its flags on install: use 4.1.2 or newer',
  },
  {
    from: [4, 2, 1],
    fixed: [4, 2, 2],
    text: 'can hang until the time-out while it deletes hooks: use 4.2.2 or newer',
  },
]

/** What a user should know of the version at hand; empty for most. */
export const versionWarnings = (version: HelmVersion): readonly string[] =>
  knownFaults
    .filter(({ from, fixed }) => version.major === from[0] && atLeast(version, ...from) && !atLeast(version, ...fixed))
    .map(({ text }) => `helm ${version.text} ${text}`)
