import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { messageOf, UserError } from '../action/errors.ts'
import type { Log } from '../action/host.ts'
import { type HelmArchive, helmArchive } from './helm-archive.ts'

/** Which helm to get. */
export interface HelmDownload {
  /** As the user wrote it: `4.2.3` or `v4.2.3`. */
  readonly version: string
  /** What the archive's sha256 must be, beside what its publisher says; hexadecimal. */
  readonly checksum: string | undefined
}

/** What getting a helm touches. */
export interface HelmDownloadParts {
  readonly env: NodeJS.ProcessEnv
  readonly log: Log
  readonly signal: AbortSignal
  /** This machine's, unless told. */
  readonly platform?: { readonly os: string; readonly arch: string }
}

/** Bounds in bytes: archives are about 20 MB, binaries about 65 MB. */
const largestArchive = 128 * 1024 * 1024
const largestBinary = 256 * 1024 * 1024
/** For one download, in real ms. */
const downloadMs = 5 * 60_000
const attempts = 3

/**
 * The path of a helm of this version: from the cache when it is there and whole, else downloaded and checked.
 * Jobs that share a cache may do this at once: each works in a folder of its own and puts it in place by a rename.
 * @throws UserError when it cannot be had, or is not what it must be
 */
export async function downloadedHelm(asked: HelmDownload, parts: HelmDownloadParts): Promise<string> {
  const archive = helmArchive(asked.version, parts.env, parts.platform)
  const cache = join(cacheFolder(parts.env), `${archive.version}-${archive.platform}`)
  const cached = await fromCache(cache, asked.checksum, parts.log)
  if (cached !== undefined) {
    parts.log.debug(`helm ${archive.version} from the cache: ${cached}`)
    return cached
  }
  await mkdir(cache, { recursive: true })
  const work = await mkdtemp(join(cache, 'download-'))
  try {
    const published = await publishedChecksum(archive, parts)
    const wanted = asked.checksum ?? published
    if (published !== wanted) {
      throw new UserError(
        `${archive.name}: its publisher says sha256 ${published}, the input helm-checksum says ${wanted}`,
      )
    }
    const file = join(work, 'archive')
    const found = await saved(archive.url, file, parts)
    if (found !== wanted) throw new UserError(`${archive.url} has the sha256 ${found}, and must have ${wanted}`)
    await unpackHelm(file, archive, join(work, 'helm'))
    await rm(file)
    await writeFile(join(work, 'sha256'), await sha256Of(join(work, 'helm')))
    const home = join(cache, wanted)
    await place(work, home)
    const placed = await whole(home, parts.log)
    if (placed === undefined) throw new UserError(`cannot keep helm in the cache '${home}'`)
    parts.log.info(`helm ${archive.version} was downloaded from ${archive.url} (sha256 ${wanted})`)
    return placed
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Puts a finished folder in place. Another job may have been faster: what it put there is as good, if it is whole. */
async function place(work: string, home: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(work, home)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if ((code !== 'ENOTEMPTY' && code !== 'EEXIST') || attempt === attempts) throw error
      if ((await whole(home)) !== undefined) return
      await rm(home, { recursive: true, force: true })
    }
  }
}

/** The runner's cache of tools, which outlives a job on a runner of one's own; else the user's cache. */
function cacheFolder(env: NodeJS.ProcessEnv): string {
  const tools = env['RUNNER_TOOL_CACHE']
  if (tools) return join(tools, 'strangler-deploy', 'helm')
  const caches = env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache')
  return join(caches, 'strangler-deploy', 'helm')
}

/** A cached binary that is what was put there, from the archive of this checksum or from any; undefined when there is none. */
async function fromCache(cache: string, checksum: string | undefined, log: Log): Promise<string | undefined> {
  const found = checksum === undefined ? await readdir(cache).catch(() => []) : [checksum]
  for (const name of found.filter((entry) => /^[0-9a-f]{64}$/.test(entry)).sort()) {
    const path = await whole(join(cache, name), log)
    if (path !== undefined) return path
  }
  return undefined
}

/** The binary in a folder of the cache, if it has the sha256 that is kept beside it. */
async function whole(home: string, log?: Log): Promise<string | undefined> {
  const path = join(home, 'helm')
  try {
    if ((await readFile(join(home, 'sha256'), 'utf8')) === (await sha256Of(path))) return path
    log?.warn(`the cached '${path}' is not what was put there: it is left aside`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      log?.warn(`the cached '${path}' cannot be read: ${messageOf(error)}`)
    }
  }
  return undefined
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

async function publishedChecksum({ url }: HelmArchive, parts: HelmDownloadParts): Promise<string> {
  const from = `${url}.sha256sum`
  const text = await tried(from, parts, async (answer) => {
    const bytes: Buffer[] = []
    let length = 0
    for await (const chunk of answer.body ?? []) {
      length += chunk.byteLength
      if (length > 4_096) break
      bytes.push(Buffer.from(chunk))
    }
    return Buffer.concat(bytes).toString('utf8')
  })
  const sum = /^([0-9a-f]{64})(\s|$)/.exec(text)?.[1]
  if (sum === undefined) throw new UserError(`${from} holds no sha256`)
  return sum
}

/** Saves what a URL answers to a file; returns its sha256. */
async function saved(url: string, path: string, parts: HelmDownloadParts): Promise<string> {
  return await tried(url, parts, async (answer) => {
    const hash = createHash('sha256')
    let length = 0
    const hashing = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        length += chunk.byteLength
        hash.update(chunk)
        next(length > largestArchive ? new UserError(`${url} is larger than 128 MiB`) : null, chunk)
      },
    })
    const file = await open(path, 'w', 0o600)
    await pipeline(answer.body ?? [], hashing, file.createWriteStream())
    return hash.digest('hex')
  })
}

/** Asks for a URL, and again when the connection or the server failed; what is not there is not asked for twice. */
async function tried<T>(
  url: string,
  { signal, log }: HelmDownloadParts,
  read: (answer: Response) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    let why: unknown
    let final = attempt >= attempts
    try {
      const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(downloadMs)]) })
      if (answer.ok) return await read(answer)
      await answer.body?.cancel()
      why = new Error(`HTTP ${answer.status}`)
      final ||= answer.status < 500 && answer.status !== 429
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof UserError) throw error
      why = error
    }
    const cause = why instanceof Error && why.cause instanceof Error ? `: ${why.cause.message}` : ''
    const message = `cannot download ${url}: ${messageOf(why)}${cause}`
    if (final) throw new UserError(message, { cause: why })
    log.warn(`${message}; trying again`)
  }
}

/** Takes the one binary out of an archive, under a name of our own; a link or any other path is passed over. */
async function unpackHelm(file: string, { name, entry }: HelmArchive, target: string): Promise<void> {
  const reader = extract()
  const tooLarge = new UserError(`${name} holds more than 256 MiB`)
  let total = 0
  reader.on('entry', (header, stream, next) => {
    total += header.size ?? 0
    if (total > largestBinary) return void reader.destroy(tooLarge)
    if (header.type !== 'file' || header.name !== entry) {
      stream.resume()
      stream.on('end', next)
      return
    }
    // wx: a second entry of the same name cannot take the place of the first.
    open(target, 'wx', 0o755)
      .then((opened) => pipeline(stream, opened.createWriteStream()))
      .then(
        () => next(),
        (error: unknown) => reader.destroy(error as Error),
      )
  })
  try {
    await pipeline(createReadStream(file), createGunzip(), reader)
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`${name} cannot be unpacked: ${messageOf(error)}`, { cause: error })
  }
  await stat(target).catch((error: unknown) => {
    throw new UserError(`${name} has no ${entry}`, { cause: error })
  })
}
