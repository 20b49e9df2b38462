import {
  DescribeTasksCommand,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { type EcsWorld, ecsWorld } from '../support/ecs-world.ts'

let sandbox: Sandbox
let world: EcsWorld
beforeEach(async () => {
  sandbox = await startCheckedSandbox({ speed: 0 })
  world = await ecsWorld(sandbox, { desiredCount: 1, loadBalancer: false })
  await world.pass(10_000)
})
afterEach(async () => {
  world.close()
  await sandbox.close()
})
const place = () => ({ cluster: world.cluster, service: world.service })
const stale = (operation: string): void =>
  sandbox.faults.add({ kind: 'stale', service: 'ecs', operation, delayMs: 5_000 })

describe('answers of ECS that are some seconds old', () => {
  test('do not know the current deployment of a service yet, and still know it when it is over', async () => {
    stale('DescribeServices')
    const { service } = await world.ecs.send(new UpdateServiceCommand({ ...place(), forceNewDeployment: true }))
    const current = service?.currentServiceDeployment
    expect(current).toBeDefined()
    await world.pass(4_000)
    expect((await world.described()).currentServiceDeployment).toBeUndefined()
    await world.pass(2_000)
    expect((await world.described()).currentServiceDeployment).toBe(current)
    await world.until(async () => (await world.described()).deployments?.[0]?.rolloutState === 'COMPLETED')
    expect((await world.described()).currentServiceDeployment).toBe(current)
    await world.pass(6_000)
    expect((await world.described()).currentServiceDeployment).toBeUndefined()
  })

  test('do not list a new service deployment yet', async () => {
    const listed = async () =>
      (await world.ecs.send(new ListServiceDeploymentsCommand(place()))).serviceDeployments?.length
    stale('ListServiceDeployments')
    await world.ecs.send(new UpdateServiceCommand({ ...place(), forceNewDeployment: true }))
    expect(await listed()).toBe(1)
    await world.pass(6_000)
    expect(await listed()).toBe(2)
  })

  test('do not list a new task yet, and still list one that stops as running', async () => {
    stale('ListTasks')
    await world.ecs.send(new UpdateServiceCommand({ ...place(), desiredCount: 2 }))
    const count = async (desiredStatus: 'RUNNING' | 'STOPPED') =>
      (await world.ecs.send(new ListTasksCommand({ cluster: world.cluster, desiredStatus }))).taskArns?.length
    expect(await count('RUNNING')).toBe(1)
    await world.pass(6_000)
    expect(await count('RUNNING')).toBe(2)
    await world.ecs.send(new UpdateServiceCommand({ ...place(), desiredCount: 0 }))
    expect([await count('RUNNING'), await count('STOPPED')]).toEqual([2, 0])
    await world.pass(6_000)
    expect([await count('RUNNING'), await count('STOPPED')]).toEqual([0, 2])
  })

  test('are as many as were asked for', async () => {
    sandbox.faults.add({ kind: 'stale', service: 'ecs', operation: 'DescribeServices', delayMs: 5_000, times: 1 })
    await world.ecs.send(new UpdateServiceCommand({ ...place(), forceNewDeployment: true }))
    expect((await world.described()).currentServiceDeployment).toBeUndefined()
    expect((await world.described()).currentServiceDeployment).toBeDefined()
  })
})

test('an injected error has the words of the service', async () => {
  const message = 'Too many concurrent attempts to create a new revision of the specified family.'
  const operation = 'RegisterTaskDefinition'
  sandbox.faults.add({ kind: 'error', operation, status: 400, code: 'ClientException', message, times: 1 })
  const register = async () => await world.ecs.send(new RegisterTaskDefinitionCommand(world.definition(world.image)))
  await expect(register()).rejects.toMatchObject({ name: 'ClientException', message })
  expect((await register()).taskDefinition?.revision).toBe(2)
})

describe('RunTask with a client token', () => {
  const run = async (clientToken: string, startedBy = 'me') =>
    await world.ecs.send(
      new RunTaskCommand({
        cluster: world.cluster,
        taskDefinition: world.taskDefinitionArn,
        launchType: 'FARGATE',
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
        clientToken,
        startedBy,
        enableECSManagedTags: true,
      }),
    )

  test('starts its task once, however often it is sent', async () => {
    const arn = (await run('a')).tasks?.[0]?.taskArn
    expect((await run('a')).tasks?.map(({ taskArn }) => taskArn)).toEqual([arn])
    expect((await run('b')).tasks?.[0]?.taskArn).not.toBe(arn)
    const shown = await world.ecs.send(
      new DescribeTasksCommand({ cluster: world.cluster, tasks: [arn ?? ''], include: ['TAGS'] }),
    )
    expect(shown.tasks?.[0]?.tags).toEqual([{ key: 'aws:ecs:clusterName', value: 'live' }])
  })

  test('is refused for another request, naming the tasks that it has', async () => {
    const arn = (await run('a')).tasks?.[0]?.taskArn
    await expect(run('a', 'you')).rejects.toMatchObject({ name: 'ConflictException', resourceIds: [arn] })
  })
})
