import { randomUUID } from 'node:crypto'
import type { Answer } from './answer.ts'
import { isDigest } from './digest.ts'
import { OciError } from './oci-error.ts'
import { isReferenced, type Upload } from './repository.ts'
import { allows } from './resource-policy.ts'
import { append, beginUpload, finish } from './upload.ts'
import type { Visit } from './visit.ts'

/** Uploads: begun by POST (or spared by a mount), filled by PATCH in order, ended by PUT, looked at by GET, dropped by DELETE. */
export function serveUpload(visit: Visit, id: string | undefined): Answer {
  const { exchange, repository } = visit
  if (id === undefined) {
    if (exchange.method !== 'POST') throw new OciError(405, 'UNSUPPORTED', 'The operation is unsupported.')
    return begin(visit)
  }
  const upload = repository.uploads.get(id)
  if (upload === undefined) throw new OciError(404, 'BLOB_UPLOAD_UNKNOWN', 'The upload does not exist')
  switch (exchange.method) {
    case 'GET':
      return status(visit, upload, 204)
    case 'PATCH':
      take(visit, upload)
      return status(visit, upload, 202)
    case 'PUT':
      return end(visit, upload)
    case 'DELETE':
      repository.uploads.delete(upload.id)
      return { status: 204 }
    default:
      throw new OciError(405, 'UNSUPPORTED', 'The operation is unsupported.')
  }
}

function begin(visit: Visit): Answer {
  const { exchange, repository } = visit
  const query = exchange.url.searchParams
  const wanted = query.get('mount')
  if (wanted !== null && !isDigest(wanted)) throw new OciError(400, 'DIGEST_INVALID', 'the digest is not one of sha256')
  if (wanted !== null && mount(visit, wanted, query.get('from'))) return created(visit, wanted)
  const upload = beginUpload(repository, randomUUID())
  if (query.has('digest')) return end(visit, upload)
  return status(visit, upload, 202)
}

/**
 * True when the blob is now in the repository too. ECR mounts only when the account has turned it on, from a repository
 * of the same registry and encryption, and only a blob that a manifest there references.
 */
function mount({ registry, repository, caller }: Visit, digest: string, from: string | null): boolean {
  const source = from === null ? undefined : registry.repositories.get(from)
  const blob = source?.blobs.get(digest)
  if (registry.settings.get('BLOB_MOUNTING') !== 'ENABLED' || source === undefined || blob === undefined) return false
  if (!isReferenced(source, digest)) return false
  if (!allows(source.policy, registry.accountId, caller, 'ecr:GetDownloadUrlForLayer')) return false
  const same =
    source.encryption.type === repository.encryption.type && source.encryption.key === repository.encryption.key
  if (same) repository.blobs.set(digest, blob)
  return same
}

function take(visit: Visit, upload: Upload): void {
  const { body, headers } = visit.exchange
  const range = headers['content-range']
  if (range !== undefined) {
    const match = /^(?:bytes )?(\d+)-(\d+)(?:\/(?:\d+|\*))?$/.exec(range)
    const fits =
      match && Number(match[1]) === upload.received && Number(match[2]) - Number(match[1]) + 1 === body.byteLength
    if (!fits) {
      const message = `the next byte is ${upload.received}`
      throw new OciError(416, 'BLOB_UPLOAD_INVALID', message, { headers: whereabouts(visit, upload) })
    }
  }
  if (!append(upload, body)) throw new OciError(413, 'SIZE_INVALID', 'the blob is too large')
}

function end(visit: Visit, upload: Upload): Answer {
  const digest = visit.exchange.url.searchParams.get('digest') ?? ''
  if (!isDigest(digest)) throw new OciError(400, 'DIGEST_INVALID', 'the digest is missing or not one of sha256')
  take(visit, upload)
  if (!finish(visit.repository, upload, digest)) {
    visit.repository.uploads.delete(upload.id)
    throw new OciError(400, 'DIGEST_INVALID', `the bytes do not have the digest ${digest}`)
  }
  return created(visit, digest)
}

const created = ({ repository }: Visit, digest: string): Answer => ({
  status: 201,
  headers: { location: `/v2/${repository.name}/blobs/${digest}`, 'docker-content-digest': digest },
})

const whereabouts = ({ repository }: Visit, upload: Upload): Record<string, string> => ({
  location: `/v2/${repository.name}/blobs/uploads/${upload.id}`,
  range: `0-${Math.max(0, upload.received - 1)}`,
  'docker-upload-uuid': upload.id,
})

const status = (visit: Visit, upload: Upload, code: 202 | 204): Answer => ({
  status: code,
  headers: whereabouts(visit, upload),
})
