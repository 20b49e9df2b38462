import { digestOf } from './digest.ts'
import type { Repository, Upload } from './repository.ts'

/** Bytes of the largest blob that is taken: all of it is held in memory. */
export const largestBlob = 1024 * 1024 * 1024

/** Uploads that a repository keeps open; beyond it the oldest is forgotten, as ECR forgets what is not finished. */
const mostUploads = 10_000

export function beginUpload(repository: Repository, id: string): Upload {
  const [oldest] = repository.uploads.keys()
  if (oldest !== undefined && repository.uploads.size >= mostUploads) repository.uploads.delete(oldest)
  const upload: Upload = { id, chunks: [], received: 0 }
  repository.uploads.set(id, upload)
  return upload
}

/** Adds bytes at the end; false when the blob would become too large. */
export function append(upload: Upload, bytes: Buffer): boolean {
  if (upload.received + bytes.byteLength > largestBlob) return false
  if (bytes.byteLength > 0) upload.chunks.push(bytes)
  upload.received += bytes.byteLength
  return true
}

/** Ends an upload: the blob is the repository's when its bytes have the digest. False leaves the repository as it was. */
export function finish(repository: Repository, upload: Upload, digest: string): boolean {
  if (digestOf(upload.chunks) !== digest) return false
  repository.uploads.delete(upload.id)
  if (!repository.blobs.has(digest)) repository.blobs.set(digest, Buffer.concat(upload.chunks))
  return true
}
