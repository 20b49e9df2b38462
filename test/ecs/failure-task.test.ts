import type { Container, Task } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { noFacts } from '../../src/ecs/failure-cause.ts'
import { belongs } from '../../src/ecs/failure-deployment.ts'
import { groupEnds, taskEnd } from '../../src/ecs/failure-task.ts'

const stopped = (containers: readonly Container[], more: Partial<Task> = {}): Task => ({
  taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/live/0123456789abcdef0123456789abcdef',
  lastStatus: 'STOPPED',
  desiredStatus: 'STOPPED',
  stopCode: 'EssentialContainerExited',
  stoppedReason: 'Essential container in task exited',
  memory: '512',
  containers: [...containers],
  ...more,
})
const because = '(Essential container in task exited)'

describe('a container that ended is told by', () => {
  test.each<[name: string, containers: readonly Container[], text: string, advice: RegExp | undefined]>([
    ['its exit code', [{ name: 'app', exitCode: 1 }], `container app exited with code 1 ${because}`, undefined],
    [
      'its memory, with the limit of the container',
      [{ name: 'app', exitCode: 137, memory: '256', reason: 'OutOfMemoryError: Container killed due to memory usage' }],
      'container app: OutOfMemoryError: container killed due to memory usage at 256 MiB (exit code 137)',
      /^raise its memory/,
    ],
    [
      'its memory, with the limit of the task when it has none',
      [{ name: 'app', exitCode: 137, reason: 'OutOfMemoryError: container killed due to memory usage' }],
      'container app: OutOfMemoryError: container killed due to memory usage at 512 MiB (exit code 137)',
      /^raise its memory/,
    ],
    [
      'SIGKILL',
      [{ name: 'app', exitCode: 137 }],
      `container app exited with code 137 (SIGKILL) ${because}`,
      /more memory than it may, or did not end within stopTimeout/,
    ],
    [
      'SIGTERM',
      [{ name: 'app', exitCode: 143 }],
      `container app exited with code 143 (SIGTERM) ${because}`,
      /told to stop/,
    ],
    ['SIGSEGV', [{ name: 'app', exitCode: 139 }], `container app exited with code 139 (SIGSEGV) ${because}`, undefined],
    [
      'the end of its program',
      [{ name: 'app', exitCode: 0 }],
      `container app exited with code 0 ${because}`,
      /must keep running/,
    ],
    [
      'a command that is not there',
      [{ name: 'app', exitCode: 127 }],
      `container app exited with code 127 ${because}`,
      /not found in the image/,
    ],
    [
      'the one that failed, not the one that was stopped after it',
      [
        { name: 'proxy', exitCode: 143 },
        { name: 'agent', exitCode: 137 },
        { name: 'app', exitCode: 2 },
      ],
      `container app exited with code 2 ${because}`,
      undefined,
    ],
    [
      'the one that came to its end, when the other was only told to stop',
      [
        { name: 'app', exitCode: 143 },
        { name: 'setup', exitCode: 0 },
      ],
      `container setup exited with code 0 ${because}`,
      /must keep running/,
    ],
    [
      'what the agent says when it never ran',
      [{ name: 'app', reason: 'CannotStartContainerError: exec: "server": executable file not found in $PATH' }],
      'CannotStartContainerError: exec: "server": executable file not found in $PATH',
      /command or entryPoint/,
    ],
  ])('%s', (_, containers, text, advice) => {
    const end = taskEnd(stopped(containers))
    expect([end?.kind, end?.text]).toEqual(['exit', text])
    if (advice === undefined) expect(end?.advice).toBeUndefined()
    else expect(end?.advice).toMatch(advice)
  })
})

describe('no failure of the task is', () => {
  test.each<[stoppedReason: string, more: Partial<Task>]>([
    ['Scaling activity initiated by (deployment ecs-svc/1234567890123456789)', {}],
    [
      'Scaling activity initiated by (deployment ecs-svc/1234567890123456789)',
      { stopCode: 'EssentialContainerExited' },
    ],
    ['Task set deleted', {}],
    ['', {}],
  ])('%s', (stoppedReason, more) => {
    const task = stopped([{ name: 'app', exitCode: 143 }], {
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason,
      ...more,
    })
    expect(taskEnd(task)).toBeUndefined()
  })

  test('a task that runs', () => {
    const running = { lastStatus: 'RUNNING', desiredStatus: 'RUNNING' }
    expect(taskEnd(stopped([], running))).toBeUndefined()
  })
})

describe('a task that the scheduler stopped', () => {
  test('for its health is told by that, not by the signal that ended it', () => {
    const end = taskEnd(
      stopped([{ name: 'app', exitCode: 137 }], {
        stopCode: 'ServiceSchedulerInitiated',
        stoppedReason:
          'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/orders-blue/0123456789abcdef)',
      }),
    )
    expect(end).toMatchObject({ kind: 'health', text: 'Task failed ELB health checks in (target-group orders-blue)' })
  })

  test('for the health check of a container is told by the command of that check', () => {
    const task = stopped([{ name: 'app', healthStatus: 'UNHEALTHY', exitCode: 137 }], {
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Task failed container health checks',
    })
    const check = 'CMD-SHELL curl -f http://localhost:8080/healthz (every 10 s, 3 tries)'
    expect(taskEnd(task, { ...noFacts, healthChecks: new Map([['app', check]]) })).toMatchObject({
      kind: 'health',
      text: `container app failed its own health check: ${check}`,
      advice: expect.stringMatching(/startPeriod/),
      container: 'app',
    })
    expect(taskEnd(task)?.text).toBe('Task failed container health checks')
  })

  test('because its capacity was taken away is told by that', () => {
    const more = { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' } as const
    const end = taskEnd(stopped([{ name: 'app', exitCode: 143 }], more))
    expect(end).toMatchObject({ kind: 'placement', advice: expect.stringMatching(/on-demand/) })
  })

  test('or a user stopped is no failure of the image', () => {
    const more = { stopCode: 'UserInitiated', stoppedReason: 'Task stopped by user' } as const
    expect(taskEnd(stopped([{ name: 'app', exitCode: 143 }], more))?.kind).toBe('stopped')
  })
})

test('on EC2 the reason of the container names the image that could not be had', () => {
  const image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:v9'
  const reason = `CannotPullContainerError: Error response from daemon: manifest for ${image} not found: manifest unknown`
  const end = taskEnd(
    stopped([{ name: 'app', image, reason }], { stopCode: 'TaskFailedToStart', stoppedReason: 'Task failed to start' }),
  )
  expect(end).toMatchObject({ kind: 'image', text: `image not found: ${image}`, container: 'app' })
})

test('ends of the same reason are one group, the most frequent first, its newest task first', () => {
  const at = (second: number) => ({ stoppedAt: new Date(second * 1_000), taskArn: `task/${second}` })
  const groups = groupEnds([
    stopped([{ name: 'app', exitCode: 2 }], at(1)),
    stopped([{ name: 'app', exitCode: 1 }], at(2)),
    stopped([{ name: 'app', exitCode: 1 }], at(3)),
  ])
  expect(groups.map(({ exitCode, count, tasks }) => [exitCode, count, tasks[0]?.taskArn])).toEqual([
    [1, 2, 'task/3'],
    [2, 1, 'task/1'],
  ])
})

describe('a task belongs to a deployment', () => {
  const task: Task = { startedBy: 'ecs-svc/1', taskDefinitionArn: 'orders:2', createdAt: new Date(5_000) }
  test.each<[name: string, of: Parameters<typeof belongs>[1], own: boolean]>([
    ['that started it', { startedBy: 'ecs-svc/1', taskDefinition: 'orders:2', since: undefined }, true],
    [
      'not when another one of the same revision did',
      { startedBy: 'ecs-svc/2', taskDefinition: 'orders:2', since: undefined },
      false,
    ],
    [
      'by its revision, when that is all that is known',
      { startedBy: undefined, taskDefinition: 'orders:2', since: new Date(4_000) },
      true,
    ],
    ['not when it is older', { startedBy: undefined, taskDefinition: 'orders:2', since: new Date(6_000) }, false],
    [
      'not when it is of another revision',
      { startedBy: undefined, taskDefinition: 'orders:1', since: undefined },
      false,
    ],
  ])('%s', (_, of, own) => {
    expect(belongs(task, of)).toBe(own)
  })
})
