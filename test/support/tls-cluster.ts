import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sandbox } from '../../src/sandbox/server.ts'

/** The sandbox's cluster behind TLS, as EKS has it, and an AWS endpoint that says so. */
export interface TlsCluster {
  /** For AWS_ENDPOINT_URL. */
  readonly awsEndpoint: string
  /** The `Authorization` of each request to the cluster, with its program. */
  readonly seen: readonly { readonly program: string; readonly authorization: string }[]
  close(): Promise<void>
}

/** Puts both before a sandbox; the certificate is made by openssl for this one. */
export async function tlsCluster(sandbox: Sandbox): Promise<TlsCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'strangler-tls-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=sandbox', '-addext', 'subjectAltName=IP:127.0.0.1']
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1']
  execFileSync('openssl', [...made, ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' })
  const ca = readFileSync(cert)
  const seen: { program: string; authorization: string }[] = []
  const front = createTlsServer({ key: readFileSync(key), cert: ca }, (incoming, answer) => {
    const { 'user-agent': agent = '', authorization = '' } = incoming.headers
    seen.push({ program: agent.split('/')[0] ?? '', authorization })
    pass(sandbox, incoming, answer)
  })
  const aws = createServer((incoming, answer) => {
    if (!incoming.url?.startsWith('/clusters/')) return pass(sandbox, incoming, answer)
    const endpoint = `https://127.0.0.1:${(front.address() as AddressInfo).port}/kubernetes/sandbox`
    const cluster = { endpoint, certificateAuthority: { data: ca.toString('base64') }, status: 'ACTIVE' }
    answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ cluster }))
  })
  for (const server of [front, aws]) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    awsEndpoint: `http://127.0.0.1:${(aws.address() as AddressInfo).port}`,
    seen,
    async close() {
      for (const server of [front, aws]) {
        server.closeAllConnections()
        await new Promise((done) => server.close(done))
      }
      rmSync(folder, { recursive: true })
    },
  }
}

function pass(sandbox: Sandbox, incoming: IncomingMessage, answer: ServerResponse): void {
  const { method, headers, url = '/' } = incoming
  const onward = request(`${sandbox.endpoint()}${url}`, { method, headers }, (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers)
    response.pipe(answer)
  })
  onward.once('error', () => answer.destroy())
  answer.once('close', () => onward.destroy())
  incoming.pipe(onward)
}
