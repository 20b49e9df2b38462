import type { DeploymentGroupInfo, DeploymentInfo } from '@aws-sdk/client-codedeploy'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { alarmsIn, toldOf } from '../../src/ecs/blue-green-end.ts'
import { groupProblems, onlyGroup } from '../../src/ecs/blue-green-group.ts'
import {
  type BlueGreenState,
  deploymentIdentity,
  isOurs,
  markedDescription,
  planBlueGreen,
  planSteering,
} from '../../src/ecs/blue-green-plan.ts'
import { hasReached, type Stage, stageOf, stages } from '../../src/ecs/blue-green-stage.ts'
import type { DeploymentSnapshot } from '../../src/ecs/codedeploy-api.ts'
import { deploymentIn, targetIdOf } from '../../src/ecs/codedeploy-api.ts'

const identity = '0123456789abcdef'
const deployment = (changes: Partial<DeploymentInfo> = {}): DeploymentInfo => ({
  deploymentId: 'd-ABCDEFGHI',
  status: 'InProgress',
  creator: 'user',
  ...changes,
})
const own = deployment({ description: markedDescription('a run', identity) })
const state = (changes: Partial<BlueGreenState>): BlueGreenState => ({
  identity,
  active: [],
  runsIt: false,
  ifDeploying: 'wait',
  ...changes,
})

describe('what to do first', () => {
  test.each<[string, Partial<BlueGreenState>, object]>([
    ['nothing runs and nothing is under way', {}, { kind: 'deploy' }],
    ['it runs already', { runsIt: true }, { kind: 'unchanged' }],
    ['our own is under way', { active: [own], ifDeploying: 'fail' }, { kind: 'take-up', deploymentId: 'd-ABCDEFGHI' }],
    ['our own is under way and its tasks serve already', { active: [own], runsIt: true }, { kind: 'take-up' }],
    ['another is under way, and it runs already', { active: [deployment()], runsIt: true }, { kind: 'wait-for' }],
    ['another, wait', { active: [deployment()] }, { kind: 'wait-for', deploymentId: 'd-ABCDEFGHI' }],
    ['another, fail', { active: [deployment()], ifDeploying: 'fail' }, { kind: 'blocked' }],
    ['another, stop', { active: [deployment()], ifDeploying: 'stop' }, { kind: 'stop-first', rollback: false }],
    ['another, rollback', { active: [deployment()], ifDeploying: 'rollback' }, { kind: 'stop-first', rollback: true }],
  ])('%s', (_, changes, plan) => {
    expect(planBlueGreen(state(changes))).toMatchObject(plan)
  })

  test.each<['continue' | 'stop' | 'rollback', DeploymentInfo | undefined, object]>([
    ['continue', undefined, { kind: 'nothing' }],
    ['continue', deployment({ status: 'Succeeded' }), { kind: 'nothing' }],
    ['continue', deployment({ status: 'Ready' }), { kind: 'continue', wait: 'READY_WAIT' }],
    [
      'continue',
      deployment({ instanceTerminationWaitTimeStarted: true }),
      { kind: 'continue', wait: 'TERMINATION_WAIT' },
    ],
    ['continue', deployment(), { kind: 'blocked' }],
    ['stop', deployment({ status: 'Ready' }), { kind: 'stop', rollback: false }],
    ['stop', deployment({ status: 'Stopped' }), { kind: 'nothing' }],
    ['rollback', deployment({ status: 'Queued' }), { kind: 'stop', rollback: true }],
  ])('%s of %j', (operation, found, plan) => {
    expect(planSteering(operation, found, 'app/group')).toMatchObject(plan)
  })
})

describe('a deployment’s mark', () => {
  test('fits whatever the description is, and is found again', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2_000 }), (text) => {
        const description = markedDescription(text, identity)
        expect(description.length).toBeLessThanOrEqual(512)
        expect(isOurs({ description }, identity)).toBe(true)
        expect(isOurs({ description }, 'fedcba9876543210')).toBe(false)
      }),
    )
  })

  test('is of the content: the number of the revision and the order of members do not count', () => {
    const spec = { version: 0, Resources: [{ T: { Properties: { TaskDefinition: 'a:1' } } }] }
    const other = { version: 0, Resources: [{ T: { Properties: { TaskDefinition: 'a:2' } } }] }
    const document = { family: 'a', cpu: '256', containerDefinitions: [{ name: 'app', image: 'x' }] }
    const same = { containerDefinitions: [{ image: 'x', name: 'app' }], cpu: '256', family: 'a' }
    expect(deploymentIdentity(document, spec, 'c/s')).toBe(deploymentIdentity(same, other, 'c/s'))
    expect(deploymentIdentity(document, spec, 'c/s')).not.toBe(
      deploymentIdentity({ ...document, cpu: '512' }, spec, 'c/s'),
    )
    expect(deploymentIdentity(document, spec, 'c/s')).not.toBe(deploymentIdentity(document, spec, 'c/t'))
  })

  test('the deployment in the way is read from the exception, the target’s id from names or ARNs', () => {
    expect(deploymentIn("The Deployment Group 'g' already has an active Deployment 'd-R8QTR5I2X'")).toBe('d-R8QTR5I2X')
    expect(deploymentIn('limit exceeded')).toBeUndefined()
    expect(targetIdOf('arn:aws-cn:ecs:cn-north-1:1:cluster/live', 'arn:aws-cn:ecs:cn-north-1:1:service/live/web')).toBe(
      'live:web',
    )
  })
})

const snapshot = (
  status: string,
  events: Readonly<Record<string, string>> = {},
  changes: Partial<DeploymentInfo> = {},
): DeploymentSnapshot => ({
  deployment: { status: status as 'Ready', ...changes },
  target: {
    lifecycleEvents: Object.entries(events).map(([lifecycleEventName, of]) => ({
      lifecycleEventName,
      status: of as 'Failed',
    })),
  },
})

describe('the stage of a deployment', () => {
  const tested = { AllowTestTraffic: 'Succeeded', AfterAllowTestTraffic: 'Succeeded' }
  test.each<[Stage, DeploymentSnapshot]>([
    ['none', { deployment: { status: 'Created' }, target: undefined }],
    ['none', snapshot('InProgress', { Install: 'InProgress' })],
    ['none', snapshot('InProgress', { AllowTestTraffic: 'Succeeded', AfterAllowTestTraffic: 'InProgress' })],
    ['none', snapshot('InProgress', { AllowTestTraffic: 'Skipped', AfterAllowTestTraffic: 'Skipped' })],
    ['test-traffic', snapshot('InProgress', { AllowTestTraffic: 'Succeeded', AfterAllowTestTraffic: 'Skipped' })],
    ['test-traffic', snapshot('InProgress', { ...tested, BeforeAllowTraffic: 'Pending' })],
    ['ready', snapshot('Ready', tested)],
    ['ready', snapshot('InProgress', { ...tested, BeforeAllowTraffic: 'InProgress' })],
    ['ready', snapshot('InProgress', { ...tested, AllowTraffic: 'InProgress' })],
    ['traffic-shifted', snapshot('InProgress', tested, { instanceTerminationWaitTimeStarted: true })],
    ['complete', snapshot('Succeeded')],
    ['none', snapshot('Failed', { ...tested, BeforeAllowTraffic: 'Skipped' })],
    ['none', snapshot('Stopped', tested, { instanceTerminationWaitTimeStarted: true })],
    ['none', snapshot('InProgress', { ...tested, BeforeAllowTraffic: 'Failed' })],
  ])('is %s', (stage, seen) => {
    expect(stageOf(seen)).toBe(stage)
  })

  test('that lies further on has passed the earlier ones, also unseen', () => {
    for (const stage of stages) expect(hasReached(snapshot('Succeeded'), stage)).toBe(true)
    expect(hasReached(snapshot('Ready'), 'test-traffic')).toBe(true)
    expect(hasReached(snapshot('Ready'), 'traffic-shifted')).toBe(false)
    expect(hasReached(snapshot('Failed'), 'test-traffic')).toBe(false)
  })
})

const group = (
  application: string,
  name: string,
  services: readonly string[],
  platform = 'ECS',
): DeploymentGroupInfo => ({
  applicationName: application,
  deploymentGroupName: name,
  computePlatform: platform as 'ECS',
  ecsServices: services.map((one) => ({ clusterName: one.split('/')[0], serviceName: one.split('/')[1] })),
})

describe('the group of a service', () => {
  const query = { cluster: 'live', service: 'web', application: undefined, group: undefined }
  const others = [
    group('a', 'one', ['live/api']),
    group('b', 'two', ['test/web']),
    group('c', 'ec2', ['live/web'], 'Server'),
  ]
  test('is the only one that deploys it, in its cluster, on ECS', () => {
    const found = onlyGroup(query, [...others, group('d', 'web', ['live/web'])], 'x/y')
    expect([found.application, found.group]).toEqual(['d', 'web'])
  })
  test('is not guessed: none and several are errors that name what was found', () => {
    expect(() => onlyGroup(query, others, 'x/y')).toThrow(
      /no deployment group deploys live\/web: there is no x\/y, .* only a\/one, b\/two, c\/ec2/,
    )
    expect(() => onlyGroup(query, [], 'x/y')).toThrow(/none at all/)
    const twins = [group('d', 'web', ['live/web']), group('e', 'web', ['live/web'])]
    expect(() => onlyGroup(query, twins, 'x/y')).toThrow(/2 deployment groups deploy live\/web: d\/web, e\/web: choose/)
  })
  test('that is named must deploy it, by name or ARN', () => {
    const service = { serviceName: 'web' }
    expect(groupProblems(group('a', 'g', ['live/web']), service, 'arn:aws:ecs:eu-west-1:1:cluster/live')).toEqual([])
    expect(groupProblems(group('a', 'g', ['live/api'], 'Lambda'), service, 'live')).toEqual([
      'the deployment group a/g is for Lambda, not for ECS',
      'the deployment group a/g deploys live/api, not live/web',
    ])
  })
})

describe('what CodeDeploy tells of an end', () => {
  test('a failed hook with its function and the tail of its log', () => {
    const failed: DeploymentSnapshot = {
      deployment: { status: 'Failed', errorInformation: { code: 'HOOK_EXECUTION_FAILURE', message: 'see details' } },
      target: {
        lifecycleEvents: [
          {
            lifecycleEventName: 'AfterAllowTestTraffic',
            status: 'Failed',
            diagnostics: {
              errorCode: 'ScriptFailed',
              scriptName: 'arn:aws:lambda:eu-west-1:1:function:check',
              message: 'it answered Failed',
              logTail: 'one\ntwo\n',
            },
          },
        ],
      },
    }
    expect(toldOf(failed)).toEqual({
      hook: { stage: 'AfterAllowTestTraffic', target: 'check', message: 'it answered Failed: one | two' },
      triggeredAlarms: [],
      message: undefined,
    })
  })
  test('the alarms that went off, by name', () => {
    expect(alarmsIn('…have been stopped. Activated alarms: <orders-5xx> <orders latency>')).toEqual([
      'orders-5xx',
      'orders latency',
    ])
    const errorInformation = { code: 'ALARM_ACTIVE' as const, message: 'Activated alarms: <a>' }
    expect(toldOf({ deployment: { errorInformation }, target: undefined })).toMatchObject({
      triggeredAlarms: ['a'],
      message: undefined,
    })
  })
  test('anything else in its own words', () => {
    const errorInformation = { code: 'IAM_ROLE_MISSING' as const, message: 'no role' }
    expect(toldOf({ deployment: { errorInformation }, target: undefined }).message).toBe('IAM_ROLE_MISSING: no role')
  })
})
