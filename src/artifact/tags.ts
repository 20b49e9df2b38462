import { UserError } from '../action/errors.ts'
import type { ContentStore } from './content.ts'
import type { Manifest } from './manifest.ts'

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
  /** Why this tag may not be moved; undefined when it may. */
  fixed: (tag: string) => string | undefined,
  where: string,
): TagPlan {
  const kept = tags.filter((tag) => found.get(tag) === digest)
  const written = tags.filter((tag) => found.get(tag) !== digest)
  const moved = written.flatMap((tag) => {
    const from = found.get(tag)
    return from === undefined ? [] : [{ tag, from }]
  })
  const refused = moved.flatMap(({ tag, from }) => {
    const why = fixed(tag)
    return why === undefined ? [] : [`the tag '${tag}' of ${where} leads to ${from}, not to ${digest}: ${why}`]
  })
  if (refused.length > 0) throw new UserError(refused.join('\n'))
  return { kept, written, moved }
}

/** The tag mutability of an ECR repository. */
export interface TagMutability {
  readonly mode: string
  /** Wildcards of the tags that are the exception; `*` stands for any text. */
  readonly exclusions: readonly string[]
}

/** Whether a tag stays where it is once it is written; a mode that is not known counts as immutable. */
export function isImmutable({ mode, exclusions }: TagMutability, tag: string): boolean {
  const excluded = exclusions.some((filter) => matchesWildcard(filter, tag))
  if (mode === 'MUTABLE') return false
  if (mode === 'MUTABLE_WITH_EXCLUSION') return excluded
  return mode !== 'IMMUTABLE_WITH_EXCLUSION' || !excluded
}

function matchesWildcard(filter: string, tag: string): boolean {
  const parts = filter.split('*')
  let from = 0
  for (const [at, part] of parts.entries()) {
    if (at === parts.length - 1 && at > 0) return tag.length - part.length >= from && tag.endsWith(part)
    const found = at === 0 ? (tag.startsWith(part) ? 0 : -1) : tag.indexOf(part, from)
    if (found < 0) return false
    from = found + part.length
  }
  return from === tag.length
}

/** Writes tags, and reads them back. @throws UserError when the registry does not confirm them */
export async function writeTags(
  store: ContentStore,
  manifest: Manifest,
  tags: readonly string[],
  where: string,
  signal: AbortSignal,
): Promise<void> {
  for (const tag of tags) await store.putManifest(manifest, tag, signal)
  const references = [manifest.digest, ...tags]
  const confirmed = await store.resolve(references, signal)
  for (const reference of references) {
    const digest = confirmed.get(reference)
    if (digest !== manifest.digest)
      throw new UserError(
        `${where} does not confirm '${reference}': it leads to ${digest ?? 'nothing'}, not to ${manifest.digest}`,
      )
  }
}
