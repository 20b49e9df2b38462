import { formatDuration } from '../action/clock.ts'
import type { JsonObject, Log } from '../action/host.ts'
import { type CronJobState, cronTable } from './cron-jobs.ts'
import type { DeployResult } from './deploy.ts'
import type { Deployment } from './deployment.ts'
import type { Diagnosis } from './diagnosis.ts'
import { lastKnownGood, ranWell } from './known-good.ts'
import type { ObjectChange } from './manifest-diff.ts'
import { stateText } from './rollout-watcher.ts'
import type { RunningImage } from './running-digests.ts'
import { servingDetail, servingTables } from './serving-report.ts'

const shownRevisions = 10
const shownChanges = 40

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')
/** A block that its content cannot end. */
const block = (lines: readonly string[]): readonly string[] => {
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}text`, ...lines, fence]
}

/** Everything behind the reason, in groups: what was found at each pod, its events and its last lines. */
export async function logDiagnosis(diagnosis: Diagnosis, log: Log): Promise<void> {
  for (const finding of diagnosis.findings) {
    await log.group(`${finding.subject}: ${finding.signs[0] ?? 'did not come up'}`, async () => {
      for (const line of findingLines(finding)) log.info(line)
    })
  }
  if (diagnosis.hint !== undefined) log.info(`hint: ${diagnosis.hint}`)
}

const findingLines = (finding: Diagnosis['findings'][number]): readonly string[] => [
  ...finding.signs.slice(1),
  ...finding.events.map((event) => `event  ${event}`),
  ...finding.logs.flatMap(({ container, previous, lines }) =>
    lines.map((line) => `${container}${previous ? ' (previous)' : ''}  ${line}`),
  ),
]

/** What an upgrade would change, a line each. */
export function changeLines(changes: readonly ObjectChange[]): readonly string[] {
  const lines = changes.flatMap(({ change, object, fields }) => [
    `${change === 'added' ? '+' : change === 'removed' ? '-' : '~'} ${object}`,
    ...fields.map(({ path, before, after }) => `    ${path}: ${before} → ${after}`),
  ])
  return lines.length > shownChanges
    ? [...lines.slice(0, shownChanges), `… ${lines.length - shownChanges} more`]
    : lines
}

/** The Markdown summary: the cause, the workloads, what ran there, and the history with what is known good. */
export function helmSummary(
  { place }: Pick<Deployment, 'place'>,
  result: DeployResult,
  images: readonly RunningImage[],
  cronJobs: readonly CronJobState[],
  tookMs: number,
): string {
  const lines = [`## ${place.release} in ${place.namespace}: ${result.outcome}`, '', headline(result, tookMs)]
  if (result.reason !== undefined) lines.push('', `> ${cell(result.reason)}`)
  if (result.hint !== undefined) lines.push('>', `> ${cell(result.hint)}`)
  if (result.progress.length > 0) {
    lines.push('', '| workload | ready | state |', '| --- | --- | --- |')
    for (const workload of result.progress) {
      const state = workload.done ? '✅ up' : `❌ ${cell(stateText(workload))}`
      lines.push(`| ${workload.kind}/${workload.name} | ${workload.ready}/${workload.desired} | ${state} |`)
    }
  }
  if (images.length > 0) {
    lines.push('', '| runs now | image | digest | pods |', '| --- | --- | --- | --- |')
    for (const { workload, container, image, digest, pods } of images) {
      lines.push(
        `| ${workload} ${container} | ${cell(image.split('@')[0] ?? '')} | \`${digest.slice(7, 19)}\` | ${pods} |`,
      )
    }
  }
  if (cronJobs.length > 0) lines.push('', ...cronTable(cronJobs))
  lines.push(...servingTables(result.lint, result.services))
  if (result.steps.length > 0) lines.push('', '### Would', '', ...result.steps.map((step) => `1. ${cell(step)}`))
  if (result.changes.length > 0) {
    lines.push('', '<details><summary>What differs</summary>', '', ...block(changeLines(result.changes)), '</details>')
  }
  for (const finding of result.diagnosis?.findings ?? []) {
    const found = findingLines(finding)
    if (found.length === 0) continue
    lines.push('', `<details><summary>${escapeHtml(finding.subject)}</summary>`, '', ...block(found), '</details>')
  }
  if (result.history.length > 0) lines.push('', ...historyTable(result))
  return lines.join('\n')
}

function headline(result: DeployResult, tookMs: number): string {
  const parts = [
    ...(result.revision === undefined ? [] : [`revision **${result.revision}**`]),
    ...(result.previousRevision === undefined ? ['first install'] : [`before ${result.previousRevision}`]),
    ...(result.rolledBackTo === undefined ? [] : [`rolled back to **${result.rolledBackTo}**`]),
    ...(result.recoveredFrom === undefined ? [] : [`found ${result.recoveredFrom}`]),
    formatDuration(tookMs),
  ]
  return parts.join(' · ')
}

function historyTable({ history }: DeployResult): readonly string[] {
  const good = lastKnownGood(history)?.revision
  const rows = history.slice(-shownRevisions).reverse()
  return [
    '| revision | status | known good | chart | description |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map((entry) => {
      const mark = entry.revision === good ? '✅ the one to go back to' : ranWell(entry) ? 'yes' : 'no'
      const description = cell(entry.description).slice(0, 160)
      return `| ${entry.revision} | ${entry.status} | ${mark} | ${cell(entry.chart)} | ${description} |`
    }),
  ]
}

const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** The full result as JSON. Holds no values and no Secrets. */
export const helmDetail = (
  { place }: Pick<Deployment, 'place'>,
  result: DeployResult,
  images: readonly RunningImage[],
  cronJobs: readonly CronJobState[],
): JsonObject => ({
  release: place.release,
  namespace: place.namespace,
  revision: result.revision ?? null,
  previousRevision: result.previousRevision ?? null,
  rolledBackTo: result.rolledBackTo ?? null,
  recoveredFrom: result.recoveredFrom ?? null,
  hint: result.hint ?? null,
  steps: [...result.steps],
  changes: result.changes.map(({ change, object, fields }) => ({
    change,
    object,
    fields: fields.map((field) => ({ ...field })),
  })),
  workloads: result.progress.map((workload) => ({
    kind: workload.kind,
    name: workload.name,
    namespace: workload.namespace,
    ready: workload.ready,
    desired: workload.desired,
    up: workload.done,
    signs: workload.signs.map(({ text }) => text),
  })),
  findings: (result.diagnosis?.findings ?? []).map(({ subject, signs, events, logs }) => ({
    subject,
    signs: [...signs],
    events: [...events],
    logs: logs.map(({ container, previous, lines }) => ({ container, previous, lines: [...lines] })),
  })),
  images: images.map((image) => ({ ...image })),
  cronJobs: cronJobs.map((cron) => ({ ...cron, lastSchedule: cron.lastSchedule ?? null, active: [...cron.active] })),
  ...servingDetail(result.lint, result.services),
  history: result.history.map(({ revision, status, chart, description }) => ({ revision, status, chart, description })),
})
