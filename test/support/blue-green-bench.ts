import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type DeploymentInfo,
  GetDeploymentCommand,
  ListDeploymentsCommand,
  UpdateDeploymentGroupCommand,
  type UpdateDeploymentGroupCommandInput,
} from '@aws-sdk/client-codedeploy'
import { DescribeServicesCommand, type RegisterTaskDefinitionCommandInput, type Service } from '@aws-sdk/client-ecs'
import { type Clients, clients, provisionLegacy, waitForService } from '../../scripts/provision.ts'
import { type Clock, systemClock } from '../../src/action/clock.ts'
import { runAction, runPost } from '../../src/action/run.ts'
import { codedeployBluegreen } from '../../src/actions/codedeploy-bluegreen.ts'
import type { Call } from '../../src/sandbox/calls.ts'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from './aws-model.ts'
import { type MemoryHost, memoryHost } from './memory-host.ts'
import { pushImage } from './registry.ts'

/** A sandbox with services that CodeDeploy moves, one in each environment, and the action run on them in-process. */
export interface BlueGreenBench {
  readonly sandbox: Sandbox
  readonly aws: Clients
  readonly folder: string
  clock(): Clock
  /** Makes the service `orders` in a cluster of this name, which runs version v1; its group is `orders-<name>` with these changes. */
  environment(name: string, changes?: GroupChanges): Promise<void>
  change(name: string, changes: GroupChanges): Promise<void>
  /** Path of a task definition of this version; each version is an image of its own with these labels. */
  version(name: string, labels?: Readonly<Record<string, string>>): Promise<string>
  host(environment: string, inputs: Readonly<Record<string, string>>): MemoryHost
  run(environment: string, inputs: Readonly<Record<string, string>>): Promise<MemoryHost>
  start(host: MemoryHost): Promise<void>
  /** The post step of another process, with the state that the first one saved. */
  post(environment: string, state: ReadonlyMap<string, string>): Promise<MemoryHost>
  deployments(environment: string): Promise<readonly DeploymentInfo[]>
  service(environment: string): Promise<Service>
  /** What the action has called since the last time this was asked. */
  called(): readonly Call[]
  /** Resolves when the environment's newest deployment is as asked. */
  until(environment: string, isSo: (newest: DeploymentInfo) => boolean): Promise<DeploymentInfo>
  close(): Promise<void>
}

export type GroupChanges = Partial<Omit<UpdateDeploymentGroupCommandInput, 'applicationName'>>

/** A group that waits for a human before production traffic shifts. */
export const readyGroup = (waitTimeInMinutes = 60): GroupChanges => ({
  blueGreenDeploymentConfiguration: {
    deploymentReadyOption: { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes },
    terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE', terminationWaitTimeInMinutes: 5 },
  },
})

export const allAtOnce = { 'codedeploy-deployment-config': 'CodeDeployDefault.ECSAllAtOnce' }

const definition = (image: string): RegisterTaskDefinitionCommandInput => ({
  family: 'orders',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
  containerDefinitions: [
    {
      name: 'app',
      image,
      portMappings: [{ containerPort: 8080 }],
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': '/ecs/orders', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'o' },
      },
    },
  ],
})

export async function blueGreenBench(speed = 300): Promise<BlueGreenBench> {
  const before = { ...process.env }
  const sandbox = await startCheckedSandbox({ speed })
  Object.assign(process.env, sandbox.environment())
  const aws = clients(sandbox.environment())
  const folder = mkdtempSync(join(tmpdir(), 'strangler-bluegreen-'))
  const pause = (ms: number): Promise<void> => new Promise((done) => sandbox.clock.after(ms, () => done()))
  const push = async (name: string, labels: Readonly<Record<string, string>> = {}): Promise<string> =>
    (await pushImage(sandbox, `orders:${name}`, { labels, env: [`VERSION=${name}`] })).byDigest
  let seen = 0

  const bench: BlueGreenBench = {
    sandbox,
    aws,
    folder,
    clock: () => systemClock(speed, sandbox.clock.epoch),
    async environment(name, changes) {
      const image = await push('v1')
      const platform = await provisionLegacy(aws, name, image, definition(image))
      if (changes !== undefined) await bench.change(name, changes)
      await waitForService(aws, platform, () => pause(2_000))
    },
    async change(name, changes) {
      const group = { applicationName: `orders-${name}`, currentDeploymentGroupName: `orders-${name}` }
      await aws.codedeploy.send(new UpdateDeploymentGroupCommand({ ...group, ...changes }))
    },
    async version(name, labels) {
      const path = join(folder, `${name}.json`)
      writeFileSync(path, JSON.stringify(definition(await push(name, labels))))
      return path
    },
    host: (name, inputs) =>
      memoryHost({
        service: 'orders',
        cluster: name,
        'codedeploy-application': `orders-${name}`,
        'codedeploy-deployment-group': `orders-${name}`,
        ...inputs,
      }),
    async run(name, inputs) {
      const host = bench.host(name, inputs)
      await bench.start(host)
      return host
    },
    start: (host) => runAction(codedeployBluegreen, host, bench.clock()),
    async post(name, state) {
      const host = bench.host(name, { 'task-definition': 'gone.json' })
      for (const [key, value] of state) host.saveState(key, value)
      await runPost(codedeployBluegreen, host, bench.clock())
      return host
    },
    async deployments(name) {
      const group = { applicationName: `orders-${name}`, deploymentGroupName: `orders-${name}` }
      const { deployments = [] } = await aws.codedeploy.send(new ListDeploymentsCommand(group))
      const read = async (deploymentId: string): Promise<DeploymentInfo> =>
        (await aws.codedeploy.send(new GetDeploymentCommand({ deploymentId }))).deploymentInfo ?? {}
      return await Promise.all(deployments.map(read))
    },
    async service(name) {
      const { services } = await aws.ecs.send(new DescribeServicesCommand({ cluster: name, services: ['orders'] }))
      return services?.[0] ?? {}
    },
    called() {
      const calls = sandbox.calls.all().slice(seen)
      seen += calls.length
      return calls.filter(
        ({ userAgent, service }) =>
          userAgent.includes('strangler-deploy') && service !== 'ecr' && service !== 'registry',
      )
    },
    async until(name, isSo) {
      for (let looks = 0; looks < 2_000; looks++) {
        const [newest] = await bench.deployments(name)
        if (newest !== undefined && isSo(newest)) return newest
        await pause(1_000)
      }
      throw new Error(`no deployment in ${name} comes to be so`)
    },
    async close() {
      for (const client of Object.values(aws)) (client as { destroy(): void }).destroy()
      process.env = before
      await sandbox.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return bench
}

const changing = (call: Call): boolean => !/^(Describe|List|Get|BatchGet)/.test(call.operation)

/** The operations among these calls that change something. */
export const changes = (calls: readonly Call[]): readonly string[] =>
  calls.filter(changing).map(({ operation }) => operation)
