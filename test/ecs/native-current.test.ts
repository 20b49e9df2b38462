import type { Service } from '@aws-sdk/client-ecs'
import { expect, test } from '@jest/globals'
import type { Clock } from '../../src/action/clock.ts'
import type { EcsApi } from '../../src/ecs/ecs-api.ts'
import { underWay } from '../../src/ecs/native-current.ts'
import { planNative } from '../../src/ecs/native-plan.ts'
import type { ServiceDeploymentApi } from '../../src/ecs/service-deployment-api.ts'

const at = (rolloutState: 'IN_PROGRESS' | 'COMPLETED'): Service => ({
  serviceName: 'orders',
  deployments: [{ id: 'ecs-svc/1', status: 'PRIMARY', rolloutState }],
})

test('a deployment that ends while it is looked for leaves the service as it is after it, not as it was', async () => {
  let now = 0
  const clock: Clock = {
    now: () => now,
    sleep: async (ms) => {
      now += ms
    },
  }
  const ecs = { service: async () => at('COMPLETED') } as unknown as EcsApi
  const deployments = { underWay: async () => [] } as unknown as ServiceDeploymentApi
  const parts = { ecs, deployments, clock, signal: new AbortController().signal }
  const moment = await underWay({ cluster: 'qa', service: 'orders' }, at('IN_PROGRESS'), parts)
  expect(moment).toEqual({ service: at('COMPLETED'), current: undefined })
  const state = { hasIt: true, settingsDiffer: false, force: false, ifDeploying: 'wait' } as const
  expect(planNative({ ...moment, ...state })).toEqual({ kind: 'unchanged' })
})
