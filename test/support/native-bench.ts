import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DescribeTaskDefinitionCommand,
  ListServiceDeploymentsCommand,
  type ServiceDeploymentBrief,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import { type Clock, systemClock } from '../../src/action/clock.ts'
import { runAction, runPost } from '../../src/action/run.ts'
import { ecsDeploy } from '../../src/actions/ecs-deploy.ts'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from './aws-model.ts'
import { type EcsWorld, type EcsWorldOptions, ecsWorld } from './ecs-world.ts'
import { type MemoryHost, memoryHost } from './memory-host.ts'

/** A sandbox with services that ECS itself moves, and ecs-deploy run on them in-process. */
export interface NativeBench {
  readonly sandbox: Sandbox
  clock(): Clock
  world(service: string, options?: EcsWorldOptions): Promise<EcsWorld>
  /** A host with the inputs for a deployment of an image; of the service's own revision without one. */
  host(of: EcsWorld, image: string | undefined, inputs?: Record<string, string>): MemoryHost
  start(host: MemoryHost): Promise<void>
  run(of: EcsWorld, image: string | undefined, inputs?: Record<string, string>): Promise<MemoryHost>
  /** The post step of another process, with the state that the first one saved. */
  post(of: EcsWorld, host: MemoryHost, inputs?: Record<string, string>): Promise<MemoryHost>
  /** Somebody else's deployment begins. */
  update(of: EcsWorld, image: string): Promise<void>
  /** The image of the revision that the service has. */
  runs(of: EcsWorld): Promise<string | undefined>
  deployments(of: EcsWorld): Promise<readonly ServiceDeploymentBrief[]>
  /** Changing operations that the action has called since the last time this was asked. */
  changed(): readonly string[]
  close(): Promise<void>
}

/** Exit code and outcome. */
export const endOfRun = (h: MemoryHost) => [h.code, h.outputs['outcome']]
export const reasonOf = (h: MemoryHost): string => String(h.result?.['reason'] ?? '')

export async function nativeBench(speed = 300): Promise<NativeBench> {
  const folder = mkdtempSync(join(tmpdir(), 'strangler-native-'))
  const before = { ...process.env }
  const sandbox = await startCheckedSandbox({ speed })
  Object.assign(process.env, sandbox.environment())
  const worlds: EcsWorld[] = []
  const clock = () => systemClock(speed, sandbox.clock.epoch)
  let calls = 0
  let files = 0
  const bench: NativeBench = {
    sandbox,
    clock,
    async world(service, options = {}) {
      const one = await ecsWorld(sandbox, { service, desiredCount: 2, ...options })
      worlds.push(one)
      return one
    },
    host(of, image, inputs = {}) {
      const path = join(folder, `${++files}.json`)
      if (image !== undefined) writeFileSync(path, JSON.stringify(of.definition(image)))
      const revision = image === undefined ? {} : { 'task-definition': path }
      return memoryHost({ service: of.service, cluster: of.cluster, ...revision, ...inputs })
    },
    start: async (host) => await runAction(ecsDeploy, host, clock()),
    async run(of, image, inputs) {
      const host = bench.host(of, image, inputs)
      await bench.start(host)
      return host
    },
    async post(of, { state }, inputs = {}) {
      const host = memoryHost({ service: of.service, cluster: of.cluster, ...inputs })
      for (const [name, value] of state) host.saveState(name, value)
      await runPost(ecsDeploy, host, clock())
      return host
    },
    async update(of, image) {
      const taskDefinition = await of.registered(image)
      await of.ecs.send(new UpdateServiceCommand({ cluster: of.cluster, service: of.service, taskDefinition }))
    },
    async runs(of) {
      const { taskDefinition = '' } = await of.described()
      const answer = await of.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }))
      return answer.taskDefinition?.containerDefinitions?.[0]?.image
    },
    async deployments(of) {
      const { cluster, service } = of
      return (await of.ecs.send(new ListServiceDeploymentsCommand({ cluster, service }))).serviceDeployments ?? []
    },
    changed() {
      const since = sandbox.calls.all().slice(calls)
      calls = sandbox.calls.all().length
      return since
        .filter(({ userAgent }) => userAgent.includes('strangler-deploy'))
        .map(({ operation }) => operation)
        .filter((operation) => !/^(Describe|List|Get|BatchGet)/.test(operation))
    },
    async close() {
      for (const world of worlds) world.close()
      process.env = before
      rmSync(folder, { recursive: true })
      await sandbox.close()
    },
  }
  return bench
}
