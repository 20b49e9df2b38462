import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { systemClock } from '../../src/action/clock.ts'
import { runAction, runPost } from '../../src/action/run.ts'
import { helmUpgradeWithHistory } from '../../src/actions/helm-upgrade-with-history.ts'
import { runningDigests } from '../../src/helm/running-digests.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts'
import { type KubeWorkspace, kubeWorkspace, webChart } from '../support/kubernetes.ts'
import { type MemoryHost, memoryHost } from '../support/memory-host.ts'
import { pushImage } from '../support/registry.ts'
import { tool } from '../support/tools.ts'

/** Fast enough for back-offs, slow enough for a real helm that takes half a second to start. */
const speed = 20

let sandbox: Sandbox
let work: KubeWorkspace
let chart: string

const push = async (name: string, labels: Record<string, string> = {}): Promise<string> =>
  (await pushImage(sandbox, name, { labels: { 'sandbox.log': name, ...labels } })).byDigest

beforeEach(async () => {
  sandbox = await startSandbox({ speed })
  work = kubeWorkspace(sandbox)
  chart = work.chart('web', {
    ...webChart,
    'values.yaml': `image: ""\nreplicas: 1\nhook: ""\nhookEvents: pre-upgrade\njob: ""\n`,
  })
})
afterEach(async () => {
  await sandbox.close()
  work.remove()
})

for (const name of ['helm3', 'helm4'] as const) {
  const helm = await tool(name)
  const it = helm.path === undefined ? test.skip : test
  const binary = helm.path ?? ''

  describe(`helm-upgrade-with-history by ${name}`, () => {
    const clock = () => systemClock(speed, sandbox.clock.epoch)
    const made = (image: string, more: Record<string, string> = {}): MemoryHost =>
      memoryHost(
        { release: 'web', chart, image, 'image-key': 'image', helm: binary, timeout: '4m', ...more },
        { ...work.env },
      )
    async function deploy(image: string, more: Record<string, string> = {}): Promise<MemoryHost> {
      const host = made(image, more)
      await runAction(helmUpgradeWithHistory, host, clock())
      return host
    }
    const history = async (): Promise<string[]> => {
      const all = JSON.parse(await work.must(helm, 'history', 'web', '-o', 'json')) as Record<string, unknown>[]
      return all.map(({ revision, status }) => `${revision} ${status}`)
    }
    const writes = () =>
      sandbox.calls
        .all()
        .filter(({ method, path, status }) => path.startsWith('/kubernetes/') && method !== 'GET' && status < 400)
    const liveImage = async (): Promise<string> => {
      const answer = await fetch(
        `${sandbox.endpoint()}/kubernetes/sandbox/apis/apps/v1/namespaces/default/deployments/web`,
      )
      const { spec } = (await answer.json()) as { spec: { template: { spec: { containers: { image: string }[] } } } }
      return spec.template.spec.containers[0]?.image ?? ''
    }
    /** Runs helm itself, as a run that will be killed would, and kills it once its record is there. */
    async function killed(args: readonly string[], revision: number): Promise<void> {
      const stop = new AbortController()
      const { runCommand } = await import('../../src/action/command.ts')
      const running = runCommand([binary, ...args], { env: work.env, signal: stop.signal, killSignal: 'SIGKILL' })
      const path = `/kubernetes/sandbox/api/v1/namespaces/default/secrets/sh.helm.release.v1.web.v${revision}`
      while (!(await fetch(`${sandbox.endpoint()}${path}`)).ok) await clock().sleep(1_000)
      await clock().sleep(2_000)
      stop.abort()
      await running
    }

    it('installs a release, changes nothing the second time, and upgrades it', async () => {
      const one = await push('app:1')
      const first = await deploy(one)
      expect(first.log.join('\n')).toContain('Deployment/web')
      expect(first.outputs).toMatchObject({
        outcome: 'succeeded',
        revision: '1',
        status: 'deployed',
        'previous-revision': '',
      })
      expect(JSON.parse(first.outputs['images'] ?? '')).toMatchObject([{ workload: 'Deployment/web', pods: 1 }])

      sandbox.calls.clear()
      const second = await deploy(one)
      expect(second.outputs).toMatchObject({ outcome: 'unchanged', revision: '1' })
      expect(writes()).toEqual([])

      const two = await push('app:2')
      const third = await deploy(two)
      expect(third.outputs).toMatchObject({ outcome: 'succeeded', revision: '2', 'previous-revision': '1' })
      expect(await history()).toEqual(['1 superseded', '2 deployed'])
      const digests = await runningDigests({ release: 'web' }, two, { env: work.env, clock: clock(), host: first })
      expect(digests).toEqual([two.split('@')[1]])
    })

    it('ends fast on an image that is not there, says so, and goes back', async () => {
      const one = await push('app:1')
      await deploy(one)
      const missing = one.replace(/[0-9a-f]{64}$/, 'a'.repeat(64))
      const host = await deploy(missing)
      expect(host.outputs).toMatchObject({ outcome: 'rolled-back', 'rolled-back-to': '1', revision: '3' })
      expect(host.outputs['failure-reason']).toMatch(/^Deployment\/web: container app (ErrImagePull|ImagePullBackOff)/)
      expect(host.code).toBe(1)
      expect(await history()).toEqual(['1 superseded', '2 failed', '3 deployed'])
      expect(await liveImage()).toBe(one)
    })

    it('tells of a crash loop with exit code and the last lines, and goes back past revisions that never ran', async () => {
      const one = await push('app:1')
      const crash = await push('app:crash', { 'sandbox.exit-code': '3', 'sandbox.log': 'fatal: no database' })
      await deploy(one)
      const left = await deploy(crash, { 'on-failure': 'leave' })
      expect(left.outputs).toMatchObject({ outcome: 'failed', revision: '2', status: 'failed' })
      const oom = await push('app:oom', { 'sandbox.oom': 'true' })
      const host = await deploy(oom)
      expect(host.outputs['failure-reason']).toMatch(/^Deployment\/web: container app .*exit 137.*OOMKilled/)
      expect(host.outputs).toMatchObject({
        outcome: 'rolled-back',
        'rolled-back-to': '1',
        'recovered-from': 'failed-over-deployed',
      })
      expect(left.outputs['failure-reason']).toMatch(
        /container app CrashLoopBackOff, exit 3 \(last log: fatal: no database\)$/,
      )
      expect(left.summaries[0]).toContain('fatal: no database')
    })

    it('leaves a failed first install as it is, and upgrades over it', async () => {
      const crash = await push('app:crash', { 'sandbox.exit-code': '3' })
      const host = await deploy(crash)
      expect(host.outputs).toMatchObject({ outcome: 'failed', status: 'failed', revision: '1', 'rolled-back-to': '' })
      const good = await deploy(await push('app:1'))
      expect(good.outputs).toMatchObject({ outcome: 'succeeded', revision: '2', 'recovered-from': 'failed-first' })
    })

    it('recognises its own install that was killed, unlocks it and goes on', async () => {
      const one = await push('app:1')
      const slow = await push('app:slow', { 'sandbox.healthy': 'false' })
      const labels = 'ci-run=test.1,ci-attempt=1'
      await killed(
        ['install', 'web', chart, '--wait', '--timeout', '60s', '--set', `image=${slow}`, '--labels', labels],
        1,
      )
      expect(await history()).toEqual(['1 pending-install'])
      const host = await deploy(one)
      expect(host.outputs).toMatchObject({ outcome: 'succeeded', revision: '2', 'recovered-from': 'pending-install' })
      expect(await history()).toEqual([expect.stringMatching(/^1 (superseded|failed)$/), '2 deployed'])
    })

    it('leaves a release alone that another run is working on', async () => {
      const slow = await push('app:slow', { 'sandbox.healthy': 'false' })
      const labels = 'ci-run=other,ci-attempt=1'
      await killed(
        ['install', 'web', chart, '--wait', '--timeout', '60s', '--set', `image=${slow}`, '--labels', labels],
        1,
      )
      const host = await deploy(await push('app:1'), { timeout: '30s' })
      expect(host.outputs['failure-reason']).toMatch(/in pending-install since \d+ s by run other/)
      expect(host.code).toBe(3)
      expect(await history()).toEqual(['1 pending-install'])
    })

    it('ends its revision and goes back when it is cancelled, and the post step finds nothing pending', async () => {
      const one = await push('app:1')
      await deploy(one)
      const host = made(await push('app:slow', { 'sandbox.healthy': 'false' }))
      const running = runAction(helmUpgradeWithHistory, host, clock())
      while (!host.log.some((line) => line.startsWith('Deployment/web: 0/1'))) await clock().sleep(1_000)
      const began = Date.now()
      host.cancel()
      await running
      expect(Date.now() - began).toBeLessThan(7_000)
      expect(host.outputs).toMatchObject({ outcome: 'cancelled', 'rolled-back-to': '1' })
      expect(await history()).toEqual(['1 superseded', '2 failed', '3 deployed'])
      expect(await liveImage()).toBe(one)
      await runPost(helmUpgradeWithHistory, host, clock())
      expect(await history()).toHaveLength(3)
    })

    it('finishes in the post step what a killed run left: nothing stays pending', async () => {
      const one = await push('app:1')
      await deploy(one)
      const slow = await push('app:slow', { 'sandbox.healthy': 'false' })
      const labels = 'ci-run=test.1,ci-attempt=1'
      await killed(
        ['upgrade', 'web', chart, '--wait', '--timeout', '60s', '--set', `image=${slow}`, '--labels', labels],
        2,
      )
      const host = made(slow)
      host.saveState('helm-release', JSON.stringify({ namespace: 'default', revision: 2, goBackTo: 1, state: 'open' }))
      await runPost(helmUpgradeWithHistory, host, clock())
      expect(await history()).toEqual(['1 superseded', '2 failed', '3 deployed'])
      expect(await liveImage()).toBe(one)
    })

    it('names the hook that failed and what it printed', async () => {
      const one = await push('app:1')
      await deploy(one)
      const hook = await push('migrate:1', { 'sandbox.exit-code': '1', 'sandbox.log': 'migration 7 failed' })
      const host = await deploy(await push('app:2'), { set: `hook=${hook}` })
      expect(host.outputs['failure-reason']).toMatch(/^hook Job\/web-hook: .*migration 7 failed/)
      expect(host.outputs).toMatchObject({ outcome: 'rolled-back', 'rolled-back-to': '1' })
    })

    it('writes nothing in a dry run and names what would change', async () => {
      const one = await push('app:1')
      await deploy(one)
      sandbox.calls.clear()
      const host = await deploy(await push('app:2'), { 'dry-run': 'true', set: 'replicas=3' })
      expect(host.outputs).toMatchObject({ outcome: 'succeeded', revision: '1' })
      expect(host.log.join('\n')).toMatch(/~ Deployment\/web\n\s+spec\.replicas: 1 → 3/)
      expect(writes()).toEqual([])
    })

    it('reports a chart that does not render, and changes nothing', async () => {
      const bad = work.chart('bad', { 'templates/x.yaml': '{{ fail "image is required" }}' })
      const host = await deploy('', { chart: bad, 'image-key': '' })
      expect(host.outputs['failure-reason']).toContain('image is required')
      expect(host.code).toBe(1)
      expect(writes()).toEqual([])
    })
  })
}
