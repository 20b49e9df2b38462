/** The known name that a mistyped one probably meant: at most two edits away, or differing only in case, `-` and `_`. */
export function nearMiss(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replace(/[-_\s]/g, '')
  const same = known.find((candidate) => plain(candidate) === plain(name))
  if (same !== undefined) return same
  const limit = name.length < 5 ? 1 : 2
  const near = known
    .map((candidate) => ({ candidate, edits: editDistance(name, candidate) }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits)
  return near[0]?.candidate
}

/** `, did you mean 'x'?`, or nothing. */
export function didYouMean(name: string, known: readonly string[]): string {
  const meant = nearMiss(name, known)
  return meant === undefined ? '' : `, did you mean '${meant}'?`
}

/** Insertions, deletions and replacements between two words (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, char] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (char === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
