import * as sdk from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { appSpecContent, parseAppSpec, taskDefinitionsIn, withTaskDefinition } from '../../src/ecs/appspec.ts'
import { renderTaskDefinition } from '../../src/ecs/render.ts'
import { sameTaskDefinition, type TaskDefinition, withoutDescribeOnly } from '../../src/ecs/task-definition.ts'
import { parseTaskDefinition } from '../../src/ecs/task-definition-file.ts'
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

  test('with nothing asked for is the same document, byte for byte, whatever it holds', () => {
    const json = fc.dictionary(fc.string(), fc.jsonValue())
    fc.assert(
      fc.property(json, fc.array(json), fc.boolean(), (more, containers, asked) => {
        const document = {
          ...more,
          containerDefinitions: containers.map((container, index) => ({ ...container, name: `c${index}` })),
          ...more,
        } as TaskDefinition
        const names = Array.isArray(document.containerDefinitions) ? document.containerDefinitions : []
        const changes = asked ? Object.fromEntries(names.map((container) => [container.name ?? '', {}])) : {}
        expect(JSON.stringify(renderTaskDefinition(document, { containers: changes }))).toBe(JSON.stringify(document))
      }),
    )
  })

  test('keeps the order of variables, puts new ones at the end, and does the same the second time', () => {
    const texts = fc.dictionary(fc.stringMatching(/^[A-F]$/), fc.string())
    fc.assert(
      fc.property(texts, texts, fc.array(fc.stringMatching(/^[A-F]$/)), (before, environment, removeEnvironment) => {
        const rows = Object.entries(before).map(([name, value]) => ({ name, value }))
        const document: TaskDefinition = { containerDefinitions: [{ name: 'a', environment: rows }] }
        const changes = { containers: { a: { environment, removeEnvironment } } }
        const once = renderTaskDefinition(document, changes)
        const after = once.containerDefinitions?.[0]?.['environment'] as { name: string; value: string }[]
        const kept = Object.keys(before).filter((name) => !removeEnvironment.includes(name))
        const added = Object.keys(environment).filter((name) => !kept.includes(name))
        expect(after.map(({ name }) => name)).toEqual([...kept, ...added])
        for (const { name, value } of after) expect(value).toBe(environment[name] ?? before[name])
        const again = renderTaskDefinition(document, { containers: { a: { environment } } })
        expect(renderTaskDefinition(again, { containers: { a: { environment } } })).toEqual(again)
      }),
    )
  })

  test('sets every member of a container and of the task', () => {
    const document: TaskDefinition = {
      family: 'a',
      volumes: [{ name: 'old', host: {} }, { name: 'data' }],
      tags: [{ key: 'team', value: 'x' }],
      containerDefinitions: [
        {
          name: 'a',
          environment: [{ name: 'OLD', value: '1' }],
          secrets: [
            { name: 'S', valueFrom: 'arn:s' },
            { name: 'T', valueFrom: 'arn:t' },
          ],
          healthCheck: { command: ['CMD', 'x'], retries: 5, unknown: 1 },
          logConfiguration: { logDriver: 'splunk', options: { 'splunk-token': 'abc==', tag: '' }, unknown: [] },
          mountPoints: [{ sourceVolume: 'old', containerPath: '/data', other: 1 }, { containerPath: '/b' }],
          portMappings: [{ containerPort: 1 }],
        },
      ],
    }
    const rendered = renderTaskDefinition(document, {
      family: 'b',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      runtimePlatform: { cpuArchitecture: 'ARM64' },
      ephemeralStorage: { sizeInGiB: 30 },
      volumes: [{ name: 'data', efsVolumeConfiguration: { fileSystemId: 'fs-1' } }, { name: 'new' }],
      tags: { team: 'y', stage: 'qa' },
      containers: {
        a: {
          environment: { NEW: '2' },
          replaceEnvironment: true,
          secrets: { T: 'arn:t2' },
          removeSecrets: ['S'],
          environmentFiles: ['arn:aws:s3:::b/f.env'],
          healthCheck: { interval: 10 },
          logOptions: { tag: 'a=b' },
          logSecretOptions: { 'splunk-url': 'arn:u' },
          mountPoints: [{ sourceVolume: 'data', containerPath: '/data', readOnly: true }],
          portMappings: [{ containerPort: 2 }],
          entryPoint: ['/bin/sh'],
          cpu: 0,
          memoryReservation: 64,
          essential: false,
          user: '1000',
          workingDirectory: '/app',
          stopTimeout: 30,
          readonlyRootFilesystem: true,
          dockerLabels: { a: '1=2' },
        },
      },
    })
    expect(rendered).toEqual({
      family: 'b',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      runtimePlatform: { cpuArchitecture: 'ARM64' },
      ephemeralStorage: { sizeInGiB: 30 },
      volumes: [
        { name: 'old', host: {} },
        { name: 'data', efsVolumeConfiguration: { fileSystemId: 'fs-1' } },
        { name: 'new' },
      ],
      tags: [
        { key: 'team', value: 'y' },
        { key: 'stage', value: 'qa' },
      ],
      containerDefinitions: [
        {
          name: 'a',
          environment: [{ name: 'NEW', value: '2' }],
          secrets: [{ name: 'T', valueFrom: 'arn:t2' }],
          healthCheck: { command: ['CMD', 'x'], retries: 5, unknown: 1, interval: 10 },
          logConfiguration: {
            logDriver: 'splunk',
            options: { 'splunk-token': 'abc==', tag: 'a=b' },
            unknown: [],
            secretOptions: [{ name: 'splunk-url', valueFrom: 'arn:u' }],
          },
          mountPoints: [{ sourceVolume: 'data', containerPath: '/data', readOnly: true }, { containerPath: '/b' }],
          portMappings: [{ containerPort: 2 }],
          entryPoint: ['/bin/sh'],
          cpu: 0,
          memoryReservation: 64,
          essential: false,
          user: '1000',
          workingDirectory: '/app',
          stopTimeout: 30,
          readonlyRootFilesystem: true,
          dockerLabels: { a: '1=2' },
          environmentFiles: [{ value: 'arn:aws:s3:::b/f.env', type: 's3' }],
        },
      ],
    })
  })

  test('names the containers that there are when one is not', () => {
    expect(() => renderTaskDefinition(base, { containers: { wbe: { image: 'x' } } })).toThrow(
      "there is no container 'wbe', did you mean 'web'? (the task definition has web, log)",
    )
  })
})

describe('reading a task definition', () => {
  test.each([
    ['{"family":"a","containerDefinitions":[{"name":"x"}]}'],
    ['// why\n{"family":"a", /* so */ "containerDefinitions":[{"name":"x"},],}'],
    ['family: a\ncontainerDefinitions:\n  - name: x\n'],
    ['\uFEFF{"family":"a","containerDefinitions":[{"name":"x"}]}'],
    ['family: a\ncontainerDefinitions:\n  - &x { name: x }\nstatus:\n  <<: *x\n'],
    [
      '{"taskDefinition":{"family":"a","status":"ACTIVE","deleteRequestedAt":1,"containerDefinitions":[{"name":"x"}]},"tags":[]}',
    ],
  ])('takes JSON, JSON with comments, YAML and what describe prints: %s', (text) => {
    expect(parseTaskDefinition(text, 'f')).toEqual({ family: 'a', containerDefinitions: [{ name: 'x' }] })
  })

  test('keeps what stands in it as it stands, for any JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (more) => {
        const text = JSON.stringify({ ...more, containerDefinitions: [{ name: 'a', more }] })
        expect(JSON.stringify(parseTaskDefinition(text, 'f'))).toBe(
          JSON.stringify(withoutDescribeOnly(JSON.parse(text) as TaskDefinition)),
        )
      }),
    )
  })

  test('names the place of a mistake', () => {
    expect(() => parseTaskDefinition('{\n  "family": "a",\n  "family": "b"\n}', 'td.json')).toThrow(
      "td.json:3:3: 'family' is there twice",
    )
    expect(() => parseTaskDefinition(`{"a":${'['.repeat(200_000)}`, 'td.json')).toThrow(/^td\.json/)
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

describe('members', () => {
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
        { containerDefinitions: [{ name: 'web', enviroment: [], dockerLabels: { any: 'x' } }], zzz: 1 },
        taskDefinitionMembers,
      ),
    ).toEqual([
      "containerDefinitions[web].enviroment is not known to ECS, did you mean 'environment'?",
      'zzz is not known to ECS',
    ])
    const container = {
      name: 'web',
      Environment: [],
      environment: [{ name: 'A', vaule: 'x' }],
      logConfiguration: { logdriver: 'awslogs', options: { anything: 'x' } },
      healthCheck: { comand: [] },
      portMappings: [{ containerPort: 80, hostport: 80 }],
      linuxParameters: { capabilities: { dropp: [] } },
    }
    const volumes = [{ name: 'data', efsVolumeConfiguration: { filesystemId: 'fs-1' } }]
    expect(unknownMembers({ containerDefinitions: [container], volumes }, taskDefinitionMembers)).toEqual([
      "containerDefinitions[web].Environment is not known to ECS, did you mean 'environment'?",
      "containerDefinitions[web].environment[A].vaule is not known to ECS, did you mean 'value'?",
      "containerDefinitions[web].logConfiguration.logdriver is not known to ECS, did you mean 'logDriver'?",
      "containerDefinitions[web].healthCheck.comand is not known to ECS, did you mean 'command'?",
      "containerDefinitions[web].portMappings[0].hostport is not known to ECS, did you mean 'hostPort'?",
      "containerDefinitions[web].linuxParameters.capabilities.dropp is not known to ECS, did you mean 'drop'?",
      "volumes[data].efsVolumeConfiguration.filesystemId is not known to ECS, did you mean 'fileSystemId'?",
    ])
  })
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
