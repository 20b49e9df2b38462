import { type DeploymentWork, lookEvery, monitor } from './deployment-work.ts'
import { pending, running } from './task-groups.ts'

/** How many tasks a rolling deployment may start and must keep; a pure plan of one look. */
export interface RollingPlan {
  /** What the new revision shall have. */
  readonly wanted: number
  /** What the old revisions may keep altogether. */
  readonly keep: number
}

export function rollingPlan(now: {
  readonly desired: number
  readonly maximumPercent: number
  readonly minimumHealthyPercent: number
  /** Running or pending tasks of old revisions. */
  readonly old: number
  /** Running or pending, and ready, tasks of the new revision. */
  readonly started: number
  readonly ready: number
}): RollingPlan {
  const most = Math.floor((now.desired * now.maximumPercent) / 100)
  const least = Math.ceil((now.desired * now.minimumHealthyPercent) / 100)
  const room = Math.max(0, most - now.old)
  return {
    wanted: Math.min(now.desired, Math.max(room, now.started)),
    keep: Math.max(0, least - now.ready),
  }
}

/** Replaces old tasks by new ones until only the new revision is left. @throws as `monitor` does */
export async function roll(work: DeploymentWork): Promise<void> {
  const { ecs, service, deployment, groups, record } = work
  const { configuration } = record
  for (;;) {
    const old = service.deployments.filter((other) => other !== deployment)
    const plan = rollingPlan({
      desired: service.desired,
      maximumPercent: Number(configuration['maximumPercent']),
      minimumHealthyPercent: Number(configuration['minimumHealthyPercent']),
      old: old.reduce((sum, other) => sum + running(other) + pending(other), 0),
      started: running(deployment) + pending(deployment),
      ready: deployment.ready,
    })
    if (plan.wanted !== deployment.desired) {
      deployment.desired = plan.wanted
      groups.reconcile(ecs, service, deployment)
    }
    let keep = plan.keep
    // What serves is kept before what an earlier, unfinished deployment has started.
    for (const other of [...old].sort((a, b) => b.ready - a.ready)) {
      const share = Math.min(other.desired, keep)
      keep -= share
      if (share === other.desired) continue
      other.desired = share
      groups.reconcile(ecs, service, other)
    }
    if (deployment.steady && deployment.desired === service.desired && old.every(({ tasks }) => tasks.size === 0))
      return
    await record.pace.pause(lookEvery)
    await monitor(work)
  }
}
