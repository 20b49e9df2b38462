import type { ServiceDeployment, ServiceDeploymentStatus } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { deployingPolicies } from '../../src/ecs/deployment-policy.ts'
import { type NativePlan, type NativeState, planNative } from '../../src/ecs/native-plan.ts'
import { openStatuses } from '../../src/ecs/native-stages.ts'

const arn = 'arn:aws:ecs:eu-west-1:123456789012:service-deployment/live/orders/1'
const current = (status: string): ServiceDeployment => ({
  serviceDeploymentArn: arn,
  status: status as ServiceDeploymentStatus,
})
const primary = (rolloutState: 'COMPLETED' | 'FAILED' | 'IN_PROGRESS') => ({
  serviceName: 'orders',
  deployments: [{ status: 'PRIMARY', rolloutState }],
})
const idle: NativeState = {
  service: primary('COMPLETED'),
  current: undefined,
  hasIt: false,
  settingsDiffer: false,
  force: false,
  ifDeploying: 'wait',
}
const busy: NativeState = { ...idle, service: primary('IN_PROGRESS'), current: current('IN_PROGRESS') }

describe('the plan', () => {
  const table: readonly [string, NativeState, NativePlan | { kind: 'blocked'; reason: unknown }][] = [
    ['deploys what the service has not', idle, { kind: 'deploy', force: false }],
    ['leaves alone what has all', { ...idle, hasIt: true }, { kind: 'unchanged' }],
    ['deploys for a setting', { ...idle, hasIt: true, settingsDiffer: true }, { kind: 'deploy', force: false }],
    [
      'deploys when told, though nothing differs',
      { ...idle, hasIt: true, force: true },
      { kind: 'deploy', force: true },
    ],
    [
      'forces again what has failed: the same revision alone would begin nothing',
      { ...idle, service: primary('FAILED'), hasIt: true },
      { kind: 'deploy', force: true },
    ],
    [
      'forces nothing where the revision is another',
      { ...idle, service: primary('FAILED') },
      { kind: 'deploy', force: false },
    ],
    [
      'does not take a service for done that moves, nobody knows by what',
      { ...idle, service: primary('IN_PROGRESS'), hasIt: true },
      { kind: 'blocked', reason: expect.stringMatching(/tells of no deployment/) },
    ],
    ['takes up its own', { ...busy, hasIt: true }, { kind: 'take-up', arn }],
    ['takes up its own whatever the policy', { ...busy, hasIt: true, ifDeploying: 'fail' }, { kind: 'take-up', arn }],
    ['takes up rather than forcing another', { ...busy, hasIt: true, force: true }, { kind: 'take-up', arn }],
    [
      'does not take up what has other settings',
      { ...busy, hasIt: true, settingsDiffer: true },
      { kind: 'wait-for', arn },
    ],
    ['waits for another', busy, { kind: 'wait-for', arn }],
    ['stops another', { ...busy, ifDeploying: 'stop' }, { kind: 'stop-first', arn }],
    ['rolls another back', { ...busy, ifDeploying: 'rollback' }, { kind: 'stop-first', arn }],
    [
      'is blocked by another',
      { ...busy, ifDeploying: 'fail' },
      { kind: 'blocked', reason: 'the deployment 1 of orders is IN_PROGRESS: wait for it, or set if-deploying' },
    ],
  ]
  test.each(table)('%s', (_, state, plan) => {
    expect(planNative(state)).toEqual(plan)
  })

  test.each(['STOP_REQUESTED', 'ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS', 'SOMETHING_NEW'])(
    'neither takes up nor stops a deployment that is %s: it waits for its end',
    (status) => {
      for (const ifDeploying of ['wait', 'stop', 'rollback'] as const)
        for (const hasIt of [true, false])
          expect(planNative({ ...busy, hasIt, ifDeploying, current: current(status) })).toEqual({
            kind: 'wait-for',
            arn,
          })
    },
  )

  test('never begins beside what is under way, and is green only for what is done', () => {
    const state = fc.record({
      service: fc.constantFrom('COMPLETED', 'FAILED', 'IN_PROGRESS').map((rollout) => primary(rollout as 'COMPLETED')),
      current: fc.option(fc.constantFrom<string>(...openStatuses, 'SOMETHING_NEW').map(current), { nil: undefined }),
      hasIt: fc.boolean(),
      settingsDiffer: fc.boolean(),
      force: fc.boolean(),
      ifDeploying: fc.constantFrom(...deployingPolicies),
    })
    fc.assert(
      fc.property(state, (one) => {
        const { kind } = planNative(one)
        if (one.current !== undefined) expect(['take-up', 'blocked', 'wait-for', 'stop-first']).toContain(kind)
        if (kind === 'unchanged') {
          expect(one).toMatchObject({ current: undefined, hasIt: true, settingsDiffer: false, force: false })
          expect(one.service).toEqual(primary('COMPLETED'))
        }
      }),
    )
  })
})
