import type { Service } from '@aws-sdk/client-ecs'
import { formatDuration } from '../action/clock.ts'
import { poll } from '../action/poll.ts'
import { isPassing } from '../aws/errors.ts'
import type { NativeParts } from './native-request.ts'

/** How long ECS may show a service as it was, in ms; after that, another count is somebody else's, such as autoscaling's. */
const oldMs = 30_000

/** Waits until a service whose settings changed without a deployment (its desired count, say) runs as many tasks as it should. */
export async function settled(
  cluster: string,
  name: string,
  asked: number | undefined,
  { ecs, host, clock, signal }: Pick<NativeParts, 'ecs' | 'host' | 'clock' | 'signal'>,
): Promise<Service> {
  const began = clock.now()
  let said = ''
  const options = { clock, signal, intervalMs: 5_000, jitter: 0.1, passing: isPassing }
  for await (const service of poll(() => ecs.service(cluster, name, signal), options)) {
    const words = `${service.runningCount ?? 0} of ${service.desiredCount ?? 0} tasks run`
    if (words !== said) host.info(`[${formatDuration(clock.now() - began)}] ${words}`)
    said = words
    const isOld = asked !== undefined && service.desiredCount !== asked && clock.now() - began < oldMs
    if (isOld) continue
    if (service.runningCount === service.desiredCount && (service.pendingCount ?? 0) === 0) return service
  }
  throw new Error('the poll ended by itself')
}
