import type { Caller } from '../../world.ts'
import { AwsError, type Input, type Operation } from '../service.ts'
import { filterPattern } from './filter-pattern.ts'
import { groupOf, type LogEvent, type LogGroups, type LogStream, limitOf, page, streamOf, within } from './state.ts'

/** Tokens name a place in the stream by the number of the next event, so that what is written later is read later. */
function placeOf(token: string, stream: LogStream): { forward: boolean; at: number } {
  const match = /^([fb])\/(\d{1,12})\/s$/.exec(token)
  if (match === null) throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.')
  return { forward: match[1] === 'f', at: Math.max(0, Number(match[2]) - stream.dropped) }
}

function readEvents(stream: LogStream, input: Input): Input {
  const limit = limitOf(input, 10_000)
  const place = input['nextToken'] === undefined ? undefined : placeOf(String(input['nextToken']), stream)
  const isIn = within(input)
  const indexed = stream.events.map((event, index) => ({ event, index })).filter(({ event }) => isIn(event))
  let chosen: { event: LogEvent; index: number }[]
  if (place?.forward === true) chosen = indexed.filter(({ index }) => index >= place.at).slice(0, limit)
  else if (place !== undefined) chosen = indexed.filter(({ index }) => index < place.at).slice(-limit)
  else chosen = input['startFromHead'] === true ? indexed.slice(0, limit) : indexed.slice(-limit)
  const rest = place?.at ?? stream.events.length
  const before = chosen[0]?.index ?? rest
  const after = chosen.at(-1) === undefined ? rest : (chosen.at(-1)?.index ?? 0) + 1
  return {
    events: chosen.map(({ event }) => event),
    nextForwardToken: `f/${after + stream.dropped}/s`,
    nextBackwardToken: `b/${before + stream.dropped}/s`,
  }
}

/** Reading events, of one stream or of a whole group. */
export function readingOperations(state: (caller: Caller) => LogGroups): Record<string, Operation> {
  return {
    GetLogEvents: (input, caller) => readEvents(streamOf(groupOf(state(caller), input), input['logStreamName']), input),
    FilterLogEvents(input, caller) {
      const group = groupOf(state(caller), input)
      const names = Array.isArray(input['logStreamNames']) ? new Set(input['logStreamNames'].map(String)) : undefined
      const prefix = String(input['logStreamNamePrefix'] ?? '')
      const matches = filterPattern(String(input['filterPattern'] ?? ''))
      if (matches === undefined) {
        throw new AwsError('InvalidParameterException', 'The sandbox knows filter patterns of terms only.')
      }
      const isIn = within(input)
      const events = [...group.streams.values()]
        .filter(({ name }) => (names === undefined || names.has(name)) && name.startsWith(prefix))
        .flatMap((stream) =>
          stream.events.map((event, index) => ({
            ...event,
            logStreamName: stream.name,
            eventId: `${Math.round(stream.createdAt)}${String(stream.dropped + index).padStart(10, '0')}`,
          })),
        )
        .filter((event) => isIn(event) && matches(event.message))
        .sort((a, b) => a.timestamp - b.timestamp)
      const { items, ...next } = page(events, input, 10_000)
      return { events: items, searchedLogStreams: [], ...next }
    },
  }
}
