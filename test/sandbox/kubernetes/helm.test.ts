import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts'
import { type KubeWorkspace, kubeWorkspace, webChart } from '../../support/kubernetes.ts'
import { pushImage } from '../../support/registry.ts'
import { tool } from '../../support/tools.ts'

let sandbox: Sandbox
let work: KubeWorkspace
let chart: string
let image: Record<'good' | 'better' | 'crash' | 'migrated' | 'broken', string>

beforeEach(async () => {
  sandbox = await startSandbox({ speed: 100 })
  work = kubeWorkspace(sandbox)
  chart = work.chart('web', webChart)
  const push = async (name: string, labels: Record<string, string>): Promise<string> =>
    (await pushImage(sandbox, name, { labels })).byTag
  image = {
    good: await push('app:1', { 'sandbox.log': 'one' }),
    better: await push('app:2', { 'sandbox.log': 'two' }),
    crash: await push('app:crash', { 'sandbox.exit-code': '3', 'sandbox.log': 'fatal: no database' }),
    migrated: await push('migrate:1', { 'sandbox.exit-code': '0' }),
    broken: await push('migrate:broken', { 'sandbox.exit-code': '1' }),
  }
})
afterEach(async () => {
  await sandbox.close()
  work.remove()
})

for (const name of ['helm3', 'helm4'] as const) {
  const helm = await tool(name)
  const it = helm.path === undefined ? test.skip : test

  describe(`${name} against a cluster of the sandbox`, () => {
    const upgrade = (...args: string[]) =>
      work.run(helm, 'upgrade', '--install', 'web', chart, '--wait', '--timeout', '3s', '--reset-values', ...args)
    const history = async (): Promise<string[]> => {
      const all = JSON.parse(await work.must(helm, 'history', 'web', '-o', 'json')) as Record<string, unknown>[]
      return all.map(({ revision, status }) => `${revision} ${status}`)
    }

    it('installs, upgrades, rolls back and uninstalls a release and waits for its pods', async () => {
      expect((await upgrade('--set', `image=${image.good}`)).stderr).toBe('')
      expect(await history()).toEqual(['1 deployed'])
      expect((await upgrade('--set', `image=${image.better}`)).code).toBe(0)
      await work.must(helm, 'rollback', 'web', '1', '--wait', '--timeout', '3s')
      expect(await history()).toEqual(['1 superseded', '2 superseded', '3 deployed'])
      await work.must(helm, 'uninstall', 'web', '--wait', '--timeout', '3s')
      expect((await work.run(helm, 'status', 'web')).stderr).toContain('release: not found')
    })
  })
}
