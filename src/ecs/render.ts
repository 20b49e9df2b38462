import { didYouMean } from '../action/closest.ts'
import { InputError } from '../action/errors.ts'
import type { ContainerDefinition, NameValue, TaskDefinition } from './task-definition.ts'

/** What to put into one container. An absent member leaves what is there. */
export interface ContainerChange {
  readonly image?: string | undefined
  readonly environment?: Readonly<Record<string, string>> | undefined
  readonly removeEnvironment?: readonly string[] | undefined
  /** S3 ARNs; take the place of those there. */
  readonly environmentFiles?: readonly string[] | undefined
  /** ARN or parameter name by variable. */
  readonly secrets?: Readonly<Record<string, string>> | undefined
  readonly logDriver?: string | undefined
  readonly logOptions?: Readonly<Record<string, string>> | undefined
  readonly dockerLabels?: Readonly<Record<string, string>> | undefined
  readonly command?: readonly string[] | undefined
}

/** What to put into a task definition. */
export interface RenderChanges {
  readonly containers: Readonly<Record<string, ContainerChange>>
  readonly cpu?: string | undefined
  readonly memory?: string | undefined
  readonly taskRoleArn?: string | undefined
  readonly executionRoleArn?: string | undefined
}

/**
 * The task definition with the changes in it. Everything else stays as the user wrote it: empty texts, empty lists and zeroes too.
 * @throws InputError for containers that do not exist, naming those that do
 */
export function renderTaskDefinition(document: TaskDefinition, changes: RenderChanges): TaskDefinition {
  const containers = document.containerDefinitions ?? []
  const names = containers.map(({ name }) => name ?? '')
  const unknown = Object.keys(changes.containers).filter((name) => !names.includes(name))
  if (unknown.length > 0) {
    throw new InputError(
      unknown.map(
        (name) =>
          `there is no container '${name}'${didYouMean(name, names)} (the task definition has ${names.join(', ')})`,
      ),
    )
  }
  const { cpu, memory, taskRoleArn, executionRoleArn } = changes
  const set = Object.entries({ cpu, memory, taskRoleArn, executionRoleArn }).filter(([, value]) => value !== undefined)
  return {
    ...document,
    ...Object.fromEntries(set),
    containerDefinitions: containers.map((container) => {
      const change = changes.containers[container.name ?? '']
      return change === undefined ? container : renderContainer(container, change)
    }),
  }
}

function renderContainer(container: ContainerDefinition, change: ContainerChange): ContainerDefinition {
  const next: ContainerDefinition = { ...container }
  if (change.image !== undefined) next.image = change.image
  if (change.environment !== undefined || change.removeEnvironment !== undefined) {
    const removed = new Set(change.removeEnvironment ?? [])
    const kept = rows(container['environment']).filter(({ name }) => !removed.has(name))
    next['environment'] = upsert(kept, change.environment ?? {}, (name, value) => ({ name, value }))
  }
  if (change.secrets !== undefined) {
    next['secrets'] = upsert(rows(container['secrets']), change.secrets, (name, valueFrom) => ({ name, valueFrom }))
  }
  if (change.environmentFiles !== undefined) {
    next['environmentFiles'] = change.environmentFiles.map((value) => ({ value, type: 's3' }))
  }
  if (change.logDriver !== undefined || change.logOptions !== undefined) {
    const before = (container['logConfiguration'] ?? {}) as Record<string, unknown>
    const options = { ...(before['options'] as Record<string, string> | undefined), ...change.logOptions }
    next['logConfiguration'] = {
      ...before,
      ...(change.logDriver === undefined ? {} : { logDriver: change.logDriver }),
      ...(Object.keys(options).length === 0 ? {} : { options }),
    }
  }
  if (change.dockerLabels !== undefined) {
    next['dockerLabels'] = {
      ...(container['dockerLabels'] as Record<string, string> | undefined),
      ...change.dockerLabels,
    }
  }
  if (change.command !== undefined) next['command'] = [...change.command]
  return next
}

type Named = { readonly name: string } & Readonly<Record<string, unknown>>

const rows = (value: unknown): readonly Named[] => (Array.isArray(value) ? (value as Named[]) : [])

/** Replaces rows of the same name in their place and adds the others at the end. */
function upsert(
  before: readonly Named[],
  values: Readonly<Record<string, string>>,
  make: (name: string, value: string) => NameValue | { name: string; valueFrom: string },
): unknown[] {
  const after = before.map((row) =>
    Object.hasOwn(values, row.name) ? make(row.name, values[row.name] as string) : row,
  )
  const known = new Set(before.map(({ name }) => name))
  const added = Object.entries(values).filter(([name]) => !known.has(name))
  return [...after, ...added.map(([name, value]) => make(name, value))]
}

/**
 * Splits a command as a POSIX shell would split words, quotes and backslashes only; a JSON list is taken as it is. Nothing is run or expanded.
 * @throws InputError for a quote that is not closed
 */
export function splitCommand(text: string): readonly string[] {
  if (/^\s*\[/.test(text)) {
    try {
      const list: unknown = JSON.parse(text)
      if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list
    } catch {
      // Not JSON after all: a command may begin with a bracket ([ is a program).
    }
  }
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index)
    if (quote === "'") {
      if (char === "'") quote = ''
      else word = (word ?? '') + char
    } else if (char === '\\' && index + 1 < text.length && (quote === '' || /["\\$`]/.test(text.charAt(index + 1)))) {
      word = (word ?? '') + text.charAt(++index)
    } else if (quote === '"') {
      if (char === '"') quote = ''
      else word = (word ?? '') + char
    } else if (char === '"' || char === "'") {
      quote = char
      word ??= ''
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else {
      word = (word ?? '') + char
    }
  }
  if (quote !== '') throw new InputError([`input 'command': the quote ${quote} is not closed`])
  if (word !== undefined) words.push(word)
  return words
}
