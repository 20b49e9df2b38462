import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { systemClock } from '../../src/action/clock.ts'
import { runCommand } from '../../src/action/command.ts'
import { runAction } from '../../src/action/run.ts'
import { helmUpgradeWithHistory } from '../../src/actions/helm-upgrade-with-history.ts'
import { webChart } from '../support/kubernetes.ts'
import { type MemoryHost, memoryHost } from '../support/memory-host.ts'
import { tool } from '../support/tools.ts'
import { type ControlPlane, controlPlane } from './control-plane.ts'

/** An image whose tag says what becomes of its pods: test/cluster/stages.yaml. */
const image = (fate: string, digit: string): string => `registry.test/app:fate-${fate}@sha256:${digit.repeat(64)}`
const images = {
  good: image('good', 'a'),
  better: image('better', 'b'),
  crash: image('crash', 'c'),
  missing: image('missing', 'd'),
  sick: image('sick', 'e'),
}

const tools = process.env['STRANGLER_CLUSTER'] ?? ''
let plane: ControlPlane
let folder: string
let chart: string
let count = 0
let env: NodeJS.ProcessEnv

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'strangler-kube-'))
  plane = await controlPlane(tools, join(process.cwd(), 'test/cluster/stages.yaml'))
  const values = 'image: ""\nreplicas: 1\nhook: ""\nhookEvents: pre-upgrade\njob: ""\n'
  const files = {
    'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n',
    ...webChart,
    'values.yaml': values,
  }
  chart = join(folder, 'web')
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(chart, path)), { recursive: true })
    writeFileSync(join(chart, path), text)
  }
  env = {
    PATH: process.env['PATH'],
    HOME: folder,
    KUBECONFIG: plane.kubeconfig,
    HELM_CACHE_HOME: join(folder, 'cache'),
    HELM_CONFIG_HOME: join(folder, 'config'),
    HELM_DATA_HOME: join(folder, 'data'),
  }
}, 120_000)
afterAll(async () => {
  await plane?.close()
  rmSync(folder, { recursive: true, force: true })
})

describe.each(['helm3', 'helm4'] as const)('helm-upgrade-with-history by %s, on a real API server', (name) => {
  const helm = async (): Promise<string> => {
    const { path } = await tool(name)
    if (path === undefined) throw new Error(`${name} is not there`)
    return path
  }
  const namespace = async (): Promise<string> => {
    const made = `n${++count}`
    const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: made } }
    expect((await plane.call('POST', '/api/v1/namespaces', body)).status).toBe(201)
    return made
  }
  const deploy = async (where: string, of: string, inputs: Record<string, string> = {}): Promise<MemoryHost> => {
    const given = {
      release: 'web',
      chart,
      namespace: where,
      image: of,
      'image-key': 'image',
      timeout: '90s',
      ...inputs,
    }
    const host = memoryHost({ helm: await helm(), ...given }, env)
    await runAction(helmUpgradeWithHistory, host, systemClock())
    return host
  }
  const history = async (where: string): Promise<string[]> => {
    const { stdout } = await runCommand([await helm(), 'history', 'web', '-n', where, '-o', 'json'], { env })
    return (JSON.parse(stdout) as { revision: number; status: string }[]).map((one) => `${one.revision} ${one.status}`)
  }
  const live = async (where: string): Promise<string | undefined> => {
    const { json } = await plane.call('GET', `/apis/apps/v1/namespaces/${where}/deployments/web`)
    const deployment = json as { spec?: { template: { spec: { containers: { image: string }[] } } } }
    return deployment.spec?.template.spec.containers[0]?.image
  }
  /** Runs helm as a run would that is killed once its record is there. */
  const killed = async (where: string, revision: number, ...args: readonly string[]): Promise<void> => {
    const stop = new AbortController()
    const argv: [string, ...string[]] = [
      await helm(),
      ...args,
      '-n',
      where,
      '--wait',
      '--timeout',
      '60s',
      '--labels',
      'ci-run=test.1',
    ]
    const running = runCommand(argv, { env, signal: stop.signal, killSignal: 'SIGKILL' })
    const record = `/api/v1/namespaces/${where}/secrets/sh.helm.release.v1.web.v${revision}`
    while ((await plane.call('GET', record)).status !== 200) await systemClock().sleep(100)
    await systemClock().sleep(1_000)
    stop.abort()
    await running
  }
  const end = (host: MemoryHost) => [host.code, host.outputs['outcome']]

  test('deploys, says unchanged the second time, and rolls a crashing version back with the reason', async () => {
    const where = await namespace()
    expect(end(await deploy(where, images.good))).toEqual([0, 'succeeded'])
    expect(end(await deploy(where, images.good))).toEqual([0, 'unchanged'])
    const began = Date.now()
    const host = await deploy(where, images.crash)
    expect(end(host)).toEqual([1, 'rolled-back'])
    expect(host.outputs['failure-reason']).toMatch(/^Deployment\/web: container app CrashLoopBackOff, exit 3/)
    expect(Date.now() - began).toBeLessThan(60_000)
    expect(await live(where)).toBe(images.good)
    expect(await history(where)).toEqual(['1 superseded', '2 failed', '3 deployed'])
  }, 120_000)

  test('gives up an image that cannot be pulled long before the time is up', async () => {
    const where = await namespace()
    await deploy(where, images.good)
    const began = Date.now()
    const host = await deploy(where, images.missing, { timeout: '5m' })
    expect(end(host)).toEqual([1, 'rolled-back'])
    expect(host.outputs['failure-reason']).toMatch(/ImagePullBackOff/)
    expect(Date.now() - began).toBeLessThan(60_000)
    expect(await live(where)).toBe(images.good)
  }, 120_000)

  test('repairs a first install that was killed', async () => {
    const where = await namespace()
    await killed(where, 1, 'install', 'web', chart, '--set-string', `image=${images.sick}`)
    expect(await history(where)).toEqual(['1 pending-install'])
    const host = await deploy(where, images.good)
    expect(end(host)).toEqual([0, 'succeeded'])
    expect(host.outputs['recovered-from']).toBe('pending-install')
    expect(await live(where)).toBe(images.good)
  }, 120_000)

  test('repairs an upgrade that was killed', async () => {
    const where = await namespace()
    await deploy(where, images.good)
    await killed(where, 2, 'upgrade', 'web', chart, '--set-string', `image=${images.sick}`)
    const host = await deploy(where, images.better)
    expect(end(host)).toEqual([0, 'succeeded'])
    expect(host.outputs['recovered-from']).toBe('pending-upgrade')
    expect(await live(where)).toBe(images.better)
  }, 120_000)

  test('takes a failed first install further', async () => {
    const where = await namespace()
    const failed = await deploy(where, images.crash)
    expect(failed.code).toBe(1)
    expect(end(await deploy(where, images.good))).toEqual([0, 'succeeded'])
    expect(await live(where)).toBe(images.good)
  }, 120_000)

  test('leaves the workload alone when a migration hook fails, and names it', async () => {
    const where = await namespace()
    await deploy(where, images.good)
    const host = await deploy(where, images.better, { set: `hook=${images.crash}` })
    expect(host.code).toBe(1)
    expect(host.outputs['failure-reason']).toMatch(/web-hook/)
    expect(await live(where)).toBe(images.good)
  }, 120_000)

  const astray =
    name === 'helm3'
      ? {
          from: 'selector: {app: {{ .Release.Name }}}\n  ports',
          to: 'selector: {app: ordres}\n  ports',
          reason: /no endpoints: its selector app=ordres/,
        }
      : { from: 'targetPort: http', to: 'targetPort: web', reason: /targetPort web is not a port of app/ }
  test('goes back when a Service leads nowhere, though every pod is up', async () => {
    const where = await namespace()
    await deploy(where, images.good)
    const changed = `${chart}-${count}`
    cpSync(chart, changed, { recursive: true })
    const template = join(changed, 'templates/all.yaml')
    writeFileSync(template, readFileSync(template, 'utf8').replace(astray.from, astray.to))
    const host = await deploy(where, images.better, { chart: changed, timeout: '20s' })
    expect(end(host)).toEqual([1, 'rolled-back'])
    expect(host.outputs['failure-reason']).toMatch(astray.reason)
    expect(await live(where)).toBe(images.good)
    expect(await history(where)).toEqual(['1 superseded', '2 failed', '3 deployed'])
    expect(end(await deploy(where, images.good))).toEqual([0, 'unchanged'])
  }, 120_000)

  test('names the immutable Job', async () => {
    const where = await namespace()
    await deploy(where, images.good, { set: `job=${images.good}` })
    const host = await deploy(where, images.better, { set: `job=${images.better}` })
    expect(host.code).toBe(1)
    expect(host.outputs['failure-reason']).toMatch(/web-job.*immutable|immutable.*web-job/)
    expect(await live(where)).toBe(images.good)
  }, 120_000)
})
