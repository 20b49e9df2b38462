import type { Service } from '@aws-sdk/client-ecs'
import { UserError } from '../action/errors.ts'
import { poll } from '../action/poll.ts'
import { isPassing } from '../aws/errors.ts'
import type { NativeParts } from './native-request.ts'

/** How long ECS may take to show the deployment that an update began, in ms. */
const patience = 120_000

/**
 * The service deployment that an update began: the one that the service names, or one of the newest, whose target has the update's task definition.
 * Lists of ECS may be a moment late, and another update may have come right after.
 * @throws UserError when it does not show
 */
export async function boundDeployment(
  { ecs, deployments, clock, signal }: NativeParts,
  update: { readonly cluster: string; readonly after: Service; readonly before: string | undefined },
): Promise<string> {
  const { cluster, after, before } = update
  const name = after.serviceName ?? ''
  const primary = after.deployments?.find(({ status }) => status === 'PRIMARY')
  const taskDefinition = primary?.taskDefinition ?? after.taskDefinition
  const since = new Date((primary?.createdAt?.getTime() ?? clock.now()) - 2_000)
  const seen = new Set<string>(before === undefined ? [] : [before])
  const isOurs = async (arn: string): Promise<boolean> => {
    const target = (await deployments.look(arn, signal)).targetServiceRevision?.arn
    if (target === undefined) return false
    seen.add(arn)
    return (await deployments.revision(target, signal)).taskDefinition === taskDefinition
  }
  const deadline = clock.now() + patience
  let service: Service = after
  let first = true
  for await (const listed of poll(
    async () => {
      if (first) return []
      service = await ecs.service(cluster, name, signal)
      return await deployments.since(cluster, name, since, signal)
    },
    { clock, signal, intervalMs: 2_000, passing: isPassing },
  )) {
    first = false
    for (const arn of [service.currentServiceDeployment, ...listed]) {
      if (arn !== undefined && !seen.has(arn) && (await isOurs(arn))) return arn
    }
    if (clock.now() > deadline) break
  }
  throw new UserError(
    `ECS took the update of ${name}, but shows no deployment of ${taskDefinition} after ${patience / 1_000} s: look at the service before running again`,
  )
}
