import type { ServiceDeployment } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import type { Explanation } from '../../src/ecs/failure-explanation.ts'
import { endOf } from '../../src/ecs/native-follow.ts'
import type { NativeBase } from '../../src/ecs/native-request.ts'

const base: NativeBase = {
  cluster: 'live',
  service: 'orders',
  taskDefinition: 'orders:2',
  runningTaskDefinition: 'orders:1',
  deploymentArn: 'arn/d-1',
  changes: [],
  last: undefined,
  why: undefined,
}
const why = { kind: 'exit', line: 'app: exit 1', details: [], causes: [], markdown: '' } as unknown as Explanation
const last = (more: object) => ({ serviceDeploymentArn: 'arn/d-1', ...more }) as ServiceDeployment

describe('how a deployment ended that did not succeed', () => {
  test.each([
    [
      'ROLLBACK_SUCCESSFUL',
      { rollback: { reason: 'stopped by a user' } },
      undefined,
      false,
      'rolled-back',
      'stopped by a user',
      'orders:1',
    ],
    [
      'ROLLBACK_SUCCESSFUL',
      { rollback: { reason: 'breaker' } },
      why,
      false,
      'rolled-back',
      'app: exit 1 (breaker)',
      'orders:1',
    ],
    ['ROLLBACK_SUCCESSFUL', { rollback: { reason: 'by us' } }, why, true, 'rolled-back', 'app: exit 1', 'orders:1'],
    [
      'ROLLBACK_FAILED',
      { statusReason: 'no candidate' },
      why,
      false,
      'rollback-failed',
      'app: exit 1; the rollback failed: no candidate',
      undefined,
    ],
    [
      'ROLLBACK_FAILED',
      {},
      undefined,
      false,
      'rollback-failed',
      'the deployment ended as ROLLBACK_FAILED; the rollback failed: ECS tells no reason',
      undefined,
    ],
    [
      'STOPPED',
      { statusReason: 'stopped because of a newer service deployment.' },
      undefined,
      false,
      'superseded',
      'another deployment of orders took the place of d-1: stopped because of a newer service deployment.',
      undefined,
    ],
    ['STOPPED', { statusReason: 'circuit breaker' }, why, false, 'failed', 'app: exit 1 (circuit breaker)', undefined],
    ['STOPPED', {}, undefined, false, 'stopped', 'the deployment ended as STOPPED', undefined],
    ['STOPPED', {}, undefined, true, 'failed', 'the deployment ended as STOPPED', undefined],
    ['A_NEW_END', {}, undefined, false, 'stopped', 'the deployment ended as A_NEW_END', undefined],
  ] as const)('%s %j', (status, more, cause, givenUp, outcome, reason, running) => {
    const end = endOf(last({ status, ...more }), { ...base, why: cause }, 'orders', givenUp)
    expect(end).toMatchObject({ outcome, reason })
    expect(end.runningTaskDefinition).toBe(running)
  })
})
