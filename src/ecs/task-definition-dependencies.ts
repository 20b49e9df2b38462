import { didYouMean } from '../action/closest.ts'
import { textOf } from './render-rows.ts'
import type { ContainerDefinition } from './task-definition.ts'

/** Containers that wait for one that is not there, or for one another; a line each. */
export function dependencyProblems(containers: readonly ContainerDefinition[]): readonly string[] {
  const names = containers.map(({ name }) => name ?? '')
  const waits = new Map(containers.map((container) => [container.name ?? '', dependsOn(container)]))
  const problems = [...waits].flatMap(([name, others]) =>
    others
      .filter((other) => !names.includes(other))
      .map((other) => `${name}: depends on '${other}', which is no container${didYouMean(other, names)}`),
  )
  const circle = findCircle(waits)
  return circle === undefined ? problems : [...problems, `containers wait for one another: ${circle.join(' → ')}`]
}

const dependsOn = (container: ContainerDefinition): readonly string[] => {
  const rows: unknown = container['dependsOn']
  return Array.isArray(rows)
    ? rows.map((row: { containerName?: unknown } | null) => textOf(row?.containerName ?? ''))
    : []
}

function findCircle(waits: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>()
  const visit = (name: string, path: readonly string[]): readonly string[] | undefined => {
    const at = path.indexOf(name)
    if (at >= 0) return [...path.slice(at), name]
    if (done.has(name)) return undefined
    for (const other of waits.get(name) ?? []) {
      const circle = visit(other, [...path, name])
      if (circle !== undefined) return circle
    }
    done.add(name)
    return undefined
  }
  for (const name of waits.keys()) {
    const circle = visit(name, [])
    if (circle !== undefined) return circle
  }
  return undefined
}
