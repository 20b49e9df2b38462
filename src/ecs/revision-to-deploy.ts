import { messageOf } from '../action/errors.ts'
import type { Host } from '../action/host.ts'
import type { EcsApi } from './ecs-api.ts'
import { lastingCall } from './lasting-call.ts'
import { sameTaskDefinition, type TaskDefinition } from './task-definition.ts'

/** A revision that a deployment is for. */
export interface RevisionToDeploy {
  readonly arn: string
  /** It was registered for this deployment, and goes again when the deployment does not begin. */
  readonly registered: boolean
}

/** The revision to deploy: the given one, the newest of the family when it is the same, or a new one. */
export async function revisionToDeploy(
  ecs: EcsApi,
  wanted: { readonly document: TaskDefinition; readonly arn: string | undefined },
  host: Host,
  signal: AbortSignal,
  /** Told of a new revision at once, also when the job was cancelled while it was registered. */
  onRegistered: (arn: string) => void = () => undefined,
): Promise<RevisionToDeploy> {
  const { document, arn } = wanted
  const found = arn ?? (await sameNewest(ecs, document, signal))
  if (found !== undefined) {
    host.info(`deploying the registered ${found}`)
    return { arn: found, registered: false }
  }
  const made = (
    await lastingCall(
      signal,
      (lasting) => ecs.register(document, lasting),
      (revision) => onRegistered(revision.arn),
    )
  ).arn
  host.info(`registered ${made}`)
  return { arn: made, registered: true }
}

async function sameNewest(ecs: EcsApi, document: TaskDefinition, signal: AbortSignal): Promise<string | undefined> {
  const newest = await ecs.newestRevision(String(document['family']), signal)
  return newest !== undefined && sameTaskDefinition(newest.document, document) ? newest.arn : undefined
}

/** The deployment did not begin: a revision that was registered for it goes again. */
export async function takeBack(ecs: EcsApi, revision: RevisionToDeploy, host: Host): Promise<void> {
  if (!revision.registered) return
  try {
    await ecs.deregister(revision.arn)
  } catch (error) {
    host.warn(
      `${revision.arn} was registered for a deployment that did not begin and could not be taken back: ${messageOf(error)}`,
    )
  }
}
