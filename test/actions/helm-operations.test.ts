import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readInputs } from '../../src/action/run.ts'
import { helmUpgradeWithHistory } from '../../src/actions/helm-upgrade-with-history.ts'
import { type HelmBench, helmBench } from '../support/helm-bench.ts'
import type { MemoryHost } from '../support/memory-host.ts'
import { tool } from '../support/tools.ts'

let bench: HelmBench
afterEach(async () => await bench.close())

const operate = (operation: string, more: Record<string, string> = {}): Promise<MemoryHost> =>
  bench.deploy('', { operation, chart: '', ...more })

for (const name of ['helm3', 'helm4'] as const) {
  const helm = await tool(name)
  const it = helm.path === undefined ? test.skip : test

  describe(`the operations of helm-upgrade-with-history by ${name}`, () => {
    beforeEach(async () => {
      bench = await helmBench(helm)
    })

    it('rollback: plans, goes to the last known good, and does nothing the second time', async () => {
      const [one, two] = [await bench.push('app:1'), await bench.push('app:2')]
      await bench.deploy(one)
      await bench.deploy(await bench.push('app:crash', { 'sandbox.exit-code': '3' }), { 'on-failure': 'leave' })
      await bench.deploy(two)
      bench.sandbox.calls.clear()
      const planned = await operate('rollback', { 'dry-run': 'true' })
      expect(planned.outputs).toMatchObject({ outcome: 'succeeded', revision: '3', 'rolled-back-to': '' })
      expect(planned.log.join('\n')).toMatch(/would roll back from revision 3 to 1\n(.*\n)*~ Deployment\/web/)
      expect(bench.writes()).toEqual([])

      const back = await operate('rollback')
      expect(back.outputs).toMatchObject({
        outcome: 'succeeded',
        revision: '4',
        'previous-revision': '3',
        'rolled-back-to': '1',
      })
      expect(await bench.liveImage()).toBe(one)
      bench.sandbox.calls.clear()
      const again = await operate('rollback')
      expect(again.outputs).toMatchObject({ outcome: 'unchanged', revision: '4', 'rolled-back-to': '1' })
      expect(bench.writes()).toEqual([])

      const named = await operate('rollback', { revision: '3' })
      expect(named.outputs).toMatchObject({ outcome: 'succeeded', revision: '5', 'rolled-back-to': '3' })
      expect(await bench.liveImage()).toBe(two)
      const failed = await operate('rollback', { revision: '2' })
      expect(failed.log.join('\n')).toContain('warn: revision 2 never ran well')
      expect(failed.outputs).toMatchObject({ outcome: 'rollback-failed', revision: '6', status: 'failed' })
      expect(failed.outputs['failure-reason']).toMatch(/^the rollback to revision 2 failed: Deployment\/web: .*exit 3/)
      const lost = await operate('rollback', { revision: '12' })
      expect(lost.outputs['failure-reason']).toMatch(/^there is no revision 12: the history has 1, 2, 3/)
      expect(lost.code).toBe(3)
    })
  })
}

test('an uninstall wants the name of the release once more, an upgrade a chart, and a revision a rollback', () => {
  const problems = (given: Record<string, string>) => () =>
    readInputs(helmUpgradeWithHistory, (name) => ({ release: 'web', ...given })[name])
  expect(problems({ operation: 'uninstall', 'confirm-uninstall': 'wep' })).toThrow(/'confirm-uninstall': must be 'web'/)
  expect(problems({})).toThrow(/'chart': is required/)
  expect(problems({ chart: './chart', revision: '3' })).toThrow(/'revision': goes with 'operation: rollback'/)
  expect(problems({ operation: 'status' })).not.toThrow()
})
