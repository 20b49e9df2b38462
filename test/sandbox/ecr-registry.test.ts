import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DeleteLifecyclePolicyCommand,
  DeleteRepositoryPolicyCommand,
  DescribeRegistryCommand,
  type ECRClient,
  GetAccountSettingCommand,
  GetAuthorizationTokenCommand,
  GetLifecyclePolicyCommand,
  GetRegistryScanningConfigurationCommand,
  GetRepositoryPolicyCommand,
  PutAccountSettingCommand,
  PutLifecyclePolicyCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { image } from '../support/images.ts'
import { assumeRole, ecrCall, ecrClient, login, push, pushImage } from '../support/registry.ts'

const other = '210987654321'

describe('the registries of accounts and regions', () => {
  let sandbox: Sandbox
  let ecr: ECRClient
  beforeAll(async () => {
    sandbox = await startCheckedSandbox({ speed: 0 })
    ecr = ecrClient(sandbox)
  })
  afterAll(async () => {
    ecr.destroy()
    await sandbox.close()
  })

  test('are told apart by their ports, and each holds its own images', async () => {
    const far = ecrClient(sandbox, { region: 'us-east-1' })
    const { repository } = await far.send(new CreateRepositoryCommand({ repositoryName: 'shop/web' }))
    expect(repository?.repositoryArn).toBe('arn:aws:ecr:us-east-1:123456789012:repository/shop/web')
    expect(repository?.repositoryUri).not.toContain(`:${sandbox.port}/`)
    const access = await login(sandbox, { region: 'us-east-1' })
    expect(`${access.host}/shop/web`).toBe(repository?.repositoryUri)
    const built = image()
    await push(access, 'shop/web', built, '1.0')
    expect(sandbox.images.pull(`${repository?.repositoryUri}:1.0`)).toMatchObject({ digest: built.digest })
    expect(sandbox.images.pull(`127.0.0.1:${sandbox.port}/shop/web:1.0`)).toMatchObject({ failure: 'no-repository' })
    far.destroy()
  })

  test('let another account in only by the repository’s policy', async () => {
    const { digest } = await pushImage(sandbox, 'shared:1.0')
    const credentials = await assumeRole(sandbox, `arn:aws:iam::${other}:role/deployer`)
    const theirs = ecrClient(sandbox, { credentials })
    const get = new BatchGetImageCommand({
      registryId: '123456789012',
      repositoryName: 'shared',
      imageIds: [{ imageDigest: digest }],
    })
    await expect(theirs.send(get)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        `assumed-role/deployer/test is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-west-1:123456789012:repository/shared`,
      ),
    })
    const { authorization } = await login(sandbox, { accessKeyId: credentials.accessKeyId })
    const manifest = `${sandbox.endpoint()}/v2/shared/manifests/1.0`
    expect((await fetch(manifest, { headers: { authorization } })).status).toBe(403)

    const allow = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${other}:root` }, Action: ['ecr:BatchGet*'] }
    const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [allow] })
    await ecr.send(new SetRepositoryPolicyCommand({ repositoryName: 'shared', policyText }))
    expect((await theirs.send(get)).images).toHaveLength(1)
    expect((await fetch(manifest, { headers: { authorization } })).status).toBe(200)
    const read = await ecr.send(new GetRepositoryPolicyCommand({ repositoryName: 'shared' }))
    expect(read.policyText).toBe(policyText)
    await ecr.send(new DeleteRepositoryPolicyCommand({ repositoryName: 'shared' }))
    await expect(ecr.send(new GetRepositoryPolicyCommand({ repositoryName: 'shared' }))).rejects.toMatchObject({
      name: 'RepositoryPolicyNotFoundException',
    })
    theirs.destroy()
  })

  test('keep lifecycle policies', async () => {
    await ecr.send(new CreateRepositoryCommand({ repositoryName: 'kept' }))
    const get = () => ecr.send(new GetLifecyclePolicyCommand({ repositoryName: 'kept' }))
    await expect(get()).rejects.toMatchObject({ name: 'LifecyclePolicyNotFoundException' })
    const selection = { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 10 }
    const rule = { rulePriority: 1, description: 'keep ten', selection, action: { type: 'expire' } }
    const lifecyclePolicyText = JSON.stringify({ rules: [rule] })
    await ecr.send(new PutLifecyclePolicyCommand({ repositoryName: 'kept', lifecyclePolicyText }))
    expect((await get()).lifecyclePolicyText).toBe(lifecyclePolicyText)
    await ecr.send(new DeleteLifecyclePolicyCommand({ repositoryName: 'kept' }))
    await expect(get()).rejects.toMatchObject({ name: 'LifecyclePolicyNotFoundException' })
  })

  test('keep account settings, and know no others', async () => {
    const get = (name: string) => ecr.send(new GetAccountSettingCommand({ name }))
    expect((await get('BLOB_MOUNTING')).value).toBe('DISABLED')
    await ecr.send(new PutAccountSettingCommand({ name: 'BLOB_MOUNTING', value: 'ENABLED' }))
    expect((await get('BLOB_MOUNTING')).value).toBe('ENABLED')
    await expect(get('NO_SUCH_THING')).rejects.toMatchObject({ name: 'InvalidParameterException' })
    await expect(ecr.send(new PutAccountSettingCommand({ name: 'BLOB_MOUNTING', value: 'ON' }))).rejects.toThrow()
    expect((await ecr.send(new DescribeRegistryCommand({}))).registryId).toBe('123456789012')
    const { scanningConfiguration } = await ecr.send(new GetRegistryScanningConfigurationCommand({}))
    expect(scanningConfiguration).toEqual({ scanType: 'BASIC', rules: [] })
  })

  test('hand out passwords for twelve hours of the sandbox’s clock', async () => {
    const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}))
    expect(authorizationData?.[0]?.proxyEndpoint).toBe(sandbox.endpoint())
    const authorization = `Basic ${authorizationData?.[0]?.authorizationToken}`
    const base = async (headers: Record<string, string>) => fetch(`${sandbox.endpoint()}/v2/`, { headers })
    expect((await base({ authorization })).status).toBe(200)
    const anonymous = await base({})
    expect([anonymous.status, anonymous.headers.get('www-authenticate')]).toEqual([
      401,
      `Basic realm="${sandbox.endpoint()}/",service="ecr.amazonaws.com"`,
    ])
    expect((await base({ authorization: `Basic ${btoa('AWS:wrong')}` })).status).toBe(403)
    await sandbox.clock.advance(12 * 60 * 60 * 1_000)
    const late = await base({ authorization })
    expect([late.status, await late.json()]).toEqual([
      403,
      { errors: [{ code: 'DENIED', message: 'Your authorization token has expired. Reauthenticate and try again.' }] },
    ])
  })

  test('say in their own words what goes wrong on the wire', async () => {
    sandbox.faults.add({ service: 'registry', operation: 'GET base', kind: 'throttle', times: 1 })
    const { authorization } = await login(sandbox)
    const answer = await fetch(`${sandbox.endpoint()}/v2/`, { headers: { authorization } })
    expect([answer.status, await answer.json()]).toMatchObject([429, { errors: [{ code: 'TOOMANYREQUESTS' }] }])
    await expect(ecrCall(sandbox, 'NoSuchOperation', {})).rejects.toMatchObject({ __type: 'UnknownOperationException' })
  })
})
