import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeTaskDefinitionCommand,
  ListServiceDeploymentsCommand,
  ListTaskDefinitionsCommand,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { systemClock } from '../../src/action/clock.ts'
import { runAction, runPost } from '../../src/action/run.ts'
import { ecsDeploy } from '../../src/actions/ecs-deploy.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts'
import { type EcsWorld, ecsWorld } from '../support/ecs-world.ts'
import { failingWire, type Mishap } from '../support/failing-wire.ts'
import { type MemoryHost, memoryHost } from '../support/memory-host.ts'

const speed = 1_000
const runs = Number(process.env['DEPLOYMENT_RUNS'] ?? 40)
const before = { ...process.env }
const folder = mkdtempSync(join(tmpdir(), 'strangler-properties-'))
let sandbox: Sandbox
let count = 0

beforeAll(async () => {
  sandbox = await startSandbox({ speed })
  Object.assign(process.env, sandbox.environment())
})
afterAll(async () => {
  process.env = before
  rmSync(folder, { recursive: true })
  await sandbox.close()
})

const mishaps: readonly Mishap[] = [
  ...(['none', 'crash before', 'crash after', 'crash before', 'crash after'] as const),
  ...(['reset', 'lost answer', 'throttle', 'server error'] as const),
]

const story = fc.record({
  strategy: fc.constantFrom('ROLLING', 'BLUE_GREEN', 'CANARY'),
  image: fc.constantFrom('good', 'good', 'crashing', 'sick'),
  breaker: fc.constantFrom('none', 'stop', 'rollback'),
  mishap: fc.constantFrom(...mishaps),
  at: fc.nat(14),
  post: fc.boolean(),
})
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never

const labels = {
  good: {},
  crashing: { 'sandbox.exit-code': '1' },
  sick: { 'sandbox.healthy': 'false' },
} as const

const made = async ({ strategy, breaker }: Story): Promise<EcsWorld> => {
  const world = await ecsWorld(sandbox, {
    service: `s${++count}`,
    cluster: `c${count}`,
    desiredCount: 2,
    settle: false,
    loadBalancer: strategy === 'ROLLING' ? true : 'native',
    deploymentConfiguration: {
      strategy,
      ...(strategy === 'ROLLING' ? {} : { bakeTimeInMinutes: 1 }),
      ...(strategy === 'CANARY' ? { canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: 1 } } : {}),
      deploymentCircuitBreaker: { enable: breaker !== 'none', rollback: breaker === 'rollback' },
    },
  })
  // At this speed a busy machine lets many minutes pass between two looks.
  await world.steady(12 * 3_600_000)
  return world
}

/** One run of the action over a wire of its own. */
async function attempt(inputs: Record<string, string>, mishap: Mishap, at: number, post: boolean): Promise<MemoryHost> {
  const wire = await failingWire(sandbox.endpoint(), mishap, at)
  process.env['AWS_ENDPOINT_URL'] = wire.url
  const host = memoryHost(inputs)
  try {
    await runAction(ecsDeploy, host, systemClock(speed, sandbox.clock.epoch))
  } finally {
    process.env['AWS_ENDPOINT_URL'] = sandbox.endpoint()
    await wire.close()
  }
  if (post) await runPost(ecsDeploy, host, systemClock(speed, sandbox.clock.epoch))
  return host
}

/** What has really happened to a service. */
async function truth({ ecs, cluster, service }: EcsWorld) {
  const { serviceDeployments = [] } = await ecs.send(new ListServiceDeploymentsCommand({ cluster, service }))
  const arns = serviceDeployments.flatMap(({ serviceDeploymentArn }) => serviceDeploymentArn ?? [])
  const { serviceDeployments: all = [] } = await ecs.send(
    new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: arns }),
  )
  const newestFirst = all.toSorted((a, b) => Number(b.createdAt) - Number(a.createdAt))
  const targets = all.flatMap(({ targetServiceRevision }) => targetServiceRevision?.arn ?? [])
  const { serviceRevisions = [] } = await ecs.send(
    new DescribeServiceRevisionsCommand({ serviceRevisionArns: [...new Set(targets)] }),
  )
  const { taskDefinitionArns = [] } = await ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: service }))
  const deployed = serviceRevisions.map(({ taskDefinition }) => taskDefinition)
  return {
    newest: newestFirst[0]?.status,
    statuses: newestFirst.map(({ status, statusReason }) => `${status} ${statusReason ?? ''}`),
    orphans: taskDefinitionArns.filter((arn) => !deployed.includes(arn)),
  }
}

async function imageOf({ ecs, described }: EcsWorld): Promise<string | undefined> {
  const { taskDefinition = '' } = await described()
  const answer = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }))
  return answer.taskDefinition?.containerDefinitions?.[0]?.image
}

test(
  'whatever goes wrong and whenever the process dies: what is reported is what happened, nothing is deployed twice, no revision is left behind',
  async () => {
    await fc.assert(
      fc.asyncProperty(story, async (chosen) => {
        const world = await made(chosen)
        try {
          const image = await world.pushed(labels[chosen.image])
          const file = join(folder, `${world.service}.json`)
          writeFileSync(file, JSON.stringify(world.definition(image)))
          const inputs = {
            service: world.service,
            cluster: world.cluster,
            'task-definition': file,
            'wait-until': 'complete',
            // The SDK's own waits between its tries are real ones.
            timeout: '23h',
          }
          const dies = chosen.mishap.startsWith('crash')
          const first = await attempt(inputs, chosen.mishap, chosen.at, dies && chosen.post)
          const last = dies ? await attempt(inputs, 'none', 0, false) : first
          const happened = await truth(world)
          const outcome = last.outputs['outcome'] ?? ''
          const told = { outcome, reason: last.result?.['reason'], log: last.log, first: first.log, ...happened }
          const good = chosen.image === 'good'
          expect({ ...told, good: ['succeeded', 'unchanged'].includes(outcome) }).toEqual({ ...told, good })
          if (!good) expect({ ...told, outcome }).toEqual({ ...told, outcome: 'rolled-back' })
          expect({ ...told, image: await imageOf(world) }).toEqual({ ...told, image: good ? image : world.image })
          const newest = happened.newest
          const backByUpdate = !good && newest === 'SUCCESSFUL' && chosen.breaker === 'stop'
          expect({ ...told, newest }).toEqual({
            ...told,
            newest: good || backByUpdate ? 'SUCCESSFUL' : 'ROLLBACK_SUCCESSFUL',
          })
          expect({ ...told, superseded: happened.statuses.filter((one) => /newer/.test(one)) }).toEqual({
            ...told,
            superseded: [],
          })
          expect({ ...told, orphans: happened.orphans }).toEqual({ ...told, orphans: [] })
        } finally {
          world.close()
        }
      }),
      { numRuns: runs, endOnFailure: true, verbose: false },
    )
  },
  20 * 60_000,
)
