import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { InputError } from '../../src/action/errors.ts'
import { parseStranglerFile } from '../../src/dual/strangler-file.ts'

const problemsOf = (text: string): readonly string[] => {
  try {
    parseStranglerFile(text, 's.yml')
  } catch (error) {
    if (error instanceof InputError) return error.problems
    throw error
  }
  return []
}

describe('strangler.yml', () => {
  test('reads actions, commands and steps; lists and mappings in `with` become lines, nested ones JSON', () => {
    const file = parseStranglerFile(`
version: 1
services:
  orders:
    environments:
      qa:
        phase: dual
        values: { region: uk, replicas: 2 }
        legacy:
          command: [ansible-playbook, deploy.yml, -e, 'image={{ image }}']
          digest-command: [./running-digest]
        new:
          steps:
            - action: render-task-def
              with: { task-definition: td.json, cpu: 256, environment-variables: { A: 1, B: x=y } }
            - action: codedeploy-bluegreen
              with: { task-definition: '{{ outputs.task-definition }}', service: orders, values: [a.yml, b.yml], overrides: [{ name: app }] }
`)
    expect(file.services['orders']?.['qa']).toEqual({
      phase: 'dual',
      values: { region: 'uk', replicas: '2' },
      sides: {
        legacy: {
          steps: [{ command: ['ansible-playbook', 'deploy.yml', '-e', 'image={{ image }}'] }],
          digestCommand: ['./running-digest'],
        },
        new: {
          digestCommand: undefined,
          steps: [
            {
              action: 'render-task-def',
              with: { 'task-definition': 'td.json', cpu: '256', 'environment-variables': 'A=1\nB=x=y' },
            },
            {
              action: 'codedeploy-bluegreen',
              with: {
                'task-definition': '{{ outputs.task-definition }}',
                service: 'orders',
                values: 'a.yml\nb.yml',
                overrides: '[{"name":"app"}]',
              },
            },
          ],
        },
      },
    })
  })

  test('reports every problem at once, each with its path and a near name', () => {
    expect(
      problemsOf(`
services:
  orders:
    enviroments: {}
  web:
    environments:
      qa: { phase: duall, legacy: { command: [x] } }
      prod:
        phase: dual
        legacy: { command: ansible-playbook deploy.yml }
        new: { action: a, command: [b] }
      uat: { phase: new, legacy: { action: a, with: { x: [~] } } }
`),
    ).toEqual([
      "s.yml: services.orders.enviroments: is not known here, did you mean 'environments'?",
      's.yml: services.orders.environments: is missing',
      's.yml: services.web.environments.qa.phase: expected one of legacy, archive, dual, shifting, new-primary, new, got "duall"',
      "s.yml: services.web.environments.prod.legacy.command: expected a list such as ['ansible-playbook', 'deploy.yml'] (it is run without a shell), got \"ansible-playbook deploy.yml\"",
      's.yml: services.web.environments.prod.new: give either an action or a command',
      's.yml: services.web.environments.uat.legacy.with.x: expected text, a number, true or false, or a list or mapping, got [null]',
      's.yml: services.web.environments.uat.new: is missing: phase new deploys to new',
    ])
  })

  test('never does anything but return a file or name its problems, whatever it reads', () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('node')),
        fc.dictionary(
          fc.constantFrom('phase', 'legacy', 'new', 'action', 'with', 'steps', 'command', 'qa', '__proto__'),
          tie('node'),
        ),
      ),
    })).node
    fc.assert(
      fc.property(value, (environments) => {
        const text = JSON.stringify({ services: { s: { environments } } })
        expect(Array.isArray(problemsOf(text))).toBe(true)
      }),
    )
  })
})
