import { createHash } from 'node:crypto'
import { UserError } from '../action/errors.ts'
import { digestForm } from './image-reference.ts'

/** What points at content. */
export interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
  readonly platform?: { readonly os?: string; readonly architecture?: string; readonly variant?: string }
  readonly annotations?: Readonly<Record<string, string>>
  readonly artifactType?: string
  readonly urls?: readonly string[]
}

/** A manifest or index: its bytes as they are, never written anew, and what they say. */
export interface Manifest {
  readonly digest: string
  readonly mediaType: string
  readonly bytes: Buffer
  /** Manifests below an index. */
  readonly children: readonly Descriptor[]
  /** Config and layers of a manifest. */
  readonly blobs: readonly Descriptor[]
  /** The digest of the manifest that this one is about. */
  readonly subject: string | undefined
}

export const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const

/** Registries refuse more. */
export const largestManifest = 4 * 1024 * 1024
const mostDescriptors = 10_000

export const sha256 = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

export const isIndex = (mediaType: string): boolean => mediaType === manifestTypes[0] || mediaType === manifestTypes[2]

/**
 * Reads a manifest's bytes, checked against the digest that they were asked for by.
 * @throws UserError when they are other bytes, or no manifest
 */
export function parseManifest(bytes: Buffer, expected: string | undefined, declaredType: string | undefined): Manifest {
  const digest = sha256(bytes)
  if (expected !== undefined && digest !== expected)
    throw new UserError(`expected the manifest ${expected}, got bytes of ${digest}`)
  if (bytes.byteLength > largestManifest) throw new UserError(`the manifest ${digest} is larger than 4 MiB`)
  let json: unknown
  try {
    json = JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw new UserError(`the manifest ${digest} is not JSON`, { cause: error })
  }
  const document = (typeof json === 'object' && json !== null ? json : {}) as Record<string, unknown>
  const mediaType = String(
    document['mediaType'] ??
      declaredType ??
      (Array.isArray(document['manifests']) ? manifestTypes[0] : manifestTypes[1]),
  )
  if (!(manifestTypes as readonly string[]).includes(mediaType))
    throw new UserError(`the manifest ${digest} is of the type '${mediaType.slice(0, 100)}', which is not known`)
  const about = document['subject']
  const subject = about === undefined || about === null ? undefined : descriptors([about], digest)[0]?.digest
  const shared = { digest, mediaType, bytes, subject }
  if (isIndex(mediaType)) return { ...shared, children: descriptors(document['manifests'], digest), blobs: [] }
  const blobs = [...descriptors([document['config']], digest), ...descriptors(document['layers'], digest)]
  return { ...shared, children: [], blobs: blobs.filter((blob) => !isForeign(blob)) }
}

/** A layer that its vendor serves and no registry keeps, such as those of Windows. */
const isForeign = ({ mediaType, urls }: Descriptor): boolean =>
  Array.isArray(urls) && urls.length > 0 && /\.(foreign|nondistributable)\./.test(mediaType ?? '')

function descriptors(value: unknown, of: string): readonly Descriptor[] {
  const list = Array.isArray(value) ? value : []
  if (list.length > mostDescriptors)
    throw new UserError(`the manifest ${of} points at more than ${mostDescriptors} contents`)
  return list.map((item: Descriptor | undefined) => {
    const wellFormed =
      typeof item?.digest === 'string' &&
      digestForm.test(item.digest) &&
      Number.isSafeInteger(item.size) &&
      item.size >= 0
    if (!wellFormed) throw new UserError(`the manifest ${of} has a descriptor without a sha256 digest and a size`)
    return item as Descriptor
  })
}

/** A child of an index that is an attestation of another child, not an image to run. */
export const isAttestation = (descriptor: Descriptor): boolean =>
  descriptor.annotations?.['vnd.docker.reference.type'] === 'attestation-manifest' ||
  descriptor.platform?.os === 'unknown'

/** `linux/amd64`, `linux/arm64/v8`. */
export const platformName = ({ platform }: Descriptor): string =>
  [platform?.os, platform?.architecture, platform?.variant]
    .filter((part) => part !== undefined && part !== '')
    .join('/')
