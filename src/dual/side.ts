import { Cancelled } from '../action/cancel.ts'
import { runCommand } from '../action/command.ts'
import type { Action, Context } from '../action/define.ts'
import { messageOf, UserError } from '../action/errors.ts'
import { didYouMean } from '../action/near-miss.ts'
import { runNested } from '../action/nested.ts'
import { isSuccess, type Outcome } from '../action/outcome.ts'
import type { Side } from './phase.ts'
import { fillPlaceholders, type PlaceholderValues, placeholdersIn } from './placeholders.ts'
import type { SidePlan, Step } from './strangler-file.ts'

/** The actions that a side may call, loaded when one is called. */
export type SideActions = Readonly<Record<string, () => Promise<Action>>>

/** What a side's steps did. */
export interface SideRun {
  readonly outcome: Outcome
  readonly reason: string | undefined
  /** The outputs of its actions, later ones over earlier ones. */
  readonly outputs: Readonly<Record<string, string>>
  /** The last action and the inputs it was given, by which what runs there is found. */
  readonly last: { readonly action: string; readonly inputs: Readonly<Record<string, string>> } | undefined
  readonly summaries: readonly string[]
}

const outputPrefix = 'outputs.'

/** Everything that is wrong with a side's steps, as far as it shows before an artifact is deployed. */
export async function checkSide(
  plan: SidePlan,
  path: string,
  actions: SideActions,
  values: PlaceholderValues,
): Promise<readonly string[]> {
  const problems: string[] = []
  for (const [index, step] of plan.steps.entries()) {
    const at = plan.steps.length === 1 ? path : `${path}.steps[${index}]`
    if ('command' in step)
      problems.push(...step.command.flatMap((argument) => unknownPlaceholders(argument, values, at)))
    else problems.push(...(await checkAction(step, at, actions, values)))
  }
  return problems
}

async function checkAction(
  step: Extract<Step, { action: string }>,
  at: string,
  actions: SideActions,
  values: PlaceholderValues,
): Promise<readonly string[]> {
  const load = Object.hasOwn(actions, step.action) ? actions[step.action] : undefined
  if (load === undefined) {
    const known = Object.keys(actions)
    return [
      `${at}.action: no action '${step.action}'${didYouMean(step.action, known) || ` (a side may call ${known.join(', ')})`}`,
    ]
  }
  const { inputs } = await load()
  const problems: string[] = []
  for (const [name, value] of Object.entries(step.with)) {
    const row = Object.hasOwn(inputs, name) ? inputs[name] : undefined
    if (row === undefined) {
      problems.push(`${at}.with.${name}: ${step.action} has no such input${didYouMean(name, Object.keys(inputs))}`)
      continue
    }
    const unknown = unknownPlaceholders(value, values, `${at}.with.${name}`)
    problems.push(...unknown)
    if (unknown.length > 0 || placeholdersIn(value).some((placeholder) => placeholder.startsWith(outputPrefix)))
      continue
    const text = fillPlaceholders(value, values).trim()
    if (text === '') continue
    try {
      row.parse(text)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      problems.push(`${at}.with.${name}: ${error.message}`)
    }
  }
  for (const [name, row] of Object.entries(inputs)) {
    if (row.required && step.with[name] === undefined)
      problems.push(`${at}.with.${name}: is required by ${step.action}`)
  }
  return problems
}

const unknownPlaceholders = (text: string, values: PlaceholderValues, at: string): readonly string[] =>
  placeholdersIn(text)
    .filter((name) => !name.startsWith(outputPrefix) && !Object.hasOwn(values, name))
    .map((name) => `${at}: '{{ ${name} }}' stands for nothing${didYouMean(name, Object.keys(values))}`)

/** Carries out a side's steps, one after another; stops at the first that does not succeed. */
export async function runSide(
  side: Side,
  plan: SidePlan,
  actions: SideActions,
  values: PlaceholderValues,
  dryRun: boolean,
  context: Context,
): Promise<SideRun> {
  let outputs: Record<string, string> = {}
  let last: SideRun['last']
  let outcome: Outcome = 'unchanged'
  const summaries: string[] = []
  for (const step of plan.steps) {
    const filled = {
      ...values,
      ...Object.fromEntries(Object.entries(outputs).map(([k, v]) => [`${outputPrefix}${k}`, v])),
    }
    let ended: { outcome: Outcome; reason?: string | undefined }
    if ('command' in step) {
      const argv = step.command.map((argument) => fillPlaceholders(argument, filled)) as [string, ...string[]]
      ended = dryRun ? planned(side, argv, context) : await runSideCommand(side, argv, values, context)
      last = undefined
    } else {
      const inputs = Object.fromEntries(
        Object.entries(step.with).map(([name, value]) => [name, fillPlaceholders(value, filled)] as const),
      )
      const action = await (actions[step.action] as () => Promise<Action>)()
      if (dryRun && Object.hasOwn(action.inputs, 'dry-run')) inputs['dry-run'] = 'true'
      const result = await runNested(action, inputs, context, side)
      outputs = { ...outputs, ...definedOnly(result.outputs) }
      if (result.summary !== undefined) summaries.push(result.summary)
      last = { action: step.action, inputs }
      ended = result
    }
    if (!isSuccess(ended.outcome)) return { outcome: ended.outcome, reason: ended.reason, outputs, last, summaries }
    if (ended.outcome === 'succeeded') outcome = 'succeeded'
  }
  return { outcome, reason: undefined, outputs, last, summaries }
}

function planned(side: Side, argv: readonly string[], context: Context): { outcome: Outcome } {
  context.host.info(`[${side}] would run ${JSON.stringify(argv)}`)
  return { outcome: 'succeeded' }
}

/** Runs a side's own program with the artifact in its environment. Its exit code is its word. */
async function runSideCommand(
  side: Side,
  argv: readonly [string, ...string[]],
  values: PlaceholderValues,
  context: Context,
): Promise<{ outcome: Outcome; reason?: string }> {
  const { host, signal } = context
  let lastLine = ''
  const env = { ...context.env, ...sideEnvironment(values), STRANGLER_SIDE: side }
  const { code, signal: killed } = await runCommand(argv, {
    env,
    signal,
    onLine: (line) => {
      if (line.trim() !== '') lastLine = line.trim()
      host.info(`[${side}] ${line}`)
    },
  })
  if (signal.aborted) {
    const by = signal.reason instanceof Cancelled ? signal.reason.by : messageOf(signal.reason)
    return { outcome: 'cancelled', reason: `${argv[0]} was stopped (${by})` }
  }
  if (code === 0) return { outcome: 'succeeded' }
  const how = code === null ? `was killed by ${killed}` : `exited with ${code}`
  return { outcome: 'failed', reason: `${argv[0]} ${how}${lastLine === '' ? '' : `: ${lastLine}`}` }
}

/** `{ 'artifact.image': x }` as `STRANGLER_IMAGE`, for a side's own programs. */
const sideEnvironment = (values: PlaceholderValues): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      `STRANGLER_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`,
      value,
    ]),
  )

const definedOnly = (outputs: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(outputs).filter((entry): entry is [string, string] => entry[1] !== undefined))
