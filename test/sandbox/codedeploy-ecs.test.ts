import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  CreateDeploymentCommand,
  type CreateDeploymentCommandInput,
  type DeploymentInfo,
  type ECSTarget,
  GetDeploymentCommand,
  GetDeploymentTargetCommand,
  StopDeploymentCommand,
  UpdateDeploymentGroupCommand,
} from '@aws-sdk/client-codedeploy'
import {
  DescribeServicesCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  type TaskSet,
} from '@aws-sdk/client-ecs'
import {
  CreateRuleCommand,
  DescribeListenersCommand,
  DescribeRulesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { afterEach, describe, expect, test } from '@jest/globals'
import { type Clients, clients, type LegacyPlatform, provisionLegacy } from '../../scripts/provision.ts'
import type { Sandbox, SandboxOptions } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { appSpec as specFor } from '../support/codedeploy-sandbox.ts'
import { program } from '../support/programs.ts'
import { pushImage } from '../support/registry.ts'

const minute = 60_000

let sandbox: Sandbox
let aws: Clients
let platform: LegacyPlatform
afterEach(async () => {
  for (const client of Object.values(aws) as { destroy(): void }[]) client.destroy()
  await sandbox.close()
})

const definition = (image: string): RegisterTaskDefinitionCommandInput => ({
  family: 'orders',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  containerDefinitions: [{ name: 'app', image, portMappings: [{ containerPort: 8080 }] }],
})

const settle = (ms: number): Promise<void> => sandbox.clock.advance(ms)

/** The platform with its service up, on a standing clock unless told. */
async function start(options: SandboxOptions = { speed: 0 }): Promise<void> {
  sandbox = await startCheckedSandbox(options)
  aws = clients(sandbox.environment())
  const { byDigest } = await pushImage(sandbox, 'orders:1', {})
  platform = await provisionLegacy(aws, 'live', byDigest, definition(byDigest))
  if (options.speed === 0) await settle(2 * minute)
}

const group = { applicationName: 'orders-live', deploymentGroupName: 'orders-live' }

let builds = 0
const register = async (labels: Record<string, string> = {}): Promise<string> => {
  const { byDigest } = await pushImage(sandbox, 'orders:2', { labels: { ...labels, 'test.build': String(++builds) } })
  const { taskDefinition } = await aws.ecs.send(new RegisterTaskDefinitionCommand(definition(byDigest)))
  return taskDefinition?.taskDefinitionArn ?? ''
}

const appSpec = (taskDefinition: string): string =>
  specFor(taskDefinition).replace('"ContainerPort":80', '"ContainerPort":8080')

const deploy = async (taskDefinition: string, changes: Partial<CreateDeploymentCommandInput> = {}): Promise<string> => {
  const revision = { revisionType: 'AppSpecContent' as const, appSpecContent: { content: appSpec(taskDefinition) } }
  const made = await aws.codedeploy.send(new CreateDeploymentCommand({ ...group, revision, ...changes }))
  return made.deploymentId ?? ''
}

const get = async (deploymentId: string): Promise<DeploymentInfo> =>
  (await aws.codedeploy.send(new GetDeploymentCommand({ deploymentId }))).deploymentInfo ?? {}

const target = async (deploymentId: string): Promise<ECSTarget> =>
  (await aws.codedeploy.send(new GetDeploymentTargetCommand({ deploymentId, targetId: 'live:orders' })))
    .deploymentTarget?.ecsTarget ?? {}

/** Production weights as `blue=90 green=10`. */
async function weights(): Promise<string> {
  const { Listeners } = await aws.elbv2.send(new DescribeListenersCommand({ ListenerArns: [platform.listenerArn] }))
  const groups = Listeners?.[0]?.DefaultActions?.[0]?.ForwardConfig?.TargetGroups ?? []
  return groups
    .map(({ TargetGroupArn, Weight }) => `${/orders-live-(\w+)/.exec(TargetGroupArn ?? '')?.[1]}=${Weight}`)
    .sort()
    .join(' ')
}

const taskSets = async (): Promise<readonly TaskSet[]> => {
  const command = new DescribeServicesCommand({ cluster: 'live', services: ['orders'] })
  return (await aws.ecs.send(command)).services?.[0]?.taskSets ?? []
}

describe('CodeDeploy on the sandbox’s ECS and load balancer', () => {
  test('moves a service by a canary: tasks start, targets get healthy, weights move, the original drains', async () => {
    await start()
    const before = (await taskSets())[0]
    const arn = await register()
    const id = await deploy(arn)
    await settle(8_000)
    expect((await target(id)).lifecycleEvents?.find(({ status }) => status === 'InProgress')).toMatchObject({
      lifecycleEventName: 'Install',
    })
    await settle(minute)
    expect(await weights()).toBe('blue=90 green=10')
    expect((await target(id)).taskSetsInfo).toMatchObject([
      {
        identifer: before?.id,
        taskSetLabel: 'Blue',
        runningCount: 2,
        trafficWeight: 90,
        targetGroup: { name: 'orders-live-blue' },
      },
      {
        taskSetLabel: 'Green',
        runningCount: 2,
        desiredCount: 2,
        trafficWeight: 10,
        targetGroup: { name: 'orders-live-green' },
      },
    ])
    await settle(5 * minute)
    expect(await weights()).toBe('blue=0 green=100')
    expect(await get(id)).toMatchObject({ status: 'InProgress', instanceTerminationWaitTimeStarted: true })
    expect(await taskSets()).toHaveLength(2)
    await settle(6 * minute)
    expect((await get(id)).status).toBe('Succeeded')
    expect(await taskSets()).toMatchObject([
      { status: 'PRIMARY', taskDefinition: arn, externalId: id, stabilityStatus: 'STEADY_STATE', runningCount: 2 },
    ])
  })

  test('goes back to blue when the next deployment follows', async () => {
    await start()
    await deploy(await register(), { deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce' })
    await settle(10 * minute)
    const id = await deploy(await register(), { deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce' })
    await settle(10 * minute)
    expect((await get(id)).status).toBe('Succeeded')
    expect(await weights()).toBe('blue=100 green=0')
  })

  test.each([
    ['exits', { 'sandbox.exit-code': '1' }],
    ['is never healthy', { 'sandbox.healthy': 'false' }],
  ])('fails and rolls back after an hour when the new image %s', async (_name, labels) => {
    await start()
    const [before] = await taskSets()
    const id = await deploy(await register(labels))
    await settle(30 * minute)
    expect((await get(id)).status).toBe('InProgress')
    await settle(35 * minute)
    const failed = await get(id)
    expect(failed).toMatchObject({ status: 'Failed', errorInformation: { code: 'TIMEOUT' } })
    expect(await get(failed.rollbackInfo?.rollbackDeploymentId ?? '')).toMatchObject({ status: 'Succeeded' })
    expect(await weights()).toBe('blue=100 green=0')
    expect(await taskSets()).toMatchObject([{ id: before?.id, status: 'PRIMARY', runningCount: 2 }])
  })

  test('fails at once when the task definition is not there', async () => {
    await start()
    const id = await deploy('orders:99')
    await settle(minute)
    expect(await get(id)).toMatchObject({ status: 'Failed', errorInformation: { code: 'ECS_UPDATE_ERROR' } })
  })

  test('stopped while any event runs, leaves blue with all traffic and no green', async () => {
    await start()
    await aws.codedeploy.send(
      new UpdateDeploymentGroupCommand({
        applicationName: 'orders-live',
        currentDeploymentGroupName: 'orders-live',
        autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_STOP_ON_REQUEST'] },
      }),
    )
    const [before] = await taskSets()
    const arn = await register()
    const hooks = ['BeforeInstall', 'AfterInstall', 'AfterAllowTestTraffic', 'BeforeAllowTraffic', 'AfterAllowTraffic']
    sandbox.hooks.set({ function: '*', status: 'Succeeded', afterMs: 20_000 })
    const content = specFor(arn, Object.fromEntries(hooks.map((event) => [event, `on-${event}`]))).replace(
      '80}',
      '8080}',
    )
    const seen: string[] = []
    for (const event of [...hooks, 'Install', 'AllowTestTraffic', 'AllowTraffic']) {
      const revision = { revisionType: 'AppSpecContent' as const, appSpecContent: { content } }
      const id = await deploy(arn, { revision })
      const current = async (): Promise<string | undefined> =>
        (await target(id).catch(() => undefined))?.lifecycleEvents?.find(({ status }) => status === 'InProgress')
          ?.lifecycleEventName
      for (let tries = 0; tries < 2_000 && (await current()) !== event; tries++) await settle(500)
      await aws.codedeploy.send(new StopDeploymentCommand({ deploymentId: id }))
      await settle(minute)
      const stopped = await get(id)
      expect([event, stopped.status]).toEqual([event, 'Stopped'])
      expect((await target(id)).lifecycleEvents?.find(({ status }) => status === 'Failed')).toMatchObject({
        lifecycleEventName: event,
      })
      const rollbackId = stopped.rollbackInfo?.rollbackDeploymentId
      if (rollbackId !== undefined) expect((await get(rollbackId)).status).toBe('Succeeded')
      expect([
        event,
        (await weights()).replace('blue=1 ', 'blue=100 ').replace(/^blue=1$/, 'blue=100 green=0'),
      ]).toEqual([event, 'blue=100 green=0'])
      expect(await taskSets()).toMatchObject([{ id: before?.id, status: 'PRIMARY' }])
      seen.push(event)
    }
    expect(seen).toHaveLength(8)
  })

  test('moves the rules of a listener that forward to the pair, and no others', async () => {
    await start()
    const { Listeners } = await aws.elbv2.send(new DescribeListenersCommand({ ListenerArns: [platform.listenerArn] }))
    const blue = Listeners?.[0]?.DefaultActions?.[0]?.TargetGroupArn
    const rule = (Priority: number, Type: 'forward' | 'fixed-response') =>
      aws.elbv2.send(
        new CreateRuleCommand({
          ListenerArn: platform.listenerArn,
          Priority,
          Conditions: [{ Field: 'path-pattern', Values: [`/${Priority}`] }],
          Actions: [
            Type === 'forward' ? { Type, TargetGroupArn: blue } : { Type, FixedResponseConfig: { StatusCode: '404' } },
          ],
        }),
      )
    await rule(1, 'forward')
    await rule(2, 'fixed-response')
    await deploy(await register(), { deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce' })
    await settle(5 * minute)
    const { Rules } = await aws.elbv2.send(new DescribeRulesCommand({ ListenerArn: platform.listenerArn }))
    const shown = Rules?.map(({ Priority, Actions }) => [
      Priority,
      Actions?.[0]?.ForwardConfig?.TargetGroups?.find(({ TargetGroupArn }) => TargetGroupArn !== blue)?.Weight,
    ])
    expect(Object.fromEntries(shown ?? [])).toEqual({ 1: 100, 2: undefined, default: 100 })
  })
})

const cli = program('aws')
const testOfCli = cli === undefined ? test.skip : test

testOfCli('aws ecs deploy registers, deploys and waits until the service has moved', async () => {
  await start({ speed: 5_000 })
  await aws.codedeploy.send(
    new UpdateDeploymentGroupCommand({
      applicationName: 'orders-live',
      currentDeploymentGroupName: 'orders-live',
      deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce',
      blueGreenDeploymentConfiguration: {
        terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE', terminationWaitTimeInMinutes: 0 },
        deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT' },
      },
    }),
  )
  const { byDigest } = await pushImage(sandbox, 'orders:2', {})
  // The CLI looks again only after fifteen real seconds: by its first look it shall be over.
  sandbox.faults.add({ kind: 'slow', service: 'codedeploy', operation: 'GetDeployment', delayMs: 500, times: 1 })
  const folder = mkdtempSync(join(tmpdir(), 'strangler-cli-'))
  writeFileSync(join(folder, 'task.json'), JSON.stringify(definition(byDigest)))
  writeFileSync(join(folder, 'appspec.json'), appSpec('to be replaced'))
  const args = ['ecs', 'deploy', '--cluster', 'live', '--service', 'orders']
  const { stdout } = await promisify(execFile)(
    cli ?? '',
    [
      ...[
        ...args,
        '--task-definition',
        join(folder, 'task.json'),
        '--codedeploy-appspec',
        join(folder, 'appspec.json'),
      ],
      ...['--codedeploy-application', 'orders-live', '--codedeploy-deployment-group', 'orders-live'],
    ],
    { env: { ...process.env, ...sandbox.environment() } },
  )
  expect(stdout).toMatch(/Successfully registered new ECS task definition .*task-definition\/orders:2/)
  expect(stdout).toMatch(/Successfully created deployment d-[A-Z0-9]{9}/)
  expect(stdout).toMatch(/Successfully deployed .* to service 'orders'/)
  expect(await weights()).toBe('blue=0 green=100')
})
