import type { Deployment, LoadBalancer, Service } from '@aws-sdk/client-ecs'
import { boundDeployment } from './native-bind.ts'
import type { NativeParts, NativeRequest } from './native-request.ts'
import type { RevisionToDeploy } from './revision-to-deploy.ts'
import type { ServiceUpdate } from './service-update.ts'

/** The deployment that a service moves to, or has come to. */
export const primaryOf = (service: Service): Deployment | undefined =>
  service.deployments?.find(({ status }) => status === 'PRIMARY')

/** An update that ECS took. */
export interface Updated {
  /** The deployment that it began; undefined when it changed the service without one. */
  readonly arn: string | undefined
  readonly startedBy: string | undefined
  readonly taskDefinition: string | undefined
  readonly loadBalancers: readonly LoadBalancer[]
}

/** After a cancel, how long in real ms the deployment that was just begun may be looked for. */
const graceMs = 3_000

/** Updates the service and finds the deployment that follows from it. Neither is cut short by a cancel: what was begun must be known. */
export async function updated(
  before: { readonly request: NativeRequest; readonly service: Service; readonly update: ServiceUpdate },
  revision: RevisionToDeploy | undefined,
  force: boolean,
  parts: NativeParts,
): Promise<Updated> {
  const { request, service, update } = before
  const { cluster } = request
  const after = await parts.deployments.update({
    ...update.input,
    cluster,
    service: request.service,
    ...(revision === undefined ? {} : { taskDefinition: revision.arn }),
    ...(force ? { forceNewDeployment: true } : {}),
  })
  const primary = primaryOf(after)
  const taskDefinition = primary?.taskDefinition ?? after.taskDefinition
  const known = { startedBy: primary?.id, taskDefinition, loadBalancers: after.loadBalancers ?? [] }
  if (primary?.id === primaryOf(service)?.id) return { ...known, arn: undefined }
  const bound = { cluster, after, before: service.currentServiceDeployment }
  const arn = await boundDeployment({ ...parts, signal: outliving(parts.signal, graceMs) }, bound)
  return { ...known, arn }
}

/** A signal that aborts some real time after another one. */
function outliving(signal: AbortSignal, ms: number): AbortSignal {
  const late = new AbortController()
  const begin = (): void => void setTimeout(() => late.abort(signal.reason), ms).unref()
  if (signal.aborted) begin()
  else signal.addEventListener('abort', begin, { once: true })
  return late.signal
}
