import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parse } from 'yaml'

/** An action as a runner knows it: from its action.yml. */
export interface Contender {
  readonly side: 'ours' | 'theirs'
  readonly main: string
  readonly post: string | undefined
  /** What the runner puts into the inputs that a workflow leaves out. */
  readonly defaults: Readonly<Record<string, string>>
}

interface Metadata {
  readonly inputs?: Readonly<Record<string, { readonly default?: unknown } | null>>
  readonly runs: { readonly main: string; readonly post?: string }
}

/** Reads the action.yml in a folder. Undefined when the action, or its bundle, is not there. */
export function contender(side: Contender['side'], folder: string): Contender | undefined {
  const file = join(folder, 'action.yml')
  if (!existsSync(file)) return undefined
  const { inputs = {}, runs } = parse(readFileSync(file, 'utf8')) as Metadata
  const at = (path: string): string => resolve(dirname(file), path)
  if (!existsSync(at(runs.main))) return undefined
  const defaults = Object.entries(inputs).map(([name, input]) => [name, String(input?.default ?? '')] as const)
  return {
    side,
    main: at(runs.main),
    post: runs.post === undefined ? undefined : at(runs.post),
    defaults: Object.fromEntries(defaults),
  }
}
