import type { Context } from '../action/define.ts'
import { ecrHost } from '../aws/ecr-host.ts'
import { awsSession } from '../aws/session.ts'
import { ecrApi } from './ecr-api.ts'
import { parseImageReference } from './image-reference.ts'
import { isAttestation, isIndex } from './manifest.ts'
import { sourceRepository } from './repository.ts'

/**
 * The digests that a platform may rightly report for an image: its own, and for an index those of its platforms
 * (some runtimes tell what they pulled, some what they run). Only reads.
 * @param image `host/repository@sha256:…`
 */
export async function acceptedDigests(
  image: string,
  context: Pick<Context, 'host' | 'clock' | 'signal'>,
): Promise<ReadonlySet<string>> {
  const reference = parseImageReference(image)
  const { host, digest } = reference
  if (digest === undefined) throw new Error(`${image} has no digest`)
  const region = ecrHost(host)?.region
  const aws = awsSession({ region })
  try {
    const api = ecrApi(aws, context.host)
    const { store } = sourceRepository(reference, api, context)
    const [manifest] = await store.manifests([digest], context.signal)
    if (manifest === undefined) throw new Error(`${image} was not read`)
    const platforms = isIndex(manifest.mediaType) ? manifest.children.filter((child) => !isAttestation(child)) : []
    return new Set([digest, ...platforms.map((child) => child.digest)])
  } finally {
    aws.close()
  }
}
