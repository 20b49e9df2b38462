import { formatDuration } from '../action/clock.ts'
import type { JsonObject } from '../action/host.ts'
import type { DualDeployment, DualResult } from './deploy.ts'
import { phaseRule } from './phase.ts'

const short = (digest: string): string => `\`${digest.replace('sha256:', '').slice(0, 12)}\``

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** The Markdown summary: what went where, what runs there now, and what each side has to say. */
export function dualSummary(deployment: DualDeployment, result: DualResult, tookMs: number): string {
  const { owner, deploys } = phaseRule(deployment.phase)
  const parity = result.parity === undefined ? '' : ` · parity **${result.parity ? 'yes' : 'no'}**`
  const lines = [
    `## ${deployment.service} → ${deployment.environment}: ${result.outcome}`,
    '',
    `Phase **${deployment.phase}** · ${owner} owns the traffic · artifact ${short(deployment.digest)}${parity} · ${formatDuration(tookMs)}`,
  ]
  if (result.reason !== undefined) lines.push('', `> ${cell(result.reason)}`)
  for (const warning of result.warnings) lines.push('', `> ⚠️ ${cell(warning)}`)
  if (result.sides.length > 0) {
    lines.push('', '| side | outcome | running | why |', '| --- | --- | --- | --- |')
    for (const side of result.sides) {
      const running = side.running?.map(short).join(' ') || (side.unread ?? 'nothing')
      const mark = side.side === owner && deploys.length > 1 ? `**${side.side}** (owner)` : side.side
      lines.push(`| ${mark} | ${side.outcome} | ${cell(running)} | ${cell(side.reason ?? '')} |`)
    }
  }
  for (const run of Object.values(result.runs)) {
    for (const summary of run?.summaries ?? []) lines.push('', summary.replace(/^(#+) /gm, '#$1 '))
  }
  return lines.join('\n')
}

/** The full result as JSON. */
export const dualDetail = (deployment: DualDeployment, result: DualResult): JsonObject => ({
  service: deployment.service,
  environment: deployment.environment,
  phase: deployment.phase,
  owner: phaseRule(deployment.phase).owner,
  image: deployment.image,
  digest: deployment.digest,
  parity: result.parity ?? null,
  warnings: [...result.warnings],
  sides: result.sides.map((side) => ({
    side: side.side,
    outcome: side.outcome,
    reason: side.reason ?? null,
    running: side.running === undefined ? null : [...side.running],
    unread: side.unread ?? null,
    outputs: { ...(result.runs[side.side]?.outputs ?? {}) },
  })),
})
