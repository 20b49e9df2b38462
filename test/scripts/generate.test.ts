import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse, parseAllDocuments } from 'yaml'
import { actionYml } from '../../scripts/action-yml.ts'
import { generated, outOfStep } from '../../scripts/generate.ts'
import { gitlabTemplate } from '../../scripts/gitlab-template.ts'
import { iamPolicy, markers, rbacRules, reference, withReference } from '../../scripts/reference.ts'
import { sampleAction } from '../support/sample-action.ts'

const delivery = { image: 'node:24', command: 'strangler-deploy' }

describe('an action.yml', () => {
  const yml = parse(actionYml(sampleAction))
  test('lists inputs in order, with defaults as text', () => {
    expect(Object.keys(yml.inputs)).toEqual(Object.keys(sampleAction.inputs))
    expect(yml.inputs.target).toEqual({ description: 'Where to', required: true })
    expect(yml.inputs['dry-run'].default).toBe('false')
    expect(yml.inputs.steps.default).toBe('10')
    expect(yml.inputs.variables.default).toBe('A=1\nB=two words')
  })
  test('has the outputs of every action too, and starts the bundle', () => {
    expect(Object.keys(yml.outputs)).toEqual(['id', 'outcome', 'result'])
    expect(yml.runs).toEqual({
      using: 'node24',
      main: '../../dist/sample/index.js',
      post: '../../dist/sample/post.js',
      'post-if': 'always()',
    })
  })
  test('has no post step where the action has none', () => {
    const { post: _, ...without } = sampleAction
    expect(parse(actionYml(without)).runs.post).toBeUndefined()
  })
})

describe('a GitLab template', () => {
  const [header, body] = parseAllDocuments(gitlabTemplate(sampleAction, delivery)).map((document) => document.toJS())
  const job = body['$[[ inputs.job-name ]]']
  test('types its inputs', () => {
    const { inputs } = header.spec
    expect(inputs.target).toEqual({ description: 'Where to' })
    expect(inputs['dry-run']).toMatchObject({ type: 'boolean', default: false })
    expect(inputs.sure).toEqual({ description: 'A flag that need not be given', default: '' })
    expect(inputs.steps).toMatchObject({ type: 'number', default: 10 })
    expect(inputs['on-cancel']).toMatchObject({ default: 'rollback', options: ['rollback', 'stop', 'leave'] })
    expect(inputs.mode).toMatchObject({ default: '', options: ['', 'fast', 'slow'] })
    expect(inputs.rules).toMatchObject({ type: 'array', default: [{ when: 'on_success' }] })
  })
  test('puts no input into a script: values are variables that nothing expands', () => {
    expect(JSON.stringify([job.script, job.after_script])).not.toContain('$[[')
    expect(job.script).toEqual(['$STRANGLER_COMMAND sample'])
    expect(job.after_script).toEqual(['$STRANGLER_COMMAND post sample'])
    for (const [name, variable] of Object.entries(job.variables)) {
      expect([name, variable]).toEqual([name, { value: expect.any(String), expand: false }])
    }
    expect(job.variables.STRANGLER_INPUT_ON_CANCEL.value).toBe('$[[ inputs.on-cancel ]]')
  })
  test('uses every input that it declares', () => {
    for (const name of Object.keys(header.spec.inputs)) expect(JSON.stringify(body)).toContain(`$[[ inputs.${name} ]]`)
  })
  test('deploys one at a time, without being interrupted, and keeps what it wrote', () => {
    expect(job).toMatchObject({ interruptible: false, resource_group: 'strangler-deploy/$[[ inputs.environment ]]' })
    expect(job.artifacts).toMatchObject({ when: 'always', paths: ['.strangler-deploy/$[[ inputs.job-name ]]/'] })
  })
  test('has no environment where the action only prepares', () => {
    const { 'on-cancel': _, ...inputs } = sampleAction.inputs
    const [, prepared] = parseAllDocuments(gitlabTemplate({ ...sampleAction, inputs } as never, delivery))
    expect(prepared?.toString()).not.toContain('environment')
  })
})

describe('the reference', () => {
  test('has a policy and rules to paste', () => {
    expect(iamPolicy(sampleAction).Statement[0]?.Action).toEqual(['ecs:DescribeServices', 'ecs:UpdateService'])
    expect(rbacRules(sampleAction)).toEqual([
      { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'list'] },
      { apiGroups: [''], resources: ['pods'], verbs: ['get'] },
    ])
  })
  test('breaks no table with a bar or a line end', () => {
    const rows = reference([sampleAction])
      .split('\n')
      .filter((line) => line.startsWith('| '))
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|').length - 2).toBeGreaterThanOrEqual(2)
    expect(rows.join('\n')).toContain('What was made \\| done')
    expect(rows.join('\n')).toContain('`A=1')
  })
  test('stands between its markers, again and again the same', () => {
    const readme = `# Title\n\n${markers.start}\nold\n${markers.end}\n\nafter\n`
    const once = withReference(readme, [sampleAction])
    expect(once).not.toContain('\nold\n')
    expect(once.startsWith('# Title\n')).toBe(true)
    expect(once.endsWith(`${markers.end}\n\nafter\n`)).toBe(true)
    expect(withReference(once, [sampleAction])).toBe(once)
    expect(() => withReference('# Title\n', [])).toThrow('README.md lacks')
  })
})

describe('the check', () => {
  test('names each file that is missing, changed or left over', () => {
    const root = mkdtempSync(join(tmpdir(), 'strangler-generate-'))
    const put = (path: string, text: string): void => {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    put('actions/gone/action.yml', 'old')
    put('gitlab-templates/gone.yml', 'old')
    put('actions/sample/action.yml', 'changed')
    put('README.md', `${markers.start}\n${markers.end}\n`)
    const files = generated(root, [sampleAction], delivery)
    expect(outOfStep(root, files).sort()).toEqual([
      'README.md',
      'actions/gone/action.yml',
      'actions/sample/action.yml',
      'gitlab-templates/gone.yml',
      'gitlab-templates/sample.yml',
    ])
    for (const path of ['actions/sample/action.yml', 'gitlab-templates/sample.yml', 'README.md'])
      put(path, files.get(path) ?? '')
    expect(outOfStep(root, generated(root, [sampleAction], delivery))).toEqual([
      'actions/gone/action.yml',
      'gitlab-templates/gone.yml',
    ])
  })
})
