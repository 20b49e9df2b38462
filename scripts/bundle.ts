import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { registry } from '../src/actions/registry.ts'

/** All of dist/ together stays under this, so that a job that checks the repository out does not wait for it. */
const largestDist = 6 * 1024 * 1024

/** What a bundler makes of one entry. */
interface Bundle {
  readonly code: string
  readonly assets: Readonly<Record<string, { readonly source: string | Buffer }>>
}

/** The bundler brings no types. */
const ncc = createRequire(import.meta.url)('@vercel/ncc') as (entry: string, options: object) => Promise<Bundle>

/** Packages whose modules do nothing when they are loaded, but do not say so: what is not used of them is left out. */
const pure = ['@actions/core']

/** Copies a package to where the bundler finds it first, and says of the copy that it is free of side effects. */
function shakeable(from: string, to: string): void {
  cpSync(from, to, { recursive: true, dereference: true })
  const path = join(to, 'package.json')
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  writeFileSync(path, JSON.stringify({ ...manifest, sideEffects: false }))
}

/**
 * Writes dist/: one core with everything, cut into chunks that are loaded when they are needed, and for each action two lines that start it.
 * Reads the compiled build/; the same bytes come out of any folder and any supported Node.
 */
export async function bundle(root: string, dist: string): Promise<void> {
  process.chdir(root)
  const shaken = join(root, 'build/node_modules')
  for (const name of pure) shakeable(join(root, 'node_modules', name), join(shaken, name))
  const made = await ncc(resolve(root, 'build/src/entry.js'), { quiet: true, license: 'licenses.txt' })
  rmSync(shaken, { recursive: true, force: true })
  rmSync(dist, { recursive: true, force: true })
  const write = (path: string, content: string | Buffer): void => {
    mkdirSync(dirname(join(dist, path)), { recursive: true })
    writeFileSync(join(dist, path), content)
  }
  write('package.json', `${JSON.stringify({ type: 'module' }, null, 2)}\n`)
  write('core/index.js', made.code)
  for (const [name, { source }] of Object.entries(made.assets)) {
    if (name === 'package.json') continue
    if (name === 'licenses.txt')
      write(
        name,
        mergedLicenses(source.toString(), (of) => existsSync(join(root, 'node_modules', of))),
      )
    else write(`core/${name}`, source)
  }
  for (const [name, load] of Object.entries(registry)) {
    write(`${name}/index.js`, starter('main', name))
    if ((await load()).post !== undefined) write(`${name}/post.js`, starter('post', name))
  }
  write('cli/index.js', "#!/usr/bin/env node\nimport { cli } from '../core/index.js'\nawait cli()\n")
  chmodSync(join(dist, 'cli/index.js'), 0o755)
}

/**
 * The licences as ncc lists them (package, its kind, its text), each text once with all the packages that stand under it:
 * forty copies of the Apache licence become one.
 */
export function mergedLicenses(listed: string, isPackage: (name: string) => boolean): string {
  const under = new Map<string, string[]>()
  let packages: string[] = []
  let text: string[] = []
  const close = (): void => {
    const key = text.join('\n').trim()
    if (packages.length > 0) under.set(key, [...(under.get(key) ?? []), ...packages])
  }
  for (const line of listed.split('\n')) {
    if (/^(@[\w.-]+\/)?[\w.-]+$/.test(line) && isPackage(line)) {
      close()
      packages = [line]
      text = []
    } else text.push(line)
  }
  close()
  return [...under]
    .map(([licence, names]) => `${names.sort().join('\n')}\n\n${licence}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`)
}

const starter = (step: 'main' | 'post', action: string): string =>
  `import { ${step} } from '../core/index.js'\nawait ${step}('${action}')\n`

/** Bytes of every file below a folder, by path. */
export function sizes(folder: string): Map<string, number> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return new Map(
    files
      .map((path) => [path, statSync(join(folder, path))] as const)
      .filter(([, stat]) => stat.isFile())
      .map(([path, stat]) => [path, stat.size]),
  )
}

/** Files of one folder that the other has not, or has otherwise. */
export function differing(one: string, other: string): string[] {
  const paths = new Set([...sizes(one).keys(), ...sizes(other).keys()])
  const read = (folder: string, path: string): Buffer | undefined =>
    existsSync(join(folder, path)) ? readFileSync(join(folder, path)) : undefined
  return [...paths].sort().filter((path) => {
    const [a, b] = [read(one, path), read(other, path)]
    return a === undefined || b === undefined || !a.equals(b)
  })
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === import.meta.filename) {
  const root = resolve(import.meta.dirname, '../..')
  const shipped = resolve(root, 'dist')
  const check = process.argv[2] === '--check'
  const dist = check
    ? join(mkdtempSync(join(tmpdir(), 'strangler-dist-')), 'dist')
    : resolve(root, process.argv[2] ?? 'dist')
  await bundle(root, dist)
  const all = sizes(dist)
  const total = [...all.values()].reduce((sum, size) => sum + size, 0)
  process.stdout.write(
    `${check ? 'dist' : dist}: ${all.size} files, ${total} bytes, core ${all.get('core/index.js')} bytes\n`,
  )
  if (total > largestDist) {
    process.stderr.write(`dist is larger than ${largestDist} bytes\n`)
    process.exitCode = 1
  }
  if (check) {
    const wrong = existsSync(shipped) ? differing(shipped, dist) : ['']
    for (const path of wrong) process.stderr.write(`dist/${path} is out of step: run 'npm run bundle'\n`)
    if (wrong.length > 0) process.exitCode = 1
    rmSync(dist, { recursive: true, force: true })
  }
}
