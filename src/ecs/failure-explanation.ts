import { type Cause, type CauseKind, causeKinds } from './failure-cause.ts'
import { eventCause, toldEvents } from './failure-events.ts'
import type { Evidence, TaskCounts } from './failure-evidence.ts'
import { healthCauses } from './failure-health.ts'
import { tellingLine } from './failure-log.ts'
import { otherArchitecture } from './failure-start.ts'
import { codeBlock, cut, inMarkdown, oneLine, shortIds } from './failure-text.ts'

/** A cause with how often it was met, and what its container said. */
export interface RankedCause extends Cause {
  readonly count: number
  readonly said: string | undefined
}

/** Why a deployment failed, in words. */
export interface Explanation {
  /** What kind of cause `line` names; undefined when the evidence holds none. */
  readonly kind: CauseKind | undefined
  /** Names the cause, at most 300 characters. */
  readonly line: string
  /** All causes, the one that explains the others first. */
  readonly causes: readonly RankedCause[]
  /** Lines for a group in the log. */
  readonly details: readonly string[]
  /** For the job's summary, below a heading that the engine writes. */
  readonly markdown: string
}

const longest = 300

/** Makes evidence into words: the cause first, what stands behind it after that. */
export function explain(evidence: Evidence): Explanation {
  const causes = rankedCauses(evidence)
  const [first] = causes
  const line =
    first === undefined
      ? `the deployment failed, and nothing that could be read tells why${countText(evidence.counts)}`
      : causeLine(first)
  return {
    kind: first?.kind,
    line,
    causes,
    details: detailLines(causes, evidence),
    markdown: markdown(causes, evidence),
  }
}

/** Every cause that the evidence holds, by rank and then by count; the same told once. */
export function rankedCauses(evidence: Evidence): readonly RankedCause[] {
  const causes: RankedCause[] = evidence.ends.map(({ kind, text, advice, count, container }) => {
    const log = evidence.logs.find((one) => one.container === container)?.lines ?? []
    const foreign = kind === 'exit' && log.some((line) => /exec format error/.test(line))
    return {
      kind,
      text,
      count,
      said: kind === 'exit' ? tellingLine(log) : undefined,
      advice: foreign ? otherArchitecture : advice,
    }
  })
  const health = healthCauses(evidence.targets, evidence.checks)
  const failing = health.filter(({ text }) => !/^(initial|unused)/.test(text))
  // `Task failed ELB health checks in (target-group …)` says less than what the target group says itself.
  const seen = failing.length === 0 ? causes : causes.filter(({ text }) => !/^Task failed ELB health checks/.test(text))
  const said = evidence.logs[0] && tellingError(evidence.logs[0].lines)
  const found = [
    ...seen,
    ...failing.map((cause) => ({ ...cause, said })),
    ...eventCauses(evidence),
    ...toldCauses(evidence),
  ]
  const all = found.length > 0 ? found : health.map((cause) => ({ ...cause, said: undefined }))
  return withoutRepeats(all.map(tidy).sort((a, b) => rank(a) - rank(b) || b.count - a.count))
}

const rank = ({ kind }: Cause): number => causeKinds.indexOf(kind)

/** Of a container that runs only a line that speaks of an error is worth telling. */
const tellingError = (lines: readonly string[]): string | undefined =>
  tellingLine(lines.filter((line) => /fatal|panic|exception|error/i.test(line)))

const tidy = (cause: RankedCause): RankedCause => ({
  ...cause,
  text: oneLine(shortIds(cause.text), longest),
  advice: cause.advice && oneLine(cause.advice, 400),
})

function eventCauses({ events, facts, ends, targets }: Evidence): readonly RankedCause[] {
  const known = new Set<CauseKind>(ends.map(({ kind }) => kind))
  if (targets.length > 0) known.add('health')
  return events.flatMap(({ message }) => {
    const cause = eventCause(message, facts)
    // The scheduler repeats what the tasks tell better.
    return cause === undefined || known.has(cause.kind) ? [] : [{ ...cause, count: 1, said: undefined }]
  })
}

function toldCauses({ breaker, hook, alarms, triggeredAlarms = [], message }: Evidence): readonly RankedCause[] {
  const told: Cause[] = []
  if (breaker !== undefined && breaker.failed >= breaker.threshold) {
    const text = `circuit breaker: ${breaker.failed} of ${breaker.threshold} failed tasks`
    told.push({ kind: 'breaker', text, advice: undefined })
  }
  for (const { name, state, reason } of alarms) {
    if (state !== 'ALARM' && !triggeredAlarms.includes(name)) continue
    const why = reason === undefined ? '' : `: ${reason}`
    told.push({
      kind: 'alarm',
      text: `alarm ${name} went off${state === 'ALARM' ? '' : ` (now ${state})`}${why}`,
      advice: undefined,
    })
  }
  for (const name of triggeredAlarms) {
    if (alarms.some((alarm) => alarm.name === name)) continue
    told.push({ kind: 'alarm', text: `alarm ${name} went off`, advice: undefined })
  }
  if (hook !== undefined) {
    const who = hook.target === undefined ? '' : ` of ${hook.target}`
    told.push({
      kind: 'hook',
      text: `${hook.stage}${who} failed: ${hook.message ?? 'no reason told'}`,
      advice: undefined,
    })
  }
  if (message !== undefined && message !== '') told.push({ kind: 'service', text: message, advice: undefined })
  return told.map((cause) => ({ ...cause, count: 1, said: undefined }))
}

/** The same text told once, as the kind that ranks first. */
function withoutRepeats(causes: readonly RankedCause[]): RankedCause[] {
  const told = new Map<string, RankedCause>()
  for (const cause of causes) {
    const known = told.get(cause.text)
    if (known === undefined) told.set(cause.text, cause)
    else if (known.kind === cause.kind) told.set(cause.text, { ...known, count: known.count + cause.count })
  }
  return [...told.values()]
}

/** The text, how often, what was said, and what to do, as far as it fits into one line. */
export function causeLine({ text, count, said, advice }: RankedCause): string {
  const often = count > 1 ? `, ${count} times` : ''
  const line = `${cut(text, longest - often.length)}${often}`
  const spoken = said === undefined || line.length > longest - 20 ? line : cut(`${line}: ${said}`, longest)
  return advice === undefined || spoken.length + advice.length + 4 > longest ? spoken : `${spoken} (${advice})`
}

const countText = (counts: TaskCounts | undefined): string =>
  counts === undefined ? '' : ` (${counts.running} of ${counts.desired} tasks run, ${counts.pending} pending)`

const short = (id: string): string => id.slice(0, 8)
const clock = (at: Date | undefined): string => (at === undefined ? '' : `${at.toISOString().slice(11, 19)} `)

function detailLines(causes: readonly RankedCause[], evidence: Evidence): readonly string[] {
  const lines: string[] = []
  for (const { text, count, advice } of causes) {
    lines.push(count > 1 ? `${count} × ${text}` : text)
    if (advice !== undefined) lines.push(`  → ${advice}`)
  }
  const { breaker, counts } = evidence
  if (counts !== undefined)
    lines.push(`tasks of the deployment: ${counts.running} of ${counts.desired} run, ${counts.pending} pending`)
  if (breaker !== undefined && breaker.failed < breaker.threshold)
    lines.push(`circuit breaker: ${breaker.failed} of ${breaker.threshold} failed tasks`)
  const quiet = evidence.alarms.filter(
    ({ state, name }) => state !== 'ALARM' && !(evidence.triggeredAlarms ?? []).includes(name),
  )
  if (quiet.length > 0) lines.push(`alarms: ${quiet.map(({ name, state }) => oneLine(`${name} ${state}`)).join(', ')}`)
  const events = toldEvents(evidence.events)
  if (events.length > 0) lines.push('service events:')
  for (const { at, text, count } of events) lines.push(`  ${clock(at)}${text}${count > 1 ? ` (${count} times)` : ''}`)
  for (const log of evidence.logs) {
    lines.push(`last lines of ${oneLine(log.container)} (task ${short(log.task)}):`)
    for (const line of log.lines) lines.push(`  | ${line}`)
  }
  return [...lines, ...evidence.gaps.map((gap) => oneLine(gap))]
}

function markdown(causes: readonly RankedCause[], evidence: Evidence): string {
  const blocks: string[] = []
  if (causes.length > 0) {
    const rows = causes.map(
      ({ text, count, advice }) => `| ${inMarkdown(text)} | ${count} | ${inMarkdown(advice ?? '')} |`,
    )
    blocks.push(['| cause | times | what to do |', '| --- | ---: | --- |', ...rows].join('\n'))
  }
  const events = toldEvents(evidence.events)
  if (events.length > 0) {
    const items = events.map(
      ({ at, text, count }) => `- ${clock(at)}${inMarkdown(text)}${count > 1 ? ` (${count} times)` : ''}`,
    )
    blocks.push(['Service events:', '', ...items].join('\n'))
  }
  for (const { container, task, lines } of evidence.logs)
    blocks.push(`Last lines of ${inMarkdown(oneLine(container))}, task ${short(task)}:\n\n${codeBlock(lines)}`)
  if (evidence.gaps.length > 0) blocks.push(evidence.gaps.map((gap) => `- ${inMarkdown(oneLine(gap))}`).join('\n'))
  return blocks.join('\n\n')
}
