import { type Clock, systemClock } from '../../src/action/clock.ts'
import { runCommand } from '../../src/action/command.ts'
import { runAction } from '../../src/action/run.ts'
import { helmUpgradeWithHistory } from '../../src/actions/helm-upgrade-with-history.ts'
import type { Call } from '../../src/sandbox/calls.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts'
import { type KubeWorkspace, kubeWorkspace, webChart } from './kubernetes.ts'
import { type MemoryHost, memoryHost } from './memory-host.ts'
import { pushImage } from './registry.ts'
import type { Tool } from './tools.ts'

/** Fast enough for back-offs, slow enough for a real helm that takes half a second to start. */
const speed = 20

/** A sandbox with a chart `web`, and the action run against it by one real helm. */
export interface HelmBench {
  readonly sandbox: Sandbox
  readonly work: KubeWorkspace
  readonly chart: string
  clock(): Clock
  /** Pushes an image that behaves by its labels; returns it by digest. */
  push(name: string, labels?: Record<string, string>): Promise<string>
  /** A host with the inputs of one deployment of `web`. */
  host(image: string, inputs?: Record<string, string>): MemoryHost
  deploy(image: string, inputs?: Record<string, string>): Promise<MemoryHost>
  /** `1 superseded`, `2 deployed`… */
  history(): Promise<string[]>
  /** Calls to the cluster that changed something. */
  writes(): readonly Call[]
  liveImage(): Promise<string>
  /** Runs helm as a run would that is killed once the record of `revision` is there. */
  kill(revision: number, ...args: readonly string[]): Promise<void>
  close(): Promise<void>
}

export async function helmBench(helm: Tool): Promise<HelmBench> {
  const sandbox = await startSandbox({ speed })
  const work = kubeWorkspace(sandbox)
  const values = 'image: ""\nreplicas: 1\nhook: ""\nhookEvents: pre-upgrade\njob: ""\n'
  const chart = work.chart('web', { ...webChart, 'values.yaml': values })
  const clock = () => systemClock(speed, sandbox.clock.epoch)
  const cluster = `${sandbox.endpoint()}/kubernetes/sandbox`
  const bench: HelmBench = {
    sandbox,
    work,
    chart,
    clock,
    push: async (name, labels = {}) =>
      (await pushImage(sandbox, name, { labels: { 'sandbox.log': name, ...labels } })).byDigest,
    host: (image, inputs = {}) =>
      memoryHost(
        { release: 'web', chart, image, 'image-key': 'image', helm: helm.path ?? '', timeout: '4m', ...inputs },
        { ...work.env },
      ),
    async deploy(image, inputs) {
      const host = bench.host(image, inputs)
      await runAction(helmUpgradeWithHistory, host, clock())
      return host
    },
    async history() {
      const all = JSON.parse(await work.must(helm, 'history', 'web', '-o', 'json')) as Record<string, unknown>[]
      return all.map(({ revision, status }) => `${revision} ${status}`)
    },
    writes: () =>
      sandbox.calls
        .all()
        .filter(({ method, path, status }) => path.startsWith('/kubernetes/') && method !== 'GET' && status < 400),
    async liveImage() {
      const answer = await fetch(`${cluster}/apis/apps/v1/namespaces/default/deployments/web`)
      const { spec } = (await answer.json()) as { spec: { template: { spec: { containers: { image: string }[] } } } }
      return spec.template.spec.containers[0]?.image ?? ''
    },
    async kill(revision, ...args) {
      const stop = new AbortController()
      const options = { env: work.env, signal: stop.signal, killSignal: 'SIGKILL' } as const
      const running = runCommand([helm.path ?? '', ...args, '--wait', '--timeout', '60s'], options)
      const record = `${cluster}/api/v1/namespaces/default/${work.env['HELM_DRIVER'] ?? 'secret'}s/sh.helm.release.v1.web.v${revision}`
      while (!(await fetch(record)).ok) await clock().sleep(1_000)
      await clock().sleep(2_000)
      stop.abort()
      await running
    },
    async close() {
      await sandbox.close()
      work.remove()
    },
  }
  return bench
}
