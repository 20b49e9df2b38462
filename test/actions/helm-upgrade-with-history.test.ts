import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { runAction, runPost } from '../../src/action/run.ts'
import { helmUpgradeWithHistory } from '../../src/actions/helm-upgrade-with-history.ts'
import { runningDigests } from '../../src/helm/running-digests.ts'
import { type HelmBench, helmBench } from '../support/helm-bench.ts'
import { tool } from '../support/tools.ts'

let bench: HelmBench
afterEach(async () => await bench.close())

for (const name of ['helm3', 'helm4'] as const) {
  const helm = await tool(name)
  const it = helm.path === undefined ? test.skip : test

  describe(`helm-upgrade-with-history by ${name}`, () => {
    beforeEach(async () => {
      bench = await helmBench(helm)
    })

    it('installs a release, changes nothing the second time, and upgrades it', async () => {
      const one = await bench.push('app:1')
      const first = await bench.deploy(one)
      expect(first.log.join('\n')).toContain('Deployment/web')
      expect(first.outputs).toMatchObject({
        outcome: 'succeeded',
        revision: '1',
        status: 'deployed',
        'previous-revision': '',
      })
      expect(JSON.parse(first.outputs['images'] ?? '')).toMatchObject([{ workload: 'Deployment/web', pods: 1 }])

      bench.sandbox.calls.clear()
      const second = await bench.deploy(one)
      expect(second.outputs).toMatchObject({ outcome: 'unchanged', revision: '1' })
      expect(bench.writes()).toEqual([])

      const two = await bench.push('app:2')
      const third = await bench.deploy(two)
      expect(third.outputs).toMatchObject({ outcome: 'succeeded', revision: '2', 'previous-revision': '1' })
      expect(await bench.history()).toEqual(['1 superseded', '2 deployed'])
      const digests = await runningDigests({ release: 'web' }, two, {
        env: bench.work.env,
        clock: bench.clock(),
        host: first,
      })
      expect(digests).toEqual([two.split('@')[1]])
    })

    it('ends fast on an image that is not there, says so, and goes back', async () => {
      const one = await bench.push('app:1')
      await bench.deploy(one)
      const missing = one.replace(/[0-9a-f]{64}$/, 'a'.repeat(64))
      const host = await bench.deploy(missing)
      expect(host.outputs).toMatchObject({ outcome: 'rolled-back', 'rolled-back-to': '1', revision: '3' })
      expect(host.outputs['failure-reason']).toMatch(/^Deployment\/web: container app (ErrImagePull|ImagePullBackOff)/)
      expect(host.code).toBe(1)
      expect(await bench.history()).toEqual(['1 superseded', '2 failed', '3 deployed'])
      expect(await bench.liveImage()).toBe(one)
    })

    it('tells of a crash loop with exit code and the last lines, and goes back past revisions that never ran', async () => {
      const one = await bench.push('app:1')
      const crash = await bench.push('app:crash', { 'sandbox.exit-code': '3', 'sandbox.log': 'fatal: no database' })
      await bench.deploy(one)
      const left = await bench.deploy(crash, { 'on-failure': 'leave' })
      expect(left.outputs).toMatchObject({ outcome: 'failed', revision: '2', status: 'failed' })
      const oom = await bench.push('app:oom', { 'sandbox.oom': 'true' })
      const host = await bench.deploy(oom)
      expect(host.outputs['failure-reason']).toMatch(/^Deployment\/web: container app .*exit 137.*OOMKilled/)
      expect(host.outputs).toMatchObject({
        outcome: 'rolled-back',
        'rolled-back-to': '1',
        'recovered-from': 'failed-over-deployed',
      })
      expect(left.outputs['failure-reason']).toMatch(
        /container app (CrashLoopBackOff|ended), exit 3 \(last log: fatal: no database\)$/,
      )
      expect(left.summaries[0]).toContain('fatal: no database')
      expect(await bench.work.must(helm, 'history', 'web')).toContain('failed: Deployment/web: container app')
    })

    it('leaves a failed first install as it is, and upgrades over it', async () => {
      const crash = await bench.push('app:crash', { 'sandbox.exit-code': '3' })
      const host = await bench.deploy(crash)
      expect(host.outputs).toMatchObject({ outcome: 'failed', status: 'failed', revision: '1', 'rolled-back-to': '' })
      const good = await bench.deploy(await bench.push('app:1'))
      expect(good.outputs).toMatchObject({ outcome: 'succeeded', revision: '2', 'recovered-from': 'failed-first' })
    })

    it('recognises its own install that was killed, unlocks it and goes on', async () => {
      const one = await bench.push('app:1')
      const slow = await bench.push('app:slow', { 'sandbox.healthy': 'false' })
      const labels = 'ci-run=test.1,ci-attempt=1'
      await bench.kill(1, 'install', 'web', bench.chart, '--set', `image=${slow}`, '--labels', labels)
      expect(await bench.history()).toEqual(['1 pending-install'])
      const host = await bench.deploy(one)
      expect(host.outputs).toMatchObject({ outcome: 'succeeded', revision: '2', 'recovered-from': 'pending-install' })
      expect(await bench.history()).toEqual([expect.stringMatching(/^1 (superseded|failed)$/), '2 deployed'])
    })

    it('leaves a release alone that another run is working on', async () => {
      const slow = await bench.push('app:slow', { 'sandbox.healthy': 'false' })
      const labels = 'ci-run=other,ci-attempt=1'
      await bench.kill(1, 'install', 'web', bench.chart, '--set', `image=${slow}`, '--labels', labels)
      const host = await bench.deploy(await bench.push('app:1'), { timeout: '30s' })
      expect(host.outputs['failure-reason']).toMatch(/in pending-install since \d+ s by run other/)
      expect(host.code).toBe(3)
      expect(await bench.history()).toEqual(['1 pending-install'])
    })

    it('ends its revision and goes back when it is cancelled, and the post step finds nothing pending', async () => {
      const one = await bench.push('app:1')
      await bench.deploy(one)
      const host = bench.host(await bench.push('app:slow', { 'sandbox.healthy': 'false' }))
      const running = runAction(helmUpgradeWithHistory, host, bench.clock())
      while (!host.log.some((line) => line.startsWith('Deployment/web: 0/1'))) await bench.clock().sleep(1_000)
      const began = Date.now()
      host.cancel()
      await running
      expect(Date.now() - began).toBeLessThan(7_000)
      expect(host.outputs).toMatchObject({ outcome: 'cancelled', 'rolled-back-to': '1' })
      expect(await bench.history()).toEqual(['1 superseded', '2 failed', '3 deployed'])
      expect(await bench.liveImage()).toBe(one)
      await runPost(helmUpgradeWithHistory, host, bench.clock())
      expect(await bench.history()).toHaveLength(3)
    })

    it('finishes in the post step what a killed run left: nothing stays pending', async () => {
      const one = await bench.push('app:1')
      await bench.deploy(one)
      const slow = await bench.push('app:slow', { 'sandbox.healthy': 'false' })
      const labels = 'ci-run=test.1,ci-attempt=1'
      await bench.kill(2, 'upgrade', 'web', bench.chart, '--set', `image=${slow}`, '--labels', labels)
      const host = bench.host(slow)
      host.saveState('helm-release', JSON.stringify({ namespace: 'default', revision: 2, goBackTo: 1, state: 'open' }))
      await runPost(helmUpgradeWithHistory, host, bench.clock())
      expect(await bench.history()).toEqual(['1 superseded', '2 failed', '3 deployed'])
      expect(await bench.liveImage()).toBe(one)
    })

    it('names the hook that failed and what it printed', async () => {
      const one = await bench.push('app:1')
      await bench.deploy(one)
      const hook = await bench.push('migrate:1', { 'sandbox.exit-code': '1', 'sandbox.log': 'migration 7 failed' })
      const host = await bench.deploy(await bench.push('app:2'), { set: `hook=${hook}` })
      expect(host.outputs['failure-reason']).toMatch(/^hook Job\/web-hook: .*migration 7 failed/)
      expect(host.outputs).toMatchObject({ outcome: 'rolled-back', 'rolled-back-to': '1' })
    })

    it('writes nothing in a dry run and names what would change', async () => {
      const one = await bench.push('app:1')
      await bench.deploy(one)
      bench.sandbox.calls.clear()
      const host = await bench.deploy(await bench.push('app:2'), { 'dry-run': 'true', set: 'replicas=3' })
      expect(host.outputs).toMatchObject({ outcome: 'succeeded', revision: '1' })
      expect(host.log.join('\n')).toMatch(/~ Deployment\/web\n\s+spec\.replicas: 1 → 3/)
      expect(bench.writes()).toEqual([])
    })

    it('reports a chart that does not render, and changes nothing', async () => {
      const bad = bench.work.chart('bad', { 'templates/x.yaml': '{{ fail "image is required" }}' })
      const host = await bench.deploy('', { chart: bad, 'image-key': '' })
      expect(host.outputs['failure-reason']).toContain('image is required')
      expect(host.code).toBe(1)
      expect(bench.writes()).toEqual([])
    })
  })
}
