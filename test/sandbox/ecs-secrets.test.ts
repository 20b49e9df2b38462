import { DescribeTasksCommand, RunTaskCommand, type Task, UpdateServiceCommand } from '@aws-sdk/client-ecs'
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { type EcsWorld, ecsWorld } from '../support/ecs-world.ts'

let sandbox: Sandbox
let world: EcsWorld
let ssm: SSMClient
let secrets: SecretsManagerClient
const config = (region = 'eu-west-1') => ({
  endpoint: sandbox.endpoint(),
  region,
  credentials: { accessKeyId: 'AKIASANDBOX000000000', secretAccessKey: 'sandbox' },
})
beforeEach(async () => {
  sandbox = await startCheckedSandbox({ speed: 0 })
  world = await ecsWorld(sandbox, { desiredCount: 0, loadBalancer: false })
  ssm = new SSMClient(config())
  secrets = new SecretsManagerClient(config())
})
afterEach(async () => {
  for (const client of [ssm, secrets]) client.destroy()
  world.close()
  await sandbox.close()
})

/** A task whose program needs the variable DB, which it has from there. */
async function started(valueFrom: string): Promise<Task | undefined> {
  const image = await world.pushed({ 'sandbox.requires-env': 'DB' })
  const container = { name: 'app', image, secrets: [{ name: 'DB', valueFrom }] }
  const taskDefinition = await world.registered(image, { containerDefinitions: [container] })
  const { tasks } = await world.ecs.send(
    new RunTaskCommand({
      cluster: world.cluster,
      taskDefinition,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
    }),
  )
  await world.pass(20_000)
  const arns = [tasks?.[0]?.taskArn ?? '']
  return (await world.ecs.send(new DescribeTasksCommand({ cluster: world.cluster, tasks: arns }))).tasks?.[0]
}

const withheld = (what: string): object => ({
  lastStatus: 'STOPPED',
  stopCode: 'TaskFailedToStart',
  stoppedReason: expect.stringContaining(
    `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ${what}`,
  ),
})
const account = '123456789012'

describe('secrets of a task', () => {
  test.each([
    '/live/db',
    'plain',
    'arn:aws:ssm:eu-west-1:123456789012:parameter/live/db',
    'arn:aws:ssm:eu-west-1:123456789012:parameter/plain',
  ])('come from the parameter %s', async (valueFrom) => {
    await ssm.send(new PutParameterCommand({ Name: '/live/db', Value: 'x', Type: 'SecureString' }))
    await ssm.send(new PutParameterCommand({ Name: 'plain', Value: 'x', Type: 'String' }))
    expect(await started(valueFrom)).toMatchObject({ lastStatus: 'RUNNING' })
  })

  test('come from another region, named by its ARN', async () => {
    const there = new SSMClient(config('us-east-1'))
    await there.send(new PutParameterCommand({ Name: '/db', Value: 'x', Type: 'String' }))
    there.destroy()
    expect(await started(`arn:aws:ssm:us-east-1:${account}:parameter/db`)).toMatchObject({ lastStatus: 'RUNNING' })
  })

  test('come from a secret, whole or by key, stage and version', async () => {
    const made = await secrets.send(new CreateSecretCommand({ Name: 'db', SecretString: '{"password":"x"}' }))
    const partial = made.ARN?.slice(0, -7)
    for (const from of [
      made.ARN,
      `${made.ARN}:password::`,
      `${made.ARN}:password:AWSCURRENT:`,
      `${made.ARN}:::${made.VersionId}`,
      partial,
    ]) {
      expect(await started(String(from))).toMatchObject({ lastStatus: 'RUNNING' })
    }
  })

  test.each([
    [
      '/live/none',
      'unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /live/none',
    ],
    [
      `arn:aws:ssm:eu-west-1:${account}:parameter/live/none`,
      'unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /live/none',
    ],
    [
      `arn:aws:ssm:us-east-1:${account}:parameter/db`,
      'unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /db',
    ],
    [
      'arn:aws:ssm:eu-west-1:999999999999:parameter/db',
      'unable to retrieve secrets from ssm: service call has been retried 1 time(s): AccessDeniedException: ',
    ],
    [
      `arn:aws:secretsmanager:eu-west-1:${account}:secret:none-AbCdEf`,
      `unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:eu-west-1:${account}:secret:none-AbCdEf from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
    ],
    [
      'arn:aws:secretsmanager:eu-west-1:999999999999:secret:db-AbCdEf',
      'unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:eu-west-1:999999999999:secret:db-AbCdEf from secrets manager: AccessDeniedException: ',
    ],
  ])('keep a task from its start when %s is not there', async (valueFrom, why) => {
    expect(await started(valueFrom)).toMatchObject(withheld(why))
  })

  test('keep a task from its start when a secret has no such key, or is no JSON', async () => {
    const keyed = await secrets.send(new CreateSecretCommand({ Name: 'keyed', SecretString: '{"password":"x"}' }))
    const plain = await secrets.send(new CreateSecretCommand({ Name: 'plain', SecretString: 'secret' }))
    expect(await started(`${keyed.ARN}:user::`)).toMatchObject(
      withheld(
        'unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved secret from Secrets Manager did not contain json key user',
      ),
    )
    expect(await started(`${plain.ARN}:user::`)).toMatchObject(
      withheld(
        "unable to retrieve secret from asm: service call has been retried 1 time(s): invalid character 's' looking for beginning of value",
      ),
    )
  })

  test('roll a deployment back that names one that is not there, and leave what runs as it is', async () => {
    const change = { cluster: world.cluster, service: world.service }
    const deploymentCircuitBreaker = { enable: true, rollback: true }
    await world.ecs.send(
      new UpdateServiceCommand({ ...change, desiredCount: 1, deploymentConfiguration: { deploymentCircuitBreaker } }),
    )
    await world.steady()
    const [before] = await world.tasks()
    const container = { name: 'app', image: world.image, secrets: [{ name: 'DB', valueFrom: '/live/none' }] }
    const taskDefinition = await world.registered(world.image, { containerDefinitions: [container] })
    await world.ecs.send(new UpdateServiceCommand({ ...change, taskDefinition }))
    await world.until(async () => (await world.described()).taskDefinition === world.taskDefinitionArn)
    await world.steady()
    expect((await world.tasks()).map(({ taskArn }) => taskArn)).toEqual([before?.taskArn])
    const failed = (await world.tasks('STOPPED')).filter(
      ({ taskDefinitionArn }) => taskDefinitionArn === taskDefinition,
    )
    expect(failed.map(({ stoppedReason }) => stoppedReason)).toContainEqual(
      expect.stringContaining('invalid ssm parameters: /live/none'),
    )
  })
})
