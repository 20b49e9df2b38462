import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { program } from '../support/programs.ts'

const cli = program('aws')
const suite = cli === undefined ? describe.skip : describe

let sandbox: Sandbox
beforeEach(async () => {
  sandbox = await startCheckedSandbox()
})
afterEach(async () => {
  await sandbox.close()
})

const aws = async (...args: string[]) => {
  const env = { ...process.env, ...sandbox.environment() }
  const { stdout } = await promisify(execFile)(cli ?? '', [...args, '--output', 'json'], { env })
  return stdout.trim() === '' ? {} : JSON.parse(stdout)
}

suite('the AWS CLI', () => {
  test('puts, lists and reads parameters', async () => {
    const caller = { accountId: sandbox.accountId, region: sandbox.region, arn: '', accessKeyId: '' }
    for (let index = 0; index < 11; index++) {
      await sandbox.invoke('ssm', 'PutParameter', { Name: `/live/${index}`, Value: 'x', Type: 'String' }, caller)
    }
    const put = ['--name', '/live/password', '--value', 'hunter2', '--type', 'SecureString']
    expect(await aws('ssm', 'put-parameter', ...put)).toEqual({ Version: 1, Tier: 'Standard' })
    // The CLI follows the pages by itself.
    const found = await aws('ssm', 'get-parameters-by-path', '--path', '/live', '--with-decryption')
    expect(found.Parameters).toHaveLength(12)
    expect(found.Parameters.at(-1)).toMatchObject({ Name: '/live/password', Value: 'hunter2' })
    const failing = aws('ssm', 'get-parameter', '--name', '/none')
    await expect(failing).rejects.toMatchObject({ stderr: expect.stringContaining('(ParameterNotFound)') })
  }, 60_000)

  test('makes, changes and reads a secret', async () => {
    const { ARN } = await aws('secretsmanager', 'create-secret', '--name', 'live/db', '--secret-string', 'one')
    await aws('secretsmanager', 'put-secret-value', '--secret-id', ARN, '--secret-string', 'two')
    const read = await aws('secretsmanager', 'get-secret-value', '--secret-id', 'live/db')
    expect(read).toMatchObject({ ARN, SecretString: 'two', VersionStages: ['AWSCURRENT'] })
  }, 60_000)
})
