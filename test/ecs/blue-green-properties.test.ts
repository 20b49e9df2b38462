import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BatchGetDeploymentsCommand, ListDeploymentsCommand } from '@aws-sdk/client-codedeploy'
import { DescribeServicesCommand, DescribeTaskDefinitionCommand, ListTaskDefinitionsCommand } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Clients, clients, provisionLegacy, waitForService } from '../../scripts/provision.ts'
import { systemClock } from '../../src/action/clock.ts'
import { runAction, runPost } from '../../src/action/run.ts'
import { codedeployBluegreen } from '../../src/actions/codedeploy-bluegreen.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts'
import { failingWire, type Mishap } from '../support/failing-wire.ts'
import { type MemoryHost, memoryHost } from '../support/memory-host.ts'
import { pushImage } from '../support/registry.ts'

const speed = 1_000
const runs = Number(process.env['DEPLOYMENT_RUNS'] ?? 25)
const before = { ...process.env }
const folder = mkdtempSync(join(tmpdir(), 'strangler-properties-'))
let sandbox: Sandbox
let aws: Clients
let count = 0
const images: Record<string, string> = {}

beforeAll(async () => {
  sandbox = await startSandbox({ speed })
  Object.assign(process.env, sandbox.environment())
  aws = clients(sandbox.environment())
  const labels = { first: {}, good: {}, crashing: { 'sandbox.exit-code': '1' }, sick: { 'sandbox.healthy': 'false' } }
  for (const [name, of] of Object.entries(labels)) {
    images[name] = (await pushImage(sandbox, `orders:${name}`, { labels: { ...of, 'test.image': name } })).byDigest
  }
})
afterAll(async () => {
  for (const client of Object.values(aws)) (client as { destroy(): void }).destroy()
  process.env = before
  rmSync(folder, { recursive: true })
  await sandbox.close()
})

const story = fc.record({
  config: fc.constantFrom('ECSAllAtOnce', 'ECSCanary10Percent5Minutes'),
  image: fc.constantFrom('good', 'good', 'crashing', 'sick'),
  mishap: fc.constantFrom<Mishap>(
    ...(['none', 'crash before', 'crash after', 'crash before', 'crash after'] as const),
    ...(['reset', 'lost answer', 'throttle', 'server error'] as const),
  ),
  at: fc.nat(16),
  post: fc.boolean(),
})

const definition = (family: string, image: string) => ({
  family,
  networkMode: 'awsvpc' as const,
  requiresCompatibilities: ['FARGATE' as const],
  cpu: '256',
  memory: '512',
  executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
  containerDefinitions: [{ name: 'app', image, portMappings: [{ containerPort: 8080 }] }],
})

/** One run of the action over a wire of its own. */
async function attempt(inputs: Record<string, string>, mishap: Mishap, at: number, post: boolean): Promise<MemoryHost> {
  const wire = await failingWire(sandbox.endpoint(), mishap, at)
  process.env['AWS_ENDPOINT_URL'] = wire.url
  const host = memoryHost(inputs)
  const clock = systemClock(speed, sandbox.clock.epoch)
  try {
    await runAction(codedeployBluegreen, host, clock)
  } finally {
    process.env['AWS_ENDPOINT_URL'] = sandbox.endpoint()
    await wire.close()
  }
  if (post) await runPost(codedeployBluegreen, host, clock)
  return host
}

/** What has really happened to a service. */
async function truth(environment: string) {
  const name = `orders-${environment}`
  const listed = await aws.codedeploy.send(
    new ListDeploymentsCommand({ applicationName: name, deploymentGroupName: name }),
  )
  const { deployments: deploymentIds = [] } = listed
  const { deploymentsInfo = [] } =
    deploymentIds.length === 0 ? {} : await aws.codedeploy.send(new BatchGetDeploymentsCommand({ deploymentIds }))
  const { services } = await aws.ecs.send(new DescribeServicesCommand({ cluster: environment, services: ['orders'] }))
  const primary = services?.[0]?.taskSets?.find(({ status }) => status === 'PRIMARY')
  const taskDefinition = primary?.taskDefinition ?? ''
  const described = await aws.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }))
  const { taskDefinitionArns = [] } = await aws.ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: name }))
  const contents = deploymentsInfo.map(({ revision }) => revision?.appSpecContent?.content ?? '')
  return {
    deployments: deploymentsInfo.map(({ status, creator, deploymentId }) => `${deploymentId} ${creator} ${status}`),
    active: deploymentsInfo.filter(({ status }) => !/Succeeded|Failed|Stopped/.test(status ?? '')).length,
    succeeded: deploymentsInfo.filter(({ status, creator }) => creator === 'user' && status === 'Succeeded').length,
    image: described.taskDefinition?.containerDefinitions?.[0]?.image,
    orphans: taskDefinitionArns
      .filter((arn) => !arn.endsWith(`${name}:1`))
      .filter((arn) => !contents.some((content) => content.includes(`"${arn}"`))),
  }
}

test(
  'whatever goes wrong and whenever the process dies: what is reported is what happened, nothing is deployed twice, no revision is left behind',
  async () => {
    await fc.assert(
      fc.asyncProperty(story, async (chosen) => {
        const environment = `p${++count}`
        const family = `orders-${environment}`
        const first = images['first'] ?? ''
        const image = images[chosen.image] ?? ''
        const platform = await provisionLegacy(aws, environment, first, definition(family, first))
        await waitForService(aws, platform, () => new Promise((done) => sandbox.clock.after(5_000, () => done())))
        const file = join(folder, `${environment}.json`)
        writeFileSync(file, JSON.stringify(definition(family, image)))
        const inputs = {
          service: 'orders',
          cluster: environment,
          'task-definition': file,
          'codedeploy-application': family,
          'codedeploy-deployment-group': family,
          'codedeploy-deployment-config': `CodeDeployDefault.${chosen.config}`,
          'wait-until': 'complete',
          // The SDK's own waits between its tries are real ones.
          timeout: '23h',
        }
        const dies = chosen.mishap.startsWith('crash')
        const early = await attempt(inputs, chosen.mishap, chosen.at, dies && chosen.post)
        const last = dies ? await attempt(inputs, 'none', 0, false) : early
        const happened = await truth(environment)
        const outcome = last.outputs['outcome'] ?? ''
        const told = { outcome, reason: last.result?.['reason'], log: last.log, early: early.log, ...happened }
        const good = chosen.image === 'good'
        expect({ ...told, good: ['succeeded', 'unchanged'].includes(outcome) }).toEqual({ ...told, good })
        if (!good) expect({ ...told, outcome }).toEqual({ ...told, outcome: 'rolled-back' })
        expect(told).toEqual({ ...told, image: good ? image : first, active: 0, orphans: [] })
        expect({ ...told, succeeded: happened.succeeded }).toEqual({ ...told, succeeded: good ? 1 : 0 })
      }),
      { numRuns: runs, endOnFailure: true },
    )
  },
  20 * 60_000,
)
