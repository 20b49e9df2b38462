import { deploymentConfiguration } from './deployment-work.ts'
import type { Service, Task } from './state.ts'

/** Of one look: how many tasks to start elsewhere, and how many to stop on machines that shall be empty. */
export interface DrainPlan {
  readonly start: number
  readonly stop: number
}

/**
 * How a service leaves machines that are draining: it goes above its number, or below it, as far as its deployment
 * configuration lets it. Source: "Amazon ECS container instance draining" in the developer guide.
 */
export function drainPlan(now: {
  readonly desired: number
  readonly maximumPercent: number
  readonly minimumHealthyPercent: number
  /** Running or pending, on any machine. */
  readonly live: number
  /** Of these, on draining machines. */
  readonly leaving: number
  /** Of all that live, ready to serve. */
  readonly ready: number
}): DrainPlan {
  const most = Math.floor((now.desired * now.maximumPercent) / 100)
  const least = Math.ceil((now.desired * now.minimumHealthyPercent) / 100)
  const stop = Math.min(now.leaving, Math.max(0, now.ready - least))
  const staying = now.live - now.leaving
  return { start: Math.max(0, Math.min(now.desired - staying, most - (now.live - stop))), stop }
}

/** Tasks on machines that are draining. */
export const onDraining = (tasks: readonly Task[]): Task[] =>
  tasks.filter(({ host }) => host?.instance.status === 'DRAINING')

/** The limits that a service's configuration sets to what it may have meanwhile. */
export function limitsOf(service: Service): {
  readonly maximumPercent: number
  readonly minimumHealthyPercent: number
} {
  const { maximumPercent, minimumHealthyPercent } = deploymentConfiguration(service.settings)
  return { maximumPercent: Number(maximumPercent), minimumHealthyPercent: Number(minimumHealthyPercent) }
}
