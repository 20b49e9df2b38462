import type { Cause, CauseFacts } from './failure-cause.ts'
import type { TargetFinding } from './failure-health.ts'
import { placementAdvice, startCause } from './failure-start.ts'
import { oneLine, shortIds } from './failure-text.ts'

/** A line in a service's log of events, as DescribeServices gives it. */
export interface ServiceEvent {
  readonly at: Date | undefined
  readonly message: string
}

/** Events that say the same, told once. */
export interface ToldEvent {
  /** When it was last said. */
  readonly at: Date | undefined
  readonly text: string
  readonly count: number
}

const tellsOfFailure =
  /fail|unhealthy|\berror\b|throttl|unable|unavailable|missing|alarm detected|rolling back|insufficient|was not|could not|cannot|exceeded/i

/** Those that speak of a failure, since a time, and not of another deployment or task set than `startedBy`; the newest first. */
export function failureEvents(
  events: readonly ServiceEvent[],
  { since, startedBy }: { readonly since: Date | undefined; readonly startedBy: string | undefined },
): readonly ServiceEvent[] {
  const from = since === undefined ? Number.NEGATIVE_INFINITY : since.getTime() - 1_000
  return events
    .filter(({ at }) => (at?.getTime() ?? from) >= from)
    .filter(({ message }) => tellsOfFailure.test(message))
    .filter(({ message }) => {
      const named: readonly string[] = message.match(/ecs-svc\/\d+/g) ?? []
      return startedBy === undefined || named.length === 0 || named.includes(startedBy)
    })
    .sort((a, b) => (b.at?.getTime() ?? 0) - (a.at?.getTime() ?? 0))
}

/** At most `most` of them, in the order of time, those that differ in ids alone told once. */
export function toldEvents(events: readonly ServiceEvent[], most = 5): readonly ToldEvent[] {
  const told = new Map<string, { at: Date | undefined; text: string; count: number }>()
  for (const { at, message } of events) {
    const text = eventText(message)
    const key = text.replaceAll(/\(task [^)]*\)|\b[0-9a-f]{8}\b|ecs-svc\/\d+|\d+(\.\d+){3}/g, '#')
    const known = told.get(key)
    if (known !== undefined) known.count++
    else if (told.size < most) told.set(key, { at, text, count: 1 })
  }
  return [...told.values()].reverse()
}

/** Without the service's name, the pointer to the manual, and long ids. */
export const eventText = (message: string): string =>
  oneLine(shortIds(message))
    .replace(/^(\(service [^)]*\)|service [\w-]+) /, '')
    .replace(/ For more information, see .*$/, '')

/** What an event says was the cause; undefined when it tells only that something went wrong. */
export function eventCause(message: string, facts: CauseFacts): Cause | undefined {
  const flat = oneLine(shortIds(message), 2_000)
  const reason = /unable to place a task\.? Reason: (.*)$/.exec(flat)?.[1]
  if (reason !== undefined) {
    const cause = startCause(reason.replace(/ For more information, see .*$/, ''), facts)
    return cause.kind === 'start' && !/^\w+Error/.test(reason)
      ? { kind: 'placement', text: `no place for a task: ${cause.text}`, advice: placementAdvice(reason) }
      : cause
  }
  const text = eventText(flat)
  if (/unable to place a task|unable to start a task|Capacity is unavailable|insufficient/i.test(flat)) {
    return { kind: 'placement', text: text.replace(/\.$/, ''), advice: placementAdvice(flat) }
  }
  if (/unable to assume (the )?role/i.test(flat)) {
    const advice = "let ecs.amazonaws.com (or ecs-tasks.amazonaws.com) assume that role, or restore the service's role"
    return { kind: 'placement', text: text.replace(/\.$/, ''), advice }
  }
  if (/operations are being throttled/i.test(flat)) {
    return {
      kind: 'service',
      text: text.replace(/\.$/, ''),
      advice: 'ECS tries again by itself: deploy less at a time',
    }
  }
  if (/unable to stop or start tasks during a deployment/.test(flat)) {
    const advice = 'raise maximumPercent or lower minimumHealthyPercent'
    return { kind: 'placement', text: text.replace(/\.$/, ''), advice }
  }
  if (/failed container health checks/.test(flat))
    return { kind: 'health', text: text.replace(/\.$/, ''), advice: undefined }
  return undefined
}

/** A target that an event says was unhealthy: `… (port 8080) is unhealthy in (target-group arn:…) due to (reason Request timed out).` */
export function unhealthyTarget(message: string): TargetFinding | undefined {
  const found = /is unhealthy in \(?target-group ([^\s)]+)\)? due to \(reason ([^)]*)\)/.exec(message.slice(0, 2_000))
  if (found?.[1] === undefined) return undefined
  const port = /\(port (\d+)\)/.exec(message)?.[1]
  return {
    targetGroup: targetGroupName(found[1]),
    targetGroupArn: found[1],
    target: `task:${port ?? ''}`,
    state: 'unhealthy',
    reason: undefined,
    description: oneLine(found[2] ?? ''),
  }
}

/** `orders-blue` of `arn:aws:elasticloadbalancing:…:targetgroup/orders-blue/0123456789abcdef`. */
export const targetGroupName = (arn: string): string => /targetgroup\/([^/]+)/.exec(arn)?.[1] ?? arn
