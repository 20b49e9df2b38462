import { cronJobsIn } from './cron-jobs.ts'
import type { Deployment } from './deployment.ts'
import type { RecoveryPlan } from './recovery-plan.ts'
import type { ReleasePlan } from './release-plan.ts'

/**
 * What a run would do, in order, a line each: the repairs, the upgrade with what differs besides the objects, how the
 * cron jobs would stand, and the way back when it fails. Pure: for a dry run's log and summary.
 */
export function planSteps(
  recovery: RecoveryPlan,
  planned: ReleasePlan,
  { onFailure }: Pick<Deployment, 'onFailure'>,
): readonly string[] {
  const { repairs, deploy, goBackTo } = recovery
  return [
    ...repairs.map((step) =>
      step.kind === 'unlock' ? `unlock revision ${step.revision} (${step.was})` : 'finish the uninstall that was begun',
    ),
    planned.same && recovery.state === 'deployed'
      ? 'change nothing: the release is as asked'
      : deploy === 'replace'
        ? 'install in place of the uninstalled release'
        : goBackTo === undefined
          ? 'install: no revision ran well before'
          : `upgrade, compared with revision ${goBackTo}`,
    ...planned.besides,
    ...cronJobsIn(planned.objects).map(({ name, content }) => {
      const { schedule, suspend } = (content['spec'] ?? {}) as { schedule?: unknown; suspend?: unknown }
      const how = suspend === true ? 'suspended' : suspend === false ? 'active' : 'as it is (suspend is not rendered)'
      return `CronJob/${name} (${String(schedule)}) would be ${how}`
    }),
    `on a failure: ${
      onFailure === 'leave'
        ? 'leave it failed'
        : goBackTo !== undefined
          ? `roll back to revision ${goBackTo}`
          : onFailure === 'uninstall'
            ? 'uninstall, as there is nothing to go back to'
            : 'leave it failed, as there is nothing to go back to'
    }`,
  ]
}
