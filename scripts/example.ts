import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { chooseImageSource } from './demo-image.ts'
import { clients, waitForService } from './provision.ts'
import { type Rehearsal, rehearsals } from './rehearsals.ts'
import { startSandboxProcess } from './sandbox-process.ts'
import { bold, dim, ending, logReader, say } from './screen.ts'
import { runStep } from './step.ts'
import { fetchTools } from './tools.ts'
import { toolsOnPath } from './tools-on-path.ts'
import { parseWorkflow, runWorkflow, type StepCall } from './workflow.ts'

// An example's workflow, job by job, against the sandbox: the old platform and the new one as they are before the first deployment,
// then the steps that the workflow file has, from the committed bundles, each as its own process.

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')
const speed = 60
// Its notice of Node versions is for this repository's next update, not for who watches.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true'

async function rehearse(name: string, rehearsal: Rehearsal): Promise<boolean> {
  const began = Date.now()
  const example = join(root, 'examples', name)
  const folder = mkdtempSync(join(tmpdir(), 'strangler-example-'))
  const sandbox = await startSandboxProcess(root, speed, join(folder, 'kubeconfig'))
  try {
    const env: Record<string, string> = {
      ...sandbox.environment,
      KUBECONFIG: join(folder, 'kubeconfig'),
      PATH: toolsOnPath(folder, await fetchTools(rehearsal.tools)),
      ...rehearsal.variables(folder),
    }
    const aws = clients(env)
    const source = await chooseImageSource(example, folder)
    const workflow = parseWorkflow(readFileSync(join(example, '.github', 'workflows', 'deploy.yml'), 'utf8'))
    say(bold(rehearsal.title))
    say(dim(`sandbox at ${env['AWS_ENDPOINT_URL']}, its clock ${speed} times as fast; ${source.description}`))

    let steps = 0
    const run = async ({ job, action, inputs }: StepCall) => {
      say()
      say(`${bold(`● ${job}`)}  ${action}`)
      const result = await runStep({
        action,
        inputs,
        env,
        cwd: root,
        root,
        folder: join(folder, `step-${++steps}`),
        onLine: logReader((line) => say(`    ${line}`)),
      })
      const outcome = result.outputs['outcome'] ?? 'bad input'
      say(`  ${ending(outcome, result.exitCode)}`)
      return result.exitCode === 0 ? result.outputs : undefined
    }
    /** The image of a version: built where a builder works, else packed. */
    const image = async (version: string, inputs: Readonly<Record<string, string>>) => {
      const { context: _, ...made } = await source.inputs(version, rehearsal.labels)
      return { ...inputs, ...('oci-layout' in made ? {} : { context: example }), ...made }
    }

    const [[first = '', home = ''] = [], ...later] = Object.entries(rehearsal.repositories)
    const today = { repository: home, tags: 'v1', 'create-repository': 'true' }
    const job = 'what runs today'
    const built = await run({ job, action: 'build-push-ecr', inputs: await image('v1', today) })
    if (built === undefined) return false
    const images: Record<string, string> = { [first]: built['image'] ?? '' }
    for (const [environment, to] of later) {
      const inputs = { image: images[first] ?? '', to, tags: 'v1', 'create-repository': 'true' }
      const promoted = await run({ job, action: 'promote-artifact', inputs })
      if (promoted === undefined) return false
      images[environment] = promoted['image'] ?? ''
    }
    for (const platform of await rehearsal.provision({ aws, example, env, images }))
      await waitForService(aws, platform, () => wait(100))

    const done = await runWorkflow(
      workflow,
      { version: 'v2' },
      async (call) =>
        await run(call.action === 'build-push-ecr' ? { ...call, inputs: await image('v2', call.inputs) } : call),
      (skipped, why) => say(`\n${bold(`○ ${skipped}`)}  ${dim(`skipped: ${why}`)}`),
    )
    if (done) say(dim(`\ndone in ${Math.round((Date.now() - began) / 1_000)} s`))
    return done
  } finally {
    await sandbox.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const [name = ''] = process.argv.slice(2)
const rehearsal = Object.hasOwn(rehearsals, name) ? rehearsals[name] : undefined
if (rehearsal === undefined) {
  process.stderr.write(`usage: npm run example -- ${Object.keys(rehearsals).join(' | ')}\n`)
  process.exitCode = 2
} else process.exitCode = (await rehearse(name, rehearsal)) ? 0 : 1
