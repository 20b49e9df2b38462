import { describeError } from './action/errors.ts'
import { processSurroundings } from './hosts/surroundings.ts'
import { runStep } from './step.ts'

/** Runs an action as a process: the main step. */
export const main = (action: string): Promise<void> =>
  asProcess(() => runStep(processSurroundings(), { action, step: 'main' }))

/** Runs an action as a process: what must happen after the main step, however that ended. */
export const post = (action: string): Promise<void> =>
  asProcess(() => runStep(processSurroundings(), { action, step: 'post' }))

/** The command line as a process. */
export const cli = (): Promise<void> =>
  asProcess(async () => {
    const { commandLine } = await import('./cli.ts')
    await commandLine(process.argv.slice(2), processSurroundings())
  })

/** Runs to the end and leaves: a connection that a library keeps open must not hold the job. */
async function asProcess(body: () => Promise<void>): Promise<void> {
  const fatal = (error: unknown): void => {
    process.stderr.write(`${describeError(error)}\n`)
    process.exit(1)
  }
  // The SDK is bundled and pinned: that a later one will need a newer Node is for us to know, not for a user's log.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
  // Whoever reads the log may leave (`| head`); a deployment goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  process.on('uncaughtException', fatal)
  process.on('unhandledRejection', fatal)
  await body()
  await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))))
  process.exit()
}
