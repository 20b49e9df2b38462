import { InputError, UserError } from '../action/errors.ts'
import { parseEnvFile, variableName } from './env-file.ts'
import type { NameValue } from './task-definition.ts'
import { readYamlTexts } from './yaml-input.ts'

/** Texts by name: variables, secrets, labels, options. */
export type TextsByName = Readonly<Record<string, string>>

/**
 * Reads names and texts from `NAME=value` lines (cut at the first `=`; those with a `#` in front are comments), from a JSON or YAML object, or from a list of
 * `{ name, <member> }` as a task definition has them; a value that was read from YAML already is taken as it is.
 * @throws InputError for every name that stands twice, every value that is no text
 */
export function readTexts(given: unknown, member = 'value'): TextsByName {
  if (typeof given === 'string' && !isYaml(given)) return byName(lineRows(given))
  const value = typeof given === 'string' ? readYamlTexts(given) : given
  return byName(Array.isArray(value) ? listRows(value, member) : objectRows(value))
}

/** As `readTexts`, and the names must be names of variables. @throws InputError */
export function readVariables(given: unknown, member = 'value'): TextsByName {
  const texts = readTexts(given, member)
  const wrong = Object.keys(texts).filter((name) => !variableName.test(name))
  if (wrong.length > 0) throw new InputError(wrong.map((name) => `'${name}' is no name for a variable`))
  return texts
}

/** A file of variables: JSON or YAML when it is named or looks so, an env file otherwise. @throws InputError */
export function readVariablesFile(text: string, file: string): TextsByName {
  if (/\.(json|ya?ml)$/i.test(file) || /^\s*[[{]/.test(text)) return readVariables(readYamlTexts(text))
  return byName(parseEnvFile(text))
}

/** Lines have their first `=` before any `: `; YAML and JSON begin otherwise. */
const isYaml = (text: string): boolean => {
  const first = text.split('\n').find((line) => line.trim() !== '' && !/^\s*#/.test(line)) ?? ''
  return /^\s*([[{]|- |-$|---|"|')/.test(first) || /^\s*[^=\s]+:(\s|$)/.test(first)
}

function lineRows(text: string): readonly NameValue[] {
  const problems: string[] = []
  const rows: NameValue[] = []
  for (const line of text.split('\n')) {
    if (line.trim() === '' || /^\s*#/.test(line)) continue
    const at = line.indexOf('=')
    const name = line.slice(0, at).trim()
    if (at < 1 || name === '') problems.push(`expected lines of 'NAME=value', got '${shortened(line.trim())}'`)
    else rows.push({ name, value: line.slice(at + 1).trim() })
  }
  if (problems.length > 0) throw new InputError(problems)
  return rows
}

/** What stands in a line that has no `=` may be the rest of a secret: only its beginning is told. */
const shortened = (text: string): string => (text.length > 12 ? `${text.slice(0, 9)}...` : text)

function objectRows(value: unknown): readonly NameValue[] {
  if (typeof value !== 'object' || value === null) {
    throw new UserError("expected lines of 'NAME=value', or JSON or YAML with a value for each name")
  }
  return Object.entries(value).map(([name, item]) => ({ name, value: item as string }))
}

function listRows(list: readonly unknown[], member: string): readonly NameValue[] {
  return list.map((item, index) => {
    const row = (typeof item === 'object' ? item : null) as Record<string, unknown> | null
    const others = Object.keys(row ?? {}).filter((key) => key !== 'name' && key !== member)
    if (row === null || typeof row['name'] !== 'string' || !(member in row) || others.length > 0) {
      throw new UserError(`expected a list of { name, ${member} }, entry ${index + 1} is not one`)
    }
    return { name: row['name'], value: row[member] as string }
  })
}

function byName(rows: readonly NameValue[]): TextsByName {
  const problems: string[] = []
  const found = new Map<string, string>()
  for (const { name, value } of rows) {
    if (found.has(name)) problems.push(`${name} is there twice`)
    if (typeof value !== 'string') {
      const what =
        value === null ? 'nothing (write "" for an empty text)' : 'JSON (put it in quotes to have it as text)'
      problems.push(`expected text for ${name}, got ${what}`)
    }
    found.set(name, value)
  }
  if (problems.length > 0) throw new InputError(problems)
  return Object.fromEntries(found)
}
