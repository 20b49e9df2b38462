import { isDigest } from '../registry/digest.ts'
import { isTag } from '../registry/reference.ts'
import { type Repository, resolve, type StoredManifest } from '../registry/repository.ts'
import { type At, invalid } from './ecr-lookup.ts'
import { AwsError } from './service.ts'

/** An image as the API names it: by digest, by tag, or by both. */
export interface ImageId {
  readonly imageDigest: string | undefined
  readonly imageTag: string | undefined
}

/** Why an image of a batch was left out. */
export interface ImageFailure {
  readonly imageId: ImageId
  readonly failureCode: string
  readonly failureReason: string
}

export function imageId(value: unknown): ImageId {
  const { imageDigest, imageTag } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >
  for (const member of [imageDigest, imageTag]) {
    if (member !== undefined && typeof member !== 'string') throw invalid('imageId', 'must be text')
  }
  return { imageDigest, imageTag } as ImageId
}

/** Finds the image that an id names, or says why it does not. */
export function find(repository: Repository, id: ImageId): StoredManifest | ImageFailure {
  const { imageDigest, imageTag } = id
  const failure = (failureCode: string, failureReason: string): ImageFailure => ({
    imageId: id,
    failureCode,
    failureReason,
  })
  if (imageDigest === undefined && imageTag === undefined) {
    return failure('MissingDigestAndTag', 'Invalid request parameters: both tag and digest cannot be null')
  }
  if (imageDigest !== undefined && !isDigest(imageDigest)) {
    return failure('InvalidImageDigest', 'Invalid request parameters: image digest should satisfy the regex')
  }
  if (imageTag !== undefined && !isTag(imageTag)) {
    return failure('InvalidImageTag', 'Invalid request parameters: image tag should satisfy the regex')
  }
  const stored = resolve(repository, imageTag ?? imageDigest ?? '')
  if (stored === undefined) return failure('ImageNotFound', 'Requested image not found')
  if (imageDigest !== undefined && stored.digest !== imageDigest) {
    return failure('ImageTagDoesNotMatchDigest', 'Image tag does not match image digest')
  }
  return stored
}

/** The one image of a request. @throws AwsError ImageNotFoundException */
export function imageOf({ registry, repository }: At, value: unknown): StoredManifest {
  const id = imageId(value)
  const found = find(repository, id)
  if (!('failureCode' in found)) return found
  if (found.failureCode !== 'ImageNotFound' && found.failureCode !== 'ImageTagDoesNotMatchDigest') {
    throw invalid('imageId', found.failureReason)
  }
  const what = `{imageDigest:'${id.imageDigest ?? 'null'}', imageTag:'${id.imageTag ?? 'null'}'}`
  const message = `The image with imageId ${what} does not exist within the repository with name '${repository.name}' in the registry with id '${registry.accountId}'`
  throw new AwsError('ImageNotFoundException', message)
}
