import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { helmUpgradeWithHistory } from '../../src/actions/helm-upgrade-with-history.ts'
import { type HelmBench, helmBench } from '../support/helm-bench.ts'
import { tool } from '../support/tools.ts'

let bench: HelmBench
afterEach(async () => await bench.close())

for (const name of ['helm3', 'helm4'] as const) {
  const helm = await tool(name)
  const it = helm.path === undefined ? test.skip : test

  describe(`helm-upgrade-with-history by ${name} repairs`, () => {
    beforeEach(async () => {
      bench = await helmBench(helm)
    })

    it('an uninstalled release with a long history, which helm itself cannot upgrade', async () => {
      const one = await bench.push('app:1')
      for (let replicas = 1; replicas <= 10; replicas++) {
        const set = `image=${one},replicas=${replicas % 2}`
        await bench.work.must(helm, 'upgrade', '--install', 'web', bench.chart, '--set', set, '--history-max', '100')
      }
      await bench.work.must(helm, 'uninstall', 'web', '--keep-history')
      const host = await bench.deploy(one)
      expect(host.outputs).toMatchObject({ outcome: 'succeeded', revision: '11', 'recovered-from': 'uninstalled' })
      expect((await bench.history()).at(-1)).toBe('11 deployed')
    })

    it('an upgrade of its own that was killed, with its history under ConfigMaps', async () => {
      bench.work.env['HELM_DRIVER'] = 'configmap'
      const one = await bench.push('app:1')
      expect((await bench.deploy(one)).outputs['outcome']).toBe('succeeded')
      const slow = await bench.push('app:slow', { 'sandbox.healthy': 'false' })
      await bench.kill(2, 'upgrade', 'web', bench.chart, '--set', `image=${slow}`, '--labels', 'ci-run=test.1')
      const host = await bench.deploy(await bench.push('app:2'))
      expect(host.outputs).toMatchObject({ outcome: 'succeeded', 'recovered-from': 'pending-upgrade', revision: '3' })
      expect(await bench.history()).toEqual(['1 superseded', '2 failed', '3 deployed'])
    })

    it('nothing when repair is off, and says what it would do', async () => {
      const slow = await bench.push('app:slow', { 'sandbox.healthy': 'false' })
      await bench.kill(1, 'install', 'web', bench.chart, '--set', `image=${slow}`, '--labels', 'ci-run=test.1')
      const host = await bench.deploy(await bench.push('app:1'), { repair: 'off' })
      expect(host.outputs['outcome']).toBe('blocked')
      expect(host.outputs['failure-reason']).toMatch(/^revision 1 is pending-install and 'repair' is off/)
      expect(await bench.history()).toEqual(['1 pending-install'])
    })

    it('a first install that cannot be changed in place, only when it may make it anew', async () => {
      const [one, crash] = [await bench.push('app:1'), await bench.push('app:crash', { 'sandbox.exit-code': '3' })]
      const job = await bench.push('job:1', { 'sandbox.exit-code': '0' })
      const other = await bench.push('job:2', { 'sandbox.exit-code': '0' })
      await bench.deploy(crash, { set: `job=${job}` })
      const refused = await bench.deploy(one, { set: `job=${other}` })
      expect(refused.outputs['failure-reason']).toContain('field is immutable')
      expect(refused.outputs['outcome']).toBe('failed')
      const host = await bench.deploy(one, { set: `job=${other}`, recreate: 'true' })
      expect(host.outputs).toMatchObject({ outcome: 'succeeded', status: 'deployed', revision: '1' })
    })

    it('a rollout that is never ready when its time is up, and names the probe', async () => {
      const one = await bench.push('app:1')
      await bench.deploy(one)
      const slow = await bench.push('app:slow', { 'sandbox.healthy': 'false' })
      const left = await bench.deploy(slow, { timeout: '60s', 'on-timeout': 'leave' })
      expect(left.outputs).toMatchObject({ outcome: 'timed-out', status: 'failed', 'rolled-back-to': '' })
      const reason =
        /^not up within 60 s: Deployment\/web: container app is not ready, readiness probe GET \/healthz on port http/
      expect(left.outputs['failure-reason']).toMatch(reason)
      const back = await bench.deploy(slow, { timeout: '60s', set: 'replicas=2' })
      expect(back.outputs).toMatchObject({ outcome: 'rolled-back', 'rolled-back-to': '1' })
      expect(await bench.liveImage()).toBe(one)
    })

    it('nothing on a command line that is a value: helm gets a private file', async () => {
      const host = await bench.deploy(await bench.push('app:1'), { set: 'password=hunter2' })
      expect(host.outputs['outcome']).toBe('succeeded')
      expect(host.log.join('\n')).not.toContain('hunter2')
      expect(await bench.work.must(helm, 'get', 'values', 'web')).toContain('password: hunter2')
    })

    it('no more than its table of permissions allows', async () => {
      await bench.deploy(await bench.push('app:1'))
      await bench.deploy(await bench.push('app:crash', { 'sandbox.exit-code': '3' }))
      const own = bench.sandbox.calls.all().filter(({ userAgent }) => userAgent === 'strangler-deploy')
      const rbac: Readonly<Record<string, readonly string[]>> = helmUpgradeWithHistory.permissions.rbac ?? {}
      const refused = own.filter(({ method, path }) => {
        const [, group = '', rest = ''] = /\/(?:api|apis\/([^/]+))\/v1\/namespaces\/[^/]+\/(.+)$/.exec(path) ?? []
        const [plural = '', name, part] = rest.split('/')
        const resource = `${plural}${part === undefined ? '' : `/${part}`}${group === '' ? '' : `.${group}`}`
        const verb = method === 'PUT' ? 'update' : name === undefined ? 'list' : 'get'
        return !(rbac[resource] ?? []).includes(verb)
      })
      expect(own.length).toBeGreaterThan(10)
      expect(refused.map(({ method, path }) => `${method} ${path}`)).toEqual([])
    })
  })
}
