import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { UserError } from '../src/action/errors.ts'
import { callCounts, type Deployer } from './calls.ts'
import { type Contender, contender } from './contender.ts'
import { officialAction, officialPins } from './official.ts'
import { overshoot } from './overshoot.ts'
import { startUp } from './start-up.ts'
import { markdownTable, type Table, terminalTable } from './table.ts'

let root = dirname(fileURLToPath(import.meta.url))
while (!existsSync(join(root, 'package-lock.json')) && dirname(root) !== root) root = dirname(root)

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    node: { type: 'string', default: process.execPath },
    write: { type: 'string' },
  },
})

const theirs = async (pin: (typeof officialPins)[keyof typeof officialPins]): Promise<Contender> => {
  const found = contender('theirs', await officialAction(pin, join(root, '.tools', 'official'), process.env))
  if (found === undefined) throw new UserError(`${pin.repository} ${pin.version} has no bundle`)
  return found
}
const ours = (name: string): Contender | undefined => contender('ours', join(root, 'actions', name))

const waiting = { 'wait-for-service-stability': 'true', 'codedeploy-appspec': 'appspec.json' }
function movers(official: Contender): readonly Deployer[] {
  const mover = (name: string, inputs: Readonly<Record<string, string>>) => {
    const action = ours(name)
    return action === undefined ? undefined : { action, inputs }
  }
  return [
    {
      mover: 'codedeploy',
      what: 'blue/green by CodeDeploy',
      ours: mover('codedeploy-bluegreen', { 'wait-until': 'complete' }),
      theirs: { action: official, inputs: waiting },
    },
    {
      mover: 'rolling',
      what: 'rolling by ECS',
      ours: mover('ecs-deploy', {}),
      theirs: { action: official, inputs: waiting },
    },
  ]
}

const say = (text: string): void => void process.stdout.write(`${text}\n`)

try {
  const render = await theirs(officialPins.render)
  const deploy = await theirs(officialPins.deploy)
  const deployers = movers(deploy)
  const tables: Table[] = []
  const show = (table: Table): void => {
    tables.push(table)
    say(`${terminalTable(table, process.stdout.columns ?? 140)}\n`)
  }
  const parts: Readonly<Record<string, () => Promise<Table>>> = {
    'start-up': () =>
      startUp(ours('render-task-def') as Contender, render, { rounds: flags.quick ? 8 : 24, node: flags.node }),
    calls: () => callCounts(deployers, flags.node),
    waiting: () => overshoot(deployers, { quick: flags.quick, node: flags.node }),
  }
  for (const [name, part] of Object.entries(parts)) {
    if (flags.only.length === 0 || flags.only.includes(name)) show(await part())
  }
  if (flags.write !== undefined) writeFileSync(resolve(flags.write), `${tables.map(markdownTable).join('\n\n')}\n`)
} catch (error) {
  if (!(error instanceof UserError)) throw error
  say(`bench: ${error.message}`)
}
