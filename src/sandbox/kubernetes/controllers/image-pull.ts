import type { PulledImage, PullFailure, World } from '../../world.ts'
import type { Fields } from '../object.ts'

/** What came of a pull, in the words of the kubelet and containerd. */
export type Pull =
  | { readonly image: PulledImage; readonly imageID: string; readonly event: string }
  | { readonly reason: 'ErrImagePull' | 'InvalidImageName' | 'ErrImageNeverPull'; readonly message: string }

/** The images that a node holds, by the reference they were pulled by. */
export type NodeImages = Map<string, PulledImage>

/** Gets a container's image as its pull policy says. */
export function pullImage(world: World, held: NodeImages, container: Fields): Pull {
  const reference = container['image'] as string
  const policy: unknown = container['imagePullPolicy']
  const cached = held.get(reference)
  if (policy !== 'Always' && cached !== undefined) {
    return {
      image: cached,
      imageID: imageId(reference, cached),
      event: `Container image "${reference}" already present on machine`,
    }
  }
  if (policy === 'Never') {
    return {
      reason: 'ErrImageNeverPull',
      message: `Container image "${reference}" is not present with pull policy of Never`,
    }
  }
  const pulled = world.images.pull(reference)
  if ('failure' in pulled) return refusal(reference, pulled)
  held.set(reference, pulled)
  const event = `Successfully pulled image "${reference}" in 1s (1s including waiting). Image size: 10485760 bytes.`
  return { image: pulled, imageID: imageId(reference, pulled), event }
}

/** `<registry>/<repository>@<digest>` of what was pulled. */
const imageId = (reference: string, { digest }: PulledImage): string =>
  `${reference.replace(/@.*$/, '').replace(/:[\w][\w.-]*$/, '')}@${digest}`

function refusal(reference: string, { failure, message }: PullFailure): Pull {
  const failed = `failed to pull and unpack image "${reference}": failed to resolve reference "${reference}"`
  switch (failure) {
    case 'invalid-reference':
      return {
        reason: 'InvalidImageName',
        message: `Failed to apply default image tag "${reference}": couldn't parse image name "${reference}": invalid reference format`,
      }
    case 'not-found':
    case 'no-repository':
      return { reason: 'ErrImagePull', message: `rpc error: code = NotFound desc = ${failed}: ${reference}: not found` }
    case 'unauthorized':
      return {
        reason: 'ErrImagePull',
        message: `rpc error: code = Unknown desc = ${failed}: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`,
      }
    case 'unreachable':
      return {
        reason: 'ErrImagePull',
        message: `rpc error: code = Unknown desc = ${failed}: ${message}`,
      }
  }
}
