import type { Service } from '@aws-sdk/client-ecs'
import { UserError } from '../action/errors.ts'
import { poll } from '../action/poll.ts'
import { primaryOf } from './native-current.ts'
import type { NativeParts } from './native-request.ts'
import { isNotYetShown } from './service-deployment-api.ts'

/** How long ECS may take to show the deployment that an update began, in ms. */
const patience = 120_000

/** An update that ECS took. */
export interface TakenUpdate {
  readonly cluster: string
  /** The service as ECS answered. */
  readonly after: Service
  /** What the update moves the service to. */
  readonly taskDefinition: string | undefined
  /** The deployment that was under way before. */
  readonly before: string | undefined
  /** The answer shows a new primary deployment. */
  readonly isNew: boolean
}

/**
 * The service deployment that an update began: the one that the service names, or one of the newest, whose target has the update's task definition.
 * Answers of ECS may be a moment late or apart, and another update may have come right after.
 * @throws UserError when it does not show
 */
export async function boundDeployment(
  { ecs, deployments, clock, signal }: Pick<NativeParts, 'ecs' | 'deployments' | 'clock' | 'signal'>,
  { cluster, after, taskDefinition, before, isNew }: TakenUpdate,
): Promise<string> {
  const name = after.serviceName ?? ''
  // By the clock of ECS. An answer without the new deployment tells of the one before: ours is younger.
  const shownAt = primaryOf(after)?.createdAt?.getTime()
  const since = new Date(shownAt === undefined ? clock.now() - 2_000 : shownAt + (isNew ? -2_000 : 1_000))
  const seen = new Set<string>(before === undefined ? [] : [before])
  const isOurs = async (arn: string): Promise<boolean> => {
    const look = await deployments.look(arn, signal)
    const target = look.targetServiceRevision?.arn
    if (target === undefined) return false
    const found = (await deployments.revision(target, signal)).taskDefinition
    seen.add(arn)
    return found === taskDefinition && (look.createdAt === undefined || look.createdAt >= since)
  }
  let service: Service = after
  let first = true
  const read = async (): Promise<string | undefined> => {
    const listed = first ? [] : await deployments.since(cluster, name, since, signal)
    if (!first) service = await ecs.service(cluster, name, signal)
    first = false
    for (const arn of [service.currentServiceDeployment, ...listed])
      if (arn !== undefined && !seen.has(arn) && (await isOurs(arn))) return arn
    return undefined
  }
  const deadline = clock.now() + patience
  for await (const found of poll(read, { clock, signal, intervalMs: 2_000, passing: isNotYetShown })) {
    if (found !== undefined) return found
    if (clock.now() > deadline) break
  }
  throw new UserError(
    `ECS took the update of ${name}, but shows no deployment of ${taskDefinition} after ${patience / 1_000} s: look at the service before running again`,
  )
}
