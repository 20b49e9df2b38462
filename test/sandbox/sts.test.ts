import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { ecrCall } from '../support/registry.ts'

const RoleArn = 'arn:aws:iam::210987654321:role/teams/deployer'

describe('STS', () => {
  let sandbox: Sandbox
  let clients: STSClient[]
  beforeEach(async () => {
    sandbox = await startCheckedSandbox({ speed: 0 })
    clients = []
  })
  afterEach(async () => {
    for (const client of clients) client.destroy()
    await sandbox.close()
  })
  type Keys = {
    AccessKeyId?: string | undefined
    SecretAccessKey?: string | undefined
    SessionToken?: string | undefined
  }
  const client = (keys: Keys = { AccessKeyId: 'AKIASANDBOX000000000', SecretAccessKey: 'sandbox' }): STSClient => {
    const credentials = {
      accessKeyId: keys.AccessKeyId ?? '',
      secretAccessKey: keys.SecretAccessKey ?? '',
      ...(keys.SessionToken === undefined ? {} : { sessionToken: keys.SessionToken }),
    }
    const made = new STSClient({ endpoint: sandbox.endpoint(), region: 'eu-west-1', credentials, maxAttempts: 1 })
    clients.push(made)
    return made
  }

  test('says who a caller is', async () => {
    expect(await client().send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '123456789012',
      Arn: 'arn:aws:iam::123456789012:user/sandbox',
    })
  })

  test('gives a role’s credentials, which act in the role’s account until they expire', async () => {
    const assumed = await client().send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'ci-1' }))
    const arn = 'arn:aws:sts::210987654321:assumed-role/deployer/ci-1'
    expect(assumed.AssumedRoleUser).toMatchObject({ Arn: arn, AssumedRoleId: expect.stringMatching(/^AROA.*:ci-1$/) })
    expect(assumed.Credentials?.Expiration?.getTime()).toBe(sandbox.clock.now() + 3_600_000)
    const theirs = client(assumed.Credentials)
    expect(await theirs.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '210987654321', Arn: arn })
    const accessKeyId = assumed.Credentials?.AccessKeyId ?? ''
    const made = await ecrCall(sandbox, 'CreateRepository', { repositoryName: 'theirs' }, { accessKeyId })
    expect(made).toMatchObject({ repository: { registryId: '210987654321' } })
    await expect(ecrCall(sandbox, 'DescribeRepositories', { repositoryNames: ['theirs'] })).rejects.toMatchObject({
      __type: 'RepositoryNotFoundException',
    })

    await sandbox.clock.advance(3_599_000)
    await theirs.send(new GetCallerIdentityCommand({}))
    await sandbox.clock.advance(1_000)
    await expect(theirs.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken' })
    await expect(ecrCall(sandbox, 'DescribeRepositories', {}, { accessKeyId })).rejects.toMatchObject({
      __type: 'ExpiredTokenException',
    })
  })

  test('chains roles, for one hour at most', async () => {
    const first = await client().send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: 'one', DurationSeconds: 7_200 }),
    )
    const chained = client(first.Credentials)
    const next = { RoleArn: 'arn:aws:iam::333333333333:role/next', RoleSessionName: 'two' }
    const second = await chained.send(new AssumeRoleCommand(next))
    const identity = await client(second.Credentials).send(new GetCallerIdentityCommand({}))
    expect(identity.Account).toBe('333333333333')
    await expect(chained.send(new AssumeRoleCommand({ ...next, DurationSeconds: 7_200 }))).rejects.toThrow(
      '1 hour session limit',
    )
  })

  test('takes an OIDC token without a signature on the request', async () => {
    const part = (json: unknown): string => Buffer.from(JSON.stringify(json)).toString('base64url')
    const claims = { sub: 'repo:o/r:ref:refs/heads/main', aud: 'sts.amazonaws.com', iss: 'https://issuer.example' }
    const WebIdentityToken = `${part({ alg: 'RS256' })}.${part(claims)}.c2ln`
    const request = { RoleArn, RoleSessionName: 'oidc', WebIdentityToken }
    const assumed = await client().send(new AssumeRoleWithWebIdentityCommand(request))
    expect(assumed).toMatchObject({
      SubjectFromWebIdentityToken: claims.sub,
      Audience: claims.aud,
      Provider: claims.iss,
      AssumedRoleUser: { Arn: 'arn:aws:sts::210987654321:assumed-role/deployer/oidc' },
    })
    const identity = await client(assumed.Credentials).send(new GetCallerIdentityCommand({}))
    expect(identity.Account).toBe('210987654321')
    const wrong = new AssumeRoleWithWebIdentityCommand({ ...request, WebIdentityToken: 'not-a-token' })
    await expect(client().send(wrong)).rejects.toMatchObject({ name: 'InvalidIdentityTokenException' })
  })

  test('gives session credentials of the same account', async () => {
    const { Credentials } = await client().send(new GetSessionTokenCommand({ DurationSeconds: 900 }))
    const identity = await client(Credentials).send(new GetCallerIdentityCommand({}))
    expect(identity.Arn).toBe('arn:aws:iam::123456789012:user/sandbox')
  })

  test.each([
    ['a role that is no role', { RoleArn: 'arn:aws:iam::1:role/x', RoleSessionName: 'ok' }],
    ['a session name with spaces', { RoleArn, RoleSessionName: 'not ok' }],
    ['a time that is too short', { RoleArn, RoleSessionName: 'ok', DurationSeconds: 60 }],
  ])('refuses %s', async (_what, request) => {
    await expect(client().send(new AssumeRoleCommand(request))).rejects.toMatchObject({ name: 'ValidationError' })
  })

  test('knows no temporary key that it did not give out', async () => {
    const forged = client({ AccessKeyId: 'ASIAFORGED0000000000', SecretAccessKey: 'x', SessionToken: 'x' })
    await expect(forged.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  })
})
