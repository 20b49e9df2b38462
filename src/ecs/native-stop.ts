import type { ServiceDeployment } from '@aws-sdk/client-ecs'
import { resume, suspensionJournal } from './autoscaling.ts'
import { everyService } from './every-service.ts'
import { primaryOf, underWay } from './native-current.ts'
import { idOf } from './native-plan.ts'
import type { NativeParts } from './native-request.ts'
import { serviceDeploymentEnd } from './native-watch.ts'
import { finishInterrupted, type StopEnd, type Stopping } from './remedies.ts'

/** The name under which a service's deployment is journalled. */
export const nativeJournal = (cluster: string, service: string): string => `ecs-deploy:${cluster}/${service}`

type StopParts = Pick<NativeParts, 'ecs' | 'deployments' | 'host' | 'clock'>

/** The last look at a deployment that was stopped. */
export interface StoppedNative extends StopEnd {
  readonly last: ServiceDeployment
}

/** Stops deployments by ECS itself; every stop is a rollback there. */
export const nativeStopping = (
  of: { readonly cluster: string; readonly service: string },
  { ecs, deployments, host, clock }: StopParts,
): Stopping<StoppedNative> => ({
  stop: (arn, _rollback, signal) => deployments.stop(arn, signal),
  async find({ attempt }, signal) {
    const service = await ecs.service(of.cluster, of.service, signal)
    const primary = primaryOf(service)
    const began = primary?.taskDefinition === attempt?.['taskDefinition'] && primary?.id !== attempt?.['before']
    if (!began) return undefined
    return (await underWay(of, service, { ecs, deployments, clock, signal })).current?.serviceDeploymentArn
  },
  async ended(arn, signal) {
    const last = await serviceDeploymentEnd(deployments, arn, host, clock, signal)
    return { last, words: stopWords(last) }
  },
})

function stopWords(last: ServiceDeployment): string {
  const id = idOf(last.serviceDeploymentArn ?? '')
  switch (last.status) {
    case 'SUCCESSFUL':
      return `${id} had succeeded before it could be stopped`
    case 'ROLLBACK_SUCCESSFUL':
      return `${id} was stopped and rolled back`
    default:
      return `${id} was stopped and ended as ${last.status}${last.statusReason === undefined ? '' : `: ${last.statusReason}`}`
  }
}

/**
 * The post step: finishes what a cancelled or killed run left open, in all services at once: the end of one is minutes away.
 * Whatever comes of a deployment, its service scales again.
 */
export async function finishNative(
  cluster: string,
  services: readonly string[],
  parts: StopParts & Pick<NativeParts, 'aws' | 'signal'>,
): Promise<void> {
  const each = services.flatMap((service) => {
    const of = { cluster, service }
    const finished = finishInterrupted(nativeJournal(cluster, service), parts, nativeStopping(of, parts))
    const resumes = (): Promise<void> => resume(suspensionJournal(cluster, service), parts)
    return [finished, finished.then(resumes, resumes)]
  })
  await everyService(each)
}
