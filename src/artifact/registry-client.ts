import { UserError } from '../action/errors.ts'
import { uploadBlob } from './blob-upload.ts'
import { type ContentStore, inParallel } from './content.ts'
import { digestForm } from './image-reference.ts'
import { largestManifest, type Manifest, manifestTypes, parseManifest } from './manifest.ts'
import { bodyOf, boundedBody, type RegistryOptions, registryRequests } from './registry-request.ts'

const redirects = new Set([301, 302, 303, 307, 308])
const parallelReads = 6
/** A registry that names more referrers than this is not answering the question. */
const mostPages = 100

/** A repository behind the OCI distribution API. Plain HTTP is spoken to loopback only. */
export function registryRepository(options: RegistryOptions): ContentStore {
  const registry = registryRequests(options)
  const { ask, at, refused } = registry
  const accept = { accept: manifestTypes.join(', ') }

  const manifest = async (digest: string, signal: AbortSignal): Promise<Manifest> => {
    const answer = await ask(at(`manifests/${digest}`), { signal, headers: accept })
    if (!answer.ok) throw await refused(answer, `reading the manifest ${digest}`)
    const type = answer.headers.get('content-type')?.split(';', 1)[0]?.trim()
    return parseManifest(await boundedBody(answer, largestManifest), digest, type)
  }

  const resolveOne = async (reference: string, signal: AbortSignal): Promise<string | undefined> => {
    const answer = await ask(at(`manifests/${reference}`), { method: 'HEAD', signal, headers: accept })
    if (answer.status === 404) return undefined
    if (!answer.ok) throw await refused(answer, `looking for ${reference}`)
    const digest = answer.headers.get('docker-content-digest') ?? ''
    if (digestForm.test(digest)) return digest
    const read = await ask(at(`manifests/${reference}`), { signal, headers: accept })
    if (!read.ok) throw await refused(read, `looking for ${reference}`)
    return parseManifest(await boundedBody(read, largestManifest), undefined, undefined).digest
  }

  /** A registry without the API keeps the list of referrers under a tag; the tag may as well be the image itself. */
  const taggedReferrers = async (digest: string, signal: AbortSignal): Promise<readonly string[]> => {
    const answer = await ask(at(`manifests/${digest.replace(':', '-')}`), { signal, headers: accept })
    if (!answer.ok) {
      await answer.body?.cancel()
      if (answer.status === 404) return []
      throw await refused(answer, `reading what refers to ${digest}`)
    }
    const list = parseManifest(await boundedBody(answer, largestManifest), undefined, undefined)
    if (list.digest === digest) return []
    const found: string[] = []
    await inParallel(list.children, parallelReads, signal, async (child, inner) => {
      if ((await manifest(child.digest, inner)).subject === digest) found.push(child.digest)
    })
    return found.sort()
  }

  return {
    async manifests(digests, signal) {
      const read = new Map<string, Manifest>()
      await inParallel(digests, parallelReads, signal, async (digest, inner) => {
        read.set(digest, await manifest(digest, inner))
      })
      return digests.map((digest) => read.get(digest) as Manifest)
    },
    async blob(descriptor, signal) {
      let answer = await ask(at(`blobs/${descriptor.digest}`), { signal })
      for (let hops = 0; redirects.has(answer.status) && hops < 3; hops++) {
        await answer.body?.cancel()
        answer = await ask(registry.sentTo(answer, 'a blob'), { signal })
      }
      if (!answer.ok || answer.body === null) throw await refused(answer, `reading the blob ${descriptor.digest}`)
      return bodyOf(answer)
    },
    async referrers(digest, signal) {
      const found: string[] = []
      let page: URL | undefined = at(`referrers/${digest}`)
      for (let pages = 0; page !== undefined; pages++) {
        if (pages >= mostPages) throw new UserError(`more than ${mostPages} pages of referrers of ${digest}`)
        const answer: Response = await ask(page, { signal })
        if (answer.status === 404 && pages === 0) {
          await answer.body?.cancel()
          return await taggedReferrers(digest, signal)
        }
        if (!answer.ok) throw await refused(answer, `reading what refers to ${digest}`)
        const list = parseManifest(await boundedBody(answer, largestManifest), undefined, manifestTypes[0])
        found.push(...list.children.map((child) => child.digest))
        const next: string | undefined = /<([^>]+)>;\s*rel="?next"?/.exec(answer.headers.get('link') ?? '')?.[1]
        page = next === undefined ? undefined : nextPage(next, page)
      }
      return found
    },
    async resolve(references, signal) {
      const found = new Map<string, string>()
      await inParallel(references, parallelReads, signal, async (reference, inner) => {
        const digest = await resolveOne(reference, inner)
        if (digest !== undefined) found.set(reference, digest)
      })
      return found
    },
    async hasBlobs(digests, signal) {
      const found = new Set<string>()
      await inParallel(digests, parallelReads, signal, async (digest, inner) => {
        const answer = await ask(at(`blobs/${digest}`), { method: 'HEAD', signal: inner })
        if (answer.ok || redirects.has(answer.status)) found.add(digest)
        else if (answer.status !== 404) throw await refused(answer, `looking for the blob ${digest}`)
      })
      return found
    },
    async putBlob(descriptor, bytes, signal, upload) {
      let place = upload
      if (place === undefined) {
        const begun = await ask(at('blobs/uploads/'), { method: 'POST', signal })
        if (begun.status !== 202) throw await refused(begun, 'beginning an upload')
        await begun.body?.cancel()
        place = registry.sentTo(begun, 'an upload')
      }
      await uploadBlob(registry, place, descriptor, bytes, signal)
    },
    async mountBlob(digest, from, signal) {
      const url = at('blobs/uploads/')
      url.searchParams.set('mount', digest)
      url.searchParams.set('from', from)
      const answer = await ask(url, { method: 'POST', signal })
      if (answer.status !== 201 && answer.status !== 202) throw await refused(answer, `mounting the blob ${digest}`)
      await answer.body?.cancel()
      return answer.status === 201 ? 'mounted' : { upload: registry.sentTo(answer, 'an upload') }
    },
    async putManifest(sent, tag, signal) {
      const answer = await ask(at(`manifests/${tag ?? sent.digest}`), {
        method: 'PUT',
        body: new Uint8Array(sent.bytes),
        signal,
        headers: { 'content-type': sent.mediaType },
      })
      if (answer.status !== 201) throw await refused(answer, `writing the manifest ${sent.digest}`)
      await answer.body?.cancel()
      const digest = answer.headers.get('docker-content-digest')
      return digest ?? (await resolveOne(tag ?? sent.digest, signal)) ?? ''
    },
  }

  function nextPage(link: string, from: URL): URL {
    const url = URL.canParse(link, from.href) ? new URL(link, from) : undefined
    if (url?.origin !== from.origin) throw new UserError(`the registry ${options.host} gives a next page elsewhere`)
    return url
  }
}
