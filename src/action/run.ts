import { Cancelled, TimedOut } from './cancel.ts'
import type { Clock } from './clock.ts'
import type { Action, ActionResult, Outputs } from './define.ts'
import { describeError, InputError, messageOf } from './errors.ts'
import type { Host, JsonObject } from './host.ts'
import { type Inputs, parseInputs, type Values } from './inputs.ts'
import { exitCode, isSuccess } from './outcome.ts'

/**
 * Parses the inputs and the rules between them.
 * @throws InputError with every problem at once
 */
export function readInputs<S extends Inputs, O extends Outputs>(
  action: Action<S, O>,
  read: (name: string) => string | undefined,
): Values<S> {
  const inputs = parseInputs(action.inputs, read)
  const problems = action.check?.(inputs) ?? []
  if (problems.length > 0) throw new InputError(problems)
  return inputs
}

/**
 * Runs one action to its end under a host: inputs, run, outputs, summary, exit code; the one place where errors end.
 * Whatever happens, the outputs `outcome` and `result` are written and the host is finished.
 */
export async function runAction<S extends Inputs, O extends Outputs>(
  action: Action<S, O>,
  host: Host,
  clock: Clock,
): Promise<void> {
  let result: ActionResult<O>
  try {
    result = await settle(
      action,
      readInputs(action, (name) => host.input(name)),
      host,
      clock,
    )
  } catch (error) {
    const problems = error instanceof InputError ? error.problems : [describeError(error)]
    for (const problem of problems) host.error(problem)
    const summary = `### ${action.name}: wrong inputs\n\n${problems.map((problem) => `- ${problem}\n`).join('')}`
    report(host, action, { outcome: 'failed', outputs: {}, reason: problems.join('\n'), summary }, { problems })
    return await host.finish(error instanceof InputError ? 2 : 1, problems[0])
  }
  const reported = report(host, action, result)
  if (result.reason !== undefined && !isSuccess(result.outcome)) host.error(result.reason)
  const code = exitCode(result.outcome)
  await host.finish(reported || code !== 0 ? code : 1, firstLine(result.reason))
}

/** Hands outputs, result file and summary to the host; false, and said, when one of them could not be written. */
function report(host: Host, action: Action, result: ActionResult, extra: JsonObject = {}): boolean {
  try {
    host.output('outcome', result.outcome)
    for (const [name, value] of Object.entries(result.outputs)) if (value !== undefined) host.output(name, value)
    host.output('result', host.writeResult(resultDocument(action.name, result, extra)))
    const summary = result.summary ?? failureSummary(action.name, result)
    if (summary !== undefined) host.summary(summary)
    return true
  } catch (error) {
    host.error(
      `${action.name}: the outcome was '${result.outcome}', but it could not be written: ${describeError(error)}`,
    )
    return false
  }
}

/** The full result as it stands in the JSON file: the action's detail, and beside it what every action has. */
export function resultDocument(name: string, result: ActionResult, extra: JsonObject = {}): JsonObject {
  return {
    ...(result.detail ?? {}),
    ...extra,
    action: name,
    outcome: result.outcome,
    ...(result.reason === undefined ? {} : { reason: result.reason }),
    outputs: result.outputs as Record<string, string>,
  }
}

/** What the summary says of a failure whose action wrote none. */
function failureSummary(name: string, result: ActionResult): string | undefined {
  if (isSuccess(result.outcome) || result.reason === undefined) return undefined
  const quoted = result.reason.split('\n').map((line) => `    ${line}`)
  return `### ${name}: ${result.outcome}\n\n${quoted.join('\n')}\n`
}

const firstLine = (text: string | undefined): string | undefined => text?.split('\n', 1)[0]

/**
 * Runs the action; what it throws becomes an outcome: cancelled, timed out, or failed with the error's text as reason.
 * @throws InputError when the action found bad input before it called anything
 */
export async function settle<S extends Inputs, O extends Outputs>(
  action: Action<S, O>,
  inputs: Values<S>,
  host: Host,
  clock: Clock,
): Promise<ActionResult<O>> {
  try {
    return await action.run({ inputs, host, clock, signal: host.signal, env: host.env })
  } catch (error) {
    if (error instanceof InputError) throw error
    const why = stoppedBy(error, host.signal)
    if (why !== undefined) {
      const outcome = why instanceof Cancelled ? 'cancelled' : 'timed-out'
      return { outcome, outputs: {}, reason: `${action.name}: ${why.message}` }
    }
    host.debug(error instanceof Error ? (error.stack ?? '') : '')
    return { outcome: 'failed', outputs: {}, reason: describeError(error) }
  }
}

/** The cancel or time-out behind an error: thrown as it is, as the cause of another, or as the abort that a library made of it. */
function stoppedBy(error: unknown, signal: AbortSignal): Cancelled | TimedOut | undefined {
  let current: unknown = error
  for (let depth = 0; current instanceof Error && depth < 5; depth++) {
    if (current instanceof TimedOut) return current
    if (signal.aborted && current instanceof Cancelled) return current
    if (signal.aborted && (current.name === 'AbortError' || (current as NodeJS.ErrnoException).code === 'ABORT_ERR')) {
      const reason: unknown = signal.reason
      return reason instanceof TimedOut || reason instanceof Cancelled ? reason : new Cancelled('its caller')
    }
    current = current.cause
  }
  return undefined
}

/** Runs an action's post step. It never fails the job for having nothing to do; what it could not finish, it says. */
export async function runPost<S extends Inputs, O extends Outputs>(
  action: Action<S, O>,
  host: Host,
  clock: Clock,
): Promise<void> {
  if (action.post === undefined) return await host.finish(0)
  try {
    const inputs = readInputs(action, (name) => host.input(name))
    await action.post({ inputs, host, clock, signal: host.signal, env: host.env })
    await host.finish(0)
  } catch (error) {
    // Bad inputs were reported by the main step, which changed nothing.
    if (error instanceof InputError) return await host.finish(0)
    host.error(`post: ${describeError(error)}`)
    await host.finish(1, messageOf(error))
  }
}
