import * as sdk from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { appSpecContent, parseAppSpec, taskDefinitionsIn, withTaskDefinition } from '../../src/ecs/appspec.ts'
import { splitCommand } from '../../src/ecs/command-words.ts'
import { renderTaskDefinition } from '../../src/ecs/render.ts'
import {
  parseTaskDefinition,
  sameTaskDefinition,
  type TaskDefinition,
  withoutDescribeOnly,
} from '../../src/ecs/task-definition.ts'
import { taskDefinitionProblems } from '../../src/ecs/task-definition-checks.ts'
import { describeDifferences, taskDefinitionDiff } from '../../src/ecs/task-definition-diff.ts'
import { type Members, taskDefinitionMembers } from '../../src/ecs/task-definition-members.ts'
import { unknownMembers } from '../../src/ecs/unknown-members.ts'

const base: TaskDefinition = {
  family: 'orders',
  brandNew: { deep: [''] },
  containerDefinitions: [
    {
      name: 'web',
      image: 'old',
      command: ['sh', '-c', ''],
      environment: [
        { name: 'A', value: '' },
        { name: 'B', value: '1' },
      ],
      cpu: 0,
      dockerLabels: { x: '' },
    },
    { name: 'log', image: 'log', essential: false },
  ],
}

describe('rendering a task definition', () => {
  test('changes what was asked for and nothing else: empty texts, zeroes and members that nobody knows stay', () => {
    const rendered = renderTaskDefinition(base, {
      containers: {
        web: { image: 'new', environment: { B: 'x=y=', C: ' spaced ' }, removeEnvironment: ['Z'] },
        log: { image: 'log2' },
      },
      cpu: '256',
    })
    expect(rendered).toEqual({
      ...base,
      cpu: '256',
      containerDefinitions: [
        {
          ...base.containerDefinitions?.[0],
          image: 'new',
          environment: [
            { name: 'A', value: '' },
            { name: 'B', value: 'x=y=' },
            { name: 'C', value: ' spaced ' },
          ],
        },
        { name: 'log', image: 'log2', essential: false },
      ],
    })
  })

  test('with nothing asked for is the same document', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (more) => {
        const document = { ...more, containerDefinitions: [{ ...more, name: 'a' }] } as TaskDefinition
        expect(renderTaskDefinition(document, { containers: { a: {} } })).toEqual(document)
      }),
    )
  })

  test('names the containers that there are when one is not', () => {
    expect(() => renderTaskDefinition(base, { containers: { wbe: { image: 'x' } } })).toThrow(
      "there is no container 'wbe', did you mean 'web'? (the task definition has web, log)",
    )
  })

  const words: [string, string[]][] = [
    ['node server.js', ['node', 'server.js']],
    ['sh -c "echo \'a b\' $HOME"', ['sh', '-c', "echo 'a b' $HOME"]],
    [`a '' "" \\ b`, ['a', '', '', ' b']],
    ['["sh","-c","a b"]', ['sh', '-c', 'a b']],
    ['[ -f x ]', ['[', '-f', 'x', ']']],
  ]
  test.each(words)('splits the command %s', (text, expected) => expect(splitCommand(text)).toEqual(expected))
  test('refuses a quote that is not closed', () =>
    expect(() => splitCommand("a 'b")).toThrow("the quote ' is not closed"))
})

describe('reading a task definition', () => {
  test.each([
    ['{"family":"a","containerDefinitions":[{"name":"x"}]}'],
    ['// why\n{"family":"a", /* so */ "containerDefinitions":[{"name":"x"},],}'],
    ['family: a\ncontainerDefinitions:\n  - name: x\n'],
    [
      '{"taskDefinition":{"family":"a","status":"ACTIVE","deleteRequestedAt":1,"containerDefinitions":[{"name":"x"}]},"tags":[]}',
    ],
  ])('takes JSON, JSON with comments, YAML and what describe prints: %s', (text) => {
    expect(parseTaskDefinition(text, 'f')).toEqual({ family: 'a', containerDefinitions: [{ name: 'x' }] })
  })

  test('names the place of a mistake', () => {
    expect(() => parseTaskDefinition('{\n  "family" "a"\n}', 'td.json')).toThrow(/^td\.json:2:\d+: ColonExpected/)
    expect(() => parseTaskDefinition('{"containerDefinitions":[{"name":{}}]}', 'td.json')).toThrow(
      'td.json: expected containerDefinitions[0].name to be text',
    )
    expect(() => parseTaskDefinition('[]', 'td.json')).toThrow('td.json: expected a task definition, got a list')
  })

  test('a described revision and the file it came from are the same', () => {
    const file: TaskDefinition = {
      family: 'a',
      networkMode: 'awsvpc',
      containerDefinitions: [{ name: 'x', image: 'i', portMappings: [{ containerPort: 80 }] }],
    }
    const described: TaskDefinition = {
      ...file,
      revision: 7,
      status: 'ACTIVE',
      volumes: [],
      containerDefinitions: [
        {
          name: 'x',
          image: 'i',
          cpu: 0,
          essential: true,
          environment: [],
          mountPoints: [],
          volumesFrom: [],
          systemControls: [],
          portMappings: [{ containerPort: 80, hostPort: 80, protocol: 'tcp' }],
        },
      ],
    }
    expect(sameTaskDefinition(file, described)).toBe(true)
    expect(withoutDescribeOnly(described)['revision']).toBeUndefined()
    expect(sameTaskDefinition(file, { ...file, containerDefinitions: [{ name: 'x', image: 'j' }] })).toBe(false)
  })
})

describe('checks before anything is called', () => {
  const rows: [string, TaskDefinition, string][] = [
    [
      'sizes',
      {
        family: 'a',
        requiresCompatibilities: ['FARGATE'],
        networkMode: 'awsvpc',
        cpu: '256',
        memory: '4096',
        containerDefinitions: [{ name: 'a', image: 'i' }],
      },
      'Fargate offers cpu 256 with memory 512, 1024, 2048, not 4096',
    ],
    [
      'secrets',
      { family: 'a', containerDefinitions: [{ name: 'a', image: 'i', secrets: [{ name: 'X', valueFrom: 'y' }] }] },
      'a: has secrets, so the task definition needs an executionRoleArn',
    ],
    [
      'volumes',
      { family: 'a', containerDefinitions: [{ name: 'a', image: 'i', mountPoints: [{ sourceVolume: 'v' }] }] },
      "a: mounts the volume 'v', which is not declared",
    ],
    [
      'twins',
      {
        family: 'a',
        containerDefinitions: [
          { name: 'a', image: 'i' },
          { name: 'a', image: 'i' },
        ],
      },
      "two containers are named 'a'",
    ],
    [
      'variables',
      {
        family: 'a',
        containerDefinitions: [
          {
            name: 'a',
            image: 'i',
            environment: [
              { name: 'X', value: '1' },
              { name: 'X', value: '2' },
            ],
          },
        ],
      },
      'a: the variable X is set twice',
    ],
  ]
  test.each(rows)('finds %s', (_, document, problem) => expect(taskDefinitionProblems(document)).toEqual([problem]))

  test('knows members as the SDK does', () => {
    const walk = (reference: unknown): Members => {
      const schema = typeof reference === 'function' ? (reference() as unknown) : reference
      if (!Array.isArray(schema)) return null
      if (schema.length === 2) return walk(schema[0])
      if (schema[0] === 0 || schema[0] === 2) return null
      if (schema[0] === 1) return walk(schema[4]) === null ? null : [walk(schema[4])]
      return Object.fromEntries(
        (schema[4] as string[]).map((name, index) => [name, walk((schema[5] as unknown[])[index])]),
      )
    }
    expect(taskDefinitionMembers).toEqual(
      walk((sdk as unknown as Record<string, unknown>)['RegisterTaskDefinitionRequest$']),
    )
  })

  test('tells unknown members by path with the name that was meant', () => {
    expect(
      unknownMembers(
        { containerDefinitions: [{ enviroment: [], dockerLabels: { any: 'x' } }], zzz: 1 },
        taskDefinitionMembers,
      ),
    ).toEqual([
      "containerDefinitions[0].enviroment is not known to ECS, did you mean 'environment'?",
      'zzz is not known to ECS',
    ])
  })
})

test('a diff tells containers and variables by name', () => {
  const after = renderTaskDefinition(base, {
    containers: { web: { image: 'new', environment: { C: '3' }, removeEnvironment: ['B'] } },
  })
  expect(describeDifferences(taskDefinitionDiff(base, after))).toEqual([
    'web',
    '  - environment[B]: 1',
    '  + environment[C]: 3',
    '  ~ image: old → new',
  ])
})

describe('an AppSpec', () => {
  test('gets the task definition and keeps everything else, whatever the case of its keys', () => {
    const spec = parseAppSpec(
      'version: 0.0\nresources:\n  - targetService:\n      type: AWS::ECS::Service\n      properties:\n        taskdefinition: <x>\n        LoadBalancerInfo: { ContainerName: a, ContainerPort: 80 }\nHooks:\n  - BeforeInstall: fn\n',
      'appspec.yaml',
    )
    const content = appSpecContent(withTaskDefinition(spec, 'arn:td:7'))
    expect(content).toMatch(/^\{"version":0\.0,/)
    expect(taskDefinitionsIn(JSON.parse(content) as never)).toEqual(['arn:td:7'])
    expect(JSON.parse(content)).toMatchObject({
      Hooks: [{ BeforeInstall: 'fn' }],
      resources: [{ targetService: { properties: { LoadBalancerInfo: { ContainerPort: 80 } } } }],
    })
  })
  test('without a target service is refused', () =>
    expect(() => parseAppSpec('version: 0.0', 'a.yml')).toThrow('a.yml: expected Resources'))
})
