import { withTimeout } from '../action/cancel.ts'
import type { ActionResult, Context } from '../action/define.ts'
import { InputError } from '../action/errors.ts'
import type { Json, JsonObject } from '../action/host.ts'
import { knownChanges, mergedSettings, withSecretsOfStores, withVariablesOfFiles } from './container-changes.ts'
import type { ContainerSettings } from './container-settings.ts'
import type { EcsApi } from './ecs-api.ts'
import { missingVariables, type TaskChange } from './render.ts'
import { renderSummary } from './render-report.ts'
import {
  readTaskDefinition,
  renderChecked,
  renderProblems,
  type TaskDefinitionSource,
  type UnknownFields,
  writeTaskDefinition,
} from './rendering.ts'
import type { SecretStore } from './secret-sources.ts'
import type { TaskDefinition } from './task-definition.ts'
import { type Difference, describeDifferences, taskDefinitionDiff } from './task-definition-diff.ts'

/** What one rendering is asked for. */
export interface RenderRequest {
  readonly source: TaskDefinitionSource
  /** What the result is compared with; the source when absent. */
  readonly compareWith: TaskDefinitionSource | undefined
  /** Those that `settings` are for; the only container when absent. */
  readonly containers: readonly string[] | undefined
  readonly settings: ContainerSettings
  readonly images: Readonly<Record<string, string>>
  /** Settings of single containers; they go before `settings`. */
  readonly byContainer: Readonly<Record<string, ContainerSettings>>
  /** Whether parameters below the children of a path are meant too. */
  readonly recursive: boolean
  readonly task: TaskChange
  readonly unknownFields: UnknownFields
  /** Milliseconds for all that is read. */
  readonly timeoutMs: number
}

/** What is read from AWS, made when it is first needed. */
export interface RenderParts extends Pick<Context, 'host' | 'env' | 'signal' | 'clock'> {
  readonly ecs: () => EcsApi
  readonly secrets: () => SecretStore
}

type RenderOutputs = Readonly<Record<'task-definition' | 'family' | 'images' | 'changed', { description: string }>>

/** Reads, renders, checks and writes a task definition, and says what it changed. */
export async function renderTask(
  request: RenderRequest,
  { host, env, signal, clock, ecs, secrets }: RenderParts,
): Promise<ActionResult<RenderOutputs>> {
  const { before, reference, containers } = await withTimeout(request.timeoutMs, clock, signal, async (inTime) => {
    const source = await readTaskDefinition(request.source, ecs, inTime)
    const { settings, problems } = await withVariablesOfFiles(settingsByContainer(request, source))
    // All that can be known is checked before a store is asked.
    const known = { ...request.task, containers: knownChanges(settings) }
    const all = [...problems, ...renderProblems(source, known, request.unknownFields)]
    if (all.length > 0) throw new InputError(all)
    return {
      before: source,
      containers: await withSecretsOfStores(settings, request.recursive, secrets, inTime),
      reference:
        request.compareWith === undefined ? source : await readTaskDefinition(request.compareWith, ecs, inTime),
    }
  })
  for (const line of missingVariables(before, containers)) host.warn(line)
  const rendered = renderChecked(before, { ...request.task, containers }, request.unknownFields, host)
  const changes = taskDefinitionDiff(reference, rendered)
  const changed = changes.length > 0
  const comparedWith = sourceName(request.compareWith ?? request.source)
  host.info(changed ? `against ${comparedWith}:` : `the task definition is the same as ${comparedWith}`)
  for (const line of describeDifferences(changes)) host.info(line)
  const path = await writeTaskDefinition(rendered, env)
  host.info(`rendered ${path}`)
  const family = String(rendered['family'])
  const images = Object.fromEntries(
    (rendered.containerDefinitions ?? []).map(({ name, image }) => [name ?? '', image ?? '']),
  )
  return {
    outcome: changed ? 'succeeded' : 'unchanged',
    outputs: { 'task-definition': path, family, images: JSON.stringify(images), changed: String(changed) },
    detail: { family, images, changed, comparedWith, changes: changes.map(asJson), file: path },
    summary: renderSummary(family, comparedWith, changes),
  }
}

const sourceName = (source: TaskDefinitionSource): string => {
  if ('file' in source) return source.file
  return 'reference' in source ? source.reference : `the revision that ${source.service} runs`
}

function settingsByContainer(
  request: RenderRequest,
  document: TaskDefinition,
): Readonly<Record<string, ContainerSettings>> {
  const names = (document.containerDefinitions ?? []).map(({ name }) => name ?? '')
  const asked = Object.values(request.settings).some((value) => value !== undefined)
  const only = names.length === 1 ? names : undefined
  const chosen = asked ? (request.containers ?? only) : (request.containers ?? [])
  if (chosen === undefined) {
    throw new InputError([
      `input 'container-name': is required, since the task definition has several containers: ${names.join(', ')}`,
    ])
  }
  const settings = new Map<string, ContainerSettings>(chosen.map((name) => [name, given(request.settings)]))
  for (const [name, own] of Object.entries(request.byContainer)) {
    settings.set(name, mergedSettings(settings.get(name) ?? {}, own))
  }
  for (const [name, image] of Object.entries(request.images)) settings.set(name, { ...settings.get(name), image })
  return Object.fromEntries(settings)
}

const asJson = ({ container, member, before, after }: Difference): JsonObject => ({
  ...(container === undefined ? {} : { container }),
  member,
  ...(before === undefined ? {} : { before: before as Json }),
  ...(after === undefined ? {} : { after: after as Json }),
})

const given = (settings: ContainerSettings): ContainerSettings =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
