import { type Behaviour, behaviour } from '../../behaviour.ts'
import type { PulledImage, PullFailure } from '../../world.ts'
import type { Workload } from '../network.ts'
import type { Input } from '../service.ts'
import { type Container, inputs, type Task } from './state.ts'

/** The words of the container agent for an image that cannot be had. */
export function pullFailureReason(image: string, { failure, message }: PullFailure): string {
  if (failure === 'invalid-reference') return `CannotPullContainerError: invalid reference format: ${image}`
  if (message.includes('no match for platform')) {
    return "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'."
  }
  const times = failure === 'unreachable' ? 5 : 1
  return `CannotPullContainerError: pull image manifest has been retried ${times} time(s): failed to resolve ref ${image}: ${message}`
}

/**
 * What a container does, by its image's labels and by the environment that its task gives it. A command that a task is run with,
 * such as a migration, is not the image's own program: it ends well when the image does not say otherwise.
 */
export function behaviourIn(task: Task, container: Container, image: PulledImage): Behaviour {
  const override = inputs(task.overrides['containerOverrides']).find(({ name }) => name === container.name)
  const pairs = [
    ...inputs(container.body['environment']),
    ...inputs(container.body['secrets']),
    ...inputs(override?.['environment']),
  ]
  const environment = Object.fromEntries(pairs.map(({ name, value }) => [String(name), String(value ?? '')]))
  const told = behaviour(image, environment)
  if (told.exit !== undefined || override?.['command'] === undefined) return told
  return { ...told, exit: { code: 0, afterMs: 1_000, reason: 'Completed' } }
}

/**
 * When a container's own health check has an answer, in ms after its start, and which: healthy at the first check after it has
 * started up, unhealthy once `retries` checks in a row have failed after `startPeriod`. Undefined without a health check.
 */
export function healthVerdict(
  container: Container,
  { startupMs, healthy }: Behaviour,
): { readonly healthy: boolean; readonly afterMs: number } | undefined {
  const check = container.body['healthCheck'] as Input | undefined
  if (check === undefined) return undefined
  const interval = Number(check['interval'] ?? 30) * 1_000
  const unhealthyAfter = Number(check['startPeriod'] ?? 0) * 1_000 + Number(check['retries'] ?? 3) * interval
  const healthyAfter = Math.max(1, Math.ceil(startupMs / interval)) * interval
  return healthy && healthyAfter <= unhealthyAfter
    ? { healthy: true, afterMs: healthyAfter }
    : { healthy: false, afterMs: unhealthyAfter }
}

/** How a task answers a load balancer's checks: when its slowest essential container is up, and never when one of them ends by itself. */
export function answersTo(now: number, all: readonly { container: Container; acts: Behaviour }[]): Workload {
  const essential = all.filter(({ container }) => container.essential).map(({ acts }) => acts)
  const failing = essential.find(({ healthy, exit }) => !healthy || exit !== undefined)
  const { answer } = failing ?? essential[0] ?? { answer: 503 }
  const healthyFrom =
    failing === undefined ? now + Math.max(0, ...essential.map(({ startupMs }) => startupMs)) : undefined
  return { healthyFrom, answer }
}
