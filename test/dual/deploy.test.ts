import { describe, expect, test } from '@jest/globals'
import { systemClock } from '../../src/action/clock.ts'
import { defineAction } from '../../src/action/define.ts'
import { flag, integer, text } from '../../src/action/inputs.ts'
import { type DualParts, deployDual, environmentOf, type Order } from '../../src/dual/deploy.ts'
import { parseStranglerFile } from '../../src/dual/strangler-file.ts'
import { memoryHost } from '../support/memory-host.ts'

const digest = `sha256:${'a'.repeat(64)}`
const image = `registry.example/orders@${digest}`

const put = defineAction({
  name: 'put',
  description: 'Puts a thing somewhere.',
  inputs: {
    where: text({ description: 'Where.', required: true }),
    count: integer(1, 9)({ description: 'How many.' }),
    'dry-run': flag({ description: 'Only says so.', default: 'false' }),
  },
  outputs: { place: { description: 'Where it went.' } },
  permissions: { iam: {} },
  async run({ inputs, host }) {
    host.saveState('put', inputs.where)
    if (inputs['dry-run']) host.info('would put')
    if (inputs.where === 'nowhere') return { outcome: 'rolled-back', reason: 'there is no such place', outputs: {} }
    return { outcome: 'succeeded', outputs: { place: `${inputs.where}!` } }
  },
  async post({ host }) {
    host.info(`post of ${host.loadState('put')}`)
  },
})

const parts: DualParts = {
  actions: { put: async () => put },
  readers: { put: async () => [digest] },
  acceptedDigests: async () => new Set([digest]),
}

async function deploy(
  yaml: string,
  phase: 'dual' | 'new-primary' | 'legacy' | 'shifting' = 'dual',
  dryRun = false,
  order: Order = 'together',
) {
  const host = memoryHost({}, { PATH: process.env['PATH'] })
  const { service, plan } = environmentOf(parseStranglerFile(yaml), undefined, 'qa')
  const context = { inputs: {}, host, clock: systemClock(), signal: host.signal, env: host.env }
  const deployment = { service, environment: 'qa', phase, image, digest, folder: '.', dryRun, order }
  return { host, result: await deployDual(deployment, plan, parts, context) }
}

const environment = (legacy: string, next: string): string =>
  `services: { orders: { environments: { qa: { phase: dual, legacy: ${legacy}, new: ${next} } } } }`

const node = (script: string): string => JSON.stringify([process.execPath, '-e', script])

describe('a dual deployment', () => {
  test('gives a command the artifact in its environment and reads back what it says runs', async () => {
    const { host, result } = await deploy(
      environment(
        `{ command: ${node('console.log(process.env.STRANGLER_IMAGE, process.env.STRANGLER_SIDE, process.argv[1])').replace(/]$/, ',"{{ environment }}; rm -rf $HOME"]')}, digest-command: ${node('console.log(process.env.STRANGLER_DIGEST)')} }`,
        '{ action: put, with: { where: "{{ service }}" } }',
      ),
    )
    expect(host.log).toContain(`[legacy] ${image} legacy qa; rm -rf $HOME`)
    expect([result.outcome, result.parity]).toEqual(['succeeded', true])
  })

  test('a command without a way to read back its digest is no proof: the owner fails, a standby loses parity', async () => {
    const yaml = environment(`{ command: ${node('')} }`, '{ action: put, with: { where: here } }')
    const asOwner = (await deploy(yaml)).result
    expect([asOwner.outcome, asOwner.reason]).toEqual(['failed', expect.stringContaining('digest-command')])
    const asStandby = (await deploy(yaml, 'new-primary')).result
    expect([asStandby.outcome, asStandby.parity, asStandby.warnings.length]).toEqual(['succeeded', false, 1])
  })

  test("one side's failure does not stop the other, and names the program's last line", async () => {
    const { result } = await deploy(
      environment(
        `{ command: ${node('console.error("disk full"); process.exit(3)')} }`,
        '{ action: put, with: { where: here } }',
      ),
      'new-primary',
    )
    expect(result.warnings[0]).toContain('exited with 3: disk full')
    expect(result.sides.find(({ side }) => side === 'new')?.outcome).toBe('succeeded')
  })

  test('hands the outputs of one step to the next, and stops at the first that fails', async () => {
    const steps =
      '{ steps: [{ action: put, with: { where: a } }, { action: put, with: { where: "{{ outputs.place }}" } }] }'
    const { result } = await deploy(
      environment(steps, '{ steps: [{ action: put, with: { where: nowhere } }, { command: [does-not-exist] }] }'),
    )
    expect(result.runs.legacy?.outputs['place']).toBe('a!!')
    expect(result.runs.new?.reason).toBe('there is no such place')
  })

  test('reports every bad input of both sides at once and calls nothing', async () => {
    const bad = environment(
      '{ action: put, with: { wher: a, count: 10 } }',
      '{ steps: [{ action: putt }, { command: ["{{ imge }}"] }] }',
    )
    await expect(deploy(bad)).rejects.toThrow(
      [
        "legacy: put has no input 'wher', did you mean 'where'?",
        "legacy: input 'where': is required (where)",
        "legacy: input 'count': expected a whole number from 1 to 9, got '10'",
        "new.steps[0]: there is no action 'putt', did you mean 'put'?",
        "new.steps[1]: '{{ imge }}' stands for nothing, did you mean 'image'?",
      ].join('\n'),
    )
  })

  test('is blocked while traffic shifts', async () => {
    const { result, host } = await deploy(
      environment('{ action: put, with: { where: a } }', '{ action: put, with: { where: b } }'),
      'shifting',
    )
    expect(result.outcome).toBe('blocked')
    expect(host.state.size).toBe(0)
  })

  test('a dry run runs no command and asks actions for theirs', async () => {
    const { host, result } = await deploy(
      environment('{ command: [does-not-exist, "{{ digest }}"] }', '{ action: put, with: { where: a } }'),
      'dual',
      true,
    )
    expect(result.outcome).toBe('succeeded')
    expect(host.log).toContain(`[legacy] would run ["does-not-exist","${digest}"]`)
    expect(host.log).toContain('[new] would put')
  })
})

describe('the values of an environment', () => {
  test('are filled in and reach commands, so that one plan serves every region', async () => {
    const print = node('console.log(process.argv[1], process.env.STRANGLER_VALUES_REGION)').replace(
      /]$/,
      ',"{{ values.region }}"]',
    )
    const sides = `legacy: { command: ${print}, digest-command: ${node(`console.log('${digest}')`)} }, new: { action: put, with: { where: '/{{ values.region }}/{{ values.stage }}' } }`
    const { host, result } = await deploy(
      `services: { orders: { environments: { qa: { phase: dual, values: { region: uk, stage: 7 }, ${sides} } } } }`,
    )
    expect(result.outcome).toBe('succeeded')
    expect(host.log.join('\n')).toContain('[legacy] uk uk')
    expect(result.runs.new?.outputs).toMatchObject({ place: '/uk/7!' })
    await expect(
      deploy(
        environment("{ action: put, with: { where: '{{ values.region }}' } }", '{ action: put, with: { where: a } }'),
      ),
    ).rejects.toThrow("'{{ values.region }}' stands for nothing")
  })
})

describe('the standby after the owner', () => {
  const sides = (owner: string) =>
    environment(
      `{ command: ${node('console.log(Date.now())')}, digest-command: ${node(`console.log('${digest}')`)} }`,
      `{ action: put, with: { where: ${owner} } }`,
    )

  test('is left as it is when the owner did not succeed, and still read back', async () => {
    const { host, result } = await deploy(sides('nowhere'), 'new-primary', false, 'owner-first')
    expect([result.outcome, result.reason]).toEqual(['rolled-back', 'new: there is no such place'])
    expect(result.sides).toMatchObject([
      { side: 'new', outcome: 'rolled-back' },
      { side: 'legacy', outcome: 'blocked', running: [digest] },
    ])
    expect(host.log.join('\n')).toContain('legacy: left as it is, since the new side did not succeed before it')
    expect(host.log.join('\n')).not.toMatch(/\[legacy\] \d/)
  })

  test('is deployed to when the owner has succeeded', async () => {
    const { host, result } = await deploy(sides('here'), 'new-primary', false, 'owner-first')
    expect([result.outcome, result.parity]).toEqual(['succeeded', true])
    expect(host.log.join('\n')).toMatch(/\[legacy\] \d/)
  })
})
