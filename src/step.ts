import { clockFrom } from './action/clock.ts'
import { closest } from './action/closest.ts'
import type { Action } from './action/define.ts'
import { describeError, UserError } from './action/errors.ts'
import { runAction, runPost } from './action/run.ts'
import { registry } from './actions/registry.ts'
import { openHost } from './hosts/detect.ts'
import type { HostOptions, Surroundings } from './hosts/surroundings.ts'

/** The action of that name. @throws UserError with the nearest name */
export async function actionNamed(name: string): Promise<Action> {
  const load = Object.hasOwn(registry, name) ? registry[name] : undefined
  if (load !== undefined) return await load()
  const near = closest(name, Object.keys(registry))
  throw new UserError(`there is no action '${name}'${near === undefined ? '' : `, did you mean '${near}'?`}`)
}

/** Runs the main or the post step of an action under the host at hand; the code is left in the surroundings. */
export async function runStep(surroundings: Surroundings, options: HostOptions): Promise<void> {
  try {
    const [action, host] = await Promise.all([actionNamed(options.action), openHost(surroundings, options)])
    const clock = clockFrom(surroundings.env)
    await (options.step === 'main' ? runAction(action, host, clock) : runPost(action, host, clock))
  } catch (error) {
    // Only what no host could report gets here: a host that cannot be opened, a disk that is full.
    surroundings.stderr.write(`${describeError(error)}\n`)
    surroundings.exitCode(error instanceof UserError ? 2 : 1)
  }
}
