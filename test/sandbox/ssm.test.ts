import {
  DeleteParameterCommand,
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'

let sandbox: Sandbox
let ssm: SSMClient
const client = (region = 'eu-west-1'): SSMClient =>
  new SSMClient({
    endpoint: sandbox.endpoint(),
    region,
    credentials: { accessKeyId: 'AKIASANDBOX000000000', secretAccessKey: 'sandbox' },
  })
beforeEach(async () => {
  sandbox = await startCheckedSandbox({ speed: 0 })
  ssm = client()
})
afterEach(async () => {
  ssm.destroy()
  await sandbox.close()
})

const put = async (Name: string, Value = 'v', more: Partial<PutParameterCommandInput> = {}) =>
  await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', ...more }))
const get = async (Name: string, WithDecryption?: boolean) =>
  (await ssm.send(new GetParameterCommand({ Name, ...(WithDecryption === undefined ? {} : { WithDecryption }) })))
    .Parameter

describe('Parameter Store', () => {
  test('keeps every version of a parameter, read by name, by version and by ARN', async () => {
    expect(await put('/orders/url', 'one')).toMatchObject({ Version: 1, Tier: 'Standard' })
    await expect(put('/orders/url', 'two')).rejects.toMatchObject({ name: 'ParameterAlreadyExists' })
    expect(await put('/orders/url', 'two', { Overwrite: true })).toMatchObject({ Version: 2 })
    const ARN = 'arn:aws:ssm:eu-west-1:123456789012:parameter/orders/url'
    const newest = {
      Name: '/orders/url',
      Type: 'String',
      Value: 'two',
      Version: 2,
      ARN,
      LastModifiedDate: expect.any(Date),
    }
    expect(await get('/orders/url')).toMatchObject(newest)
    expect(await get(ARN)).toMatchObject(newest)
    expect(await get('/orders/url:1')).toMatchObject({ Value: 'one', Selector: ':1' })
    await expect(get('/orders/url:9')).rejects.toMatchObject({ name: 'ParameterVersionNotFound' })
    await expect(get('/orders/other')).rejects.toMatchObject({ name: 'ParameterNotFound' })
  })

  test('takes a name without a path, whose ARN has a slash', async () => {
    await put('plain')
    expect((await get('arn:aws:ssm:eu-west-1:123456789012:parameter/plain'))?.Name).toBe('plain')
  })

  test('shows a SecureString only to who asks for its decryption', async () => {
    await put('/db/password', 'hunter2', { Type: 'SecureString' })
    expect((await get('/db/password'))?.Value).toMatch(/^AQICAH/)
    expect((await get('/db/password', true))?.Value).toBe('hunter2')
    const { Parameters } = await ssm.send(new DescribeParametersCommand({}))
    expect(Parameters).toMatchObject([{ Name: '/db/password', KeyId: 'alias/aws/ssm', Tier: 'Standard' }])
  })

  const refused: [string, PutParameterCommandInput, string, RegExp][] = [
    [
      'a path that does not begin at the root',
      { Name: 'a/b', Value: 'v', Type: 'String' },
      'ValidationException',
      /fully qualified/,
    ],
    ['a reserved prefix', { Name: '/aws/b', Value: 'v', Type: 'String' }, 'ValidationException', /can't be prefixed/],
    ['a strange letter', { Name: '/a b', Value: 'v', Type: 'String' }, 'ValidationException', /following 3 symbols/],
    [
      'too deep a path',
      { Name: '/a'.repeat(16), Value: 'v', Type: 'String' },
      'HierarchyLevelLimitExceededException',
      /15 levels/,
    ],
    ['no type', { Name: '/a', Value: 'v' }, 'ValidationException', /type is required/],
    ['an empty value', { Name: '/a', Value: '', Type: 'String' }, 'ValidationException', /greater than or equal to 1/],
    ['too long a value', { Name: '/a', Value: 'v'.repeat(4_097), Type: 'String' }, 'ValidationException', /4096/],
    [
      'tags together with Overwrite',
      { Name: '/a', Value: 'v', Type: 'String', Overwrite: true, Tags: [{ Key: 'a', Value: 'b' }] },
      'ValidationException',
      /can't be used together/,
    ],
    [
      'a value that its pattern forbids',
      { Name: '/a', Value: 'v', Type: 'String', AllowedPattern: '\\d+' },
      'ParameterPatternMismatchException',
      /allowedPattern/,
    ],
    [
      'policies, which nothing here would carry out',
      { Name: '/a', Value: 'v', Type: 'String', Policies: '[{}]' },
      'ValidationException',
      /does not support/,
    ],
  ]
  test.each(refused)('refuses %s', async (_, input, name, message) => {
    await expect(ssm.send(new PutParameterCommand(input))).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    })
  })

  test('refuses another type for a parameter that is there', async () => {
    await put('/a')
    const change = put('/a', 'v', { Type: 'SecureString', Overwrite: true })
    await expect(change).rejects.toMatchObject({ name: 'HierarchyTypeMismatchException' })
  })

  test('reads several, and names those that are not there', async () => {
    await put('/a')
    const { Parameters, InvalidParameters } = await ssm.send(new GetParametersCommand({ Names: ['/a', '/b', '/a:7'] }))
    expect(Parameters?.map(({ Name }) => Name)).toEqual(['/a'])
    expect(InvalidParameters).toEqual(['/b', '/a:7'])
    const many = Array.from({ length: 11 }, (_, index) => `/${index}`)
    await expect(ssm.send(new GetParametersCommand({ Names: many }))).rejects.toMatchObject({
      name: 'ValidationException',
    })
  })

  test('reads by path, in pages of at most ten', async () => {
    for (let index = 10; index < 23; index++) await put(`/p/${index}`)
    await put('/p/deep/er')
    await put('/px')
    const path = async (more: object) => await ssm.send(new GetParametersByPathCommand({ Path: '/p', ...more }))
    const first = await path({})
    expect(first.Parameters).toHaveLength(10)
    const second = await path({ NextToken: first.NextToken })
    expect(second.Parameters?.map(({ Name }) => Name)).toEqual(['/p/20', '/p/21', '/p/22'])
    expect(second.NextToken).toBeUndefined()
    const all = await path({ Recursive: true, NextToken: '10' })
    expect(all.Parameters?.map(({ Name }) => Name)).toContain('/p/deep/er')
    await expect(path({ MaxResults: 11 })).rejects.toMatchObject({ name: 'ValidationException' })
    await expect(path({ NextToken: 'x' })).rejects.toMatchObject({ name: 'InvalidNextToken' })
    await expect(path({ Path: 'p' })).rejects.toMatchObject({ name: 'ValidationException' })
  })

  test('lists by filters, and refuses those that it does not know', async () => {
    await put('/a/one')
    await put('/a/two', 'v', { Type: 'SecureString', Description: 'second' })
    await put('/b/one')
    const named = async (Key: string, Option: string | undefined, ...Values: string[]) => {
      const filter = { Key, Values, ...(Option === undefined ? {} : { Option }) }
      const { Parameters } = await ssm.send(new DescribeParametersCommand({ ParameterFilters: [filter] }))
      return Parameters?.map(({ Name }) => Name)
    }
    expect(await named('Name', 'BeginsWith', '/a/')).toEqual(['/a/one', '/a/two'])
    expect(await named('Name', 'Contains', 'one')).toEqual(['/a/one', '/b/one'])
    expect(await named('Type', undefined, 'SecureString')).toEqual(['/a/two'])
    expect(await named('Path', 'Recursive', '/b')).toEqual(['/b/one'])
    await expect(named('Label', undefined, 'x')).rejects.toMatchObject({ name: 'InvalidFilterKey' })
    await expect(named('Name', 'Recursive', 'x')).rejects.toMatchObject({ name: 'InvalidFilterOption' })
  })

  test('deletes one or several', async () => {
    for (const name of ['/a', '/b', '/c']) await put(name)
    await ssm.send(new DeleteParameterCommand({ Name: '/a' }))
    await expect(ssm.send(new DeleteParameterCommand({ Name: '/a' }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    })
    const answer = await ssm.send(new DeleteParametersCommand({ Names: ['/a', '/b'] }))
    expect(answer).toMatchObject({ DeletedParameters: ['/b'], InvalidParameters: ['/a'] })
  })

  test('keeps regions apart', async () => {
    await put('/a')
    const other = client('us-east-1')
    await expect(other.send(new GetParameterCommand({ Name: '/a' }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    })
    other.destroy()
  })
})
