import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { runCommand } from '../../../src/action/command.ts'
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

const kubectl = await tool('kubectl')

for (const name of ['helm3', 'helm4'] as const) {
  const helm = await tool(name)
  const it = helm.path === undefined ? test.skip : test

  describe(`${name} against a cluster of the sandbox`, () => {
    const upgrade = (...args: string[]) =>
      work.run(helm, 'upgrade', '--install', 'web', chart, '--wait', '--timeout', '3s', '--reset-values', ...args)
    const podStates = async (): Promise<string[]> =>
      (await work.must(kubectl, 'get', 'pods', '-o', 'jsonpath={..state.waiting.reason}')).split(' ')
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

    it('fails a first install of a missing image and takes the good one after it', async () => {
      const { code, stderr } = await upgrade('--set', `image=${image.good}-missing`, '--timeout', '1s')
      expect(code).toBe(1)
      expect(stderr).toContain('context deadline exceeded')
      const [pod] = await podStates()
      expect(pod).toMatch(/^(ErrImagePull|ImagePullBackOff)$/)
      expect((await upgrade('--set', `image=${image.good}`)).code).toBe(0)
      expect((await history()).at(-1)).toBe('2 deployed')
    })

    it('leaves a killed install pending, and refuses the next upgrade', async () => {
      const stop = new AbortController()
      const options = { env: work.env, signal: stop.signal, killSignal: 'SIGKILL' as const }
      const args = [
        'upgrade',
        '--install',
        'web',
        chart,
        '--wait',
        '--timeout',
        '20s',
        '--set',
        'image=127.0.0.1:1/x:1',
      ]
      const killed = runCommand([helm.path ?? '', ...args], options)
      while (
        sandbox.calls.all().every(({ operation }) => operation !== 'POST services' && operation !== 'PATCH services')
      )
        await wait(20)
      stop.abort()
      expect((await killed).signal).toBe('SIGKILL')
      expect(await history()).toEqual(['1 pending-install'])
      const { stderr } = await upgrade('--set', `image=${image.good}`)
      expect(stderr).toContain('another operation (install/upgrade/rollback) is in progress')
    })

    it('stops at a failing pre-upgrade hook, and leaves the workload as it was', async () => {
      await upgrade('--set', `image=${image.good}`)
      const { code, stderr } = await upgrade('--set', `image=${image.better}`, '--set', `hook=${image.broken}`)
      expect(code).toBe(1)
      expect(stderr).toMatch(/pre-upgrade hooks failed/)
      expect(await history()).toEqual(['1 deployed', '2 failed'])
      const live = await work.must(kubectl, 'get', 'deploy', 'web', '-o', 'jsonpath={..image}')
      expect(live).toBe(image.good)
      expect((await upgrade('--set', `image=${image.better}`, '--set', `hook=${image.migrated}`)).code).toBe(0)
    })

    it('cannot change the template of a Job', async () => {
      await upgrade('--set', `image=${image.good}`, '--set', `job=${image.migrated}`)
      const { code, stderr } = await upgrade('--set', `image=${image.good}`, '--set', `job=${image.broken}`)
      expect(code).toBe(1)
      expect(stderr).toContain('field is immutable')
      expect(stderr).toContain('Job.batch "web-job" is invalid: spec.template: Invalid value:')
    })

    it('loses a kept history of twelve revisions, because lists come in the order of names', async () => {
      const args = ['--set', `image=${image.good}`]
      for (let i = 1; i <= 12; i++)
        await work.must(
          helm,
          'upgrade',
          '--install',
          'web',
          chart,
          ...args,
          '--history-max',
          '100',
          '--set',
          `replicas=${(i % 2) + 1}`,
        )
      await work.must(helm, 'uninstall', 'web', '--keep-history')
      const { stderr } = await upgrade(...args)
      expect(stderr).toContain('"web" has no deployed releases')
      await work.must(helm, 'install', 'web', chart, '--replace', '--wait', '--timeout', '3s', ...args)
      expect((await history()).at(-1)).toBe('13 deployed')
    })

    if (name === 'helm4') {
      it('conflicts with kubectl scale, unless it is told to force', async () => {
        await upgrade('--set', `image=${image.good}`)
        await work.must(kubectl, 'scale', 'deploy/web', '--replicas=3')
        const { stderr } = await upgrade('--set', `image=${image.better}`)
        const conflict =
          'Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas'
        expect(stderr).toContain(conflict)
        expect((await upgrade('--set', `image=${image.better}`, '--force-conflicts')).code).toBe(0)
        expect(await work.must(kubectl, 'get', 'deploy', 'web', '-o', 'jsonpath={.spec.replicas}')).toBe('2')
      })

      it('names the object that did not become ready', async () => {
        const { stderr } = await upgrade('--set', `image=${image.crash}`, '--timeout', '1s')
        expect(stderr).toContain('resource Deployment/default/web not ready. status: InProgress')
      })
    } else {
      it('is told by the Deployment when its deadline has passed, but waits on', async () => {
        await upgrade('--set', `image=${image.good}`)
        const { stderr } = await upgrade('--set', `image=${image.crash}`, '--timeout', '7s')
        expect(stderr).toContain('context deadline exceeded')
        const why = await work.must(
          kubectl,
          'get',
          'deploy',
          'web',
          '-o',
          'jsonpath={.status.conditions[?(@.type=="Progressing")].reason}',
        )
        expect(why).toBe('ProgressDeadlineExceeded')
      })
    }
  })
}
