import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { InputError } from '../../src/action/errors.ts'
import { renderProblems } from '../../src/ecs/rendering.ts'
import type { ContainerDefinition, TaskDefinition } from '../../src/ecs/task-definition.ts'
import { taskDefinitionProblems } from '../../src/ecs/task-definition-checks.ts'
import { fargateSizeProblem } from '../../src/ecs/task-definition-sizes.ts'
import { taskDefinitionWarnings } from '../../src/ecs/task-definition-warnings.ts'
import { checkDefinition } from '../../src/sandbox/aws/ecs/task-definition-rules.ts'

const app: ContainerDefinition = { name: 'app', image: 'app@sha256:aa', memory: 64 }
const task = (container: ContainerDefinition, ...more: ContainerDefinition[]): TaskDefinition => ({
  family: 'orders',
  containerDefinitions: [{ ...app, ...container }, ...more],
})
const fargate = (container: ContainerDefinition = {}, more: TaskDefinition = {}): TaskDefinition => ({
  ...task(container),
  requiresCompatibilities: ['FARGATE'],
  networkMode: 'awsvpc',
  cpu: '256',
  memory: '512',
  ...more,
})
const secret = [{ name: 'X', valueFrom: 'orders-x' }]
const awslogs = {
  logDriver: 'awslogs',
  options: { 'awslogs-group': 'g', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'a' },
}
const ecr = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/app@sha256:aa'

const rows: [string, TaskDefinition, string[]][] = [
  ['nothing in a good one', task({}), []],
  ['nothing in a good one for Fargate', fargate(), []],
  ['a family that is missing', { containerDefinitions: [app] }, ['family is missing']],
  [
    'a family that ECS refuses',
    { ...task({}), family: 'a/b' },
    ["family 'a/b' has characters other than letters, digits, - and _"],
  ],
  ['no containers', { family: 'a', containerDefinitions: [] }, ['containerDefinitions is empty']],
  ['two containers of one name', task({}, app), ["two containers are named 'app'"]],
  ['no essential container', task({ essential: false }), ['no container is essential']],
  ['a container without an image', task({ image: '' }), ['app: image is missing']],
  [
    'a variable set twice',
    task({
      environment: [
        { name: 'X', value: '1' },
        { name: 'X', value: '2' },
      ],
    }),
    ['app: the variable X is set twice'],
  ],
  [
    'a variable that is a secret too',
    {
      ...task({ environment: [{ name: 'X', value: '1' }], secrets: secret }),
      executionRoleArn: 'arn:aws:iam::123456789012:role/r',
    },
    ['app: X is both a variable and a secret, which ECS refuses: remove one of them'],
  ],
  [
    'numbers where ECS takes text, and text where it takes numbers',
    { ...task({ environment: [{ name: 'PORT', value: 8080 }], cpu: '10' }), memory: 512 },
    [
      'memory must be text: write "512"',
      'app: the variable PORT must be text: write "8080"',
      "app: cpu must be a number, not the text '10'",
    ],
  ],
  [
    'a volume that is not declared',
    { ...task({ mountPoints: [{ sourceVolume: 'dta', containerPath: '/d' }] }), volumes: [{ name: 'data' }] },
    ["app: mounts the volume 'dta', which is not declared (did you mean 'data'?)"],
  ],
  [
    'a container that waits for one that is not there',
    task(
      { dependsOn: [{ containerName: 'lgo', condition: 'START' }] },
      { name: 'log', image: 'l@sha256:a', memory: 64 },
    ),
    ["app: depends on 'lgo', which is no container, did you mean 'log'?"],
  ],
  [
    'containers that wait for one another',
    task(
      { dependsOn: [{ containerName: 'b' }] },
      { name: 'b', image: 'b@sha256:a', memory: 64, dependsOn: [{ containerName: 'c' }] },
      { name: 'c', image: 'c@sha256:a', memory: 64, dependsOn: [{ containerName: 'app' }] },
    ),
    ['containers wait for one another: app → b → c → app'],
  ],
  [
    'secrets without a role',
    task({ secrets: secret }),
    ['app: has secrets, so the task definition needs an executionRoleArn'],
  ],
  [
    'secret log options and a private registry without a role',
    task({
      logConfiguration: { logDriver: 'splunk', secretOptions: secret },
      repositoryCredentials: { credentialsParameter: 'arn:p' },
    }),
    [
      'app: has secrets in its log options, so the task definition needs an executionRoleArn',
      'app: has repositoryCredentials, so the task definition needs an executionRoleArn',
    ],
  ],
  [
    'logs and an image of ECR on Fargate without a role',
    fargate({ image: ecr, logConfiguration: awslogs }),
    [
      'app: logs by awslogs on Fargate, so the task definition needs an executionRoleArn',
      'app: has an image in ECR on Fargate, so the task definition needs an executionRoleArn',
    ],
  ],
  ['nothing in the same on EC2', task({ image: ecr, logConfiguration: awslogs }), []],
  [
    'a container larger than its task',
    { ...task({ memory: 1024 }), memory: '0.5 GB' },
    ["app: memory 1024 is over the task's 512 MiB"],
  ],
  [
    'containers that are too much together',
    fargate(
      { memory: 300, cpu: 200 },
      {
        containerDefinitions: [
          { ...app, memory: 300, cpu: 200 },
          { ...app, name: 'b', memory: 300, cpu: 100 },
        ],
      },
    ),
    [
      'the containers reserve 600 MiB of memory together, the task has 512',
      'the containers take 300 CPU units together, the task has 256',
    ],
  ],
  [
    'a soft limit over the hard one',
    task({ memory: 100, memoryReservation: 200 }),
    ['app: memoryReservation 200 is over its memory 100'],
  ],
  [
    'another network on Fargate',
    fargate({}, { networkMode: 'bridge' }),
    ['Fargate needs networkMode awsvpc, not bridge'],
  ],
  [
    'what Fargate does not have',
    fargate(
      { privileged: true, stopTimeout: 300, portMappings: [{ containerPort: 80, hostPort: 8080 }] },
      { ephemeralStorage: { sizeInGiB: 20 } },
    ),
    [
      "app: with awsvpc the host port is the container's 80, not 8080",
      'ephemeralStorage is from 21 to 200 GiB, not 20',
      'app: Fargate waits 120 seconds at most for a container to stop, not 300',
      'app: Fargate runs no privileged containers',
    ],
  ],
]

const more: typeof rows = [
  [
    'lists and objects in the place of one another',
    {
      ...task({ environment: { A: 'b' }, command: 'npm start', healthCheck: [], entryPoint: [1] }),
      volumes: { data: {} },
    },
    [
      'containerDefinitions[0].environment must be a list',
      'containerDefinitions[0].command must be a list of texts',
      'containerDefinitions[0].healthCheck must be an object',
      'containerDefinitions[0].entryPoint must be a list of texts',
      'volumes must be a list',
      'app: healthCheck has no command',
    ],
  ],
  [
    'no memory anywhere',
    task({ memory: 0 }),
    ['app: needs memory or memoryReservation, since the task definition has no memory'],
  ],
  [
    'a name that ECS refuses',
    task({ name: 'a b' }),
    ['a b: its name has characters other than letters, digits, - and _'],
  ],
  [
    'log options that are missing',
    task({ logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': 'g' } } }),
    ['app: the log driver awslogs needs the option awslogs-region'],
  ],
  [
    'a log configuration without a driver',
    task({ logConfiguration: { options: {} } }),
    ['app: logConfiguration has no logDriver'],
  ],
  [
    'what the logs of Fargate need',
    fargate({ logConfiguration: { logDriver: 'json-file' } }),
    ['app: Fargate has the log drivers awslogs, splunk, awsfirelens, not json-file'],
  ],
  ['a health check without a command', task({ healthCheck: { interval: 10 } }), ['app: healthCheck has no command']],
  [
    'a health check that is no check',
    task({ healthCheck: { command: ['curl', 'x'] } }),
    ["app: healthCheck's command begins with CMD or CMD-SHELL, not 'curl'"],
  ],
  [
    'ARNs of the wrong kind',
    {
      ...task({
        secrets: [
          { name: 'A', valueFrom: 'arn:aws:s3:::bucket/key' },
          { name: 'B', valueFrom: 'arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:x-AbCdEf:key::' },
        ],
        environmentFiles: [{ value: 's3://bucket/app.env', type: 's3' }],
      }),
      taskRoleArn: 'orders',
      executionRoleArn: 'arn:aws:iam::123456789012:user/x',
    },
    [
      "executionRoleArn 'arn:aws:iam::123456789012:user/x' is not the ARN of a role",
      "app: the secret A is from 'arn:aws:s3:::bucket/key', which is the ARN of no parameter and no secret",
      "app: the environment file 's3://bucket/app.env' is not the ARN of an S3 object that ends in .env",
    ],
  ],
  [
    'more containers than ECS takes',
    task({}, ...Array.from({ length: 10 }, (_, index) => ({ ...app, name: `c${index}` }))),
    ['there are 11 containers, ECS takes 10'],
  ],
]

describe('checks before anything is called', () => {
  test.each(more)('find %s', (_, document, problems) => expect(taskDefinitionProblems(document)).toEqual(problems))
  test('find a definition that is too large', () =>
    expect(taskDefinitionProblems(task({ dockerLabels: { x: 'y'.repeat(70_000) } }))).toEqual([
      expect.stringMatching(/^it has 70\d{3} bytes, ECS takes 65536$/),
    ]))

  test('find all that the sandbox refuses', () => {
    // Nearly always what ECS takes, so that what it refuses is one thing and not ten at once.
    const rarely = <T>(usual: T, ...odd: unknown[]) =>
      fc.oneof(
        { arbitrary: fc.constant<unknown>(usual), weight: 12 },
        { arbitrary: fc.constantFrom(...odd), weight: 1 },
      )
    const plain = (record: Record<string, fc.Arbitrary<unknown>>) =>
      fc.record(record).map((value) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>)
    const container = (name: string) =>
      plain({
        name: rarely(name, 'app', '', 'a b', undefined),
        image: rarely('i@sha256:aa', ecr, '', undefined),
        cpu: rarely(undefined, 0, 64, '64'),
        memory: rarely(64, undefined, 0, 2048, '64'),
        memoryReservation: rarely(undefined, 32, 300),
        essential: rarely(undefined, true, false),
        privileged: rarely(undefined, true),
        command: rarely(undefined, ['a'], 'a', {}),
        entryPoint: rarely(undefined, null, 'a'),
        environment: rarely(
          undefined,
          [],
          [{ name: 'A', value: 1 }],
          [{ name: 'A', value: true }],
          [{ name: 'A', value: 'x' }],
        ),
        secrets: rarely(undefined, [], [{ name: 'S', valueFrom: 'p' }], [{ name: 'A', valueFrom: 'p' }]),
        mountPoints: rarely(
          undefined,
          [{ sourceVolume: 'v', containerPath: '/x' }],
          [{ sourceVolume: 'w', containerPath: '/x' }],
        ),
        dependsOn: rarely(
          undefined,
          [{ containerName: 'app', condition: 'START' }],
          [{ containerName: 'no', condition: 'START' }],
        ),
        portMappings: rarely(
          [{ containerPort: 80 }],
          [{ containerPort: 80, hostPort: 81 }],
          [{ containerPort: 80, hostPort: 0 }],
        ),
        logConfiguration: rarely(undefined, awslogs, { logDriver: 'awslogs', options: {} }, { logDriver: 'awslogs' }),
      })
    const document = plain({
      family: rarely('orders', 'a/b', '', undefined),
      cpu: rarely('256', undefined, '1 vCPU', 256, '300'),
      memory: rarely('512', undefined, '2 GB', '1500', 512),
      networkMode: rarely('awsvpc', undefined, 'bridge', 'host'),
      requiresCompatibilities: fc.constantFrom(['FARGATE'], ['EC2'], undefined),
      executionRoleArn: rarely('arn:aws:iam::123456789012:role/r', undefined),
      volumes: rarely([{ name: 'v' }], undefined, [], { v: {} }),
      tags: rarely(undefined, [], { a: 'b' }),
      taskRoleArn: rarely(undefined, 'r', 1, {}),
      containerDefinitions: fc.oneof(
        { arbitrary: fc.tuple(container('app')), weight: 6 },
        { arbitrary: fc.tuple(container('app'), container('log')), weight: 6 },
        { arbitrary: fc.constant([]), weight: 1 },
      ),
    })
    let taken = 0
    fc.assert(
      fc.property(document, (definition) => {
        let refused: string | undefined
        try {
          checkDefinition(structuredClone(definition))
        } catch (error) {
          refused = (error as Error).message
        }
        const problems = taskDefinitionProblems(definition)
        if (refused !== undefined && problems.length === 0) throw new Error(refused)
        if (problems.length === 0) taken += 1
      }),
      { numRuns: 2_000 },
    )
    expect(taken).toBeGreaterThan(200)
  })

  test.each(rows)('find %s', (_, document, problems) => expect(taskDefinitionProblems(document)).toEqual(problems))

  test('bear any JSON in the place of a list or an object', () => {
    for (const odd of [
      null,
      1,
      'x',
      true,
      {},
      [null],
      [1],
      [[]],
      [{}],
      { toString: '' },
      [{ name: { toString: '' } }],
    ]) {
      const container = Object.fromEntries(
        ['environment', 'secrets', 'mountPoints', 'dependsOn', 'portMappings', 'logConfiguration', 'healthCheck'].map(
          (name) => [name, odd],
        ),
      )
      const document = fargate(container, {
        cpu: odd,
        memory: odd,
        networkMode: odd,
        volumes: odd,
        ephemeralStorage: odd,
        tags: odd,
        runtimePlatform: odd,
      })
      expect(Array.isArray(taskDefinitionProblems(document))).toBe(true)
      expect(Array.isArray(taskDefinitionWarnings(document))).toBe(true)
    }
  })

  const sizes: [string, string, string | undefined][] = [
    ['256', '512', undefined],
    ['.25 vCPU', '2 GB', undefined],
    ['256', '1536', 'Fargate offers cpu 256 with memory 512, 1024, 2048, not 1536'],
    ['512', '512', 'Fargate offers cpu 512 with memory from 1024 to 4096 in steps of 1024, not 512'],
    ['4096', '30720', undefined],
    ['8 vCPU', '16 GB', undefined],
    ['8192', '20480', undefined],
    ['8192', '18432', 'Fargate offers cpu 8192 with memory from 16384 to 61440 in steps of 4096, not 18432'],
    ['16384', '122880', undefined],
    ['16384', '36864', 'Fargate offers cpu 16384 with memory from 32768 to 122880 in steps of 8192, not 36864'],
    ['300', '512', 'Fargate has no size with cpu 300: choose one of 256, 512, 1024, 2048, 4096, 8192, 16384'],
    ['', '512', 'Fargate has no size with cpu unset: choose one of 256, 512, 1024, 2048, 4096, 8192, 16384'],
  ]
  test.each(sizes)('know the sizes of Fargate: %s with %s', (cpu, memory, problem) =>
    expect(fargateSizeProblem(cpu, memory)).toBe(problem),
  )

  test('tell containers that do not exist beside all else that is wrong', () => {
    const document = task({ enviroment: [], environment: [{ name: 'A', value: 'x' }] })
    const changes = { containers: { ap: { image: 'x' }, app: { secrets: { A: 'orders-a' } } } }
    expect(renderProblems(document, changes, 'error')).toEqual([
      "task definition: there is no container 'ap', did you mean 'app'? (the task definition has app)",
      'task definition: app: A is both a variable and a secret, which ECS refuses: remove one of them',
      'task definition: app: has secrets, so the task definition needs an executionRoleArn',
      "task definition: containerDefinitions[app].enviroment is not known to ECS, did you mean 'environment'?",
    ])
    expect(new InputError(renderProblems(document, changes, 'warn')).problems).toHaveLength(3)
  })

  test('tell of a source whose variables are no list, which a change would have replaced', () => {
    const changes = { containers: { app: { environment: { B: '1' } } } }
    expect(renderProblems(task({ environment: { A: 'x' } }), changes, 'warn')).toEqual([
      'task definition: containerDefinitions[0].environment must be a list',
    ])
  })

  test('warn of images by tag and of nulls', () => {
    expect(taskDefinitionWarnings(task({ image: 'app:1', command: null }))).toEqual([
      'app: app:1 is an image by tag, which can move under a running service: pin it by digest (repository@sha256:…)',
      'containerDefinitions[0].command is null: it is kept as it stands, ECS takes it for unset',
    ])
  })
})
