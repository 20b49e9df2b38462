import { type Answer, json } from './answer.ts'
import { isDigest } from './digest.ts'
import type { RegistryGround } from './ground.ts'
import { mediaTypes } from './manifest.ts'
import { OciError } from './oci-error.ts'
import { page } from './page.ts'
import { isTag } from './reference.ts'
import { refusalWords } from './refusal-words.ts'
import {
  parentsOf,
  putManifest,
  Refusal,
  referrersOf,
  removeManifest,
  resolve,
  type StoredManifest,
} from './repository.ts'
import type { Visit } from './visit.ts'

/** Manifests by tag or digest; the bytes that came are the bytes that go. */
export function serveManifest(ground: RegistryGround, visit: Visit, reference: string): Answer {
  const { exchange, repository } = visit
  if (!isDigest(reference) && !isTag(reference)) {
    throw new OciError(400, reference.includes(':') ? 'DIGEST_INVALID' : 'TAG_INVALID', 'no tag and no sha256 digest')
  }
  if (exchange.method === 'PUT') return put(ground, visit, reference)
  const stored = resolve(repository, reference)
  if (stored === undefined) throw new OciError(404, 'MANIFEST_UNKNOWN', 'Requested image not found')
  switch (exchange.method) {
    case 'GET':
      stored.pulledAt = ground.world.clock.now()
      return content(stored)
    case 'HEAD':
      return content(stored)
    case 'DELETE':
      return remove(visit, stored, reference)
    default:
      throw new OciError(405, 'UNSUPPORTED', 'The operation is unsupported.')
  }
}

function content({ bytes, digest, manifest }: StoredManifest): Answer {
  const headers = { 'content-type': manifest.mediaType, 'docker-content-digest': digest }
  return { status: 200, body: bytes, headers }
}

function put(ground: RegistryGround, visit: Visit, reference: string): Answer {
  const { exchange, registry, repository } = visit
  const byDigest = isDigest(reference)
  try {
    const { stored } = putManifest(repository, exchange.body, {
      mediaType: exchange.headers['content-type'],
      digest: byDigest ? reference : undefined,
      tag: byDigest ? undefined : reference,
      now: ground.world.clock.now(),
    })
    ground.pushed(registry, repository, stored)
    const subject = stored.manifest.subject?.digest
    return {
      status: 201,
      headers: {
        location: `/v2/${repository.name}/manifests/${reference}`,
        'docker-content-digest': stored.digest,
        ...(subject === undefined ? {} : { 'oci-subject': subject }),
      },
    }
  } catch (error) {
    if (error instanceof Refusal) throw refused(error, visit, reference)
    throw error
  }
}

const codes: Readonly<Record<Refusal['kind'], string>> = {
  invalid: 'MANIFEST_INVALID',
  'digest-mismatch': 'MANIFEST_INVALID',
  'layers-missing': 'MANIFEST_BLOB_UNKNOWN',
  'images-missing': 'MANIFEST_BLOB_UNKNOWN',
  'tag-immutable': 'TAG_INVALID',
}

function refused(refusal: Refusal, { registry, repository }: Visit, reference: string): OciError {
  const words = refusalWords(refusal, registry, repository, reference)
  return new OciError(400, codes[refusal.kind], words, { detail: { digests: refusal.digests } })
}

/** By tag: the tag alone. By digest: the manifest and its tags, unless an index needs it. */
function remove({ repository }: Visit, stored: StoredManifest, reference: string): Answer {
  if (!isDigest(reference)) {
    repository.tags.delete(reference)
    return { status: 202 }
  }
  if (parentsOf(repository, stored.digest).length > 0) {
    throw new OciError(403, 'DENIED', 'Requested image referenced by manifest list')
  }
  removeManifest(repository, stored.digest)
  return { status: 202 }
}

export function serveTags({ exchange, repository }: Visit): Answer {
  if (exchange.method !== 'GET') throw new OciError(405, 'UNSUPPORTED', 'The operation is unsupported.')
  const { items, link } = page(exchange.url, [...repository.tags.keys()])
  return json({ name: repository.name, tags: items }, link)
}

export function serveReferrers({ exchange, repository }: Visit, digest: string): Answer {
  if (exchange.method !== 'GET') throw new OciError(405, 'UNSUPPORTED', 'The operation is unsupported.')
  if (!isDigest(digest)) throw new OciError(400, 'DIGEST_INVALID', 'the digest is not one of sha256')
  const wanted = exchange.url.searchParams.getAll('artifactType')
  const manifests = referrersOf(repository, digest)
    .filter(({ manifest }) => wanted.length === 0 || wanted.includes(manifest.artifactType ?? ''))
    .map(({ manifest, digest, bytes }) => ({
      mediaType: manifest.mediaType,
      digest,
      size: bytes.byteLength,
      artifactType: manifest.artifactType,
      annotations: manifest.annotations,
    }))
  const applied: Record<string, string> = wanted.length > 0 ? { 'oci-filters-applied': 'artifactType' } : {}
  const index = { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests }
  return json(index, { 'content-type': mediaTypes.ociIndex, ...applied })
}
