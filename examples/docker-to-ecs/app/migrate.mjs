// The migration: a task of the new revision runs it to its end before the service moves. Both platforms share the database, so a step
// of it only adds what the version before does not mind; what is no longer needed goes when the old platform has gone.
import { env, stdout } from 'node:process'

const steps = ['add column items.weight', 'add index items_by_name']

for (const step of steps) stdout.write(`${env.VERSION ?? ''}: ${step}\n`)
