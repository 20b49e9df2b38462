import { type Action, commonOutputs } from './action/define.ts'
import type { Input } from './action/inputs.ts'
import { ownFlags } from './flags.ts'
import { inputVariable } from './hosts/surroundings.ts'

/** What is asked for in the place of a value, by kind. */
const placeholder = (input: Input<unknown>): string => {
  if (input.kind === 'flag') return ''
  return input.kind === 'choice' ? ` <${(input.options ?? []).join('|')}>` : ` <${input.kind}>`
}

/** The help of one action, from its table. */
export function actionHelp(action: Action): string {
  const inputs = Object.entries(action.inputs).map(([name, input]): [string, string] => [
    `--${name}${placeholder(input)}`,
    `${input.description}${input.required ? ' (required)' : ''}${input.default ? ` (default: ${oneLine(input.default)})` : ''}`,
  ])
  const outputs = Object.entries({ ...action.outputs, ...commonOutputs })
  const own = Object.entries(ownFlags).map(([name, text]): [string, string] => [`--${name}`, text])
  return [
    `strangler-deploy ${action.name} [flags]`,
    '',
    action.description,
    '',
    'Inputs',
    ...columns(inputs),
    '',
    'Outputs',
    ...columns(outputs.map(([name, { description }]) => [name, description])),
    '',
    'Flags of the command line',
    ...columns(own),
    '',
    `Every input can also be given as a variable, such as ${inputVariable(Object.keys(action.inputs)[0] ?? 'dry-run')}.`,
    'Exit code: 0 succeeded or unchanged, 1 failed, 2 wrong inputs, 3 waiting or blocked, 130 cancelled.',
    '',
  ].join('\n')
}

/** The help of the whole command line. `actions` are names with their descriptions. */
export const commandHelp = (actions: readonly (readonly [string, string])[]): string =>
  [
    'strangler-deploy <command> [flags]',
    '',
    'Actions',
    ...columns(actions),
    '',
    'Commands',
    ...columns([
      ['post <action>', 'Finish what a killed or cancelled run of an action left open'],
      ['sandbox', 'Run the embedded cloud on this machine until Ctrl-C'],
      ['<command> --help', 'Show the flags of an action or a command'],
    ]),
    '',
  ].join('\n')

/** Two columns, the second wrapped to the width of a page. */
export function columns(rows: readonly (readonly [string, string])[], width = 110): string[] {
  const first = Math.min(34, Math.max(...rows.map(([name]) => name.length), 0) + 2)
  return rows.flatMap(([name, text]) => {
    const wrapped = wrap(text, width - first - 2)
    const head = name.length + 2 > first ? [`  ${name}`] : []
    const lines = wrapped.map((line, at) => `  ${(at === 0 && head.length === 0 ? name : '').padEnd(first)}${line}`)
    return [...head, ...lines]
  })
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

const oneLine = (text: string): string => text.trim().replaceAll('\n', '\\n')
