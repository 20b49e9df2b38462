import type { Host } from '../action/host.ts'
import type { AttemptParts } from './attempt.ts'
import type { CronWish } from './cron-jobs.ts'
import type { ReleasePlace, UpgradeRequest } from './helm-command.ts'
import type { LintRequest } from './proof.ts'
import type { RunIdentity } from './release-lock.ts'
import type { ServingChecks } from './serving.ts'

/** One release to be deployed, and what to do when it does not work out. */
export interface Deployment {
  readonly place: ReleasePlace
  readonly request: UpgradeRequest
  readonly me: RunIdentity
  readonly repair: 'auto' | 'off'
  /** A first install that cannot be changed in place may be uninstalled and made anew. */
  readonly recreate: boolean
  readonly onFailure: 'rollback' | 'leave' | 'uninstall'
  readonly onTimeout: 'rollback' | 'leave'
  readonly onCancel: 'rollback' | 'leave'
  readonly dryRun: boolean
  /** Whether cron jobs run here; undefined leaves it to the values. */
  readonly cron: CronWish | undefined
  readonly lint: LintRequest
  readonly checks: ServingChecks
}

export interface DeployParts extends AttemptParts {
  readonly host: Pick<Host, 'saveState'>
  readonly signal: AbortSignal
}
