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

/** Whether an input names a revision in ECS: an ARN, or `family` or `family:revision` where no file has that name. */
export const isReference = (given: string): boolean =>
  given.startsWith('arn:') || (/^[\w-]{1,255}(:\d{1,9})?$/.test(given) && !existsSync(given))

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
  if (isReference(given)) return await ecs.describeTaskDefinition(given, signal)
  const document = await readTaskDefinition({ file: given }, () => ecs, signal)
  return { document: renderChecked(document, { containers: {} }, unknown, log), arn: undefined }
}
