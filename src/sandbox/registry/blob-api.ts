import type { Answer } from './answer.ts'
import { isDigest } from './digest.ts'
import type { RegistryGround } from './ground.ts'
import { OciError } from './oci-error.ts'
import type { Visit } from './visit.ts'

/** `GET` sends the client to the store behind, as ECR does; `HEAD` answers at once. */
export function serveBlob(
  { links }: RegistryGround,
  { exchange, registry, repository }: Visit,
  digest: string,
): Answer {
  if (!isDigest(digest)) throw new OciError(400, 'DIGEST_INVALID', 'the digest is not one of sha256')
  const blob = repository.blobs.get(digest)
  if (blob === undefined) throw new OciError(404, 'BLOB_UNKNOWN', 'The layer does not exist in the repository')
  const headers = { 'docker-content-digest': digest, 'content-type': 'application/octet-stream' }
  switch (exchange.method) {
    case 'HEAD':
      return { status: 200, body: blob, headers: { ...headers, 'accept-ranges': 'bytes' } }
    case 'GET':
      return { status: 307, headers: { ...headers, location: links.to(registry, repository.name, digest) } }
    default:
      throw new OciError(405, 'UNSUPPORTED', 'The operation is unsupported.')
  }
}
