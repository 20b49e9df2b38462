import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { filterPattern } from '../../src/sandbox/aws/logs/filter-pattern.ts'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'

let sandbox: Sandbox
let logs: CloudWatchLogsClient
const place = { logGroupName: '/ecs/orders', logStreamName: 'ecs/app/1' }

beforeEach(async () => {
  sandbox = await startCheckedSandbox({ speed: 0 })
  logs = new CloudWatchLogsClient({
    endpoint: sandbox.endpoint(),
    region: sandbox.region,
    credentials: { accessKeyId: 'A', secretAccessKey: 'b' },
  })
  await logs.send(new CreateLogGroupCommand(place))
  await logs.send(new CreateLogStreamCommand(place))
})
afterEach(async () => {
  logs.destroy()
  await sandbox.close()
})

const write = async (...messages: string[]): Promise<void> => {
  const logEvents = messages.map((message) => ({ timestamp: Math.round(sandbox.clock.now()), message }))
  await logs.send(new PutLogEventsCommand({ ...place, logEvents }))
  await sandbox.clock.advance(1_000)
}
const read = async (more: Partial<GetLogEventsCommandInput> = {}) => {
  const answer = await logs.send(new GetLogEventsCommand({ ...place, ...more }))
  return { ...answer, lines: answer.events?.map(({ message }) => message) }
}

describe('CloudWatch Logs', () => {
  test('gives the last lines, or the first', async () => {
    await write('one', 'two', 'three')
    expect((await read({ limit: 2 })).lines).toEqual(['two', 'three'])
    expect((await read({ limit: 2, startFromHead: true })).lines).toEqual(['one', 'two'])
  })

  test('goes on where a token points, forward to what is written later and backward to what came before', async () => {
    await write('one', 'two')
    const first = await read()
    expect((await read({ nextToken: first.nextForwardToken })).lines).toEqual([])
    await write('three')
    const later = await read({ nextToken: first.nextForwardToken })
    expect(later.lines).toEqual(['three'])
    expect((await read({ nextToken: later.nextBackwardToken })).lines).toEqual(['one', 'two'])
    const end = await read({ nextToken: later.nextForwardToken })
    expect(end.nextForwardToken).toBe(later.nextForwardToken)
  })

  test('finds lines of a group by time and terms', async () => {
    await write('GET / 200')
    const startTime = Math.round(sandbox.clock.now())
    await write('ERROR cannot connect', 'GET / 500')
    const find = async (filterPattern: string) =>
      (
        await logs.send(
          new FilterLogEventsCommand({ ...place, logStreamName: undefined, startTime, filterPattern } as never),
        )
      ).events?.map(({ message, logStreamName }) => [logStreamName, message])
    expect(await find('ERROR')).toEqual([['ecs/app/1', 'ERROR cannot connect']])
    expect(await find('')).toHaveLength(2)
  })

  test('refuses what is not there, and what is there already', async () => {
    await expect(read({ logGroupName: '/none' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    await expect(read({ logStreamName: 'none' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    await expect(logs.send(new CreateLogStreamCommand(place))).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    })
    await expect(logs.send(new CreateLogGroupCommand({ logGroupName: 'a b' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
  })

  test('lists groups by prefix, and streams by their last event', async () => {
    await logs.send(new CreateLogStreamCommand({ ...place, logStreamName: 'ecs/app/0' }))
    await sandbox.clock.advance(1_000)
    await write('late')
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/ecs' }))
    expect(logGroups?.map(({ logGroupName }) => logGroupName)).toEqual(['/ecs/orders'])
    const order = { logGroupName: place.logGroupName, orderBy: 'LastEventTime', descending: true, limit: 1 } as const
    const { logStreams, nextToken } = await logs.send(new DescribeLogStreamsCommand(order))
    expect([logStreams?.[0]?.logStreamName, nextToken]).toEqual(['ecs/app/1', '1'])
  })
})

test.each([
  ['', 'anything', true],
  ['ERROR', 'an ERROR here', true],
  ['ERROR timeout', 'ERROR: refused', false],
  ['?ERROR ?WARN', 'a WARN', true],
  ['"cannot connect"', 'we cannot connect', true],
  ['ERROR -retry', 'ERROR, will retry', false],
])('the pattern %j and the line %j', (pattern, line, expected) => {
  expect(filterPattern(pattern)?.(line)).toBe(expected)
})
