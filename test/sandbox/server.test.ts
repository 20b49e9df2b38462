import { afterEach, describe, expect, test } from '@jest/globals'
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts'

let sandbox: Sandbox | undefined
afterEach(async () => {
  await sandbox?.close()
  sandbox = undefined
})

describe('the sandbox', () => {
  test('refuses an operation that it does not know, in the form of the service, and records the call', async () => {
    sandbox = await startSandbox()
    const answer = await fetch(sandbox.endpoint(), {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AmazonEC2ContainerServiceV20141113.NoSuchThing',
        authorization:
          'AWS4-HMAC-SHA256 Credential=AKIA/20260101/eu-west-1/ecs/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: '{}',
    })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ __type: 'UnknownOperationException' })
    expect(sandbox.calls.all().map(({ operation, status }) => [operation, status])).toEqual([['NoSuchThing', 400]])
  })

  test('says 404 to what belongs to no service', async () => {
    sandbox = await startSandbox()
    expect((await fetch(`${sandbox.endpoint()}/nothing-here`)).status).toBe(404)
  })
})
