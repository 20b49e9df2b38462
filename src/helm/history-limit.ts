import { UserError } from '../action/errors.ts'

/** Revisions kept when nobody says how many. Helm's own default is 10, of which failed ones take their share. */
const defaultMax = 100
const variable = 'HELM_MAX_HISTORY'

/**
 * How many revisions are kept when the input does not say: what helm's own variable says, else 100; 0 is without limit.
 * @throws UserError when the variable holds no such number
 */
export function maxHistory(env: NodeJS.ProcessEnv): number {
  const told = env[variable]?.trim()
  if (!told) return defaultMax
  if (!/^\d{1,5}$/.test(told)) throw new UserError(`${variable}: expected a whole number, got '${told.slice(0, 80)}'`)
  return Number(told)
}

/** Sizes in bytes: Kubernetes keeps no record over 1 MiB, and helm reads all of them whenever it does anything. */
const nearLimit = 700 * 1024
const muchInAll = 20 * 1024 * 1024

/** What to say of the size of a release's records: `newest` is its newest one's, `count` how many there are. */
export function sizeWarnings(newest: number, count: number): readonly string[] {
  const warnings: string[] = []
  if (newest > nearLimit) {
    const size = `${Math.round(newest / 1024)} KiB`
    warnings.push(
      `the release record has ${size} of at most 1024 KiB: keep stray files out of the chart by a .helmignore`,
    )
  }
  if (newest * count > muchInAll) {
    const total = Math.round((newest * count) / 1024 ** 2)
    warnings.push(
      `the ${count} records of the release have about ${total} MiB, all of which helm reads each time: lower 'history-max'`,
    )
  }
  return warnings
}
