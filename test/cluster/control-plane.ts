import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** A real Kubernetes control plane on loopback, with kwok in the place of kubelets. */
export interface ControlPlane {
  readonly kubeconfig: string
  /** Calls the API as its administrator; the answer's JSON. */
  call(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly json: unknown }>
  close(): Promise<void>
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

/** Starts the parts that scripts/cluster-tools.sh has built into `tools`, and a node with room for pods. */
export async function controlPlane(tools: string, stages: string): Promise<ControlPlane> {
  const folder = mkdtempSync(join(tmpdir(), 'strangler-cluster-'))
  const children: ChildProcess[] = []
  const start = (name: string, ...args: string[]): void => {
    const log = openSync(join(folder, `${name}.log`), 'a')
    children.push(spawn(join(tools, name), args, { stdio: ['ignore', log, log], env: { HOME: folder, PATH: '' } }))
  }
  const [client, peer, secure] = [await freePort(), await freePort(), await freePort()]
  const key = join(folder, 'sa.key')
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  writeFileSync(key, privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 })
  const token = randomBytes(16).toString('hex')
  writeFileSync(join(folder, 'tokens.csv'), `${token},admin,1,"system:masters"\n`, { mode: 0o600 })
  mkdirSync(join(folder, 'certificates'))
  const etcd = `http://127.0.0.1:${client}`
  start(
    'etcd',
    ...['--data-dir', join(folder, 'etcd'), '--listen-client-urls', etcd, '--advertise-client-urls', etcd],
    ...['--listen-peer-urls', `http://127.0.0.1:${peer}`, '--unsafe-no-fsync'],
  )
  start(
    'kube-apiserver',
    ...[`--etcd-servers=${etcd}`, '--bind-address=127.0.0.1', `--secure-port=${secure}`],
    ...[`--cert-dir=${join(folder, 'certificates')}`, `--service-account-key-file=${key}`],
    ...[`--service-account-signing-key-file=${key}`, '--service-account-issuer=https://kubernetes.default.svc'],
    ...[`--token-auth-file=${join(folder, 'tokens.csv')}`, '--authorization-mode=RBAC'],
    ...['--service-cluster-ip-range=10.0.0.0/24', '--disable-admission-plugins=ServiceAccount'],
  )
  const call: ControlPlane['call'] = (method, path, body) =>
    new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const options = { host: '127.0.0.1', port: secure, path, method, headers, rejectUnauthorized: false }
      const asked = request(options, (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        answer.on('end', () => {
          const json: unknown = text.startsWith('{') ? JSON.parse(text) : text
          resolve({ status: answer.statusCode ?? 0, json })
        })
      })
      asked.once('error', reject)
      asked.end(body === undefined ? undefined : JSON.stringify(body))
    })
  const plane: ControlPlane = {
    kubeconfig: join(folder, 'kubeconfig'),
    call,
    async close() {
      for (const child of children.toReversed()) child.kill('SIGKILL')
      await Promise.all(
        children.map((child) => child.exitCode ?? child.signalCode ?? new Promise((done) => child.once('exit', done))),
      )
      rmSync(folder, { recursive: true, force: true })
    },
  }
  try {
    const ready = async (path: string): Promise<boolean> => {
      const answer = await call('GET', path).catch(() => undefined)
      return answer?.status === 200
    }
    await until(
      () => ready('/readyz'),
      () => readFileSync(join(folder, 'kube-apiserver.log'), 'utf8'),
    )
    const cluster = { server: `https://127.0.0.1:${secure}`, 'insecure-skip-tls-verify': true }
    const kubeconfig = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'real', cluster }],
      users: [{ name: 'admin', user: { token } }],
      contexts: [{ name: 'real', context: { cluster: 'real', user: 'admin' } }],
      'current-context': 'real',
    }
    writeFileSync(plane.kubeconfig, JSON.stringify(kubeconfig), { mode: 0o600 })
    const common = `--kubeconfig=${plane.kubeconfig}`
    start(
      'kube-controller-manager',
      ...[common, `--service-account-private-key-file=${key}`, '--use-service-account-credentials=false'],
      ...['--leader-elect=false', '--bind-address=127.0.0.1', `--secure-port=${await freePort()}`],
      '--controllers=*,-nodeipam,-route,-service-lb-controller,-cloud-node-lifecycle',
    )
    start(
      'kube-scheduler',
      ...[common, '--leader-elect=false', '--bind-address=127.0.0.1', `--secure-port=${await freePort()}`],
    )
    start('kwok', common, '--manage-all-nodes=true', '--config', stages)
    const room = { cpu: '64', memory: '256Gi', pods: '500' }
    await call('POST', '/api/v1/nodes', {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'kwok-0', annotations: { 'kwok.x-k8s.io/node': 'fake' } },
      status: { allocatable: room, capacity: room },
    })
    await until(
      async () => {
        const { json } = await call('GET', '/api/v1/nodes/kwok-0')
        const { conditions = [] } = (json as { status: { conditions?: { type: string; status: string }[] } }).status
        return conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
      },
      () => readFileSync(join(folder, 'kwok.log'), 'utf8'),
    )
    return plane
  } catch (error) {
    await plane.close()
    throw error
  }
}

async function until(holds: () => Promise<boolean>, log: () => string): Promise<void> {
  for (let looks = 0; looks < 240; looks++) {
    if (await holds()) return
    await wait(250)
  }
  throw new Error(`not ready within a minute:\n${log().slice(-4_000)}`)
}
