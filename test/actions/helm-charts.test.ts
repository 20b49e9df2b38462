import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readInputs } from '../../src/action/run.ts'
import { helmUpgradeWithHistory } from '../../src/actions/helm-upgrade-with-history.ts'
import { type HelmBench, helmBench } from '../support/helm-bench.ts'
import { ecrCall, login } from '../support/registry.ts'
import { tool } from '../support/tools.ts'

const before = { ...process.env }
let bench: HelmBench
afterEach(async () => {
  process.env = { ...before }
  await bench?.close()
})

for (const name of ['helm3', 'helm4'] as const) {
  const helm = await tool(name)
  const it = helm.path === undefined ? test.skip : test

  describe(`helm-upgrade-with-history by ${name}, with a chart from a registry`, () => {
    beforeEach(async () => {
      bench = await helmBench(helm)
      Object.assign(process.env, bench.sandbox.environment())
      Object.assign(bench.work.env, bench.sandbox.environment())
    })

    it('plans, deploys, and changes nothing the second time; keeps as many revisions as HELM_MAX_HISTORY says', async () => {
      const { sandbox, work } = bench
      await ecrCall(sandbox, 'CreateRepository', { repositoryName: 'charts/web' })
      const { host: registry, password } = await login(sandbox)
      const config = join(work.folder, 'pushing.json')
      const auth = Buffer.from(`AWS:${password}`).toString('base64')
      writeFileSync(config, JSON.stringify({ auths: { [registry]: { auth } } }))
      await work.must(helm, 'package', bench.chart, '--destination', work.folder)
      const archive = join(work.folder, 'web-0.1.0.tgz')
      await work.must(helm, 'push', archive, `oci://${registry}/charts`, '--plain-http', '--registry-config', config)

      work.env['HELM_MAX_HISTORY'] = '2'
      const one = await bench.push('app:1')
      const chart = { chart: `oci://${registry}/charts/web`, 'chart-version': '0.1.0' }
      const planned = await bench.deploy(one, { ...chart, 'dry-run': 'true' })
      expect(planned.outputs).toMatchObject({ outcome: 'succeeded', revision: '' })
      expect(bench.writes()).toEqual([])
      const first = await bench.deploy(one, chart)
      expect(first.outputs).toMatchObject({ outcome: 'succeeded', revision: '1' })
      expect((await bench.deploy(one, chart)).outputs).toMatchObject({ outcome: 'unchanged', revision: '1' })
      for (const replicas of ['2', '3']) await bench.deploy(one, { ...chart, set: `replicas=${replicas}` })
      expect(await bench.history()).toEqual(['2 superseded', '3 deployed'])
      const missing = await bench.deploy(one, { ...chart, 'chart-version': '7.0.0' })
      expect(missing.log.join('\n')).toMatch(/error: cannot get the chart .*charts\/web 7\.0\.0: /)
      expect(missing.outputs['outcome']).toBe('failed')
    })
  })
}

test('wrong inputs about helm and its chart are told all at once', () => {
  const given: Readonly<Record<string, string>> = {
    release: 'web',
    chart: 'orders',
    'chart-repository': 'http://charts.example',
    'helm-version': '3.2.0',
    'helm-checksum': 'abc',
    helm: '/usr/bin/helm',
  }
  expect(() => readInputs(helmUpgradeWithHistory, (name) => given[name])).toThrow(/helm-checksum/)
  const better = { ...given, 'helm-checksum': '' }
  const problems = () => readInputs(helmUpgradeWithHistory, (name) => (better as Record<string, string>)[name])
  expect(problems).toThrow(/'chart': expected an https:/)
  expect(problems).toThrow(/'helm-version': helm 3\.2\.0 is not supported/)
  expect(problems).toThrow(/'helm-version': goes without 'helm'/)
})
