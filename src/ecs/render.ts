import { didYouMean } from '../action/closest.ts'
import { InputError } from '../action/errors.ts'
import { type ContainerChange, renderContainer } from './render-container.ts'
import { type Row, rowsOf, textOf, upsertRows } from './render-rows.ts'
import type { TaskDefinition } from './task-definition.ts'

/** What to put into a task definition beside its containers. An absent member leaves what is there. */
export interface TaskChange {
  readonly family?: string | undefined
  readonly cpu?: string | undefined
  readonly memory?: string | undefined
  readonly taskRoleArn?: string | undefined
  readonly executionRoleArn?: string | undefined
  readonly networkMode?: string | undefined
  readonly requiresCompatibilities?: readonly string[] | undefined
  readonly runtimePlatform?: Row | undefined
  readonly ephemeralStorage?: { readonly sizeInGiB: number } | undefined
  /** Each takes the place of the volume of its name. */
  readonly volumes?: readonly Row[] | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
}

/** What to put into a task definition. */
export interface RenderChanges extends TaskChange {
  readonly containers: Readonly<Record<string, ContainerChange>>
}

/** Containers that changes are for and that are not there, each with a line that names those that are. */
export function missingContainers(document: TaskDefinition, changes: RenderChanges): ReadonlyMap<string, string> {
  const names = (document.containerDefinitions ?? []).map(({ name }) => name ?? '')
  const missing = Object.keys(changes.containers).filter((name) => !names.includes(name))
  return new Map(
    missing.map((name) => [
      name,
      `there is no container '${name}'${didYouMean(name, names)} (the task definition has ${names.join(', ')})`,
    ]),
  )
}

/** Variables and secrets that are to be taken away and are not there: a slip of the pen, most likely. A line each. */
export function missingVariables(
  document: TaskDefinition,
  containers: Readonly<Record<string, ContainerChange>>,
): readonly string[] {
  return (document.containerDefinitions ?? []).flatMap((container) => {
    const change = Object.hasOwn(containers, container.name ?? '') ? containers[container.name ?? ''] : undefined
    const missing = (member: string, what: string, names: readonly string[] | undefined): readonly string[] => {
      const there = rowsOf(container[member]).map((row) => textOf(row['name']))
      return (names ?? [])
        .filter((name) => !there.includes(name))
        .map((name) => `${container.name ?? ''}: there is no ${what} ${name} to take away${didYouMean(name, there)}`)
    }
    return [
      ...missing('environment', 'variable', change?.removeEnvironment),
      ...missing('secrets', 'secret', change?.removeSecrets),
    ]
  })
}

/**
 * The task definition with the changes in it. Everything else stays as the user wrote it: empty texts, empty lists, zeroes and nulls too.
 * @throws InputError for containers that do not exist, naming those that do
 */
export function renderTaskDefinition(document: TaskDefinition, changes: RenderChanges): TaskDefinition {
  const containers = document.containerDefinitions ?? []
  const missing = missingContainers(document, changes)
  if (missing.size > 0) throw new InputError([...missing.values()])
  const { containers: asked, volumes, tags, ...members } = changes
  const next: TaskDefinition = { ...document }
  for (const [name, value] of Object.entries(members)) if (value !== undefined) next[name] = value
  if (volumes !== undefined) next['volumes'] = upsertRows(rowsOf(document['volumes']), volumes, 'name')
  if (tags !== undefined) {
    const rows = Object.entries(tags).map(([key, value]) => ({ key, value }))
    next['tags'] = upsertRows(rowsOf(document['tags']), rows, 'key')
  }
  if (document.containerDefinitions !== undefined) {
    next.containerDefinitions = containers.map((container) => {
      const change = Object.hasOwn(asked, container.name ?? '') ? asked[container.name ?? ''] : undefined
      return change === undefined ? container : renderContainer(container, change)
    })
  }
  return next
}
