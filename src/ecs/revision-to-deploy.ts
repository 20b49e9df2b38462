import type { Clock } from '../action/clock.ts'
import { messageOf } from '../action/errors.ts'
import type { Host } from '../action/host.ts'
import { isPassing, isRefused } from '../aws/errors.ts'
import type { EcsApi, Revision } from './ecs-api.ts'
import { lastingCall } from './lasting-call.ts'
import { sameTaskDefinition, type TaskDefinition } from './task-definition.ts'
import { taskDefinitionMembers } from './task-definition-members.ts'
import { unknownMembers } from './unknown-members.ts'

/** A revision that a deployment is for. */
export interface RevisionToDeploy {
  readonly arn: string
  /** It was registered for this deployment, and goes again when the deployment does not begin. */
  readonly registered: boolean
}

/** A document, or a revision that is deployed as it is. */
export interface Wanted {
  readonly document: TaskDefinition
  readonly arn: string | undefined
  /** The family's newest revision, when it was read just now. */
  readonly newest?: Revision | undefined
}

/** A revision on its way to one or several services. */
export interface SharedRevision {
  /** Undefined when the service's own is deployed again. */
  get(signal: AbortSignal): Promise<RevisionToDeploy | undefined>
  /** A service is about to be told of it: from then on it may be in use. */
  attempted(): void
  /** ECS said no to that. */
  refused(): void
}

interface Parts {
  readonly ecs: EcsApi
  readonly host: Host
  readonly clock: Clock
  readonly signal: AbortSignal
}

const mostTries = 5

/** What is wanted, held against what serves. */
export interface Compared {
  /** What serves, when it is what is wanted. */
  readonly same: string | undefined
  /** The family's newest revision, where it was read. */
  readonly newest: Revision | undefined
}

/** Reads no more than it needs: the newest revision of a family is most often the one that serves. */
export async function compared(
  ecs: EcsApi,
  wanted: Wanted,
  serving: string | undefined,
  signal: AbortSignal,
): Promise<Compared> {
  const { document, arn } = wanted
  if (arn !== undefined || serving === undefined)
    return { same: arn === serving ? serving : undefined, newest: undefined }
  const newest = await ecs.newestRevision(String(document['family']), signal)
  const runs = newest?.arn === serving ? newest : await ecs.describeTaskDefinition(serving, signal)
  return { same: sameTaskDefinition(runs.document, document) ? serving : undefined, newest }
}

/** The revision to deploy: the given one, the newest of the family when it is the same, or a new one. */
export async function revisionToDeploy(
  wanted: Wanted,
  { ecs, host, clock, signal }: Parts,
  /** Told of a new revision at once, also when the job was cancelled while it was registered. */
  onRegistered: (arn: string) => void = () => undefined,
): Promise<RevisionToDeploy> {
  const { document } = wanted
  const known = wanted.newest !== undefined && sameTaskDefinition(wanted.newest.document, document)
  const found =
    wanted.arn ??
    (wanted.newest === undefined ? await sameNewest(ecs, document, signal) : known ? wanted.newest.arn : undefined)
  if (found !== undefined) {
    host.info(`deploying the registered ${found}`)
    return { arn: found, registered: false }
  }
  for (let tries = 1; ; tries++) {
    try {
      const register = (lasting: AbortSignal) => ecs.register(document, lasting)
      const made = await lastingCall(signal, register, ({ arn }) => onRegistered(arn))
      const { arn } = made
      host.info(`registered ${arn}`)
      for (const member of unkept(document, made.document))
        host.warn(`task definition: ECS took ${member} and did not keep it: ${arn} is without it`)
      return { arn, registered: true }
    } catch (error) {
      if (signal.aborted || tries === mostTries || !(isPassing(error) || isCrowded(error))) throw error
      await clock.sleep(1_000 * 2 ** tries, signal)
      // The answer may be lost, not the call: what is there is not registered twice.
      const made = isRefused(error) ? undefined : await sameNewest(ecs, document, signal)
      if (made === undefined) continue
      onRegistered(made)
      host.info(`registered ${made}`)
      return { arn: made, registered: true }
    }
  }
}

/** Members that are not of the published model, and not in the revision that came of them either. */
function unkept(sent: TaskDefinition, kept: TaskDefinition): readonly string[] {
  const there = new Set(unknownMembers(kept, taskDefinitionMembers))
  return unknownMembers(sent, taskDefinitionMembers)
    .filter((line) => !there.has(line))
    .map((line) => line.split(' is not known')[0] ?? line)
}

/** Two registrations of one family at the same moment; the text of ECS's ClientException. */
const isCrowded = (error: unknown): boolean => messageOf(error).includes('Too many concurrent attempts')

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
