import { type ParseError, parse as parseJsonc, printParseErrorCode } from 'jsonc-parser'
import { parse as parseYaml } from 'yaml'
import { messageOf, UserError } from '../action/errors.ts'
import { canonicalForm } from './task-definition-canonical.ts'

/** A task definition as RegisterTaskDefinition takes it, with whatever else the user wrote: nothing is dropped from it unsaid. */
export interface TaskDefinition {
  [member: string]: unknown
  containerDefinitions?: ContainerDefinition[]
}

export interface ContainerDefinition {
  [member: string]: unknown
  name?: string
  image?: string
}

/** A name and a value, as `environment` has them. */
export interface NameValue {
  name: string
  value: string
}

/** What only Describe gives; RegisterTaskDefinition refuses it. Source: DescribeTaskDefinition minus RegisterTaskDefinition in the service model. */
const describeOnly = [
  'compatibilities',
  'deleteRequestedAt',
  'deregisteredAt',
  'registeredAt',
  'registeredBy',
  'requiresAttributes',
  'revision',
  'status',
  'taskDefinitionArn',
] as const

const largestFile = 1024 * 1024

/**
 * Reads a task definition from JSON, JSON with comments, or YAML.
 * @throws UserError naming the file and the place
 */
export function parseTaskDefinition(text: string, file: string): TaskDefinition {
  if (text.length > largestFile) throw new UserError(`${file}: is larger than 1 MiB`)
  const value = /^\s*(\{|\/\/|\/\*)/.test(text) ? parseCommentedJson(text, file) : parseYamlFile(text, file)
  return checkedShape(value, file)
}

function parseCommentedJson(text: string, file: string): unknown {
  const errors: ParseError[] = []
  const value: unknown = parseJsonc(text, errors, { allowTrailingComma: true })
  const error = errors[0]
  if (error === undefined) return value
  const before = text.slice(0, error.offset).split('\n')
  throw new UserError(
    `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}: ${printParseErrorCode(error.error)}`,
  )
}

function parseYamlFile(text: string, file: string): unknown {
  try {
    return parseYaml(text, { maxAliasCount: 100 })
  } catch (error) {
    throw new UserError(`${file}: is neither JSON nor YAML: ${messageOf(error)}`, { cause: error })
  }
}

function checkedShape(value: unknown, file: string): TaskDefinition {
  const isObject = (item: unknown): item is Record<string, unknown> =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
  if (!isObject(value))
    throw new UserError(`${file}: expected a task definition, got ${Array.isArray(value) ? 'a list' : typeof value}`)
  const document = isObject(value['taskDefinition']) ? value['taskDefinition'] : value
  const containers = document['containerDefinitions']
  if (!Array.isArray(containers) || !containers.every(isObject)) {
    throw new UserError(`${file}: expected containerDefinitions to be a list of containers`)
  }
  for (const [index, container] of containers.entries()) {
    for (const member of ['name', 'image']) {
      if (container[member] !== undefined && typeof container[member] !== 'string') {
        throw new UserError(`${file}: expected containerDefinitions[${index}].${member} to be text`)
      }
    }
  }
  return withoutDescribeOnly(document as TaskDefinition)
}

/** A described revision as it would be registered again. */
export function withoutDescribeOnly(document: TaskDefinition): TaskDefinition {
  const kept = Object.entries(document).filter(([name]) => !(describeOnly as readonly string[]).includes(name))
  return Object.fromEntries(kept)
}

/** One form for task definitions that mean the same, described ones too. Only for comparing. */
export const canonical = (document: TaskDefinition): Readonly<Record<string, unknown>> =>
  canonicalForm(withoutDescribeOnly(document))

/** Whether registering one would make a revision that differs from the other in nothing but its number. */
export const sameTaskDefinition = (a: TaskDefinition, b: TaskDefinition): boolean =>
  JSON.stringify(canonical(a)) === JSON.stringify(canonical(b))
