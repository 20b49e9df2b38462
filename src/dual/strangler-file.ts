import { parse as parseYaml } from 'yaml'
import { didYouMean } from '../action/closest.ts'
import { InputError, messageOf } from '../action/errors.ts'
import { type Phase, phaseRule, phases, type Side, sides } from './phase.ts'

/** One thing to do on a side: call an action, or run a program with an argument list (never a shell). */
export type Step =
  | { readonly action: string; readonly with: Readonly<Record<string, string>> }
  | { readonly command: readonly [string, ...string[]] }

/** How an artifact gets onto a side, and how to read back what runs there. */
export interface SidePlan {
  readonly steps: readonly Step[]
  /** Prints the digests that run there, one on each line; needed for parity where the last step is a command. */
  readonly digestCommand: readonly [string, ...string[]] | undefined
}

/** One environment of one service. */
export interface EnvironmentPlan {
  readonly phase: Phase
  /** What `{{ values.<name> }}` stands for in this environment's sides. */
  readonly values: Readonly<Record<string, string>>
  readonly sides: Readonly<Partial<Record<Side, SidePlan>>>
}

/** The whole file: services by name, their environments by name. */
export interface StranglerFile {
  readonly services: Readonly<Record<string, Readonly<Record<string, EnvironmentPlan>>>>
}

const largestFile = 1024 * 1024

/**
 * Reads a strangler.yml (YAML or JSON).
 * @throws InputError with every problem, each with the path to it
 */
export function parseStranglerFile(text: string, file = 'strangler.yml'): StranglerFile {
  if (text.length > largestFile) throw new InputError([`${file}: is larger than 1 MiB`])
  let document: unknown
  try {
    document = parseYaml(text, { maxAliasCount: 100 })
  } catch (error) {
    throw new InputError([`${file}: is not YAML: ${messageOf(error)}`])
  }
  const problems: string[] = []
  const say = (path: string, problem: string): void => {
    problems.push(`${file}: ${path === '' ? '' : `${path}: `}${problem}`)
  }
  const services: Record<string, Record<string, EnvironmentPlan>> = {}
  const root = mapping(document, '', say, ['version', 'services'])
  if (root?.['version'] !== undefined && root['version'] !== 1)
    say('version', `expected 1, got ${show(root['version'])}`)
  for (const [service, value] of Object.entries(mapping(root?.['services'], 'services', say) ?? {})) {
    const path = `services.${service}`
    const environments = mapping(
      mapping(value, path, say, ['environments'])?.['environments'],
      `${path}.environments`,
      say,
    )
    services[service] = {}
    for (const [name, environment] of Object.entries(environments ?? {})) {
      const plan = environmentPlan(environment, `${path}.environments.${name}`, say)
      if (plan !== undefined) services[service][name] = plan
    }
  }
  if (problems.length === 0 && Object.keys(services).length === 0) say('services', 'names no service')
  if (problems.length > 0) throw new InputError(problems)
  return { services }
}

type Say = (path: string, problem: string) => void

function environmentPlan(value: unknown, path: string, say: Say): EnvironmentPlan | undefined {
  const row = mapping(value, path, say, ['phase', 'values', ...sides])
  if (row === undefined) return undefined
  const phase = phases.find((known) => known === row['phase'])
  if (phase === undefined) {
    say(`${path}.phase`, `expected one of ${phases.join(', ')}, got ${show(row['phase'])}`)
    return undefined
  }
  const plans: Partial<Record<Side, SidePlan>> = {}
  for (const side of sides) {
    if (row[side] !== undefined) {
      const plan = sidePlan(row[side], `${path}.${side}`, say)
      if (plan !== undefined) plans[side] = plan
    } else if (phaseRule(phase).deploys.includes(side)) {
      say(`${path}.${side}`, `is missing: phase ${phase} deploys to ${phaseRule(phase).deploys.join(' and ')}`)
    }
  }
  const values = row['values'] === undefined ? {} : inputValues(row['values'], `${path}.values`, say)
  return { phase, values, sides: plans }
}

function sidePlan(value: unknown, path: string, say: Say): SidePlan | undefined {
  const row = mapping(value, path, say, ['action', 'with', 'command', 'steps', 'digest-command'])
  if (row === undefined) return undefined
  const digestCommand =
    row['digest-command'] === undefined ? undefined : argumentList(row['digest-command'], `${path}.digest-command`, say)
  const { 'digest-command': _, steps: list, ...single } = row
  if (list === undefined) {
    const only = step(single, path, say)
    return only && { steps: [only], digestCommand }
  }
  if (Object.keys(single).length > 0) say(path, `give either steps or ${Object.keys(single).join(' and ')}, not both`)
  if (!Array.isArray(list) || list.length === 0) {
    say(`${path}.steps`, `expected a list of steps, got ${show(list)}`)
    return undefined
  }
  const steps = list.map((item, index) =>
    step(
      mapping(item, `${path}.steps[${index}]`, say, ['action', 'with', 'command']) ?? {},
      `${path}.steps[${index}]`,
      say,
    ),
  )
  return { steps: steps.filter((found) => found !== undefined), digestCommand }
}

function step(row: Readonly<Record<string, unknown>>, path: string, say: Say): Step | undefined {
  const { action, command, with: given } = row
  if ((action === undefined) === (command === undefined)) {
    say(path, 'give either an action or a command')
    return undefined
  }
  if (command !== undefined) {
    if (given !== undefined) say(`${path}.with`, 'belongs to an action; a command takes its arguments in its list')
    const argv = argumentList(command, `${path}.command`, say)
    return argv && { command: argv }
  }
  if (typeof action !== 'string') {
    say(`${path}.action`, `expected the name of an action, got ${show(action)}`)
    return undefined
  }
  return { action, with: given === undefined ? {} : inputValues(given, `${path}.with`, say) }
}

/** A mapping whose values are texts, or become texts. */
function inputValues(value: unknown, path: string, say: Say): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [name, item] of Object.entries(mapping(value, path, say) ?? {})) {
    const text = inputText(item)
    if (text === undefined)
      say(`${path}.${name}`, `expected text, a number, true or false, or a list or mapping, got ${show(item)}`)
    else values[name] = text
  }
  return values
}

/**
 * Inputs are text: a list becomes lines, a mapping `KEY=value` lines, and what is nested deeper JSON, for inputs that take JSON.
 * Undefined for nothing and for what JSON cannot say.
 */
function inputText(value: unknown): string | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'object' || value === null) return undefined
  const nested = (item: unknown): boolean => typeof item === 'object' && item !== null
  if (Object.values(value).some(nested)) return JSON.stringify(value)
  const rows = Object.entries(value).map(([key, item]) => {
    const text = inputText(item)
    return text === undefined ? undefined : Array.isArray(value) ? text : `${key}=${text}`
  })
  return rows.some((row) => row === undefined) ? undefined : rows.join('\n')
}

function argumentList(value: unknown, path: string, say: Say): readonly [string, ...string[]] | undefined {
  const [program, ...rest] = Array.isArray(value) ? (value as unknown[]) : []
  const plain = (item: unknown): item is string | number => typeof item === 'string' || typeof item === 'number'
  if (typeof program !== 'string' || program === '' || !rest.every(plain)) {
    say(
      path,
      `expected a list such as ['ansible-playbook', 'deploy.yml'] (it is run without a shell), got ${show(value)}`,
    )
    return undefined
  }
  return [program, ...rest.map(String)]
}

function mapping(
  value: unknown,
  path: string,
  say: Say,
  known?: readonly string[],
): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    say(path, value === undefined || value === null ? 'is missing' : `expected a mapping, got ${show(value)}`)
    return undefined
  }
  for (const key of Object.keys(value)) {
    if (known !== undefined && !known.includes(key)) {
      say(
        path === '' ? key : `${path}.${key}`,
        `is not known here${didYouMean(key, known) || ` (known: ${known.join(', ')})`}`,
      )
    }
  }
  return value as Record<string, unknown>
}

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
