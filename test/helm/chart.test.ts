import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { awsSession } from '../../src/aws/session.ts'
import { type ChartParts, withChart } from '../../src/helm/chart.ts'
import { chartDependencies, lackingDependencies } from '../../src/helm/chart-dependencies.ts'
import { type ChartInputs, chartSource } from '../../src/helm/chart-source.ts'
import { findHelm } from '../../src/helm/helm.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts'
import { type KubeWorkspace, kubeWorkspace } from '../support/kubernetes.ts'
import { type MemoryHost, memoryHost } from '../support/memory-host.ts'
import { ecrCall, login } from '../support/registry.ts'
import { tool } from '../support/tools.ts'

const before = { ...process.env }
let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ speed: 20 })
  Object.assign(process.env, sandbox.environment())
  await ecrCall(sandbox, 'CreateRepository', { repositoryName: 'charts/web' })
  await ecrCall(sandbox, 'CreateRepository', { repositoryName: 'charts/common' })
})
afterAll(async () => {
  process.env = before
  await sandbox.close()
})

const given = (chart: string, more: Partial<ChartInputs> = {}): ChartInputs => ({
  chart,
  repository: undefined,
  version: undefined,
  username: undefined,
  password: undefined,
  ...more,
})

for (const name of ['helm3', 'helm4'] as const) {
  const helm = await tool(name)
  const it = helm.path === undefined ? test.skip : test

  describe(`a chart by ${name}`, () => {
    let work: KubeWorkspace
    /** Of the chart in the registry. */
    let digest: string
    let host: MemoryHost
    let repository: { readonly url: string; readonly logins: string[]; readonly server: Server }

    const parts = async (): Promise<ChartParts> => ({
      helm: await findHelm(helm.path ?? '', work.env),
      env: process.env,
      host,
      log: host,
      signal: new AbortController().signal,
      aws: (region) => awsSession({ region: region ?? sandbox.region }),
    })
    /** What helm shows of the chart that `inputs` lead to. */
    const shown = async (inputs: ChartInputs): Promise<string> =>
      await withChart(chartSource(inputs, existsSync), inputs.version, await parts(), async (path) => {
        return await work.must(helm, 'show', 'chart', path)
      })

    beforeAll(async () => {
      work = kubeWorkspace(sandbox)
      host = memoryHost()
      if (helm.path === undefined) return
      const chart = work.chart('web', { 'templates/a.yaml': '# nothing' })
      for (const version of ['0.1.0', '0.2.0']) {
        await work.must(helm, 'package', chart, '--version', version, '--destination', join(work.folder, 'packages'))
      }
      const { host: registry, password } = await login(sandbox)
      const config = join(work.folder, 'pushing.json')
      const auth = Buffer.from(`AWS:${password}`).toString('base64')
      writeFileSync(config, JSON.stringify({ auths: { [registry]: { auth } } }))
      const archive = join(work.folder, 'packages', 'web-0.1.0.tgz')
      const push = ['push', archive, `oci://${registry}/charts`, '--plain-http', '--registry-config', config]
      const { code, stdout, stderr } = await work.run(helm, ...push)
      digest = /sha256:[0-9a-f]{64}/.exec(`${stdout}${stderr}`)?.[0] ?? `push ended with ${code}: ${stderr}`
      repository = await serve(join(work.folder, 'packages'))
      await work.must(helm, 'repo', 'index', join(work.folder, 'packages'), '--url', repository.url)
    })
    afterAll(() => {
      repository?.server.close()
      work.remove()
    })

    it('comes from ECR with a token of its own, which no file of the user keeps and no log shows', async () => {
      const inputs = given(`oci://127.0.0.1:${sandbox.port}/charts/web`, { version: '0.1.0' })
      expect(await shown(inputs)).toContain('version: 0.1.0')
      expect(host.masked).toHaveLength(2)
      for (const secret of host.masked) expect(host.log.join('\n')).not.toContain(secret)
      expect(existsSync(join(work.folder, 'helm-config', 'registry'))).toBe(false)
    })

    it('comes from a registry by its tag, and by its digest', async () => {
      const reference = `oci://127.0.0.1:${sandbox.port}/charts/web`
      expect(await shown(given(`${reference}:0.1.0`))).toContain('version: 0.1.0')
      expect(await shown(given(`${reference}@${digest}`))).toContain('version: 0.1.0')
      expect(await shown(given(`${reference}:0.1.0@${digest}`))).toContain('version: 0.1.0')
      const other = digest.replace(/.{8}$/, '00000000')
      await expect(shown(given(`${reference}@${other}`))).rejects.toThrow('cannot get the chart')
      await expect(shown(given(`${reference}:0.1.0@${other}`))).rejects.toThrow('cannot get the chart')
    })

    it('is not there, and the error names it', async () => {
      const missing = given(`oci://127.0.0.1:${sandbox.port}/charts/web`, { version: '9.9.9' })
      await expect(shown(missing)).rejects.toThrow(/cannot get the chart oci:.*charts\/web 9\.9\.9: /)
      const unknown = given('orders', { repository: repository.url, username: 'ada', password: 'c0rrect' })
      await expect(shown(unknown)).rejects.toThrow(/cannot get the chart orders of http.*: .*not found/)
    })

    it('comes from a repository that wants a password, which stands on no command line', async () => {
      const inputs = given('web', { repository: repository.url, username: 'ada', password: 'c0rrect' })
      expect(await shown(inputs)).toContain('version: 0.2.0')
      expect(await shown({ ...inputs, version: '~0.1' })).toContain('version: 0.1.0')
      expect(new Set(repository.logins)).toEqual(new Set(['ada:c0rrect']))
      expect(host.log.join('\n')).not.toContain('c0rrect')
      expect(existsSync(join(work.folder, 'helm-config', 'repositories.yaml'))).toBe(false)
      await expect(shown({ ...inputs, password: 'wr0ng' })).rejects.toThrow(/cannot read the chart repository/)
    })

    it('is an archive on this machine, taken as it is', async () => {
      expect(await shown(given(join(work.folder, 'packages', 'web-0.1.0.tgz')))).toContain('version: 0.1.0')
    })

    it('gets the dependencies that it lacks, from a folder beside it and from a repository, once', async () => {
      work.chart('common', {})
      const chart = work.chart('orders', {
        'Chart.yaml': `apiVersion: v2
name: orders
version: 1.0.0
dependencies:
  - {name: common, version: 0.1.0, repository: "file://../common"}
  - {name: web, version: ~0.1, repository: "oci://127.0.0.1:${sandbox.port}/charts"}
`,
      })
      host.log.length = 0
      expect(await shown(given(chart))).toContain('name: orders')
      expect(readdirSync(join(chart, 'charts')).sort()).toEqual(['common-0.1.0.tgz', 'web-0.1.0.tgz'])
      expect(host.log.join('\n')).toMatch(/building dependencies of the chart: common \(missing\), web \(missing\)/)
      expect(host.log.join('\n')).toContain('warn: the chart has no Chart.lock')
      host.log.length = 0
      await shown(given(chart))
      expect(host.log).toEqual([])
    })

    it('gets them as Chart.lock says, from a repository that helm was never told of', async () => {
      const packages = join(work.folder, 'packages')
      const open = await serve(packages, false)
      await work.must(helm, 'repo', 'index', packages, '--url', open.url)
      const chart = work.chart('locked', {
        'Chart.yaml': `apiVersion: v2
name: locked
version: 1.0.0
dependencies:
  - {name: web, version: "*", repository: "${open.url}"}
`,
      })
      await work.must(helm, 'dependency', 'update', chart)
      const lock = readFileSync(join(chart, 'Chart.lock'), 'utf8')
      rmSync(join(chart, 'charts'), { recursive: true })
      expect(await shown(given(chart))).toContain('name: locked')
      expect(readFileSync(join(chart, 'Chart.lock'), 'utf8')).toBe(lock)
      open.server.close()
    })
  })
}

/** A chart repository that wants the password of ada. */
async function serve(folder: string, secret = true) {
  const logins: string[] = []
  const server = createServer((request, response) => {
    const login = Buffer.from((request.headers.authorization ?? '').replace('Basic ', ''), 'base64').toString('utf8')
    if (secret && login !== 'ada:c0rrect') return void response.writeHead(401).end()
    if (login !== '') logins.push(login)
    const path = join(folder, (request.url ?? '').replaceAll('..', ''))
    if (existsSync(path)) response.end(readFileSync(path))
    else response.writeHead(404).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  server.unref()
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, logins, server }
}

describe('where a chart comes from', () => {
  const here = (path: string): boolean => path === './chart' || path === 'orders/chart'
  const login = { username: 'ada', password: 'x' }
  test.each([
    [given('./chart'), { kind: 'local', path: './chart' }],
    [given('orders/chart'), { kind: 'local', path: 'orders/chart' }],
    [given('stable/orders'), { kind: 'known', reference: 'stable/orders' }],
    [given('https://charts.example/orders-1.0.0.tgz'), { kind: 'known' }],
    [given('oci://ghcr.io/acme/orders:1.0.0'), { kind: 'registry', host: 'ghcr.io' }],
    [given(`oci://r.example:5000/a/b@sha256:${'a'.repeat(64)}`), { kind: 'registry', host: 'r.example:5000' }],
    [
      given(`oci://r.example/b:1@sha256:${'a'.repeat(64)}`),
      { reference: `oci://r.example/b@sha256:${'a'.repeat(64)}` },
    ],
    [given('orders', { repository: 'https://charts.example/x' }), { kind: 'repository', name: 'orders' }],
    [
      given('orders', { repository: 'oci://ghcr.io/acme/' }),
      { kind: 'registry', reference: 'oci://ghcr.io/acme/orders' },
    ],
    [given('orders', { repository: 'https://charts.example', ...login }), { kind: 'repository', login }],
  ])('%j', (inputs, source) => {
    expect(chartSource(inputs, here)).toMatchObject(source)
  })
  test.each([
    [given('./missing'), "there is no chart at './missing'"],
    [given('orders-1.0.0.tgz'), 'there is no chart at'],
    [given('orders'), 'give its folder'],
    [given('--post-renderer=/bin/sh'), 'is no chart'],
    [given('oci://ghcr.io'), 'expected oci://host/path/chart'],
    [given('oci://user:pw@ghcr.io/x'), 'expected oci://host/path/chart'],
    [given('http://charts.example/orders.tgz'), 'expected an https:// or oci:// URL'],
    [given('orders', { repository: 'http://charts.example' }), 'expected an https:// or oci:// URL'],
    [given('orders', { repository: 'https://ada:pw@charts.example' }), 'credentials do not belong into a URL'],
    [given('acme/orders', { repository: 'https://charts.example' }), 'the chart is a name in it'],
    [given('oci://ghcr.io/x/y:1.0.0', { version: '1.0.0' }), 'names its version already'],
    [given('./chart', login), 'there is nothing to log in to'],
    [given('oci://ghcr.io/x/y', { username: 'ada' }), 'go together'],
    [given('./chart', { version: '--devel;' }), 'expected a version'],
  ])('%j is refused', (inputs, message) => {
    expect(() => chartSource(inputs, here)).toThrow(message)
  })
})

describe('the dependencies of a chart', () => {
  test('are read from Chart.yaml', () => {
    expect(chartDependencies('name: a')).toEqual([])
    expect(chartDependencies('dependencies: [{name: b, repository: "@x"}, {name: c}]')).toEqual([
      { name: 'b', repository: '@x' },
      { name: 'c', repository: '' },
    ])
    expect(() => chartDependencies('dependencies: {a: b}')).toThrow('is no list')
    expect(() => chartDependencies('a: [')).toThrow('is no YAML')
  })
  test('lack what helm does not call ok or unpacked', () => {
    const listed =
      'NAME\tVERSION\tREPOSITORY\tSTATUS  \na   \t1      \tfile://x  \tok      \nb\t1\t\tunpacked\nc\t1\thttps://x\tmissing\n\nWARNING: "x" is not in Chart.yaml.\n'
    expect(lackingDependencies(listed)).toEqual(['c (missing)'])
  })
})
