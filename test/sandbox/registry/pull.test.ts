import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts'
import { artifact, image, index } from '../../support/images.ts'
import { login, push, pushImage } from '../../support/registry.ts'

describe('pulling an image into a platform', () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await startSandbox()
  })
  afterAll(() => sandbox.close())

  test('finds by tag and by digest what was pushed, with what its config says', async () => {
    const labels = { 'sandbox.startup': '3' }
    const { digest, byTag, byDigest } = await pushImage(sandbox, 'shop/web:1.0', { labels, env: ['A=1'] })
    const pulled = { digest, platformDigest: digest, labels, env: ['A=1'], entrypoint: ['/app'] }
    expect(sandbox.images.pull(byTag)).toEqual(pulled)
    expect(sandbox.images.pull(byDigest)).toEqual(pulled)
    expect(sandbox.images.pull(`${byTag}@${digest}`)).toEqual(pulled)
  })

  test('takes the linux/amd64 child of an index', async () => {
    const amd64 = image({ labels: { arch: 'amd64' } })
    const arm64 = image({ architecture: 'arm64' })
    const { digest, byTag } = await pushImage(sandbox, 'shop/multi:1.0', index([arm64, amd64], { attestations: true }))
    expect(sandbox.images.pull(byTag)).toMatchObject({
      digest,
      platformDigest: amd64.digest,
      labels: { arch: 'amd64' },
    })
    const other = await pushImage(sandbox, 'shop/arm:1.0', index([arm64]))
    expect(sandbox.images.pull(other.byTag)).toEqual({
      failure: 'not-found',
      message: `${other.byTag}: no match for platform in manifest: not found`,
    })
  })

  test('tells apart why it cannot', async () => {
    const { uri } = await pushImage(sandbox, 'shop/known:1.0')
    const host = uri.split('/')[0]
    expect(sandbox.images.pull(`${uri}:2.0`)).toEqual({ failure: 'not-found', message: `${uri}:2.0: not found` })
    expect(sandbox.images.pull(`${host}/shop/unknown:1.0`)).toEqual({
      failure: 'no-repository',
      message: `name unknown: The repository with name 'shop/unknown' does not exist in the registry with id '123456789012'`,
    })
    expect(sandbox.images.pull('Not A Reference')).toMatchObject({ failure: 'invalid-reference' })
    expect(sandbox.images.pull('nginx:1.27')).toMatchObject({
      failure: 'unreachable',
      message: expect.stringContaining('lookup registry-1.docker.io: no such host'),
    })
    expect(sandbox.images.pull('127.0.0.1:1/shop/web:1.0')).toMatchObject({
      failure: 'unreachable',
      message: expect.stringContaining('connection refused'),
    })
  })

  test('will not run what is no image', async () => {
    const built = image({ labels: { its: 'subject' } })
    const { uri } = await pushImage(sandbox, 'shop/signed:1.0', built)
    const signature = artifact(built, 'application/vnd.cncf.notary.signature', 'signed')
    await push(await login(sandbox), 'shop/signed', signature)
    expect(sandbox.images.pull(`${uri}@${signature.digest}`)).toMatchObject({
      message: expect.stringContaining('mismatched image rootfs'),
    })
  })
})
