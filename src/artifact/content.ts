import type { Descriptor, Manifest } from './manifest.ts'

/** Somewhere that manifests and blobs can be read from: a registry's repository, or an OCI layout. */
export interface ContentSource {
  /** The manifests by digest, their bytes checked. @throws UserError naming one that is not there */
  manifests(digests: readonly string[], signal: AbortSignal): Promise<readonly Manifest[]>
  /** The blob's bytes as they come; whoever takes them checks them. */
  blob(descriptor: Descriptor, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>
  /** Digests of what refers to a manifest: signatures, SBOMs. Empty where referrers are not known. */
  referrers(digest: string, signal: AbortSignal): Promise<readonly string[]>
  /** The digests that tags and digests lead to; absent ones are left out. */
  resolve(references: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, string>>
}

/** What became of a mount: the blob is there, or an upload was begun in its place. */
export type MountAnswer = 'mounted' | { readonly upload: URL }

/** Somewhere that they can be written to. */
export interface ContentStore extends ContentSource {
  /** Those of the blobs that are there. */
  hasBlobs(digests: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>>
  /** Writes a blob, checked against its descriptor on the way; into an upload that a mount left behind, if one is given. */
  putBlob(descriptor: Descriptor, bytes: AsyncIterable<Uint8Array>, signal: AbortSignal, upload?: URL): Promise<void>
  /** Takes a blob over from another repository of the same registry. */
  mountBlob(digest: string, from: string, signal: AbortSignal): Promise<MountAnswer>
  /** Writes a manifest under its digest, and under a tag if one is given. Returns the digest that the store confirms. */
  putManifest(manifest: Manifest, tag: string | undefined, signal: AbortSignal): Promise<string>
}

/** Runs `work` on every item, `most` at once; the first failure stops the rest, and all have ended when this returns. */
export async function inParallel<T>(
  items: readonly T[],
  most: number,
  outer: AbortSignal,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController()
  const signal = AbortSignal.any([outer, stop.signal])
  const queue = [...items]
  const failures: unknown[] = []
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined && !signal.aborted; item = queue.shift()) {
      try {
        await work(item, signal)
      } catch (error) {
        failures.push(error)
        stop.abort(error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker))
  if (failures.length > 0) throw failures[0]
  outer.throwIfAborted()
}
