import type { World } from '../world.ts'
import { readingOperations } from './logs/reading.ts'
import { append, groupArn, groupOf, type LogGroups, type LogStream, page, streamOf } from './logs/state.ts'
import { AwsError, type AwsService, type Input, regional } from './service.ts'

const invalid = (value: string, name: string): AwsError =>
  new AwsError(
    'InvalidParameterException',
    `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member must satisfy regular expression pattern`,
  )

const lastEvent = (stream: LogStream): number => stream.events.at(-1)?.timestamp ?? stream.createdAt

/** CloudWatch Logs: groups, streams and their events, enough for the last lines of a task. */
export function logs(world: World): AwsService {
  const { clock } = world
  const state = regional<LogGroups>(() => new Map())
  return {
    name: 'logs',
    protocol: { kind: 'json', version: '1.1', target: 'Logs_20140328' },
    operations: {
      CreateLogGroup(input, caller) {
        const name = String(input['logGroupName'] ?? '')
        if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) throw invalid(name, 'logGroupName')
        const groups = state(caller)
        if (groups.has(name)) {
          throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists')
        }
        groups.set(name, { name, createdAt: clock.now(), streams: new Map(), retentionInDays: undefined })
        return {}
      },
      DeleteLogGroup(input, caller) {
        const groups = state(caller)
        groups.delete(groupOf(groups, input).name)
        return {}
      },
      PutRetentionPolicy(input, caller) {
        groupOf(state(caller), input).retentionInDays = Number(input['retentionInDays'])
        return {}
      },
      CreateLogStream(input, caller) {
        const group = groupOf(state(caller), input)
        const name = String(input['logStreamName'] ?? '')
        if (!/^[^:*]{1,512}$/.test(name)) throw invalid(name, 'logStreamName')
        if (group.streams.has(name)) {
          throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists')
        }
        group.streams.set(name, { name, createdAt: clock.now(), events: [], dropped: 0 })
        return {}
      },
      DeleteLogStream(input, caller) {
        const group = groupOf(state(caller), input)
        group.streams.delete(streamOf(group, input['logStreamName']).name)
        return {}
      },
      PutLogEvents(input, caller) {
        const stream = streamOf(groupOf(state(caller), input), input['logStreamName'])
        const events = (Array.isArray(input['logEvents']) ? input['logEvents'] : []) as Input[]
        if (events.length === 0) throw new AwsError('InvalidParameterException', 'Log events cannot be empty.')
        const times = events.map(({ timestamp }) => Number(timestamp))
        if (times.some((time, index) => index > 0 && time < (times[index - 1] ?? 0))) {
          const message = 'Log events in a single PutLogEvents request must be in chronological order.'
          throw new AwsError('InvalidParameterException', message)
        }
        const ingestionTime = Math.round(clock.now())
        append(
          stream,
          events.map(({ message }, index) => ({
            timestamp: times[index] ?? 0,
            message: String(message),
            ingestionTime,
          })),
        )
        return { nextSequenceToken: String(stream.dropped + stream.events.length).padStart(56, '0') }
      },
      DescribeLogGroups(input, caller) {
        const prefix = String(input['logGroupNamePrefix'] ?? '')
        const part = String(input['logGroupNamePattern'] ?? '').toLowerCase()
        const found = [...state(caller).values()]
          .filter(({ name }) => name.startsWith(prefix) && name.toLowerCase().includes(part))
          .sort((a, b) => (a.name < b.name ? -1 : 1))
        const { items, ...next } = page(found, input, 50)
        return {
          logGroups: items.map((group) => ({
            logGroupName: group.name,
            creationTime: Math.round(group.createdAt),
            retentionInDays: group.retentionInDays,
            metricFilterCount: 0,
            arn: `${groupArn(caller, group)}:*`,
            logGroupArn: groupArn(caller, group),
            storedBytes: 0,
            logGroupClass: 'STANDARD',
          })),
          ...next,
        }
      },
      DescribeLogStreams(input, caller) {
        const group = groupOf(state(caller), input)
        const prefix = String(input['logStreamNamePrefix'] ?? '')
        const found = [...group.streams.values()].filter(({ name }) => name.startsWith(prefix))
        if (input['orderBy'] === 'LastEventTime') found.sort((a, b) => lastEvent(a) - lastEvent(b))
        else found.sort((a, b) => (a.name < b.name ? -1 : 1))
        if (input['descending'] === true) found.reverse()
        const { items, ...next } = page(found, input, 50)
        return {
          logStreams: items.map((stream) => ({
            logStreamName: stream.name,
            creationTime: Math.round(stream.createdAt),
            firstEventTimestamp: stream.events[0]?.timestamp,
            lastEventTimestamp: stream.events.at(-1)?.timestamp,
            lastIngestionTime: stream.events.at(-1)?.ingestionTime,
            arn: `${groupArn(caller, group)}:log-stream:${stream.name}`,
            storedBytes: 0,
          })),
          ...next,
        }
      },
      ...readingOperations(state),
    },
  }
}
