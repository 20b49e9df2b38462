import {
  DeleteTaskDefinitionsCommand,
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  ListTagsForResourceCommand,
  ListTaskDefinitionFamiliesCommand,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'

let sandbox: Sandbox
let ecs: ECSClient
beforeEach(async () => {
  sandbox = await startCheckedSandbox({ speed: 0 })
  const credentials = { accessKeyId: 'A', secretAccessKey: 'b' }
  ecs = new ECSClient({ endpoint: sandbox.endpoint(), region: sandbox.region, credentials })
})
afterEach(async () => {
  ecs.destroy()
  await sandbox.close()
})

const usual: RegisterTaskDefinitionCommandInput = {
  family: 'app',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  containerDefinitions: [{ name: 'app', image: 'app:1', portMappings: [{ containerPort: 8080 }] }],
}
const register = (more: Partial<RegisterTaskDefinitionCommandInput> = {}) =>
  ecs.send(new RegisterTaskDefinitionCommand({ ...usual, ...more }))

/** As a client without a model sends it. */
const raw = async (body: Record<string, unknown>): Promise<{ status: number; body: Record<string, unknown> }> => {
  const answer = await fetch(sandbox.endpoint(), {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AmazonEC2ContainerServiceV20141113.RegisterTaskDefinition',
      authorization:
        'AWS4-HMAC-SHA256 Credential=A/20260101/eu-west-1/ecs/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

describe('a task definition', () => {
  test('gets a revision, and what ECS adds to it', async () => {
    await register()
    const { taskDefinition } = await register()
    expect(taskDefinition).toMatchObject({
      taskDefinitionArn: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/app:2',
      revision: 2,
      status: 'ACTIVE',
      compatibilities: ['EC2', 'FARGATE'],
      containerDefinitions: [
        {
          cpu: 0,
          essential: true,
          environment: [],
          mountPoints: [],
          volumesFrom: [],
          portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: 'tcp' }],
        },
      ],
    })
  })

  test('keeps empty text, and drops what no model knows', async () => {
    const container = {
      name: 'app',
      image: 'app:1',
      command: ['sh', '-c', ''],
      dockerLabels: { x: '' },
      environment: [{ name: 'EMPTY', value: '', colour: 'red' }],
      brandNew: true,
    }
    const { status, body } = await raw({ ...usual, containerDefinitions: [container], brandNewField: 1 })
    expect(status).toBe(200)
    const shown = body['taskDefinition'] as Record<string, unknown[]>
    expect(shown['containerDefinitions']?.[0]).toMatchObject({
      command: ['sh', '-c', ''],
      dockerLabels: { x: '' },
      environment: [{ name: 'EMPTY', value: '' }],
    })
    expect(JSON.stringify(shown)).not.toMatch(/brandNew|colour/)
  })

  const rows: [string, Partial<RegisterTaskDefinitionCommandInput>, string][] = [
    ['an empty family', { family: '' }, 'Family should not be null or empty.'],
    ['a family of wrong characters', { family: 'a b' }, 'Family contains invalid characters.'],
    ['no container', { containerDefinitions: [] }, 'Container list cannot be empty.'],
    [
      'a Fargate size that does not exist',
      { memory: '4096' },
      'No Fargate configuration exists for given values: 256 CPU, 4096 memory.',
    ],
    ['Fargate without CPU', { cpu: undefined }, "Fargate requires that 'cpu' be defined at the task level."],
    ['Fargate in another network mode', { networkMode: 'bridge' }, 'Fargate only supports network mode'],
    [
      'secrets without an execution role',
      { containerDefinitions: [{ name: 'a', image: 'i', secrets: [{ name: 'X', valueFrom: 'arn' }] }] },
      "must also specify a value for 'executionRoleArn'",
    ],
    [
      'awslogs on Fargate without an execution role',
      {
        containerDefinitions: [
          {
            name: 'a',
            image: 'i',
            logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': 'g', 'awslogs-region': 'r' } },
          },
        ],
      },
      'execution role ARN to support log driver awslogs',
    ],
    [
      'two containers of one name',
      {
        containerDefinitions: [
          { name: 'a', image: 'i' },
          { name: 'a', image: 'j' },
        ],
      },
      'duplicate name',
    ],
    [
      'a container without an image',
      { containerDefinitions: [{ name: 'a' }] },
      'Container.image should not be null or empty.',
    ],
    [
      'no essential container',
      { containerDefinitions: [{ name: 'a', image: 'i', essential: false }] },
      'At least one container must be essential',
    ],
    [
      'a volume that is not declared',
      { containerDefinitions: [{ name: 'a', image: 'i', mountPoints: [{ sourceVolume: 'v' }] }] },
      "Unknown volume 'v'",
    ],
    [
      'memory nowhere',
      { requiresCompatibilities: ['EC2'], memory: undefined },
      "At least one of 'memory' or 'memoryReservation'",
    ],
  ]
  test.each(rows)('is refused for %s', async (_, more, message) => {
    await expect(register(more)).rejects.toMatchObject({
      name: 'ClientException',
      message: expect.stringContaining(message),
    })
  })

  test.each([
    ['a number for text', { ...usual, cpu: 256 }],
    ['text for a number', { ...usual, containerDefinitions: [{ name: 'a', image: 'i', cpu: '256' }] }],
    ['a map for a list', { ...usual, containerDefinitions: [{ name: 'a', image: 'i', environment: { A: 'b' } }] }],
    [
      'a flag as a variable',
      { ...usual, containerDefinitions: [{ name: 'a', image: 'i', environment: [{ name: 'A', value: true }] }] },
    ],
  ])('is not read with %s', async (_, body) => {
    expect(await raw(body)).toMatchObject({ status: 400, body: { __type: 'SerializationException' } })
  })

  test('is found by family, revision and ARN, also when it is retired', async () => {
    for (const _ of [1, 2]) await register()
    const find = async (taskDefinition: string) =>
      (await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }))).taskDefinition
    expect((await find('app'))?.revision).toBe(2)
    await expect(find('app:9')).rejects.toMatchObject({ message: 'Unable to describe task definition.' })
    await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'app:2' }))
    expect([(await find('app'))?.revision, (await find('app:2'))?.status]).toEqual([1, 'INACTIVE'])
    const { taskDefinitions, failures } = await ecs.send(
      new DeleteTaskDefinitionsCommand({ taskDefinitions: ['app:1', 'app:2'] }),
    )
    expect([taskDefinitions?.map(({ status }) => status), failures?.length]).toEqual([['DELETE_IN_PROGRESS'], 1])
    expect((await register()).taskDefinition?.revision).toBe(3)
  })

  test('is listed by family, page by page, newest first if asked', async () => {
    for (const _ of [1, 2, 3]) await register()
    await register({ family: 'other' })
    const listed = async (nextToken?: string) =>
      await ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: 'app', sort: 'DESC', maxResults: 2, nextToken }))
    const first = await listed()
    const second = await listed(first.nextToken)
    const revisions = [...(first.taskDefinitionArns ?? []), ...(second.taskDefinitionArns ?? [])].map((arn) =>
      arn.at(-1),
    )
    expect([revisions, second.nextToken]).toEqual([['3', '2', '1'], undefined])
    expect((await ecs.send(new ListTaskDefinitionFamiliesCommand({}))).families).toEqual(['app', 'other'])
  })

  test('is listed by its status, and its family by whether one is left', async () => {
    for (const _ of [1, 2]) await register()
    await register({ family: 'other' })
    for (const taskDefinition of ['app:1', 'other:1']) {
      await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }))
    }
    await ecs.send(new DeleteTaskDefinitionsCommand({ taskDefinitions: ['other:1'] }))
    const listed = async (status?: 'ACTIVE' | 'INACTIVE' | 'DELETE_IN_PROGRESS') => {
      const { taskDefinitionArns = [] } = await ecs.send(new ListTaskDefinitionsCommand({ status }))
      return taskDefinitionArns.map((arn) => arn.split('/').at(-1))
    }
    expect(await listed()).toEqual(['app:2'])
    expect(await listed('INACTIVE')).toEqual(['app:1'])
    expect(await listed('DELETE_IN_PROGRESS')).toEqual(['other:1'])
    const families = async (status: 'ACTIVE' | 'INACTIVE' | 'ALL') =>
      (await ecs.send(new ListTaskDefinitionFamiliesCommand({ status }))).families
    expect([await families('ACTIVE'), await families('INACTIVE'), await families('ALL')]).toEqual([
      ['app'],
      ['other'],
      ['app', 'other'],
    ])
    const page = ecs.send(new ListTaskDefinitionsCommand({ maxResults: 101 }))
    await expect(page).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })

  test('has tags that come, show when asked for, and go', async () => {
    const { taskDefinition, tags } = await register({ tags: [{ key: 'a', value: '1' }] })
    const resourceArn = taskDefinition?.taskDefinitionArn ?? ''
    expect(tags).toEqual([{ key: 'a', value: '1' }])
    await ecs.send(new TagResourceCommand({ resourceArn, tags: [{ key: 'b', value: '2' }] }))
    await ecs.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a'] }))
    const shown = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'app', include: ['TAGS'] }))
    expect(shown.tags).toEqual([{ key: 'b', value: '2' }])
    expect((await ecs.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual([{ key: 'b', value: '2' }])
    await expect(ecs.send(new TagResourceCommand({ resourceArn: `${resourceArn}0`, tags: [] }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
  })
})
