import { request } from 'node:http'
import { CodeDeployClient, ListApplicationsCommand } from '@aws-sdk/client-codedeploy'
import { afterEach, describe, expect, test } from '@jest/globals'
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts'
import { appSpec, type CodeDeploySandbox, clientOf, codeDeploySandbox } from '../support/codedeploy-sandbox.ts'

let sandbox: Sandbox | undefined
let box: CodeDeploySandbox | undefined
afterEach(async () => {
  await sandbox?.close()
  await box?.close()
  sandbox = undefined
  box = undefined
})

interface Answer {
  status: number
  body: Record<string, unknown>
}

async function ask(of: Sandbox, method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(`${of.endpoint()}/_sandbox/${path}`, {
    method,
    ...(body === undefined
      ? {}
      : {
          body: typeof body === 'string' ? body : JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

/** A GET with any headers, also those that fetch does not let a program set. */
const raw = (of: Sandbox, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: of.port, path: '/_sandbox/health', headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })

describe('the control API', () => {
  test('tells that the sandbox is up, and its time', async () => {
    sandbox = await startSandbox({ speed: 0 })
    const { status, body } = await ask(sandbox, 'GET', 'health')
    expect(status).toBe(200)
    expect(body).toMatchObject({ status: 'ok', clock: { speed: 0, now: sandbox.clock.now() }, region: 'eu-west-1' })
  })

  test('lists, filters and forgets calls, and is not among them', async () => {
    sandbox = await startSandbox()
    const client = new CodeDeployClient(clientOf(sandbox))
    await client.send(new ListApplicationsCommand({}))
    await client.send(new ListApplicationsCommand({}))
    client.destroy()
    await fetch(`${sandbox.endpoint()}/v2/`)
    const operations = async (query: string) =>
      ((await ask(sandbox as Sandbox, 'GET', `calls?${query}`)).body['calls'] as { operation: string }[]).map(
        ({ operation }) => operation,
      )
    expect(await operations('service=codedeploy')).toEqual(['ListApplications', 'ListApplications'])
    expect(await operations('service=codedeploy&limit=1')).toEqual(['ListApplications'])
    expect(await operations('operation=DeleteApplication')).toEqual([])
    expect(await operations('service=codedeploy&status=500')).toEqual([])
    expect(await operations(`service=codedeploy&since=${Math.ceil(sandbox.clock.now()) + 1_000}`)).toEqual([])
    expect((await ask(sandbox, 'GET', 'state')).body['calls']).toMatchObject({ 'codedeploy:ListApplications': 2 })
    expect((await ask(sandbox, 'DELETE', 'calls')).status).toBe(200)
    expect(await operations('')).toEqual([])
  })

  test('injects faults and takes them back', async () => {
    sandbox = await startSandbox()
    const client = new CodeDeployClient(clientOf(sandbox))
    const call = () => client.send(new ListApplicationsCommand({}))
    await ask(sandbox, 'POST', 'faults', { kind: 'throttle', service: 'codedeploy', times: 1 })
    await expect(call()).rejects.toMatchObject({ name: 'ThrottlingException' })
    await expect(call()).resolves.toMatchObject({ applications: [] })
    expect((await ask(sandbox, 'GET', 'faults')).body).toEqual({ faults: [] })
    await ask(sandbox, 'POST', 'faults', { kind: 'access-denied', operation: 'ListApplications' })
    await expect(call()).rejects.toMatchObject({ name: 'AccessDeniedException' })
    await ask(sandbox, 'DELETE', 'faults')
    await expect(call()).resolves.toMatchObject({ applications: [] })
    const error = { kind: 'error', status: 400, code: 'InvalidNextTokenException', message: 'The next token is odd.' }
    await ask(sandbox, 'POST', 'faults', error)
    await expect(call()).rejects.toMatchObject({ name: error.code, message: error.message })
    const stale = { kind: 'stale', service: 'ecs', operation: 'ListTasks', delayMs: 5_000 }
    expect((await ask(sandbox, 'POST', 'faults', stale)).status).toBe(200)
    expect(sandbox.faults.age({ service: 'ecs', operation: 'ListTasks' })).toBe(5_000)
    client.destroy()
  })

  test('moves a standing clock, but no other', async () => {
    sandbox = await startSandbox({ speed: 0 })
    const before = sandbox.clock.now()
    expect((await ask(sandbox, 'POST', 'clock/advance', { duration: '5m' })).body).toMatchObject({
      now: before + 300_000,
    })
    expect((await ask(sandbox, 'POST', 'clock/advance', { ms: 500 })).body).toMatchObject({ now: before + 300_500 })
    await sandbox.close()
    sandbox = await startSandbox({ speed: 10 })
    expect((await ask(sandbox, 'POST', 'clock/advance', { ms: 500 })).status).toBe(409)
  })

  test('sets what hooks answer, and answers one that waits', async () => {
    box = await codeDeploySandbox()
    await ask(box.sandbox, 'POST', 'hooks', { function: 'approve', status: 'none' })
    const id = await box.deploy({}, appSpec('web:2', { AfterInstall: 'approve', BeforeAllowTraffic: 'broken' }))
    await ask(box.sandbox, 'POST', 'hooks', { function: 'broken', status: 'Failed', afterMs: 5_000 })
    await ask(box.sandbox, 'POST', 'clock/advance', { duration: '10m' })
    const { body } = await ask(box.sandbox, 'GET', 'hooks')
    const pending = body['pending'] as { id: string }[]
    expect(pending).toMatchObject([{ deploymentId: id, event: 'AfterInstall', function: 'approve' }])
    expect((await ask(box.sandbox, 'POST', `hooks/${pending[0]?.id}`, { status: 'Succeeded' })).status).toBe(200)
    await ask(box.sandbox, 'POST', 'clock/advance', { duration: '1m' })
    expect(await box.get(id)).toMatchObject({ status: 'Failed', errorInformation: { code: 'HOOK_EXECUTION_FAILURE' } })
    expect((await ask(box.sandbox, 'POST', 'hooks/none', { status: 'Succeeded' })).status).toBe(404)
    await ask(box.sandbox, 'DELETE', 'hooks')
    expect(box.sandbox.hooks.answers()).toEqual([])
  })

  test('raises an alarm by name, making it when it is not there', async () => {
    sandbox = await startSandbox()
    expect((await ask(sandbox, 'PUT', 'alarms/5xx%20errors', { state: 'ALARM' })).status).toBe(200)
    expect((await ask(sandbox, 'GET', 'alarms')).body).toEqual({ alarms: [{ name: '5xx errors', state: 'ALARM' }] })
    await ask(sandbox, 'PUT', 'alarms/5xx%20errors', { state: 'OK' })
    expect((await ask(sandbox, 'GET', 'alarms')).body).toEqual({ alarms: [{ name: '5xx errors', state: 'OK' }] })
  })

  test.each([
    ['POST', 'faults', { kind: 'meteor' }, 400],
    ['POST', 'faults', { kind: 'error', status: 200 }, 400],
    ['POST', 'faults', { kind: 'error', times: 0 }, 400],
    ['POST', 'faults', { kind: 'error', service: 7 }, 400],
    ['POST', 'faults', { kind: 'stale', service: 'ecs', operation: 'RunTask', delayMs: 5_000 }, 400],
    ['POST', 'faults', 'not json', 400],
    ['POST', 'faults', '[]', 400],
    ['POST', 'clock/advance', { duration: 'soon' }, 400],
    ['POST', 'clock/advance', { ms: -1 }, 400],
    ['POST', 'clock/rewind', { ms: 1 }, 404],
    ['POST', 'hooks', { function: '', status: 'Failed' }, 400],
    ['POST', 'hooks', { function: 'a', status: 'Maybe' }, 400],
    ['PUT', 'alarms/a', { state: 'LOUD' }, 400],
    ['PUT', 'alarms', { state: 'OK' }, 400],
    ['PUT', 'faults', {}, 405],
    ['GET', 'constructor', undefined, 404],
    ['GET', 'calls?limit=many', undefined, 400],
    ['GET', 'calls/%E0%A4%A', undefined, 400],
  ])('refuses %s %s %j', async (method, path, body, status) => {
    sandbox = await startSandbox({ speed: 0 })
    const answer = await ask(sandbox, method, path, body)
    expect(answer.status).toBe(status)
    expect(answer.body['error']).toEqual(expect.any(String))
  })

  test('takes a body of application/json only, which no form can send', async () => {
    sandbox = await startSandbox()
    const answer = await fetch(`${sandbox.endpoint()}/_sandbox/faults`, { method: 'POST', body: '{"kind":"throttle"}' })
    expect(answer.status).toBe(415)
    expect(sandbox.faults.all()).toEqual([])
  })

  test.each([
    [200, {}],
    [200, { host: 'localhost:4566' }],
    [200, { 'sec-fetch-site': 'none' }],
    [403, { host: 'sandbox.example.com' }],
    [403, { host: '127.0.0.1.example.com' }],
    [403, { origin: 'https://example.com' }],
    [403, { origin: 'null' }],
    [403, { 'sec-fetch-site': 'cross-site' }],
  ])('answers %d to the headers %j', async (status, headers: Record<string, string>) => {
    sandbox = await startSandbox()
    expect(await raw(sandbox, headers)).toBe(status)
  })
})
