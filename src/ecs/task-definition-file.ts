import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import { parse as parseYaml } from 'yaml'
import { messageOf, UserError } from '../action/errors.ts'
import { type TaskDefinition, withoutDescribeOnly } from './task-definition.ts'

const largestFile = 1024 * 1024

/**
 * Reads a task definition from JSON, JSON with comments, or YAML (with anchors and merges).
 * @throws UserError naming the file and the place
 */
export function parseTaskDefinition(content: string, file: string): TaskDefinition {
  if (content.length > largestFile) throw new UserError(`${file}: is larger than 1 MiB`)
  const text = content.replace(/^\uFEFF/, '')
  try {
    const value = /^\s*(\{|\/\/|\/\*)/.test(text) ? parseCommentedJson(text, file) : parseYamlFile(text, file)
    return checkedShape(value, file)
  } catch (error) {
    if (error instanceof RangeError) throw new UserError(`${file}: is nested too deeply`, { cause: error })
    throw error
  }
}

/** Reads JSON as it stands; a member that stands twice is refused, since one of the two would be lost. */
function parseCommentedJson(text: string, file: string): unknown {
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { allowTrailingComma: true })
  const error = errors[0]
  if (error !== undefined)
    throw new UserError(`${place(text, error.offset, file)}: ${printParseErrorCode(error.error)}`)
  return tree === undefined ? undefined : valueOfNode(tree, text, file)
}

const place = (text: string, offset: number, file: string): string => {
  const before = text.slice(0, offset).split('\n')
  return `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
}

function valueOfNode(node: Node, text: string, file: string): unknown {
  if (node.type === 'array') return (node.children ?? []).map((child) => valueOfNode(child, text, file))
  if (node.type !== 'object') return node.value
  const members = new Map<string, unknown>()
  for (const { children } of node.children ?? []) {
    const [key, value] = children ?? []
    const name = String(key?.value)
    if (members.has(name)) throw new UserError(`${place(text, key?.offset ?? 0, file)}: '${name}' is there twice`)
    members.set(name, value === undefined ? undefined : valueOfNode(value, text, file))
  }
  return Object.fromEntries(members)
}

function parseYamlFile(text: string, file: string): unknown {
  try {
    return parseYaml(text, { maxAliasCount: 100, merge: true })
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
