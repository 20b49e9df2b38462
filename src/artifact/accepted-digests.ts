import type { Context } from '../action/define.ts'
import { awsSession } from '../aws/session.ts'
import { ecrApi } from './ecr-api.ts'
import { ecrHost, parseImageReference } from './image-reference.ts'
import { isAttestation, isIndex } from './manifest.ts'
import { registryRepository } from './registry-client.ts'

/**
 * The digests that a platform may rightly report for an image: its own, and for an index those of its platforms
 * (some runtimes tell what they pulled, some what they run). Only reads.
 * @param image `host/repository@sha256:…`
 */
export async function acceptedDigests(
  image: string,
  context: Pick<Context, 'host' | 'clock' | 'signal'>,
): Promise<ReadonlySet<string>> {
  const { host, repository, digest } = parseImageReference(image)
  if (digest === undefined) throw new Error(`${image} has no digest`)
  const region = ecrHost(host)?.region
  const aws = awsSession({ region })
  try {
    const api = ecrApi(aws, context.host)
    const store = registryRepository({
      host,
      repository,
      authorization: () => api.authorization(),
      clock: context.clock,
    })
    const manifest = await store.manifest(digest, context.signal)
    const platforms = isIndex(manifest.mediaType) ? manifest.children.filter((child) => !isAttestation(child)) : []
    return new Set([digest, ...platforms.map((child) => child.digest)])
  } finally {
    aws.close()
  }
}
