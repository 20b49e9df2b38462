import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type HelmBench, helmBench } from '../support/helm-bench.ts'
import { tool } from '../support/tools.ts'

const templates = `apiVersion: v1
kind: Secret
metadata: {name: s}
stringData: {password: {{ .Values.password | quote }}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: "15 2 * * *"
  suspend: {{ .Values.cron.suspended }}
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: r, image: "{{ .Values.image }}"}]}}}}
{{- if .Values.hook }}
---
apiVersion: batch/v1
kind: Job
metadata: {name: migrate, annotations: {"helm.sh/hook": post-delete}}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: m, image: "{{ .Values.image }}"}]}}}
{{- end }}
`

let bench: HelmBench
afterEach(async () => await bench.close())

for (const name of ['helm3', 'helm4'] as const) {
  const helm = await tool(name)
  const it = helm.path === undefined ? test.skip : test

  describe(`a dry run by ${name}`, () => {
    beforeEach(async () => {
      bench = await helmBench(helm)
    })

    it('tells objects, hooks, values, cron jobs and the way back, and no secret', async () => {
      const files = { 'values.yaml': 'image: ""\nhook: ""\npassword: ""\n', 'templates/all.yaml': templates }
      const chart = bench.work.chart('planned', files)
      const image = await bench.push('app:1')
      const inputs = { chart, lint: 'off' }
      await bench.deploy(image, { ...inputs, cron: 'active', set: 'password=old-hunter2' })
      bench.sandbox.calls.clear()
      const set = 'password=new-hunter2\nhook=yes'
      const host = await bench.deploy(image, { ...inputs, cron: 'suspended', set, 'dry-run': 'true' })
      expect(host.outputs).toMatchObject({ outcome: 'succeeded', revision: '1' })
      const text = host.log.join('\n')
      expect(text).toContain('would: upgrade, compared with revision 1')
      expect(text).toContain('would: hook Job/migrate: added')
      expect(text).toMatch(/would: values: .*password/)
      expect(text).toContain('would: CronJob/report (15 2 * * *) would be suspended')
      expect(text).toContain('would: on a failure: roll back to revision 1')
      expect(text).toMatch(/~ CronJob\/report\n\s+spec\.suspend: false → true/)
      expect(text).toMatch(/~ Secret\/s\n\s+stringData\.password: \(hidden\) → \(hidden\)/)
      expect(host.summaries[0]).toContain('1. hook Job/migrate: added')
      expect(host.summaries[0]).toMatch(/\| CronJob\/report \| `15 2 \* \* \*` \| no \|/)
      expect(text + host.summaries.join()).not.toContain('hunter2')
      expect(bench.writes()).toEqual([])
    })

    it('tells how a stuck release would be repaired', async () => {
      const slow = await bench.push('app:slow', { 'sandbox.healthy': 'false' })
      const labels = 'ci-run=test.1,ci-attempt=1'
      await bench.kill(1, 'install', 'web', bench.chart, '--set', `image=${slow}`, '--labels', labels)
      bench.sandbox.calls.clear()
      const host = await bench.deploy(await bench.push('app:1'), { lint: 'off', 'dry-run': 'true' })
      expect(host.log.join('\n')).toContain('would: unlock revision 1 (pending-install)')
      expect(host.summaries[0]).toContain('1. unlock revision 1 (pending-install)')
      expect(bench.writes()).toEqual([])
    })
  })
}
