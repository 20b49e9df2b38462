import { mkdirSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A PATH on which tools come first under their plain names; `folder` gets a `bin` for them. */
export function toolsOnPath(folder: string, tools: Readonly<Record<string, string>>): string {
  const bin = join(folder, 'bin')
  mkdirSync(bin, { recursive: true })
  for (const [name, path] of Object.entries(tools)) symlinkSync(path, join(bin, name))
  return `${bin}${delimiter}${process.env['PATH'] ?? ''}`
}
