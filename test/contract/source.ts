import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'

/** A source file and what it imports of the project, types included. */
export interface SourceFile {
  readonly path: string
  readonly text: string
  readonly imports: readonly { readonly path: string; readonly typeOnly: boolean }[]
}

/** Every TypeScript file below a folder, paths from the root. */
export function sourceFiles(root: string, folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path))
    .sort()
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8')
      return { path, text, imports: importsOf(root, path, text) }
    })
}

function importsOf(root: string, path: string, text: string): SourceFile['imports'] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  const found = code.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^\s*import\s+)'(\.[^']+)'/gm)
  return [...found].map((match) => {
    const target = relative(root, normalize(join(root, dirname(path), match[1] ?? '')))
    const before = code.slice(0, match.index)
    const statement = before.slice(Math.max(before.lastIndexOf('\nimport '), before.lastIndexOf('\nexport '), 0))
    return { path: target, typeOnly: /^\n?(import|export) type\b/.test(statement) }
  })
}

/** The first circle of imports, as a list of paths; types do not count, they are gone when it runs. */
export function circle(files: readonly SourceFile[]): readonly string[] | undefined {
  const imports = new Map(
    files.map(({ path, imports: all }) => [path, all.filter(({ typeOnly }) => !typeOnly).map((entry) => entry.path)]),
  )
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]): readonly string[] | undefined => {
    const at = trail.indexOf(path)
    if (at >= 0) return [...trail.slice(at), path]
    if (done.has(path)) return undefined
    for (const next of imports.get(path) ?? []) {
      const found = visit(next, [...trail, path])
      if (found !== undefined) return found
    }
    done.add(path)
    return undefined
  }
  for (const { path } of files) {
    const found = visit(path, [])
    if (found !== undefined) return found
  }
  return undefined
}
