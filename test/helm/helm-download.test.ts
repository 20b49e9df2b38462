import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { pack } from 'tar-stream'
import { findHelm } from '../../src/helm/helm.ts'
import { helmArchive } from '../../src/helm/helm-archive.ts'
import { downloadedHelm } from '../../src/helm/helm-download.ts'
import { memoryHost } from '../support/memory-host.ts'

const name = 'helm-v4.2.3-linux-amd64.tar.gz'
const script = "#!/bin/sh\nprintf 'v4.2.3'\n"
const machine = { os: 'linux', arch: 'x64' }

interface Entry {
  readonly name: string
  readonly text?: string
  readonly linkname?: string
}

async function archive(...entries: readonly Entry[]): Promise<Buffer> {
  const packing = pack()
  for (const { name: path, text, linkname } of entries) {
    if (linkname === undefined) packing.entry({ name: path, mode: 0o755 }, text ?? '')
    else packing.entry({ name: path, type: 'symlink', linkname })
  }
  packing.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of packing) chunks.push(chunk as Buffer)
  return gzipSync(Buffer.concat(chunks))
}
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

let folder: string
let server: Server
let base: string
let asked: string[]
/** What a path answers: bytes, a status, or bytes that end before they are all there. */
let files: Map<string, Buffer | number | { readonly cut: Buffer }>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'strangler-helm-'))
  files = new Map()
  asked = []
  server = createServer((request, response) => {
    const path = (request.url ?? '').slice(1)
    asked.push(path)
    const file = files.get(path) ?? 404
    if (typeof file === 'number') response.writeHead(file).end()
    else if (Buffer.isBuffer(file)) response.end(file)
    else {
      response.writeHead(200, { 'content-length': String(file.cut.length) })
      response.write(file.cut.subarray(0, file.cut.length >> 1), () => response.destroy())
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const publish = (bytes: Buffer, sum = sha256(bytes)): void => {
  files.set(name, bytes)
  files.set(`${name}.sha256sum`, Buffer.from(`${sum}  ${name}\n`))
}
const host = memoryHost()
const download = (checksum?: string, signal = new AbortController().signal): Promise<string> => {
  const env = { RUNNER_TOOL_CACHE: folder, STRANGLER_DEPLOY_HELM_URL: base }
  return downloadedHelm({ version: 'v4.2.3', checksum }, { env, log: host, signal, platform: machine })
}
const leftovers = (): string[] =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => path.includes('download-'))

describe('a helm that is downloaded', () => {
  test('is checked, unpacked and runs; and comes from the cache the second time', async () => {
    const good = await archive({ name: 'linux-amd64/LICENSE', text: 'x' }, { name: 'linux-amd64/helm', text: script })
    publish(good)
    const path = await download()
    expect((await findHelm(path, {})).version.text).toBe('4.2.3')
    expect(asked).toEqual([`${name}.sha256sum`, name])
    expect(await download()).toBe(path)
    expect(await download(sha256(good))).toBe(path)
    expect(asked).toHaveLength(2)
    expect(leftovers()).toEqual([])
  })

  test('is downloaded again when the cached one was changed, or came from another archive', async () => {
    publish(await archive({ name: 'linux-amd64/helm', text: script }))
    const path = await download()
    chmodSync(path, 0o755)
    writeFileSync(path, 'something else')
    expect(await download()).toBe(path)
    expect(readFileSync(path, 'utf8')).toBe(script)
    const newer = await archive({ name: 'linux-amd64/helm', text: `${script}# rebuilt\n` })
    publish(newer)
    expect(readFileSync(await download(sha256(newer)), 'utf8')).toContain('rebuilt')
    expect(readFileSync(path, 'utf8')).toBe(script)
  })

  test('is one when several jobs get it at once', async () => {
    publish(await archive({ name: 'linux-amd64/helm', text: script }))
    const paths = await Promise.all(Array.from({ length: 8 }, () => download()))
    expect(new Set(paths).size).toBe(1)
    expect(leftovers()).toEqual([])
  })

  test('is refused when it is not what its publisher says', async () => {
    publish(await archive({ name: 'linux-amd64/helm', text: script }), 'a'.repeat(64))
    await expect(download()).rejects.toThrow(/has the sha256 [0-9a-f]{64}, and must have a{64}/)
    expect(leftovers()).toEqual([])
  })

  test('is refused before it is downloaded when its publisher says another checksum than the input', async () => {
    publish(await archive({ name: 'linux-amd64/helm', text: script }))
    await expect(download('b'.repeat(64))).rejects.toThrow(/its publisher says .* the input helm-checksum says b{64}/)
    expect(asked).toEqual([`${name}.sha256sum`])
  })

  test('is refused when it is cut short, after some tries', async () => {
    const whole = await archive({ name: 'linux-amd64/helm', text: script })
    publish(whole)
    files.set(name, { cut: whole })
    await expect(download()).rejects.toThrow(new RegExp(`cannot download ${base}/${name}`))
    expect(asked.filter((path) => path === name)).toHaveLength(3)
  })

  test.each([
    [404, 1],
    [503, 3],
  ])('names the URL when it answers %d, asked %d times', async (status, times) => {
    files.set(`${name}.sha256sum`, status)
    await expect(download()).rejects.toThrow(`cannot download ${base}/${name}.sha256sum: HTTP ${status}`)
    expect(asked).toHaveLength(times)
  })

  test('is refused without a checksum to hold it to', async () => {
    publish(await archive({ name: 'linux-amd64/helm', text: script }))
    files.set(`${name}.sha256sum`, Buffer.from('<html>not here</html>'))
    await expect(download()).rejects.toThrow('holds no sha256')
  })

  test('never writes outside of its own file, whatever the archive says', async () => {
    publish(
      await archive(
        { name: '../../evil', text: 'x' },
        { name: '/linux-amd64/helm', text: 'x' },
        { name: 'linux-amd64/../linux-amd64/helm', text: 'x' },
        { name: 'linux-amd64/helm', linkname: '/bin/sh' },
      ),
    )
    await expect(download()).rejects.toThrow(`${name} has no linux-amd64/helm`)
    expect(leftovers()).toEqual([])
    expect(readdirSync(join(folder, 'strangler-deploy', 'helm', '4.2.3-linux-amd64'))).toEqual([])
    publish(await archive({ name: 'linux-amd64/helm', text: script }, { name: 'linux-amd64/helm', text: 'second' }))
    await expect(download()).rejects.toThrow('cannot be unpacked')
    publish(Buffer.from('not an archive'))
    await expect(download()).rejects.toThrow('cannot be unpacked')
  })

  test('is given up when the job is cancelled', async () => {
    publish(await archive({ name: 'linux-amd64/helm', text: script }))
    await expect(download(undefined, AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled')
  })

  test('can be run by its owner', async () => {
    publish(await archive({ name: 'linux-amd64/helm', text: script }))
    expect(statSync(await download()).mode & 0o111).not.toBe(0)
  })
})

describe('the archive of a version', () => {
  test.each([
    ['4.2.3', 'linux', 'x64', 'https://get.helm.sh/helm-v4.2.3-linux-amd64.tar.gz', 'linux-amd64/helm'],
    ['v3.17.2', 'darwin', 'arm64', 'https://get.helm.sh/helm-v3.17.2-darwin-arm64.tar.gz', 'darwin-arm64/helm'],
    ['4.0.0-rc.1', 'linux', 's390x', 'https://get.helm.sh/helm-v4.0.0-rc.1-linux-s390x.tar.gz', 'linux-s390x/helm'],
  ])('%s for %s/%s', (version, os, arch, url, entry) => {
    expect(helmArchive(version, {}, { os, arch })).toMatchObject({ url, entry })
  })
  test.each([
    ['3.13.3', machine, {}, 'helm 3.13.3 is not supported'],
    ['latest', machine, {}, 'is no version of helm'],
    ['4.2.3/../x', machine, {}, 'is no version of helm'],
    ['4.2.3', { os: 'win32', arch: 'x64' }, {}, 'cannot be downloaded for win32/x64'],
    ['4.2.3', machine, { STRANGLER_DEPLOY_HELM_URL: 'http://mirror.example' }, 'expected an https:// URL'],
    ['4.2.3', machine, { STRANGLER_DEPLOY_HELM_URL: 'file:///tmp' }, 'expected an https:// URL'],
  ])('%s for %j under %j is refused', (version, where, env, message) => {
    expect(() => helmArchive(version, env, where)).toThrow(message)
  })
})
