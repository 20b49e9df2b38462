import { describe, expect, test } from '@jest/globals'
import { parseInputs } from '../../src/action/inputs.ts'
import {
  besideService,
  taskBeforeInputs,
  taskBeforeOf,
  taskBeforeProblems,
  taskBeforeWords,
} from '../../src/ecs/task-before.ts'

const inputs = (given: Readonly<Record<string, string>>) => parseInputs(taskBeforeInputs, (name) => given[name])
const plain = taskBeforeOf(inputs({ 'run-task': 'true' }))
const network = (subnet: string) => ({ awsvpcConfiguration: { subnets: [subnet] } })

describe('a task before the deployment', () => {
  test('is not there unless it is asked for, and then its other inputs are mistakes', () => {
    expect(taskBeforeOf(inputs({}))).toBeUndefined()
    expect(taskBeforeProblems(inputs({}))).toEqual([])
    expect(taskBeforeProblems(inputs({ 'run-task-launch-type': 'EC2', 'run-task-started-by': 'me' }))).toEqual([
      "input 'run-task-launch-type': means nothing without run-task: true",
      "input 'run-task-started-by': means nothing without run-task: true",
    ])
  })

  test('has groups and an address only with subnets of its own', () => {
    const groups = { 'run-task': 'true', 'run-task-security-groups': 'sg-1', 'run-task-assign-public-ip': 'ENABLED' }
    expect(taskBeforeProblems(inputs(groups))).toEqual([
      "input 'run-task-security-groups': needs run-task-subnets",
      "input 'run-task-assign-public-ip': needs run-task-subnets",
    ])
    const whole = inputs({ ...groups, 'run-task-subnets': 'subnet-1, subnet-2' })
    expect(taskBeforeProblems(whole)).toEqual([])
    expect(taskBeforeOf(whole)?.network).toEqual({
      awsvpcConfiguration: {
        subnets: ['subnet-1', 'subnet-2'],
        securityGroups: ['sg-1'],
        assignPublicIp: 'ENABLED',
      },
    })
  })

  test.each([
    ['run-task-container-overrides', '[{"command": ["migrate"]}]', 'each with the name of a container'],
    [
      'run-task-container-overrides',
      '[{"name": "a", "comand": []}]',
      "'comand' is no member of it, did you mean 'command'",
    ],
    ['run-task-container-overrides', '[{"name": "a", "command": [sleep, 1]}]', 'command of a to be a list of texts'],
    ['run-task-container-overrides', '[{"name": "a", "environment": [{name: A, value: 1}]}]', 'both texts'],
    ['run-task-tags', '[{"name": "a"}]', "'name' is no member of it"],
    ['run-task-capacity-provider-strategy', '{}', 'expected a list of objects'],
  ])('names the input %s when its value is of another shape', (name, value, problem) => {
    expect(() => taskBeforeOf(inputs({ 'run-task': 'true', [name]: value }))).toThrow(`input '${name}': `)
    expect(() => taskBeforeOf(inputs({ 'run-task': 'true', [name]: value }))).toThrow(problem)
  })

  test("runs where the service's tasks run, unless it is told where", () => {
    if (plain === undefined) throw new Error('no task')
    const onInstances = { launchType: 'EC2', networkConfiguration: network('a') } as const
    expect(besideService(plain, onInstances)).toMatchObject({ launchType: 'EC2', network: network('a') })
    const strategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }]
    expect(besideService(plain, { capacityProviderStrategy: strategy })).toMatchObject({
      launchType: undefined,
      capacityProviders: strategy,
    })
    const moved = {
      taskSets: [
        { status: 'ACTIVE', launchType: 'EC2' as const, networkConfiguration: network('green') },
        { status: 'PRIMARY', launchType: 'FARGATE' as const, networkConfiguration: network('blue') },
      ],
    }
    expect(besideService(plain, moved)).toMatchObject({ launchType: 'FARGATE', network: network('blue') })
    const told = { ...plain, launchType: 'FARGATE' as const, network: network('own') }
    expect(besideService(told, { ...onInstances, capacityProviderStrategy: strategy })).toEqual(told)
    expect(besideService(plain, undefined)).toEqual(plain)
  })

  test('is told in a plan with its command and its place', () => {
    const task = taskBeforeOf(
      inputs({
        'run-task': 'true',
        'run-task-launch-type': 'EC2',
        'run-task-container-overrides': '[{"name":"app","command":["node","migrate.mjs"]}]',
      }),
    )
    expect(task && taskBeforeWords(task)).toBe(
      'run a task of it on EC2 to its end before: app with ["node","migrate.mjs"]',
    )
    expect(plain && taskBeforeWords(plain)).toBe('run a task of it to its end before')
  })

  test("has the tags of its definition and of ECS where the service's tasks have them", () => {
    if (plain === undefined) throw new Error('no task')
    expect(besideService(plain, { propagateTags: 'TASK_DEFINITION', enableECSManagedTags: true })).toMatchObject({
      propagateTags: 'TASK_DEFINITION',
      managedTags: true,
    })
    // ECS refuses this one for a task that is no service's.
    expect(besideService(plain, { propagateTags: 'SERVICE' }).propagateTags).toBeUndefined()
  })
})
