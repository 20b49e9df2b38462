import { calling } from '../aws/errors.ts'
import type { Aws } from '../aws/session.ts'
import type { EcsApi } from './ecs-api.ts'

/** Revisions that one run deregisters at most: ECS takes about one a second. */
const mostAtOnce = 50

/** Pages of a hundred revisions that are listed. */
const mostPages = 20

const numberOf = (arn: string): number => Number(arn.split(':').at(-1))

/**
 * The revisions of a family that may go: all but the `keep` newest and those in use, the oldest first. Pure.
 * @param active ARNs of the family's active revisions, in any order
 */
export function oldRevisions(active: readonly string[], keep: number, inUse: ReadonlySet<string>): readonly string[] {
  const newestFirst = [...new Set(active)].sort((a, b) => numberOf(b) - numberOf(a))
  return newestFirst
    .slice(Math.max(0, keep))
    .filter((arn) => !inUse.has(arn))
    .reverse()
}

/** What deregistering needs to know. */
export interface KeepRevisions {
  readonly family: string
  readonly keep: number
  /** ARNs that must stay: of task sets and deployments, and of what may be rolled back to. */
  readonly inUse: readonly (string | undefined)[]
}

/** Deregisters old revisions, a bounded number in one run, and returns those that went. */
export async function deregisterOld(
  parts: { readonly aws: Aws; readonly ecs: Pick<EcsApi, 'deregister'> },
  { family, keep, inUse }: KeepRevisions,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const used = new Set(inUse.filter((arn) => arn !== undefined))
  const old = oldRevisions(await activeRevisions(parts.aws, family, signal), keep, used).slice(0, mostAtOnce)
  const gone: string[] = []
  for (const arn of old) {
    signal.throwIfAborted()
    await parts.ecs.deregister(arn)
    gone.push(arn)
  }
  return gone
}

/** The active revisions of a family, the newest first; bounded. */
async function activeRevisions(aws: Aws, family: string, signal: AbortSignal): Promise<readonly string[]> {
  const { ListTaskDefinitionsCommand } = await import('@aws-sdk/client-ecs')
  const ecs = await aws.ecs()
  const found: string[] = []
  let nextToken: string | undefined
  for (let pages = 0; pages < mostPages; pages++) {
    const page = await calling(`listing the revisions of ${family}`, () =>
      ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: family, status: 'ACTIVE', sort: 'DESC', nextToken }), {
        abortSignal: signal,
      }),
    )
    // A prefix is what ECS calls it, a whole name is what it takes; another family's revisions are not ours in any case.
    found.push(...(page.taskDefinitionArns ?? []).filter((arn) => arn.includes(`:task-definition/${family}:`)))
    nextToken = page.nextToken
    if (nextToken === undefined) break
  }
  return found
}
