import { randomUUID } from 'node:crypto'
import { isDigest } from '../registry/digest.ts'
import type { RegistryGround } from '../registry/ground.ts'
import type { Repository, Upload } from '../registry/repository.ts'
import { append, beginUpload, finish } from '../registry/upload.ts'
import { type At, inRepositories, invalid, list, named, text } from './ecr-lookup.ts'
import { AwsError, type Input, type Operation } from './service.ts'

const MiB = 1024 * 1024
/** What InitiateLayerUpload proposes, and the least of every part but the last. */
const partSize = { proposed: 10 * MiB, least: 5 * MiB, most: 20 * MiB }

const where = ({ registry, repository }: At): string =>
  `in the repository with name '${repository.name}' in registry with id '${registry.accountId}'`

function uploadOf(at: At, input: Input): Upload {
  const id = text(input, 'uploadId')
  const upload = at.repository.uploads.get(id)
  if (upload === undefined)
    throw new AwsError('UploadNotFoundException', `The upload '${id}' does not exist ${where(at)}`)
  return upload
}

/** The media type of a layer by a manifest that lists it. */
function mediaTypeOf({ manifests }: Repository, digest: string): string {
  for (const { manifest } of manifests.values()) {
    const found = [manifest.config, ...manifest.layers].find((descriptor) => descriptor?.digest === digest)
    if (found !== undefined) return found.mediaType
  }
  return 'application/vnd.docker.image.rootfs.diff.tar.gzip'
}

/** Blobs, in and out. */
export const layerOperations = ({ registries, links }: RegistryGround): Record<string, Operation> =>
  inRepositories(registries, {
    BatchCheckLayerAvailability({ repository }, input) {
      const digests = list(input, 'layerDigests', 1, 100).map(String)
      const layers = digests.filter(isDigest).map((layerDigest) => {
        const blob = repository.blobs.get(layerDigest)
        if (blob === undefined) return { layerDigest, layerAvailability: 'UNAVAILABLE' }
        const mediaType = mediaTypeOf(repository, layerDigest)
        return { layerDigest, layerAvailability: 'AVAILABLE', layerSize: blob.byteLength, mediaType }
      })
      const failures = digests
        .filter((digest) => !isDigest(digest))
        .map((layerDigest) => ({
          layerDigest,
          failureCode: layerDigest === '' ? 'MissingLayerDigest' : 'InvalidLayerDigest',
          failureReason: `The layer digest '${layerDigest}' is not a sha256 digest`,
        }))
      return { layers, failures }
    },

    GetDownloadUrlForLayer(at, input) {
      const layerDigest = text(input, 'layerDigest')
      if (!isDigest(layerDigest)) throw invalid('layerDigest', 'must be a sha256 digest')
      if (!at.repository.blobs.has(layerDigest)) {
        throw new AwsError(
          'LayersNotFoundException',
          `The layer with digest '${layerDigest}' does not exist ${where(at)}`,
        )
      }
      return { downloadUrl: links.to(at.registry, at.repository.name, layerDigest), layerDigest }
    },

    InitiateLayerUpload: ({ repository }) => ({
      uploadId: beginUpload(repository, randomUUID()).id,
      partSize: partSize.proposed,
    }),

    UploadLayerPart(at, input) {
      const upload = uploadOf(at, input)
      const [first, last]: unknown[] = [input['partFirstByte'], input['partLastByte']]
      const bytes = Buffer.from(String(input['layerPartBlob'] ?? ''), 'base64')
      if (bytes.byteLength > partSize.most) throw invalid('layerPartBlob', `must be at most ${partSize.most} bytes`)
      const fits = first === upload.received && Number(last) - Number(first) + 1 === bytes.byteLength
      if (!fits) {
        const lastValidByteReceived = Math.max(0, upload.received - 1)
        const message = `Layer part with first byte '${first}' and last byte '${last}' is not valid: the last valid byte received is '${lastValidByteReceived}'`
        const members = { ...named(at), uploadId: upload.id, lastValidByteReceived }
        throw new AwsError('InvalidLayerPartException', message, 400, members)
      }
      if (!append(upload, bytes)) throw new AwsError('LimitExceededException', 'The layer is too large')
      return { ...named(at), uploadId: upload.id, lastByteReceived: Math.max(0, upload.received - 1) }
    },

    CompleteLayerUpload(at, input) {
      const upload = uploadOf(at, input)
      const layerDigest = list(input, 'layerDigests', 1, 100).map(String).find(isDigest)
      if (layerDigest === undefined) throw invalid('layerDigests', 'must hold a sha256 digest')
      if (upload.received === 0) throw new AwsError('EmptyUploadException', 'The upload holds no bytes')
      if (upload.chunks.slice(0, -1).some((part) => part.byteLength < partSize.least)) {
        throw new AwsError('LayerPartTooSmallException', `Every part but the last must have ${partSize.least} bytes`)
      }
      if (at.repository.blobs.has(layerDigest)) {
        at.repository.uploads.delete(upload.id)
        throw new AwsError(
          'LayerAlreadyExistsException',
          `Layer with digest '${layerDigest}' already exists ${where(at)}`,
        )
      }
      if (!finish(at.repository, upload, layerDigest)) {
        at.repository.uploads.delete(upload.id)
        throw new AwsError(
          'InvalidLayerException',
          'None of the provided layer digests match the calculated layer digest',
        )
      }
      return { ...named(at), uploadId: upload.id, layerDigest }
    },
  })
