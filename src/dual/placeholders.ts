import { didYouMean } from '../action/closest.ts'
import { UserError } from '../action/errors.ts'

/** What `{{ name }}` may stand for in a value of strangler.yml. */
export type PlaceholderValues = Readonly<Record<string, string>>

const form = /\{\{\s*([A-Za-z0-9_.-]*)\s*\}\}/g

/** The names that a text asks for. */
export const placeholdersIn = (text: string): readonly string[] =>
  [...text.matchAll(form)].map(([, name]) => name ?? '')

/**
 * Puts values in, once: what a value contains is never looked at again.
 * @throws UserError for a name that nothing stands for
 */
export const fillPlaceholders = (text: string, values: PlaceholderValues): string =>
  text.replaceAll(form, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) {
      throw new UserError(`'{{ ${name} }}' stands for nothing here${didYouMean(name, Object.keys(values))}`)
    }
    return value
  })
