import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Sandbox, startSandbox } from '../src/sandbox/server.ts'
import { type EcsWorld, type EcsWorldOptions, ecsWorld } from '../test/support/ecs-world.ts'
import type { Contender } from './contender.ts'
import { type JobEnd, type JobOptions, runJob, workspace } from './job.ts'

export interface StageOptions {
  /** Of the sandbox's clock. */
  readonly speed: number
  /** Who moves the service. */
  readonly mover: 'codedeploy' | 'rolling'
  /** CodeDeploy's deployment configuration and termination wait; all at once and none unless told. */
  readonly config?: string
  readonly terminationMinutes?: number
  /** How long a container of the new version takes to be healthy. */
  readonly startupSeconds?: number
  readonly deploymentConfiguration?: EcsWorldOptions['deploymentConfiguration']
}

/** Calls another service's operation as the bench's own eyes and hands: not recorded. */
export type Invoke = <T = Record<string, unknown>>(
  service: string,
  operation: string,
  input: Record<string, unknown>,
) => Promise<T>

/** A service of its own in a sandbox of its own, and a checked-out repository that deploys to it. */
export interface Stage {
  readonly sandbox: Sandbox
  readonly world: EcsWorld
  readonly invoke: Invoke
  readonly workspace: string
  readonly mover: StageOptions['mover']
  /** Names of the revisions that were there before the first run. */
  readonly before: Set<string>
  readonly names: { readonly application: string; readonly group: string }
  /** Runs a deploying action by its own defaults and these inputs; ours knows the sandbox's clock, theirs is hurried by as much. */
  deploy(
    action: Contender,
    inputs: Readonly<Record<string, string>>,
    options: Pick<JobOptions, 'node' | 'cancelWhen'>,
  ): Promise<DeployEnd>
  close(): Promise<void>
}

export interface DeployEnd extends JobEnd {
  /** Sandbox time at which the main step began and ended, ms. */
  readonly beganAt: number
  readonly endedAt: number
  /** `service:Operation` of everything that was called, in order. */
  readonly calls: readonly string[]
}

/** The name of the task definition's file in the workspace; it names an image that has been pushed. */
export const definitionFile = 'task-definition.json'

/** An AppSpec with a hook before production traffic moves. */
export const gatedAppSpecFile = 'appspec-gated.json'

export async function openStage(options: StageOptions, image: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const sandbox = await startSandbox({ speed: options.speed })
  const codeDeploy = options.mover === 'codedeploy'
  const world = await ecsWorld(sandbox, {
    controller: codeDeploy ? 'CODE_DEPLOY' : 'ECS',
    // A slow start must not be taken for a failed one.
    more: { healthCheckGracePeriodSeconds: 600 },
    ...(options.deploymentConfiguration === undefined
      ? {}
      : { deploymentConfiguration: options.deploymentConfiguration }),
  })
  const caller = {
    accountId: sandbox.accountId,
    region: sandbox.region,
    accessKeyId: 'bench',
    arn: `arn:aws:iam::${sandbox.accountId}:user/bench`,
  }
  const invoke: Invoke = (service, operation, input) => sandbox.invoke(service, operation, input, caller)
  const names = {
    application: `AppECS-${world.cluster}-${world.service}`,
    group: `DgpECS-${world.cluster}-${world.service}`,
  }
  if (codeDeploy) await makeGroup(world, invoke, names, options)
  const slow = options.startupSeconds === undefined ? {} : { 'sandbox.startup': String(options.startupSeconds) }
  const place = workspace({
    [definitionFile]: JSON.stringify(world.definition(await world.pushed({ ...slow, ...image })), undefined, 2),
    'appspec.json': JSON.stringify(appSpec),
    [gatedAppSpecFile]: JSON.stringify({ ...appSpec, Hooks: [{ BeforeAllowTraffic: 'gate' }] }),
  })
  return {
    sandbox,
    world,
    invoke,
    workspace: place,
    mover: options.mover,
    before: new Set([world.taskDefinitionArn.split('/').at(-1) ?? '']),
    names,
    async deploy(action, inputs, how) {
      const { STRANGLER_DEPLOY_CLOCK, ...env } = sandbox.environment()
      const ours = action.side === 'ours'
      sandbox.calls.clear()
      const beganAt = sandbox.clock.now()
      let endedAt = 0
      const end = await runJob(
        action,
        { 'task-definition': definitionFile, service: world.service, cluster: world.cluster, ...inputs },
        {
          ...how,
          env: { ...env, ...(ours && STRANGLER_DEPLOY_CLOCK !== undefined ? { STRANGLER_DEPLOY_CLOCK } : {}) },
          workspace: place,
          ...(ours ? {} : { hurried: options.speed }),
          onExit: () => {
            endedAt = sandbox.clock.now()
          },
        },
      )
      const calls = sandbox.calls.all().map(({ service, operation }) => `${service}:${operation}`)
      return { ...end, beganAt, endedAt, calls }
    },
    async close() {
      world.close()
      await sandbox.close()
      rmSync(place, { recursive: true, force: true })
    },
  }
}

/** What the official action needs, and ours takes. */
const appSpec = {
  version: 0,
  Resources: [
    {
      TargetService: {
        Type: 'AWS::ECS::Service',
        Properties: { TaskDefinition: '', LoadBalancerInfo: { ContainerName: 'app', ContainerPort: 8080 } },
      },
    },
  ],
}

async function makeGroup(world: EcsWorld, invoke: Invoke, names: Stage['names'], options: StageOptions): Promise<void> {
  await invoke('codedeploy', 'CreateApplication', { applicationName: names.application, computePlatform: 'ECS' })
  const target = (arn: string | undefined) => ({ name: arn?.split('/')[1] })
  await invoke('codedeploy', 'CreateDeploymentGroup', {
    applicationName: names.application,
    deploymentGroupName: names.group,
    serviceRoleArn: 'arn:aws:iam::123456789012:role/codedeploy',
    deploymentConfigName: options.config ?? 'CodeDeployDefault.ECSAllAtOnce',
    deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
    autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST'] },
    blueGreenDeploymentConfiguration: {
      deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT', waitTimeInMinutes: 0 },
      terminateBlueInstancesOnDeploymentSuccess: {
        action: 'TERMINATE',
        terminationWaitTimeInMinutes: options.terminationMinutes ?? 0,
      },
    },
    ecsServices: [{ clusterName: world.cluster, serviceName: world.service }],
    loadBalancerInfo: {
      targetGroupPairInfoList: [
        {
          targetGroups: [target(world.targetGroups?.blue), target(world.targetGroups?.green)],
          prodTrafficRoute: { listenerArns: [world.listeners?.production] },
          testTrafficRoute: { listenerArns: [world.listeners?.test] },
        },
      ],
    },
  })
}

/** Reads the workspace's task definition as the actions will. */
export const definitionPath = (stage: Stage): string => join(stage.workspace, definitionFile)
