// catalog: a small HTTP service. GET /healthz says whether it can serve; GET /items lists what is for sale.
import { createServer } from 'node:http'
import process, { env, exit, stdout } from 'node:process'

const items = [
  { id: 1, item: 'fig tree', price: '18.00' },
  { id: 2, item: 'ivy', price: '6.50' },
]

const server = createServer((request, response) => {
  const body = request.url === '/healthz' ? { ok: true, version: env.VERSION ?? 'unknown' } : { items }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
})

server.listen(Number(env.PORT ?? 8080), () =>
  stdout.write(`catalog ${env.VERSION ?? ''} listens on ${env.PORT ?? 8080}\n`),
)

process.on('SIGTERM', () => server.close(() => exit(0)))
