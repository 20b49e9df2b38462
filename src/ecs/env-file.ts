import { InputError } from '../action/errors.ts'
import type { NameValue } from './task-definition.ts'

/** A variable's name as a shell and a container can have it; dots and dashes too, which programs read. */
export const variableName = /^[A-Za-z_][A-Za-z0-9_.-]*$/

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' }

/**
 * Reads an env file: `NAME=value`, `export NAME=value`, comments and blank lines. Single quotes and backticks hold what stands in them;
 * double quotes know `\n`, `\r`, `\t`, `\"`, `\\` and `\$`; all three may go over several lines. Without quotes a value ends at its line
 * or at a `#` after a space. Nothing is expanded. Where other readers skip a line that they do not understand, this one says so.
 * @throws InputError with every problem, by line
 */
export function parseEnvFile(text: string): readonly NameValue[] {
  const problems: string[] = []
  const found: NameValue[] = []
  const lineOf = new Map<string, number>()
  const source = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  let at = 0
  let line = 1
  while (at < source.length) {
    const end = endOfLine(source, at)
    const raw = source.slice(at, end)
    const head = /^\s*(?:export\s+)?([^=\s]+)[ \t]*=[ \t]*/.exec(raw)
    let next = end
    if (raw.trim() !== '' && !/^\s*#/.test(raw)) {
      const name = head?.[1] ?? ''
      if (head === null) problems.push(`line ${line}: expected NAME=value`)
      else if (!variableName.test(name)) problems.push(`line ${line}: '${name}' is no name for a variable`)
      else {
        const first = lineOf.get(name)
        if (first === undefined) lineOf.set(name, line)
        else problems.push(`line ${line}: ${name} stands in line ${first} already`)
      }
      if (head !== null) {
        const value = readValue(source, at + head[0].length)
        next = value.end
        if ('problem' in value) problems.push(`line ${line}: ${value.problem}`)
        else found.push({ name, value: value.text })
      }
    }
    line += source.slice(at, next).split('\n').length
    at = next + 1
  }
  if (problems.length > 0) throw new InputError(problems)
  return found
}

const endOfLine = (text: string, from: number): number => {
  const at = text.indexOf('\n', from)
  return at < 0 ? text.length : at
}

type Value = { readonly end: number } & ({ readonly text: string } | { readonly problem: string })

function readValue(source: string, from: number): Value {
  const quote = source.charAt(from)
  const end = endOfLine(source, from)
  if (!(quote === '"' || quote === "'" || quote === '`')) {
    const raw = source.slice(from, end)
    return { end, text: raw.replace(/(^|\s)#.*$/, '').trim() }
  }
  let text = ''
  for (let at = from + 1; at < source.length; at++) {
    const char = source.charAt(at)
    if (char === quote) {
      const after = endOfLine(source, at)
      const rest = source.slice(at + 1, after)
      if (/^\s*(#.*)?$/.test(rest)) return { end: after, text }
      return { end: after, problem: `the quote ${quote} closes before the end of the value` }
    }
    const escaped = quote === '"' && char === '\\' ? escapes[source.charAt(at + 1)] : undefined
    if (escaped === undefined) text += char
    else {
      text += escaped
      at++
    }
  }
  return { end: source.length, problem: `the quote ${quote} is not closed` }
}
