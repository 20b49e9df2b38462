import type { TaskDefinition } from './task-definition.ts'
import { type Members, taskDefinitionMembers } from './task-definition-members.ts'

/** Members that are lists of texts, which the table of members does not tell from texts. */
const textLists = new Set([
  'command',
  'entryPoint',
  'links',
  'dnsServers',
  'dnsSearchDomains',
  'dockerSecurityOptions',
  'credentialSpecs',
  'requiresCompatibilities',
])

/** Lists and objects that stand in the place of one another; a line each. ECS answers with a serialization error that names no member. */
export const shapeProblems = (document: TaskDefinition): readonly string[] =>
  differing(document, taskDefinitionMembers, '')

function differing(value: unknown, known: Members, path: string): readonly string[] {
  if (known === null || value === undefined || value === null) return []
  if (Array.isArray(known)) {
    if (!Array.isArray(value)) return [`${path} must be a list`]
    const [item] = known as readonly [Members]
    return value.flatMap((entry, index) => differing(entry, item, `${path}[${index}]`))
  }
  if (typeof value !== 'object' || Array.isArray(value)) return [`${path} must be an object`]
  const members = known as { readonly [member: string]: Members }
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = path === '' ? name : `${path}.${name}`
    if (textLists.has(name) && inner !== null && !isTexts(inner)) return [`${at} must be a list of texts`]
    return Object.hasOwn(members, name) ? differing(inner, members[name] as Members, at) : []
  })
}

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === 'string')
