import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { toolsFolder } from '../../scripts/tools.ts'

/**
 * Where a program is: on PATH, or in the cache of tools (STRANGLER_TOOLS, `.tools` unless told) or its `bin`.
 * Undefined, with one line that says so, when this machine lacks it: the tests that need it are skipped.
 */
export function program(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), toolsFolder(), join(toolsFolder(), 'bin')]
  for (const folder of folders) {
    const path = join(folder, name)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      // Not in this one.
    }
  }
  process.stderr.write(`skipping tests of ${name}: this machine has no such program\n`)
  return undefined
}
