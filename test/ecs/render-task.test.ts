import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  CreateTaskSetCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  UpdateServicePrimaryTaskSetCommand,
} from '@aws-sdk/client-ecs'
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { systemClock } from '../../src/action/clock.ts'
import { runAction } from '../../src/action/run.ts'
import { renderTaskDef } from '../../src/actions/render-task-def.ts'
import type { TaskDefinition } from '../../src/ecs/task-definition.ts'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { type MemoryHost, memoryHost } from '../support/memory-host.ts'

const folder = mkdtempSync(join(tmpdir(), 'strangler-render-'))
const role = 'arn:aws:iam::123456789012:role/execution'
const definition = {
  family: 'orders',
  networkMode: 'bridge' as const,
  executionRoleArn: role,
  containerDefinitions: [
    {
      name: 'app',
      image: 'orders@sha256:aa',
      memory: 128,
      environment: [{ name: 'REGION', value: 'uk' }],
      portMappings: [{ containerPort: 8080 }],
    },
  ],
}
const file = join(folder, 'td.json')

let sandbox: Sandbox
let ecs: ECSClient
let ssm: SSMClient
let secrets: SecretsManagerClient
let revisions: string[] = []
const before = { ...process.env }

beforeAll(async () => {
  sandbox = await startCheckedSandbox({ speed: 0 })
  Object.assign(process.env, sandbox.environment())
  writeFileSync(file, JSON.stringify(definition))
  ecs = new ECSClient({})
  ssm = new SSMClient({})
  secrets = new SecretsManagerClient({})
  await ecs.send(new CreateClusterCommand({ clusterName: 'default' }))
  const register = async (image: string) => {
    const containerDefinitions = [{ ...definition.containerDefinitions[0], image }]
    const answer = await ecs.send(new RegisterTaskDefinitionCommand({ ...definition, containerDefinitions }))
    return answer.taskDefinition?.taskDefinitionArn ?? ''
  }
  revisions = [await register('orders@sha256:aa'), await register('orders@sha256:bb')]
  await ecs.send(new CreateServiceCommand({ serviceName: 'web', taskDefinition: revisions[0], desiredCount: 0 }))
})
afterAll(async () => {
  for (const client of [ecs, ssm, secrets]) client.destroy()
  process.env = before
  await sandbox.close()
})

let from = 0
beforeEach(() => {
  from = sandbox.calls.all().length
})
const called = (): readonly string[] =>
  sandbox.calls
    .all()
    .slice(from)
    .map(({ service, operation }) => `${service}:${operation}`)

async function render(inputs: Record<string, string>): Promise<MemoryHost> {
  const host = memoryHost(inputs, { RUNNER_TEMP: folder })
  await runAction(renderTaskDef, host, systemClock())
  return host
}
const rendered = (host: MemoryHost): TaskDefinition =>
  JSON.parse(readFileSync(host.outputs['task-definition'] ?? '', 'utf8')) as TaskDefinition
const everything = (host: MemoryHost): string =>
  JSON.stringify([host.log, host.outputs, host.summaries, host.result, [...host.state]]) +
  (host.outputs['task-definition'] === undefined ? '' : readFileSync(host.outputs['task-definition'], 'utf8'))
const put = async (name: string, value = 'hunter2-the-value') =>
  await ssm.send(new PutParameterCommand({ Name: name, Value: value, Type: 'SecureString' }))

describe('rendering against a service', () => {
  test('starts from what it runs, not from the newest revision, and is unchanged when nothing is asked for', async () => {
    const host = await render({ service: 'web' })
    expect(host.outputs).toMatchObject({ outcome: 'unchanged', changed: 'false', family: 'orders' })
    expect(rendered(host).containerDefinitions).toMatchObject([{ name: 'app', image: 'orders@sha256:aa' }])
    expect(rendered(host)['taskDefinitionArn']).toBeUndefined()
    expect(called()).toEqual(['ecs:DescribeServices', 'ecs:DescribeTaskDefinition'])
  })

  test('compares a file with what it runs', async () => {
    const same = await render({ 'task-definition': file, service: 'web' })
    expect(same.outputs['outcome']).toBe('unchanged')
    expect(same.summaries).toEqual(['### Task definition orders\n\nNothing differs from the revision that web runs.\n'])
    const other = await render({
      'task-definition': file,
      service: 'web',
      image: 'orders@sha256:cc',
      'environment-variables': '{"REGION": "de"}',
    })
    expect(other.outputs).toMatchObject({ outcome: 'succeeded', changed: 'true' })
    expect(other.log).toEqual(
      expect.arrayContaining([
        'against the revision that web runs:',
        'app',
        '  ~ environment[REGION]: uk → de',
        '  ~ image: orders@sha256:aa → orders@sha256:cc',
      ]),
    )
    expect(other.summaries.join()).toContain('| `app` | `environment[REGION]` | `uk` | `de` |')
  })

  test('with task sets takes the primary one', async () => {
    await ecs.send(
      new CreateServiceCommand({ serviceName: 'sets', desiredCount: 0, deploymentController: { type: 'EXTERNAL' } }),
    )
    const taskSet = async (taskDefinition: string | undefined): Promise<string> => {
      const command = new CreateTaskSetCommand({
        cluster: 'default',
        service: 'sets',
        taskDefinition,
        launchType: 'EC2',
      })
      return (await ecs.send(command)).taskSet?.id ?? ''
    }
    await taskSet(revisions[0])
    const primary = { cluster: 'default', service: 'sets', primaryTaskSet: await taskSet(revisions[1]) }
    await ecs.send(new UpdateServicePrimaryTaskSetCommand(primary))
    const host = await render({ service: 'sets' })
    expect(rendered(host).containerDefinitions).toMatchObject([{ image: 'orders@sha256:bb' }])
  })

  test('starts from a family, a revision of it, or an ARN', async () => {
    const image = async (inputs: Record<string, string>) =>
      rendered(await render(inputs)).containerDefinitions?.[0]?.image
    expect(await image({ 'task-definition-family': 'orders' })).toBe('orders@sha256:bb')
    expect(await image({ 'task-definition-family': 'orders', 'task-definition-revision': '1' })).toBe(
      'orders@sha256:aa',
    )
    expect(await image({ 'task-definition-arn': revisions[0] ?? '' })).toBe('orders@sha256:aa')
  })
})

describe('secrets', () => {
  const value = 'hunter2-the-value'
  const arn = (path: string): string => `arn:aws:ssm:eu-west-1:123456789012:parameter${path}`

  test('come from every parameter right under a path, over all pages, and their values go nowhere', async () => {
    for (let index = 10; index < 23; index++) await put(`/uk/prod/orders/key-${index}`)
    await put('/uk/prod/orders/deeper/inner')
    await put('/uk/prod/other')
    const host = await render({ 'task-definition': file, 'secrets-from-parameters': '/uk/prod/orders/' })
    const found = rendered(host).containerDefinitions?.[0]?.['secrets'] as { name: string; valueFrom: string }[]
    expect(found).toHaveLength(13)
    expect(found[0]).toEqual({ name: 'KEY_10', valueFrom: arn('/uk/prod/orders/key-10') })
    expect(called().filter((call) => call === 'ssm:GetParametersByPath')).toHaveLength(2)
    expect(everything(host)).not.toContain(value)
    const deep = await render({
      'task-definition': file,
      'secrets-from-parameters': '/uk/prod/orders',
      'parameters-recursive': 'true',
    })
    expect(rendered(deep).containerDefinitions?.[0]?.['secrets']).toContainEqual({
      name: 'INNER',
      valueFrom: arn('/uk/prod/orders/deeper/inner'),
    })
  })

  test('that two parameters or two inputs make are refused, all at once', async () => {
    await put('/clash/db-url')
    await put('/clash/db_url')
    await put('/clash/9lives')
    const host = await render({ 'task-definition': file, 'secrets-from-parameters': '/clash,/nothing' })
    expect(host.code).toBe(2)
    expect(host.log.filter((line) => line.startsWith('error')).sort()).toEqual([
      "error: the parameter /clash/9lives makes '9LIVES', which is no name for a variable",
      'error: the parameter /clash/db-url and the parameter /clash/db_url both make the variable DB_URL',
      'error: there is no parameter under /nothing',
    ])
    await put('/one/token')
    const both = await render({
      'task-definition': file,
      'secrets-from-parameters': '/one',
      secrets: 'TOKEN=orders-token',
    })
    expect(both.log).toContain('error: app: the secret TOKEN is given by two inputs')
    const variable = await render({
      'task-definition': file,
      'secrets-from-parameters': '/one',
      'environment-variables': 'TOKEN=x',
    })
    expect(variable.log).toContain(
      'error: task definition: app: TOKEN is both a variable and a secret, which ECS refuses: remove one of them',
    )
  })

  test('come from the keys of a secret, whose values are masked and go nowhere', async () => {
    const SecretString = JSON.stringify({ 'db-password': value, port: 54321, nested: { a: 'inside' } })
    const { ARN } = await secrets.send(new CreateSecretCommand({ Name: 'uk/orders', SecretString }))
    const host = await render({ 'task-definition': file, 'secrets-from-secret': 'uk/orders' })
    expect(rendered(host).containerDefinitions?.[0]?.['secrets']).toEqual([
      { name: 'DB_PASSWORD', valueFrom: `${ARN}:db-password::` },
      { name: 'PORT', valueFrom: `${ARN}:port::` },
      { name: 'NESTED', valueFrom: `${ARN}:nested::` },
    ])
    expect(host.masked).toEqual([SecretString, value, '54321', '{"a":"inside"}'])
    for (const secret of [value, '54321', 'inside']) expect(everything(host)).not.toContain(secret)
  })

  test('that are no JSON object are not told, not even in part', async () => {
    await secrets.send(new CreateSecretCommand({ Name: 'plain', SecretString: `{"almost": "${value}` }))
    const host = await render({ 'task-definition': file, 'secrets-from-secret': 'plain' })
    expect(host.outputs['outcome']).toBe('failed')
    expect(host.log.join()).toContain(
      "the secret plain is no JSON object: name the variable that it is for in the input 'secrets'",
    )
    expect(everything(host)).not.toContain('almost')
  })

  test('are not asked for while anything else is wrong', async () => {
    const host = await render({
      'task-definition': file,
      containers:
        '{"ap": {"secrets-from-parameters": "/one"}, "app": {"secrets-from-secret": "uk/orders", "environment-from": "missing.env"}}',
      cpu: '256',
      'requires-compatibilities': 'FARGATE',
    })
    expect(host.log.filter((line) => line.startsWith('error'))).toEqual([
      expect.stringMatching(/^error: cannot read the variables in 'missing\.env': .*ENOENT/),
      "error: task definition: there is no container 'ap', did you mean 'app'? (the task definition has app)",
      'error: task definition: Fargate needs networkMode awsvpc, not bridge',
      'error: task definition: Fargate offers cpu 256 with memory 512, 1024, 2048, not unset',
    ])
    expect(host.code).toBe(2)
    expect(called()).toEqual([])
  })
})

test('single containers have settings of their own over those for all', async () => {
  const two = join(folder, 'two.json')
  const web = { ...definition.containerDefinitions[0], name: 'web' }
  writeFileSync(two, JSON.stringify({ ...definition, containerDefinitions: [...definition.containerDefinitions, web] }))
  const env = join(folder, 'common.env')
  writeFileSync(env, 'COMMON="two\nlines"\n')
  const host = await render({
    'task-definition': two,
    'container-name': ' web , app',
    'environment-variables': 'A=1\nB=2',
    'environment-from': env,
    'remove-environment': 'REGION',
    images: 'web=web@sha256:ff',
    containers: 'web: { environment: { B: 3 }, cpu: 10, ports: 9090/udp }',
  })
  expect(rendered(host).containerDefinitions).toEqual([
    {
      ...definition.containerDefinitions[0],
      environment: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
        { name: 'COMMON', value: 'two\nlines' },
      ],
    },
    {
      ...web,
      image: 'web@sha256:ff',
      cpu: 10,
      portMappings: [{ containerPort: 9090, protocol: 'udp' }],
      environment: [
        { name: 'A', value: '1' },
        { name: 'B', value: '3' },
        { name: 'COMMON', value: 'two\nlines' },
      ],
    },
  ])
})

test('the settings of the official action are taken by their names', async () => {
  const host = await render({
    'task-definition': file,
    'container-name': 'app',
    image: 'orders@sha256:cc',
    'environment-variables': 'QUERY=a=1\nEMPTY=',
    'env-files': 'arn:aws:s3:::orders/uk.env',
    secrets: 'TOKEN=arn:aws-cn:ssm:cn-north-1:123456789012:parameter/token',
    'log-configuration-log-driver': 'splunk',
    'log-configuration-options': 'splunk-url=https://splunk.example/a=b\nsplunk-token=abc==\ntag=',
    'docker-labels': 'a=1=2\nempty=',
    command: 'sh -c "echo \'a b\'" ""',
    'task-role-arn': 'arn:aws-us-gov:iam::123456789012:role/task',
    'execution-role-arn': 'arn:aws-cn:iam::123456789012:role/execution',
    'container-cpu': '0',
    'container-memory': '1 GB',
    cpu: '256',
    memory: '2048',
  })
  expect(host.log.filter((line) => line.startsWith('error'))).toEqual([])
  expect(rendered(host)).toEqual({
    ...definition,
    cpu: '256',
    memory: '2048',
    taskRoleArn: 'arn:aws-us-gov:iam::123456789012:role/task',
    executionRoleArn: 'arn:aws-cn:iam::123456789012:role/execution',
    containerDefinitions: [
      {
        ...definition.containerDefinitions[0],
        image: 'orders@sha256:cc',
        cpu: 0,
        memory: 1024,
        environment: [
          { name: 'REGION', value: 'uk' },
          { name: 'QUERY', value: 'a=1' },
          { name: 'EMPTY', value: '' },
        ],
        environmentFiles: [{ value: 'arn:aws:s3:::orders/uk.env', type: 's3' }],
        secrets: [{ name: 'TOKEN', valueFrom: 'arn:aws-cn:ssm:cn-north-1:123456789012:parameter/token' }],
        logConfiguration: {
          logDriver: 'splunk',
          options: { 'splunk-url': 'https://splunk.example/a=b', 'splunk-token': 'abc==', tag: '' },
        },
        dockerLabels: { a: '1=2', empty: '' },
        command: ['sh', '-c', "echo 'a b'", ''],
      },
    ],
  })
})

test('a variable to take away that is not there is told, and nothing is added for it', async () => {
  const host = await render({ 'task-definition': file, 'remove-environment': 'REGOIN', 'remove-secrets': 'X' })
  expect(host.log).toContain("warn: app: there is no variable REGOIN to take away, did you mean 'REGION'?")
  expect(host.log).toContain('warn: app: there is no secret X to take away')
  expect(host.outputs).toMatchObject({ outcome: 'unchanged', changed: 'false' })
  expect(rendered(host)).toEqual(definition)
})

test.each(['error', 'warn', 'ignore'])(
  'members that ECS is not known to take are kept with unknown-fields: %s',
  async (unknown) => {
    const strange = join(folder, 'strange.json')
    const document = { ...definition, brandNew: { deep: ['', 0, null, {}] } }
    writeFileSync(strange, JSON.stringify(document))
    const host = await render({ 'task-definition': strange, 'unknown-fields': unknown })
    const told = host.log.filter((line) => line.includes('brandNew is not known to ECS'))
    expect(told).toHaveLength(unknown === 'ignore' ? 0 : 1)
    expect(host.code).toBe(unknown === 'error' ? 2 : 0)
    if (unknown !== 'error') expect(JSON.stringify(rendered(host))).toBe(JSON.stringify(document))
  },
)

test('every call that is made stands among the permissions', () => {
  const made = new Set(
    sandbox.calls
      .all()
      .filter(({ userAgent }) => userAgent.includes('strangler-deploy'))
      .map(({ service, operation }) => `${service}:${operation}`),
  )
  expect([...made].sort()).toEqual([
    'ecs:DescribeServices',
    'ecs:DescribeTaskDefinition',
    'secretsmanager:GetSecretValue',
    'ssm:GetParametersByPath',
  ])
  expect(Object.keys(renderTaskDef.permissions.iam)).toEqual(expect.arrayContaining([...made]))
})
