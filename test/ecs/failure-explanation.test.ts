import type { Task } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type CauseKind, noFacts } from '../../src/ecs/failure-cause.ts'
import type { Evidence } from '../../src/ecs/failure-evidence.ts'
import { explain } from '../../src/ecs/failure-explanation.ts'
import { groupEnds, type TaskEnds } from '../../src/ecs/failure-task.ts'

const nothing: Evidence = {
  counts: undefined,
  ends: [],
  facts: noFacts,
  targets: [],
  checks: new Map(),
  events: [],
  logs: [],
  alarms: [],
  gaps: [],
}
const end = (kind: CauseKind, text: string, more: Partial<TaskEnds> = {}): TaskEnds => ({
  kind,
  text,
  advice: undefined,
  container: 'app',
  exitCode: undefined,
  count: 1,
  tasks: [],
  ...more,
})
const log = (...lines: string[]) => [{ container: 'app', task: '0123456789abcdef', lines }]
const target = {
  targetGroup: 'orders-green',
  targetGroupArn: 'arn:orders-green',
  target: '10.0.1.4:8080',
  state: 'unhealthy',
  reason: 'Target.Timeout',
  description: 'Request timed out',
}
const placement = {
  at: new Date(0),
  message: '(service orders) was unable to place a task. Reason: Capacity is unavailable at this time.',
}
const breaker = { failed: 3, threshold: 3 }
const alarm = {
  name: 'orders-5xx',
  state: 'ALARM',
  reason: 'Threshold Crossed: 1 datapoint [12.0] was greater than 5.0',
}
const hook = { stage: 'AfterAllowTestTraffic', target: undefined, message: 'smoke test: 2 of 9 failed' }

describe('the first line names the cause that explains the others:', () => {
  const everything: Evidence = {
    ...nothing,
    ends: [
      end('start', 'the log group /ecs/orders does not exist', { count: 9 }),
      end('exit', 'container app exited with code 1', { count: 5 }),
      end('image', 'image not found: orders:v9'),
    ],
    events: [placement],
    targets: [target],
    breaker,
    alarms: [alarm],
    hook,
    message: 'the service says so',
  }
  const without = (...kinds: readonly CauseKind[]): Evidence => ({
    ...everything,
    ends: everything.ends.filter(({ kind }) => !kinds.includes(kind)),
    events: kinds.includes('placement') ? [] : everything.events,
    targets: kinds.includes('health') ? [] : everything.targets,
    breaker: kinds.includes('breaker') ? undefined : breaker,
    alarms: kinds.includes('alarm') ? [] : everything.alarms,
    hook: kinds.includes('hook') ? undefined : hook,
    message: kinds.includes('service') ? undefined : everything.message,
  })
  const order: readonly (readonly [CauseKind, RegExp])[] = [
    ['image', /^image not found: orders:v9$/],
    ['exit', /^container app exited with code 1, 5 times$/],
    ['start', /^the log group \/ecs\/orders does not exist, 9 times$/],
    ['placement', /^Capacity is unavailable at this time \(try again later/],
    ['health', /^unhealthy: Target\.Timeout \(Request timed out\) \(nothing answered/],
    ['breaker', /^circuit breaker: 3 of 3 failed tasks$/],
    ['alarm', /^alarm orders-5xx went off: Threshold Crossed: 1 datapoint \[12\.0\] was greater than 5\.0$/],
    ['hook', /^AfterAllowTestTraffic failed: smoke test: 2 of 9 failed$/],
    ['service', /^the service says so$/],
  ]
  test.each(order.map(([kind, line], index) => ({ kind, line, before: order.slice(0, index).map(([name]) => name) })))(
    '$kind, when there is none of $before',
    ({ kind, line, before }) => {
      const explanation = explain(without(...before))
      expect(explanation.kind).toBe(kind)
      expect(explanation.line).toMatch(line)
    },
  )

  test('and says so when nothing tells', () => {
    const explanation = explain({ ...nothing, gaps: ['stopped tasks could not be read: AccessDenied ecs:ListTasks'] })
    expect(explanation).toMatchObject({
      kind: undefined,
      line: 'the deployment failed, and nothing that could be read tells why',
      details: ['stopped tasks could not be read: AccessDenied ecs:ListTasks'],
    })
  })
})

describe('the log of the container', () => {
  test('gives the line that says most, not the end of a stack', () => {
    const logs = log(
      'starting',
      "Error: Cannot find module 'express'",
      '    at Module._load (node:internal:1)',
      'Node.js v22.1.0',
    )
    const { line } = explain({ ...nothing, ends: [end('exit', 'container app exited with code 1')], logs })
    expect(line).toBe("container app exited with code 1: Error: Cannot find module 'express'")
  })

  test('tells of a program for another architecture', () => {
    const logs = log('exec /usr/local/bin/server: exec format error')
    const { line } = explain({ ...nothing, ends: [end('exit', 'container app exited with code 255')], logs })
    expect(line).toMatch(
      /^container app exited with code 255: exec \S+ exec format error \(the program was built for another architecture/,
    )
  })

  test('stands in the details and, as code that it cannot close, in the summary', () => {
    const { details, markdown } = explain({
      ...nothing,
      ends: [end('exit', 'container app exited with code 1')],
      logs: log('```', '<script>'),
    })
    expect(details).toEqual([
      'container app exited with code 1',
      'last lines of app (task 01234567):',
      '  | ```',
      '  | <script>',
    ])
    expect(markdown).toContain('````text\n```\n<script>\n````')
  })
})

describe('the alarms', () => {
  test('that the service says went off count, also when they are quiet by now or cannot be read', () => {
    const { causes } = explain({
      ...nothing,
      alarms: [{ name: 'latency', state: 'OK', reason: undefined }],
      triggeredAlarms: ['latency', 'errors'],
    })
    expect(causes.map(({ text }) => text)).toEqual(['alarm latency went off (now OK)', 'alarm errors went off'])
  })

  test('that did not go off are a detail', () => {
    const { kind, details } = explain({ ...nothing, alarms: [{ name: 'latency', state: 'OK', reason: undefined }] })
    expect([kind, details]).toEqual([undefined, ['alarms: latency OK']])
  })
})

test('how many tasks run is told, also when that is all that is known', () => {
  const { line, details } = explain({ ...nothing, counts: { desired: 3, running: 1, pending: 2 } })
  expect(line).toBe('the deployment failed, and nothing that could be read tells why (1 of 3 tasks run, 2 pending)')
  expect(details).toEqual(['tasks of the deployment: 1 of 3 run, 2 pending'])
})

test('what the target group says stands for what ECS says of it', () => {
  const ends = [end('health', 'Task failed ELB health checks in (target-group orders-green)', { count: 3 })]
  expect(explain({ ...nothing, ends, targets: [target] }).causes.map(({ text }) => text)).toEqual([
    'unhealthy: Target.Timeout (Request timed out)',
  ])
  expect(explain({ ...nothing, ends }).line).toBe(
    'Task failed ELB health checks in (target-group orders-green), 3 times',
  )
})

test('a target that is not through its first checks is the cause only when nothing else is', () => {
  const initial = { ...target, state: 'initial', reason: 'Elb.InitialHealthChecking', description: undefined }
  expect(explain({ ...nothing, targets: [initial] }).line).toBe('initial: Elb.InitialHealthChecking')
  expect(explain({ ...nothing, targets: [initial], message: 'timed out' }).line).toBe('timed out')
})

test('a circuit breaker below its threshold is a detail', () => {
  const { kind, details } = explain({ ...nothing, breaker: { failed: 1, threshold: 3 } })
  expect([kind, details]).toEqual([undefined, ['circuit breaker: 1 of 3 failed tasks']])
})

test('what is done about it stands under each cause and in the table of the summary', () => {
  const { details, markdown } = explain({
    ...nothing,
    ends: [end('image', 'image not found: a|b', { count: 2, advice: 'push it' })],
  })
  expect(details).toEqual(['2 × image not found: a|b', '  → push it'])
  expect(markdown).toContain('| image not found: a\\|b | 2 | push it |')
})

describe('however long or hostile the evidence is,', () => {
  const hostile = `::error::gone\u001b[2K\r\n##[group]x section_start:1:a\u202e ${'long '.repeat(500)}`
  const evidence: Evidence = {
    ...nothing,
    ends: [end('exit', hostile, { count: 12, advice: 'x'.repeat(1_000) })],
    events: [{ at: undefined, message: `(service a) error ${hostile}` }],
    alarms: [{ name: hostile, state: 'ALARM', reason: hostile }],
    hook: { stage: hostile, target: hostile, message: hostile },
    gaps: [hostile],
    message: hostile,
  }
  const { line, details, markdown } = explain(evidence)

  test('the line has at most 300 characters', () => {
    expect(line.length).toBeLessThanOrEqual(300)
    expect(line).toMatch(/…, 12 times$/)
  })
  test('no line commands the runner or the terminal', () => {
    for (const text of [line, ...details, ...markdown.split('\n')]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
      expect(text).not.toMatch(/^\s*::|##\[|section_start:|[\u0000-\u001f\u007f\u202e]/)
    }
  })
})

test('any tasks and events at all are made into one line of at most 300 characters, and none throws', () => {
  const word = fc.constantFrom(
    'CannotPullContainerError: ',
    'ResourceInitializationError: ',
    'CannotStartContainerError: ',
    'unable to pull secrets or registry auth: ',
    'failed to invoke EFS utils commands ',
    'failed to resolve ref "',
    '(service a) was unable to place a task. Reason: ',
    'is unhealthy in (target-group arn:aws:elasticloadbalancing:x:1:targetgroup/a/b) due to (reason ',
    'not authorized to perform: s3:GetObject on resource: ',
    'AccessDeniedException ',
    'i/o timeout ',
    'not found ',
    'OutOfMemoryError: ',
    'Task failed container health checks',
  )
  const words = fc.array(fc.oneof(word, fc.string())).map((all) => all.join(''))
  const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined })
  const task = fc.record(
    {
      lastStatus: fc.constant('STOPPED'),
      stopCode: fc.constantFrom('TaskFailedToStart', 'EssentialContainerExited', 'ServiceSchedulerInitiated'),
      stoppedReason: words,
      containers: fc.array(
        fc.record({
          name: maybe(fc.string()),
          exitCode: maybe(fc.integer()),
          reason: maybe(words),
          image: maybe(words),
        }),
      ),
    },
    { requiredKeys: ['lastStatus'] },
  )
  fc.assert(
    fc.property(fc.array(task), fc.array(words), (tasks, messages) => {
      const ends = groupEnds(tasks as Task[])
      const events = messages.map((message) => ({ at: undefined, message }))
      const { line, details } = explain({ ...nothing, ends, events })
      expect(line.length).toBeLessThanOrEqual(300)
      expect([line, ...details].join('')).not.toContain('\n')
    }),
  )
})

test.each([
  'a ',
  'aaaa',
  'has been retried 1 time(s): ',
  '(service ',
  'arn:aws:ecs:a:1:x/',
  'repository ',
  '\u001b]',
  '(task ',
])('endless repetitions of %j keep nobody waiting', (bit) => {
  const starts = [
    'CannotPullContainerError: ',
    'ResourceInitializationError: unable to pull secrets ',
    '(service a) was unable to place a task. Reason: ',
  ]
  for (const start of starts) {
    const long = start + bit.repeat(100_000 / bit.length)
    const containers = [{ name: long, reason: long, image: long }]
    const task: Task = { lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart', stoppedReason: long, containers }
    const hook = { stage: long, target: long, message: long }
    const began = performance.now()
    explain({ ...nothing, ends: groupEnds([task]), events: [{ at: undefined, message: long }], hook, gaps: [long] })
    expect(performance.now() - began).toBeLessThan(1_000)
  }
})
