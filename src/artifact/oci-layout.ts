import { createReadStream } from 'node:fs'
import { constants, lstat, mkdir, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { extract } from 'tar-stream'
import { messageOf, UserError } from '../action/errors.ts'
import type { ContentSource } from './content.ts'
import { digestForm } from './image-reference.ts'
import { type Descriptor, largestManifest, type Manifest, manifestTypes, parseManifest } from './manifest.ts'

/** A finished image on disk. */
export interface OciLayout extends ContentSource {
  /** The image: the one manifest or index that index.json names, or the one named by the tag. */
  readonly root: Descriptor
  /** Removes what was unpacked. */
  close(): Promise<void>
}

/** Bounds of an archive: what it may hold in all, and in how many files. */
const largestArchive = 64 * 1024 ** 3
const mostEntries = 20_000

const blobPath = /^(?:\.\/)?blobs\/sha256\/([0-9a-f]{64})$/
const known = /^(?:\.\/)?(index\.json|oci-layout)$/

/**
 * Opens an OCI layout: a directory, or a tar of one (`docker buildx --output type=oci`, `buildah push oci-archive:`, `skopeo copy … oci:`).
 * @throws UserError when it is none, or names several images and none of them is the tag
 */
export async function openOciLayout(path: string, signal: AbortSignal, tag?: string): Promise<OciLayout> {
  const found = await lstat(path).catch((error: unknown) => {
    throw new UserError(`cannot read the OCI layout '${path}': ${messageOf(error)}`, { cause: error })
  })
  if (found.isDirectory()) return await openFolder(path, path, tag, async () => undefined)
  const folder = await mkdtemp(join(tmpdir(), 'strangler-layout-'))
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    await unpack(path, folder, signal)
    return await openFolder(folder, path, tag, remove)
  } catch (error) {
    await remove()
    throw error
  }
}

/** Unpacks only the files that a layout has, under names of our own; a link or any other path is passed over. */
async function unpack(archive: string, folder: string, signal: AbortSignal): Promise<void> {
  await mkdir(join(folder, 'blobs', 'sha256'), { recursive: true })
  const reader = extract()
  let total = 0
  let count = 0
  reader.on('entry', (header, stream, next) => {
    const blob = blobPath.exec(header.name)?.[1]
    const name = known.exec(header.name)?.[1]
    total += header.size ?? 0
    count++
    const problem =
      total > largestArchive ? 'holds more than 64 GiB' : count > mostEntries ? 'holds too many files' : undefined
    if (problem !== undefined) return void reader.destroy(new UserError(`the OCI layout '${archive}' ${problem}`))
    if (header.type !== 'file' || (blob === undefined && name === undefined)) {
      stream.resume()
      stream.on('end', next)
      return
    }
    const target = blob === undefined ? join(folder, name as string) : join(folder, 'blobs', 'sha256', blob)
    // wx: a second entry of the same name cannot take the place of the first.
    open(target, 'wx', 0o600)
      .then((file) => pipeline(stream, file.createWriteStream()))
      .then(
        () => next(),
        (error: unknown) => reader.destroy(error as Error),
      )
  })
  try {
    await pipeline(createReadStream(archive), reader, { signal })
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof UserError) throw error
    throw new UserError(`the OCI layout '${archive}' cannot be unpacked: ${messageOf(error)}`, { cause: error })
  }
}

async function openFolder(
  folder: string,
  shown: string,
  tag: string | undefined,
  close: () => Promise<void>,
): Promise<OciLayout> {
  const file = (digest: string): string => {
    if (!digestForm.test(digest))
      throw new UserError(`the OCI layout '${shown}' names the digest '${digest.slice(0, 80)}'`)
    return join(folder, 'blobs', 'sha256', digest.slice('sha256:'.length))
  }
  const read = async (path: string, what: string): Promise<Buffer> => {
    // A link in a layout leads out of it: it is not followed, and a device is not read.
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
      (error: unknown) => {
        const hint = what === 'index.json' ? ' (docker before version 25 saves none)' : ''
        throw new UserError(`the OCI layout '${shown}' has no ${what}${hint}`, { cause: error })
      },
    )
    try {
      const stats = await handle.stat()
      if (!stats.isFile()) throw new UserError(`the OCI layout '${shown}' has no ${what}: it is no file`)
      if (stats.size > largestManifest) throw new UserError(`the OCI layout '${shown}': ${what} is larger than 4 MiB`)
      return await handle.readFile()
    } finally {
      await handle.close()
    }
  }
  const index = parseManifest(await read(join(folder, 'index.json'), 'index.json'), undefined, manifestTypes[0])
  const images = index.children.filter(({ mediaType }) => (manifestTypes as readonly string[]).includes(mediaType))
  const named = images.find(
    ({ annotations }) => tag !== undefined && annotations?.['org.opencontainers.image.ref.name'] === tag,
  )
  const root = named ?? (images.length === 1 ? images[0] : undefined)
  if (root === undefined) throw new UserError(`the OCI layout '${shown}' names ${images.length} images: expected one`)
  return {
    root,
    close,
    manifests: (digests) =>
      Promise.all(
        digests.map(
          async (digest): Promise<Manifest> =>
            parseManifest(await read(file(digest), `manifest ${digest}`), digest, undefined),
        ),
      ),
    async blob(descriptor) {
      const path = file(descriptor.digest)
      const size = await lstat(path).then(
        (stats) => (stats.isFile() ? stats.size : -1),
        () => -1,
      )
      if (size !== descriptor.size) {
        throw new UserError(
          `the OCI layout '${shown}' ${size < 0 ? 'lacks the blob' : `has ${size} bytes, not ${descriptor.size}, in the blob`} ${descriptor.digest}`,
        )
      }
      return createReadStream(path) as AsyncIterable<Uint8Array>
    },
    referrers: async () => [],
    resolve: async () => new Map(),
  }
}
