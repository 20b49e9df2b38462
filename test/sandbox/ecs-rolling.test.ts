import {
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  ListServiceDeploymentsCommand,
  type ServiceDeployment,
  StopServiceDeploymentCommand,
  StopTaskCommand,
  UpdateServiceCommand,
  type UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs'
import { afterEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { rollingPlan } from '../../src/sandbox/aws/ecs/rolling.ts'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { type EcsWorld, type EcsWorldOptions, ecsWorld, isSteady } from '../support/ecs-world.ts'

const minute = 60_000
const breaker = { deploymentCircuitBreaker: { enable: true, rollback: true } }

let sandbox: Sandbox
let world: EcsWorld
afterEach(async () => {
  world?.close()
  await sandbox?.close()
})

const start = async (options: EcsWorldOptions = {}): Promise<void> => {
  sandbox = await startCheckedSandbox({ speed: 0 })
  world = await ecsWorld(sandbox, options)
}

/** Updates the service to an image that behaves so; returns the ARNs of the revision and of the service deployment. */
async function deploy(labels: Record<string, string> = {}, more: Partial<UpdateServiceCommandInput> = {}) {
  const taskDefinition = await world.registered(await world.pushed(labels))
  const { service } = await world.ecs.send(
    new UpdateServiceCommand({ cluster: world.cluster, service: world.service, taskDefinition, ...more }),
  )
  return { taskDefinition, arn: service?.currentServiceDeployment ?? '', id: service?.deployments?.[0]?.id ?? '' }
}

const deployment = async (arn: string): Promise<ServiceDeployment> => {
  const command = new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] })
  return (await world.ecs.send(command)).serviceDeployments?.[0] ?? {}
}
const messages = async (): Promise<string> =>
  ((await world.described()).events ?? []).map(({ message }) => message).join('\n')

describe('a rolling deployment', () => {
  test('replaces the tasks, drains the old targets, and ends with the new revision alone', async () => {
    await start()
    const old = await world.tasks()
    const { taskDefinition, arn } = await deploy()
    expect(await deployment(arn)).toMatchObject({ status: 'PENDING', deploymentConfiguration: { strategy: 'ROLLING' } })
    await world.pass(2_000)
    expect(await deployment(arn)).toMatchObject({ status: 'IN_PROGRESS' })
    expect((await world.described()).deployments).toMatchObject([
      { status: 'PRIMARY', rolloutState: 'IN_PROGRESS', taskDefinition, desiredCount: 2 },
      { status: 'ACTIVE', taskDefinition: world.taskDefinitionArn, runningCount: 2 },
    ])
    await world.until(async () => (await world.tasks('STOPPED')).length > 0)
    const [draining] = await world.tasks('STOPPED')
    expect(draining).toMatchObject({ lastStatus: 'DEACTIVATING', stopCode: 'ServiceSchedulerInitiated' })
    await world.steady()
    const done = await world.described()
    expect(done.deployments).toMatchObject([{ status: 'PRIMARY', rolloutState: 'COMPLETED', taskDefinition }])
    expect(done.currentServiceDeployment).toBeUndefined()
    expect(await deployment(arn)).toMatchObject({
      status: 'SUCCESSFUL',
      targetServiceRevision: { runningTaskCount: 2 },
    })
    expect((await world.tasks()).every(({ taskDefinitionArn }) => taskDefinitionArn === taskDefinition)).toBe(true)
    await world.pass(minute)
    expect((await world.tasks('STOPPED')).map(({ taskArn }) => taskArn).sort()).toEqual(
      old.map(({ taskArn }) => taskArn).sort(),
    )
    expect(await messages()).toMatch(/has begun draining connections[\s\S]*registered 1 targets/)
  })

  test('keeps the digest that its images resolved to in the service revision', async () => {
    await start()
    const { arn } = await deploy()
    await world.steady()
    const revision = (await deployment(arn)).targetServiceRevision?.arn ?? ''
    const { serviceRevisions } = await world.ecs.send(
      new DescribeServiceRevisionsCommand({ serviceRevisionArns: [revision, `${revision}0`] }),
    )
    const [task] = await world.tasks()
    expect(serviceRevisions?.[0]?.containerImages).toEqual([
      { containerName: 'app', image: task?.containers?.[0]?.image, imageDigest: task?.containers?.[0]?.imageDigest },
    ])
  })

  const broken: [string, Record<string, string>, RegExp][] = [
    ['exit', { 'sandbox.exit-code': '1' }, /Essential container in task exited/],
    ['are out of memory', { 'sandbox.oom': 'true' }, /Essential container in task exited/],
    [
      'fail the load balancer’s checks',
      { 'sandbox.healthy': 'false' },
      /^Task failed ELB health checks in \(target-group arn:aws:elast/,
    ],
  ]
  test.each(broken)('whose tasks %s opens the circuit breaker and goes back', async (_, labels, reason) => {
    await start({ deploymentConfiguration: breaker })
    const before = (await world.tasks()).map(({ taskArn }) => taskArn).sort()
    const { arn, id } = await deploy(labels)
    await world.until(async () => (await deployment(arn)).status === 'ROLLBACK_SUCCESSFUL', 30 * minute)
    const done = await world.described()
    expect(done.deployments).toMatchObject([{ rolloutState: 'COMPLETED', taskDefinition: world.taskDefinitionArn }])
    expect(done.deployments?.[0]?.id).not.toBe(id)
    expect((await world.tasks()).map(({ taskArn }) => taskArn).sort()).toEqual(before)
    expect((await world.tasks('STOPPED')).some(({ stoppedReason = '' }) => reason.test(stoppedReason))).toBe(true)
    expect(await deployment(arn)).toMatchObject({
      statusReason: 'Service deployment rolled back because the circuit breaker threshold was exceeded.',
      deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: expect.any(Number), threshold: 3 },
      rollback: { reason: expect.stringContaining('circuit breaker') },
    })
    expect(await messages()).toMatch(
      /rolling back to deployment ecs-svc\/\d+[\s\S]*deployment failed: tasks failed to start\./,
    )
  })

  test('whose image cannot be pulled fails each task before it starts', async () => {
    await start({ deploymentConfiguration: breaker })
    const taskDefinition = await world.registered(`${world.image.split('@')[0]}:never`)
    await world.ecs.send(new UpdateServiceCommand({ cluster: world.cluster, service: world.service, taskDefinition }))
    await world.until(async () => (await world.tasks('STOPPED')).length > 0)
    const [task] = await world.tasks('STOPPED')
    expect(task).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringMatching(
        /^CannotPullContainerError: pull image manifest has been retried 1 time\(s\): .*not found$/,
      ),
    })
    expect(task?.startedAt).toBeUndefined()
  })

  test('without a circuit breaker goes on failing beside the old tasks', async () => {
    await start()
    const { arn } = await deploy({ 'sandbox.exit-code': '1' })
    await world.pass(10 * minute)
    expect((await deployment(arn)).status).toBe('IN_PROGRESS')
    const running = (await world.tasks()).filter(({ lastStatus }) => lastStatus === 'RUNNING')
    expect(running.map(({ taskDefinitionArn }) => taskDefinitionArn)).toEqual(Array(2).fill(world.taskDefinitionArn))
    expect(await messages()).toContain('is unable to consistently start tasks successfully')
  })

  test('with a circuit breaker that does not roll back stays failed', async () => {
    await start({ deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } } })
    const { arn } = await deploy({ 'sandbox.exit-code': '1' })
    await world.until(async () => (await deployment(arn)).status === 'STOPPED')
    expect((await world.described()).deployments?.[0]).toMatchObject({
      status: 'PRIMARY',
      rolloutState: 'FAILED',
      rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
    })
  })

  test('that is the service’s first has nothing to go back to', async () => {
    await start({ settle: false, deploymentConfiguration: breaker, labels: { 'sandbox.exit-code': '1' } })
    const statuses = async () => {
      const command = new ListServiceDeploymentsCommand({ cluster: world.cluster, service: world.service })
      return (await world.ecs.send(command)).serviceDeployments?.map(({ status, statusReason }) => [
        status,
        statusReason,
      ])
    }
    await world.until(async () => (await statuses())?.[0]?.[0] === 'ROLLBACK_FAILED')
    expect(await statuses()).toEqual([['ROLLBACK_FAILED', 'No rollback candidate was found to run the rollback.']])
  })

  test('stopped by request goes back, and cannot be stopped twice', async () => {
    await start()
    const { arn } = await deploy({ 'sandbox.healthy': 'false' })
    await world.pass(5_000)
    const stop = () =>
      world.ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn: arn, stopType: 'ROLLBACK' }))
    expect((await stop()).serviceDeploymentArn).toBe(arn)
    await expect(stop()).rejects.toMatchObject({ name: 'ConflictException' })
    await world.until(async () => (await deployment(arn)).status === 'ROLLBACK_SUCCESSFUL')
    expect((await world.described()).taskDefinition).toBe(world.taskDefinitionArn)
  })

  test('gives way to a newer one', async () => {
    await start()
    const first = await deploy({ 'sandbox.exit-code': '1' })
    await world.pass(20_000)
    const second = await deploy()
    let fewest = Number.POSITIVE_INFINITY
    await world.until(async () => {
      const serving = (await world.tasks()).filter(
        ({ lastStatus, taskDefinitionArn }) => lastStatus === 'RUNNING' && taskDefinitionArn !== first.taskDefinition,
      )
      fewest = Math.min(fewest, serving.length)
      return isSteady(await world.described())
    })
    expect(fewest).toBeGreaterThanOrEqual(2)
    expect([(await deployment(first.arn)).status, (await deployment(second.arn)).status]).toEqual([
      'STOPPED',
      'SUCCESSFUL',
    ])
    expect((await world.described()).deployments).toMatchObject([{ taskDefinition: second.taskDefinition }])
  })

  test('moves a service that may only stop before it starts', async () => {
    await start({ deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 0 } })
    const { taskDefinition } = await deploy()
    let most = 0
    await world.until(async () => {
      most = Math.max(most, (await world.tasks()).length)
      return (await world.described()).deployments?.length === 1
    })
    expect([most, (await world.described()).taskDefinition]).toEqual([2, taskDefinition])
  })

  test('does not begin when nothing changes', async () => {
    await start()
    const { service } = await world.ecs.send(
      new UpdateServiceCommand({
        cluster: world.cluster,
        service: world.service,
        taskDefinition: world.taskDefinitionArn,
        forceNewDeployment: false,
        volumeConfigurations: [],
      }),
    )
    expect([service?.currentServiceDeployment, service?.deployments?.length]).toEqual([undefined, 1])
  })
})

describe('a service that is steady', () => {
  test('replaces a task that somebody stops, and follows its desired count', async () => {
    await start()
    const [task] = await world.tasks()
    await world.ecs.send(new StopTaskCommand({ cluster: world.cluster, task: task?.taskArn ?? '', reason: 'by hand' }))
    await world.pass(minute)
    expect(await world.tasks()).toHaveLength(2)
    expect((await world.tasks('STOPPED'))[0]).toMatchObject({ stopCode: 'UserInitiated', stoppedReason: 'by hand' })
    for (const desiredCount of [4, 1]) {
      await world.ecs.send(new UpdateServiceCommand({ cluster: world.cluster, service: world.service, desiredCount }))
      await world.steady()
      expect(await world.tasks()).toHaveLength(desiredCount)
    }
  })
})

describe('the plan of a rolling deployment', () => {
  const situation = fc.record({
    desired: fc.integer({ min: 0, max: 20 }),
    maximumPercent: fc.integer({ min: 100, max: 200 }),
    minimumHealthyPercent: fc.integer({ min: 0, max: 100 }),
    old: fc.integer({ min: 0, max: 20 }),
    started: fc.integer({ min: 0, max: 20 }),
    ready: fc.integer({ min: 0, max: 20 }),
  })
  test('never starts beyond the maximum, and never stops below the minimum', () => {
    fc.assert(
      fc.property(situation, (now) => {
        const { wanted, keep } = rollingPlan(now)
        expect(wanted).toBeLessThanOrEqual(now.desired)
        if (wanted > now.started) {
          expect(wanted + now.old).toBeLessThanOrEqual(Math.floor((now.desired * now.maximumPercent) / 100))
        }
        expect(keep + now.ready).toBeGreaterThanOrEqual(Math.ceil((now.desired * now.minimumHealthyPercent) / 100))
      }),
    )
  })
})
