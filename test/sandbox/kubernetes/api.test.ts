import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts'
import { applyType, deployment, kube, mergePatchType, strategicType } from '../../support/kube-client.ts'

const deployments = '/apis/apps/v1/namespaces/default/deployments'
const maps = '/api/v1/namespaces/default/configmaps'
const secrets = '/api/v1/namespaces/default/secrets'

let sandbox: Sandbox
beforeEach(async () => {
  sandbox = await startSandbox({ speed: 0 })
})
afterEach(async () => {
  await sandbox.close()
})

const call = (method: string, path: string, body?: unknown, type = 'application/json') =>
  kube(sandbox, method, path, body, { 'content-type': type })
const apply = (manager: string, body: unknown, query = '') =>
  call('PATCH', `${deployments}/web?fieldManager=${manager}${query}`, body, applyType)
const base = deployment('app:1')
const typed = { ...base, apiVersion: 'apps/v1', kind: 'Deployment' }

describe('the API of a cluster', () => {
  test('refuses what it does not serve, and what is not there, as Status objects', async () => {
    expect((await call('GET', '/apis/nothing/v1/things')).body).toMatchObject({ kind: 'Status', code: 404 })
    expect((await call('GET', `${deployments}/none`)).body).toMatchObject({
      reason: 'NotFound',
      message: 'deployments.apps "none" not found',
    })
    expect((await call('PATCH', maps, {})).body).toMatchObject({ code: 405, reason: 'MethodNotAllowed' })
    expect((await call('POST', '/api/v1/namespaces/none/secrets', { metadata: { name: 'a' } })).body).toMatchObject({
      message: 'namespaces "none" not found',
    })
    const elsewhere = await fetch(`${sandbox.endpoint()}/kubernetes/other/version`)
    expect(elsewhere.status).toBe(404)
    sandbox.kubernetes.create('other')
    expect((await fetch(`${sandbox.endpoint()}/kubernetes/other/version`)).status).toBe(200)
  })

  test('keeps an object whose version is current, and refuses a stale one', async () => {
    const { body } = await call('POST', maps, { metadata: { name: 'one' }, data: { a: '1' } })
    expect((await call('PUT', `${maps}/one`, { ...body, data: { a: '2' } })).status).toBe(200)
    expect((await call('PUT', `${maps}/one`, { ...body, data: { a: '3' } })).body).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message: expect.stringContaining('the object has been modified; please apply your changes to the latest version'),
    })
    expect((await call('POST', maps, { metadata: { name: 'one' } })).body.reason).toBe('AlreadyExists')
  })

  test('keeps nothing of a dry run', async () => {
    expect((await call('POST', `${maps}?dryRun=All`, { metadata: { name: 'one' } })).status).toBe(201)
    expect((await call('GET', `${maps}/one`)).status).toBe(404)
  })

  test('names an unknown field: refused when strict, a warning otherwise', async () => {
    const wrong = structuredClone(typed) as { spec: { template: { spec: { containers: object[] } } } }
    Object.assign(wrong.spec.template.spec.containers[0] ?? {}, { imagee: 'x' })
    const field = 'unknown field "spec.template.spec.containers[0].imagee"'
    const strict = await call('POST', `${deployments}?fieldValidation=Strict`, wrong)
    expect(strict.body).toMatchObject({
      code: 400,
      message: expect.stringContaining(`strict decoding error: ${field}`),
    })
    expect((await call('POST', deployments, wrong)).headers.get('warning')).toBe(`299 - ${JSON.stringify(field)}`)
  })

  test('says what is invalid in the words of Kubernetes', async () => {
    const other = { ...typed, spec: { ...typed.spec, selector: { matchLabels: { app: 'other' } } } }
    expect((await call('POST', deployments, other)).body).toMatchObject({
      code: 422,
      message:
        'Deployment.apps "web" is invalid: spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
    })
    const large = { metadata: { name: 'large' }, data: { a: Buffer.alloc(1_100_000).toString('base64') } }
    expect((await call('POST', secrets, large)).body).toMatchObject({
      code: 422,
      message: 'Secret "large" is invalid: data: Too long: may not be more than 1048576 bytes',
    })
  })

  test('raises the generation with the spec alone', async () => {
    await call('POST', deployments, typed)
    const label = { metadata: { labels: { a: 'b' } } }
    expect((await call('PATCH', `${deployments}/web`, label, mergePatchType)).body.metadata.generation).toBe(1)
    const paused = { spec: { paused: true } }
    expect((await call('PATCH', `${deployments}/web`, paused, mergePatchType)).body.metadata.generation).toBe(2)
  })

  test('lists in the order of names, page by page', async () => {
    for (const name of ['v9', 'v10', 'v1']) await call('POST', maps, { metadata: { name, labels: { of: 'mine' } } })
    const path = `${maps}?labelSelector=of%3Dmine&limit=2`
    const first = (await call('GET', path)).body
    const names = ({ items }: { items: { metadata: { name: string } }[] }) => items.map(({ metadata }) => metadata.name)
    expect(names(first)).toEqual(['v1', 'v10'])
    expect(names((await call('GET', `${path}&continue=${first.metadata.continue}`)).body)).toEqual(['v9'])
  })

  test('merges containers by name in a strategic merge patch, and replaces lists in a merge patch', async () => {
    await call('POST', deployments, typed)
    const containers = [{ name: 'side', image: 'side:1' }]
    const patch = { spec: { template: { spec: { containers } } } }
    const images = (body: { spec: { template: { spec: { containers: { image: string }[] } } } }) =>
      body.spec.template.spec.containers.map(({ image }) => image)
    expect(images((await call('PATCH', `${deployments}/web`, patch, strategicType)).body)).toEqual(['app:1', 'side:1'])
    const gone = { spec: { template: { spec: { containers: [{ name: 'side', $patch: 'delete' }] } } } }
    expect(images((await call('PATCH', `${deployments}/web`, gone, strategicType)).body)).toEqual(['app:1'])
    expect(images((await call('PATCH', `${deployments}/web`, patch, mergePatchType)).body)).toEqual(['side:1'])
    const json = [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'json:1' }]
    expect(images((await call('PATCH', `${deployments}/web`, json, 'application/json-patch+json')).body)).toEqual([
      'json:1',
    ])
  })

  test('sends a watcher what is there, a bookmark, and then each change', async () => {
    await call('POST', maps, { metadata: { name: 'one', labels: { of: 'mine' } } })
    const url = `${sandbox.endpoint()}/kubernetes/sandbox${maps}?watch=true&sendInitialEvents=true&labelSelector=of%3Dmine`
    const stop = new AbortController()
    const answer = await fetch(url, { signal: stop.signal })
    await call('PATCH', `${maps}/one`, { data: { a: 'b' } }, mergePatchType)
    await call('PATCH', `${maps}/one`, { metadata: { labels: { of: 'yours' } } }, mergePatchType)
    const seen: string[] = []
    let text = ''
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
      text += Buffer.from(chunk).toString('utf8')
      seen.push(
        ...text
          .split('\n')
          .slice(0, -1)
          .map((line) => (JSON.parse(line) as { type: string }).type),
      )
      text = text.slice(text.lastIndexOf('\n') + 1)
      if (seen.includes('DELETED')) break
    }
    stop.abort()
    expect(seen).toEqual(['ADDED', 'BOOKMARK', 'MODIFIED', 'DELETED'])
  })

  test('answers an injected refusal in the words of Kubernetes', async () => {
    sandbox.faults.add({ service: 'kubernetes', operation: 'GET secrets', kind: 'access-denied' })
    expect((await call('GET', secrets)).body).toMatchObject({
      code: 403,
      message:
        'secrets is forbidden: User "sandbox" cannot list resource "secrets" in API group "" in the namespace "default"',
    })
  })
})

describe('server-side apply', () => {
  const replicas = (count: number | undefined) => ({ ...typed, spec: { ...typed.spec, replicas: count } })

  test('refuses a field that another manager owns, and takes it when forced', async () => {
    expect((await apply('ci', replicas(2))).status).toBe(201)
    expect((await apply('ops', replicas(5))).body).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "ci": .spec.replicas',
      details: { causes: [{ reason: 'FieldManagerConflict', field: '.spec.replicas', message: 'conflict with "ci"' }] },
    })
    expect((await apply('ops', replicas(5), '&force=true')).body.spec.replicas).toBe(5)
    expect((await apply('ci', replicas(2))).body.message).toContain('conflict with "ops": .spec.replicas')
  })

  test('shares a field that two managers set alike, and removes it when the last lets go', async () => {
    const labelled = (labels: object) => ({ ...typed, metadata: { name: 'web', labels } })
    await apply('ci', labelled({ team: 'a' }))
    await apply('ops', labelled({ team: 'a' }))
    expect((await apply('ci', labelled({}))).body.metadata.labels).toEqual({ team: 'a' })
    expect((await apply('ops', labelled({}))).body.metadata.labels ?? {}).toEqual({})
  })

  test('takes out a container that is applied no more, and leaves what others added', async () => {
    const containers = [
      { name: 'app', image: 'app:1' },
      { name: 'side', image: 'side:1' },
    ]
    const two = structuredClone(typed)
    Object.assign(two.spec.template.spec, { containers })
    await apply('ci', two)
    const env = { spec: { template: { spec: { containers: [{ name: 'app', env: [{ name: 'A', value: 'b' }] }] } } } }
    await call('PATCH', `${deployments}/web`, env, strategicType)
    const { body } = await apply('ci', typed)
    expect(body.spec.template.spec.containers).toHaveLength(1)
    expect(body.spec.template.spec.containers[0].env).toEqual([{ name: 'A', value: 'b' }])
  })

  test('changes nothing the second time', async () => {
    const first = await apply('ci', typed)
    expect((await apply('ci', typed)).body).toEqual(first.body)
  })

  test('refuses a field that is not in the schema', async () => {
    expect((await apply('ci', { ...typed, spec: { ...typed.spec, nonsense: 1 } })).body.message).toBe(
      'failed to create typed patch object (default/web; apps/v1, Kind=Deployment): .spec.nonsense: field not declared in schema',
    )
  })
})
