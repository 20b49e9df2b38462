import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { systemClock } from '../../src/action/clock.ts'
import { readKubeconfig } from '../../src/helm/kubeconfig.ts'
import { fetchCredentials, findCluster } from '../../src/helm/kubernetes-credentials.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (name: string, text: string, mode = 0o600): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  chmodSync(path, mode)
  return path
}
const config = (user: string, more = ''): string => `
current-context: main
contexts: [{name: main, context: {cluster: c, user: u, namespace: team}}, {name: other, context: {cluster: gone, user: u}}]
clusters: [{name: c, cluster: {server: "https://k.example:6443/"${more}}}]
users: [{name: u, user: ${user}}]
`
const parts = (masked: string[] = []) => ({
  env: { PATH: process.env['PATH'] },
  clock: systemClock(),
  mask: (secret: string) => void masked.push(secret),
})

describe('credentials of a cluster', () => {
  test('are the token of the kubeconfig, masked', async () => {
    const access = await findCluster(write('a', config('{token: s3cret}')), undefined, {})
    const masked: string[] = []
    expect(access).toMatchObject({ server: 'https://k.example:6443', namespace: 'team' })
    expect(await fetchCredentials(access, parts(masked))).toMatchObject({ authorization: 'Bearer s3cret' })
    expect(masked).toEqual(['s3cret'])
  })

  test('come from an exec plugin beside the file, which is run without a shell', async () => {
    const script = `#!${process.execPath}
const info = JSON.parse(process.env.KUBERNETES_EXEC_INFO)
console.log(JSON.stringify({ kind: info.kind, apiVersion: info.apiVersion, status: {
  token: process.argv.slice(2).join('+') + process.env.EXTRA, expirationTimestamp: '2030-01-01T00:00:00Z' } }))`
    write('plugin.cjs', script, 0o700)
    const user = '{exec: {command: ./plugin.cjs, args: ["get-token", "$(id)"], env: [{name: EXTRA, value: "!"}]}}'
    const access = await findCluster(write('a', config(user)), undefined, {})
    const found = await fetchCredentials(access, parts())
    expect(found).toMatchObject({ authorization: 'Bearer get-token+$(id)!', until: Date.parse('2029-12-31T23:59:30Z') })
  })

  test('that a plugin does not give are told with what it said', async () => {
    write('plugin.cjs', `#!${process.execPath}\nconsole.error('no session'); process.exit(3)`, 0o700)
    const access = await findCluster(write('a', config('{exec: {command: ./plugin.cjs}}')), undefined, {})
    await expect(fetchCredentials(access, parts())).rejects.toThrow(/exited with 3: no session/)
  })

  test('may be a client certificate by file', async () => {
    write('cert.pem', 'CERT')
    const user = `{client-certificate: cert.pem, client-key-data: ${Buffer.from('KEY').toString('base64')}}`
    const access = await findCluster(write('a', config(user)), undefined, {})
    expect(await fetchCredentials(access, parts())).toMatchObject({ certificate: 'CERT', key: 'KEY' })
  })

  test('are taken from the files of KUBECONFIG, the first that names a thing wins', async () => {
    const first = write('a', 'users: [{name: u, user: {token: first}}]')
    const second = write('b', config('{token: second}'))
    const access = await findCluster(undefined, undefined, { KUBECONFIG: `${first}:${join(folder, 'gone')}:${second}` })
    expect(access.user.token).toEqual({ data: 'first' })
  })

  test("of GitLab's agent are found by the context that names it", async () => {
    const agent = write(
      'a',
      `users: [{name: "agent:7", user: {token: "ci:7:job"}}]
clusters: [{name: gitlab, cluster: {server: "https://kas.example/k8s-proxy"}}]
contexts: [{name: "group/platform:live", context: {cluster: gitlab, user: "agent:7"}}]
`,
    )
    const access = await findCluster(undefined, 'group/platform:live', { KUBECONFIG: agent })
    expect(access).toMatchObject({ server: 'https://kas.example/k8s-proxy', user: { token: { data: 'ci:7:job' } } })
    await expect(findCluster(undefined, undefined, { KUBECONFIG: agent })).rejects.toThrow('set kube-context')
  })

  test('inside a cluster are those of the pod', async () => {
    const env = { HOME: folder, KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' }
    expect(await findCluster(undefined, undefined, env)).toMatchObject({ server: 'https://10.0.0.1:443' })
    await expect(findCluster(undefined, undefined, { HOME: folder })).rejects.toThrow('there is no kubeconfig')
  })
})

describe('a kubeconfig', () => {
  const file = (text: string) => [{ path: 'k', folder: '/', text }]
  test.each([
    ['no such context', config('{}'), 'nope', "no context 'nope'"],
    ['a context without its cluster', config('{}'), 'other', 'names no cluster'],
    ['an auth-provider', config('{auth-provider: {name: gcp}}'), undefined, 'auth-provider'],
    ['a proxy', config('{}', ', proxy-url: "http://p"'), undefined, 'proxy-url'],
    ['no YAML', 'a: [', undefined, 'is no YAML'],
    ['no current context', '{}', undefined, 'no current context'],
  ])('with %s is refused', (_name, text, context, message) => {
    expect(() => readKubeconfig(file(text), context)).toThrow(message)
  })
})
