import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { systemClock } from '../../src/action/clock.ts'
import { type AskedCluster, withCluster } from '../../src/helm/cluster-access.ts'
import { kubernetesApi, resources } from '../../src/helm/kubernetes-api.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts'

const speed = 1_000
const before = { ...process.env }
let sandbox: Sandbox
beforeEach(async () => {
  sandbox = await startSandbox({ speed })
  Object.assign(process.env, sandbox.environment())
})
afterEach(async () => {
  await sandbox.close()
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
  Object.assign(process.env, before)
})

const masked: string[] = []
const warnings: string[] = []
const parts = () => ({
  env: process.env,
  clock: systemClock(speed, sandbox.clock.epoch),
  log: { warn: (line: string) => void warnings.push(line) },
  mask: (secret: string) => void masked.push(secret),
})
const asked = (eksCluster: string, roleArns: readonly string[] = []): AskedCluster => ({
  kubeconfig: undefined,
  kubeContext: undefined,
  eksCluster,
  aws: { roleArns },
})
const tokenOf = (access: { user: { token: unknown } }): string =>
  readFileSync((access.user.token as { file: string }).file, 'utf8')

describe('an EKS cluster by its name', () => {
  test('is reached by a token for it alone, private and masked, and nothing is left behind', async () => {
    const role = 'arn:aws:iam::111122223333:role/deployer'
    const folder = await withCluster(asked('sandbox', [role]), parts(), async ({ access, kubeconfig = '' }) => {
      expect(access.server).toBe(`${sandbox.endpoint()}/kubernetes/sandbox`)
      const token = tokenOf(access)
      expect(masked).toContain(token)
      const url = new URL(Buffer.from(token.replace(/^k8s-aws-v1\./, ''), 'base64url').toString('utf8'))
      expect(url.searchParams.get('X-Amz-Expires')).toBe('60')
      expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe('host;x-k8s-aws-id')
      expect(url.searchParams.get('X-Amz-Credential')).toMatch(/^ASIA/)
      expect(readFileSync(kubeconfig, 'utf8')).not.toContain(token)
      for (const file of [kubeconfig, join(dirname(kubeconfig), 'token')])
        expect(statSync(file).mode & 0o777).toBe(0o600)
      expect(await kubernetesApi(access, parts()).list(resources.pods, 'default')).toEqual([])
      return dirname(kubeconfig)
    })
    expect(existsSync(folder)).toBe(false)
  })

  test('stays reachable for longer than a token lives', async () => {
    await withCluster(asked('sandbox'), parts(), async ({ access }) => {
      const first = tokenOf(access)
      const api = kubernetesApi(access, parts())
      await parts().clock.sleep(40 * 60_000)
      expect(tokenOf(access)).not.toBe(first)
      expect(await api.list(resources.pods, 'default')).toEqual([])
      const authorization = `Bearer ${first}`
      const old = await fetch(`${access.server}/api/v1/namespaces/default/pods`, { headers: { authorization } })
      expect(old.status).toBe(401)
    })
    expect(warnings).toEqual([])
  })

  test('that is not there is told by its name', async () => {
    const reached = withCluster(asked('orders-live'), parts(), async () => undefined)
    await expect(reached).rejects.toThrow(
      'finding the EKS cluster orders-live: ResourceNotFoundException: No cluster found for name: orders-live.',
    )
  })
})
