import { digestOf, isDigest } from './digest.ts'
import { isImmutable, type TagMutability } from './immutability.ts'
import { type Descriptor, type Manifest, readManifest } from './manifest.ts'
import type { Scan } from './scan-record.ts'

/** A manifest as it was pushed. */
export interface StoredManifest {
  readonly digest: string
  readonly bytes: Buffer
  readonly manifest: Manifest
  /** Sandbox time, ms since the epoch; moved by a push that sets a tag. */
  pushedAt: number
  pulledAt: number | undefined
}

/** A blob on its way in. */
export interface Upload {
  readonly id: string
  readonly chunks: Buffer[]
  received: number
}

/** The content of one repository. Every digest in it is that of the bytes beside it. */
export interface Repository {
  readonly name: string
  /** Sandbox time, ms since the epoch. */
  readonly createdAt: number
  mutability: TagMutability
  /** `AES256`, or the key type and key: mounting needs the same on both sides. */
  encryption: { readonly type: string; readonly key: string | undefined }
  scanOnPush: boolean
  /** JSON text of the resource policy. */
  policy: string | undefined
  lifecyclePolicy: string | undefined
  readonly resourceTags: Map<string, string>
  readonly blobs: Map<string, Buffer>
  readonly manifests: Map<string, StoredManifest>
  readonly tags: Map<string, string>
  readonly uploads: Map<string, Upload>
  /** The newest scan of each manifest. */
  readonly scans: Map<string, Scan>
}

/** Why a repository will not take a manifest; each protocol has its own words for it. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly kind: 'invalid' | 'digest-mismatch' | 'layers-missing' | 'images-missing' | 'tag-immutable'
  readonly digests: readonly string[]

  constructor(kind: Refusal['kind'], message: string, digests: readonly string[] = []) {
    super(message)
    this.kind = kind
    this.digests = digests
  }
}

export const emptyRepository = (name: string, createdAt: number): Repository => ({
  name,
  createdAt,
  mutability: { mode: 'MUTABLE', exclusions: [] },
  encryption: { type: 'AES256', key: undefined },
  scanOnPush: false,
  policy: undefined,
  lifecyclePolicy: undefined,
  resourceTags: new Map(),
  blobs: new Map(),
  manifests: new Map(),
  tags: new Map(),
  uploads: new Map(),
  scans: new Map(),
})

/** The manifest that a tag or a digest names. */
export function resolve(repository: Repository, reference: string): StoredManifest | undefined {
  const digest = isDigest(reference) ? reference : repository.tags.get(reference)
  return digest === undefined ? undefined : repository.manifests.get(digest)
}

export interface Push {
  readonly mediaType?: string | undefined
  /** What the client says the digest is. */
  readonly digest?: string | undefined
  readonly tag?: string | undefined
  readonly now: number
}

/**
 * Takes a manifest whose blobs and children are there, and moves the tag to it.
 * `changed` is false when both the manifest and the tag were so before. @throws Refusal
 */
export function putManifest(
  repository: Repository,
  bytes: Buffer,
  push: Push,
): { readonly stored: StoredManifest; readonly changed: boolean } {
  const manifest = readManifest(bytes, push.mediaType)
  if ('invalid' in manifest) throw new Refusal('invalid', manifest.invalid)
  const digest = digestOf(bytes)
  if (push.digest !== undefined && push.digest !== digest) {
    throw new Refusal('digest-mismatch', `the manifest's digest is ${digest}, not ${push.digest}`, [digest])
  }
  const needed = [...(manifest.config ? [manifest.config] : []), ...manifest.layers].filter(({ foreign }) => !foreign)
  const missing = unique(needed).filter((blob) => !repository.blobs.has(blob))
  if (missing.length > 0) throw new Refusal('layers-missing', `unknown blobs: ${missing.join(', ')}`, missing)
  const orphans = unique(manifest.children).filter((child) => !repository.manifests.has(child))
  if (orphans.length > 0) throw new Refusal('images-missing', `unknown manifests: ${orphans.join(', ')}`, orphans)
  const held = push.tag === undefined ? undefined : repository.tags.get(push.tag)
  if (push.tag !== undefined && held !== undefined && isImmutable(repository.mutability, push.tag)) {
    throw new Refusal('tag-immutable', `the tag ${push.tag} is immutable and points to ${held}`, [held])
  }
  const known = repository.manifests.get(digest)
  const stored = known ?? { digest, bytes, manifest, pushedAt: push.now, pulledAt: undefined }
  const changed = known === undefined || (push.tag !== undefined && held !== digest)
  if (changed) stored.pushedAt = push.now
  repository.manifests.set(digest, stored)
  if (push.tag !== undefined) repository.tags.set(push.tag, digest)
  return { stored, changed }
}

const unique = (descriptors: readonly Descriptor[]): string[] => [...new Set(descriptors.map(({ digest }) => digest))]

/** The tags of a manifest, in the order they were set. */
export const tagsOf = (repository: Repository, digest: string): string[] =>
  [...repository.tags].filter(([, target]) => target === digest).map(([tag]) => tag)

/** Removes a manifest and all tags on it. */
export function removeManifest(repository: Repository, digest: string): void {
  for (const tag of tagsOf(repository, digest)) repository.tags.delete(tag)
  repository.manifests.delete(digest)
}

/** The indexes in this repository that list the manifest. */
export const parentsOf = (repository: Repository, digest: string): StoredManifest[] =>
  [...repository.manifests.values()].filter(({ manifest }) => manifest.children.some((c) => c.digest === digest))

/** The manifests whose subject is `digest`, oldest first. */
export const referrersOf = (repository: Repository, digest: string): StoredManifest[] =>
  [...repository.manifests.values()].filter(({ manifest }) => manifest.subject?.digest === digest)

/** True when a manifest of the repository needs the blob; only such a blob can be mounted elsewhere. */
export const isReferenced = (repository: Repository, digest: string): boolean =>
  [...repository.manifests.values()].some(
    ({ manifest }) => manifest.config?.digest === digest || manifest.layers.some((layer) => layer.digest === digest),
  )
