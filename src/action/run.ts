import { Cancelled } from './cancel.ts'
import type { Clock } from './clock.ts'
import type { Action, ActionResult, Outputs } from './define.ts'
import { describeError, InputError, messageOf } from './errors.ts'
import type { Host } from './host.ts'
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

/** Runs one action to its end under a host: inputs, run, outputs, summary, exit code; the one place where errors end. */
export async function runAction<S extends Inputs, O extends Outputs>(
  action: Action<S, O>,
  host: Host,
  clock: Clock,
): Promise<void> {
  let inputs: Values<S>
  try {
    inputs = readInputs(action, (name) => host.input(name))
  } catch (error) {
    const problems = error instanceof InputError ? error.problems : [describeError(error)]
    for (const problem of problems) host.error(problem)
    return await host.finish(2, problems[0])
  }
  const result = await settle(action, inputs, host, clock)
  host.output('outcome', result.outcome)
  for (const [name, value] of Object.entries(result.outputs)) if (value !== undefined) host.output(name, value)
  host.output(
    'result',
    host.writeResult({
      action: action.name,
      outcome: result.outcome,
      ...(result.reason === undefined ? {} : { reason: result.reason }),
      outputs: result.outputs as Record<string, string>,
      ...(result.detail ?? {}),
    }),
  )
  if (result.summary !== undefined) host.summary(result.summary)
  if (result.reason !== undefined && !isSuccess(result.outcome)) host.error(result.reason)
  await host.finish(exitCode(result.outcome), result.reason)
}

/** Runs the action; what it throws becomes an outcome: cancelled, or failed with the error's text as reason. */
export async function settle<S extends Inputs, O extends Outputs>(
  action: Action<S, O>,
  inputs: Values<S>,
  host: Host,
  clock: Clock,
): Promise<ActionResult<O>> {
  try {
    return await action.run({ inputs, host, clock, signal: host.signal, env: host.env })
  } catch (error) {
    if (host.signal.aborted && error instanceof Cancelled) {
      return { outcome: 'cancelled', outputs: {}, reason: `${action.name}: ${error.message}` }
    }
    host.debug(error instanceof Error ? (error.stack ?? '') : '')
    return { outcome: 'failed', outputs: {}, reason: describeError(error) }
  }
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
