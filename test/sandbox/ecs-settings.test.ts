import {
  CreateServiceCommand,
  CreateTaskSetCommand,
  DescribeServiceRevisionsCommand,
  type ServiceVolumeConfiguration,
  UpdateServiceCommand,
  type UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs'
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { type EcsWorld, type EcsWorldOptions, ecsWorld } from '../support/ecs-world.ts'

let sandbox: Sandbox
let world: EcsWorld
afterEach(async () => {
  world.close()
  await sandbox.close()
})
const start = async (options: EcsWorldOptions = {}): Promise<void> => {
  sandbox = await startCheckedSandbox({ speed: 0 })
  world = await ecsWorld(sandbox, { desiredCount: 1, loadBalancer: false, ...options })
}
const update = async (more: Partial<UpdateServiceCommandInput>) =>
  (await world.ecs.send(new UpdateServiceCommand({ cluster: world.cluster, service: world.service, ...more }))).service

const data: ServiceVolumeConfiguration = {
  name: 'data',
  managedEBSVolume: { roleArn: 'arn:aws:iam::123456789012:role/volumes', sizeInGiB: 10 },
}
const withVolume = async () =>
  await world.registered(world.image, { volumes: [{ name: 'data', configuredAtLaunch: true }] })
const volumes = async () => (await world.described()).deployments?.[0]?.volumeConfigurations

describe('a service', () => {
  test('keeps the volumes of its tasks until they are taken away', async () => {
    await start()
    const taskDefinition = await withVolume()
    await expect(update({ taskDefinition })).rejects.toMatchObject({ name: 'InvalidParameterException' })
    await update({ taskDefinition, volumeConfigurations: [data] })
    await world.steady()
    expect(await volumes()).toEqual([data])
    await update({ forceNewDeployment: true })
    await world.steady()
    expect(await volumes()).toEqual([data])
    const revision = (await world.described()).currentServiceRevisions?.[0]?.arn ?? ''
    const described = await world.ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: [revision] }))
    expect(described.serviceRevisions?.[0]?.volumeConfigurations).toEqual([data])
    // An empty list is not "as it is": it takes away what the task definition needs.
    await expect(update({ volumeConfigurations: [] })).rejects.toMatchObject({ name: 'InvalidParameterException' })
    await expect(update({ taskDefinition: world.taskDefinitionArn })).rejects.toMatchObject({
      message: 'Volume configuration provided but no matching configuredAtLaunch volume found in task definition.',
    })
    await update({ taskDefinition: world.taskDefinitionArn, volumeConfigurations: [] })
    await world.steady()
    expect(await volumes()).toEqual([])
  })

  test('keeps its registries and every other setting that a deployment does not name', async () => {
    const serviceRegistries = [
      { registryArn: 'arn:aws:servicediscovery:eu-west-1:123456789012:service/srv-1', containerName: 'app' },
    ]
    const kept = {
      serviceRegistries,
      enableExecuteCommand: true,
      propagateTags: 'SERVICE',
      healthCheckGracePeriodSeconds: 77,
      availabilityZoneRebalancing: 'ENABLED',
      enableECSManagedTags: true,
    } as const
    await start({ more: kept })
    expect(await world.described()).toMatchObject(kept)
    await update({ taskDefinition: await world.registered(await world.pushed()) })
    await world.steady()
    expect(await world.described()).toMatchObject(kept)
  })

  test('is not made with a scheduling strategy that nothing here would follow', async () => {
    await start()
    const daemon = world.ecs.send(
      new CreateServiceCommand({
        cluster: world.cluster,
        serviceName: 'agent',
        taskDefinition: world.taskDefinitionArn,
        launchType: 'FARGATE',
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
        schedulingStrategy: 'DAEMON',
      }),
    )
    await expect(daemon).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })

  test('has at most five deployments that are not over', async () => {
    await start()
    for (let turn = 0; turn < 4; turn++) {
      const image = await world.pushed({ 'sandbox.startup': '60' })
      await update({ taskDefinition: await world.registered(image) })
      await world.pass(1_000)
    }
    await expect(update({ forceNewDeployment: true })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: '5 active deployments exist, unable to create new deployment.',
    })
    // What makes no deployment is still allowed.
    await update({ desiredCount: 2 })
    await world.steady()
    expect(await update({ forceNewDeployment: true })).toBeDefined()
  })

  test('has at most five task sets', async () => {
    await start({ controller: 'CODE_DEPLOY', loadBalancer: true })
    const set = async () =>
      await world.ecs.send(
        new CreateTaskSetCommand({
          cluster: world.cluster,
          service: world.service,
          taskDefinition: world.taskDefinitionArn,
          scale: { value: 0, unit: 'PERCENT' },
        }),
      )
    for (let turn = 0; turn < 4; turn++) await set()
    await expect(set()).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: '5 deployments exist on the service. Unable to create new TaskSet since this exceeds the maximum limit.',
    })
  })
})
