import { describe, expect, test } from '@jest/globals'
import { digestMismatches } from '../../src/helm/digest-check.ts'
import type { Pod } from '../../src/helm/kubernetes-object.ts'
import { parseManifest } from '../../src/helm/manifest.ts'
import { podTemplatesOf, servicesOf } from '../../src/helm/pod-template.ts'
import type { WorkloadProgress } from '../../src/helm/rollout.ts'
import { type EndpointSlice, judgeService } from '../../src/helm/service-endpoints.ts'

const manifest = (service = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  template:
    metadata: {labels: {app: orders}}
    spec: {containers: [{name: app, image: orders, ports: [{name: http, containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{name: web, port: 80, targetPort: http}]${service}}
`

const pod = (uid: string, over: Pod = {}): Pod => ({ metadata: { uid, name: uid, namespace: 'default' }, ...over })
const progress = (pods: readonly Pod[], desired = pods.length, kind: WorkloadProgress['kind'] = 'Deployment') => [
  {
    kind,
    name: 'orders',
    namespace: 'default',
    missing: false,
    moved: true,
    ready: 0,
    desired,
    done: true,
    pods,
    signs: [],
  },
]
const slice = (
  uids: Readonly<Record<string, boolean | undefined>>,
  ports: EndpointSlice['ports'] = [{ name: 'web', port: 8080 }],
): EndpointSlice => ({
  metadata: { namespace: 'default', labels: { 'kubernetes.io/service-name': 'orders' } },
  endpoints: Object.entries(uids).map(([uid, ready]) => ({
    conditions: ready === undefined ? {} : { ready },
    targetRef: { kind: 'Pod', uid },
  })),
  ports: ports ?? null,
})
const judge = (slices: readonly EndpointSlice[], all: readonly WorkloadProgress[], text = manifest()) => {
  const objects = parseManifest(text, 'default')
  const [service] = servicesOf(objects)
  if (service === undefined) throw new Error('the manifest has no Service')
  return judgeService(service, podTemplatesOf(objects), slices, all)
}
const two = progress([pod('a'), pod('b')])

describe('a Service', () => {
  test('serves by one ready endpoint of the new pods; an unsaid condition is ready', () => {
    expect(judge([slice({ a: true, b: false })], two)).toMatchObject({ ready: 1, expected: 2, problem: undefined })
    expect(judge([slice({ a: undefined })], two)).toMatchObject({ ready: 1, problem: undefined })
  })

  test('does not serve without ready endpoints, without slices, or by those of pods that are gone', () => {
    const problem = '0 of 2 endpoints are ready'
    expect(judge([slice({ a: false, b: false })], two).problem).toBe(problem)
    expect(judge([], two).problem).toBe(problem)
    expect(judge([slice({ old: true })], two).problem).toBe(problem)
  })

  test('does not serve when its port leads nowhere, in any of its slices', () => {
    for (const ports of [[], null, [{ name: 'other', port: 1 }], [{ name: 'web' }]]) {
      expect(judge([slice({ a: true }, ports)], two).problem).toBe('targetPort http is not a port of app')
    }
    expect(judge([slice({ a: false }), slice({ b: true }, [])], two).problem).toMatch(/^targetPort http/)
    expect(judge([slice({ a: true }, []), slice({ b: true })], two).problem).toBeUndefined()
  })

  test('of a workload that is scaled to zero is as it should be', () => {
    expect(judge([], progress([], 0))).toMatchObject({ expected: 0, problem: undefined })
  })

  test('that selects nothing of the release must have endpoints from elsewhere, unless it is headless', () => {
    const astray = (service = '') => manifest(service).replace('selector: {app: orders}', 'selector: {app: ordres}')
    expect(judge([], two, astray()).problem).toBe(
      'no endpoints: its selector app=ordres matches no pods of the release',
    )
    expect(judge([slice({ foreign: true })], two, astray()).problem).toBeUndefined()
    expect(judge([], two, astray(', clusterIP: None')).problem).toBeUndefined()
  })

  test('is judged without the pods when those may not be read', () => {
    expect(judge([slice({ x: true })], [])).toMatchObject({ ready: 1, expected: undefined, problem: undefined })
    expect(judge([slice({ x: false })], []).problem).toBe('0 of 1 endpoints are ready')
  })

  test('has nothing of slices of other Services and namespaces', () => {
    const other = {
      ...slice({ a: true }),
      metadata: { namespace: 'other', labels: { 'kubernetes.io/service-name': 'orders' } },
    }
    expect(judge([other], two).problem).toBe('0 of 2 endpoints are ready')
  })

  test('leads to its port by number when it names no target', () => {
    const [service] = servicesOf(
      parseManifest(
        'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}, {port: 81, targetPort: "8081"}]}',
        'x',
      ),
    )
    expect(service?.ports).toEqual([
      { name: '', port: 80, target: 80 },
      { name: '', port: 81, target: 8081 },
    ])
  })
})

describe('the digest that runs', () => {
  const [good, bad] = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`]
  const image = `reg.example.org:5000/orders@${good}`
  const running = (asked: string, imageID: string | undefined, over: Pod['metadata'] = {}): Pod =>
    pod('p1', {
      metadata: { name: 'p1', uid: 'p1', ...over },
      spec: { containers: [{ name: 'app', image: asked }] },
      status: { containerStatuses: [{ name: 'app', ...(imageID === undefined ? {} : { imageID }) }] },
    })

  test.each([
    ['by digest', image, `reg.example.org:5000/orders@${good}`],
    ['by digest, when the node names another manifest of the same content', image, `reg.example.org:5000/copy@${bad}`],
    [
      'by tag, resolved to it',
      'reg.example.org:5000/orders:1',
      `docker-pullable://reg.example.org:5000/orders@${good}`,
    ],
    ['an image of another repository', 'reg.example.org:5000/proxy:1', `x@${bad}`],
  ])('is right %s', (_, asked, imageID) => {
    expect(digestMismatches(progress([running(asked, imageID)]), image)).toEqual([])
  })

  test.each([
    ['another digest', `reg.example.org:5000/orders@${bad}`, `x@${bad}`, bad],
    ['a tag that was moved', 'reg.example.org:5000/orders:1', `x@${bad}`, bad],
    ['a tag whose digest nobody tells', 'reg.example.org:5000/orders:1', good, 'a digest that its node does not tell'],
    [
      'a container without a status',
      'reg.example.org:5000/orders:1',
      undefined,
      'a digest that its node does not tell',
    ],
  ])('is wrong: %s', (_, asked, imageID, runs) => {
    expect(digestMismatches(progress([running(asked, imageID)]), image)).toEqual([
      `Deployment/orders: container app of pod p1 runs ${runs}, not ${good}`,
    ])
  })

  test('is not asked of Jobs, of pods on their way out, nor of an image without a digest', () => {
    const wrong = running('reg.example.org:5000/orders:1', `x@${bad}`)
    expect(digestMismatches(progress([wrong], 1, 'Job'), image)).toEqual([])
    const leaving = running('reg.example.org:5000/orders:1', `x@${bad}`, { deletionTimestamp: 'now' })
    expect(digestMismatches(progress([leaving]), image)).toEqual([])
    expect(digestMismatches(progress([wrong]), 'reg.example.org:5000/orders:1')).toEqual([])
  })
})
