import { isDigest } from './digest.ts'

export const mediaTypes = {
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  ociConfig: 'application/vnd.oci.image.config.v1+json',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
} as const

/** A pointer to content, as the OCI image spec writes it. */
export interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  /** Bytes. */
  readonly size: number
  readonly platform: { readonly os: string; readonly architecture: string } | undefined
  readonly annotations: Readonly<Record<string, string>> | undefined
  /** Content that lives elsewhere (foreign layers) and need not be in the repository. */
  readonly foreign: boolean
}

/** What the registry must know of a manifest; its bytes stay as they came. */
export interface Manifest {
  readonly mediaType: string
  readonly kind: 'image' | 'index'
  readonly config: Descriptor | undefined
  readonly layers: readonly Descriptor[]
  readonly children: readonly Descriptor[]
  readonly subject: Descriptor | undefined
  /** As given, or the config's media type when that is not an image's. */
  readonly artifactType: string | undefined
  readonly annotations: Readonly<Record<string, string>> | undefined
}

/** Bytes of the largest manifest, as in ECR's published model. */
export const largestManifest = 4 * 1024 * 1024

/** The largest number of layers and of children; ECR's own limit for layers is 4 200 parts, for an index it is not published. */
const mostEntries = 4_200

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

class Invalid extends Error {}

function texts(value: unknown, what: string): Record<string, string> | undefined {
  if (value === undefined || value === null) return undefined
  if (!isObject(value) || Object.values(value).some((item) => typeof item !== 'string')) {
    throw new Invalid(`${what} is not a map of strings`)
  }
  return value as Record<string, string>
}

function descriptor(value: unknown, what: string): Descriptor {
  if (!isObject(value)) throw new Invalid(`${what} is not a descriptor`)
  const { mediaType, digest, size, platform, urls } = value
  if (typeof mediaType !== 'string' || mediaType.length > 255) throw new Invalid(`${what} has no media type`)
  if (typeof digest !== 'string' || !isDigest(digest)) throw new Invalid(`${what} has no sha256 digest`)
  if (!Number.isSafeInteger(size) || (size as number) < 0) throw new Invalid(`${what} has no size`)
  const named = isObject(platform) ? platform : undefined
  return {
    mediaType,
    digest,
    size: size as number,
    platform: named && { os: String(named['os'] ?? ''), architecture: String(named['architecture'] ?? '') },
    annotations: texts(value['annotations'], `${what}'s annotations`),
    foreign: Array.isArray(urls) && urls.length > 0 && /foreign|nondistributable/.test(mediaType),
  }
}

function list(value: unknown, what: string): Descriptor[] {
  if (!Array.isArray(value)) throw new Invalid(`${what} is not a list`)
  if (value.length > mostEntries) throw new Invalid(`${what} has more than ${mostEntries} entries`)
  return value.map((item, at) => descriptor(item, `${what}[${at}]`))
}

/**
 * Reads a manifest's bytes. `contentType` is what the client called it; the manifest's own mediaType must agree.
 * Returns why not, when it is no manifest.
 */
export function readManifest(bytes: Uint8Array, contentType?: string): Manifest | { readonly invalid: string } {
  try {
    return read(bytes, contentType?.split(';', 1)[0]?.trim())
  } catch (error) {
    if (error instanceof Invalid) return { invalid: error.message }
    throw error
  }
}

function read(bytes: Uint8Array, contentType: string | undefined): Manifest {
  if (bytes.byteLength > largestManifest) throw new Invalid(`the manifest is larger than ${largestManifest} bytes`)
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Invalid('Invalid JSON syntax')
  }
  if (!isObject(json)) throw new Invalid('the manifest is not an object')
  if (json['schemaVersion'] !== 2) throw new Invalid('schemaVersion is not 2')
  const own = json['mediaType']
  if (own !== undefined && typeof own !== 'string') throw new Invalid('mediaType is not text')
  if (own !== undefined && contentType !== undefined && contentType !== own) {
    throw new Invalid(`the media type is '${own}', but the content type is '${contentType}'`)
  }
  const guessed = json['manifests'] === undefined ? mediaTypes.ociManifest : mediaTypes.ociIndex
  const mediaType = own ?? contentType ?? guessed
  const subject =
    json['subject'] === undefined || json['subject'] === null ? undefined : descriptor(json['subject'], 'subject')
  const artifactType = json['artifactType']
  if (artifactType !== undefined && typeof artifactType !== 'string') throw new Invalid('artifactType is not text')
  const common = { mediaType, subject, annotations: texts(json['annotations'], 'annotations') }
  if (mediaType === mediaTypes.ociIndex || mediaType === mediaTypes.dockerList) {
    const children = list(json['manifests'], 'manifests')
    return { ...common, kind: 'index', config: undefined, layers: [], children, artifactType }
  }
  if (mediaType === mediaTypes.ociManifest || mediaType === mediaTypes.dockerManifest) {
    const config = descriptor(json['config'], 'config')
    const layers = list(json['layers'], 'layers')
    const type = artifactType ?? (isImageConfig(config.mediaType) ? undefined : config.mediaType)
    return { ...common, kind: 'image', config, layers, children: [], artifactType: type }
  }
  throw new Invalid(`the media type '${mediaType}' is not one of a manifest`)
}

export const isImageConfig = (mediaType: string): boolean =>
  mediaType === mediaTypes.ociConfig || mediaType === mediaTypes.dockerConfig
