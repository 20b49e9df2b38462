import type { Service } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { serviceUpdate } from '../../src/ecs/service-update.ts'
import { undone, unfitting } from '../../src/ecs/setting-fit.ts'

const having = (strategy: 'ROLLING' | 'BLUE_GREEN' | 'CANARY' | 'LINEAR' | undefined): Service => ({
  serviceName: 'orders',
  ...(strategy === undefined ? {} : { deploymentConfiguration: { strategy } }),
})

describe('settings of another strategy', () => {
  test.each([
    [{ canaryPercent: 5 }, 'CANARY', 0],
    [{ canaryPercent: 5 }, 'LINEAR', 1],
    [{ canaryPercent: 5, canaryBakeTimeInMinutes: 1, linearStepPercent: 10 }, 'BLUE_GREEN', 3],
    [{ linearStepBakeTimeInMinutes: 0 }, undefined, 1],
    [{ bakeTimeInMinutes: 0 }, 'ROLLING', 1],
    [{ bakeTimeInMinutes: 5 }, 'BLUE_GREEN', 0],
    [{ hooks: [] }, 'ROLLING', 0],
    [{ hooks: [{}] }, 'ROLLING', 1],
    [{ hooks: [{}], strategy: 'BLUE_GREEN' as const }, 'ROLLING', 0],
    [{ canaryPercent: 5, strategy: 'CANARY' as const }, 'ROLLING', 0],
  ] as const)('%j for %s: %d problems', (asked, strategy, count) => {
    expect(unfitting(asked, having(strategy))).toHaveLength(count)
  })
})

describe('an update that is undone', () => {
  const before: Service = {
    platformVersion: '1.4.0',
    desiredCount: 2,
    networkConfiguration: { awsvpcConfiguration: { subnets: ['a'], securityGroups: ['g'] } },
    deploymentConfiguration: { maximumPercent: 200 },
    deployments: [{ status: 'PRIMARY', volumeConfigurations: [{ name: 'data' }] }],
  }
  test('sends what made up the revision as it was, and nothing that was not changed', () => {
    const undo = (asked: Parameters<typeof serviceUpdate>[0]) => undone(serviceUpdate(asked, before), before).input
    expect(undo({})).toEqual({})
    expect(undo({ desiredCount: 5, maximumPercent: 150 })).toEqual({})
    expect(undo({ subnets: ['b'] })).toEqual({ networkConfiguration: before.networkConfiguration })
    expect(undo({ platformVersion: 'LATEST', volumes: [{ name: 'other' }] })).toEqual({
      platformVersion: '1.4.0',
      volumeConfigurations: [{ name: 'data' }],
    })
    // Nothing leads back from providers to a launch type.
    expect(undo({ capacityProviders: [{ capacityProvider: 'FARGATE' }] })).toEqual({})
  })
})

describe('capacity providers', () => {
  const live: Service = { capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1, base: 2 }] }
  test('without a base that they had differ, and are sent as they were asked for', () => {
    const capacityProviders = [{ capacityProvider: 'FARGATE', weight: 1 }]
    expect(serviceUpdate({ capacityProviders }, live).input).toEqual({ capacityProviderStrategy: capacityProviders })
  })
  test('are the same in another order', () => {
    const two = [{ capacityProvider: 'A', weight: 1 }, { capacityProvider: 'B' }]
    const asked = { capacityProviders: two.toReversed() }
    expect(serviceUpdate(asked, { capacityProviderStrategy: two }).changes).toEqual([])
  })
})

test('a circuit breaker keeps the thresholds that nobody spoke of', () => {
  const deploymentCircuitBreaker = { enable: true, rollback: false, thresholdConfiguration: { value: 5 } }
  const live = { deploymentConfiguration: { deploymentCircuitBreaker } } as Service
  expect(serviceUpdate({ circuitBreaker: 'rollback' }, live).input.deploymentConfiguration).toEqual({
    deploymentCircuitBreaker: { ...deploymentCircuitBreaker, rollback: true },
  })
})
