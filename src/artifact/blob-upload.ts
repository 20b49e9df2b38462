import { createHash } from 'node:crypto'
import { UserError } from '../action/errors.ts'
import type { Descriptor } from './manifest.ts'
import { Interrupted, type RegistryRequests } from './registry-request.ts'

/** Sent in one request up to this size; larger blobs go in parts, so that memory stays bounded. */
const partBytes = 16 * 1024 * 1024

/** The upload is gone or at another byte than we think: an answer of the registry was lost on the way. */
const lostTrack = new Set([404, 416])

/**
 * Streams a blob into an upload that was begun, checked against its descriptor on the way.
 * @throws UserError when the bytes are others, and Interrupted when it is worth beginning again
 */
export async function uploadBlob(
  registry: RegistryRequests,
  begun: URL,
  descriptor: Descriptor,
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const { digest } = descriptor
  const doing = `uploading the blob ${digest}`
  const hash = createHash('sha256')
  let location = begun
  let sent = 0
  let part: Uint8Array[] = []
  let size = 0
  const headers = (length: number, ranged: boolean): Record<string, string> => ({
    'content-type': 'application/octet-stream',
    ...(ranged ? { 'content-range': `${sent}-${sent + length - 1}` } : {}),
  })
  const failed = async (answer: Response): Promise<UserError> => {
    const refusal = await registry.refused(answer, doing)
    return lostTrack.has(answer.status) ? new Interrupted(refusal.message, { cause: refusal }) : refusal
  }
  const wrong = async (problem: string): Promise<UserError> => {
    await registry.ask(location, { method: 'DELETE', signal }).then((gone) => gone.body?.cancel())
    return new UserError(problem)
  }

  for await (const chunk of bytes) {
    hash.update(chunk)
    part.push(chunk)
    size += chunk.byteLength
    if (sent + size > descriptor.size)
      throw await wrong(`the blob ${digest} has more than the ${descriptor.size} bytes that it should`)
    if (size < partBytes) continue
    const body = Buffer.concat(part)
    const taken = await registry.ask(location, { method: 'PATCH', body, signal, headers: headers(size, true) })
    if (taken.status !== 202 && taken.status !== 204) throw await failed(taken)
    await taken.body?.cancel()
    location = registry.sentTo(taken, 'the rest of an upload')
    sent += size
    part = []
    size = 0
  }
  const found = `sha256:${hash.digest('hex')}`
  if (sent + size < descriptor.size)
    throw await wrong(`the blob ${digest} has ${sent + size} bytes, not the ${descriptor.size} that it should`)
  if (found !== digest) throw await wrong(`expected the blob ${digest}, got bytes of ${found}`)
  const body = Buffer.concat(part)
  location.searchParams.set('digest', digest)
  const done = await registry.ask(location, {
    method: 'PUT',
    body,
    signal,
    headers: headers(size, sent > 0 && size > 0),
  })
  if (done.status !== 201) throw await failed(done)
  await done.body?.cancel()
}
