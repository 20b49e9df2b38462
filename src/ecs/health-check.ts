import { didYouMean } from '../action/closest.ts'
import { InputError, UserError } from '../action/errors.ts'
import { readInteger, readSeconds } from './setting-readers.ts'
import { readYaml } from './yaml-input.ts'

/** A container's health check, times in seconds. Members that are absent stay as they are in the task definition. */
export interface HealthCheck {
  readonly command?: readonly string[]
  readonly interval?: number
  readonly timeout?: number
  readonly retries?: number
  readonly startPeriod?: number
}

/** Bounds as the model of ECS tells them. */
const readers: Readonly<Record<string, (value: unknown) => unknown>> = {
  command: readCheckCommand,
  interval: readSeconds(5, 300),
  timeout: readSeconds(2, 60),
  retries: readInteger(1, 10),
  startPeriod: readSeconds(0, 300),
}

/**
 * Reads a health check from a command line (for the container's shell), a list that begins with CMD or CMD-SHELL, or
 * JSON or YAML with `command`, `interval`, `timeout`, `retries` and `start-period`.
 * @throws InputError with every problem
 */
export function readHealthCheck(given: unknown): HealthCheck {
  const value = typeof given === 'string' ? structured(given) : given
  if (typeof value === 'string' || Array.isArray(value)) return { command: readCheckCommand(value) }
  if (typeof value !== 'object' || value === null) throw new UserError('expected a command, or JSON or YAML with one')
  const problems: string[] = []
  const found: Record<string, unknown> = {}
  for (const [written, item] of Object.entries(value)) {
    const name = written === 'start-period' ? 'startPeriod' : written
    const reader = Object.hasOwn(readers, name) ? readers[name] : undefined
    if (reader === undefined) {
      problems.push(`a health check has no '${written}'${didYouMean(written, Object.keys(readers))}`)
      continue
    }
    try {
      found[name] = reader(item)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      problems.push(`${written}: ${error.message}`)
    }
  }
  if (problems.length > 0) throw new InputError(problems)
  return found
}

/** YAML where it is a map or a list; a command line otherwise, which may well hold `: ` in a quoted header. */
function structured(text: string): unknown {
  if (!/^\s*[[{]/.test(text) && !/^\s*(command|interval|timeout|retries|start-?period):(\s|$)/im.test(text)) return text
  return readYaml(text)
}

function readCheckCommand(value: unknown): readonly string[] {
  if (typeof value === 'string' && value.trim() !== '') return ['CMD-SHELL', value.trim()]
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    if (value[0] === 'NONE' || ((value[0] === 'CMD' || value[0] === 'CMD-SHELL') && value.length > 1)) return value
  }
  throw new UserError('expected a command line, or a list that begins with CMD or CMD-SHELL')
}
