import { closest } from './closest.ts'
import type { Action, ActionResult, Context, Outputs } from './define.ts'
import { InputError } from './errors.ts'
import type { Host, JsonObject } from './host.ts'
import type { Inputs } from './inputs.ts'
import { readInputs, settle } from './run.ts'

/** The inputs of a nested action as text, by name; undefined and '' are not set. */
export type RawInputs = Readonly<Record<string, string | undefined>>

/** What an action did under another. */
export interface NestedRun<O extends Outputs = Outputs> {
  readonly result: ActionResult<O>
  /** The action's outputs together with what it told the host directly. */
  readonly outputs: Readonly<Record<string, string>>
  /** Markdown, for the caller to place in its own summary. */
  readonly summary: string
}

export interface NestedOptions {
  /** How the nested action's errors are logged; `warn` where its failure does not fail the caller. `error` unless told. */
  readonly errors?: 'error' | 'warn'
  /** In place of the caller's signal, such as one with a time-out of its own. */
  readonly signal?: AbortSignal
}

/**
 * Every problem of a nested action's inputs, a line each, with `where` in front; nothing is called.
 * A caller checks all that it will run with this first, and reports all at once. Unknown names are problems too.
 */
export function nestedProblems(action: Action, raw: RawInputs, where: string): readonly string[] {
  const known = Object.keys(action.inputs)
  const problems = Object.keys(raw)
    .filter((name) => raw[name] !== undefined && !known.includes(name))
    .map((name) => {
      const near = closest(name, known)
      return `${action.name} has no input '${name}'${near === undefined ? '' : `, did you mean '${near}'?`}`
    })
  try {
    readInputs(action, (name) => raw[name])
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    problems.push(...error.problems)
  }
  return problems.map((problem) => `${where}: ${problem}`)
}

/**
 * Runs an action inside another one: its log lines carry the prefix, its outputs, summary and result are captured instead of written,
 * and its state is kept under `<prefix>.<name>`, where `postNested` with the same prefix finds it.
 * What it throws becomes the result's outcome, as for an action of its own. @throws InputError
 */
export async function runNested<S extends Inputs, O extends Outputs>(
  action: Action<S, O>,
  raw: RawInputs,
  context: Context,
  prefix: string,
  options: NestedOptions = {},
): Promise<NestedRun<O>> {
  const captured: Captured = { outputs: {}, summaries: [] }
  const host = childHost(raw, context, prefix, captured, options)
  const inputs = readInputs(action, (name) => host.input(name))
  const result = await settle(action, inputs, host, context.clock)
  const outputs: Record<string, string> = { ...captured.outputs }
  for (const [name, value] of Object.entries(result.outputs)) if (value !== undefined) outputs[name] = value
  const summary = [...captured.summaries, result.summary ?? ''].filter((part) => part !== '').join('\n')
  return { result, outputs, summary }
}

/** Runs the post step of an action that `runNested` ran with the same prefix, also in another process. */
export async function postNested<S extends Inputs, O extends Outputs>(
  action: Action<S, O>,
  raw: RawInputs,
  context: Context,
  prefix: string,
): Promise<void> {
  if (action.post === undefined) return
  const host = childHost(raw, context, prefix, { outputs: {}, summaries: [] }, {})
  const inputs = readInputs(action, (name) => host.input(name))
  await action.post({ inputs, host, clock: context.clock, signal: host.signal, env: host.env })
}

interface Captured {
  readonly outputs: Record<string, string>
  readonly summaries: string[]
}

function childHost(raw: RawInputs, context: Context, prefix: string, captured: Captured, options: NestedOptions): Host {
  const parent = context.host
  const prefixed = (message: string): string =>
    message
      .split('\n')
      .map((line) => `[${prefix}] ${line}`)
      .join('\n')
  return {
    name: parent.name,
    facts: parent.facts,
    env: context.env,
    signal: options.signal ?? context.signal,
    input: (name) => raw[name],
    output(name, value) {
      captured.outputs[name] = value
    },
    mask: (secret) => parent.mask(secret),
    summary(markdown) {
      captured.summaries.push(markdown)
    },
    link: (label, url) => parent.link(`${prefix}: ${label}`, url),
    saveState: (name, value) => parent.saveState(`${prefix}.${name}`, value),
    loadState: (name) => parent.loadState(`${prefix}.${name}`),
    // The caller writes the one result file; it has this one's detail in NestedRun.
    writeResult: (_result: JsonObject) => '',
    finish: async () => undefined,
    info: (message) => parent.info(prefixed(message)),
    debug: (message) => parent.debug(prefixed(message)),
    warn: (message) => parent.warn(prefixed(message)),
    error: (message) => parent[options.errors ?? 'error'](prefixed(message)),
    // Groups do not nest, and two nested actions may run side by side: a heading, not a fold.
    async group(title, body) {
      parent.info(prefixed(`▸ ${title}`))
      return await body()
    },
  }
}
