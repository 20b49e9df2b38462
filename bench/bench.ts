import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { UserError } from '../src/action/errors.ts'
import { behaviours } from './behaviours.ts'
import { callCounts, type Deployer } from './calls.ts'
import { type Contender, contender } from './contender.ts'
import { officialAction, officialPins, type Pin } from './official.ts'
import { overshoot } from './overshoot.ts'
import { page } from './page.ts'
import { startUp } from './start-up.ts'
import { type Table, terminalTable } from './table.ts'

const usage = `npm run bench [-- flags]

  --quick          fewer runs, none at the clock's real speed: about two minutes instead of eight
  --only <part>    start-up, calls, waiting or behaviour; can be given more than once
  --node <path>    Node's binary that runs the actions; this one unless told
  --write <file>   writes the page there; a whole run writes docs/bench.md

STRANGLER_BENCH_OFFICIAL names a folder that has the official actions, each as <repository>/action.yml and <repository>/dist/;
without it they are fetched from GitHub into .tools/official.
`

let root = dirname(fileURLToPath(import.meta.url))
while (!existsSync(join(root, 'package-lock.json')) && dirname(root) !== root) root = dirname(root)

const say = (text: string): void => void process.stdout.write(`${text}\n`)

async function theirs(pin: Pin): Promise<Contender> {
  const found = contender('theirs', await officialAction(pin, join(root, '.tools', 'official'), process.env))
  if (found === undefined) throw new UserError(`${pin.repository} ${pin.version} has no bundle`)
  return found
}

/** The deploying actions side by side, each to wait until everything is done. */
function deployersBeside(official: Contender): readonly Deployer[] {
  const waiting = {
    action: official,
    inputs: { 'wait-for-service-stability': 'true', 'codedeploy-appspec': 'appspec.json' },
  }
  const ours = (name: string, inputs: Readonly<Record<string, string>>): Deployer['ours'] => {
    const action = contender('ours', join(root, 'actions', name))
    return action === undefined ? undefined : { action, inputs }
  }
  return [
    {
      mover: 'codedeploy',
      what: 'blue/green by CodeDeploy',
      ours: ours('codedeploy-bluegreen', { 'wait-until': 'complete' }),
      theirs: waiting,
    },
    { mover: 'rolling', what: 'rolling by ECS', ours: ours('ecs-deploy', {}), theirs: waiting },
  ]
}

async function bench(): Promise<void> {
  const { values: flags } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      node: { type: 'string', default: process.execPath },
      write: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (flags.help) return void process.stdout.write(usage)
  const { quick, node } = flags
  const render = { ours: contender('ours', join(root, 'actions', 'render-task-def')) }
  if (render.ours === undefined) throw new UserError('dist/ has no render-task-def')
  const renderers = [render.ours, await theirs(officialPins.render)] as const
  const deployers = deployersBeside(await theirs(officialPins.deploy))
  const parts: Readonly<Record<string, () => Promise<Table>>> = {
    'start-up': () => startUp(...renderers, { rounds: quick ? 8 : 24, node }),
    calls: () => callCounts(deployers, node),
    waiting: () => overshoot(deployers, { quick, node }),
    behaviour: () => behaviours(deployers, { node, quick }),
  }
  for (const name of flags.only) {
    if (!Object.hasOwn(parts, name)) {
      throw new UserError(`--only: there are ${Object.keys(parts).join(', ')}, not '${name}'`)
    }
  }
  const tables: Table[] = []
  for (const [name, measure] of Object.entries(parts)) {
    if (flags.only.length > 0 && !flags.only.includes(name)) continue
    const table = await measure()
    tables.push(table)
    say(`${terminalTable(table, process.stdout.columns ?? 160)}\n`)
  }
  const whole = !quick && flags.only.length === 0
  const file = flags.write === undefined ? join(root, 'docs', 'bench.md') : resolve(flags.write)
  if (whole || flags.write !== undefined) {
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
    writeFileSync(file, page(tables, { node: version, pins: Object.values(officialPins) }))
    say(`written to ${file}`)
  }
}

// The clients that look at the sandbox are no program of a user's.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
try {
  await bench()
} catch (error) {
  if (!(error instanceof UserError)) throw error
  say(`bench: ${error.message}`)
}
