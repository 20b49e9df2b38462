import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling'
import {
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListServiceDeploymentsCommand,
  ListTaskDefinitionsCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { systemClock } from '../../src/action/clock.ts'
import { runAction, runPost } from '../../src/action/run.ts'
import { ecsDeploy } from '../../src/actions/ecs-deploy.ts'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { type EcsWorld, type EcsWorldOptions, ecsWorld } from '../support/ecs-world.ts'
import { type MemoryHost, memoryHost } from '../support/memory-host.ts'
import { unlisted } from '../support/permissions.ts'

const speed = 300
const folder = mkdtempSync(join(tmpdir(), 'strangler-ecs-'))
const before = { ...process.env }
let sandbox: Sandbox
const worlds: EcsWorld[] = []

beforeAll(async () => {
  sandbox = await startCheckedSandbox({ speed })
  Object.assign(process.env, sandbox.environment())
})
afterAll(async () => {
  for (const world of worlds) world.close()
  process.env = before
  rmSync(folder, { recursive: true })
  await sandbox.close()
})

let calls = 0
beforeEach(() => {
  calls = sandbox.calls.all().length
})
const ours = () =>
  sandbox.calls
    .all()
    .slice(calls)
    .filter(({ userAgent }) => userAgent.includes('strangler-deploy'))
const made = (operation: string): number => ours().filter((call) => call.operation === operation).length
const changed = (): readonly string[] =>
  ours()
    .filter(({ operation }) => !/^(Describe|List|Get|BatchGet)/.test(operation))
    .map(({ operation }) => operation)

const world = async (service: string, options: EcsWorldOptions = {}): Promise<EcsWorld> => {
  const one = await ecsWorld(sandbox, { service, desiredCount: 2, ...options })
  worlds.push(one)
  return one
}
const file = (definition: object): string => {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.json`)
  writeFileSync(path, JSON.stringify(definition))
  return path
}
const clock = () => systemClock(speed, sandbox.clock.epoch)
const host = (of: EcsWorld, image: string | undefined, inputs: Record<string, string> = {}): MemoryHost =>
  memoryHost({
    service: of.service,
    cluster: of.cluster,
    ...(image === undefined ? {} : { 'task-definition': file(of.definition(image)) }),
    ...inputs,
  })
const run = async (
  of: EcsWorld,
  image: string | undefined,
  inputs: Record<string, string> = {},
): Promise<MemoryHost> => {
  const h = host(of, image, inputs)
  await runAction(ecsDeploy, h, clock())
  return h
}
const end = (h: MemoryHost) => [h.code, h.outputs['outcome']]
const reason = (h: MemoryHost): string => String(h.result?.['reason'] ?? '')
/** The images of the revision that the service has. */
const runs = async (of: EcsWorld): Promise<string | undefined> => {
  const { taskDefinition } = await of.described()
  const answer = await of.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: taskDefinition ?? '' }))
  return answer.taskDefinition?.containerDefinitions?.[0]?.image
}
const deploymentsOf = async (of: EcsWorld) =>
  (await of.ecs.send(new ListServiceDeploymentsCommand({ cluster: of.cluster, service: of.service })))
    .serviceDeployments ?? []
const crashing = { 'sandbox.exit-code': '1', 'sandbox.log': 'cannot reach the queue' }
/** Its tasks may take long to become healthy. */
const patient = { more: { healthCheckGracePeriodSeconds: 900 } } as const
const bluegreen = (more: object = {}) =>
  ({
    loadBalancer: 'native',
    deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 30, ...more },
  }) as const

describe('a rolling deployment', () => {
  test('is followed to its end, and unchanged the second time', async () => {
    const of = await world('rolling')
    const image = await of.pushed()
    const h = await run(of, image)
    expect(end(h)).toEqual([0, 'succeeded'])
    expect(await runs(of)).toBe(image)
    expect(h.log.join('\n')).toMatch(/new tasks: \d of 2 run[\s\S]*deployment SUCCESSFUL/)
    expect(changed()).toEqual(['RegisterTaskDefinition', 'UpdateService'])
    expect(h.outputs['service-deployment-arn']).toMatch(/^arn:aws:ecs:.*:service-deployment\/live\/rolling\//)
    expect(h.outputs['running-task-definition-arn']).toBe(h.outputs['task-definition-arn'])

    calls = sandbox.calls.all().length
    const again = await run(of, image)
    expect(end(again)).toEqual([0, 'unchanged'])
    expect(changed()).toEqual([])
    expect(ours().length).toBeLessThanOrEqual(3)
  })

  test('whose tasks fail is rolled back by us, with the reason and the last words', async () => {
    const of = await world('crashing')
    const h = await run(of, await of.pushed(crashing))
    expect(end(h)).toEqual([1, 'rolled-back'])
    expect(reason(h)).toMatch(/container app exited with code 1 .*cannot reach the queue/)
    expect(await runs(of)).toBe(of.image)
    expect(h.outputs['running-task-definition-arn']).toBe(of.taskDefinitionArn)
    expect(made('StopServiceDeployment')).toBe(1)
  })

  test('that the circuit breaker rolled back is never green', async () => {
    const of = await world('breaker', {
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    })
    const h = await run(of, await of.pushed(crashing), { 'failed-tasks': '0' })
    expect(end(h)).toEqual([1, 'rolled-back'])
    expect(reason(h)).toMatch(/container app exited with code 1/)
    expect(made('StopServiceDeployment')).toBe(0)
  })

  test('that the circuit breaker stopped without a rollback goes back to the last good revision', async () => {
    const of = await world('stopped', {
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
    })
    // The revision before the new one was never deployed.
    await of.registered(await of.pushed())
    const h = await run(of, await of.pushed(crashing), { 'failed-tasks': '0' })
    expect(end(h)).toEqual([1, 'rolled-back'])
    expect(await runs(of)).toBe(of.image)
  })

  test('is superseded, not rolled back, when another update comes', async () => {
    const of = await world('superseded', patient)
    const other = await of.registered(await of.pushed())
    const image = await of.pushed({ 'sandbox.startup': '120' })
    const running = run(of, image)
    await of.until(async () => (await of.described()).deployments?.length === 2)
    await of.ecs.send(new UpdateServiceCommand({ cluster: of.cluster, service: of.service, taskDefinition: other }))
    const h = await running
    expect(end(h)).toEqual([1, 'superseded'])
    expect(reason(h)).toMatch(/another deployment of superseded/)
  })

  test('is stopped and rolled back on a cancel, and the post step has nothing left to do', async () => {
    const of = await world('cancelled')
    const h = host(of, await of.pushed({ 'sandbox.startup': '600' }))
    const running = runAction(ecsDeploy, h, clock())
    await of.until(async () => h.state.get('ecs-deploy:live/cancelled')?.includes('service-deployment') ?? false)
    h.cancel()
    await running
    expect(end(h)).toEqual([130, 'cancelled'])
    calls = sandbox.calls.all().length
    await runPost(ecsDeploy, h, clock())
    await of.steady()
    expect(await runs(of)).toBe(of.image)
    expect((await deploymentsOf(of))[0]?.status).toBe('ROLLBACK_SUCCESSFUL')
  })

  test('is rolled back when its time is up', async () => {
    const of = await world('late')
    const h = await run(of, await of.pushed({ 'sandbox.healthy': 'false' }), { timeout: '2m', 'failed-tasks': '0' })
    expect(end(h)).toEqual([1, 'timed-out'])
    expect(reason(h)).toMatch(/timed out after 120 s; .* was stopped and rolled back/)
    const at = (operation: string): number => ours().find((call) => call.operation === operation)?.at ?? 0
    // Not before its time, though a look may not fit in any more.
    expect(at('StopServiceDeployment') - (ours()[0]?.at ?? 0)).toBeGreaterThanOrEqual(119_000)
    expect(await runs(of)).toBe(of.image)
  })

  test('of a revision that is registered already registers nothing, and can be forced', async () => {
    const of = await world('given')
    const arn = await of.registered(await of.pushed())
    const h = await run(of, undefined, { 'task-definition': arn })
    expect(end(h)).toEqual([0, 'succeeded'])
    expect(changed()).toEqual(['UpdateService'])
    calls = sandbox.calls.all().length
    const forced = await run(of, undefined, { 'force-new-deployment': 'true' })
    expect(end(forced)).toEqual([0, 'succeeded'])
    expect(changed()).toEqual(['UpdateService'])
    expect((await deploymentsOf(of)).length).toBe(3)
  })

  test('deregisters older revisions when told, but none that was deployed well before', async () => {
    const of = await world('tidy')
    for (let count = 0; count < 3; count++) await of.registered(await of.pushed())
    const h = await run(of, await of.pushed(), { 'keep-revisions': '1' })
    expect(end(h)).toEqual([0, 'succeeded'])
    const { taskDefinitionArns = [] } = await of.ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: 'tidy' }))
    expect(taskDefinitionArns.map((arn) => arn.split('/').at(-1))).toEqual(['tidy:1', 'tidy:5'])
    expect(h.log.join('\n')).toContain('deregistered tidy:2, tidy:3, tidy:4: 1 are kept')
  })

  test('says which members ECS did not keep', async () => {
    const of = await world('typo')
    const definition = of.definition(await of.pushed())
    const [app] = definition.containerDefinitions ?? []
    const path = file({ ...definition, containerDefinitions: [{ ...app, enviroment: [] }] })
    const h = await run(of, undefined, { 'task-definition': path })
    expect(end(h)).toEqual([0, 'succeeded'])
    const log = h.log.join('\n')
    expect(log).toContain("containerDefinitions[app].enviroment is not known to ECS, did you mean 'environment'?")
    expect(log).toMatch(/warn: .*ECS took containerDefinitions\[app\]\.enviroment and did not keep it/)
    const refused = await run(of, undefined, { 'task-definition': path, 'unknown-fields': 'error' })
    expect(refused.code).toBe(2)
  })

  test('is only planned in a dry run', async () => {
    const of = await world('planned')
    const h = await run(of, await of.pushed(), { 'dry-run': 'true', 'desired-count': '3' })
    expect(end(h)).toEqual([0, 'succeeded'])
    expect(h.log.join('\n')).toContain('would deploy a new revision to live/planned with desiredCount: 2 → 3')
    expect(changed()).toEqual([])
  })
})

describe('settings of the service', () => {
  const sent = (operation: string): Record<string, unknown> =>
    (ours().findLast((call) => call.operation === operation)?.input ?? {}) as Record<string, unknown>
  const volume = { name: 'data', managedEBSVolume: { roleArn: 'arn:aws:iam::123456789012:role/ebs', sizeInGiB: 20 } }
  const volumes = [{ name: 'data', configuredAtLaunch: true }]

  test('that are asked for change, and no other is sent', async () => {
    const of = await world('settings')
    const h = await run(of, await of.pushed(), {
      'enable-execute-command': 'true',
      'security-groups': 'sg-7 , sg-8',
      'propagate-tags': 'TASK_DEFINITION',
      'minimum-healthy-percent': '0',
      'circuit-breaker': 'rollback',
    })
    expect(end(h)).toEqual([0, 'succeeded'])
    expect(Object.keys(sent('UpdateService')).toSorted()).toEqual([
      'cluster',
      'deploymentConfiguration',
      'enableExecuteCommand',
      'networkConfiguration',
      'propagateTags',
      'service',
      'taskDefinition',
    ])
    expect(await of.described()).toMatchObject({
      enableExecuteCommand: true,
      propagateTags: 'TASK_DEFINITION',
      networkConfiguration: { awsvpcConfiguration: { securityGroups: ['sg-7', 'sg-8'] } },
      deploymentConfiguration: {
        minimumHealthyPercent: 0,
        deploymentCircuitBreaker: { enable: true, rollback: true },
      },
    })
    const none = await run(of, undefined, { 'desired-count': '0' })
    expect(end(none)).toEqual([0, 'succeeded'])
    expect(none.log.join('\n')).toMatch(/warn: settings is to run no tasks: whether the new revision runs is not tried/)
    expect(await of.described()).toMatchObject({ desiredCount: 0, runningCount: 0 })
    expect(changed()).toEqual(['RegisterTaskDefinition', 'UpdateService', 'UpdateService'])
  })

  test('of a volume are sent only when they are given, and stay otherwise', async () => {
    const of = await world('volumes')
    const withVolume = file({ ...of.definition(await of.pushed()), volumes })
    const made = await run(of, undefined, {
      'task-definition': withVolume,
      'service-managed-ebs-volume-name': 'data',
      'service-managed-ebs-volume': JSON.stringify(volume.managedEBSVolume),
    })
    expect(end(made)).toEqual([0, 'succeeded'])
    expect(sent('UpdateService')['volumeConfigurations']).toMatchObject([volume])
    const next = await run(of, undefined, {
      'task-definition': file({ ...of.definition(await of.pushed({ 'sandbox.exit-code': '0' })), volumes }),
      'run-task': 'true',
      'wait-until': 'none',
      'on-failure': 'leave',
    })
    expect(end(next)).toEqual([0, 'succeeded'])
    expect(sent('RunTask')['volumeConfigurations']).toMatchObject([volume])
    expect(sent('UpdateService')).not.toHaveProperty('volumeConfigurations')
    expect((await of.described()).deployments?.[0]?.volumeConfigurations).toMatchObject([volume])
  })

  test('reach the task before the deployment too, where they are tags', async () => {
    const of = await world('tagged')
    const tagged = file({
      ...of.definition(await of.pushed({ 'sandbox.exit-code': '0' })),
      tags: [{ key: 'team', value: '' }],
    })
    const h = await run(of, undefined, {
      'task-definition': tagged,
      'run-task': 'true',
      'run-task-tags': '[{"key": "kind", "value": "migration"}]',
      'propagate-tags': 'TASK_DEFINITION',
      'enable-ecs-managed-tags': 'true',
      'wait-until': 'none',
      'on-failure': 'leave',
    })
    expect(end(h)).toEqual([0, 'succeeded'])
    const command = new DescribeTasksCommand({
      cluster: of.cluster,
      tasks: [h.outputs['run-task-arn'] ?? ''],
      include: ['TAGS'],
    })
    const { tasks } = await of.ecs.send(command)
    expect(tasks?.[0]?.tags).toEqual(
      expect.arrayContaining([
        { key: 'team', value: '' },
        { key: 'kind', value: 'migration' },
        { key: 'aws:ecs:clusterName', value: 'live' },
      ]),
    )
    await run(of, undefined, { operation: 'rollback' })
  })
})

describe('a deployment in the way', () => {
  test('blocks before anything is registered', async () => {
    const of = await world('busy', patient)
    const other = await of.registered(await of.pushed({ 'sandbox.startup': '120' }))
    await of.ecs.send(new UpdateServiceCommand({ cluster: of.cluster, service: of.service, taskDefinition: other }))
    const h = await run(of, await of.pushed(), { 'if-deploying': 'fail' })
    expect(end(h)).toEqual([3, 'blocked'])
    expect(changed()).toEqual([])
    const waited = await run(of, await of.pushed(), { 'if-deploying': 'wait' })
    expect(end(waited)).toEqual([0, 'succeeded'])
    expect((await deploymentsOf(of)).map(({ status }) => status)).toEqual(['SUCCESSFUL', 'SUCCESSFUL', 'SUCCESSFUL'])
  })

  test('is stopped first when told so', async () => {
    const of = await world('hurry')
    const other = await of.registered(await of.pushed({ 'sandbox.startup': '1200' }))
    await of.ecs.send(new UpdateServiceCommand({ cluster: of.cluster, service: of.service, taskDefinition: other }))
    const image = await of.pushed()
    expect(end(await run(of, image, { 'if-deploying': 'rollback' }))).toEqual([0, 'succeeded'])
    expect(await runs(of)).toBe(image)
    expect((await deploymentsOf(of)).map(({ status }) => status)).toEqual([
      'SUCCESSFUL',
      'ROLLBACK_SUCCESSFUL',
      'SUCCESSFUL',
    ])
  })

  test('of the same content is taken up, not doubled', async () => {
    const of = await world('taken', patient)
    const image = await of.pushed({ 'sandbox.startup': '60' })
    const first = await run(of, image, { 'wait-until': 'none' })
    expect(end(first)).toEqual([0, 'succeeded'])
    const h = await run(of, image)
    expect(end(h)).toEqual([0, 'succeeded'])
    expect(h.log.join('\n')).toContain('taking up the deployment')
    expect(h.outputs['service-deployment-arn']).toBe(first.outputs['service-deployment-arn'])
    expect((await deploymentsOf(of)).length).toBe(2)
  })
})

describe('a blue/green deployment', () => {
  test('is done when traffic has shifted, not after the bake time', async () => {
    const of = await world('shifted', bluegreen())
    const image = await of.pushed()
    const h = await run(of, image)
    expect(end(h)).toEqual([0, 'succeeded'])
    expect(h.log.join('\n')).toMatch(/traffic █{20} 100% new, 0% old/)
    const [newest] = await deploymentsOf(of)
    expect(newest?.status).toBe('IN_PROGRESS')
    const done = await run(of, image, { 'wait-until': 'complete', timeout: '2h' })
    expect(end(done)).toEqual([0, 'succeeded'])
    expect((await deploymentsOf(of))[0]?.status).toBe('SUCCESSFUL')
  })

  test('can be set to canary, with steps that are seen', async () => {
    const of = await world('canary', bluegreen())
    const h = await run(of, await of.pushed(), {
      strategy: 'canary',
      'canary-percent': '20',
      'canary-bake-time': '2m',
      'bake-time': '1m',
      'wait-until': 'complete',
    })
    expect(end(h)).toEqual([0, 'succeeded'])
    expect(h.log.join('\n')).toMatch(/traffic █{4}░{16} 20% new, 80% old[\s\S]*100% new/)
    expect((await of.described()).deploymentConfiguration).toMatchObject({
      strategy: 'CANARY',
      bakeTimeInMinutes: 1,
      canaryConfiguration: { canaryPercent: 20, canaryBakeTimeInMinutes: 2 },
    })
  })

  test('waits at a pause hook, goes on when told, and goes back when told', async () => {
    const of = await world('paused', bluegreen({ bakeTimeInMinutes: 0 }))
    const hooks = JSON.stringify([{ targetType: 'PAUSE', lifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'] }])
    const image = await of.pushed()
    const ready = await run(of, image, { 'lifecycle-hooks': hooks, 'wait-until': 'ready' })
    expect(end(ready)).toEqual([0, 'succeeded'])
    expect(ready.log.join('\n')).toContain('waits for an answer')
    expect(ready.outputs['running-task-definition-arn']).toBe(of.taskDefinitionArn)
    const further = await run(of, undefined, { operation: 'continue', 'wait-until': 'complete' })
    expect(end(further)).toEqual([0, 'succeeded'])
    expect(await runs(of)).toBe(image)

    await run(of, await of.pushed(), { 'wait-until': 'ready' })
    const back = await run(of, undefined, { operation: 'rollback' })
    expect(end(back)).toEqual([0, 'succeeded'])
    expect(await runs(of)).toBe(image)
    expect(end(await run(of, undefined, { operation: 'stop' }))).toEqual([0, 'unchanged'])
  })

  test('whose hook fails is rolled back and names it', async () => {
    const of = await world('hooked', bluegreen())
    sandbox.hooks.set({ function: 'smoke-test', status: 'Failed' })
    const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:smoke-test'
    const hooks = [
      {
        hookTargetArn: arn,
        roleArn: 'arn:aws:iam::123456789012:role/hooks',
        lifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'],
      },
    ]
    const h = await run(of, await of.pushed(), { 'lifecycle-hooks': JSON.stringify(hooks) })
    sandbox.hooks.clear()
    expect(end(h)).toEqual([1, 'rolled-back'])
    expect(reason(h)).toMatch(/POST_TEST_TRAFFIC_SHIFT lifecycle hook\(s\) failed.*smoke-test/)
  })
})

describe('several services', () => {
  test('move to one revision, each told by its name', async () => {
    const of = await world('web')
    const second = await world('worker')
    const image = await of.pushed()
    const h = await run(of, image, { service: 'web, worker' })
    expect(end(h)).toEqual([0, 'succeeded'])
    expect(made('RegisterTaskDefinition')).toBe(1)
    expect(await runs(of)).toBe(image)
    expect(await runs(second)).toBe(image)
    expect(h.log.join('\n')).toMatch(/worker: .*deployment SUCCESSFUL/)
  })
})

describe('a task before the deployment', () => {
  test('is run with the new revision, and its failure leaves the service alone', async () => {
    const of = await world('migrated')
    const overrides = JSON.stringify([{ name: 'app', command: ['migrate'] }])
    const good = await run(of, await of.pushed({ 'sandbox.exit-code': '0' }), {
      'run-task': 'true',
      'run-task-container-overrides': overrides,
      'wait-until': 'none',
      'on-failure': 'leave',
    })
    expect(end(good)).toEqual([0, 'succeeded'])
    expect(good.outputs['run-task-arn']).toMatch(/^arn:aws:ecs:.*:task\/live\//)
    expect(good.log.join('\n')).toMatch(/runs before the deployment[\s\S]*STOPPED/)
    await run(of, undefined, { operation: 'rollback' })

    calls = sandbox.calls.all().length
    const revisions = async () =>
      (await of.ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: 'migrated' }))).taskDefinitionArns?.length
    const count = await revisions()
    const bad = await run(of, await of.pushed(crashing), { 'run-task': 'true' })
    expect(end(bad)).toEqual([1, 'failed'])
    expect(reason(bad)).toMatch(
      /the task before the deployment failed: container app exited with code 1 .*cannot reach the queue/,
    )
    expect(made('UpdateService')).toBe(0)
    expect(await revisions()).toBe(count)
  })
})

describe('what is not there', () => {
  test('is an error, never green', async () => {
    const of = await world('there')
    const missing = await run(of, of.image, { service: 'ordrs' })
    expect(end(missing)).toEqual([1, 'failed'])
    expect(reason(missing)).toContain("there is no service 'ordrs' in the cluster 'live' (MISSING)")
    const cluster = await run(of, of.image, { cluster: 'lve' })
    expect(end(cluster)).toEqual([1, 'failed'])
    expect(end(await run(of, of.image, { service: ' , ' }))[0]).toBe(2)
    const bad = await run(of, of.image, { strategy: 'rolling', 'bake-time': '90s', 'canary-percent': '5' })
    expect(bad.code).toBe(2)
    expect(bad.result?.['problems']).toHaveLength(3)
    const two = await run(of, of.image, { service: 'ordrs, there, paymnts' })
    expect(end(two)).toEqual([1, 'failed'])
    expect(reason(two)).toMatch(/no service 'ordrs' .*\n.*no service 'paymnts' /)
    expect(changed()).toEqual([])
  })

  test('and a service that CodeDeploy moves is refused', async () => {
    const of = await world('code', { controller: 'CODE_DEPLOY' })
    const h = await run(of, await of.pushed())
    expect(reason(h)).toContain('use the action codedeploy-bluegreen')
  })
})

describe('autoscaling', () => {
  const target = (of: EcsWorld) => ({
    ServiceNamespace: 'ecs' as const,
    ScalableDimension: 'ecs:service:DesiredCount' as const,
    ResourceId: `service/${of.cluster}/${of.service}`,
  })

  test('is suspended during the deployment and as before after it, whatever came of it', async () => {
    const of = await world('scaled')
    const client = new ApplicationAutoScalingClient({})
    const suspended = {
      DynamicScalingInSuspended: false,
      DynamicScalingOutSuspended: false,
      ScheduledScalingSuspended: true,
    }
    const set = { ...target(of), MinCapacity: 1, MaxCapacity: 5, SuspendedState: suspended }
    await client.send(new RegisterScalableTargetCommand(set))
    const h = await run(of, await of.pushed(crashing), { 'suspend-autoscaling': 'true' })
    expect(end(h)).toEqual([1, 'rolled-back'])
    expect(made('RegisterScalableTarget')).toBe(2)
    const { ScalableTargets } = await client.send(
      new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs', ResourceIds: [set.ResourceId] }),
    )
    expect(ScalableTargets?.[0]).toMatchObject({ MinCapacity: 1, MaxCapacity: 5, SuspendedState: suspended })
    expect(h.log.join('\n')).toMatch(/autoscaling of scaled is suspended[\s\S]*autoscaling of scaled is as before/)
    client.destroy()
  })

  test('that is not there is no error', async () => {
    const of = await world('unscaled')
    const h = await run(of, await of.pushed(), { 'suspend-autoscaling': 'true' })
    expect(end(h)).toEqual([0, 'succeeded'])
  })
})

test('nothing was called that the table of permissions does not list', () => {
  expect(unlisted(ecsDeploy, sandbox.calls.all())).toEqual([])
})
