import type { ServiceDeployment } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { nativeDetail, nativeSummary } from '../../src/ecs/native-report.ts'
import type { NativeResult } from '../../src/ecs/native-request.ts'

const arn = (revision: number): string => `arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:${revision}`
const weights = (arnOf: string, requestedProductionTrafficWeight: number) => ({
  arn: arnOf,
  requestedTaskCount: 2,
  runningTaskCount: 2,
  requestedProductionTrafficWeight,
})
const last: ServiceDeployment = {
  status: 'ROLLBACK_SUCCESSFUL',
  deploymentConfiguration: { strategy: 'BLUE_GREEN' },
  startedAt: new Date(0),
  finishedAt: new Date(90_000),
  targetServiceRevision: weights('new', 0),
  sourceServiceRevisions: [weights('old', 100)],
}
const end: NativeResult = {
  cluster: 'live',
  service: 'orders',
  outcome: 'rolled-back',
  reason: 'alarm a|b went off',
  taskDefinition: arn(2),
  runningTaskDefinition: arn(1),
  deploymentArn: 'arn:aws:ecs:eu-west-1:123456789012:service-deployment/live/orders/abc',
  changes: [{ name: 'bakeTimeInMinutes', from: undefined, to: 5 }],
  last,
  why: undefined,
}
const result = { outcome: end.outcome, reason: end.reason, results: [end], taskBefore: undefined }
const request = { settings: {} } as Parameters<typeof nativeSummary>[0]

describe('the report of a deployment by ECS', () => {
  test('has the outcome, what serves, how long it took, why, the changes and the weights', () => {
    expect(nativeSummary(request, result)).toBe(
      [
        '### orders on live (blue/green): rolled-back',
        '',
        'Runs `orders:1` · deployment `abc` · took 1m 30s',
        '',
        '> alarm a\\|b went off',
        '',
        '- bakeTimeInMinutes: not set → 5',
        '',
        '| revision | tasks | traffic | |',
        '| --- | --- | --- | --- |',
        '| new | 2 of 2 | 0% | `░░░░░░░░░░░░░░░░░░░░` |',
        '| old | 2 of 2 | 100% | `████████████████████` |',
        '',
      ].join('\n'),
    )
  })

  test('has every service and the task that ran before them', () => {
    const both = { ...result, results: [end, { ...end, service: 'worker', last: undefined }] }
    const summary = nativeSummary(request, { ...both, taskBefore: { taskArn: 'a/live/t1', exitCodes: { app: 0 } } })
    expect(summary).toMatch(/^Ran the task `t1` before: `app` exited with 0\n/)
    expect(summary.match(/^### \w+ on live/gm)).toEqual(['### orders on live', '### worker on live'])
    expect(nativeDetail(both)['services']).toMatchObject([
      { service: 'orders', status: 'ROLLBACK_SUCCESSFUL', taskDefinition: arn(2), runningTaskDefinition: arn(1) },
      { service: 'worker', status: null },
    ])
  })
})
