import type { Caller, World } from '../world.ts'
import { AwsError, type AwsService, regional } from './service.ts'

interface Stream {
  readonly name: string
  readonly createdAt: number
  readonly events: { readonly timestamp: number; readonly message: string; readonly ingestionTime: number }[]
}
interface Group {
  readonly name: string
  readonly createdAt: number
  readonly streams: Map<string, Stream>
}

/** Kept of each stream. */
const keptEvents = 10_000

/** CloudWatch Logs: groups, streams and their events, enough for the last lines of a task. */
export function logs(world: World): AwsService {
  const { clock } = world
  const state = regional<Map<string, Group>>(() => new Map())
  const groupOf = (caller: Caller, name: unknown): Group => {
    const key = String(name ?? '')
    const group = state(caller).get(
      key.startsWith('arn:') ? (key.split(':log-group:')[1]?.replace(/:\*$/, '') ?? '') : key,
    )
    if (group === undefined) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.')
    return group
  }
  const streamOf = (group: Group, name: unknown): Stream => {
    const stream = group.streams.get(String(name ?? ''))
    if (stream === undefined)
      throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.')
    return stream
  }
  const groupArn = (caller: Caller, group: Group): string =>
    `arn:aws:logs:${caller.region}:${caller.accountId}:log-group:${group.name}`
  const inTime = (from: unknown, to: unknown) => (event: { timestamp: number }) =>
    event.timestamp >= Number(from ?? 0) && event.timestamp < Number(to ?? Number.MAX_SAFE_INTEGER)

  return {
    name: 'logs',
    protocol: { kind: 'json', version: '1.1', target: 'Logs_20140328' },
    operations: {
      CreateLogGroup(input, caller) {
        const name = String(input['logGroupName'] ?? '')
        if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name))
          throw new AwsError(
            'InvalidParameterException',
            `Value '${name}' at 'logGroupName' failed to satisfy constraint`,
          )
        if (state(caller).has(name))
          throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists')
        state(caller).set(name, { name, createdAt: clock.now(), streams: new Map() })
        return {}
      },
      DeleteLogGroup(input, caller) {
        state(caller).delete(groupOf(caller, input['logGroupName']).name)
        return {}
      },
      CreateLogStream(input, caller) {
        const group = groupOf(caller, input['logGroupName'])
        const name = String(input['logStreamName'] ?? '')
        if (group.streams.has(name))
          throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists')
        group.streams.set(name, { name, createdAt: clock.now(), events: [] })
        return {}
      },
      PutLogEvents(input, caller) {
        const stream = streamOf(groupOf(caller, input['logGroupName']), input['logStreamName'])
        for (const event of Array.isArray(input['logEvents']) ? input['logEvents'] : []) {
          stream.events.push({
            timestamp: Number(event.timestamp),
            message: String(event.message),
            ingestionTime: Math.round(clock.now()),
          })
        }
        stream.events.sort((a, b) => a.timestamp - b.timestamp)
        if (stream.events.length > keptEvents) stream.events.splice(0, stream.events.length - keptEvents)
        return { nextSequenceToken: String(stream.events.length) }
      },
      DescribeLogGroups(input, caller) {
        const prefix = String(input['logGroupNamePrefix'] ?? '')
        return {
          logGroups: [...state(caller).values()]
            .filter(({ name }) => name.startsWith(prefix))
            .map((group) => ({
              logGroupName: group.name,
              creationTime: Math.round(group.createdAt),
              metricFilterCount: 0,
              arn: `${groupArn(caller, group)}:*`,
              logGroupArn: groupArn(caller, group),
              storedBytes: 0,
              logGroupClass: 'STANDARD',
            })),
        }
      },
      DescribeLogStreams(input, caller) {
        const group = groupOf(caller, input['logGroupName'] ?? input['logGroupIdentifier'])
        const prefix = String(input['logStreamNamePrefix'] ?? '')
        return {
          logStreams: [...group.streams.values()]
            .filter(({ name }) => name.startsWith(prefix))
            .map((stream) => ({
              logStreamName: stream.name,
              creationTime: Math.round(stream.createdAt),
              firstEventTimestamp: stream.events[0]?.timestamp,
              lastEventTimestamp: stream.events.at(-1)?.timestamp,
              arn: `${groupArn(caller, group)}:log-stream:${stream.name}`,
              storedBytes: 0,
            })),
        }
      },
      GetLogEvents(input, caller) {
        const stream = streamOf(
          groupOf(caller, input['logGroupName'] ?? input['logGroupIdentifier']),
          input['logStreamName'],
        )
        const events = stream.events.filter(inTime(input['startTime'], input['endTime']))
        const limit = Math.min(Number(input['limit'] ?? 10_000), 10_000)
        // With a token there is nothing further on: the sandbox gives everything in the first answer.
        const page =
          input['nextToken'] === undefined
            ? input['startFromHead'] === true
              ? events.slice(0, limit)
              : events.slice(-limit)
            : []
        return { events: page, nextForwardToken: `f/${stream.events.length}`, nextBackwardToken: 'b/0' }
      },
      FilterLogEvents(input, caller) {
        const group = groupOf(caller, input['logGroupName'] ?? input['logGroupIdentifier'])
        const names = Array.isArray(input['logStreamNames']) ? new Set(input['logStreamNames'].map(String)) : undefined
        const prefix = String(input['logStreamNamePrefix'] ?? '')
        const pattern = String(input['filterPattern'] ?? '').replace(/^"|"$/g, '')
        const events = [...group.streams.values()]
          .filter((stream) => (names === undefined || names.has(stream.name)) && stream.name.startsWith(prefix))
          .flatMap((stream) =>
            stream.events.map((event, index) => ({
              ...event,
              logStreamName: stream.name,
              eventId: `${stream.createdAt}${index}`,
            })),
          )
          .filter(inTime(input['startTime'], input['endTime']))
          .filter(({ message }) => pattern === '' || message.includes(pattern))
          .sort((a, b) => a.timestamp - b.timestamp)
        return { events: events.slice(0, Number(input['limit'] ?? 10_000)), searchedLogStreams: [] }
      },
    },
  }
}
