import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type HelmBench, helmBench } from '../support/helm-bench.ts'
import { webChart } from '../support/kubernetes.ts'
import { tool } from '../support/tools.ts'

let bench: HelmBench
afterEach(async () => await bench.close())
const numbers = (count: number): string => Array.from({ length: count }, (_, at) => `step ${at + 1}`).join('\n')

for (const name of ['helm3', 'helm4'] as const) {
  const helm = await tool(name)
  const it = helm.path === undefined ? test.skip : test
  const deletedHook = (): string => {
    const all = webChart['templates/all.yaml'] ?? ''
    const policy = '"helm.sh/hook-delete-policy": "hook-succeeded,hook-failed"'
    const text = all.replace('"{{ .Values.hookEvents }}"}', `"{{ .Values.hookEvents }}", ${policy}}`)
    return bench.work.chart('deleted', { ...webChart, 'templates/all.yaml': text })
  }

  describe(`migrations by ${name}`, () => {
    beforeEach(async () => {
      bench = await helmBench(helm)
    })

    it('shows the last lines of a hook that went well, though it is deleted the moment that it is done', async () => {
      const log = numbers(30)
      const hook = await bench.push('migrate:1', {
        'sandbox.exit-code': '0',
        'sandbox.exit-after': '0',
        'sandbox.log': log,
      })
      const set = `hook=${hook}\nhookEvents=pre-install\nreplicas=1`
      const host = await bench.deploy(await bench.push('app:1'), { set, chart: deletedHook() })
      expect(host.outputs).toMatchObject({ outcome: 'succeeded' })
      const text = host.log.join('\n')
      expect(text).toMatch(/Job\/web-hook (succeeded|printed) \(container migrate, the last 20 lines\)/)
      expect(text).toContain('step 30')
      expect(text).toContain('step 11\n')
      expect(text).not.toContain('step 10\n')
    })

    it('says why a hook failed that is gone by then', async () => {
      const image = await bench.push('app:1')
      const hook = await bench.push('migrate:1', {
        'sandbox.exit-code': '3',
        'sandbox.exit-after': '0',
        'sandbox.log': `${numbers(60)}\nfatal: no such table`,
      })
      const set = `hook=${hook}\nhookEvents=pre-install`
      const host = await bench.deploy(image, { set, chart: deletedHook() })
      expect(host.outputs).toMatchObject({ outcome: 'failed' })
      expect(host.outputs['failure-reason']).toMatch(/^hook Job\/web-hook.*\(last log: fatal: no such table\)$/)
      expect(host.summaries[0]).toContain('step 30')
      expect(host.summaries[0]).not.toContain('step 11\n')
    })

    it('waits for a plain Job and shows what it printed', async () => {
      const job = await bench.push('migrate:1', {
        'sandbox.exit-code': '0',
        'sandbox.exit-after': '30',
        'sandbox.log': 'migrated to 7',
      })
      const host = await bench.deploy(await bench.push('app:1'), { set: `job=${job}\nreplicas=1` })
      expect(host.outputs).toMatchObject({ outcome: 'succeeded' })
      expect(host.log.join('\n')).toContain('--wait-for-jobs')
      expect(host.log.join('\n')).toContain('migrated to 7')
    })

    it('names the Job that cannot be changed in place, and what to do', async () => {
      const image = await bench.push('app:1')
      const ended = (log: string) => bench.push(`job:${log}`, { 'sandbox.exit-code': '0', 'sandbox.log': log })
      const set = async (log: string): Promise<string> => `replicas=1\njob=${await ended(log)}`
      expect((await bench.deploy(image, { set: await set('one') })).outputs).toMatchObject({ outcome: 'succeeded' })
      const host = await bench.deploy(image, { set: await set('two') })
      expect(host.outputs['failure-reason']).toMatch(/^Job\/web-job cannot be changed in place: .*field is immutable/)
      expect(host.summaries[0]).toContain('{{ .Release.Revision }}')
      expect(host.outputs).toMatchObject({ outcome: 'rolled-back', 'rolled-back-to': '1' })
    })
  })
}
