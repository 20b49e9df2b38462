import { formatDuration } from '../action/clock.ts'
import type { JsonObject } from '../action/host.ts'
import type { BlueGreenRequest, BlueGreenResult } from './blue-green-request.ts'
import { trafficBar } from './deployment-events.ts'

const short = (arn: string | undefined): string => arn?.split('/').at(-1) ?? ''
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** The Markdown summary: what happened, the lifecycle with its times, the traffic, and why it failed. */
export function blueGreenSummary(request: BlueGreenRequest, result: BlueGreenResult): string {
  const { last } = result
  const lines = [
    `### ${request.service} on ${request.cluster} (CodeDeploy): ${result.outcome}`,
    '',
    `Runs \`${short(result.runningTaskDefinition)}\`${result.deploymentId === undefined ? '' : ` · deployment \`${result.deploymentId}\``}${result.rollbackDeploymentId === undefined ? '' : ` · rollback \`${result.rollbackDeploymentId}\``}`,
  ]
  if (result.reason !== undefined) lines.push('', `> ${cell(result.reason)}`)
  const sets = last?.target?.taskSetsInfo ?? []
  if (sets.length > 0) {
    lines.push('', '| task set | tasks | traffic | |', '| --- | --- | --- | --- |')
    for (const set of sets) {
      const weight = set.trafficWeight ?? 0
      lines.push(
        `| ${set.taskSetLabel ?? ''} | ${set.runningCount ?? 0} of ${set.desiredCount ?? 0} | ${weight}% | \`${trafficBar(weight)}\` |`,
      )
    }
  }
  const events = (last?.target?.lifecycleEvents ?? []).filter(
    ({ status }) => status !== 'Pending' && status !== 'Skipped',
  )
  if (events.length > 0) {
    lines.push('', '| stage | status | took |', '| --- | --- | --- |')
    for (const { lifecycleEventName, status, startTime, endTime } of events) {
      const took =
        startTime === undefined || endTime === undefined ? '' : formatDuration(endTime.getTime() - startTime.getTime())
      lines.push(`| ${lifecycleEventName} | ${status} | ${took} |`)
    }
  }
  for (const failure of result.failures) {
    lines.push('', `**${failure.count}×** ${cell(failure.reason)}`)
    if (failure.log.length > 0) lines.push('', '```', ...failure.log.slice(-10), '```')
  }
  return lines.join('\n')
}

/** The full result as JSON. */
export const blueGreenDetail = (request: BlueGreenRequest, result: BlueGreenResult): JsonObject => ({
  cluster: request.cluster,
  service: request.service,
  application: result.application,
  deploymentGroup: result.group,
  deploymentId: result.deploymentId ?? null,
  rollbackDeploymentId: result.rollbackDeploymentId ?? null,
  taskDefinition: result.taskDefinition ?? null,
  runningTaskDefinition: result.runningTaskDefinition ?? null,
  status: result.last?.deployment.status ?? null,
  failures: result.failures.map(({ reason, count, taskArn, log }) => ({ reason, count, taskArn, log: [...log] })),
})
