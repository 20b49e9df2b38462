import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { runAction, runPost } from '../../src/action/run.ts'
import { helmUpgradeWithHistory } from '../../src/actions/helm-upgrade-with-history.ts'
import { type HelmBench, helmBench } from '../support/helm-bench.ts'
import { webChart } from '../support/kubernetes.ts'
import type { MemoryHost } from '../support/memory-host.ts'
import { tool } from '../support/tools.ts'

let bench: HelmBench
afterEach(async () => await bench.close())

const operate = (operation: string, more: Record<string, string> = {}): Promise<MemoryHost> =>
  bench.deploy('', { operation, chart: '', ...more })

const helm = await tool('helm4')
const it = helm.path === undefined ? test.skip : test

describe('the operations of helm-upgrade-with-history', () => {
  beforeEach(async () => {
    bench = await helmBench(helm)
  })

  it('status and history: tell how a release stands and change nothing; green only when it is well', async () => {
    expect((await operate('status')).outputs['failure-reason']).toBe('there is no release web in default')
    const one = await bench.push('app:1')
    await bench.deploy(one)
    bench.sandbox.calls.clear()
    const well = await operate('status')
    expect(well.outputs).toMatchObject({ outcome: 'succeeded', status: 'deployed', revision: '1' })
    expect(JSON.parse(well.outputs['images'] ?? '')).toMatchObject([{ workload: 'Deployment/web', pods: 1 }])
    expect(well.summaries[0]).toContain('| Deployment/web | 1/1 | ✅ up |')
    await bench.deploy(await bench.push('app:crash', { 'sandbox.exit-code': '3' }), { 'on-failure': 'leave' })
    bench.sandbox.calls.clear()
    const ill = await operate('status')
    expect(ill.outputs).toMatchObject({ outcome: 'failed', status: 'failed', 'recovered-from': 'failed-over-deployed' })
    const all = await operate('history')
    expect(all.outputs).toMatchObject({ outcome: 'succeeded', revision: '2' })
    expect(all.log.join('\n')).toMatch(/\n2 +failed +no .*\n1 +deployed +last known good /)
    expect(all.summaries[0]).toContain('| 1 | deployed | ✅ the one to go back to |')
    expect(bench.writes()).toEqual([])
  })

  it('status and rollback: are not green where a Service leads to no pod', async () => {
    const text = (webChart['templates/all.yaml'] ?? '').replace('targetPort: http', 'targetPort: web')
    const astray = bench.work.chart('web', { ...webChart, 'templates/all.yaml': text })
    const one = await bench.push('app:1')
    await bench.deploy(one, { chart: astray, 'check-services': 'warn' })
    const problem = 'Service/web: targetPort web is not a port of app'
    const status = await operate('status')
    expect(status.outputs).toMatchObject({ outcome: 'failed', status: 'deployed', 'failure-reason': problem })
    await bench.deploy(one, { chart: astray, set: 'replicas=1', 'check-services': 'off' })
    const back = await operate('rollback')
    expect(back.outputs).toMatchObject({ outcome: 'rollback-failed', status: 'deployed', 'rolled-back-to': '1' })
    expect(back.outputs['failure-reason']).toBe(`revision 1 is up again, but does not serve: ${problem}`)
  })

  it('leave a release alone that another run is working on', async () => {
    const slow = await bench.push('app:slow', { 'sandbox.healthy': 'false' })
    await bench.kill(1, 'install', 'web', bench.chart, '--set', `image=${slow}`, '--labels', 'ci-run=other')
    const status = await operate('status')
    expect(status.outputs['outcome']).toBe('waiting')
    expect(status.outputs['failure-reason']).toMatch(/^revision 1 is in pending-install since \d+ s by run other$/)
    for (const operation of ['rollback', 'uninstall']) {
      const host = await operate(operation, { timeout: '10s', 'confirm-uninstall': 'web' })
      expect(host.outputs['outcome']).toBe('blocked')
    }
    expect(await bench.history()).toEqual(['1 pending-install'])
  })

  it('end a rollback that is cancelled, so that nothing stays pending, and the post step the one of a killed run', async () => {
    await bench.deploy(await bench.push('app:slow', { 'sandbox.healthy': 'false' }), {
      timeout: '10s',
      'on-timeout': 'leave',
    })
    await bench.deploy(await bench.push('app:1'))
    const host = bench.host('', { operation: 'rollback', revision: '1' })
    const running = runAction(helmUpgradeWithHistory, host, bench.clock())
    while (!host.log.some((line) => line.startsWith('Deployment/web: '))) await bench.clock().sleep(1_000)
    host.cancel()
    await running
    expect(host.outputs['outcome']).toBe('cancelled')
    expect(await bench.history()).toEqual([expect.stringMatching(/^1 /), expect.stringMatching(/^2 /), '3 failed'])

    await bench.kill(4, 'rollback', 'web', '1')
    expect((await bench.history()).at(-1)).toBe('4 pending-rollback')
    const killed = bench.host('', { operation: 'rollback' })
    killed.saveState('helm-operation', JSON.stringify({ namespace: 'default', revision: 4, state: 'open' }))
    await runPost(helmUpgradeWithHistory, killed, bench.clock())
    expect((await bench.history()).at(-1)).toBe('4 failed')
  })
})
