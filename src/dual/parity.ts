import { runCommand } from '../action/command.ts'
import type { Context } from '../action/define.ts'
import { messageOf } from '../action/errors.ts'
import { isSuccess } from '../action/outcome.ts'
import type { Side } from './phase.ts'
import { fillPlaceholders, type PlaceholderValues } from './placeholders.ts'
import { commandEnvironment, type SideRun } from './side.ts'
import type { SidePlan } from './strangler-file.ts'
import type { SideResult } from './verdict.ts'

/** Reads the digests that run on a platform, from the inputs of the action that deployed there. Empty: nothing runs. */
export type DigestReader = (
  inputs: Readonly<Record<string, string>>,
  image: string,
  context: Context,
) => Promise<readonly string[]>

/** By the action that deployed. */
export type DigestReaders = Readonly<Record<string, DigestReader>>

const digestForm = /^(?:\S+@)?(sha256:[0-9a-f]{64})$/

/** Adds to a side's end what runs there now, read back from its platform. What cannot be read is said, and is no parity. */
export async function readBack(
  side: Side,
  plan: SidePlan,
  run: SideRun,
  readers: DigestReaders,
  values: PlaceholderValues,
  context: Context,
): Promise<SideResult> {
  const base = { side, outcome: run.outcome, reason: run.reason }
  if (context.signal.aborted) return { ...base, running: undefined, unread: 'not read: the run was cancelled' }
  try {
    if (plan.digestCommand !== undefined) {
      const argv = plan.digestCommand.map((argument) => fillPlaceholders(argument, values)) as [string, ...string[]]
      return {
        ...base,
        running: await digestsFrom(argv, commandEnvironment(side, values, context), context),
        unread: undefined,
      }
    }
    const reader = run.last && Object.hasOwn(readers, run.last.action) ? readers[run.last.action] : undefined
    if (run.last === undefined || reader === undefined) {
      const unread = isSuccess(run.outcome)
        ? 'what runs there is not known: its last step is a command, so give it a digest-command that prints the running digest'
        : 'not read: the side did not get as far'
      return { ...base, running: undefined, unread }
    }
    return { ...base, running: await reader(run.last.inputs, values['image'] ?? '', context), unread: undefined }
  } catch (error) {
    return { ...base, running: undefined, unread: `what runs there could not be read: ${messageOf(error)}` }
  }
}

async function digestsFrom(
  argv: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv,
  { signal }: Context,
): Promise<readonly string[]> {
  const { code, stdout, stderr } = await runCommand(argv, { env, signal })
  if (code !== 0) throw new Error(`${argv[0]} exited with ${code}: ${stderr.trim().split('\n').at(-1) ?? ''}`)
  const lines = stdout.split('\n').map((line) => line.trim())
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const digest = digestForm.exec(line)?.[1]
      if (digest === undefined) throw new Error(`${argv[0]} printed '${line.slice(0, 100)}', which is no sha256 digest`)
      return digest
    })
}
