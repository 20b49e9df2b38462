import { existsSync } from 'node:fs'
import type { Log } from '../action/host.ts'
import type { EcsApi } from './ecs-api.ts'
import { readTaskDefinition, renderChecked, type UnknownFields } from './rendering.ts'
import type { TaskDefinition } from './task-definition.ts'

/** What an input `task-definition` names. */
export interface WantedRevision {
  readonly document: TaskDefinition
  /** Of a revision that is registered already; deployed as it is. */
  readonly arn: string | undefined
}

/**
 * A file that is there; otherwise an ARN, `family:revision` or `family`, which ECS knows.
 * @throws UserError, InputError
 */
export async function wantedRevision(
  given: string,
  ecs: EcsApi,
  unknown: UnknownFields,
  log: Log,
  signal: AbortSignal,
): Promise<WantedRevision> {
  const isReference = given.startsWith('arn:') || (/^[\w-]{1,255}(:\d{1,9})?$/.test(given) && !existsSync(given))
  if (isReference) return await ecs.describeTaskDefinition(given, signal)
  const document = await readTaskDefinition({ file: given }, () => ecs, signal)
  return { document: renderChecked(document, { containers: {} }, unknown, log), arn: undefined }
}
