import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DescribeTasksCommand, ListTasksCommand } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ecsDigests } from '../../scripts/observe.ts'
import type { LegacyPlatform } from '../../scripts/provision.ts'
import { bundlesKnow, type ExampleWorld, exampleWorld } from '../support/example-world.ts'
import { program } from '../support/programs.ts'

const act = program('act')
const rsync = program('rsync')
const bundled = bundlesKnow('owner-first')
const when = (has: unknown): typeof test | typeof test.skip => (bundled && has !== undefined ? test : test.skip)

let world: ExampleWorld
beforeAll(async () => {
  if (bundled) world = await exampleWorld('docker-to-ecs', 60)
})
afterAll(async () => {
  await world?.close()
})

/** What the old host of an environment was told to run. */
const onDocker = (environment: string): string =>
  readFileSync(join(world.folder, 'hosts', `catalog-${environment}.old.example`, 'catalog', '.env'), 'utf8').trim()

const tasksOf = async (environment: string) => {
  const place = { cluster: environment }
  const stopped = await world.aws.ecs.send(new ListTasksCommand({ ...place, desiredStatus: 'STOPPED' }))
  const running = await world.aws.ecs.send(new ListTasksCommand({ ...place, serviceName: 'catalog' }))
  const arns = [...(stopped.taskArns ?? []), ...(running.taskArns ?? [])]
  return (await world.aws.ecs.send(new DescribeTasksCommand({ ...place, tasks: arns }))).tasks ?? []
}

/** Both environments run the artifact on both sides, and each was migrated once by a task of it. */
async function expectEverywhere(digest: string): Promise<void> {
  for (const platform of world.platforms) {
    const { environment } = platform
    expect(onDocker(environment)).toMatch(
      new RegExp(`^CATALOG_IMAGE=127\\.0\\.0\\.1:\\d+/catalog-${environment}@${digest}$`),
    )
    expect(await ecsDigests(world.aws, platform)).toEqual([digest])
    const tasks = await tasksOf(environment)
    expect(
      tasks.filter(({ group, lastStatus }) => group?.startsWith('service:') && lastStatus === 'RUNNING'),
    ).toMatchObject([{ launchType: 'EC2' }, { launchType: 'EC2' }])
    const migrations = tasks.filter(
      ({ overrides, containers }) =>
        overrides?.containerOverrides?.[0]?.command?.[0] === '/app/migrate.mjs' &&
        containers?.[0]?.imageDigest === digest,
    )
    expect(migrations).toMatchObject([{ launchType: 'EC2', containers: [{ exitCode: 0 }] }])
  }
}

describe('the example docker-to-ecs', () => {
  when(act)('goes from the build to prod in its workflow under act', async () => {
    const { layout, digest } = await world.packed('v2')
    const ended = await world.workflow(act as string, 'v2', layout)
    expect({ code: ended.code, log: ended.code === 0 ? '' : ended.stdout + ended.stderr }).toEqual({ code: 0, log: '' })
    await expectEverywhere(digest)
  })

  when(rsync)('goes from the build to prod in its pipeline under gitlab-ci-local', async () => {
    const { layout, digest } = await world.packed('v3')
    const ended = await world.pipeline(layout)
    expect({ code: ended.code, log: ended.code === 0 ? '' : ended.stdout + ended.stderr }).toEqual({ code: 0, log: '' })
    await expectEverywhere(digest)
  })

  when(act)('stops at qa when the migration fails, says why, and leaves the standby and prod as they are', async () => {
    const before = [onDocker('qa'), onDocker('prod')]
    const { layout } = await world.packed('v4', { 'sandbox.requires-env': 'CATALOG_QUEUE' })
    const ended = await world.workflow(act as string, 'v4', layout)
    expect(ended.code).not.toBe(0)
    expect(ended.stdout).toContain('CATALOG_QUEUE is not set')
    expect([onDocker('qa'), onDocker('prod')]).toEqual(before)
  })

  when(rsync)(
    'promotes nothing in its pipeline while the old host in qa, the standby, cannot be deployed to',
    async () => {
      const before = onDocker('prod')
      const host = join(world.folder, 'hosts', 'catalog-qa.old.example')
      rmSync(host, { recursive: true })
      writeFileSync(host, 'a file where a folder should be')
      const { layout, digest } = await world.packed('v5')
      const ended = await world.pipeline(layout)
      expect(ended.code).not.toBe(0)
      expect(ended.stdout + ended.stderr).toContain('parity is required: legacy: sh exited with')
      expect(await ecsDigests(world.aws, world.platforms[0] as LegacyPlatform)).toEqual([digest])
      expect(onDocker('prod')).toBe(before)
    },
  )
})
