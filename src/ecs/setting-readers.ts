import { parseDuration } from '../action/clock.ts'
import { UserError } from '../action/errors.ts'

const told = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value))

/** A text that is not empty. @throws UserError */
export function readText(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value
  if (typeof value === 'number') return String(value)
  throw new UserError(`expected text, got ${told(value)}`)
}

/** true or false, as such or as text. @throws UserError */
export function readFlag(value: unknown): boolean {
  if (value === true || value === 'true') return true
  if (value === false || value === 'false') return false
  throw new UserError(`expected 'true' or 'false', got ${told(value)}`)
}

/** A whole number between two bounds, both included. @throws UserError */
export const readInteger =
  (least: number, most: number) =>
  (value: unknown): number => {
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
    if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most) return number
    throw new UserError(`expected a whole number from ${least} to ${most}, got ${told(value)}`)
  }

/** Whole seconds between two bounds, from a number or a duration such as `30s` or `2m`. @throws UserError */
export const readSeconds =
  (least: number, most: number) =>
  (value: unknown): number => {
    const ms = typeof value === 'string' && !/^\d+$/.test(value) ? parseDuration(value) : Number(value) * 1000
    const seconds = (ms ?? Number.NaN) / 1000
    if (Number.isInteger(seconds) && seconds >= least && seconds <= most) return seconds
    throw new UserError(`expected from ${least} to ${most} whole seconds, got ${told(value)}`)
  }

/** MiB from a number, or from a text such as `512`, `512 MiB` or `2 GB`. @throws UserError */
export function readMebibytes(value: unknown): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*(mi?b?|gi?b?)?$/i.exec(String(value).trim()) ?? []
  const mebibytes = Number(amount) * (unit?.toLowerCase().startsWith('g') ? 1024 : 1)
  if (Number.isInteger(mebibytes) && mebibytes >= 4) return mebibytes
  throw new UserError(`expected memory in MiB (at least 4) such as '512', or '2 GB', got ${told(value)}`)
}

/** Names by commas or lines, or as a list. @throws UserError */
export function readNames(value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(/[,\n]/) : []
  const names = items.filter((item) => typeof item === 'string').map((item) => item.trim())
  if (names.length < items.length || items.length === 0) throw new UserError(`expected names, got ${told(value)}`)
  return names.filter((name) => name !== '')
}
