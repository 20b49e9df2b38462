import { defineAction } from '../../src/action/define.ts'
import { duration, flag, integer, json, lines, list, oneOf, pairs, text } from '../../src/action/inputs.ts'

/** An action of no room, with an input of every kind, for tests of what is made from a table. */
export const sampleAction = defineAction({
  name: 'sample',
  description: 'Shows every kind of input: "quotes", a | bar and a colon.',
  inputs: {
    target: text({ description: 'Where to', required: true }),
    note: text({ description: 'A note', default: 'it is $5 `id` "q" $(id) $HOME' }),
    'dry-run': flag({ description: 'Only look', default: 'false' }),
    sure: flag({ description: 'A flag that need not be given' }),
    steps: integer(1, 100)({ description: 'How many steps', default: '10' }),
    limit: integer(0, 9)({ description: 'A number that need not be given' }),
    timeout: duration({ description: 'How long', default: '30m' }),
    'on-cancel': oneOf(['rollback', 'stop', 'leave'])({ description: 'What a cancel does', default: 'rollback' }),
    mode: oneOf(['fast', 'slow'])({ description: 'A choice that need not be made' }),
    tags: list({ description: 'Several', default: 'a, b' }),
    'extra-lines': lines({ description: 'Lines' }),
    variables: pairs({ description: 'Pairs', default: 'A=1\nB=two words' }),
    shape: json({ description: 'Structured' }),
  },
  outputs: { id: { description: 'What was made | done' } },
  permissions: {
    iam: { 'ecs:UpdateService': 'To update it', 'ecs:DescribeServices': 'To see it' },
    rbac: { 'deployments.apps': ['get', 'list'], pods: ['get'] },
  },
  async run({ inputs, host, signal, clock }) {
    host.mask('hunter2-hunter2')
    host.saveState('begun', inputs.target)
    await host.group('Details', async () => host.info(`note: ${inputs.note}`))
    host.info('the secret is hunter2-hunter2')
    host.info('::set-output name=id::forged')
    if (inputs.target === 'wait') await clock.sleep(inputs.timeout, signal)
    if (inputs.target === 'hang') await new Promise((resolve) => setTimeout(resolve, 60_000))
    if (inputs.target === 'fail')
      return { outcome: 'rolled-back', outputs: { id: 'd-2' }, reason: 'app: exit 137\nmore' }
    return {
      outcome: 'succeeded',
      outputs: { id: 'd-1' },
      summary: '## Sample\n\n| a | b |\n',
      detail: { steps: inputs.steps },
    }
  },
  async post({ host }) {
    host.info(`post: ${host.loadState('begun') ?? 'nothing was begun'}`)
  },
})
