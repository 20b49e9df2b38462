import type { Log } from '../action/host.ts'
import type { ContentSource, ContentStore } from './content.ts'
import type { Descriptor, Manifest } from './manifest.ts'

/** Everything that belongs to an image, what is pointed at before what points. */
export interface Closure {
  readonly root: Manifest
  /** Children before their index, the image before what refers to it; the root is last but for its referrers. */
  readonly manifests: readonly Manifest[]
  readonly blobs: readonly Descriptor[]
}

/** What a copy did. */
export interface CopyReport {
  readonly manifests: number
  readonly blobs: number
  readonly mounted: number
  readonly bytes: number
}

/** An image with more parts than this is not one of ours. */
const mostManifests = 2_000

/** Reads an image with its children and, when asked, all that refers to any of them, and to those. */
export async function readClosure(
  source: ContentSource,
  digest: string,
  withReferrers: boolean,
  signal: AbortSignal,
): Promise<Closure> {
  const manifests = new Map<string, Manifest>()
  const blobs = new Map<string, Descriptor>()
  const visit = async (wanted: string): Promise<Manifest> => {
    const known = manifests.get(wanted)
    if (known !== undefined) return known
    const manifest = await source.manifest(wanted, signal)
    for (const child of manifest.children) await visit(child.digest)
    for (const blob of manifest.blobs) blobs.set(blob.digest, blob)
    manifests.set(manifest.digest, manifest)
    if (manifests.size > mostManifests) throw new Error(`${digest} has more than ${mostManifests} manifests`)
    return manifest
  }
  const root = await visit(digest)
  if (withReferrers) {
    const asked = new Set<string>()
    for (;;) {
      const next = [...manifests.keys()].filter((known) => !asked.has(known))
      if (next.length === 0) break
      for (const subject of next) {
        asked.add(subject)
        for (const referrer of await source.referrers(subject, signal)) await visit(referrer.digest)
      }
    }
  }
  return { root, manifests: [...manifests.values()], blobs: [...blobs.values()] }
}

/** How many blobs travel at once. */
const parallel = 6

/**
 * Brings a closure into a store: what is there already is left alone, blobs before the manifests that point at them, no tag yet.
 * The first mount is a probe: when the registry does not take it, the rest is streamed without asking again.
 */
export async function copyClosure(
  closure: Closure,
  source: ContentSource,
  target: ContentStore,
  /** The source's repository when it is in the same registry. */
  mountFrom: string | undefined,
  log: Log,
  signal: AbortSignal,
): Promise<CopyReport> {
  const report = { manifests: 0, blobs: 0, mounted: 0, bytes: 0 }
  let mounts = mountFrom !== undefined
  const present = new Set<string>()
  // An image whose root is there is whole: a registry takes a manifest only after what it points at.
  for (const manifest of closure.manifests) {
    if ((await target.hasManifest(manifest.digest, signal)) !== undefined) present.add(manifest.digest)
  }
  const missing = closure.manifests.filter(({ digest }) => !present.has(digest))
  const wanted = new Set(missing.flatMap(({ blobs }) => blobs.map(({ digest }) => digest)))
  const move = async (blob: Descriptor): Promise<void> => {
    if (await target.hasBlob(blob.digest, signal)) return
    if (mounts && mountFrom !== undefined) {
      if (await target.mountBlob(blob.digest, mountFrom, signal)) {
        report.mounted++
        return
      }
      mounts = false
      log.debug('the registry mounts no blobs from the source repository: they are streamed')
    }
    await target.putBlob(blob, await source.blob(blob, signal), signal)
    report.blobs++
    report.bytes += blob.size
  }
  const queue = closure.blobs.filter(({ digest }) => wanted.has(digest)).toSorted((a, b) => b.size - a.size)
  const [probe, ...rest] = queue
  if (probe !== undefined) await move(probe)
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (let blob = rest.shift(); blob !== undefined; blob = rest.shift()) await move(blob)
    }),
  )
  for (const manifest of missing) {
    await target.putManifest(manifest, manifest.digest, signal)
    report.manifests++
  }
  return report
}
