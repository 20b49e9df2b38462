// The migration: each platform runs it to its end before the new version serves there, whichever comes first. They share the database,
// so it takes the database's lock and does only what has not been done; and a step of it only adds what the version before does not
// mind. What is no longer needed goes when the old platform has gone.
import { env, stdout } from 'node:process'

const steps = ['add column items.weight', 'add index items_by_name']

for (const step of steps) stdout.write(`${env.VERSION ?? ''}: ${step}\n`)
