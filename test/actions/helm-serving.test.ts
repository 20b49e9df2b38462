import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { runAction } from '../../src/action/run.ts'
import { helmUpgradeWithHistory } from '../../src/actions/helm-upgrade-with-history.ts'
import { type HelmBench, helmBench } from '../support/helm-bench.ts'
import { webChart } from '../support/kubernetes.ts'
import { tool } from '../support/tools.ts'

let bench: HelmBench
let status = 200
let requests = 0
const server = createServer((_, response) => {
  requests++
  response.writeHead(status, { 'content-type': 'text/plain' }).end(status === 503 ? 'no healthy upstream' : 'ok')
})
let url = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  status = 200
  requests = 0
})

/** The web chart with something else in its place. */
const changed = (name: string, from: string, to: string): string => {
  const text = webChart['templates/all.yaml'] ?? ''
  if (!text.includes(from)) throw new Error(`the chart has no ${from}`)
  return bench.work.chart(name, { ...webChart, 'templates/all.yaml': text.replace(from, to) })
}

for (const name of ['helm3', 'helm4'] as const) {
  const helm = await tool(name)
  const it = helm.path === undefined ? test.skip : test

  describe(`a deployment by ${name} that users are not served by`, () => {
    beforeEach(async () => {
      bench = await helmBench(helm)
    })
    afterEach(async () => await bench.close())

    it('goes back when its Service selects none of the new pods, and names the Service', async () => {
      const one = await bench.push('app:1')
      await bench.deploy(one)
      const astray = changed(
        'astray',
        'selector: {app: {{ .Release.Name }}}\n  ports',
        'selector: {app: ordres}\n  ports',
      )
      const host = await bench.deploy(await bench.push('app:2'), { chart: astray, timeout: '30s' })
      expect(host.code).toBe(1)
      expect(host.outputs).toMatchObject({
        outcome: 'rolled-back',
        'rolled-back-to': '1',
        'failure-reason': 'Service/web: no endpoints: its selector app=ordres matches no pods of the release',
        'failed-objects': '["Service/web"]',
      })
      expect(host.summaries[0]).toMatch(/\| web \| 0 \| ❌ no endpoints/)
      expect(host.summaries[0]).toContain('its selector must equal the labels of the pods')
      expect(await bench.history()).toEqual(['1 superseded', '2 failed', '3 deployed'])
      expect(await bench.liveImage()).toBe(one)
      expect(await bench.work.must(helm, 'history', 'web')).toContain('failed: Service/web: no endpoints')
    })
  })
}

const helm = await tool('helm4')
const kubectl = await tool('kubectl')
const it = helm.path === undefined ? test.skip : test

describe('what stands after a deployment', () => {
  beforeAll(async () => {
    bench = await helmBench(helm)
  })
  afterAll(async () => await bench.close())
  const release = (name: string, inputs: Record<string, string> = {}) => ({ release: name, ...inputs })

  it('is told when it holds: endpoints by Service in the summary and the result', async () => {
    const host = await bench.deploy(await bench.push('app:1'), release('good', { set: 'replicas=2' }))
    expect(host.outputs['outcome']).toBe('succeeded')
    expect(host.summaries[0]).toContain('| good | 2/2 | ✅ serves |')
    if (kubectl.path !== undefined) {
      const slices = await bench.work.must(kubectl, 'get', 'endpointslices', '-l', 'kubernetes.io/service-name=good')
      expect(slices).toMatch(/good-\w+\s+IPv4\s+8080\s+10\.\S+,10\.\S+/)
    }
  })

  it('includes a port that the pods have: a targetPort of another name fails, unchanged again and again', async () => {
    const chart = changed('port', 'targetPort: http', 'targetPort: web')
    const image = await bench.push('app:1')
    const inputs = release('port', { chart, timeout: '30s', 'on-failure': 'leave' })
    const host = await bench.deploy(image, inputs)
    expect(host.outputs).toMatchObject({ outcome: 'failed', status: 'failed' })
    expect(host.outputs['failure-reason']).toBe('Service/port: targetPort web is not a port of app')
    expect(host.outputs['lint-findings']).toContain('"rule":"no-port"')

    const lax = await bench.deploy(image, { ...inputs, 'check-services': 'warn' })
    expect(lax.outputs['outcome']).toBe('succeeded')
    expect(lax.log.join('\n')).toMatch(/warn: Service\/port: targetPort web is not a port of app/)
    bench.sandbox.calls.clear()
    const again = await bench.deploy(image, inputs)
    expect(again.outputs).toMatchObject({
      outcome: 'failed',
      'failure-reason': 'nothing differs from what is deployed, but Service/port: targetPort web is not a port of app',
    })
    expect(bench.writes()).toEqual([])
  })

  it('lets Services be that are headless for others, external, by hand, or scaled to zero', async () => {
    const others = `
---
apiVersion: v1
kind: Service
metadata: {name: others-headless}
spec: {clusterIP: None, selector: {app: elsewhere}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: others-external}
spec: {type: ExternalName, externalName: db.example.org}
---
apiVersion: v1
kind: Service
metadata: {name: others-by-hand}
spec: {ports: [{port: 80}]}
`
    const text = webChart['templates/all.yaml'] ?? ''
    const chart = bench.work.chart('others', { ...webChart, 'templates/all.yaml': text, 'templates/o.yaml': others })
    const host = await bench.deploy(await bench.push('app:1'), release('others', { chart, set: 'replicas=0' }))
    expect(host.outputs['outcome']).toBe('succeeded')
    expect(host.summaries[0]).toContain('| others | 0/0 | scaled to zero |')
  })

  it('goes on with a warning that names the verb when slices may not be listed', async () => {
    bench.sandbox.faults.add({
      service: 'kubernetes',
      operation: 'GET endpointslices.discovery.k8s.io',
      kind: 'access-denied',
    })
    const host = await bench.deploy(await bench.push('app:1'), release('blind'))
    expect(host.outputs['outcome']).toBe('succeeded')
    bench.sandbox.faults.clear()
    expect(host.log.join('\n')).toMatch(/warn: may not list endpointslices\.discovery\.k8s\.io in default/)
  })

  it('includes the digest: a chart that deploys by a tag that was moved is told by pod and digest', async () => {
    const asked = await bench.push('moved:1')
    const other = await bench.push('moved:2')
    const tagged = `${other.split('@')[0]}:2`
    const chart = changed('tagged', 'image: {{ .Values.image }}', 'image: {{ .Values.tagged }}')
    const inputs = release('moved', { chart, set: `tagged=${tagged}\nreplicas=1` })
    const host = await bench.deploy(asked, inputs)
    expect(host.outputs['outcome']).toBe('failed')
    expect(host.outputs['failure-reason']).toMatch(
      new RegExp(
        `^Deployment/moved: container app of pod moved-\\S+ runs ${other.split('@')[1]}, not ${asked.split('@')[1]}$`,
      ),
    )
  })

  it('goes back when the address keeps answering 503, and names the answer', async () => {
    const one = await bench.push('app:1')
    const first = await bench.deploy(one, { release: 'probed', 'probe-url': url, 'probe-successes': '4' })
    expect(first.outputs['outcome']).toBe('succeeded')
    expect(requests).toBe(4)
    status = 503
    const two = await bench.push('app:2')
    const host = await bench.deploy(two, {
      release: 'probed',
      'probe-url': `${url}?token=hush`,
      'probe-timeout': '20s',
    })
    expect(host.outputs).toMatchObject({ outcome: 'rolled-back', 'rolled-back-to': '1' })
    expect(host.outputs['failure-reason']).toBe(
      `${url} answered 503 "no healthy upstream" (0 of 3 successes in a row within 20s)`,
    )
    expect(host.log.join('\n')).toMatch(
      /hint: revision 1 does not serve either \(http:\S+ answered 503 .*\): the cause is not in what was deployed/,
    )
    expect([host.log, host.summaries].flat().join('\n')).not.toContain('hush')
  })

  it('ends at once when it is cancelled while it waits, and goes back', async () => {
    const one = await bench.push('app:1')
    await bench.deploy(one, release('stop'))
    status = 503
    const host = bench.host(await bench.push('app:2'), release('stop', { 'probe-url': url, 'probe-timeout': '10m' }))
    const running = runAction(helmUpgradeWithHistory, host, bench.clock())
    while (!host.log.some((line) => line.includes('answered 503'))) await bench.clock().sleep(500)
    const began = Date.now()
    host.cancel()
    await running
    expect(Date.now() - began).toBeLessThan(7_000)
    expect(host.outputs).toMatchObject({ outcome: 'cancelled', 'rolled-back-to': '1' })
  })
})

describe('what stands before a deployment', () => {
  beforeAll(async () => {
    bench = await helmBench(helm)
  })
  afterAll(async () => await bench.close())

  it('warns of everything at once by default, and says it in the summary', async () => {
    const host = await bench.deploy(await bench.push('app:1'))
    expect(host.outputs['outcome']).toBe('succeeded')
    const warned = host.log.find((line) => line.startsWith('warn: lint:')) ?? ''
    expect(warned).toMatch(/^warn: lint: 2 findings in the rendered manifest\n/)
    expect(warned).toMatch(
      /Deployment\/web: container app is behind a Service and has no preStop hook: .*\(no-pre-stop\)/,
    )
    expect(warned).toMatch(/Deployment\/web: timeout 4m ends before progressDeadlineSeconds 600: .*\(short-timeout\)/)
    expect(host.summaries[0]).toContain('(`no-pre-stop`)')
    expect(JSON.parse(host.outputs['lint-findings'] ?? '')).toHaveLength(2)
  })

  it('stops the deployment before anything is changed when findings are errors, also the first one', async () => {
    bench.sandbox.calls.clear()
    const image = await bench.push('app:2')
    for (const inputs of [{}, { release: 'fresh' }, { 'dry-run': 'true' }]) {
      const host = await bench.deploy(image, { lint: 'error', ...inputs })
      expect(host.code).toBe(3)
      expect(host.outputs['outcome']).toBe('blocked')
      expect(host.outputs['failure-reason']).toMatch(
        /^lint: Deployment\/\w+: container app .*no preStop hook.*; and 1 more$/,
      )
    }
    expect(bench.writes()).toEqual([])
  })

  it('lets rules be left out by name, and the whole lint', async () => {
    const image = await bench.push('app:3')
    const rules = 'no-pre-stop, short-timeout'
    const host = await bench.deploy(image, { lint: 'error', 'lint-ignore': rules })
    expect(host.outputs).toMatchObject({ outcome: 'succeeded', 'lint-findings': '[]' })
    const off = await bench.deploy(image, { lint: 'off' })
    expect(off.log.join('\n')).not.toContain('lint')
  })

  it('has its inputs checked by name, all at once', async () => {
    const host = await bench.deploy('', {
      'lint-ignore': 'no-such',
      'probe-url': 'https://user:pw@host/',
      'probe-status': '2xx',
    })
    expect(host.code).toBe(2)
    const text = host.log.join('\n')
    expect(text).toMatch(/input 'probe-url': expected an http or https address/)
    expect(text).toMatch(/input 'probe-status': expected HTTP codes/)
    const rules = await bench.deploy('', { 'lint-ignore': 'no-such' })
    expect(rules.log.join('\n')).toMatch(/input 'lint-ignore': expected some of all-at-once, .*got 'no-such'/)
  })
})
