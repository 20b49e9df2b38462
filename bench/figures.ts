/** The middle of some numbers; of an even count the mean of the two in the middle. @throws RangeError when there are none */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('no numbers have no median')
  const sorted = [...values].sort((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  const upper = sorted[half] as number
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] as number) + upper) / 2
}

/** @throws RangeError when there are none */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('no numbers have no mean')
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Ours by theirs, of the same statistic: below 1 ours is the smaller. @throws RangeError when theirs is not above 0 */
export function ratio(ours: number, theirs: number): number {
  if (!(theirs > 0)) throw new RangeError(`nothing is measured by ${theirs}`)
  return ours / theirs
}

/** A ratio for people: two digits after the point. */
export const shownRatio = (value: number): string => value.toFixed(2)

/** How often each name comes, in the order of the first time. */
export function counted(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

/** Runs two things by turns, `rounds` times each; who is first changes every round, so that neither always comes after the other. */
export async function byTurns<T>(
  rounds: number,
  ours: () => Promise<T>,
  theirs: () => Promise<T>,
): Promise<{ readonly ours: readonly T[]; readonly theirs: readonly T[] }> {
  const found = { ours: [] as T[], theirs: [] as T[] }
  for (let round = 0; round < rounds; round++) {
    const one = async () => void found.ours.push(await ours())
    const other = async () => void found.theirs.push(await theirs())
    for (const turn of round % 2 === 0 ? [one, other] : [other, one]) await turn()
  }
  return found
}
