import { parse as parseYaml } from 'yaml'
import { parseDuration } from './clock.ts'
import { InputError, messageOf, UserError } from './errors.ts'

/** The shape a user sees: the README's type column, GitLab's `spec:inputs` type, the CLI's help. */
export type InputKind = 'text' | 'flag' | 'number' | 'duration' | 'choice' | 'list' | 'lines' | 'pairs' | 'json'

/** One row of an action's table of inputs. `parse` gets the trimmed, non-empty text and throws a UserError that says what was expected. */
export interface Input<T> {
  readonly kind: InputKind
  readonly description: string
  readonly required: boolean
  readonly default: string | undefined
  readonly options: readonly string[] | undefined
  readonly parse: (text: string) => T
}

export type Inputs = Record<string, Input<unknown>>

/** The values that a table yields, by input name. */
export type Values<S extends Inputs> = { readonly [K in keyof S]: S[K] extends Input<infer T> ? T : never }

export interface Row {
  readonly description: string
  readonly required?: boolean
  /** As the user would write it; it must parse with the input's own parser. */
  readonly default?: string
}

/** An input that is required or has a default always has a value; any other may be undefined. */
type Given<R extends Row, T> = R extends { required: true } | { default: string } ? T : T | undefined

const input =
  <T>(kind: InputKind, parse: (text: string) => T, options?: readonly string[]) =>
  <R extends Row>(row: R): Input<Given<R, T>> => ({
    kind,
    description: row.description,
    required: row.required ?? false,
    default: row.default,
    options,
    parse: parse as (text: string) => Given<R, T>,
  })

const expected = (what: string, text: string): UserError => new UserError(`expected ${what}, got ${quote(text)}`)

const quote = (text: string): string => {
  const line = text.length > 80 ? `${text.slice(0, 77)}...` : text
  return `'${line.replaceAll('\n', '\\n')}'`
}

/** An input whose text a parser of its own reads; `parse` throws a UserError that says what was expected. */
export const readBy = <T>(kind: InputKind, parse: (text: string) => T) => input(kind, parse)

/** Any text. */
export const text = input('text', (value) => value)

/** Text of a form, told in words when it does not match. */
export const textLike = (form: RegExp, what: string) =>
  input('text', (value) => {
    if (!form.test(value)) throw expected(what, value)
    return value
  })

/** Exactly `true` or `false`: a typo is an error, never a silent no. */
export const flag = input('flag', (value) => {
  if (value === 'true') return true
  if (value === 'false') return false
  throw expected("'true' or 'false'", value)
})

/** A whole number between two bounds, both included. */
export const integer = (minimum: number, maximum: number) =>
  input('number', (value) => {
    const number = /^-?\d+$/.test(value) ? Number(value) : Number.NaN
    if (number >= minimum && number <= maximum) return number
    throw expected(`a whole number from ${minimum} to ${maximum}`, value)
  })

/** A number between two bounds, both included. */
export const number = (minimum: number, maximum: number) =>
  input('number', (value) => {
    const found = /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN
    if (found >= minimum && found <= maximum) return found
    throw expected(`a number from ${minimum} to ${maximum}`, value)
  })

/** A duration such as `30s`, `5m` or `1h30m`, in milliseconds. */
export const duration = input('duration', (value) => {
  const ms = parseDuration(value)
  if (ms === undefined) throw expected("a duration such as '30s', '5m' or '1h30m'", value)
  return ms
})

/** One of a few words. */
export const oneOf = <const O extends readonly string[]>(options: O) =>
  input(
    'choice',
    (value) => {
      if (options.includes(value)) return value as O[number]
      throw expected(`one of ${options.join(', ')}`, value)
    },
    options,
  )

/** Words separated by commas or line ends, trimmed, empty ones dropped. */
export const list = input('list', (value) =>
  value
    .split(/[,\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== ''),
)

/** Lines, trimmed, empty ones dropped: for values that may hold commas. */
export const lines = input('lines', (value) =>
  value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== ''),
)

/** `KEY=value` lines, split at the first `=` only; values keep their spaces inside and may be empty. */
export const pairs = input('pairs', (value) => {
  const found: Record<string, string> = Object.create(null) as Record<string, string>
  for (const line of value.split('\n')) {
    if (line.trim() === '') continue
    const at = line.indexOf('=')
    if (at < 1) throw expected("lines of 'KEY=value'", line)
    found[line.slice(0, at).trim()] = line.slice(at + 1).trim()
  }
  return { ...found }
})

/** JSON or YAML, as a value; whoever uses it checks its shape. */
export const json = input('json', (value): unknown => {
  try {
    return parseYaml(value, { maxAliasCount: 100 })
  } catch (error) {
    throw new UserError(`expected JSON or YAML: ${messageOf(error)}`, { cause: error })
  }
})

/**
 * Parses a whole table. `read` gives the text of an input, or undefined or '' when it is not set.
 * @throws InputError naming every wrong input at once; nothing has been called by then.
 */
export function parseInputs<S extends Inputs>(table: S, read: (name: string) => string | undefined): Values<S> {
  const values: Record<string, unknown> = {}
  const problems: string[] = []
  for (const [name, row] of Object.entries(table)) {
    const given = (read(name) ?? '').trim() || row.default
    if (given === undefined || given === '') {
      if (row.required) problems.push(`input '${name}': is required (${lowerFirst(row.description)})`)
      continue
    }
    try {
      values[name] = row.parse(given)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      const found = error instanceof InputError ? error.problems : [error.message]
      problems.push(...found.map((problem) => `input '${name}': ${problem}`))
    }
  }
  if (problems.length > 0) throw new InputError(problems)
  return values as Values<S>
}

const lowerFirst = (sentence: string): string => {
  const line = (sentence.split('\n')[0] ?? '').replace(/\.$/, '')
  return /^[A-Z][a-z]/.test(line) ? line.charAt(0).toLowerCase() + line.slice(1) : line
}
