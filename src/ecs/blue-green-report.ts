import { formatDuration } from '../action/clock.ts'
import type { Json, JsonObject } from '../action/host.ts'
import type { BlueGreenResult, FollowRequest } from './blue-green-request.ts'
import type { DeploymentSnapshot } from './codedeploy-api.ts'
import { trafficBar } from './deployment-events.ts'
import { inMarkdown, oneLine } from './failure-text.ts'

const short = (arn: string | undefined): string => arn?.split('/').at(-1) ?? ''

/** The Markdown summary: what happened, the traffic, the lifecycle with its times, and why it failed. */
export function blueGreenSummary(request: FollowRequest, result: BlueGreenResult): string {
  const { last, reason, explanation, deregistered } = result
  const blocks = [
    `### ${request.service} on ${short(request.cluster)} (CodeDeploy): ${result.outcome}`,
    facts(result).join(' · '),
  ]
  if (reason !== undefined) blocks.push(`> ${inMarkdown(oneLine(reason, 600))}`)
  if (result.planned.length > 0)
    blocks.push(
      ['Dry run, nothing was changed:', '', ...result.planned.map((line) => `- ${inMarkdown(line)}`)].join('\n'),
    )
  const when = result.rollbackDeploymentId === undefined ? 'tasks' : 'tasks before the rollback'
  if (last !== undefined) blocks.push(...traffic(last, when), ...lifecycle(last))
  if (explanation !== undefined && explanation.markdown !== '')
    blocks.push(`<details open><summary>Why</summary>\n\n${explanation.markdown}\n\n</details>`)
  if (deregistered.length > 0) blocks.push(`Deregistered: ${deregistered.map((arn) => `\`${short(arn)}\``).join(', ')}`)
  return blocks.filter((block) => block !== '').join('\n\n')
}

function facts(result: BlueGreenResult): readonly string[] {
  const { runningTaskDefinition, deploymentId, rollbackDeploymentId, taskDefinition, taskBefore } = result
  const failed = taskDefinition !== undefined && taskDefinition !== runningTaskDefinition
  return [
    ...(runningTaskDefinition === undefined ? [] : [`serves \`${short(runningTaskDefinition)}\``]),
    ...(failed ? [`new \`${short(taskDefinition)}\``] : []),
    ...(deploymentId === undefined ? [] : [`deployment \`${deploymentId}\``]),
    ...(taskBefore === undefined ? [] : [`ran the task \`${short(taskBefore.taskArn)}\` before`]),
    ...(rollbackDeploymentId === undefined ? [] : [`rollback \`${rollbackDeploymentId}\``]),
    `group \`${result.application}/${result.group}\``,
  ]
}

function traffic({ target }: DeploymentSnapshot, when: string): readonly string[] {
  const sets = target?.taskSetsInfo ?? []
  if (sets.length === 0) return []
  const rows = sets.map((set) => {
    const weight = set.trafficWeight ?? 0
    const name = set.taskSetLabel === 'Green' ? 'new' : 'old'
    return `| ${name} | ${set.runningCount ?? 0} of ${set.desiredCount ?? 0} | ${weight} % | \`${trafficBar(weight)}\` |`
  })
  return [[`| ${when} | run | traffic | |`, '| --- | --- | ---: | --- |', ...rows].join('\n')]
}

function lifecycle({ target }: DeploymentSnapshot): readonly string[] {
  const events = (target?.lifecycleEvents ?? []).filter(({ status }) => status !== 'Pending' && status !== 'Skipped')
  if (events.length === 0) return []
  const rows = events.map(({ lifecycleEventName, status, startTime, endTime }) => {
    const took =
      startTime === undefined || endTime === undefined ? '' : formatDuration(endTime.getTime() - startTime.getTime())
    return `| ${lifecycleEventName} | ${status === 'Failed' ? '**Failed**' : status} | ${took} |`
  })
  return [['| stage | status | took |', '| --- | --- | ---: |', ...rows].join('\n')]
}

/** The full result as JSON. */
export const blueGreenDetail = (request: FollowRequest, result: BlueGreenResult): JsonObject => ({
  cluster: request.cluster,
  service: request.service,
  application: result.application,
  deploymentGroup: result.group,
  deploymentId: result.deploymentId ?? null,
  rollbackDeploymentId: result.rollbackDeploymentId ?? null,
  taskDefinition: result.taskDefinition ?? null,
  runningTaskDefinition: result.runningTaskDefinition ?? null,
  status: result.last?.deployment.status ?? null,
  stages: stagesOf(result.last),
  failures: failuresOf(result),
  causes: (result.explanation?.causes ?? []).map(({ kind, text, count, advice }) => ({
    kind,
    text,
    count,
    advice: advice ?? null,
  })),
  deregistered: [...result.deregistered],
  planned: [...result.planned],
  ...(result.taskBefore === undefined ? {} : { taskBefore: result.taskBefore.taskArn }),
})

const stagesOf = (last: DeploymentSnapshot | undefined): Json =>
  (last?.target?.lifecycleEvents ?? []).map(({ lifecycleEventName, status, startTime, endTime }) => ({
    name: lifecycleEventName ?? null,
    status: status ?? null,
    startedAt: startTime?.toISOString() ?? null,
    endedAt: endTime?.toISOString() ?? null,
  }))

/** Reasons for which tasks ended, with what their containers printed last. */
function failuresOf({ explanation }: BlueGreenResult): Json {
  const { ends = [], logs = [] } = explanation?.evidence ?? {}
  return ends.map(({ text, count, tasks, container }) => ({
    reason: text,
    count,
    taskArn: tasks[0]?.taskArn ?? '',
    container: container ?? null,
    log: [...(logs.find((log) => log.container === container)?.lines ?? [])],
  }))
}
