import { afterEach, describe, expect, test } from '@jest/globals'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { type EcsWorld, ecsWorld } from '../support/ecs-world.ts'

let sandbox: Sandbox
let world: EcsWorld
afterEach(async () => {
  world.close()
  await sandbox.close()
})

describe('a service for tests', () => {
  test.each(['ECS', 'CODE_DEPLOY'] as const)(
    'is steady behind its blue target group, with controller %s',
    async (controller) => {
      sandbox = await startCheckedSandbox({ speed: 0 })
      world = await ecsWorld(sandbox, { controller })
      expect(await world.tasks()).toHaveLength(2)
      expect(await world.weights()).toBe('blue=1')
      expect((await world.described()).loadBalancers?.[0]?.targetGroupArn).toBe(world.targetGroups?.blue)
    },
  )

  test('comes up on a fast clock as well', async () => {
    sandbox = await startCheckedSandbox({ speed: 500 })
    world = await ecsWorld(sandbox, { desiredCount: 1 })
    expect((await world.described()).runningCount).toBe(1)
  })
})
