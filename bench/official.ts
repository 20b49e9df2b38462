import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { UserError } from '../src/action/errors.ts'

/** An official action as it is compared: never kept in this repository, fetched at this commit and checked. */
export interface Pin {
  readonly repository: string
  readonly version: string
  readonly commit: string
  /** Of the lines `<sha256>  <path>` of action.yml and everything in dist/, by path. */
  readonly sha256: string
}

export const officialPins = {
  deploy: {
    repository: 'amazon-ecs-deploy-task-definition',
    version: 'v2.6.3',
    commit: 'c465972ecbd160473f22e683363b422a5412a3de',
    sha256: '16a8d5a5ab09aa00281113cb1961bccac34cf76822f9607472ff19ea0bf66f7c',
  },
  render: {
    repository: 'amazon-ecs-render-task-definition',
    version: 'v1.9.0',
    commit: '138c24f321fdbdf7edee4a685519d253cae2cdea',
    sha256: '69e384de21a0c8cbfc6416ce4adf0ded66445a3924d94b1b16aaa00ef4b1560d',
  },
} as const satisfies Readonly<Record<string, Pin>>

/** Names a folder that has the bundles already, each as `<repository>/action.yml` and `<repository>/dist/`. */
export const officialVariable = 'STRANGLER_BENCH_OFFICIAL'

/** Above this an archive is refused; those pinned are below 10 MB. */
const largest = 64 * 1024 * 1024

/**
 * The folder of an official action: the one that `STRANGLER_BENCH_OFFICIAL` names, else from the cache, else fetched from GitHub into it.
 * @throws UserError when it cannot be had, or is not what is pinned
 */
export async function officialAction(pin: Pin, cache: string, env: NodeJS.ProcessEnv): Promise<string> {
  const told = env[officialVariable]
  const folder = told
    ? join(resolve(told), pin.repository)
    : join(cache, `${pin.repository}-${pin.commit.slice(0, 12)}`)
  if (told && !existsSync(folder)) throw new UserError(`${officialVariable}: there is no ${folder}`)
  if (!existsSync(folder)) await download(pin, folder)
  const found = checksum(folder)
  if (found !== pin.sha256) {
    throw new UserError(`${folder} is not ${pin.repository} ${pin.version} as pinned: its checksum is ${found}`)
  }
  return folder
}

async function download(pin: Pin, folder: string): Promise<void> {
  const url = `https://codeload.github.com/aws-actions/${pin.repository}/tar.gz/${pin.commit}`
  let response: Response
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(60_000) })
  } catch (cause) {
    throw new UserError(
      `cannot reach GitHub for ${pin.repository} ${pin.version}; ${officialVariable} may name a folder that has it`,
      { cause },
    )
  }
  if (!response.ok || response.body === null) throw new UserError(`${url} answers ${response.status}`)
  const work = `${folder}.${process.pid}`
  try {
    await unpack(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), work)
    mkdirSync(dirname(folder), { recursive: true })
    renameSync(work, folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Writes action.yml and dist/ of a repository's archive; nothing else of it is wanted, and no path leads out. */
export async function unpack(archive: Readable, folder: string): Promise<void> {
  let length = 0
  const reader = extract()
  reader.on('entry', (header, stream, next) => {
    const path = /^[^/]+\/(action\.yml|dist\/[\w.-]+)$/.exec(posix.normalize(header.name))?.[1]
    const chunks: Buffer[] = []
    stream.on('data', (chunk: unknown) => {
      const bytes = chunk as Buffer
      length += bytes.byteLength
      if (length > largest) reader.destroy(new UserError('the archive is larger than expected'))
      else if (path !== undefined) chunks.push(bytes)
    })
    stream.on('end', () => {
      if (path !== undefined && header.type === 'file') {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        writeFileSync(join(folder, path), Buffer.concat(chunks))
      }
      next()
    })
  })
  await pipeline(archive, createGunzip(), reader)
}

/** One sha256 over action.yml and the files of dist/. */
export function checksum(folder: string): string {
  const dist = join(folder, 'dist')
  const names = existsSync(dist) ? readdirSync(dist).map((name) => `dist/${name}`) : []
  const lines = ['action.yml', ...names]
    .filter((path) => existsSync(join(folder, path)))
    .sort()
    .map(
      (path) =>
        `${createHash('sha256')
          .update(readFileSync(join(folder, path)))
          .digest('hex')}  ${path}\n`,
    )
  return createHash('sha256').update(lines.join('')).digest('hex')
}
