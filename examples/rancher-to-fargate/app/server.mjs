// orders: a small HTTP service. GET /healthz says whether it can serve; GET /orders lists what it knows.
import { createServer } from 'node:http'
import process, { env, exit, stderr, stdout } from 'node:process'

for (const name of ['ORDERS_REGION', 'DATABASE_URL']) {
  if (env[name] === undefined) {
    stderr.write(`fatal: ${name} is not set\n`)
    exit(1)
  }
}

const orders = [
  { id: 1, item: 'fig tree', region: env.ORDERS_REGION },
  { id: 2, item: 'ivy', region: env.ORDERS_REGION },
]

const server = createServer((request, response) => {
  const body = request.url === '/healthz' ? { ok: true, version: env.VERSION ?? 'unknown' } : { orders }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
})

server.listen(Number(env.PORT ?? 8080), () =>
  stdout.write(`orders ${env.VERSION ?? ''} listens on ${env.PORT ?? 8080}\n`),
)

process.on('SIGTERM', () => server.close(() => exit(0)))
