import {
  ContinueDeploymentCommand,
  GetDeploymentTargetCommand,
  ListDeploymentsCommand,
  ListDeploymentTargetsCommand,
  PutLifecycleEventHookExecutionStatusCommand,
  SkipWaitTimeForInstanceTerminationCommand,
  StopDeploymentCommand,
} from '@aws-sdk/client-codedeploy'
import { afterEach, describe, expect, test } from '@jest/globals'
import { AwsError } from '../../src/sandbox/aws/service.ts'
import { appSpec, type CodeDeploySandbox, codeDeploySandbox } from '../support/codedeploy-sandbox.ts'

const second = 1_000
const minute = 60 * second

let box: CodeDeploySandbox
afterEach(async () => {
  await box.close()
})

const events = async (id: string): Promise<string> =>
  ((await box.target(id)).lifecycleEvents ?? [])
    .map(({ lifecycleEventName, status }) => `${lifecycleEventName} ${status}`)
    .join(', ')

const all = (status: string): string =>
  [
    'BeforeInstall',
    'Install',
    'AfterInstall',
    'AllowTestTraffic',
    'AfterAllowTestTraffic',
    'BeforeAllowTraffic',
    'AllowTraffic',
    'AfterAllowTraffic',
  ]
    .map((name) => `${name} ${status}`)
    .join(', ')

const stop = (deploymentId: string, autoRollbackEnabled?: boolean) =>
  box.client.send(
    new StopDeploymentCommand({ deploymentId, ...(autoRollbackEnabled === undefined ? {} : { autoRollbackEnabled }) }),
  )

describe('a deployment of CodeDeploy to ECS', () => {
  test('walks from Created to Succeeded, moves all traffic, and ends the original task set after the wait', async () => {
    box = await codeDeploySandbox()
    const id = await box.deploy()
    expect(await box.get(id)).toMatchObject({
      status: 'Created',
      creator: 'user',
      instanceTerminationWaitTimeStarted: false,
    })
    await box.sandbox.clock.advance(second)
    expect((await box.get(id)).status).toBe('Queued')
    await box.sandbox.clock.advance(minute)
    const waiting = await box.get(id)
    expect(waiting).toMatchObject({ status: 'InProgress', instanceTerminationWaitTimeStarted: true })
    expect(waiting.deploymentOverview).toBeUndefined()
    expect(await events(id)).toBe(all('Succeeded'))
    expect((await box.target(id)).taskSetsInfo).toMatchObject([
      { identifer: 'ecs-svc/0', taskSetLabel: 'Blue', status: 'ACTIVE', trafficWeight: 0, targetGroup: { name: 'a' } },
      {
        identifer: 'ecs-svc/1',
        taskSetLabel: 'Green',
        status: 'PRIMARY',
        trafficWeight: 100,
        targetGroup: { name: 'b' },
      },
    ])
    expect(box.share()).toBe(100)
    await box.sandbox.clock.advance(5 * minute)
    expect(await box.get(id)).toMatchObject({ status: 'Succeeded', deploymentOverview: { Succeeded: 1 } })
    expect(box.service.changes).toEqual([
      'production a=100 b=0',
      'create ecs-svc/1',
      'test a=0 b=100',
      'production a=0 b=100',
      'primary ecs-svc/1',
      'delete ecs-svc/0',
    ])
  })

  test('deploys back to the first target group the next time', async () => {
    box = await codeDeploySandbox()
    const first = await box.deploy()
    await box.sandbox.clock.advance(10 * minute)
    const second = await box.deploy({}, appSpec('web:3'))
    await box.sandbox.clock.advance(10 * minute)
    expect(await box.get(second)).toMatchObject({
      status: 'Succeeded',
      previousRevision: (await box.get(first)).revision,
    })
    expect(box.share()).toBe(0)
    expect(box.service.taskSets).toMatchObject([{ taskDefinition: 'web:3', status: 'PRIMARY' }])
  })

  test('has no target before it has started', async () => {
    box = await codeDeploySandbox()
    const deploymentId = await box.deploy()
    for (const command of [
      new GetDeploymentTargetCommand({ deploymentId, targetId: 'default:web' }),
      new ListDeploymentTargetsCommand({ deploymentId }),
    ]) {
      await expect(box.client.send(command as GetDeploymentTargetCommand)).rejects.toMatchObject({
        name: 'DeploymentNotStartedException',
      })
    }
    await box.sandbox.clock.advance(3 * second)
    const { targetIds } = await box.client.send(new ListDeploymentTargetsCommand({ deploymentId }))
    expect(targetIds).toEqual(['default:web'])
  })

  test('is the only one in its group: another is refused with its id', async () => {
    box = await codeDeploySandbox()
    const id = await box.deploy()
    await expect(box.deploy()).rejects.toMatchObject({
      name: 'DeploymentLimitExceededException',
      message: expect.stringContaining(`'${id}'`),
    })
    await box.sandbox.clock.advance(10 * minute)
    expect(await box.deploy()).not.toBe(id)
  })

  test.each([
    [
      'CodeDeployDefault.ECSCanary10Percent5Minutes',
      [
        [0, 10],
        [4, 10],
        [6, 100],
      ],
    ],
    [
      'CodeDeployDefault.ECSLinear10PercentEvery1Minutes',
      [
        [0, 10],
        [1, 20],
        [5, 60],
        [8, 90],
        [10, 100],
      ],
    ],
    ['CodeDeployDefault.ECSAllAtOnce', [[0, 100]]],
  ] as const)('moves traffic over time as %s says', async (deploymentConfigName, expected) => {
    box = await codeDeploySandbox()
    const id = await box.deploy({ deploymentConfigName })
    await box.sandbox.clock.advance(20 * second)
    let at = 0
    for (const [minutes, percent] of expected) {
      await box.sandbox.clock.advance((minutes - at) * minute)
      at = minutes
      expect([minutes, box.share()]).toEqual([minutes, percent])
      const shown = (await box.target(id)).taskSetsInfo?.map(({ trafficWeight }) => trafficWeight)
      expect(shown).toEqual([100 - percent, percent])
    }
  })

  test('waits as Ready until it is continued', async () => {
    box = await codeDeploySandbox({
      blueGreenDeploymentConfiguration: {
        terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE' },
        deploymentReadyOption: { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes: 60 },
      },
    })
    const deploymentId = await box.deploy()
    const proceed = () =>
      box.client.send(new ContinueDeploymentCommand({ deploymentId, deploymentWaitType: 'READY_WAIT' }))
    await expect(proceed()).rejects.toMatchObject({ name: 'DeploymentIsNotInReadyStateException' })
    await box.sandbox.clock.advance(30 * minute)
    expect((await box.get(deploymentId)).status).toBe('Ready')
    expect((await box.target(deploymentId)).status).toBe('Ready')
    expect([box.share(), box.share('test')]).toEqual([0, 100])
    await proceed()
    await box.sandbox.clock.advance(minute)
    expect((await box.get(deploymentId)).status).toBe('Succeeded')
    await expect(proceed()).rejects.toMatchObject({ name: 'DeploymentAlreadyCompletedException' })
  })

  test.each([true, false])('is stopped by request while it is Ready, with a rollback: %s', async (back) => {
    box = await codeDeploySandbox({
      blueGreenDeploymentConfiguration: {
        terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE' },
        deploymentReadyOption: { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes: 60 },
      },
    })
    const id = await box.deploy()
    await box.sandbox.clock.advance(10 * minute)
    await stop(id, back)
    await box.sandbox.clock.advance(minute)
    const stopped = await box.get(id)
    expect(stopped).toMatchObject({ status: 'Stopped', errorInformation: { code: 'MANUAL_STOP' } })
    expect(stopped.rollbackInfo === undefined).toBe(!back)
    expect([box.share(), box.share('test')]).toEqual([0, back ? 0 : 100])
    expect(box.service.taskSets).toHaveLength(back ? 1 : 2)
  })

  test('stops when nobody continues it in time', async () => {
    box = await codeDeploySandbox({
      blueGreenDeploymentConfiguration: {
        terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE' },
        deploymentReadyOption: { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes: 10 },
      },
    })
    const id = await box.deploy()
    await box.sandbox.clock.advance(20 * minute)
    expect((await box.get(id)).status).toBe('Stopped')
    expect(box.share()).toBe(0)
  })

  test.each(['continue', 'skip'])('ends the wait for the original task set early: %s', async (how) => {
    box = await codeDeploySandbox()
    const deploymentId = await box.deploy()
    const proceed = () =>
      how === 'skip'
        ? box.client.send(new SkipWaitTimeForInstanceTerminationCommand({ deploymentId }))
        : box.client.send(new ContinueDeploymentCommand({ deploymentId, deploymentWaitType: 'TERMINATION_WAIT' }))
    await expect(proceed()).rejects.toThrow('does not wait')
    await box.sandbox.clock.advance(minute)
    await proceed()
    await box.sandbox.clock.advance(second)
    expect((await box.get(deploymentId)).status).toBe('Succeeded')
  })
})

describe('a deployment that does not go well', () => {
  const rollback = { enabled: true, events: ['DEPLOYMENT_FAILURE' as const, 'DEPLOYMENT_STOP_ON_ALARM' as const] }

  const rolledBack = async (id: string) => {
    await box.sandbox.clock.advance(30 * second)
    const failed = await box.get(id)
    const rollbackId = failed.rollbackInfo?.rollbackDeploymentId ?? ''
    expect(failed.rollbackInfo?.rollbackMessage).toContain(rollbackId)
    expect(await box.get(rollbackId)).toMatchObject({
      status: 'Succeeded',
      creator: 'codeDeployRollback',
      deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce',
      rollbackInfo: { rollbackTriggeringDeploymentId: id },
    })
    expect([box.share(), box.share('test')]).toEqual([0, 0])
    expect(box.service.taskSets).toMatchObject([{ id: 'ecs-svc/0', status: 'PRIMARY' }])
    return failed
  }

  test('fails after an hour when the replacement never becomes steady', async () => {
    box = await codeDeploySandbox({ autoRollbackConfiguration: rollback })
    box.service.healthy = false
    const id = await box.deploy()
    await box.sandbox.clock.advance(59 * minute)
    expect((await box.get(id)).status).toBe('InProgress')
    await box.sandbox.clock.advance(2 * minute)
    const failed = await rolledBack(id)
    expect(failed).toMatchObject({
      status: 'Failed',
      errorInformation: { code: 'TIMEOUT' },
      deploymentOverview: { Failed: 1 },
    })
    expect(await events(id)).toContain('Install Failed, AfterInstall Skipped')
  })

  test.each(['AfterInstall', 'AfterAllowTestTraffic', 'BeforeAllowTraffic', 'AfterAllowTraffic'])(
    'rolls back when the hook %s answers Failed',
    async (event) => {
      box = await codeDeploySandbox({ autoRollbackConfiguration: rollback })
      box.sandbox.hooks.set({ function: 'smoke', status: 'Failed' })
      const id = await box.deploy({}, appSpec('web:2', { [event]: 'smoke-test', BeforeInstall: 'other' }))
      await box.sandbox.clock.advance(minute)
      const failed = await rolledBack(id)
      expect(failed).toMatchObject({ status: 'Failed', errorInformation: { code: 'HOOK_EXECUTION_FAILURE' } })
      const target = await box.target(id)
      expect(target.lifecycleEvents?.find(({ status }) => status === 'Failed')).toMatchObject({
        lifecycleEventName: event,
        diagnostics: { errorCode: 'ScriptFailed', scriptName: 'smoke-test' },
      })
    },
  )

  test('tells that the rollback failed when the load balancer refuses it', async () => {
    box = await codeDeploySandbox({ autoRollbackConfiguration: rollback })
    box.sandbox.hooks.set({ function: 'smoke', status: 'Failed' })
    const id = await box.deploy({}, appSpec('web:2', { AfterAllowTraffic: 'smoke-test' }))
    await box.sandbox.clock.advance(9 * second)
    const { invoke } = box.service
    Object.assign(box.service, {
      invoke: (operation: string, input: Record<string, unknown>, caller: Parameters<typeof invoke>[2]) => {
        if (operation === 'DescribeRules') throw new AwsError('ListenerNotFound', 'One or more listeners not found')
        return invoke(operation, input, caller)
      },
    })
    await box.sandbox.clock.advance(minute)
    const { rollbackInfo, status } = await box.get(id)
    expect(status).toBe('Failed')
    expect(await box.get(rollbackInfo?.rollbackDeploymentId ?? '')).toMatchObject({
      status: 'Failed',
      creator: 'codeDeployRollback',
      errorInformation: {
        code: 'ELASTIC_LOAD_BALANCING_INVALID',
        message: expect.stringContaining('listeners not found'),
      },
    })
  })

  test('has nothing to roll back when BeforeInstall fails', async () => {
    box = await codeDeploySandbox({ autoRollbackConfiguration: rollback })
    box.sandbox.hooks.set({ function: '*', status: 'Failed' })
    const id = await box.deploy({}, appSpec('web:2', { BeforeInstall: 'check' }))
    await box.sandbox.clock.advance(minute)
    const failed = await box.get(id)
    expect(failed).toMatchObject({ status: 'Failed', errorInformation: { code: 'HOOK_EXECUTION_FAILURE' } })
    expect(failed.rollbackInfo).toBeUndefined()
    expect(box.service.changes).toEqual([])
  })

  test.each(['Succeeded', 'Failed'] as const)('takes a client’s answer to a hook: %s', async (status) => {
    box = await codeDeploySandbox()
    box.sandbox.hooks.set({ function: 'approve', status: 'none' })
    const deploymentId = await box.deploy({}, appSpec('web:2', { BeforeAllowTraffic: 'approve' }))
    await box.sandbox.clock.advance(30 * minute)
    const [execution] = box.sandbox.hooks.pending()
    expect(execution).toMatchObject({ deploymentId, event: 'BeforeAllowTraffic', function: 'approve' })
    const answer = () =>
      box.client.send(
        new PutLifecycleEventHookExecutionStatusCommand({
          deploymentId,
          lifecycleEventHookExecutionId: execution?.id,
          status,
        }),
      )
    await answer()
    await box.sandbox.clock.advance(10 * minute)
    expect((await box.get(deploymentId)).status).toBe(status)
    await expect(answer()).rejects.toMatchObject({ name: 'LifecycleEventAlreadyCompletedException' })
  })

  test('fails a hook that has not answered for an hour', async () => {
    box = await codeDeploySandbox()
    box.sandbox.hooks.set({ function: 'silent', status: 'none' })
    const id = await box.deploy({}, appSpec('web:2', { AfterInstall: 'silent' }))
    await box.sandbox.clock.advance(62 * minute)
    expect(await box.get(id)).toMatchObject({ status: 'Failed', errorInformation: { code: 'HOOK_EXECUTION_FAILURE' } })
    const failed = (await box.target(id)).lifecycleEvents?.find(({ status }) => status === 'Failed')
    expect(failed?.diagnostics?.errorCode).toBe('ScriptTimedOut')
  })

  // Seconds after the start at which each event runs, with a canary of ten per cent and no hooks.
  test.each([
    [3, 'Install'],
    [5, 'AllowTestTraffic'],
    [9, 'AllowTraffic'],
    [120, 'AllowTraffic'],
    [330, 'nothing'],
  ])('stopped with a rollback after %d s, the original has all traffic and is alone', async (seconds, event) => {
    box = await codeDeploySandbox()
    const id = await box.deploy({ deploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes' })
    await box.sandbox.clock.advance(seconds * second + 500)
    expect(await stop(id, true)).toMatchObject({ status: 'Pending' })
    const hadGreen = box.service.taskSets.length > 1
    await box.sandbox.clock.advance(30 * second)
    expect(await box.get(id)).toMatchObject({ status: 'Stopped', errorInformation: { code: 'MANUAL_STOP' } })
    expect(await events(id)).toMatch(event === 'nothing' ? all('Succeeded') : new RegExp(`${event} Failed`))
    expect([box.share(), box.share('test')]).toEqual([0, 0])
    expect(box.service.taskSets).toMatchObject([{ id: 'ecs-svc/0', status: 'PRIMARY' }])
    if (hadGreen) await rolledBack(id)
    await expect(stop(id)).rejects.toMatchObject({ name: 'DeploymentAlreadyCompletedException' })
  })

  test('stopped without a rollback leaves traffic where it is; the next deployment clears up', async () => {
    box = await codeDeploySandbox()
    const id = await box.deploy({ deploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes' })
    await box.sandbox.clock.advance(minute)
    await stop(id)
    await box.sandbox.clock.advance(minute)
    expect((await box.get(id)).rollbackInfo).toBeUndefined()
    expect(box.share()).toBe(10)
    const next = await box.deploy()
    await box.sandbox.clock.advance(10 * minute)
    expect((await box.get(next)).status).toBe('Succeeded')
    expect(box.share()).toBe(100)
    expect(box.service.taskSets).toHaveLength(1)
  })

  test('lists a group’s deployments by status, the newest first', async () => {
    box = await codeDeploySandbox()
    const first = await box.deploy()
    await box.sandbox.clock.advance(10 * minute)
    const second = await box.deploy()
    const list = async (includeOnlyStatuses: ('InProgress' | 'Created' | 'Succeeded')[] | undefined) =>
      (
        await box.client.send(
          new ListDeploymentsCommand({ applicationName: 'shop', deploymentGroupName: 'web', includeOnlyStatuses }),
        )
      ).deployments
    expect(await list(undefined)).toEqual([second, first])
    expect(await list(['Created', 'InProgress'])).toEqual([second])
    expect(await list(['Succeeded'])).toEqual([first])
  })
})
