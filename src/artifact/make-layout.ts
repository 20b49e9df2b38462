import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { type Descriptor, manifestTypes, sha256 } from './manifest.ts'

/** A small image made of files, without a builder. */
export interface ImageRecipe {
  /** Content by absolute path in the image. */
  readonly files: Readonly<Record<string, Uint8Array>>
  readonly entrypoint: readonly string[]
  readonly workingDir?: string
  readonly user?: string
  readonly env?: readonly string[]
  readonly labels?: Readonly<Record<string, string>>
  readonly exposedPorts?: readonly string[]
}

/** The blobs of an image by digest, and what stands at its root. */
export interface MadeImage {
  readonly root: Descriptor
  readonly blobs: ReadonlyMap<string, Buffer>
}

/** No clock: the same recipe makes the same bytes, and so the same digest. */
const epoch = new Date(0)

/** Makes a linux/amd64 image of one layer. */
export async function makeImage(recipe: ImageRecipe): Promise<MadeImage> {
  const tar = pack()
  for (const [path, content] of Object.entries(recipe.files).sort(([a], [b]) => (a < b ? -1 : 1))) {
    tar.entry({ name: path.replace(/^\/+/, ''), mtime: epoch, mode: 0o644, uid: 0, gid: 0 }, Buffer.from(content))
  }
  tar.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of tar as AsyncIterable<Buffer>) chunks.push(chunk)
  const plain = Buffer.concat(chunks)
  const layer = gzipSync(plain, { level: 9 })
  const config = Buffer.from(
    JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      created: epoch.toISOString(),
      config: {
        Entrypoint: recipe.entrypoint,
        ...(recipe.workingDir === undefined ? {} : { WorkingDir: recipe.workingDir }),
        ...(recipe.user === undefined ? {} : { User: recipe.user }),
        Env: recipe.env ?? [],
        Labels: recipe.labels ?? {},
        ExposedPorts: Object.fromEntries((recipe.exposedPorts ?? []).map((port) => [port, {}])),
      },
      rootfs: { type: 'layers', diff_ids: [sha256(plain)] },
      history: [{ created: epoch.toISOString(), created_by: 'strangler-deploy' }],
    }),
  )
  const describe = (mediaType: string, bytes: Buffer): Descriptor => ({
    mediaType,
    digest: sha256(bytes),
    size: bytes.byteLength,
  })
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestTypes[1],
      config: describe('application/vnd.oci.image.config.v1+json', config),
      layers: [describe('application/vnd.oci.image.layer.v1.tar+gzip', layer)],
    }),
  )
  const root = { ...describe(manifestTypes[1], manifest), platform: { os: 'linux', architecture: 'amd64' } }
  return { root, blobs: new Map([config, layer, manifest].map((bytes) => [sha256(bytes), bytes])) }
}

/** Writes an image as an OCI layout into a folder. */
export async function writeOciLayout(image: MadeImage, folder: string): Promise<void> {
  const blobs = join(folder, 'blobs', 'sha256')
  await mkdir(blobs, { recursive: true })
  await writeFile(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
  await writeFile(
    join(folder, 'index.json'),
    JSON.stringify({ schemaVersion: 2, mediaType: manifestTypes[0], manifests: [image.root] }),
  )
  for (const [digest, bytes] of image.blobs) await writeFile(join(blobs, digest.slice('sha256:'.length)), bytes)
}
