import { describe, expect, test } from '@jest/globals'
import { InputError } from '../../src/action/errors.ts'
import { readInputs } from '../../src/action/run.ts'
import { ecsDeploy } from '../../src/actions/ecs-deploy.ts'
import { nativeSettings } from '../../src/ecs/native-inputs.ts'

const read = (given: Record<string, string>) => readInputs(ecsDeploy, (name) => ({ service: 'orders', ...given })[name])
const problems = (given: Record<string, string>): readonly string[] => {
  try {
    read(given)
    return []
  } catch (error) {
    if (error instanceof InputError) return error.problems
    throw error
  }
}

describe('inputs that do not go together', () => {
  const table: readonly [Record<string, string>, RegExp | undefined][] = [
    [{}, undefined],
    [{ service: ' , ' }, /'service': expected the name/],
    [{ service: 'a,b,a' }, /'service': names a service twice/],
    [{ strategy: 'canary', 'canary-percent': '5', 'canary-bake-time': '2m', 'bake-time': '24h' }, undefined],
    [{ strategy: 'linear', 'canary-percent': '5' }, /'canary-percent': belongs to the strategy canary, not to linear/],
    [{ strategy: 'blue-green', 'linear-step-bake-time': '5m' }, /belongs to the strategy linear, not to blue-green/],
    [{ strategy: 'rolling', 'bake-time': '5m' }, /'bake-time': a rolling deployment has none/],
    [{ strategy: 'rolling', 'lifecycle-hooks': '[{targetType: PAUSE}]' }, /'lifecycle-hooks': a rolling .* has none/],
    [{ strategy: 'rolling', 'lifecycle-hooks': '[]' }, undefined],
    [{ 'bake-time': '90s' }, /'bake-time': expected whole minutes/],
    [{ 'bake-time': '25h' }, /'bake-time': expected whole minutes, at most 24h/],
    [{ 'lifecycle-hooks': 'PAUSE' }, /'lifecycle-hooks': expected a list of objects/],
    [{ 'lifecycle-hooks': '[{targetTyp: PAUSE}]' }, /'targetTyp' is no member .*did you mean/],
    [{ 'capacity-provider-strategy': '{}' }, /'capacity-provider-strategy': expected a list of objects/],
    [{ 'service-managed-ebs-volume': '{roleArn: r}' }, /the name in service-managed-ebs-volume-name/],
    [{ 'service-managed-ebs-volume-name': 'data' }, /expected an object with roleArn/],
    [{ 'keep-revisions': '3', 'wait-until': 'none' }, /'keep-revisions': needs a success to be seen/],
    [{ 'keep-revisions': '3', 'wait-until': 'ready' }, /'keep-revisions': needs a success to be seen/],
    [{ 'keep-revisions': '3', 'wait-until': 'bake' }, undefined],
    [{ operation: 'stop', 'desired-count': '3' }, /'desired-count': means nothing to the operation stop/],
    [{ operation: 'continue', 'wait-until': 'complete', 'task-definition': 'task.json' }, undefined],
    [{ 'run-task-tags': '[]' }, /'run-task-tags': means nothing without run-task/],
    [{ 'run-task': 'true', 'run-task-tags': 'team' }, /'run-task-tags': expected a list of objects/],
    [{ 'run-task': 'true', 'run-task-container-overrides': '[{command: [x]}]' }, /each with the name of a container/],
    [{ 'run-task': 'true', 'run-task-security-groups': 'sg-1' }, /needs run-task-subnets/],
  ]
  test.each(table)('%j', (given, expected) => {
    if (expected === undefined) expect(problems(given)).toEqual([])
    else expect(problems(given)).toEqual([expect.stringMatching(expected)])
  })

  test('are told all at once', () => {
    expect(
      problems({
        strategy: 'rolling',
        'bake-time': '90s',
        'canary-percent': '5',
        'lifecycle-hooks': '5',
        'capacity-provider-strategy': '5',
        'run-task': 'true',
        'run-task-tags': '5',
      }),
    ).toHaveLength(6)
  })
})

describe('settings', () => {
  const settings = (given: Record<string, string>) =>
    JSON.parse(JSON.stringify(nativeSettings(read(given)))) as Record<string, unknown>

  test('that nobody gave are absent', () => {
    expect(settings({})).toEqual({})
  })
  test('keep a zero, a no and an empty list for what they are', () => {
    const given = {
      'desired-count': '0',
      'bake-time': '0s',
      'health-check-grace-period': '0s',
      'minimum-healthy-percent': '0',
      'enable-execute-command': 'false',
      'deployment-alarms': ',',
      'lifecycle-hooks': '[]',
    }
    expect(settings(given)).toEqual({
      desiredCount: 0,
      bakeTimeInMinutes: 0,
      healthCheckGracePeriodSeconds: 0,
      minimumHealthyPercent: 0,
      enableExecuteCommand: false,
      alarms: [],
      hooks: [],
    })
  })
  test('are in the units and the words of ECS', () => {
    const given = {
      strategy: 'blue-green',
      'bake-time': '1h30m',
      'health-check-grace-period': '2m',
      'propagate-tags': 'SERVICE',
      'assign-public-ip': 'true',
    }
    expect(settings(given)).toEqual({
      strategy: 'BLUE_GREEN',
      bakeTimeInMinutes: 90,
      healthCheckGracePeriodSeconds: 120,
      propagateTags: 'SERVICE',
      assignPublicIp: true,
    })
  })
})
