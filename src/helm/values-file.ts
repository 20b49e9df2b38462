import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ValuesTree } from './release-values.ts'

/** Gives `body` the path of a file with these values, readable by this user alone, and takes it away afterwards; no path when there are none. */
export async function withValuesFile<T>(
  values: ValuesTree,
  body: (path: string | undefined) => Promise<T>,
): Promise<T> {
  if (Object.keys(values).length === 0) return await body(undefined)
  const folder = await mkdtemp(join(tmpdir(), 'strangler-values-'))
  try {
    const path = join(folder, 'values.json')
    await writeFile(path, JSON.stringify(values), { mode: 0o600 })
    return await body(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
