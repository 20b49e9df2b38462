import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { rehearsals } from '../../scripts/rehearsals.ts'
import { parseWorkflow, runWorkflow, type StepCall } from '../../scripts/workflow.ts'
import { runCommand } from '../../src/action/command.ts'
import { root } from '../support/main-job.ts'
import { program } from '../support/programs.ts'

const examples = join(root, 'examples')
const workflowOf = (name: string): string => join(examples, name, '.github', 'workflows', 'deploy.yml')

const workflow = `
on: { workflow_dispatch: { inputs: { version: { default: v1 } } } }
jobs:
  prod:
    needs: [build, qa]
    if: needs.qa.outputs.parity == 'true'
    steps:
      - uses: ./actions/dual-deploy
        with: { environment: prod, image: '\${{ needs.build.outputs.image }}' }
  build:
    outputs: { image: '\${{ steps.made.outputs.image }}' }
    steps:
      - uses: actions/checkout@v5
      - { id: made, uses: ./actions/build-push-ecr, with: { tags: '\${{ inputs.version }}', oci-layout: '\${{ vars.NONE }}' } }
  qa:
    needs: build
    outputs: { parity: '\${{ steps.deploy.outputs.parity }}' }
    steps:
      - { id: deploy, uses: ./actions/dual-deploy, with: { environment: qa, image: '\${{ needs.build.outputs.image }}' } }
`

async function run(parity: string | undefined) {
  const calls: StepCall[] = []
  const skipped: string[] = []
  const done = await runWorkflow(
    parseWorkflow(workflow),
    { version: 'v2' },
    async (call) => {
      calls.push(call)
      if (call.action === 'build-push-ecr') return { image: 'orders@1' }
      return parity === undefined ? undefined : { parity }
    },
    (job, why) => skipped.push(`${job}: ${why}`),
  )
  return { done, calls: calls.map(({ job, inputs }) => ({ job, ...inputs })), skipped }
}

describe('a workflow that is rehearsed', () => {
  const both = [
    { job: 'build', tags: 'v2' },
    { job: 'qa', environment: 'qa', image: 'orders@1' },
  ]
  test('runs its jobs by their needs, with what earlier ones put out', async () => {
    expect(await run('true')).toEqual({
      done: true,
      calls: [...both, { job: 'prod', environment: 'prod', image: 'orders@1' }],
      skipped: [],
    })
  })

  test('skips a job whose condition does not hold, and ends at a step that fails', async () => {
    expect(await run('false')).toEqual({
      done: true,
      calls: both,
      skipped: ["prod: needs.qa.outputs.parity == 'true' does not hold"],
    })
    expect(await run(undefined)).toEqual({ done: false, calls: both, skipped: [] })
  })

  test('is refused where it has what is not known, rather than run in part', async () => {
    const steps = (text: string) => parseWorkflow(`jobs: { a: { steps: [ ${text} ] } }`)
    expect(() => steps('{ run: make }')).toThrow('a step that is not known here')
    expect(() => steps('{ uses: ./actions/dual-deploy, if: always() }')).toThrow('a step that is not known here')
    expect(() => parseWorkflow('jobs: { a: { needs: b, steps: [] }, b: { needs: a, steps: [] } }')).toThrow(
      'jobs that need each other: a, b',
    )
    const odd = steps(`{ uses: ./actions/dual-deploy, with: { image: "\${{ format('x') }}" } }`)
    await expect(
      runWorkflow(
        odd,
        {},
        async () => ({}),
        () => undefined,
      ),
    ).rejects.toThrow("the expression 'format('x')' is not known here")
  })
})

describe('the examples', () => {
  test('that can be rehearsed have a workflow that this can run, and stand in the README', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8')
    for (const name of Object.keys(rehearsals)) {
      const { jobs } = parseWorkflow(readFileSync(workflowOf(name), 'utf8'))
      expect(jobs.flatMap(({ steps }) => steps.map(({ action }) => action))).toEqual([
        'build-push-ecr',
        'dual-deploy',
        'promote-artifact',
        'dual-deploy',
      ])
      expect(readme).toContain(`npm run example -- ${name}`)
    }
    for (const name of readdirSync(examples)) expect(readme).toContain(`](examples/${name})`)
  })

  const actionlint = program('actionlint')
  const linted = actionlint === undefined ? test.skip : test
  linted('have workflows that actionlint has nothing against', async () => {
    const files = readdirSync(examples).map(workflowOf)
    const { code, stdout } = await runCommand([actionlint as string, ...files])
    expect([code, stdout]).toEqual([0, ''])
  })
})
