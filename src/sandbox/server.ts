import { randomInt } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { type AwsAnswer, awsGateway, invoker } from './aws/gateway.ts'
import { awsServices } from './aws/services.ts'
import { callRecorder } from './calls.ts'
import { sandboxClock } from './clock.ts'
import { control, controlPath } from './control.ts'
import type { Exchange, Service } from './exchange.ts'
import { faults } from './faults.ts'
import { lambdaHooks } from './hooks.ts'
import { parts } from './parts.ts'
import type { World } from './world.ts'

export interface SandboxOptions {
  /** 0 or absent: any free port. */
  readonly port?: number
  /** How many times as fast as real time; 0 stands still until it is advanced. 1 unless told. */
  readonly speed?: number
  readonly accountId?: string
  readonly region?: string
  /** Sees every AWS answer as it is sent; for tests that hold the answers against AWS's models. */
  readonly onAnswer?: (answer: AwsAnswer) => void
}

/** A running sandbox. */
export interface Sandbox extends World {
  readonly port: number
  /** Variables that point any AWS tool, and this project's own clients' clock, at the sandbox. */
  environment(): Record<string, string>
  /** The text of a kubeconfig for one of its clusters, `sandbox` unless told. */
  kubeconfig(cluster?: string, namespace?: string): string
  close(): Promise<void>
}

/** Bodies above this are refused: 413. */
const largestBody = 512 * 1024 * 1024

/** Starts the embedded cloud on loopback. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = sandboxClock(options.speed ?? 1)
  const calls = callRecorder()
  const active = faults()
  let port = 0
  const endpoint = (): string => `http://127.0.0.1:${port}`
  const region = options.region ?? 'eu-west-1'
  const made = {
    accountId: options.accountId ?? '123456789012',
    region,
    clock,
    calls,
    faults: active,
    hooks: lambdaHooks(),
    endpoint,
    listen: () => open(0),
    id: randomId,
  }
  const { world, services, accounts, others } = parts(made, (world) => awsServices(world), invoker)
  const all: readonly Service[] = [...others, awsGateway(services, accounts, options.onAnswer)]

  const steer = control(world)
  const servers: Server[] = []
  async function open(port: number): Promise<number> {
    const server = createServer((request, response) => {
      answer(request, response).catch((error: unknown) => {
        process.stderr.write(`sandbox: ${error instanceof Error ? error.stack : String(error)}\n`)
        if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
        response.end('the sandbox failed; see its log')
      })
    })
    server.keepAliveTimeout = 30_000
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
    servers.push(server)
    return (server.address() as AddressInfo).port
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    if (body === undefined) {
      response.writeHead(413, { connection: 'close' }).end()
      return
    }
    const url = new URL(request.url ?? '/', endpoint())
    const exchange: Exchange = {
      method: request.method ?? 'GET',
      url,
      headers: request.headers,
      body,
      request,
      response,
    }
    if (url.pathname.startsWith(controlPath)) return await steer(exchange)
    for (const service of all) {
      const identity = service.identify(exchange)
      if (identity === undefined) continue
      response.once('close', () =>
        calls.record({
          ...identity,
          at: clock.now(),
          method: exchange.method,
          path: url.pathname,
          status: response.statusCode,
          userAgent: request.headers['user-agent'] ?? '',
          bytesIn: body.byteLength,
          input: recordedInput(exchange),
        }),
      )
      const fault = active.take(identity)
      if (fault?.kind === 'slow') await wait(fault.delayMs ?? 1_000)
      else if (fault?.kind === 'lost-answer') loseAnswer(request, response)
      else if (fault?.kind === 'reset') return void request.socket.destroy()
      else if (fault?.kind === 'throttle') return service.fail(exchange, 400, 'ThrottlingException', 'Rate exceeded')
      else if (fault?.kind === 'expired-credentials') {
        return service.fail(
          exchange,
          403,
          'ExpiredTokenException',
          'The security token included in the request is expired',
        )
      } else if (fault?.kind === 'access-denied') {
        const action = `${identity.service}:${identity.operation}`
        return service.fail(exchange, 403, 'AccessDeniedException', `User is not authorized to perform: ${action}`)
      } else if (fault?.kind === 'error') {
        const { status = 500, code = 'InternalFailure', message = 'An internal failure was injected' } = fault
        return service.fail(exchange, status, code, message)
      }
      return await service.handle(exchange, identity)
    }
    response
      .writeHead(404, { 'content-type': 'text/plain' })
      .end(`the sandbox knows no ${exchange.method} ${url.pathname}\n`)
  }

  port = await open(options.port ?? 0)

  return Object.assign(world, {
    port,
    environment: () => ({
      AWS_ENDPOINT_URL: endpoint(),
      AWS_REGION: region,
      // The first AWS CLI and botocore know only this name.
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: 'AKIASANDBOX000000000',
      AWS_SECRET_ACCESS_KEY: 'sandbox',
      ...(clock.speed > 1 ? { STRANGLER_DEPLOY_CLOCK: `${clock.speed}@${clock.epoch}` } : {}),
    }),
    kubeconfig: (cluster?: string, namespace?: string) => world.kubernetes.kubeconfig(cluster, namespace),
    async close() {
      clock.stop()
      for (const service of all) service.close?.()
      for (const server of servers) {
        server.closeAllConnections()
        await new Promise<void>((resolve) => server.close(() => resolve()))
      }
    },
  })
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.byteLength
    if (length > largestBody) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function recordedInput(exchange: Exchange): unknown {
  if (exchange.headers['x-amz-target'] === undefined || exchange.body.byteLength > 1_000_000) return undefined
  try {
    return JSON.parse(exchange.body.toString('utf8'))
  } catch {
    return undefined
  }
}

function randomId(length: number, alphabet = '0123456789abcdef'): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}

/** The connection breaks where the answer would begin. */
function loseAnswer(request: IncomingMessage, response: ServerResponse): void {
  const lose = (): true => {
    request.socket.destroy()
    return true
  }
  Object.assign(response, { writeHead: () => response, write: lose, end: lose })
}
