import type { Closure } from './closure.ts'
import type { Descriptor, Manifest } from './manifest.ts'

/** What has to move so that a closure is whole at its destination. */
export interface CopyPlan {
  /** To write, in this order. */
  readonly manifests: readonly Manifest[]
  /** To bring before them, the largest first. */
  readonly blobs: readonly Descriptor[]
  /** Of those blobs together. */
  readonly bytes: number
}

/** The manifests that are not there yet; a registry takes one only after what it points at, so that one that is there is whole. */
export const missingManifests = (closure: Closure, present: { has(digest: string): boolean }): readonly Manifest[] =>
  closure.manifests.filter(({ digest }) => !present.has(digest))

/** The blobs that the missing manifests point at, each once. */
export const wantedBlobs = (missing: readonly Manifest[]): readonly Descriptor[] => [
  ...new Map(missing.flatMap(({ blobs }) => blobs.map((blob) => [blob.digest, blob]))).values(),
]

/** Compares what is wanted with what is there. */
export function planCopy(missing: readonly Manifest[], presentBlobs: ReadonlySet<string>): CopyPlan {
  const blobs = wantedBlobs(missing)
    .filter(({ digest }) => !presentBlobs.has(digest))
    .toSorted((a, b) => b.size - a.size)
  return { manifests: missing, blobs, bytes: blobs.reduce((total, { size }) => total + size, 0) }
}
