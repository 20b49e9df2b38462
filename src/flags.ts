import { closest } from './action/closest.ts'
import type { InputKind, Inputs } from './action/inputs.ts'
import type { HostOptions } from './hosts/surroundings.ts'

/** What the command line itself understands beside an action's inputs; no action has an input of these names. */
export const ownFlags = {
  json: 'Print one JSON object on standard output, and the log on standard error',
  'output-file': 'Write the same object into this file',
  'state-file': 'Keep state in this file',
  help: 'Show this help',
} as const

export interface Flags {
  readonly inputs: Readonly<Record<string, string>>
  readonly options: Pick<HostOptions, 'json' | 'outputFile' | 'stateFile'>
  readonly help: boolean
  /** One line for each flag that is wrong. */
  readonly problems: readonly string[]
}

/** Several of these on one command line are one value of several lines. */
const repeatable: readonly InputKind[] = ['list', 'lines', 'pairs']

/** Reads `--name value`, `--name=value`, `--flag` and `--no-flag` by an action's table. Nothing is parsed further yet. */
export function readFlags(table: Inputs, argv: readonly string[]): Flags {
  const given = new Map<string, string>()
  const problems: string[] = []
  let help = false
  const known = [...Object.keys(table), ...Object.keys(ownFlags)]
  const rest = [...argv]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '-h') word = '--help'
    if (!word.startsWith('--') || word === '--') {
      problems.push(`'${word}': expected a flag such as --${known[0]}`)
      continue
    }
    const at = word.indexOf('=')
    const written = word.slice(2, at < 0 ? undefined : at)
    const negated = at < 0 && written.startsWith('no-') && table[written.slice(3)]?.kind === 'flag'
    const name = negated ? written.slice(3) : written
    const row = Object.hasOwn(table, name) ? table[name] : undefined
    if (row === undefined && !Object.hasOwn(ownFlags, name)) {
      const near = closest(name, known)
      problems.push(`--${name}: is unknown${near === undefined ? '' : `, did you mean --${near}?`}`)
      if (at < 0 && rest[0] !== undefined && !rest[0].startsWith('--')) rest.shift()
      continue
    }
    if (name === 'help') help = true
    if (name === 'help' || name === 'json') {
      given.set(name, 'true')
      continue
    }
    let value: string | undefined = at < 0 ? undefined : word.slice(at + 1)
    if (negated) value = 'false'
    else if (value === undefined && row?.kind === 'flag') {
      value = rest[0] === 'true' || rest[0] === 'false' ? rest.shift() : 'true'
    } else if (value === undefined && rest[0] !== undefined && !rest[0].startsWith('--')) value = rest.shift()
    const before = given.get(name)
    if (value === undefined) problems.push(`--${name}: needs a value`)
    else if (before === undefined) given.set(name, value)
    else if (row !== undefined && repeatable.includes(row.kind)) given.set(name, `${before}\n${value}`)
    else problems.push(`--${name}: is given twice`)
  }
  const outputFile = given.get('output-file')
  const stateFile = given.get('state-file')
  return {
    inputs: Object.fromEntries([...given].filter(([name]) => Object.hasOwn(table, name))),
    options: {
      ...(given.has('json') ? { json: true } : {}),
      ...(outputFile === undefined ? {} : { outputFile }),
      ...(stateFile === undefined ? {} : { stateFile }),
    },
    help,
    problems,
  }
}
