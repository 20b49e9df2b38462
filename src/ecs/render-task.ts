import { withTimeout } from '../action/cancel.ts'
import type { ActionResult, Context } from '../action/define.ts'
import { InputError } from '../action/errors.ts'
import type { EcsApi } from './ecs-api.ts'
import type { ContainerChange, RenderChanges } from './render.ts'
import {
  readTaskDefinition,
  renderChecked,
  type TaskDefinitionSource,
  type UnknownFields,
  writeTaskDefinition,
} from './rendering.ts'
import type { TaskDefinition } from './task-definition.ts'
import { describeDifference, taskDefinitionDiff } from './task-definition-diff.ts'

/** What one rendering is asked for. */
export interface RenderRequest {
  readonly source: TaskDefinitionSource
  /** Those that `change` is for; the only container when absent. */
  readonly containers: readonly string[] | undefined
  readonly images: Readonly<Record<string, string>>
  readonly change: ContainerChange
  readonly task: Omit<RenderChanges, 'containers'>
  readonly unknownFields: UnknownFields
  readonly timeoutMs: number
}

type RenderOutputs = Readonly<Record<'task-definition' | 'family' | 'images', { description: string }>>

/** Reads, renders, checks and writes a task definition, and says what it changed. */
export async function renderTask(
  request: RenderRequest,
  api: () => EcsApi,
  { host, env, signal, clock }: Pick<Context, 'host' | 'env' | 'signal' | 'clock'>,
): Promise<ActionResult<RenderOutputs>> {
  const before = await withTimeout(request.timeoutMs, clock, signal, (inTime) =>
    readTaskDefinition(request.source, api, inTime),
  )
  const rendered = renderChecked(before, renderChanges(request, before), request.unknownFields, host)
  const changes = taskDefinitionDiff(before, rendered).map(describeDifference)
  for (const line of changes) host.info(line)
  if (changes.length === 0) host.info('the task definition stays as it is')
  const path = await writeTaskDefinition(rendered, env)
  host.info(`rendered ${path}`)
  const family = String(rendered['family'])
  const images = Object.fromEntries(
    (rendered.containerDefinitions ?? []).map(({ name, image }) => [name ?? '', image ?? '']),
  )
  const body = changes.length === 0 ? 'Nothing differs from its source.' : `\`\`\`diff\n${changes.join('\n')}\n\`\`\``
  return {
    outcome: 'succeeded',
    outputs: { 'task-definition': path, family, images: JSON.stringify(images) },
    detail: { family, images, changes, file: path },
    summary: `### Task definition ${family}\n\n${body}`,
  }
}

function renderChanges(request: RenderRequest, document: TaskDefinition): RenderChanges {
  const names = (document.containerDefinitions ?? []).map(({ name }) => name ?? '')
  const asked = Object.values(request.change).some((value) => value !== undefined)
  const only = names.length === 1 ? names : undefined
  const chosen = asked ? (request.containers ?? only) : (request.containers ?? [])
  if (chosen === undefined) {
    throw new InputError([
      `input 'container-name': is required, since the task definition has several containers: ${names.join(', ')}`,
    ])
  }
  const containers: Record<string, ContainerChange> = Object.fromEntries(chosen.map((name) => [name, request.change]))
  for (const [name, image] of Object.entries(request.images)) containers[name] = { ...containers[name], image }
  return { ...request.task, containers }
}
