import { isDigest } from '../registry/digest.ts'
import type { RegistryGround } from '../registry/ground.ts'
import { type Repository, referrersOf, type StoredManifest, tagsOf } from '../registry/repository.ts'
import { imageId, imageOf } from './ecr-image-ids.ts'
import { type At, inRepositories, invalid, list, named, paged } from './ecr-lookup.ts'
import { shownScan } from './ecr-scan-results.ts'
import type { Input, Operation } from './service.ts'

const sizes = { standard: 100, most: 1_000 }

function filtered(repository: Repository, input: Input): StoredManifest[] {
  const tagged = new Set(repository.tags.values())
  const { tagStatus = 'ANY', imageStatus = 'ACTIVE' } = (input['filter'] ?? {}) as Record<string, string>
  if (!['TAGGED', 'UNTAGGED', 'ANY'].includes(tagStatus)) throw invalid('tagStatus', 'must be TAGGED, UNTAGGED or ANY')
  if (imageStatus !== 'ACTIVE' && imageStatus !== 'ANY') return []
  return [...repository.manifests.values()].filter(
    ({ digest }) => tagStatus === 'ANY' || tagged.has(digest) === (tagStatus === 'TAGGED'),
  )
}

/** What is in a repository, a page at a time. */
export const listingOperations = (ground: RegistryGround): Record<string, Operation> =>
  inRepositories(ground.registries, {
    DescribeImages(at, input) {
      const ids = list(input, 'imageIds', 0, 100)
      if (ids.length > 0) {
        const found = new Set(ids.map((id) => imageOf(at, imageId(id))))
        return { imageDetails: [...found].map((stored) => detail(ground, at, stored)) }
      }
      const { items, nextToken } = paged(filtered(at.repository, input), ({ digest }) => digest, input, sizes)
      return { imageDetails: items.map((stored) => detail(ground, at, stored)), nextToken }
    },

    ListImages({ repository }, input) {
      const ids = filtered(repository, input).flatMap(({ digest }) => {
        const tags = tagsOf(repository, digest)
        return (tags.length === 0 ? [undefined] : tags).map((imageTag) => ({ imageDigest: digest, imageTag }))
      })
      const { items, nextToken } = paged(ids, (id) => `${id.imageDigest}:${id.imageTag ?? ''}`, input, sizes)
      return { imageIds: items, nextToken }
    },

    ListImageReferrers({ repository }, input) {
      const digest: unknown = input['subjectId']?.['imageDigest']
      if (typeof digest !== 'string' || !isDigest(digest)) throw invalid('subjectId', 'must be a sha256 digest')
      const filter: Input = input['filter'] ?? {}
      const types = list(filter, 'artifactTypes', 0, 5).map(String)
      const status = filter['artifactStatus'] ?? 'ACTIVE'
      const active = status === 'ACTIVE' || status === 'ANY'
      const found = referrersOf(repository, digest).filter(
        ({ manifest }) => active && (types.length === 0 || types.includes(manifest.artifactType ?? '')),
      )
      const { items, nextToken } = paged(found, (stored) => stored.digest, input, { standard: 20, most: 50 })
      const referrers = items.map(({ digest, bytes, manifest }) => ({
        digest,
        mediaType: manifest.mediaType,
        artifactType: manifest.artifactType,
        size: bytes.byteLength,
        annotations: manifest.annotations,
        artifactStatus: 'ACTIVE',
      }))
      return { referrers, nextToken }
    },
  })

function detail(ground: RegistryGround, at: At, stored: StoredManifest): Record<string, unknown> {
  const { manifest, digest, pushedAt, pulledAt } = stored
  const tags = tagsOf(at.repository, digest)
  const scan = shownScan(ground, at, stored)
  return {
    ...named(at),
    imageDigest: digest,
    imageTags: tags.length === 0 ? undefined : tags,
    imageSizeInBytes: size(stored),
    imagePushedAt: pushedAt / 1_000,
    imageScanStatus: scan?.imageScanStatus,
    imageScanFindingsSummary: scan?.summary,
    imageManifestMediaType: manifest.mediaType,
    artifactMediaType: manifest.artifactType ?? manifest.config?.mediaType,
    lastRecordedPullTime: pulledAt === undefined ? undefined : pulledAt / 1_000,
    subjectManifestDigest: manifest.subject?.digest,
    imageStatus: 'ACTIVE',
  }
}

/** Bytes of the manifest's own content; an index has none but itself. */
const size = ({ manifest, bytes }: StoredManifest): number =>
  manifest.kind === 'index'
    ? bytes.byteLength
    : [manifest.config, ...manifest.layers].reduce((total, descriptor) => total + (descriptor?.size ?? 0), 0)
