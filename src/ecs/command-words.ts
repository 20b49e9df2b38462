import { UserError } from '../action/errors.ts'

/**
 * Splits a command as a POSIX shell would split words, quotes and backslashes only; a JSON list is taken as it is. Nothing is run or expanded.
 * @throws UserError for a quote that is not closed
 */
export function splitCommand(text: string): readonly string[] {
  if (/^\s*\[/.test(text)) {
    try {
      const list: unknown = JSON.parse(text)
      if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list
    } catch {
      // Not JSON after all: a command may begin with a bracket ([ is a program).
    }
  }
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index)
    if (quote === "'") {
      if (char === "'") quote = ''
      else word = (word ?? '') + char
    } else if (char === '\\' && index + 1 < text.length && (quote === '' || /["\\$`]/.test(text.charAt(index + 1)))) {
      word = (word ?? '') + text.charAt(++index)
    } else if (quote === '"') {
      if (char === '"') quote = ''
      else word = (word ?? '') + char
    } else if (char === '"' || char === "'") {
      quote = char
      word ??= ''
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else {
      word = (word ?? '') + char
    }
  }
  if (quote !== '') throw new UserError(`the quote ${quote} is not closed`)
  if (word !== undefined) words.push(word)
  return words
}

/** A command from an input: words, a JSON list, or a list that was read from YAML. @throws UserError */
export function readCommand(value: unknown): readonly string[] {
  if (typeof value === 'string') return splitCommand(value)
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
  throw new UserError('expected words, or a list of texts')
}
