import { formatDuration } from '../action/clock.ts'
import type { JsonObject } from '../action/host.ts'
import type { ServicesRequest, ServicesResult } from './deploy-services.ts'
import { trafficBar } from './deployment-events.ts'
import { idOf } from './native-plan.ts'
import type { NativeResult } from './native-request.ts'
import { describeChange } from './service-update.ts'

const short = (arn: string | undefined): string => arn?.split('/').at(-1) ?? '–'
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** The Markdown summary: each service with what runs, the stages and weights, and why it failed. */
export function nativeSummary(request: ServicesRequest, result: ServicesResult): string {
  const before =
    result.taskBefore === undefined
      ? []
      : [
          `Ran the task \`${short(result.taskBefore.taskArn)}\` before: ${Object.entries(result.taskBefore.exitCodes)
            .map(([name, code]) => `\`${name}\` exited with ${code}`)
            .join(', ')}`,
          '',
        ]
  return [...before, ...result.results.map((one) => serviceSummary(request, one))].join('\n')
}

function serviceSummary(request: ServicesRequest, result: NativeResult): string {
  const { last } = result
  const strategy = last?.deploymentConfiguration?.strategy ?? request.settings.strategy ?? 'ROLLING'
  const lines = [
    `### ${result.service} on ${result.cluster} (${strategy.toLowerCase().replace('_', '/')}): ${result.outcome}`,
    '',
    `Runs \`${short(result.runningTaskDefinition)}\`${result.deploymentArn === undefined ? '' : ` · deployment \`${idOf(result.deploymentArn)}\``}${duration(result)}`,
  ]
  if (result.reason !== undefined) lines.push('', `> ${cell(result.reason)}`)
  if (result.changes.length > 0) lines.push('', ...result.changes.map((change) => `- ${cell(describeChange(change))}`))
  const revisions = [
    ...(last?.targetServiceRevision === undefined ? [] : [{ name: 'new', ...last.targetServiceRevision }]),
    ...(last?.sourceServiceRevisions ?? []).map((revision) => ({ name: 'old', ...revision })),
  ]
  if (revisions.length > 0) {
    lines.push('', '| revision | tasks | traffic | |', '| --- | --- | --- | --- |')
    for (const revision of revisions) {
      const weight = revision.requestedProductionTrafficWeight
      lines.push(
        `| ${revision.name} | ${revision.runningTaskCount ?? 0} of ${revision.requestedTaskCount ?? 0} | ${weight === undefined ? '–' : `${weight}%`} | ${weight === undefined ? '' : `\`${trafficBar(weight)}\``} |`,
      )
    }
  }
  if (result.why !== undefined) lines.push('', result.why.markdown)
  return `${lines.join('\n')}\n`
}

const duration = ({ last }: NativeResult): string =>
  last?.startedAt === undefined || last.finishedAt === undefined
    ? ''
    : ` · took ${formatDuration(last.finishedAt.getTime() - last.startedAt.getTime())}`

/** The full result as JSON. */
export const nativeDetail = (result: ServicesResult): JsonObject => ({
  services: result.results.map((one) => ({
    cluster: one.cluster,
    service: one.service,
    outcome: one.outcome,
    reason: one.reason ?? null,
    taskDefinition: one.taskDefinition ?? null,
    runningTaskDefinition: one.runningTaskDefinition ?? null,
    serviceDeployment: one.deploymentArn ?? null,
    status: one.last?.status ?? null,
    stage: one.last?.lifecycleStage ?? null,
    changes: one.changes.map(describeChange),
    causes: (one.why?.causes ?? []).map(({ kind, text, count, said }) => ({ kind, text, count, said: said ?? null })),
    details: [...(one.why?.details ?? [])],
  })),
  ...(result.taskBefore === undefined ? {} : { taskBefore: result.taskBefore.taskArn }),
})
