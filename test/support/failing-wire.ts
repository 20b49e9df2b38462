import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What goes wrong at one call. After a crash no later call of this client reaches anything: it is as dead as a killed process. */
export type Mishap =
  | 'none'
  /** The process dies before the call is sent. */
  | 'crash before'
  /** The call is carried out, and the process dies before it has the answer. */
  | 'crash after'
  /** The call is not sent; the connection breaks. */
  | 'reset'
  /** The call is carried out; the connection breaks before the answer. */
  | 'lost answer'
  | 'throttle'
  | 'server error'

/** A wire between one client and a server, on which something goes wrong once. */
export interface FailingWire {
  readonly url: string
  /** Calls that came, those that went wrong included. */
  calls(): number
  close(): Promise<void>
}

const answer = (response: ServerResponse, status: number, code: string): void => {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': code })
  response.end(JSON.stringify({ __type: code, message: 'on the wire' }))
}

/** Forwards to `target`; the call number `at` (from 0) meets the mishap. */
export async function failingWire(target: string, mishap: Mishap, at: number): Promise<FailingWire> {
  let calls = 0
  let dead = false
  const forward = (from: IncomingMessage, body: Buffer, to: ServerResponse | undefined): Promise<void> =>
    new Promise((done, failed) => {
      const { hostname, port } = new URL(target)
      const out = httpRequest(
        { hostname, port, path: from.url, method: from.method, headers: from.headers },
        (back) => {
          if (to === undefined) {
            back.resume().on('end', () => done())
            return
          }
          to.writeHead(back.statusCode ?? 500, back.headers)
          back.pipe(to).on('finish', () => done())
        },
      )
      out.on('error', failed)
      out.end(body)
    })
  const server = createServer(async (from, to) => {
    const chunks: Buffer[] = []
    for await (const chunk of from) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    if (dead) return answer(to, 400, 'AccessDeniedException')
    const hit = calls++ === at ? mishap : 'none'
    switch (hit) {
      case 'none':
        return await forward(from, body, to)
      case 'throttle':
        return answer(to, 400, 'ThrottlingException')
      case 'server error':
        return answer(to, 500, 'ServerException')
      case 'reset':
        return void to.destroy()
      case 'lost answer':
        await forward(from, body, undefined)
        return void to.destroy()
      case 'crash before':
        dead = true
        return answer(to, 400, 'AccessDeniedException')
      case 'crash after':
        dead = true
        await forward(from, body, undefined)
        return answer(to, 400, 'AccessDeniedException')
    }
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
