import { describe, expect, test } from '@jest/globals'
import { InputError } from '../../src/action/errors.ts'
import { renderProblems } from '../../src/ecs/rendering.ts'
import type { ContainerDefinition, TaskDefinition } from '../../src/ecs/task-definition.ts'
import { taskDefinitionProblems } from '../../src/ecs/task-definition-checks.ts'
import { fargateSizeProblem } from '../../src/ecs/task-definition-sizes.ts'
import { taskDefinitionWarnings } from '../../src/ecs/task-definition-warnings.ts'

const app: ContainerDefinition = { name: 'app', image: 'app@sha256:aa' }
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
const secret = [{ name: 'X', valueFrom: 'arn:x' }]
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
    { ...task({ environment: [{ name: 'X', value: '1' }], secrets: secret }), executionRoleArn: 'arn:r' },
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
    task({ dependsOn: [{ containerName: 'lgo', condition: 'START' }] }, { name: 'log', image: 'l@sha256:a' }),
    ["app: depends on 'lgo', which is no container, did you mean 'log'?"],
  ],
  [
    'containers that wait for one another',
    task(
      { dependsOn: [{ containerName: 'b' }] },
      { name: 'b', image: 'b@sha256:a', dependsOn: [{ containerName: 'c' }] },
      { name: 'c', image: 'c@sha256:a', dependsOn: [{ containerName: 'app' }] },
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
    fargate({ image: ecr, logConfiguration: { logDriver: 'awslogs' } }),
    [
      'app: logs by awslogs on Fargate, so the task definition needs an executionRoleArn',
      'app: has an image in ECR on Fargate, so the task definition needs an executionRoleArn',
    ],
  ],
  ['nothing in the same on EC2', task({ image: ecr, logConfiguration: { logDriver: 'awslogs' } }), []],
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
      'ephemeralStorage is from 21 to 200 GiB, not 20',
      'app: Fargate waits 120 seconds at most for a container to stop, not 300',
      'app: Fargate runs no privileged containers',
      "app: with awsvpc the host port is the container's 80, not 8080",
    ],
  ],
]

describe('checks before anything is called', () => {
  test.each(rows)('find %s', (_, document, problems) => expect(taskDefinitionProblems(document)).toEqual(problems))

  test('bear any JSON in the place of a list or an object', () => {
    for (const odd of [null, 1, 'x', true, {}, [null], [1], [[]]]) {
      const container = Object.fromEntries(
        ['environment', 'secrets', 'mountPoints', 'dependsOn', 'portMappings', 'logConfiguration', 'healthCheck'].map(
          (name) => [name, odd],
        ),
      )
      const document = fargate(container, { volumes: odd, ephemeralStorage: odd, tags: odd, runtimePlatform: odd })
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
    const changes = { containers: { ap: { image: 'x' }, app: { secrets: { A: 'arn:a' } } } }
    expect(renderProblems(document, changes, 'error')).toEqual([
      "task definition: there is no container 'ap', did you mean 'app'? (the task definition has app)",
      'task definition: app: A is both a variable and a secret, which ECS refuses: remove one of them',
      'task definition: app: has secrets, so the task definition needs an executionRoleArn',
      "task definition: containerDefinitions[app].enviroment is not known to ECS, did you mean 'environment'?",
    ])
    expect(new InputError(renderProblems(document, changes, 'warn')).problems).toHaveLength(3)
  })

  test('warn of images by tag and of nulls', () => {
    expect(taskDefinitionWarnings(task({ image: 'app:1', command: null }))).toEqual([
      'app: app:1 is an image by tag, which can move under a running service: pin it by digest (repository@sha256:…)',
      'containerDefinitions[0].command is null: it is kept as it stands, ECS takes it for unset',
    ])
  })
})
