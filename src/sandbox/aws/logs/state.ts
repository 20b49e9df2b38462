import type { Caller } from '../../world.ts'
import { AwsError, type Input } from '../service.ts'

/** Kept of each stream. */
const keptEvents = 10_000

export interface LogEvent {
  readonly timestamp: number
  readonly message: string
  readonly ingestionTime: number
}

export interface LogStream {
  readonly name: string
  readonly createdAt: number
  readonly events: LogEvent[]
  /** Events that were dropped from the front. */
  dropped: number
}

export interface LogGroup {
  readonly name: string
  readonly createdAt: number
  readonly streams: Map<string, LogStream>
  retentionInDays: number | undefined
}

/** One account's log groups in one region. */
export type LogGroups = Map<string, LogGroup>

export const groupArn = ({ region, accountId }: Caller, { name }: LogGroup): string =>
  `arn:aws:logs:${region}:${accountId}:log-group:${name}`

/** By `logGroupName`, or by `logGroupIdentifier`, which may be an ARN. @throws AwsError ResourceNotFoundException */
export function groupOf(groups: LogGroups, input: Input): LogGroup {
  const text = String(input['logGroupName'] ?? input['logGroupIdentifier'] ?? '')
  const group = groups.get(
    text.includes(':log-group:') ? (text.split(':log-group:')[1] ?? '').replace(/:\*$/, '') : text,
  )
  if (group === undefined) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.')
  return group
}

/** @throws AwsError ResourceNotFoundException */
export function streamOf(group: LogGroup, name: unknown): LogStream {
  const stream = group.streams.get(String(name ?? ''))
  if (stream === undefined) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.')
  return stream
}

/** Adds events in the order of their time; the oldest are dropped when there are too many. */
export function append(stream: LogStream, events: readonly LogEvent[]): void {
  stream.events.push(...events)
  stream.events.sort((a, b) => a.timestamp - b.timestamp)
  const extra = stream.events.length - keptEvents
  if (extra <= 0) return
  stream.events.splice(0, extra)
  stream.dropped += extra
}

/** Whether an event is within `startTime` (inclusive) and `endTime` (exclusive). */
export const within =
  ({ startTime, endTime }: Input) =>
  ({ timestamp }: Pick<LogEvent, 'timestamp'>): boolean =>
    timestamp >= Number(startTime ?? 0) && timestamp < Number(endTime ?? Number.MAX_SAFE_INTEGER)

/** A whole number within limits, or `otherwise`. @throws AwsError InvalidParameterException */
export function limitOf(input: Input, most: number, otherwise = most): number {
  const limit = input['limit'] === undefined ? otherwise : Number(input['limit'])
  if (!Number.isInteger(limit) || limit < 1 || limit > most) {
    throw new AwsError(
      'InvalidParameterException',
      `1 validation error detected: Value '${String(input['limit'])}' at 'limit' failed to satisfy constraint: Member must have value between 1 and ${most}`,
    )
  }
  return limit
}

/** Where a page begins. @throws AwsError InvalidParameterException */
export function offsetIn(token: unknown): number {
  if (token === undefined || token === null) return 0
  if (!/^\d{1,9}$/.test(String(token))) {
    throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.')
  }
  return Number(token)
}

export function page<T>(items: readonly T[], input: Input, most: number): { items: readonly T[]; nextToken?: string } {
  const from = offsetIn(input['nextToken'])
  const to = from + limitOf(input, most)
  return { items: items.slice(from, to), ...(to < items.length ? { nextToken: String(to) } : {}) }
}
