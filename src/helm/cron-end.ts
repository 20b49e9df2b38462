import { UserError } from '../action/errors.ts'
import { isSuccess } from '../action/outcome.ts'
import { type CronParts, readCronJobs, settleCron } from './cron-drain.ts'
import { type CronJobState, cronJobsIn } from './cron-jobs.ts'
import type { DeployResult } from './deploy.ts'
import type { Deployment } from './deployment.ts'
import { parseManifest } from './manifest.ts'

/**
 * The end of a deployment with its cron jobs: settled when it went well, else as they are, for the report alone.
 * A release whose cron jobs do not stand as asked has not succeeded; it is not rolled back, which would set them going.
 */
export async function withCron(
  result: DeployResult,
  { place, cron, dryRun }: Pick<Deployment, 'place' | 'cron' | 'dryRun'>,
  drainTimeoutMs: number,
  parts: CronParts,
): Promise<{ readonly result: DeployResult; readonly states: readonly CronJobState[] }> {
  const objects = result.record === undefined ? [] : parseManifest(result.record.manifest, place.namespace)
  if (cronJobsIn(objects).length === 0) {
    if (cron !== undefined) parts.log.info(`cron is ${cron.state}: the release has no CronJobs`)
    return { result, states: [] }
  }
  if (cron !== undefined && !dryRun && isSuccess(result.outcome)) {
    const { states, problem } = await settleCron(objects, cron, drainTimeoutMs, parts)
    return { result: problem === undefined ? result : { ...result, ...problem }, states }
  }
  try {
    return { result, states: await readCronJobs(objects, parts.api) }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    parts.log.warn(`the cron jobs cannot be read: ${error.message}`)
    return { result, states: [] }
  }
}
