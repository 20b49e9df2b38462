import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Service } from '@aws-sdk/client-ecs'
import { InputError, messageOf, UserError } from '../action/errors.ts'
import type { Log } from '../action/host.ts'
import type { EcsApi } from './ecs-api.ts'
import { missingContainers, type RenderChanges, renderTaskDefinition } from './render.ts'
import { type TaskDefinition, withoutDescribeOnly } from './task-definition.ts'
import { taskDefinitionProblems } from './task-definition-checks.ts'
import { parseTaskDefinition } from './task-definition-file.ts'
import { taskDefinitionMembers } from './task-definition-members.ts'
import { shapeProblems } from './task-definition-shape.ts'
import { taskDefinitionWarnings } from './task-definition-warnings.ts'
import { unknownMembers } from './unknown-members.ts'

/** Where a task definition comes from: a file, a reference that ECS knows, or the revision that a service runs. */
export type TaskDefinitionSource =
  | { readonly file: string }
  | { readonly reference: string }
  | { readonly service: string; readonly cluster: string }

export type UnknownFields = 'error' | 'warn' | 'ignore'

/** Reads the source; only a reference or a service calls ECS. @throws UserError */
export async function readTaskDefinition(
  source: TaskDefinitionSource,
  api: () => EcsApi,
  signal: AbortSignal,
): Promise<TaskDefinition> {
  if ('reference' in source) {
    return withoutDescribeOnly((await api().describeTaskDefinition(source.reference, signal)).document)
  }
  if ('service' in source) {
    const reference = runningTaskDefinition(await api().service(source.cluster, source.service, signal))
    return withoutDescribeOnly((await api().describeTaskDefinition(reference, signal)).document)
  }
  try {
    return parseTaskDefinition(await readFile(source.file, 'utf8'), source.file)
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`cannot read the task definition '${source.file}': ${messageOf(error)}`, { cause: error })
  }
}

/** The revision that serves: the primary task set's where the service has task sets, the service's own otherwise. @throws UserError */
function runningTaskDefinition({ serviceName, taskSets, taskDefinition }: Service): string {
  const primary = (taskSets ?? []).find(({ status }) => status === 'PRIMARY')
  const reference = primary?.taskDefinition ?? taskDefinition
  if (reference === undefined) throw new UserError(`the service '${serviceName ?? ''}' runs no task definition`)
  return reference
}

/** Every problem of the document with the changes in it, a line each; unknown members are among them when told so. */
export function renderProblems(
  document: TaskDefinition,
  changes: RenderChanges,
  unknown: UnknownFields,
): readonly string[] {
  const missing = missingContainers(document, changes)
  const there = Object.entries(changes.containers).filter(([name]) => !missing.has(name))
  const rendered = renderTaskDefinition(document, { ...changes, containers: Object.fromEntries(there) })
  const strange = unknown === 'error' ? unknownMembers(rendered, taskDefinitionMembers) : []
  // The source's own shape too: what has the wrong one would be lost under a change.
  const all = [...missing.values(), ...shapeProblems(document), ...taskDefinitionProblems(rendered), ...strange]
  return [...new Set(all)].map((problem) => `task definition: ${problem}`)
}

/**
 * Puts the changes in and checks the whole.
 * @throws InputError with every problem at once; unknown members are among them when told so
 */
export function renderChecked(
  document: TaskDefinition,
  changes: RenderChanges,
  unknown: UnknownFields,
  log: Log,
): TaskDefinition {
  const problems = renderProblems(document, changes, unknown)
  if (problems.length > 0) throw new InputError(problems)
  const rendered = renderTaskDefinition(document, changes)
  if (unknown === 'warn') {
    for (const line of unknownMembers(rendered, taskDefinitionMembers))
      log.warn(`task definition: ${line}; it is sent as it stands`)
  }
  for (const line of taskDefinitionWarnings(rendered)) log.warn(`task definition: ${line}`)
  return rendered
}

/** Writes the rendered file under a name made of its content, readable by its owner only, and returns the path. */
export async function writeTaskDefinition(document: TaskDefinition, env: NodeJS.ProcessEnv): Promise<string> {
  const text = `${JSON.stringify(document, null, 2)}\n`
  const folder = env['RUNNER_TEMP'] || '.strangler-deploy'
  const name = `task-definition-${createHash('sha256').update(text).digest('hex').slice(0, 12)}.json`
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, name), text, { mode: 0o600 })
  return join(folder, name)
}
