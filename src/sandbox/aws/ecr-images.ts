import type { RegistryGround } from '../registry/ground.ts'
import { isTag } from '../registry/reference.ts'
import { refusalWords } from '../registry/refusal-words.ts'
import {
  parentsOf,
  putManifest,
  Refusal,
  type Repository,
  removeManifest,
  type StoredManifest,
  tagsOf,
} from '../registry/repository.ts'
import { find, type ImageFailure, type ImageId, imageId } from './ecr-image-ids.ts'
import { type At, inRepositories, invalid, list, named, text } from './ecr-lookup.ts'
import { AwsError, type Operation } from './service.ts'

const exceptions: Readonly<Record<Refusal['kind'], string>> = {
  invalid: 'InvalidParameterException',
  'digest-mismatch': 'ImageDigestDoesNotMatchException',
  'layers-missing': 'LayersNotFoundException',
  'images-missing': 'ReferencedImagesNotFoundException',
  'tag-immutable': 'ImageTagAlreadyExistsException',
}

/** Images: put, got and deleted by the batch. */
export const imageOperations = ({ world, registries, pushed }: RegistryGround): Record<string, Operation> => {
  const image = (at: At, stored: StoredManifest, id: ImageId) => ({
    ...named(at),
    imageId: { imageDigest: stored.digest, imageTag: id.imageTag },
    imageManifest: stored.bytes.toString('utf8'),
    imageManifestMediaType: stored.manifest.mediaType,
  })
  return inRepositories(registries, {
    PutImage(at, input) {
      const { registry, repository } = at
      const manifest = text(input, 'imageManifest')
      const tag: unknown = input['imageTag']
      if (tag !== undefined && (typeof tag !== 'string' || !isTag(tag))) throw invalid('imageTag', 'must be a tag')
      const digest: unknown = input['imageDigest']
      const push = {
        mediaType: input['imageManifestMediaType'] as string | undefined,
        digest: digest === undefined ? undefined : String(digest),
        tag,
        now: world.clock.now(),
      }
      try {
        const { stored, changed } = putManifest(repository, Buffer.from(manifest, 'utf8'), push)
        if (!changed) throw new AwsError('ImageAlreadyExistsException', already(at, stored, tag))
        pushed(registry, repository, stored)
        return { image: image(at, stored, { imageDigest: stored.digest, imageTag: tag }) }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        const words = refusalWords(error, registry, repository, error.kind === 'tag-immutable' ? `${tag}` : `${digest}`)
        const why = `Invalid parameter at 'ImageManifest' failed to satisfy constraint: '${words}'`
        throw new AwsError(exceptions[error.kind], error.kind === 'invalid' ? why : words)
      }
    },

    BatchGetImage(at, input) {
      const images: unknown[] = []
      const failures: ImageFailure[] = []
      const accepted = list(input, 'acceptedMediaTypes', 0, 100).map(String)
      for (const id of list(input, 'imageIds', 1, 100).map(imageId)) {
        const found = find(at.repository, id)
        if ('failureCode' in found) failures.push(found)
        else {
          checkAccepted(found, id, accepted)
          found.pulledAt = world.clock.now()
          images.push(image(at, found, id))
        }
      }
      return { images, failures }
    },

    BatchDeleteImage({ repository }, input) {
      const imageIds: ImageId[] = []
      const failures: ImageFailure[] = []
      for (const id of list(input, 'imageIds', 1, 100).map(imageId)) {
        const done = remove(repository, id)
        if (Array.isArray(done)) imageIds.push(...done)
        else failures.push(done)
      }
      return { imageIds, failures }
    },
  })
}

function already({ registry, repository }: At, stored: StoredManifest, tag: unknown): string {
  const tagged = tag === undefined ? '' : ` and tag '${tag}'`
  return `Image with digest '${stored.digest}'${tagged} already exists in the repository with name '${repository.name}' in registry with id '${registry.accountId}'`
}

/** ECR translates manifests that are read by tag; the sandbox does not, and says so instead of answering wrongly. */
function checkAccepted({ manifest }: StoredManifest, id: ImageId, accepted: readonly string[]): void {
  if (id.imageDigest !== undefined || accepted.length === 0 || accepted.includes(manifest.mediaType)) return
  throw invalid('acceptedMediaTypes', `the sandbox does not translate manifests; accept ${manifest.mediaType}`)
}

/** By tag: the tag, and the image with its last tag. By digest: the image with all its tags. */
function remove(repository: Repository, id: ImageId): ImageId[] | ImageFailure {
  const found = find(repository, id)
  if ('failureCode' in found) return found
  const tags = tagsOf(repository, found.digest)
  const whole = id.imageTag === undefined || tags.length <= 1
  if (!whole) {
    repository.tags.delete(id.imageTag as string)
    return [{ imageDigest: found.digest, imageTag: id.imageTag }]
  }
  const parents = parentsOf(repository, found.digest).map(({ digest }) => digest)
  if (parents.length > 0) {
    const failureReason = `Requested image referenced by manifest list: [${parents.join(', ')}]`
    return { imageId: id, failureCode: 'ImageReferencedByManifestList', failureReason }
  }
  removeManifest(repository, found.digest)
  repository.scans.delete(found.digest)
  return (tags.length === 0 ? [undefined] : tags).map((imageTag) => ({ imageDigest: found.digest, imageTag }))
}
