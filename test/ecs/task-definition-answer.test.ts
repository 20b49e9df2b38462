import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ECSClient } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Aws } from '../../src/aws/session.ts'
import { type EcsApi, ecsApi } from '../../src/ecs/ecs-api.ts'
import type { TaskDefinition } from '../../src/ecs/task-definition.ts'

const described = {
  taskDefinitionArn: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:7',
  family: 'orders',
  madeUpThisYear: { deep: ['', 0, null] },
  containerDefinitions: [{ name: 'web', image: 'i', environment: [], cpu: 0, hibernation: { after: 5 }, user: null }],
}

describe('what ECS describes', () => {
  let server: Server
  let client: ECSClient
  let api: EcsApi
  let answers: { status: number; body: unknown }[] = []
  let asked = ''
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked = ''
      request.on('data', (chunk: Buffer) => {
        asked += chunk.toString()
      })
      request.on('end', () => {
        const { status, body } = answers.shift() ?? { status: 500, body: {} }
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body))
      })
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    client = new ECSClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      maxAttempts: 2,
    })
    api = ecsApi({ ecs: async () => client, ecsOnce: async () => client } as unknown as Aws)
  })
  afterAll(async () => {
    client.destroy()
    await new Promise((closed) => server.close(closed))
  })

  test('keeps members that the SDK does not know, empty lists, zeroes and nulls, with the tags', async () => {
    answers = [{ status: 200, body: { taskDefinition: described, tags: [{ key: 'team', value: 'orders' }] } }]
    const { arn, document } = await api.describeTaskDefinition('orders:7', new AbortController().signal)
    expect(arn).toBe(described.taskDefinitionArn)
    expect(document).toEqual({ ...described, tags: [{ key: 'team', value: 'orders' }] })
  })

  test('is registered again with all of it, byte for byte', async () => {
    answers = [{ status: 200, body: { taskDefinition: described } }]
    const { taskDefinitionArn: _, ...document } = described
    await api.register(document as unknown as TaskDefinition, new AbortController().signal)
    expect(asked).toBe(JSON.stringify(document))
  })

  test("keeps the last answer when the first was not one, and an error's own words", async () => {
    answers = [
      { status: 500, body: { __type: 'ServerException', message: 'once' } },
      { status: 200, body: { taskDefinition: described, tags: [] } },
    ]
    expect((await api.describeTaskDefinition('orders', new AbortController().signal)).document).toEqual(described)
    answers = [{ status: 400, body: { __type: 'ClientException', message: 'Unable to describe task definition.' } }]
    await expect(api.describeTaskDefinition('orders', new AbortController().signal)).rejects.toThrow(
      'Unable to describe task definition.',
    )
  })
})
