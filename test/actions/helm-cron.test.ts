import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type HelmBench, helmBench } from '../support/helm-bench.ts'
import { tool } from '../support/tools.ts'

const helm = await tool('helm4')
const it = helm.path === undefined ? test.skip : test

const cronJob = (suspend: string): string => `apiVersion: batch/v1
kind: CronJob
metadata: {name: {{ .Release.Name }}-report}
spec:
  schedule: "* * * * *"
  ${suspend}
  concurrencyPolicy: Forbid
  jobTemplate:
    spec: {template: {spec: {restartPolicy: Never, containers: [{name: report, image: {{ .Values.image }}}]}}}
`

let bench: HelmBench
beforeEach(async () => {
  bench = await helmBench(helm)
})
afterEach(async () => await bench.close())

const chart = (suspend = 'suspend: {{ .Values.cron.suspended }}'): string =>
  bench.work.chart('crons', { 'values.yaml': 'image: ""\n', 'templates/cron.yaml': cronJob(suspend) })
const report = (seconds: number): Promise<string> =>
  bench.push('report:1', { 'sandbox.exit-code': '0', 'sandbox.exit-after': String(seconds) })
const at = (path: string): string =>
  `${bench.sandbox.endpoint()}/kubernetes/sandbox/apis/batch/v1/namespaces/default/${path}`
async function jobRuns(): Promise<void> {
  for (;;) {
    const { items } = (await (await fetch(at('jobs'))).json()) as { items: { status: { active?: number } }[] }
    if (items.some(({ status }) => status.active === 1)) return
    await bench.clock().sleep(2_000)
  }
}

describe('cron by helm-upgrade-with-history', () => {
  it('suspends, waits for the Job that still runs, and changes nothing the second time', async () => {
    const inputs = { chart: chart() }
    const image = await report(70)
    const first = await bench.deploy(image, { ...inputs, cron: 'active' })
    expect(first.outputs).toMatchObject({ outcome: 'succeeded' })
    await jobRuns()
    const second = await bench.deploy(image, { ...inputs, cron: 'suspended' })
    expect(second.outputs).toMatchObject({ outcome: 'succeeded', revision: '2' })
    expect(second.log.join('\n')).toMatch(/waiting for Jobs that still run: Job\/web-report-\d+/)
    expect(second.log.join('\n')).toContain('no Job of a cron job runs any more')
    expect(second.summaries[0]).toMatch(/\| CronJob\/web-report \| `\* \* \* \* \*` \| yes \| 20\S+Z \| none \|/)
    bench.sandbox.calls.clear()
    const third = await bench.deploy(image, { ...inputs, cron: 'suspended' })
    expect(third.outputs).toMatchObject({ outcome: 'unchanged', revision: '2' })
    expect(bench.writes()).toEqual([])
  })

  it('says which Jobs still run when the time for them is up, and keeps cron suspended', async () => {
    const inputs = { chart: chart(), 'cron-drain-timeout': '10s' }
    const image = await report(10_000)
    await bench.deploy(image, { ...inputs, cron: 'active' })
    await jobRuns()
    const host = await bench.deploy(image, { ...inputs, cron: 'suspended' })
    expect(host.outputs).toMatchObject({ outcome: 'timed-out', revision: '2', 'rolled-back-to': '' })
    expect(host.outputs['failure-reason']).toMatch(
      /^cron is suspended, but after 10s there still run: Job\/web-report-\d+$/,
    )
    expect(host.code).toBe(1)
  })

  it('refuses a chart that does not render what was asked, before anything is changed', async () => {
    for (const wrong of ['', 'suspend: false', 'suspend: {{ .Values.cron.suspend | default false }} # the old name']) {
      const host = await bench.deploy(await report(1), { chart: chart(wrong), cron: 'suspended' })
      expect(host.outputs).toMatchObject({ outcome: 'failed', revision: '' })
      expect(host.outputs['failure-reason']).toMatch(
        /value 'cron\.suspended' is true, but the chart does not render .*: CronJob\/web-report has (none|false)$/,
      )
    }
    const other = { chart: chart('suspend: {{ .Values.off }}'), 'cron-value': 'off', cron: 'active', 'dry-run': 'true' }
    expect((await bench.deploy(await report(1), other)).outputs).toMatchObject({ outcome: 'succeeded' })
    expect(bench.writes()).toEqual([])
  })

  it('finds out that somebody else set a cron job going, and suspends it again', async () => {
    const inputs = { chart: chart(), cron: 'suspended', 'force-conflicts': 'true' }
    const image = await report(1)
    await bench.deploy(image, inputs)
    const headers = { 'content-type': 'application/merge-patch+json', 'user-agent': 'kubectl' }
    await fetch(at('cronjobs/web-report'), { method: 'PATCH', headers, body: '{"spec":{"suspend":false}}' })
    const host = await bench.deploy(image, inputs)
    expect(host.outputs).toMatchObject({ outcome: 'succeeded', revision: '2' })
    expect(host.log.join('\n')).toContain('CronJob/web-report was changed since')
    const { spec } = (await (await fetch(at('cronjobs/web-report'))).json()) as { spec: { suspend: boolean } }
    expect(spec.suspend).toBe(true)
  })
})
