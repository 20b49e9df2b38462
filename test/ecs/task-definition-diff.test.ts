import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { marked } from 'marked'
import { renderSummary } from '../../src/ecs/render-report.ts'
import { sameTaskDefinition, type TaskDefinition } from '../../src/ecs/task-definition.ts'
import { describeDifferences, taskDefinitionDiff } from '../../src/ecs/task-definition-diff.ts'

const before: TaskDefinition = {
  family: 'orders',
  cpu: '256',
  containerDefinitions: [
    {
      name: 'web',
      image: 'web:1',
      environment: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
      secrets: [{ name: 'S', valueFrom: 'arn:old' }],
    },
    { name: 'log', image: 'log:1', dependsOn: [{ containerName: 'web', condition: 'START' }] },
  ],
}
const after: TaskDefinition = {
  family: 'orders',
  cpu: '.5 vCPU',
  volumes: [{ name: 'data', host: {} }],
  containerDefinitions: [
    {
      name: 'web',
      image: 'web:2',
      environment: [
        { name: 'C', value: 'a|b\n`c`' },
        { name: 'A', value: '' },
      ],
      secrets: [{ name: 'S', valueFrom: 'arn:new' }],
    },
    { name: 'metrics', image: 'm' },
  ],
}

describe('a diff', () => {
  test('tells changes by container and member, with variables and secrets by name', () =>
    expect(describeDifferences(taskDefinitionDiff(before, after))).toEqual([
      'metrics',
      '  + the container: {"image":"m","name":"metrics"}',
      'web',
      '  ~ environment[A]: 1 → ',
      '  - environment[B]: 2',
      '  + environment[C]: a|b ⏎ `c`',
      '  ~ image: web:1 → web:2',
      '  ~ secrets[S]: arn:old → arn:new',
      'log',
      '  - the container: {"dependsOn":[{"condition":"START","containerName":"web"}],"image":"log:1","name":"log"}',
      'task',
      '  ~ cpu: 256 → 512',
      '  + volumes[data]: {"name":"data"}',
    ]))

  test('counts tags only where the later one has them', () => {
    const tagged = { ...before, tags: [{ key: 'team', value: 'x' }] }
    expect(taskDefinitionDiff(tagged, before)).toEqual([])
    expect(describeDifferences(taskDefinitionDiff(before, tagged))).toEqual(['task', '  + tags.team: x'])
  })

  test('is a table that Markdown reads whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('|', '`', '\\', 'a', ' ', '\n', '<b>', '*') }), (value) => {
        const changed = { ...before, cpu: `x${value}` }
        const html = marked.parse(renderSummary('orders', 'td.json', taskDefinitionDiff(before, changed))) as string
        expect(html.match(/<tr>/g)).toHaveLength(2)
        expect(html.match(/<td>/g)).toHaveLength(4)
        expect(html).not.toContain('<b>')
      }),
    )
    expect(renderSummary('orders', 'td.json', [])).toBe('### Task definition orders\n\nNothing differs from td.json.\n')
  })

  test('of a document with itself in another order, with what ECS adds, has nothing', () => {
    const file: TaskDefinition = {
      family: 'a',
      cpu: '1 vCPU',
      memory: '2GB',
      requiresCompatibilities: ['FARGATE', 'EC2'],
      volumes: [{ name: 'v' }],
      containerDefinitions: [
        {
          name: 'x',
          image: 'i',
          command: null,
          healthCheck: { command: ['CMD', 'x'] },
          portMappings: [{ containerPort: 80 }],
          environment: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
        },
      ],
    }
    const described: TaskDefinition = {
      family: 'a',
      revision: 3,
      cpu: '1024',
      memory: '2048',
      placementConstraints: [],
      requiresCompatibilities: ['EC2', 'FARGATE'],
      volumes: [{ name: 'v', host: {} }],
      containerDefinitions: [
        {
          name: 'x',
          image: 'i',
          cpu: 0,
          essential: true,
          mountPoints: [],
          healthCheck: { command: ['CMD', 'x'], interval: 30, timeout: 5, retries: 3 },
          portMappings: [{ containerPort: 80, hostPort: 0, protocol: 'tcp' }],
          environment: [
            { name: 'B', value: '2' },
            { name: 'A', value: '1' },
          ],
        },
      ],
    }
    expect(taskDefinitionDiff(file, described)).toEqual([])
    expect(sameTaskDefinition(file, described)).toBe(true)
    const web = (containerDefinitions: TaskDefinition['containerDefinitions']): TaskDefinition => ({
      ...file,
      ...(containerDefinitions === undefined ? {} : { containerDefinitions }),
    })
    expect(sameTaskDefinition(file, web([{ name: 'x', image: 'i', command: [''] }]))).toBe(false)
  })

  test('is empty exactly when the two are the same', () => {
    const json = fc.jsonValue({ maxDepth: 3 })
    const document = fc
      .tuple(
        fc.dictionary(fc.constantFrom('cpu', 'volumes', 'x'), json),
        fc.dictionary(fc.constantFrom('environment', 'cpu', 'healthCheck', 'portMappings'), json),
      )
      .map(([task, container]): TaskDefinition => ({ ...task, containerDefinitions: [{ ...container, name: 'a' }] }))
    fc.assert(
      fc.property(document, document, (a, b) => {
        expect(taskDefinitionDiff(a, a)).toEqual([])
        expect(taskDefinitionDiff(a, b).length === 0).toBe(sameTaskDefinition(a, b))
      }),
    )
  })
})
