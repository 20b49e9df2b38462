/** Which tags of a repository may be moved: all, none, or by wildcards the ones that are the exception. */
export interface TagMutability {
  readonly mode: 'MUTABLE' | 'IMMUTABLE' | 'IMMUTABLE_WITH_EXCLUSION' | 'MUTABLE_WITH_EXCLUSION'
  /** Wildcards of the exceptions; `*` stands for any text. */
  readonly exclusions: readonly string[]
}

/** True when the tag, once set, stays where it is. */
export function isImmutable(mutability: TagMutability, tag: string): boolean {
  const excluded = mutability.exclusions.some((filter) => matchesWildcard(filter, tag))
  switch (mutability.mode) {
    case 'MUTABLE':
      return false
    case 'IMMUTABLE':
      return true
    case 'IMMUTABLE_WITH_EXCLUSION':
      return !excluded
    case 'MUTABLE_WITH_EXCLUSION':
      return excluded
  }
}

/** Matches the whole of `text` with `*` as any text, in time linear in both for hostile filters too. */
export function matchesWildcard(filter: string, text: string): boolean {
  const [head = '', ...rest] = filter.split('*')
  if (rest.length === 0) return text === filter
  const tail = rest.pop() as string
  if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return false
  let from = head.length
  const end = text.length - tail.length
  for (const part of rest) {
    const found = text.indexOf(part, from)
    if (found === -1 || found + part.length > end) return false
    from = found + part.length
  }
  return from <= end
}
