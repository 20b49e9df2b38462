import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'

export const ociManifest = 'application/vnd.oci.image.manifest.v1+json'
export const ociIndex = 'application/vnd.oci.image.index.v1+json'

/** A manifest and everything below it, ready to be pushed. */
export interface BuiltImage {
  readonly digest: string
  readonly mediaType: string
  /** The manifest's bytes. */
  readonly bytes: Buffer
  readonly platform: { readonly os: string; readonly architecture: string }
  readonly annotations: Readonly<Record<string, string>> | undefined
  readonly children: readonly BuiltImage[]
  /** By digest: config and layers. */
  readonly blobs: ReadonlyMap<string, Buffer>
}

export interface ImageOptions {
  /** Such as `sandbox.startup`, by which the sandbox's platforms behave. */
  readonly labels?: Readonly<Record<string, string>>
  readonly env?: readonly string[]
  readonly entrypoint?: readonly string[]
  /** The layers' bytes as they travel (gzipped tars, see `layer`); one with a small file unless told. */
  readonly layers?: readonly Buffer[]
  readonly architecture?: string
  readonly annotations?: Readonly<Record<string, string>>
  /** The image is for this; its digest then differs from its twin's without. */
  readonly subject?: BuiltImage
}

export const sha256 = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

/** A gzipped tar with these files; the same files make the same bytes. */
export function layer(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const parts: Buffer[] = []
  for (const [name, content] of Object.entries(files)) {
    const body = Buffer.from(content)
    const header = Buffer.alloc(512)
    header.write(name, 0, 100)
    header.write('0000755\0' + '0000000\0' + '0000000\0', 100)
    header.write(`${body.byteLength.toString(8).padStart(11, '0')}\0`, 124)
    header.write('00000000000\0', 136)
    header.write('        0', 148)
    header.write('ustar\0' + '00', 257)
    const sum = header.reduce((total, byte) => total + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    parts.push(header, body, Buffer.alloc((512 - (body.byteLength % 512)) % 512))
  }
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(1024)]))
}

const descriptorOf = ({ mediaType, digest, bytes }: BuiltImage) => ({ mediaType, digest, size: bytes.byteLength })

function built(json: unknown, rest: Pick<BuiltImage, 'mediaType' | 'platform' | 'annotations' | 'children' | 'blobs'>) {
  const bytes = Buffer.from(JSON.stringify(json))
  return { ...rest, bytes, digest: sha256(bytes) }
}

/** An image for one platform, linux/amd64 unless told. The same options make the same digest. */
export function image(options: ImageOptions = {}): BuiltImage {
  const platform = { os: 'linux', architecture: options.architecture ?? 'amd64' }
  const layers = options.layers ?? [layer({ app: `an app for ${platform.architecture}\n` })]
  const gunzipped = layers.map((bytes) => sha256(plain(bytes)))
  const config = Buffer.from(
    JSON.stringify({
      created: '2026-01-01T00:00:00Z',
      ...platform,
      config: {
        ...(options.env === undefined ? {} : { Env: options.env }),
        Entrypoint: options.entrypoint ?? ['/app'],
        ...(options.labels === undefined ? {} : { Labels: options.labels }),
      },
      rootfs: { type: 'layers', diff_ids: gunzipped },
    }),
  )
  const blobs = new Map([config, ...layers].map((bytes) => [sha256(bytes), bytes]))
  const json = {
    schemaVersion: 2,
    mediaType: ociManifest,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: sha256(config), size: config.byteLength },
    layers: layers.map((bytes) => ({
      mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
      digest: sha256(bytes),
      size: bytes.byteLength,
    })),
    ...(options.subject === undefined ? {} : { subject: descriptorOf(options.subject) }),
    ...(options.annotations === undefined ? {} : { annotations: options.annotations }),
  }
  return built(json, { mediaType: ociManifest, platform, annotations: undefined, children: [], blobs })
}

function plain(bytes: Buffer): Buffer {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes
}

/** An index of images; with `attestations` each gets an attestation manifest beside it, as BuildKit writes them. */
export function index(images: readonly BuiltImage[], options: { readonly attestations?: boolean } = {}): BuiltImage {
  const children = options.attestations ? [...images, ...images.map(attestation)] : images
  const json = {
    schemaVersion: 2,
    mediaType: ociIndex,
    manifests: children.map((child) => ({
      ...descriptorOf(child),
      platform: child.platform,
      ...(child.annotations === undefined ? {} : { annotations: child.annotations }),
    })),
  }
  const platform = { os: 'linux', architecture: 'amd64' }
  return built(json, { mediaType: ociIndex, platform, annotations: undefined, children, blobs: new Map() })
}

function attestation(of: BuiltImage): BuiltImage {
  const statement = Buffer.from(
    JSON.stringify({ _type: 'https://in-toto.io/Statement/v0.1', subject: [{ digest: of.digest }] }),
  )
  const platform = { os: 'unknown', architecture: 'unknown' }
  const config = Buffer.from(
    JSON.stringify({ ...platform, config: {}, rootfs: { type: 'layers', diff_ids: [sha256(statement)] } }),
  )
  const json = {
    schemaVersion: 2,
    mediaType: ociManifest,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: sha256(config), size: config.byteLength },
    layers: [{ mediaType: 'application/vnd.in-toto+json', digest: sha256(statement), size: statement.byteLength }],
  }
  const annotations = {
    'vnd.docker.reference.type': 'attestation-manifest',
    'vnd.docker.reference.digest': of.digest,
  }
  const blobs = new Map([config, statement].map((bytes) => [sha256(bytes), bytes]))
  return built(json, { mediaType: ociManifest, platform, annotations, children: [], blobs })
}

/** Something that refers to an image: a signature, an SBOM. Pushed without a tag. */
export function artifact(
  subject: BuiltImage,
  artifactType: string,
  content: string | Uint8Array,
  annotations?: Readonly<Record<string, string>>,
): BuiltImage {
  const empty = Buffer.from('{}')
  const bytes = Buffer.from(content)
  const json = {
    schemaVersion: 2,
    mediaType: ociManifest,
    artifactType,
    config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: sha256(empty), size: empty.byteLength },
    layers: [{ mediaType: artifactType, digest: sha256(bytes), size: bytes.byteLength }],
    subject: descriptorOf(subject),
    ...(annotations === undefined ? {} : { annotations }),
  }
  const blobs = new Map([empty, bytes].map((part) => [sha256(part), part]))
  const platform = { os: 'unknown', architecture: 'unknown' }
  return built(json, { mediaType: ociManifest, platform, annotations, children: [], blobs })
}
