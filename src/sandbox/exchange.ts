import type { IncomingMessage, ServerResponse } from 'node:http'

/** One request on the wire, its body already read, and the response to write. */
export interface Exchange {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** Which operation of which service a request is, known before it is carried out, so that it can be recorded and faulted. */
export interface Identity {
  /** `ecs`, `codedeploy`, `ecr`, `elasticloadbalancing`, `monitoring`, `logs`, `sts`, `registry`, `kubernetes`. */
  readonly service: string
  /** `RegisterTaskDefinition`, `PUT manifest`, `PATCH deployments.apps`. */
  readonly operation: string
}

/** A part of the sandbox that answers some requests. */
export interface Service {
  identify(exchange: Exchange): Identity | undefined
  handle(exchange: Exchange, identity: Identity): Promise<void> | void
  /** Writes a failure in the service's own wire form; for injected faults. */
  fail(exchange: Exchange, status: number, code: string, message: string): void
  close?(): void
}

/** Sends a whole response. */
export function send(
  exchange: Exchange,
  status: number,
  body: string | Uint8Array = '',
  headers: Record<string, string> = {},
): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  exchange.response.writeHead(status, { ...headers, 'content-length': String(bytes.byteLength) })
  exchange.response.end(exchange.method === 'HEAD' ? undefined : bytes)
}
