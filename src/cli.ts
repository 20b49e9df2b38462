import { closest } from './action/closest.ts'
import { InputError, UserError } from './action/errors.ts'
import { readInputs } from './action/run.ts'
import { registry } from './actions/registry.ts'
import { readFlags } from './flags.ts'
import { actionHelp, commandHelp } from './help.ts'
import { inputVariable, type Surroundings } from './hosts/surroundings.ts'
import { runSandbox } from './sandbox-command.ts'
import { actionNamed, runStep } from './step.ts'

/** `strangler-deploy <action> [flags]`, `post <action>`, `sandbox`, `--help`. The exit code is left in the surroundings. */
export async function commandLine(argv: readonly string[], surroundings: Surroundings): Promise<void> {
  const [command, ...rest] = argv
  try {
    if (command === undefined || command === '--help' || command === '-h' || command === 'help') {
      if (command === undefined) surroundings.exitCode(2)
      const names = Object.keys(registry).sort()
      const actions = await Promise.all(
        names.map(async (name) => [name, (await actionNamed(name)).description] as const),
      )
      const sink = command === undefined ? surroundings.stderr : surroundings.stdout
      sink.write(commandHelp(actions))
    } else if (command === 'sandbox') await runSandbox(rest, surroundings)
    else if (command === 'post') await step('post', rest[0], rest.slice(1), surroundings)
    else await step('main', command, rest, surroundings)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const problems = error instanceof InputError ? error.problems : [error.message]
    surroundings.stderr.write(problems.map((problem) => `error: ${problem}\n`).join(''))
    surroundings.exitCode(2)
  }
}

async function step(
  which: 'main' | 'post',
  name: string | undefined,
  argv: readonly string[],
  surroundings: Surroundings,
): Promise<void> {
  if (name === undefined) throw new UserError('post: expected the name of an action')
  const commands = [...Object.keys(registry), 'post', 'sandbox']
  if (!Object.hasOwn(registry, name)) {
    const near = closest(name, commands)
    throw new UserError(
      `there is no command '${name}'${near === undefined ? '; see strangler-deploy --help' : `, did you mean '${near}'?`}`,
    )
  }
  const action = await actionNamed(name)
  const flags = readFlags(action.inputs, argv)
  if (flags.help) return void surroundings.stdout.write(actionHelp(action))
  if (flags.problems.length > 0) {
    const inputs = which === 'main' ? problemsOf(() => readInputs(action, (input) => given(input))) : []
    throw new InputError([...flags.problems, ...inputs])
  }
  await runStep(surroundings, { action: name, step: which, flags: flags.inputs, ...flags.options })

  function given(input: string): string | undefined {
    return flags.inputs[input] ?? surroundings.env[inputVariable(input)]
  }
}

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read()
    return []
  } catch (error) {
    if (error instanceof InputError) return error.problems
    throw error
  }
}
