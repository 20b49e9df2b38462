import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

/** Larger state files are not ours. */
const largestBytes = 4 * 1024 * 1024

/** Names and values on disk: each `save` is there before it returns, so a killed process leaves it behind. */
export interface StateFile {
  readonly path: string
  save(name: string, value: string): void
  load(name: string): string | undefined
}

/** Opens the file; one that is missing or broken counts as empty. */
export function stateFile(path: string): StateFile {
  const values = read(path)
  return {
    path,
    save(name, value) {
      values.set(name, value)
      writeWhole(path, `${JSON.stringify(Object.fromEntries(values), null, 2)}\n`)
    },
    load: (name) => values.get(name),
  }
}

/** Replaces a file in one step: readers, and whoever comes after a crash, see the old or the new whole. Folders are made; a link is replaced, not followed. */
export function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}.tmp`
  rmSync(draft, { force: true })
  const file = openSync(draft, 'wx')
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(draft, path)
}

function read(path: string): Map<string, string> {
  try {
    if (statSync(path).size > largestBytes) return new Map()
    const found: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof found !== 'object' || found === null) return new Map()
    return new Map(Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  } catch {
    return new Map()
  }
}
