import type { Deployment, Service, ServiceDeployment } from '@aws-sdk/client-ecs'
import { messageOf, UserError } from '../action/errors.ts'
import { poll } from '../action/poll.ts'
import type { NativeParts } from './native-request.ts'
import { isOver } from './native-stages.ts'
import { isNotYetShown } from './service-deployment-api.ts'

/** A service, by name. */
export interface ServiceName {
  readonly cluster: string
  readonly service: string
}

/** What reading needs. */
export type CurrentParts = Pick<NativeParts, 'ecs' | 'deployments' | 'clock' | 'signal'>

/** The deployment that a service moves to, or has come to. */
export const primaryOf = (service: Service): Deployment | undefined =>
  service.deployments?.find(({ status }) => status === 'PRIMARY')

/** The service, when ECS itself moves it. @throws UserError when something else does */
export async function nativeService(
  { cluster, service: name }: ServiceName,
  { ecs, signal }: Pick<NativeParts, 'ecs' | 'signal'>,
): Promise<Service> {
  const service = await ecs.service(cluster, name, signal)
  const controller = service.deploymentController?.type ?? 'ECS'
  if (controller === 'ECS') return service
  const instead = controller === 'CODE_DEPLOY' ? ': use the action codedeploy-bluegreen' : ''
  throw new UserError(`the service '${name}' is moved by ${controller}, not by ECS${instead}`)
}

/** How long ECS may tell that a service moves without telling by which deployment, in ms. */
const patience = 60_000

/** ECS says that the service still moves. */
export const isMoving = (service: Service): boolean => primaryOf(service)?.rolloutState === 'IN_PROGRESS'

/** A service at one moment, with what moves it then. */
export interface Moment {
  readonly service: Service
  /** Undefined when nothing is under way, or what is stays unseen. */
  readonly current: ServiceDeployment | undefined
}

/**
 * The deployment that is under way, and the service as it was read with it. A service may tell of the deployment late, though it tells that it
 * moves: then it is listed and waited for, and the service read anew.
 */
export async function underWay(
  of: ServiceName,
  service: Service,
  { ecs, deployments, clock, signal }: CurrentParts,
): Promise<Moment> {
  const deadline = clock.now() + patience
  let now = service
  let first = true
  const read = async (): Promise<ServiceDeployment | undefined> => {
    if (!first) now = await ecs.service(of.cluster, of.service, signal)
    first = false
    const told = now.currentServiceDeployment
    const found = told === undefined ? undefined : await deployments.look(told, signal)
    if (found !== undefined && !isOver(found)) return found
    if (!isMoving(now)) return undefined
    for (const arn of await deployments.underWay(of.cluster, of.service, signal)) {
      const listed = await deployments.look(arn, signal)
      if (!isOver(listed)) return listed
    }
    return undefined
  }
  for await (const found of poll(read, { clock, signal, intervalMs: 2_000, passing: isNotYetShown })) {
    if (found !== undefined || !isMoving(now) || clock.now() > deadline) return { service: now, current: found }
  }
  throw new Error('the poll ended by itself')
}

/** The task definition of a service revision; undefined, and said, when it cannot be read: what it is for goes on without. */
export async function taskDefinitionOf(
  revision: string,
  { deployments, host, signal }: Pick<NativeParts, 'deployments' | 'host' | 'signal'>,
): Promise<string | undefined> {
  try {
    return (await deployments.revision(revision, signal)).taskDefinition
  } catch (error) {
    signal.throwIfAborted()
    host.warn(`which task definition serves is not known: ${messageOf(error)}`)
    return undefined
  }
}
