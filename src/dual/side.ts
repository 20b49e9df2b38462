import { Cancelled } from '../action/cancel.ts'
import { didYouMean } from '../action/closest.ts'
import { runCommand } from '../action/command.ts'
import type { Action, Context } from '../action/define.ts'
import { InputError, messageOf, UserError } from '../action/errors.ts'
import { nestedProblems, postNested, runNested } from '../action/nested.ts'
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
  /** The last action and the inputs it was given, by which what runs there is found; undefined when a command came last. */
  readonly last: { readonly action: string; readonly inputs: Readonly<Record<string, string>> } | undefined
  readonly summaries: readonly string[]
}

/** How a side is to be run. */
export interface SideOptions {
  readonly dryRun: boolean
  /** The other side owns the traffic: this one's errors are warnings. */
  readonly standby: boolean
}

const outputPrefix = 'outputs.'
const isLater = (name: string): boolean => name.startsWith(outputPrefix)

/** Everything that is wrong with a side's steps, as far as it shows before an artifact is deployed. */
export async function checkSide(
  side: Side,
  plan: SidePlan,
  actions: SideActions,
  values: PlaceholderValues,
): Promise<readonly string[]> {
  const problems: string[] = []
  for (const [index, step] of plan.steps.entries()) {
    const at = plan.steps.length === 1 ? side : `${side}.steps[${index}]`
    const texts = 'command' in step ? step.command : Object.values(step.with)
    const unknown = texts.flatMap(placeholdersIn).filter((name) => !isLater(name) && !Object.hasOwn(values, name))
    problems.push(
      ...unknown.map((name) => `${at}: '{{ ${name} }}' stands for nothing${didYouMean(name, Object.keys(values))}`),
    )
    if ('action' in step && unknown.length === 0) problems.push(...(await checkAction(step, at, actions, values)))
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
      `${at}: there is no action '${step.action}'${didYouMean(step.action, known) || ` (known: ${known.join(', ')})`}`,
    ]
  }
  const action = await load()
  const later = Object.entries(step.with).filter(([, value]) => placeholdersIn(value).some(isLater))
  const now = Object.entries(step.with).filter(([, value]) => !placeholdersIn(value).some(isLater))
  const raw = Object.fromEntries(now.map(([name, value]) => [name, fillPlaceholders(value, values)]))
  if (later.length === 0) return nestedProblems(action, raw, at)
  // What an earlier step will put out is not known yet: these inputs and the rules between inputs are checked when it is.
  const rest = Object.fromEntries(
    Object.entries(action.inputs).filter(([name]) => !later.some(([given]) => given === name)),
  )
  const { check: _, ...unruled } = action
  const misnamed = later.filter(([name]) => !Object.hasOwn(action.inputs, name))
  return [
    ...misnamed.map(
      ([name]) => `${at}: ${action.name} has no input '${name}'${didYouMean(name, Object.keys(action.inputs))}`,
    ),
    ...nestedProblems({ ...unruled, inputs: rest }, raw, at),
  ]
}

/** Carries out a side's steps, one after another; stops at the first that does not succeed. */
export async function runSide(
  side: Side,
  plan: SidePlan,
  actions: SideActions,
  values: PlaceholderValues,
  options: SideOptions,
  context: Context,
): Promise<SideRun> {
  let outputs: Record<string, string> = {}
  let last: SideRun['last']
  let outcome: Outcome = 'unchanged'
  const summaries: string[] = []
  const begun: BegunStep[] = []
  for (const [index, step] of plan.steps.entries()) {
    const filled = {
      ...values,
      ...Object.fromEntries(Object.entries(outputs).map(([k, v]) => [`${outputPrefix}${k}`, v])),
    }
    let ended: { readonly outcome: Outcome; readonly reason?: string | undefined }
    if ('command' in step) {
      last = undefined
      const argv = step.command.map((argument) => fillPlaceholders(argument, filled)) as [string, ...string[]]
      ended = options.dryRun ? planned(side, argv, context) : await runSideCommand(side, argv, values, context)
    } else {
      const action = await (actions[step.action] as () => Promise<Action>)()
      const inputs = Object.fromEntries(
        Object.entries(step.with).map(([name, value]) => [name, fillPlaceholders(value, filled)]),
      )
      if (options.dryRun) {
        if (!Object.hasOwn(action.inputs, 'dry-run')) throw new UserError(`${side}: ${action.name} has no dry run`)
        inputs['dry-run'] = 'true'
      }
      const prefix = plan.steps.length === 1 ? side : `${side}.${index + 1}`
      begun.push({ action: step.action, inputs, prefix })
      if (action.post !== undefined) context.host.saveState(`${side}.begun`, JSON.stringify(begun))
      const run = await runNestedStep(action, inputs, context, prefix, options)
      outputs = { ...outputs, ...run.outputs }
      if (run.summary !== '') summaries.push(run.summary)
      last = { action: step.action, inputs }
      ended = run
    }
    if (!isSuccess(ended.outcome)) return { outcome: ended.outcome, reason: ended.reason, outputs, last, summaries }
    if (ended.outcome === 'succeeded' && makesChange(step)) outcome = 'succeeded'
  }
  return { outcome, reason: undefined, outputs, last, summaries }
}

interface BegunStep {
  readonly action: string
  readonly inputs: Readonly<Record<string, string>>
  readonly prefix: string
}

/** Rendering a file changes nothing on a platform. */
const makesChange = (step: Step): boolean => 'command' in step || step.action !== 'render-task-def'

async function runNestedStep(
  action: Action,
  inputs: Readonly<Record<string, string>>,
  context: Context,
  prefix: string,
  options: SideOptions,
): Promise<{
  outcome: Outcome
  reason: string | undefined
  outputs: Readonly<Record<string, string>>
  summary: string
}> {
  try {
    const run = await runNested(action, inputs, context, prefix, { errors: options.standby ? 'warn' : 'error' })
    return { outcome: run.result.outcome, reason: run.result.reason, outputs: run.outputs, summary: run.summary }
  } catch (error) {
    // The other side may be half-way by now: what this step was given is its own failure, not the end of both.
    if (!(error instanceof InputError)) throw error
    return { outcome: 'failed', reason: `${action.name}: ${error.message}`, outputs: {}, summary: '' }
  }
}

/** Finishes what a side's actions left open, in the post step of the run that began them. */
export async function postSide(side: Side, actions: SideActions, context: Context): Promise<void> {
  const saved = context.host.loadState(`${side}.begun`)
  if (saved === undefined) return
  for (const { action: name, inputs, prefix } of JSON.parse(saved) as BegunStep[]) {
    const load = Object.hasOwn(actions, name) ? actions[name] : undefined
    if (load !== undefined) await postNested(await load(), inputs, context, prefix)
  }
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
  const env = commandEnvironment(side, values, context)
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

/** The environment of a side's own programs: `{ image: x }` is there as `STRANGLER_IMAGE`, the side as `STRANGLER_SIDE`. */
export const commandEnvironment = (
  side: Side,
  values: PlaceholderValues,
  { env }: Pick<Context, 'env'>,
): NodeJS.ProcessEnv => ({
  ...env,
  ...Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      `STRANGLER_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`,
      value,
    ]),
  ),
  STRANGLER_SIDE: side,
})
