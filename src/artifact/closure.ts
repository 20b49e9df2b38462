import { UserError } from '../action/errors.ts'
import type { ContentSource } from './content.ts'
import type { Descriptor, Manifest } from './manifest.ts'

/** Everything that belongs to an image, what is pointed at before what points. */
export interface Closure {
  readonly root: Manifest
  /** Children before their index, the image before what refers to it. */
  readonly manifests: readonly Manifest[]
  readonly blobs: readonly Descriptor[]
  /** Tags such as `sha256-<hex>.sig`, by which older signers find what they made, and the digests they lead to. */
  readonly digestTags: ReadonlyMap<string, string>
}

/** An image with more parts than this is not one of ours. */
const mostManifests = 2_000

/** The tags under which cosign before version 3 keeps what belongs to a digest. */
export const digestTagsOf = (digest: string): readonly string[] =>
  ['sig', 'att', 'sbom'].map((kind) => `${digest.replace(':', '-')}.${kind}`)

/**
 * Reads an image with its children and, when asked, all that refers to any of them, and to those, and what stands under
 * tags made of their digests; a level at a time, each manifest once.
 * @throws UserError when a part is not there, or it has no end
 */
export async function readClosure(
  source: ContentSource,
  digest: string,
  withReferrers: boolean,
  signal: AbortSignal,
): Promise<Closure> {
  const manifests = new Map<string, Manifest>()
  const digestTags = new Map<string, string>()
  let level: readonly string[] = [digest]
  while (level.length > 0) {
    if (manifests.size + level.length > mostManifests)
      throw new UserError(`${digest} has more than ${mostManifests} manifests`)
    const read = await source.manifests(level, signal)
    for (const manifest of read) manifests.set(manifest.digest, manifest)
    const next = new Set(read.flatMap(({ children }) => children.map((child) => child.digest)))
    if (withReferrers) {
      for (const about of await Promise.all(level.map((subject) => source.referrers(subject, signal))))
        for (const referrer of about) next.add(referrer)
      for (const [tag, target] of await source.resolve(level.flatMap(digestTagsOf), signal)) {
        if (tag === target) continue
        digestTags.set(tag, target)
        next.add(target)
      }
    }
    level = [...next].filter((found) => !manifests.has(found))
  }
  const blobs = new Map<string, Descriptor>()
  for (const manifest of manifests.values()) for (const blob of manifest.blobs) blobs.set(blob.digest, blob)
  return {
    root: manifests.get(digest) as Manifest,
    manifests: inOrder(manifests),
    blobs: [...blobs.values()],
    digestTags,
  }
}

/** What is pointed at, by an index or by a subject, comes first. Digests cannot point in circles. */
function inOrder(manifests: ReadonlyMap<string, Manifest>): readonly Manifest[] {
  const ordered = new Map<string, Manifest>()
  const waiting = [...manifests.values()].reverse()
  for (let next = waiting.at(-1); next !== undefined; next = waiting.at(-1)) {
    const below = [...next.children.map((child) => child.digest), ...(next.subject === undefined ? [] : [next.subject])]
    const missing = below.flatMap((digest) => {
      const manifest = manifests.get(digest)
      return manifest === undefined || ordered.has(digest) ? [] : [manifest]
    })
    if (missing.length > 0) {
      waiting.push(...missing)
      continue
    }
    ordered.set(next.digest, next)
    waiting.pop()
  }
  return [...ordered.values()]
}
