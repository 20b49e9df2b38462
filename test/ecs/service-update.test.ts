import type { Service } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { describeChange, type ServiceSettings, serviceUpdate } from '../../src/ecs/service-update.ts'

const volume = { name: 'data', managedEBSVolume: { roleArn: 'arn:aws:iam::123456789012:role/ebs', sizeInGiB: 20 } }
const live: Service = {
  serviceName: 'web',
  desiredCount: 2,
  healthCheckGracePeriodSeconds: 30,
  platformVersion: '1.4.0',
  enableExecuteCommand: false,
  enableECSManagedTags: false,
  propagateTags: 'NONE',
  networkConfiguration: {
    awsvpcConfiguration: { subnets: ['subnet-b', 'subnet-a'], securityGroups: ['sg-1'], assignPublicIp: 'DISABLED' },
  },
  deploymentConfiguration: {
    strategy: 'CANARY',
    bakeTimeInMinutes: 5,
    canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: 3 },
    minimumHealthyPercent: 100,
    maximumPercent: 200,
    deploymentCircuitBreaker: { enable: true, rollback: true },
    alarms: { alarmNames: ['orders-5xx'], enable: true, rollback: true },
  },
  deployments: [{ status: 'PRIMARY', volumeConfigurations: [volume] }],
}
const configuration = live.deploymentConfiguration ?? {}

describe('an update of a service', () => {
  test.each<[string, ServiceSettings, object]>([
    ['the desired count', { desiredCount: 5 }, { desiredCount: 5 }],
    ['a desired count of none', { desiredCount: 0 }, { desiredCount: 0 }],
    ['no grace period', { healthCheckGracePeriodSeconds: 0 }, { healthCheckGracePeriodSeconds: 0 }],
    ['the platform version', { platformVersion: 'LATEST' }, { platformVersion: 'LATEST' }],
    ['ECS exec', { enableExecuteCommand: true }, { enableExecuteCommand: true }],
    [
      'where tags come from',
      { enableManagedTags: true, propagateTags: 'TASK_DEFINITION' },
      { enableECSManagedTags: true, propagateTags: 'TASK_DEFINITION' },
    ],
    [
      'capacity providers',
      { capacityProviders: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] },
      { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] },
    ],
    [
      'security groups, and the live subnets along with them',
      { securityGroups: ['sg-2'] },
      {
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: ['subnet-b', 'subnet-a'],
            securityGroups: ['sg-2'],
            assignPublicIp: 'DISABLED',
          },
        },
      },
    ],
    [
      'the circuit breaker, and the rest of the configuration along with it',
      { circuitBreaker: 'off' },
      { deploymentConfiguration: { ...configuration, deploymentCircuitBreaker: { enable: false, rollback: false } } },
    ],
    [
      'other alarms',
      { alarms: ['a', 'b'] },
      {
        deploymentConfiguration: { ...configuration, alarms: { alarmNames: ['a', 'b'], enable: true, rollback: true } },
      },
    ],
    [
      'no alarms any more',
      { alarms: [] },
      { deploymentConfiguration: { ...configuration, alarms: { alarmNames: [], enable: false, rollback: false } } },
    ],
    [
      'zero as a minimum, and no bake time',
      { minimumHealthyPercent: 0, bakeTimeInMinutes: 0 },
      { deploymentConfiguration: { ...configuration, minimumHealthyPercent: 0, bakeTimeInMinutes: 0 } },
    ],
    [
      'one member of the canary, and the other stays',
      { canaryPercent: 25 },
      {
        deploymentConfiguration: {
          ...configuration,
          canaryConfiguration: { canaryPercent: 25, canaryBakeTimeInMinutes: 3 },
        },
      },
    ],
    [
      'a volume',
      { volumes: [{ ...volume, managedEBSVolume: { ...volume.managedEBSVolume, sizeInGiB: 50 } }] },
      { volumeConfigurations: [{ ...volume, managedEBSVolume: { ...volume.managedEBSVolume, sizeInGiB: 50 } }] },
    ],
  ])('sends %s', (_, asked, input) => {
    expect(serviceUpdate(asked, live).input).toEqual(input)
  })

  test('sends nothing that was not asked for, above all no volumes', () => {
    expect(serviceUpdate({}, live)).toEqual({ input: {}, changes: [] })
    expect(serviceUpdate({ desiredCount: 3 }, live).input).toEqual({ desiredCount: 3 })
  })

  test('sends nothing that is so already, in any order', () => {
    const same: ServiceSettings = {
      desiredCount: 2,
      strategy: 'CANARY',
      canaryPercent: 10,
      circuitBreaker: 'rollback',
      alarms: ['orders-5xx'],
      subnets: ['subnet-a', 'subnet-b'],
      assignPublicIp: false,
      volumes: [volume],
    }
    expect(serviceUpdate(same, live)).toEqual({ input: {}, changes: [] })
  })

  test('leaves behind what another strategy needs no more', () => {
    const { input } = serviceUpdate({ strategy: 'ROLLING' }, live)
    expect(input.deploymentConfiguration).toEqual({
      strategy: 'ROLLING',
      minimumHealthyPercent: 100,
      maximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      alarms: { alarmNames: ['orders-5xx'], enable: true, rollback: true },
    })
  })

  test('tells every change with what it was', () => {
    const { changes } = serviceUpdate({ desiredCount: 0, bakeTimeInMinutes: 0, enableExecuteCommand: true }, live)
    expect(changes.map(describeChange)).toEqual([
      'desiredCount: 2 → 0',
      'enableExecuteCommand: false → true',
      'bakeTimeInMinutes: 5 → 0',
    ])
  })

  test('has a line for each member that it sends, and none for what it does not', () => {
    const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
    fc.assert(
      fc.property(
        fc.record({
          desiredCount: optional(fc.nat(4)),
          enableExecuteCommand: optional(fc.boolean()),
          healthCheckGracePeriodSeconds: optional(fc.constantFrom(0, 30)),
          propagateTags: optional(fc.constantFrom('NONE', 'SERVICE')),
        }),
        (asked) => {
          const { input, changes } = serviceUpdate(asked, live)
          expect(changes.map(({ name }) => name).toSorted()).toEqual(Object.keys(input).toSorted())
          for (const [name, value] of Object.entries(asked))
            if (value !== undefined) expect({ ...live, ...input }).toMatchObject({ [name]: value })
        },
      ),
    )
  })
})
