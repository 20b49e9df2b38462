import { parse as parseYaml } from 'yaml'
import { messageOf, UserError } from '../action/errors.ts'

/** An AppSpec for ECS, with whatever else the user wrote. */
export interface AppSpec {
  [member: string]: unknown
}

type Node = Record<string, unknown>
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

/** AppSpec members are read without regard to case, as CodeDeploy does. */
const keyOf = (node: Node, name: string): string | undefined =>
  Object.keys(node).find((key) => key.toLowerCase() === name.toLowerCase())

/** A member of a map, whatever the case of its name. */
export const memberOf = (value: unknown, name: string): unknown =>
  isNode(value) ? value[keyOf(value, name) ?? ''] : undefined

/**
 * Reads an AppSpec (YAML or JSON).
 * @throws UserError when it names no ECS target service
 */
export function parseAppSpec(text: string, file: string): AppSpec {
  if (text.length > 256 * 1024) throw new UserError(`${file}: is larger than 256 KiB`)
  let value: unknown
  try {
    value = parseYaml(text, { maxAliasCount: 100 })
  } catch (error) {
    throw new UserError(`${file}: is neither YAML nor JSON: ${messageOf(error)}`, { cause: error })
  }
  if (!isNode(value) || targetProperties(value).length === 0) {
    throw new UserError(`${file}: expected Resources with a TargetService of type AWS::ECS::Service`)
  }
  return value
}

/** The properties of each target service. */
export function targetProperties(spec: AppSpec): Record<string, unknown>[] {
  const resources = memberOf(spec, 'Resources')
  const found: Node[] = []
  for (const resource of Array.isArray(resources) ? resources : []) {
    for (const target of isNode(resource) ? Object.values(resource) : []) {
      const properties = memberOf(target, 'Properties')
      if (isNode(properties)) found.push(properties)
    }
  }
  return found
}

/** The same AppSpec with the task definition in each target; nothing else is touched. */
export function withTaskDefinition(spec: AppSpec, taskDefinitionArn: string): AppSpec {
  const copy = structuredClone(spec)
  for (const properties of targetProperties(copy))
    properties[keyOf(properties, 'TaskDefinition') ?? 'TaskDefinition'] = taskDefinitionArn
  return copy
}

/** The task definitions that an AppSpec deploys. */
export function taskDefinitionsIn(spec: AppSpec): readonly string[] {
  return targetProperties(spec).flatMap((properties) => {
    const value = memberOf(properties, 'TaskDefinition')
    return typeof value === 'string' ? [value] : []
  })
}

/** The hooks of an AppSpec as pairs of event and function, as they are written. */
export function hooksIn(spec: AppSpec): readonly (readonly [event: string, name: unknown])[] {
  const hooks = memberOf(spec, 'Hooks')
  return (Array.isArray(hooks) ? hooks : [hooks]).filter(isNode).flatMap((hook) => Object.entries(hook))
}

/** The text that CodeDeploy gets: JSON, its version written as CodeDeploy's documentation writes it. */
export function appSpecContent(spec: AppSpec): string {
  const { [keyOf(spec, 'version') ?? 'version']: _, ...rest } = spec
  return `{"version":0.0,${JSON.stringify(rest).slice(1)}`
}

/** The first task definition of an AppSpec in a deployment's revision; undefined when it cannot be read. */
export function deployedTaskDefinition(content: string | undefined): string | undefined {
  if (content === undefined) return undefined
  try {
    return taskDefinitionsIn(parseAppSpec(content, 'the AppSpec'))[0]
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}
