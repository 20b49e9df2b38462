import type { Descriptor, Manifest } from './manifest.ts'

/** Somewhere that manifests and blobs can be read from: a registry's repository, or an OCI layout. */
export interface ContentSource {
  /** The manifest by digest, its bytes checked. */
  manifest(digest: string, signal: AbortSignal): Promise<Manifest>
  /** The blob's bytes as they come; whoever takes them checks them. */
  blob(descriptor: Descriptor, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>
  /** What refers to a manifest: signatures, SBOMs. Empty where referrers are not known. */
  referrers(digest: string, signal: AbortSignal): Promise<readonly Descriptor[]>
}

/** Somewhere that they can be written to. */
export interface ContentStore extends ContentSource {
  hasManifest(reference: string, signal: AbortSignal): Promise<string | undefined>
  hasBlob(digest: string, signal: AbortSignal): Promise<boolean>
  /** Writes a blob, checked against its descriptor on the way. */
  putBlob(descriptor: Descriptor, bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void>
  /** Takes a blob over from another repository of the same registry; false when the registry would not. */
  mountBlob(digest: string, from: string, signal: AbortSignal): Promise<boolean>
  /** Writes a manifest under its digest, or under a tag. Returns the digest that the store confirms. */
  putManifest(manifest: Manifest, reference: string, signal: AbortSignal): Promise<string>
}
