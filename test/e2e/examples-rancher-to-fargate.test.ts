import { DescribeTaskDefinitionCommand, DescribeTasksCommand, ListTasksCommand } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ecsDigests, podDigests } from '../../scripts/observe.ts'
import { bundlesKnow, type ExampleWorld, exampleWorld } from '../support/example-world.ts'
import { program } from '../support/programs.ts'
import { tool } from '../support/tools.ts'

const act = program('act')
const rsync = program('rsync')
const kubectl = await tool('kubectl')
const bundled = bundlesKnow('owner-first')
const ready = bundled && kubectl.path !== undefined
const when = (has: unknown): typeof test | typeof test.skip => (ready && has !== undefined ? test : test.skip)

let world: ExampleWorld
beforeAll(async () => {
  if (ready) world = await exampleWorld('rancher-to-fargate', 60, { kubectl: kubectl.path })
})
afterAll(async () => {
  await world?.close()
})

const onRancher = (environment: string) =>
  podDigests({ server: `${world.sandbox.endpoint()}/kubernetes/sandbox`, namespace: `orders-${environment}` })

/** The tasks of an environment, and the definition of its newest. */
async function migrationsOf(environment: string, digest: string) {
  const place = { cluster: environment }
  const { taskArns = [] } = await world.aws.ecs.send(new ListTasksCommand({ ...place, desiredStatus: 'STOPPED' }))
  if (taskArns.length === 0) return []
  const { tasks = [] } = await world.aws.ecs.send(new DescribeTasksCommand({ ...place, tasks: taskArns }))
  return tasks.filter(
    ({ overrides, containers }) =>
      overrides?.containerOverrides?.[0]?.command?.[0] === '/app/migrate.mjs' &&
      containers?.[0]?.imageDigest === digest,
  )
}

/** Both environments run the artifact on both sides, with the secrets of their own region and stage, migrated once. */
async function expectEverywhere(digest: string): Promise<void> {
  for (const platform of world.platforms) {
    const { environment } = platform
    expect([environment, await onRancher(environment)]).toEqual([environment, [digest]])
    expect([environment, await ecsDigests(world.aws, platform)]).toEqual([environment, [digest]])
    const migrations = await migrationsOf(environment, digest)
    expect(migrations).toMatchObject([{ launchType: 'FARGATE', containers: [{ exitCode: 0 }] }])
    const { taskDefinition } = await world.aws.ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: migrations[0]?.taskDefinitionArn }),
    )
    expect(taskDefinition).toMatchObject({
      family: `orders-${environment}`,
      containerDefinitions: [
        {
          environment: [{ name: 'ORDERS_REGION', value: 'uk' }],
          secrets: [
            {
              name: 'DATABASE_URL',
              valueFrom: `arn:aws:ssm:eu-west-1:123456789012:parameter/${environment.replace('-', '/')}/orders/DATABASE_URL`,
            },
          ],
        },
      ],
    })
  }
}

describe('the example rancher-to-fargate', () => {
  when(act)('goes from the build to uk-prod in its workflow under act', async () => {
    const { layout, digest } = await world.packed('v2')
    const ended = await world.workflow(act as string, 'v2', layout)
    expect({ code: ended.code, log: ended.code === 0 ? '' : ended.stdout + ended.stderr }).toEqual({ code: 0, log: '' })
    await expectEverywhere(digest)
  })

  when(rsync)('goes from the build to uk-prod in its pipeline under gitlab-ci-local', async () => {
    const { layout, digest } = await world.packed('v3')
    const ended = await world.pipeline(layout)
    expect({ code: ended.code, log: ended.code === 0 ? '' : ended.stdout + ended.stderr }).toEqual({ code: 0, log: '' })
    await expectEverywhere(digest)
  })

  when(act)(
    'stops at uk-qa when the new version does not come up, and leaves the standby and uk-prod as they are',
    async () => {
      const before = [await onRancher('uk-qa'), await onRancher('uk-prod')]
      const { layout, digest } = await world.packed('v4', { 'sandbox.healthy': 'false' })
      const ended = await world.workflow(act as string, 'v4', layout)
      expect(ended.code).not.toBe(0)
      expect(ended.stdout).toContain(digest)
      expect([await onRancher('uk-qa'), await onRancher('uk-prod')]).toEqual(before)
    },
  )
})
