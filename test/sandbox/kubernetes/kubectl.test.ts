import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts'
import { deployment } from '../../support/kube-client.ts'
import { type KubeWorkspace, kubeWorkspace } from '../../support/kubernetes.ts'
import { pushImage } from '../../support/registry.ts'
import { tool } from '../../support/tools.ts'

let sandbox: Sandbox
let work: KubeWorkspace
beforeEach(async () => {
  sandbox = await startSandbox({ speed: 100 })
  work = kubeWorkspace(sandbox)
})
afterEach(async () => {
  await sandbox.close()
  work.remove()
})

for (const name of ['kubectl', 'kubectl-1.32'] as const) {
  const kubectl = await tool(name)
  const it = kubectl.path === undefined ? test.skip : test

  describe(`${name} against a cluster of the sandbox`, () => {
    const must = (...args: string[]) => work.must(kubectl, ...args)
    const manifest = (object: unknown): string => {
      const file = join(work.folder, 'manifest.json')
      writeFileSync(file, JSON.stringify(object))
      return file
    }
    const web = async (tag = '1', labels: Record<string, string> = {}): Promise<string> => {
      const { byTag } = await pushImage(sandbox, `app:${tag}`, { labels: { 'sandbox.log': `hello ${tag}`, ...labels } })
      return manifest(deployment(byTag))
    }

    it('applies, watches the rollout, scales, undoes and deletes', async () => {
      expect(await must('apply', '-f', await web('1'))).toBe('deployment.apps/web created')
      expect(await must('rollout', 'status', 'deploy/web', '--timeout=10s')).toContain('successfully rolled out')
      expect(await must('apply', '-f', await web('1'))).toBe('deployment.apps/web unchanged')
      expect(await must('apply', '-f', await web('2'))).toBe('deployment.apps/web configured')
      await must('rollout', 'status', 'deploy/web', '--timeout=10s')
      expect(await must('get', 'deploy', 'web', '-o', 'jsonpath={..image}')).toMatch(/app:2$/)
      await must('rollout', 'undo', 'deploy/web')
      await must('scale', 'deploy/web', '--replicas=3')
      await must('rollout', 'status', 'deploy/web', '--timeout=10s')
      expect(await must('get', 'deploy', 'web')).toMatch(
        /NAME\s+READY\s+UP-TO-DATE\s+AVAILABLE\s+AGE\nweb\s+3\/3\s+3\s+3/,
      )
      await must('delete', 'deploy', 'web', '--timeout=10s')
      expect((await work.run(kubectl, 'get', 'deploy', 'web')).stderr).toContain(
        'Error from server (NotFound): deployments.apps "web" not found',
      )
    })

    it('shows the logs of a crashed container and describes why', async () => {
      await must('apply', '-f', await web('1', { 'sandbox.exit-code': '3' }))
      await must(
        'wait',
        '--for=jsonpath={.status.containerStatuses[0].state.waiting.reason}=CrashLoopBackOff',
        'pod',
        '-l',
        'app=web',
        '--timeout=10s',
      )
      const pod = (await must('get', 'pods', '-o', 'name')).split('\n')[0] ?? ''
      expect(await must('logs', pod, '--previous', '--tail=1')).toBe('hello 1')
      const told = await must('describe', pod)
      expect(told).toMatch(/Last State:\s+Terminated\n\s+Reason:\s+Error\n\s+Exit Code:\s+3/)
      expect(told).toContain('Back-off restarting failed container app in pod')
    })

    it('refuses a field that is not in the schema, and applies on the server', async () => {
      const file = await web()
      expect(await must('apply', '--server-side', '-f', file)).toBe('deployment.apps/web serverside-applied')
      const wrong = manifest({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, dat: {} })
      expect((await work.run(kubectl, 'create', '-f', wrong)).stderr).toContain('unknown field "dat"')
      expect(await must('auth', 'can-i', 'delete', 'pods')).toBe('yes')
      expect(await must('api-resources', '--api-group=apps', '-o', 'name')).toContain('deployments.apps')
      expect(await must('explain', 'deployment.spec.replicas')).toMatch(/replicas\s+<integer>/)
      expect(await must('get', 'all,ing,cm,events,nodes', '-A')).toContain('deployment.apps/web')
    })

    it('runs a Job from a CronJob and waits for it', async () => {
      const { byTag } = await pushImage(sandbox, 'report:1', { labels: { 'sandbox.exit-code': '0' } })
      await must('create', 'cronjob', 'report', `--image=${byTag}`, '--schedule=0 0 1 1 *')
      await must('create', 'job', 'now', '--from=cronjob/report')
      await must('wait', '--for=condition=complete', 'job/now', '--timeout=10s')
      await must('create', 'namespace', 'team')
      await must('create', 'secret', 'generic', 'a', '--from-literal=b=c', '-n', 'team')
      expect(await must('get', 'secret', 'a', '-n', 'team', '-o', 'jsonpath={.data.b}')).toBe('Yw==')
      await must('delete', 'namespace', 'team', '--timeout=10s')
    })
  })
}
