import { UserError } from '../action/errors.ts'
import type { ContentStore } from './content.ts'
import type { EcrApi, EcrRepository } from './ecr-api.ts'
import { parseManifest } from './manifest.ts'

/**
 * A repository of ECR: what can be read by the batch goes through ECR's own API, a call for a hundred; blobs go through
 * the registry, which alone can mount them.
 */
export const ecrContent = (registry: ContentStore, api: EcrApi, repository: EcrRepository): ContentStore => ({
  ...registry,
  async manifests(digests, signal) {
    const images = await api.images(repository, digests, signal)
    const byDigest = new Map(images.map((image) => [image.digest, image]))
    return digests.map((digest) => {
      const image = byDigest.get(digest)
      if (image === undefined) throw new UserError(`there is no image ${digest} in ${repository.name}`)
      return parseManifest(Buffer.from(image.manifest, 'utf8'), digest, image.mediaType)
    })
  },
  referrers: (digest, signal) => api.referrers(repository, digest, signal),
  async resolve(references, signal) {
    const found = new Map<string, string>()
    for (const { digest, tag } of await api.images(repository, references, signal)) {
      found.set(digest, digest)
      if (tag !== undefined) found.set(tag, digest)
    }
    return found
  },
  hasBlobs: (digests, signal) => api.layers(repository, digests, signal),
  putManifest: ({ digest, mediaType, bytes }, tag, signal) =>
    api.putImage(repository, { digest, mediaType, manifest: bytes.toString('utf8') }, tag, signal),
})
