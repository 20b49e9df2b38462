import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { pack } from 'tar-stream'
import { type HelmBench, helmBench } from '../support/helm-bench.ts'
import { tool } from '../support/tools.ts'

let bench: HelmBench
afterEach(async () => await bench.close())

for (const name of ['helm3', 'helm4'] as const) {
  const helm = await tool(name)
  const it = helm.path === undefined ? test.skip : test

  describe(`the values of helm-upgrade-with-history by ${name}`, () => {
    beforeEach(async () => {
      bench = await helmBench(helm)
    })

    it('of the last release are forgotten, kept, or laid over the new defaults of the chart, as values-mode says', async () => {
      const one = await bench.push('app:1')
      const replicas = async (): Promise<number> => {
        const url = `${bench.sandbox.endpoint()}/kubernetes/sandbox/apis/apps/v1/namespaces/default/deployments/web`
        return ((await (await fetch(url)).json()) as { spec: { replicas: number } }).spec.replicas
      }
      const values = async (): Promise<Record<string, unknown>> =>
        JSON.parse(await bench.work.must(helm, 'get', 'values', 'web', '--all', '-o', 'json')) as Record<
          string,
          unknown
        >
      await bench.deploy(one, { set: 'replicas=2' })
      const kept = await bench.deploy(one, { 'values-mode': 'reuse' })
      expect(kept.outputs).toMatchObject({ outcome: 'unchanged', revision: '1' })

      writeFileSync(join(bench.chart, 'values.yaml'), 'image: ""\nreplicas: 1\nhook: ""\njob: ""\nextra: new\n')
      await bench.deploy(one, { 'values-mode': 'reuse', set: 'other=1' })
      expect([await replicas(), (await values())['extra']]).toEqual([2, undefined])
      const chartFile = join(bench.chart, 'Chart.yaml')
      writeFileSync(chartFile, readFileSync(chartFile, 'utf8').replace('0.1.0', '0.2.0'))
      await bench.deploy(one, { 'values-mode': 'reset-then-reuse' })
      expect([await replicas(), (await values())['extra'], (await values())['other']]).toEqual([2, 'new', 1])
      const reset = await bench.deploy(one)
      expect(reset.outputs).toMatchObject({ outcome: 'succeeded', revision: '4' })
      expect([await replicas(), (await values())['other']]).toEqual([1, undefined])
    })
  })
}

const helm = await tool('helm4')
const it = helm.path === undefined ? test.skip : test

it('the helm that is asked for is downloaded, held to its checksum, and deploys', async () => {
  bench = await helmBench(helm)
  const packing = pack()
  packing.entry({ name: 'linux-amd64/helm', mode: 0o755 }, readFileSync(helm.path ?? ''))
  packing.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of packing) chunks.push(chunk as Buffer)
  const archive = gzipSync(Buffer.concat(chunks), { level: 1 })
  const checksum = createHash('sha256').update(archive).digest('hex')
  const server = createServer((request, response) => {
    response.end(request.url?.endsWith('.sha256sum') ? `${checksum}  helm.tar.gz\n` : archive)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  try {
    bench.work.env['STRANGLER_DEPLOY_HELM_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    bench.work.env['RUNNER_TOOL_CACHE'] = join(bench.work.folder, 'tools')
    const asked = { helm: '', 'helm-version': '4.2.3', 'helm-checksum': checksum }
    const host = await bench.deploy(await bench.push('app:1'), asked)
    expect(host.outputs).toMatchObject({ outcome: 'succeeded', 'helm-version': '4.2.3', revision: '1' })
    const refused = await bench.deploy('', { ...asked, operation: 'status', 'helm-checksum': 'a'.repeat(64) })
    expect(refused.log.join('\n')).toContain('the input helm-checksum says aaaa')
    expect(refused.outputs['outcome']).toBe('failed')
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
