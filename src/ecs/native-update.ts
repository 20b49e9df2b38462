import type { LoadBalancer, Service, UpdateServiceCommandInput } from '@aws-sdk/client-ecs'
import { isPassing, isRefused } from '../aws/errors.ts'
import { lastingCall } from './lasting-call.ts'
import { boundDeployment } from './native-bind.ts'
import { primaryOf } from './native-current.ts'
import type { NativeParts, NativeRequest } from './native-request.ts'
import type { Journal } from './remedies.ts'
import type { RevisionToDeploy, SharedRevision } from './revision-to-deploy.ts'
import type { ServiceUpdate } from './service-update.ts'

/** An update that ECS took. */
export interface Updated {
  /** The deployment that it began; undefined when it changed the service without one. */
  readonly arn: string | undefined
  readonly startedBy: string | undefined
  readonly taskDefinition: string | undefined
  readonly loadBalancers: readonly LoadBalancer[]
}

/**
 * Updates the service and finds the deployment that follows from it. Both are journalled: the attempt before its answer can be lost,
 * the deployment as soon as it is known, also when a cancel came in between.
 */
export async function updated(
  before: { readonly request: NativeRequest; readonly service: Service; readonly update: ServiceUpdate },
  revision: RevisionToDeploy | undefined,
  force: boolean,
  parts: NativeParts,
  told?: { readonly journal: Journal; readonly shared: SharedRevision },
): Promise<Updated> {
  const { request, service, update } = before
  const { cluster } = request
  const taskDefinition = revision?.arn ?? primaryOf(service)?.taskDefinition ?? service.taskDefinition
  // ECS refuses another capacity provider strategy without it.
  const forces = force || update.input.capacityProviderStrategy !== undefined
  const input = {
    ...update.input,
    cluster,
    service: request.service,
    ...(revision === undefined ? {} : { taskDefinition: revision.arn }),
    ...(forces ? { forceNewDeployment: true } : {}),
  }
  told?.journal.save({ attempt: { taskDefinition, before: primaryOf(service)?.id ?? '' } })
  told?.shared.attempted()
  const refused = (): void => {
    told?.journal.save({ attempt: undefined })
    told?.shared.refused()
  }
  return await lastingCall(
    parts.signal,
    async (signal) => {
      const lasting = { ...parts, signal }
      const after = await taken(input, service, lasting, refused)
      const was = primaryOf(service)
      const primary = primaryOf(after)
      const isNew = primary?.id !== was?.id
      const known = { taskDefinition, loadBalancers: after.loadBalancers ?? [] }
      // Where a deployment must follow, an answer that does not show it is an old one.
      const mustBegin = forces || taskDefinition !== was?.taskDefinition
      if (!isNew && !mustBegin) return { ...known, arn: undefined, startedBy: primary?.id }
      const bound = { cluster, after, taskDefinition, before: service.currentServiceDeployment, isNew }
      return { ...known, arn: await boundDeployment(lasting, bound), startedBy: isNew ? primary?.id : undefined }
    },
    ({ arn }) => told?.journal.save({ deploymentId: arn, attempt: undefined }),
  )
}

const mostTries = 5

/** Updates; when only the answer was lost, the service itself tells that the update was taken. */
async function taken(
  input: UpdateServiceCommandInput,
  before: Service,
  parts: NativeParts,
  refused: () => void,
): Promise<Service> {
  const { ecs, deployments, clock, signal } = parts
  for (let tries = 1; ; tries++) {
    try {
      return await deployments.update(input, signal)
    } catch (error) {
      const isFinal = !isPassing(error) || tries === mostTries
      if (isFinal && isRefused(error)) refused()
      if (isFinal) throw error
      await clock.sleep(1_000 * 2 ** tries, signal)
      if (isRefused(error)) continue
      const now = await ecs.service(input.cluster ?? 'default', input.service ?? '', signal)
      const isNew = primaryOf(now)?.id !== primaryOf(before)?.id
      if (isNew && (input.taskDefinition ?? now.taskDefinition) === primaryOf(now)?.taskDefinition) return now
    }
  }
}
