import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
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

  describe(`an uninstall of helm-upgrade-with-history by ${name}`, () => {
    beforeEach(async () => {
      bench = await helmBench(helm)
    })

    it('plans, takes the release away, keeps its history, and brings it back', async () => {
      const one = await bench.push('app:1')
      await bench.deploy(one)
      const confirm = { 'confirm-uninstall': 'web' }
      bench.sandbox.calls.clear()
      const planned = await operate('uninstall', { ...confirm, 'dry-run': 'true' })
      expect(planned.log.join('\n')).toMatch(
        /would uninstall the release and keep its history\n(.*\n)*- Deployment\/web/,
      )
      expect(bench.writes()).toEqual([])
      const gone = await operate('uninstall', confirm)
      expect(gone.outputs).toMatchObject({ outcome: 'succeeded', status: 'uninstalled', revision: '1' })
      await expect(bench.liveImage()).rejects.toThrow()
      expect((await operate('uninstall', confirm)).outputs).toMatchObject({ outcome: 'unchanged' })
      expect((await operate('status')).outputs['failure-reason']).toMatch(/^revision 1 is uninstalled/)

      const back = await operate('rollback', { revision: '1' })
      expect(back.outputs).toMatchObject({ outcome: 'succeeded', revision: '2', status: 'deployed' })
      expect(await bench.liveImage()).toBe(one)
      await operate('uninstall', confirm)
      const purged = await operate('uninstall', { ...confirm, 'keep-history': 'false' })
      expect(purged.outputs).toMatchObject({ outcome: 'succeeded', status: '', revision: '' })
      expect((await operate('history')).outputs).toMatchObject({
        outcome: 'failed',
        'failure-reason': 'there is no release web in default',
      })
    })
  })
}
