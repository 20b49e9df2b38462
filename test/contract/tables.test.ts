import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { allActions, deliveryOf, generated, outOfStep } from '../../scripts/generate.ts'
import { deploys, jobInputs } from '../../scripts/gitlab-template.ts'
import { registry } from '../../src/actions/registry.ts'
import { ownFlags } from '../../src/flags.ts'
import { upperSnake } from '../../src/hosts/surroundings.ts'

const root = process.cwd()
const actions = await allActions()

test('action.yml files, GitLab templates and the README are as they are made from the tables', () => {
  expect(outOfStep(root, generated(root, actions, deliveryOf(root)))).toEqual([])
})

test('every action is registered under its own name, in the file of that name', () => {
  expect(actions.map(({ name }) => name)).toEqual(Object.keys(registry))
  for (const { name } of actions) {
    expect(readFileSync(join(root, 'src/actions', `${name}.ts`), 'utf8')).toContain(`name: '${name}'`)
  }
})

describe.each(actions.map((action) => [action.name, action] as const))('the table of %s', (_, action) => {
  const inputs = Object.entries(action.inputs)

  test('has defaults that its own parsers take, and none for what is required', () => {
    for (const [name, input] of inputs) {
      if (input.default === undefined) continue
      expect([name, input.required]).toEqual([name, false])
      expect([name, input.default]).toEqual([name, input.default.trim()])
      expect(() => input.parse(input.default ?? '')).not.toThrow()
    }
  })

  test('describes everything in one line, and names it in kebab case', () => {
    const described = [...inputs, ...Object.entries(action.outputs)]
    for (const [name, { description }] of described) {
      expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
      expect([name, description]).toEqual([name, expect.stringMatching(/^\S.*\S$/)])
    }
    expect(action.description).toMatch(/^[A-Z].*\.$/)
    // GitHub would take these for expressions.
    expect(JSON.stringify([described, action.description])).not.toContain('${{')
  })

  test('can be dry-run', () => {
    expect(action.inputs['dry-run']).toMatchObject({ kind: 'flag', default: 'false' })
  })

  test('leaves the names of the command line and of the job alone', () => {
    const names = Object.keys(action.inputs)
    const taken = Object.keys(jobInputs(action, deliveryOf(root))).filter((name) => name !== 'environment')
    expect(
      names.filter((name) => Object.hasOwn(ownFlags, name) || taken.includes(name) || name.startsWith('no-')),
    ).toEqual([])
    // Node takes this one for itself, also behind the script's name.
    expect(names.filter((name) => name === 'env-file' || name === 'env-file-if-exists')).toEqual([])
    expect(new Set(names.map(upperSnake)).size).toBe(names.length)
    expect(Object.keys(action.outputs)).not.toContain('outcome')
    expect(Object.keys(action.outputs)).not.toContain('result')
    expect(Object.keys(action.outputs).length).toBeLessThanOrEqual(18)
    if (names.includes('environment')) expect(deploys(action)).toBe(true)
  })

  test('names its permissions as IAM and Kubernetes do, with why', () => {
    for (const [name, why] of Object.entries(action.permissions.iam)) {
      expect(name).toMatch(/^[a-z0-9-]+:[A-Z][A-Za-z]+$/)
      expect(why).toMatch(/\S/)
    }
    const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection']
    for (const [resource, used] of Object.entries(action.permissions.rbac ?? {})) {
      expect(resource).toMatch(/^[a-z]+(\/[a-z]+)?(\.[a-z0-9.-]+)?$/)
      for (const verb of used) expect(verbs).toContain(verb)
    }
  })
})
