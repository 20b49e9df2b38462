import { UserError } from '../action/errors.ts'

/** What is to be done about each tag. */
export interface TagPlan {
  /** Tags that lead to the digest already. */
  readonly kept: readonly string[]
  /** Tags to write. */
  readonly written: readonly string[]
  /** Tags among them that lead to another digest now. */
  readonly moved: readonly { readonly tag: string; readonly from: string }[]
}

/**
 * Compares tags with what they should lead to.
 * @throws UserError naming both digests, for a tag that leads elsewhere and may not move
 */
export function planTags(
  tags: readonly string[],
  digest: string,
  found: ReadonlyMap<string, string>,
  mayMove: boolean,
  where: string,
): TagPlan {
  const kept = tags.filter((tag) => found.get(tag) === digest)
  const written = tags.filter((tag) => found.get(tag) !== digest)
  const moved = written.flatMap((tag) => {
    const from = found.get(tag)
    return from === undefined ? [] : [{ tag, from }]
  })
  if (moved.length > 0 && !mayMove) {
    throw new UserError(
      moved
        .map(({ tag, from }) => `the tag '${tag}' of ${where} leads to ${from}, not to ${digest}, and may not be moved`)
        .join('\n'),
    )
  }
  return { kept, written, moved }
}
