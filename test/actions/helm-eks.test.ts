import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { runAction } from '../../src/action/run.ts'
import { helmUpgradeWithHistory } from '../../src/actions/helm-upgrade-with-history.ts'
import { runningDigests } from '../../src/helm/running-digests.ts'
import { type HelmBench, helmBench } from '../support/helm-bench.ts'
import { memoryHost } from '../support/memory-host.ts'
import { unlisted } from '../support/permissions.ts'
import { program } from '../support/programs.ts'
import { type TlsCluster, tlsCluster } from '../support/tls-cluster.ts'
import { tool } from '../support/tools.ts'

const openssl = program('openssl')
const before = { ...process.env }
let bench: HelmBench
let cluster: TlsCluster
afterEach(async () => {
  await cluster.close()
  await bench.close()
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
  Object.assign(process.env, before)
})

for (const name of ['helm3', 'helm4'] as const) {
  const helm = await tool(name)
  const it = helm.path === undefined || openssl === undefined ? test.skip : test

  describe(`helm-upgrade-with-history on EKS by ${name}`, () => {
    beforeEach(async () => {
      bench = await helmBench(helm)
      cluster = await tlsCluster(bench.sandbox)
      Object.assign(process.env, bench.sandbox.environment(), { AWS_ENDPOINT_URL: cluster.awsEndpoint })
    })

    it('reaches the cluster by its name, its certificate and a token, without a kubeconfig', async () => {
      const image = await bench.push('app:1')
      const { KUBECONFIG: _, ...env } = bench.work.env
      const inputs = { 'eks-cluster': 'sandbox', release: 'web', timeout: '4m', 'image-key': 'image' }
      const host = memoryHost({ ...inputs, chart: bench.chart, image, helm: helm.path ?? '' }, env)
      await runAction(helmUpgradeWithHistory, host, bench.clock())
      expect(host.outputs).toMatchObject({ outcome: 'succeeded', revision: '1' })
      const programs = cluster.seen.filter(({ authorization }) => authorization.startsWith('Bearer k8s-aws-v1.'))
      expect(new Set(programs.map(({ program }) => program))).toEqual(new Set(['strangler-deploy', 'Helm']))
      expect(cluster.seen).toHaveLength(programs.length)
      for (const { authorization } of programs) expect(host.masked).toContain(authorization.slice('Bearer '.length))
      expect(host.log.join('\n')).not.toContain('k8s-aws-v1.')
      expect(
        unlisted(
          helmUpgradeWithHistory,
          bench.sandbox.calls.all().filter(({ service }) => service === 'eks'),
        ),
      ).toEqual([])
      const found = await runningDigests({ 'eks-cluster': 'sandbox', release: 'web' }, image, {
        env,
        clock: bench.clock(),
        host,
      })
      expect(found).toEqual([image.split('@')[1]])
    })
  })
}
