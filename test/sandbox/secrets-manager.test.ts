import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  type GetSecretValueCommandInput,
  ListSecretsCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'

let sandbox: Sandbox
let secrets: SecretsManagerClient
beforeEach(async () => {
  sandbox = await startCheckedSandbox({ speed: 0 })
  secrets = new SecretsManagerClient({
    endpoint: sandbox.endpoint(),
    region: sandbox.region,
    credentials: { accessKeyId: 'AKIASANDBOX000000000', secretAccessKey: 'sandbox' },
  })
})
afterEach(async () => {
  secrets.destroy()
  await sandbox.close()
})

const create = async (Name = 'live/db', SecretString = 'one') =>
  await secrets.send(new CreateSecretCommand({ Name, SecretString }))
const value = async (SecretId: string, more: Partial<GetSecretValueCommandInput> = {}) =>
  await secrets.send(new GetSecretValueCommand({ SecretId, ...more }))

describe('Secrets Manager', () => {
  test('gives a secret an ARN with six letters of its own, and finds it by name, ARN and the ARN without them', async () => {
    const { ARN = '' } = await create()
    expect(ARN).toMatch(/^arn:aws:secretsmanager:eu-west-1:123456789012:secret:live\/db-[A-Za-z0-9]{6}$/)
    for (const id of ['live/db', ARN, ARN.slice(0, -7)]) {
      expect(await value(id)).toMatchObject({
        ARN,
        Name: 'live/db',
        SecretString: 'one',
        VersionStages: ['AWSCURRENT'],
      })
    }
    await expect(value('live')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    await expect(create()).rejects.toMatchObject({ name: 'ResourceExistsException' })
  })

  test('moves AWSCURRENT to a new value, and keeps the one before as AWSPREVIOUS', async () => {
    const first = await create()
    const second = await secrets.send(new PutSecretValueCommand({ SecretId: 'live/db', SecretString: 'two' }))
    expect(second.VersionStages).toEqual(['AWSCURRENT'])
    expect((await value('live/db')).SecretString).toBe('two')
    expect((await value('live/db', { VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('one')
    expect((await value('live/db', { VersionId: first.VersionId })).SecretString).toBe('one')
    await secrets.send(new UpdateSecretCommand({ SecretId: 'live/db', SecretString: 'three', Description: 'new' }))
    const described = await secrets.send(new DescribeSecretCommand({ SecretId: 'live/db' }))
    expect(described).toMatchObject({ Description: 'new', CreatedDate: expect.any(Date) })
    expect(Object.values(described.VersionIdsToStages ?? {}).sort()).toEqual([['AWSCURRENT'], ['AWSPREVIOUS']])
    const wrong = value('live/db', { VersionId: second.VersionId, VersionStage: 'AWSCURRENT' })
    await expect(wrong).rejects.toMatchObject({ name: 'InvalidRequestException' })
    await expect(value('live/db', { VersionStage: 'other' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret value for staging label: other",
    })
  })

  test('keeps bytes, and a secret without a value', async () => {
    const SecretBinary = Uint8Array.of(0, 255, 7)
    await secrets.send(new CreateSecretCommand({ Name: 'bytes', SecretBinary }))
    expect((await value('bytes')).SecretBinary).toEqual(SecretBinary)
    await secrets.send(new CreateSecretCommand({ Name: 'empty' }))
    await expect(value('empty')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    const both = secrets.send(new CreateSecretCommand({ Name: 'both', SecretString: 'x', SecretBinary }))
    await expect(both).rejects.toMatchObject({ name: 'InvalidParameterException' })
    await expect(create('not a name')).rejects.toMatchObject({ name: 'ValidationException' })
  })

  test('knows a repeated request by its token', async () => {
    await create()
    const ClientRequestToken = 'a'.repeat(32)
    const put = async (SecretString: string) =>
      await secrets.send(new PutSecretValueCommand({ SecretId: 'live/db', SecretString, ClientRequestToken }))
    expect(await put('two')).toMatchObject({ VersionId: ClientRequestToken })
    expect(await put('two')).toMatchObject({ VersionId: ClientRequestToken })
    await expect(put('three')).rejects.toMatchObject({ name: 'ResourceExistsException' })
  })

  test('lets a secret wait for its end, and takes it back', async () => {
    await create()
    await secrets.send(new DeleteSecretCommand({ SecretId: 'live/db', RecoveryWindowInDays: 7 }))
    await expect(value('live/db')).rejects.toMatchObject({ name: 'InvalidRequestException' })
    await expect(create()).rejects.toMatchObject({ name: 'InvalidRequestException' })
    expect((await secrets.send(new ListSecretsCommand({}))).SecretList).toEqual([])
    const planned = await secrets.send(new ListSecretsCommand({ IncludePlannedDeletion: true }))
    expect(planned.SecretList).toMatchObject([{ Name: 'live/db', DeletedDate: expect.any(Date) }])
    await secrets.send(new RestoreSecretCommand({ SecretId: 'live/db' }))
    await sandbox.clock.advance(8 * 86_400_000)
    expect((await value('live/db')).SecretString).toBe('one')
    await secrets.send(new DeleteSecretCommand({ SecretId: 'live/db', RecoveryWindowInDays: 7 }))
    await sandbox.clock.advance(8 * 86_400_000)
    await expect(value('live/db')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })

  test('deletes at once by force, and refuses an impossible window', async () => {
    await create()
    const gone = async (more: object) => await secrets.send(new DeleteSecretCommand({ SecretId: 'live/db', ...more }))
    for (const more of [{ RecoveryWindowInDays: 3 }, { RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true }]) {
      await expect(gone(more)).rejects.toMatchObject({ name: 'InvalidParameterException' })
    }
    await gone({ ForceDeleteWithoutRecovery: true })
    await expect(value('live/db')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    await create()
  })

  test('lists by name, in pages', async () => {
    for (const name of ['a/1', 'a/2', 'b/1']) await create(name)
    const first = await secrets.send(new ListSecretsCommand({ MaxResults: 2 }))
    expect(first.SecretList).toHaveLength(2)
    const second = await secrets.send(new ListSecretsCommand({ MaxResults: 2, NextToken: first.NextToken }))
    expect(second.SecretList).toHaveLength(1)
    const found = await secrets.send(new ListSecretsCommand({ Filters: [{ Key: 'name', Values: ['a/'] }] }))
    expect(found.SecretList?.map(({ Name }) => Name).sort()).toEqual(['a/1', 'a/2'])
  })
})
