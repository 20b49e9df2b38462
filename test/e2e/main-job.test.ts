import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ListDeploymentsCommand } from '@aws-sdk/client-codedeploy'
import { DescribeListenersCommand } from '@aws-sdk/client-elastic-load-balancing-v2'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ecsDigests, podDigests } from '../../scripts/observe.ts'
import { runStep, type StepRequest, type StepResult } from '../../scripts/step.ts'
import { changes, example, type MainJob, mainJob, root } from '../support/main-job.ts'
import { tool } from '../support/tools.ts'

const helm = await tool('helm4')
let job: MainJob
let steps = 0

beforeAll(async () => {
  if (helm.path !== undefined) job = await mainJob({ speed: 60, helm: helm.path })
})
afterAll(async () => {
  await job?.close()
})

const step = (
  action: string,
  inputs: Record<string, string>,
  options: Pick<StepRequest, 'onStart' | 'post'> = {},
): Promise<StepResult> =>
  runStep({
    action,
    inputs,
    env: job.env,
    cwd: example,
    root,
    folder: join(job.folder, `step-${++steps}`),
    ...options,
  })

const digestOf = (reference: string): string => reference.slice(reference.indexOf('@') + 1)
const place = () => ({ server: `${job.sandbox.endpoint()}/kubernetes/sandbox`, namespace: 'orders-qa' })

const suite = helm.path === undefined ? describe.skip : describe

suite('the main job, from the committed bundles as a runner calls them', () => {
  test('one artifact reaches ECS and Kubernetes, and both are read back with its digest', async () => {
    const { exitCode, outputs, summary } = await step('dual-deploy', { environment: 'qa', image: job.images.v2 })
    const digest = digestOf(job.images.v2)
    expect(outputs).toMatchObject({
      outcome: 'succeeded',
      parity: 'true',
      phase: 'dual',
      owner: 'legacy',
      digest,
      'legacy-digest': digest,
      'new-digest': digest,
    })
    expect(exitCode).toBe(0)
    expect(await ecsDigests(job.aws, job.legacy)).toEqual([digest])
    expect(await podDigests(place())).toEqual([digest])
    expect(summary).toContain('orders → qa: succeeded')
    const result = JSON.parse(readFileSync(outputs['result'] ?? '', 'utf8')) as { parity: boolean }
    expect(result.parity).toBe(true)
  })

  test('a second run says unchanged and makes only reading calls', async () => {
    const before = job.sandbox.calls.all().length
    const { exitCode, outputs } = await step('dual-deploy', { environment: 'qa', image: job.images.v2 })
    expect([exitCode, outputs['outcome'], outputs['legacy-outcome'], outputs['new-outcome']]).toEqual([
      0,
      'unchanged',
      'unchanged',
      'unchanged',
    ])
    expect(changes(job.sandbox, before)).toEqual([])
  })

  test('a dry run makes only reading calls', async () => {
    const before = job.sandbox.calls.all().length
    const { exitCode } = await step('dual-deploy', { environment: 'qa', image: job.images.broken, 'dry-run': 'true' })
    expect(exitCode).toBe(0)
    expect(changes(job.sandbox, before)).toEqual([])
  })

  test('every bad input is reported at once, by name, and nothing is called', async () => {
    const before = job.sandbox.calls.all().length
    const { exitCode, log } = await step('dual-deploy', { image: 'orders:latest', phase: 'duall', 'dry-run': 'yes' })
    expect(exitCode).toBe(2)
    for (const name of ['environment', 'image', 'phase', 'dry-run']) expect(log).toContain(`input '${name}'`)
    expect(job.sandbox.calls.all().length).toBe(before)
  })

  test('a broken version is rolled back on both sides, and the first line says why', async () => {
    const { exitCode, outputs, summary, log } = await step('dual-deploy', {
      environment: 'qa',
      image: job.images.broken,
    })
    expect([exitCode, outputs['outcome'], outputs['parity']]).toEqual([1, 'rolled-back', 'false'])
    expect(log).toMatch(/exit(ed)?( with)?( code)? 1/i)
    expect(log).toContain('ORDERS_QUEUE_URL is not set')
    expect(summary).toContain('rolled-back')
    expect(await ecsDigests(job.aws, job.legacy)).toEqual([digestOf(job.images.v2)])
    expect(await podDigests(place())).toEqual([digestOf(job.images.v2)])
  })

  test('SIGINT in the middle of a blue/green leaves no running deployment behind', async () => {
    const { exitCode, outputs } = await step(
      'dual-deploy',
      { environment: 'qa', image: job.images.v1, phase: 'legacy' },
      {
        onStart: (kill) => void whenShifting().then(() => kill('SIGINT')),
      },
    )
    expect([exitCode, outputs['outcome']]).toEqual([130, 'cancelled'])
    expect(await running()).toEqual([])
    expect(await ecsDigests(job.aws, job.legacy)).toEqual([digestOf(job.images.v2)])
  })

  test('SIGKILL in the middle, then a second run takes up the same deployment', async () => {
    const before = job.sandbox.calls.all().length
    const inputs = { environment: 'qa', image: job.images.v1, phase: 'legacy' }
    const killed = await step('dual-deploy', inputs, {
      post: false,
      onStart: (kill) => void whenShifting().then(() => kill('SIGKILL')),
    })
    expect(killed.exitCode).toBe(null)
    const again = await step('dual-deploy', inputs)
    expect([again.exitCode, again.outputs['outcome']]).toEqual([0, 'succeeded'])
    const made = job.sandbox.calls
      .all()
      .slice(before)
      .filter(({ operation }) => operation === 'CreateDeployment')
    expect(made).toHaveLength(1)
    expect(await ecsDigests(job.aws, job.legacy)).toEqual([digestOf(job.images.v1)])
  })
})

/** Resolves when a deployment moves traffic: some of it is on the new task set, not yet all. */
async function whenShifting(): Promise<void> {
  for (;;) {
    const { Listeners } = await job.aws.elbv2.send(
      new DescribeListenersCommand({ ListenerArns: [job.legacy.listenerArn] }),
    )
    const groups = Listeners?.[0]?.DefaultActions?.[0]?.ForwardConfig?.TargetGroups ?? []
    if (groups.filter(({ Weight }) => (Weight ?? 0) > 0).length === 2) return
    await new Promise((done) => job.sandbox.clock.after(2_000, () => done(undefined)))
  }
}

async function running(): Promise<readonly string[]> {
  const { deployments } = await job.aws.codedeploy.send(
    new ListDeploymentsCommand({
      applicationName: 'orders-qa',
      deploymentGroupName: 'orders-qa',
      includeOnlyStatuses: ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'],
    }),
  )
  return deployments ?? []
}
