import { DescribeClusterCommand, EKSClient, ListClustersCommand } from '@aws-sdk/client-eks'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts'

let sandbox: Sandbox
let eks: EKSClient
beforeAll(async () => {
  sandbox = await startSandbox({ speed: 0 })
  sandbox.kubernetes.create('orders')
  const credentials = { accessKeyId: 'AKIASANDBOX000000000', secretAccessKey: 'sandbox' }
  eks = new EKSClient({ endpoint: sandbox.endpoint(), region: 'eu-west-1', credentials })
})
afterAll(async () => {
  eks.destroy()
  await sandbox.close()
})

const token = (change: Readonly<Record<string, string>> = {}): string => {
  const date = new Date(sandbox.clock.now()).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const query = {
    Action: 'GetCallerIdentity',
    'X-Amz-Credential': `AKIASANDBOX000000000/${date.slice(0, 8)}/eu-west-1/sts/aws4_request`,
    'X-Amz-Date': date,
    'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
    'X-Amz-Signature': 'x',
    ...change,
  }
  const url = `https://sts.eu-west-1.amazonaws.com/?${new URLSearchParams(query)}`
  return `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`
}
const status = async (bearer: string): Promise<number> =>
  (await fetch(`${sandbox.endpoint()}/kubernetes/orders/version`, { headers: { authorization: `Bearer ${bearer}` } }))
    .status

describe('EKS in the sandbox', () => {
  test('names its clusters and where they answer', async () => {
    expect((await eks.send(new ListClustersCommand({}))).clusters).toEqual(['orders', 'sandbox'])
    const { cluster } = await eks.send(new DescribeClusterCommand({ name: 'orders' }))
    expect(cluster).toMatchObject({ status: 'ACTIVE', endpoint: `${sandbox.endpoint()}/kubernetes/orders` })
    const missing = eks.send(new DescribeClusterCommand({ name: 'gone/x' }))
    await expect(missing).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
    })
  })

  test('lets in who has a token for a cluster, for a quarter of an hour', async () => {
    const fresh = token()
    expect(await status(fresh)).toBe(200)
    expect(await status(token({ Action: 'AssumeRole' }))).toBe(401)
    expect(await status(token({ 'X-Amz-SignedHeaders': 'host' }))).toBe(401)
    expect(await status(token({ 'X-Amz-Credential': 'ASIAUNKNOWN/20260101/eu-west-1/sts/aws4_request' }))).toBe(401)
    expect(await status('k8s-aws-v1.bm8gVVJM')).toBe(401)
    expect(await status('sandbox')).toBe(200)
    await sandbox.clock.advance(16 * 60_000)
    expect(await status(fresh)).toBe(401)
  })
})
