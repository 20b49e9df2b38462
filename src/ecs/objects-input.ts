import { didYouMean } from '../action/closest.ts'
import { InputError } from '../action/errors.ts'

/** An object's members by name. */
export type Members = Readonly<Record<string, unknown>>

export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A list of objects with no other members than these. @throws InputError naming the input */
export function objectsOf(value: unknown, input: string, members: readonly string[]): readonly Members[] | undefined {
  if (value === undefined) return undefined
  if (!Array.isArray(value) || !value.every(isMembers))
    throw new InputError([`input '${input}': expected a list of objects`])
  const strange = value.flatMap((row) => Object.keys(row).filter((name) => !members.includes(name)))
  if (strange.length > 0) {
    throw new InputError(
      [...new Set(strange)].map(
        (name) =>
          `input '${input}': '${name}' is no member of it${didYouMean(name, members)} (it has ${members.join(', ')})`,
      ),
    )
  }
  return value
}
