import type { TextsByName } from './environment-input.ts'
import type { HealthCheck } from './health-check.ts'
import type { MountPoint } from './mount-points.ts'
import type { PortMapping } from './port-mappings.ts'
import { type Row, rowsOf, textOf, upsertRows } from './render-rows.ts'
import type { ContainerDefinition } from './task-definition.ts'

/** What to put into one container. An absent member leaves what is there. */
export interface ContainerChange {
  readonly image?: string | undefined
  readonly environment?: TextsByName | undefined
  readonly removeEnvironment?: readonly string[] | undefined
  /** `environment` takes the place of all that is there. */
  readonly replaceEnvironment?: boolean | undefined
  /** S3 ARNs; take the place of those there. */
  readonly environmentFiles?: readonly string[] | undefined
  /** ARN or parameter name by variable. */
  readonly secrets?: TextsByName | undefined
  readonly removeSecrets?: readonly string[] | undefined
  readonly replaceSecrets?: boolean | undefined
  readonly logDriver?: string | undefined
  readonly logOptions?: TextsByName | undefined
  readonly logSecretOptions?: TextsByName | undefined
  readonly dockerLabels?: TextsByName | undefined
  readonly command?: readonly string[] | undefined
  readonly entryPoint?: readonly string[] | undefined
  /** CPU units. */
  readonly cpu?: number | undefined
  /** Hard limit in MiB. */
  readonly memory?: number | undefined
  /** Soft limit in MiB. */
  readonly memoryReservation?: number | undefined
  /** Take the place of those there. */
  readonly portMappings?: readonly PortMapping[] | undefined
  readonly healthCheck?: HealthCheck | undefined
  /** Each takes the place of what is mounted at its path. */
  readonly mountPoints?: readonly MountPoint[] | undefined
  readonly essential?: boolean | undefined
  readonly user?: string | undefined
  readonly workingDirectory?: string | undefined
  /** Seconds. */
  readonly stopTimeout?: number | undefined
  readonly readonlyRootFilesystem?: boolean | undefined
}

/** Members that are put in as they come. */
const plain = [
  'image',
  'command',
  'entryPoint',
  'cpu',
  'memory',
  'memoryReservation',
  'portMappings',
  'essential',
  'user',
  'workingDirectory',
  'stopTimeout',
  'readonlyRootFilesystem',
] as const

/** The container with the change in it; what the change does not name stays as the user wrote it. */
export function renderContainer(container: ContainerDefinition, change: ContainerChange): ContainerDefinition {
  const next: ContainerDefinition = { ...container }
  for (const member of plain) {
    const value = change[member]
    if (value !== undefined) Object.assign(next, { [member]: value })
  }
  const environment = renderTexts(container['environment'], 'value', {
    add: change.environment,
    remove: change.removeEnvironment,
    replace: change.replaceEnvironment,
  })
  if (environment !== undefined) next['environment'] = environment
  const secrets = renderTexts(container['secrets'], 'valueFrom', {
    add: change.secrets,
    remove: change.removeSecrets,
    replace: change.replaceSecrets,
  })
  if (secrets !== undefined) next['secrets'] = secrets
  if (change.environmentFiles !== undefined) {
    next['environmentFiles'] = change.environmentFiles.map((value) => ({ value, type: 's3' }))
  }
  const log = renderLog(container['logConfiguration'], change)
  if (log !== undefined) next['logConfiguration'] = log
  if (change.dockerLabels !== undefined) {
    next['dockerLabels'] = { ...(container['dockerLabels'] as TextsByName | undefined), ...change.dockerLabels }
  }
  if (change.healthCheck !== undefined) {
    next['healthCheck'] = { ...(container['healthCheck'] as HealthCheck | undefined), ...change.healthCheck }
  }
  if (change.mountPoints !== undefined) {
    next['mountPoints'] = upsertRows(
      rowsOf(container['mountPoints']),
      change.mountPoints as unknown as Row[],
      'containerPath',
    )
  }
  return next
}

interface TextsChange {
  readonly add: TextsByName | undefined
  readonly remove: readonly string[] | undefined
  readonly replace: boolean | undefined
}

/** The rows afterwards, or undefined when they stay as they are. */
function renderTexts(
  before: unknown,
  member: string,
  { add, remove, replace }: TextsChange,
): readonly Row[] | undefined {
  if (add === undefined && remove === undefined && replace !== true) return undefined
  if (before === undefined && add === undefined) return undefined
  const removed = new Set(remove ?? [])
  const kept = replace === true ? [] : rowsOf(before).filter(({ name }) => !removed.has(textOf(name)))
  const added = Object.entries(add ?? {}).map(([name, text]) => ({ name, [member]: text }))
  return upsertRows(kept, added, 'name')
}

function renderLog(before: unknown, change: ContainerChange): unknown {
  const { logDriver, logOptions, logSecretOptions } = change
  if (logDriver === undefined && logOptions === undefined && logSecretOptions === undefined) return undefined
  const log = (before ?? {}) as Readonly<Record<string, unknown>>
  const secretOptions = Object.entries(logSecretOptions ?? {}).map(([name, valueFrom]) => ({ name, valueFrom }))
  return {
    ...log,
    ...(logDriver === undefined ? {} : { logDriver }),
    ...(logOptions === undefined ? {} : { options: { ...(log['options'] as TextsByName | undefined), ...logOptions } }),
    ...(logSecretOptions === undefined
      ? {}
      : { secretOptions: upsertRows(rowsOf(log['secretOptions']), secretOptions, 'name') }),
  }
}
