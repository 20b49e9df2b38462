import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts'
import { artifact, type BuiltImage, image, index, layer, ociIndex, ociManifest, sha256 } from '../../support/images.ts'
import { ecrCall, login, push } from '../../support/registry.ts'

describe('the distribution API', () => {
  let sandbox: Sandbox
  let authorization: string
  beforeAll(async () => {
    sandbox = await startSandbox()
    authorization = (await login(sandbox)).authorization
  })
  afterAll(() => sandbox.close())

  let made = 0
  const repository = async (rest: Record<string, unknown> = {}): Promise<string> => {
    const name = `wire/r${made++}`
    await ecrCall(sandbox, 'CreateRepository', { repositoryName: name, ...rest })
    return name
  }
  interface Sent {
    readonly method?: string
    readonly body?: string | Uint8Array<ArrayBuffer>
    readonly headers?: Record<string, string>
  }
  const call = (path: string, { method = 'GET', body, headers = {} }: Sent = {}): Promise<Response> =>
    fetch(new URL(path, sandbox.endpoint()), {
      method,
      headers: { authorization, ...headers },
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
    })
  const codes = async (answer: Response): Promise<[number, string]> => {
    const { errors } = (await answer.json()) as { errors: { code: string }[] }
    return [answer.status, errors[0]?.code ?? '']
  }
  const begin = async (name: string): Promise<string> => {
    const answer = await call(`/v2/${name}/blobs/uploads/`, { method: 'POST' })
    expect(answer.status).toBe(202)
    return answer.headers.get('location') ?? ''
  }
  const access = () => ({ host: `127.0.0.1:${sandbox.port}`, authorization })
  const pushed = async (name: string, built: BuiltImage, tag?: string): Promise<BuiltImage> => {
    await push(access(), name, built, tag)
    return built
  }

  describe('blobs', () => {
    test('go up in chunks that follow each other, and an upload can be taken up where it stopped', async () => {
      const name = await repository()
      const location = await begin(name)
      const chunk = (range: string, body: string) =>
        call(location, { method: 'PATCH', body, headers: { 'content-range': range } })
      expect((await chunk('0-2', 'abc')).headers.get('range')).toBe('0-2')
      const wrong = await chunk('5-6', 'ef')
      expect([wrong.status, wrong.headers.get('range')]).toEqual([416, '0-2'])
      expect((await chunk('3-9', 'de')).status).toBe(416)
      const state = await call(location)
      expect([state.status, state.headers.get('range')]).toEqual([204, '0-2'])
      expect((await chunk('3-4', 'de')).status).toBe(202)
      const digest = sha256(Buffer.from('abcdef'))
      const done = await call(`${location}?digest=${digest}`, { method: 'PUT', body: 'f' })
      expect([done.status, done.headers.get('docker-content-digest')]).toEqual([201, digest])
      const head = await call(`/v2/${name}/blobs/${digest}`, { method: 'HEAD' })
      expect([head.status, head.headers.get('content-length')]).toEqual([200, '6'])
      expect(await codes(await call(location))).toEqual([404, 'BLOB_UPLOAD_UNKNOWN'])
    })

    test('come down by a redirect to another host, whole or in part', async () => {
      const name = await repository()
      const digest = sha256(Buffer.from('0123456789'))
      await call(`${await begin(name)}?digest=${digest}`, { method: 'PUT', body: '0123456789' })
      const answer = await call(`/v2/${name}/blobs/${digest}`)
      const location = new URL(answer.headers.get('location') ?? '')
      expect([answer.status, location.hostname]).toEqual([307, 'localhost'])
      const part = async (range: string): Promise<[number, string]> => {
        const got = await fetch(location, { headers: { range } })
        return [got.status, await got.text()]
      }
      expect(await part('bytes=2-4')).toEqual([206, '234'])
      expect(await part('bytes=7-')).toEqual([206, '789'])
      expect(await part('bytes=-2')).toEqual([206, '89'])
      expect((await part('bytes=10-'))[0]).toBe(416)
      expect((await fetch(location, { headers: { authorization } })).status).toBe(400)
    })

    test('are taken in one POST, and dropped when the upload is cancelled or the digest is another', async () => {
      const name = await repository()
      const digest = sha256(Buffer.from('one'))
      const one = await call(`/v2/${name}/blobs/uploads/?digest=${digest}`, { method: 'POST', body: 'one' })
      expect(one.status).toBe(201)
      const other = `${await begin(name)}?digest=${sha256(Buffer.from('other'))}`
      expect(await codes(await call(other, { method: 'PUT', body: 'another' }))).toEqual([400, 'DIGEST_INVALID'])
      const location = await begin(name)
      expect((await call(location, { method: 'DELETE' })).status).toBe(204)
      expect((await call(location)).status).toBe(404)
      expect(await codes(await call(`/v2/${name}/blobs/sha512:ab`))).toEqual([400, 'DIGEST_INVALID'])
    })

    test('are mounted only when the account mounts, and a manifest of the source needs them', async () => {
      const source = await repository()
      const loose = sha256(Buffer.from('loose'))
      await call(`${await begin(source)}?digest=${loose}`, { method: 'PUT', body: 'loose' })
      const built = await pushed(source, image({ labels: { for: 'mount' } }))
      const [used = ''] = [...built.blobs.keys()]
      const target = await repository()
      const secret = await repository({ encryptionConfiguration: { encryptionType: 'KMS' } })
      const mount = async (into: string, digest: string, from: string): Promise<number> =>
        (await call(`/v2/${into}/blobs/uploads/?mount=${digest}&from=${from}`, { method: 'POST' })).status
      expect(await mount(target, used, source)).toBe(202)
      await ecrCall(sandbox, 'PutAccountSetting', { name: 'BLOB_MOUNTING', value: 'ENABLED' })
      expect(await mount(target, loose, source)).toBe(202)
      expect(await mount(target, used, 'wire/none')).toBe(202)
      expect(await mount(secret, used, source)).toBe(202)
      expect(await mount(target, used, source)).toBe(201)
      expect((await call(`/v2/${target}/blobs/${used}`, { method: 'HEAD' })).status).toBe(200)
      await ecrCall(sandbox, 'PutAccountSetting', { name: 'BLOB_MOUNTING', value: 'DISABLED' })
    })
  })

  describe('manifests', () => {
    const put = (name: string, reference: string, body: Buffer | string, type = ociManifest): Promise<Response> =>
      call(`/v2/${name}/manifests/${reference}`, {
        method: 'PUT',
        body: typeof body === 'string' ? body : new Uint8Array(body),
        headers: { 'content-type': type },
      })

    test('come back byte for byte by tag and by digest', async () => {
      const name = await repository()
      const built = await pushed(name, image(), 'v1')
      for (const reference of ['v1', built.digest]) {
        const got = await call(`/v2/${name}/manifests/${reference}`)
        expect(Buffer.from(await got.arrayBuffer()).equals(built.bytes)).toBe(true)
        expect(got.headers.get('docker-content-digest')).toBe(built.digest)
        const head = await call(`/v2/${name}/manifests/${reference}`, { method: 'HEAD' })
        expect([head.headers.get('content-type'), head.headers.get('content-length')]).toEqual([
          ociManifest,
          String(built.bytes.byteLength),
        ])
      }
    })

    test('are refused when they are wrong, and nothing is left behind', async () => {
      const name = await repository()
      const built = await pushed(name, image())
      const same = built.bytes.toString()
      const refusals: [string, string, string | undefined, string][] = [
        ['v1', '{', undefined, 'MANIFEST_INVALID'],
        ['v1', '[]', undefined, 'MANIFEST_INVALID'],
        ['v1', same.replace('"schemaVersion":2', '"schemaVersion":1'), undefined, 'MANIFEST_INVALID'],
        ['v1', same, ociIndex, 'MANIFEST_INVALID'],
        ['v1', same, 'text/html', 'MANIFEST_INVALID'],
        ['v1', `{"pad":"${'x'.repeat(4 * 1024 * 1024)}"}`, undefined, 'MANIFEST_INVALID'],
        [built.digest, `${same}\n`, undefined, 'MANIFEST_INVALID'],
        ['v1', same.replace(/sha256:[a-f0-9]{64}/, sha256(Buffer.from('?'))), undefined, 'MANIFEST_BLOB_UNKNOWN'],
        ['v1', index([image({ labels: { not: 'there' } })]).bytes.toString(), ociIndex, 'MANIFEST_BLOB_UNKNOWN'],
        ['-bad', same, undefined, 'TAG_INVALID'],
        ['sha256:short', same, undefined, 'DIGEST_INVALID'],
      ]
      for (const [reference, body, type, code] of refusals) {
        expect(await codes(await put(name, reference, body, type))).toEqual([400, code])
      }
      const { imageIds } = await ecrCall(sandbox, 'ListImages', { repositoryName: name })
      expect(imageIds).toEqual([{ imageDigest: built.digest }])
    })

    test('need a repository that is there', async () => {
      expect(await codes(await put('wire/none', 'v1', image().bytes))).toEqual([404, 'NAME_UNKNOWN'])
      expect(await codes(await call('/v2/UPPER/tags/list'))).toEqual([400, 'NAME_INVALID'])
      expect(await codes(await call('/v2/wire/x%2F..%2F..%2Fy/tags/list'))).toEqual([400, 'NAME_INVALID'])
      expect(await codes(await call('/v2/no/such/path/of/it'))).toEqual([404, 'UNSUPPORTED'])
    })

    test('keep their tag in an immutable repository, but for the tags that are excluded', async () => {
      const name = await repository({
        imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
        imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'env-*' }],
      })
      await pushed(name, image({ labels: { n: '1' } }), 'v1')
      await pushed(name, image({ labels: { n: '1' } }), 'env-prod')
      const second = await pushed(name, image({ labels: { n: '2' } }))
      expect(await codes(await put(name, 'v1', second.bytes))).toEqual([400, 'TAG_INVALID'])
      expect((await put(name, 'env-prod', second.bytes)).status).toBe(201)
    })

    test('lose a tag by DELETE of the tag, and go by DELETE of the digest', async () => {
      const name = await repository()
      const child = image()
      const built = await pushed(name, index([child]), 'v1')
      expect((await call(`/v2/${name}/manifests/v1`, { method: 'DELETE' })).status).toBe(202)
      expect(await codes(await call(`/v2/${name}/manifests/v1`))).toEqual([404, 'MANIFEST_UNKNOWN'])
      const remove = (digest: string) => call(`/v2/${name}/manifests/${digest}`, { method: 'DELETE' })
      expect(await codes(await remove(child.digest))).toEqual([403, 'DENIED'])
      expect((await remove(built.digest)).status).toBe(202)
      expect((await remove(child.digest)).status).toBe(202)
    })
  })

  test('lists tags a page at a time', async () => {
    const name = await repository()
    for (const tag of ['c', 'a', 'b']) await pushed(name, image(), tag)
    const first = await call(`/v2/${name}/tags/list?n=2`)
    expect(await first.json()).toEqual({ name, tags: ['a', 'b'] })
    const next = /<(.*)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
    const second = await call(next)
    expect([await second.json(), second.headers.get('link')]).toEqual([{ name, tags: ['c'] }, null])
    expect(await codes(await call(`/v2/${name}/tags/list?n=-1`))).toEqual([400, 'PAGINATION_NUMBER_INVALID'])
  })

  test('tells what refers to an image, by type, and says that it knows the subject', async () => {
    const name = await repository()
    const subject = await pushed(name, image(), 'v1')
    const sbom = artifact(subject, 'application/spdx+json', '{"sbom":1}', { by: 'test' })
    for (const [digest, bytes] of sbom.blobs) {
      await call(`${await begin(name)}?digest=${digest}`, { method: 'PUT', body: new Uint8Array(bytes) })
    }
    const put = await call(`/v2/${name}/manifests/${sbom.digest}`, {
      method: 'PUT',
      body: new Uint8Array(sbom.bytes),
      headers: { 'content-type': ociManifest },
    })
    expect(put.headers.get('oci-subject')).toBe(subject.digest)
    const early = image({ layers: [layer({ app: 'not pushed yet' })] })
    const signature = await pushed(name, artifact(early, 'application/vnd.cncf.notary.signature', 'signed'))
    const referrers = async (digest: string, query = '') => {
      const answer = await call(`/v2/${name}/referrers/${digest}${query}`)
      expect(answer.headers.get('content-type')).toBe(ociIndex)
      const { manifests } = (await answer.json()) as { manifests: Record<string, unknown>[] }
      return { manifests, filtered: answer.headers.get('oci-filters-applied') }
    }
    expect((await referrers(subject.digest)).manifests).toEqual([
      {
        mediaType: ociManifest,
        digest: sbom.digest,
        size: sbom.bytes.byteLength,
        artifactType: 'application/spdx+json',
        annotations: { by: 'test' },
      },
    ])
    expect((await referrers(early.digest)).manifests).toMatchObject([{ digest: signature.digest }])
    const none = await referrers(subject.digest, '?artifactType=application/vnd.cncf.notary.signature')
    expect(none).toEqual({ manifests: [], filtered: 'artifactType' })
  })
})
