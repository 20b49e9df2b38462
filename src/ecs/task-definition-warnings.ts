import type { TaskDefinition } from './task-definition.ts'

/** What works, and will trip someone over one day; a line each. */
export function taskDefinitionWarnings(document: TaskDefinition): readonly string[] {
  const warnings: string[] = []
  for (const { name, image } of document.containerDefinitions ?? []) {
    if (image !== undefined && !image.includes('@'))
      warnings.push(
        `${name ?? ''}: ${image} is an image by tag, which can move under a running service: pin it by digest (repository@sha256:…)`,
      )
  }
  for (const path of nulls(document, ''))
    warnings.push(`${path} is null: it is kept as it stands, ECS takes it for unset`)
  return warnings
}

function nulls(value: unknown, path: string): readonly string[] {
  if (value === null) return [path]
  if (typeof value !== 'object') return []
  return Object.entries(value as object).flatMap(([name, item]) => {
    const at = Array.isArray(value) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`
    return nulls(item, at)
  })
}
