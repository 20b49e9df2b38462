import {
  ApplicationAutoScalingClient,
  DeleteScalingPolicyCommand,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { type EcsWorld, ecsWorld } from '../support/ecs-world.ts'

let sandbox: Sandbox
let world: EcsWorld
let scaling: ApplicationAutoScalingClient
beforeEach(async () => {
  sandbox = await startCheckedSandbox({ speed: 0 })
  world = await ecsWorld(sandbox, { desiredCount: 0, loadBalancer: false })
  scaling = new ApplicationAutoScalingClient({
    endpoint: sandbox.endpoint(),
    region: sandbox.region,
    credentials: { accessKeyId: 'AKIASANDBOX000000000', secretAccessKey: 'sandbox' },
  })
})
afterEach(async () => {
  scaling.destroy()
  world.close()
  await sandbox.close()
})

const orders = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/live/orders',
  ScalableDimension: 'ecs:service:DesiredCount',
} as const
const register = async (more: object = {}) =>
  await scaling.send(new RegisterScalableTargetCommand({ ...orders, MinCapacity: 1, MaxCapacity: 4, ...more }))
const targets = async (more: object = {}) =>
  (await scaling.send(new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs', ...more }))).ScalableTargets

describe('Application Auto Scaling', () => {
  test('registers a service, and changes only what is given the next time', async () => {
    const { ScalableTargetARN } = await register()
    expect(ScalableTargetARN).toMatch(/:scalable-target\/\w+$/)
    const suspended = { DynamicScalingInSuspended: true, ScheduledScalingSuspended: true }
    await scaling.send(new RegisterScalableTargetCommand({ ...orders, SuspendedState: suspended }))
    await scaling.send(new RegisterScalableTargetCommand({ ...orders, MaxCapacity: 8 }))
    expect(await targets({ ResourceIds: [orders.ResourceId] })).toEqual([
      {
        ...orders,
        MinCapacity: 1,
        MaxCapacity: 8,
        RoleARN: expect.stringContaining('AWSServiceRoleForApplicationAutoScaling_ECSService'),
        CreationTime: expect.any(Date),
        SuspendedState: { ...suspended, DynamicScalingOutSuspended: false },
        ScalableTargetARN,
      },
    ])
    expect(await targets({ ResourceIds: ['service/live/other'] })).toEqual([])
  })

  test.each<[string, object]>([
    ['a service that is not there', { ResourceId: 'service/live/none' }],
    ['a cluster that is not there', { ResourceId: 'service/none/orders' }],
    ['another kind of resource', { ResourceId: 'table/orders', ServiceNamespace: 'dynamodb' }],
    ['another dimension', { ScalableDimension: 'lambda:function:ProvisionedConcurrency' }],
    ['less at most than at least', { MinCapacity: 5 }],
    ['a new target without limits', { MinCapacity: undefined }],
  ])('refuses %s', async (_, more) => {
    await expect(register(more)).rejects.toMatchObject({ name: 'ValidationException' })
  })

  test('keeps policies of registered targets until these are deregistered', async () => {
    const put = async () =>
      await scaling.send(
        new PutScalingPolicyCommand({
          ...orders,
          PolicyName: 'cpu',
          PolicyType: 'TargetTrackingScaling',
          TargetTrackingScalingPolicyConfiguration: {
            TargetValue: 60,
            PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
          },
        }),
      )
    const policies = async () =>
      (await scaling.send(new DescribeScalingPoliciesCommand({ ServiceNamespace: 'ecs' }))).ScalingPolicies
    await expect(put()).rejects.toMatchObject({
      name: 'ObjectNotFoundException',
      message:
        'No scalable target registered for service namespace: ecs, resource ID: service/live/orders, scalable dimension: ecs:service:DesiredCount',
    })
    await register()
    const { PolicyARN } = await put()
    expect(await put()).toMatchObject({ PolicyARN })
    expect(await policies()).toMatchObject([
      { PolicyName: 'cpu', PolicyARN, TargetTrackingScalingPolicyConfiguration: { TargetValue: 60 } },
    ])
    await scaling.send(new DeleteScalingPolicyCommand({ ...orders, PolicyName: 'cpu' }))
    expect(await policies()).toEqual([])
    await put()
    await scaling.send(new DeregisterScalableTargetCommand(orders))
    expect(await policies()).toEqual([])
    expect(await targets()).toEqual([])
    const again = scaling.send(new DeregisterScalableTargetCommand(orders))
    await expect(again).rejects.toMatchObject({ name: 'ObjectNotFoundException' })
  })
})
