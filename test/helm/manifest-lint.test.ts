import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseManifest } from '../../src/helm/manifest.ts'
import { findingLine, type LintOptions, lintManifest, lintRules } from '../../src/helm/manifest-lint.ts'

const digest = `sha256:${'a'.repeat(64)}`

interface Web {
  readonly replicas?: string
  readonly strategy?: string
  readonly spec?: string
  readonly pod?: string
  readonly image?: string
  readonly container?: string
  readonly readiness?: string
  readonly lifecycle?: string
  readonly selector?: string
  readonly target?: string
}

/** A Deployment and its Service, in which nothing is wrong but what is told. */
const web = (own: Web = {}): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${own.replicas ?? '2'}
  progressDeadlineSeconds: 300
  strategy: ${own.strategy ?? '{}'}
  ${own.spec ?? ''}
  template:
    metadata: {labels: {app: web, tier: front}}
    spec:
      ${own.pod ?? 'terminationGracePeriodSeconds: 30'}
      containers:
        - name: app
          image: ${own.image ?? `registry.example.org/web@${digest}`}
          ports: [{name: http, containerPort: 8080}]
          ${own.readiness ?? 'readinessProbe: {httpGet: {path: /, port: http}}'}
          ${own.lifecycle ?? 'lifecycle: {preStop: {sleep: {seconds: 10}}}'}
          ${own.container ?? ''}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: ${own.selector ?? '{app: web}'}
  ports: [{port: 80, targetPort: ${own.target ?? 'http'}}]
`

const lint = (manifest: string, options: Partial<LintOptions> = {}) =>
  lintManifest(parseManifest(manifest, 'default'), {
    timeoutMs: 600_000,
    repository: undefined,
    ignored: [],
    ...options,
  })
const rules = (manifest: string, options: Partial<LintOptions> = {}) =>
  lint(manifest, options).map(({ rule, object }) => `${rule} ${object}`)

describe('the lint of a manifest', () => {
  test('finds nothing where nothing is wrong', () => {
    expect(lint(web())).toEqual([])
  })

  const cases: readonly (readonly [string, Web, readonly string[]])[] = [
    [
      'an only replica that may go',
      { replicas: '1', strategy: '{rollingUpdate: {maxUnavailable: 1}}' },
      ['all-at-once Deployment/web'],
    ],
    [
      'all replicas by percent',
      { strategy: '{rollingUpdate: {maxUnavailable: 100%}}' },
      ['all-at-once Deployment/web'],
    ],
    ['half of them', { strategy: '{rollingUpdate: {maxUnavailable: 50%}}' }, []],
    [
      'an only replica by a share that rounds to none',
      { replicas: '1', strategy: '{rollingUpdate: {maxUnavailable: 25%}}' },
      [],
    ],
    ['nothing to lose when scaled to zero', { replicas: '0', strategy: '{rollingUpdate: {maxUnavailable: 1}}' }, []],
    ['Recreate behind a Service', { strategy: '{type: Recreate}' }, ['all-at-once Deployment/web']],
    ['no readiness probe', { readiness: '' }, ['no-readiness Deployment/web']],
    ['no preStop', { lifecycle: '' }, ['no-pre-stop Deployment/web']],
    [
      'a preStop as long as the grace',
      { lifecycle: 'lifecycle: {preStop: {exec: {command: [sh, -c, "sleep 30"]}}}' },
      ['pre-stop-too-long Deployment/web'],
    ],
    [
      'a preStop in two sleeps',
      { lifecycle: 'lifecycle: {preStop: {exec: {command: [sh, -c, "sleep 20; nginx -s quit; sleep 15"]}}}' },
      ['pre-stop-too-long Deployment/web'],
    ],
    [
      'a longer grace for a longer preStop',
      { pod: 'terminationGracePeriodSeconds: 60', lifecycle: 'lifecycle: {preStop: {sleep: {seconds: 45}}}' },
      [],
    ],
    ['a preStop that cannot be read', { lifecycle: 'lifecycle: {preStop: {exec: {command: [/drain]}}}' }, []],
    [
      'liveness before readiness',
      {
        readiness: 'readinessProbe: {initialDelaySeconds: 60}',
        container: 'livenessProbe: {initialDelaySeconds: 10, periodSeconds: 5}',
      },
      ['early-liveness Deployment/web'],
    ],
    [
      'a startup probe holds liveness back',
      {
        readiness: 'readinessProbe: {initialDelaySeconds: 60}',
        container:
          'livenessProbe: {initialDelaySeconds: 10, periodSeconds: 5}\n          startupProbe: {tcpSocket: {port: 8080}}',
      },
      [],
    ],
    ['defaults of both probes', { container: 'livenessProbe: {tcpSocket: {port: 8080}}' }, []],
    ['an image by tag', { image: 'registry.example.org/web:1.2' }, ['tag-only Deployment/web']],
    ['an image by tag and digest', { image: `registry.example.org/web:1.2@${digest}` }, []],
    ['a selector that matches nothing', { selector: '{app: wbe}' }, ['no-pods Service/web']],
    ['a selector of which one label is wrong', { selector: '{app: web, tier: back}' }, ['no-pods Service/web']],
    ['a named port that is not there', { target: 'web' }, ['no-port Service/web']],
    ['a port number that is not there', { target: '9090' }, ['no-port Service/web']],
    ['a port by number', { target: '8080' }, []],
  ]
  test.each(cases)('%s', (_, own, expected) => {
    expect(rules(web(own))).toEqual(expected)
  })

  test('names everything at once, with what to do', () => {
    const found = lint(web({ readiness: '', lifecycle: '', image: 'web:1', target: 'nope' }))
    expect(found.map(findingLine)).toEqual([
      'Service/web: targetPort nope is not a port of Deployment/web: use one of http (8080) (no-port)',
      'Deployment/web: container app is behind a Service and has no readiness probe: add a readinessProbe, or it gets requests before it can answer them (no-readiness)',
      'Deployment/web: container app is behind a Service and has no preStop hook: let preStop sleep some 10 s, or it ends while load balancers still send it requests (no-pre-stop)',
      'Deployment/web: container app names image web:1 without a digest: name it by digest: a tag may be moved, and a rollback then starts something else (tag-only)',
    ])
  })

  test('takes the time-out against the progress deadline, whose default is 600 s', () => {
    expect(rules(web(), { timeoutMs: 240_000 })).toEqual(['short-timeout Deployment/web'])
    const byDefault = web().replace('  progressDeadlineSeconds: 300\n', '')
    expect(rules(byDefault, { timeoutMs: 599_000 })).toEqual(['short-timeout Deployment/web'])
    expect(rules(byDefault, { timeoutMs: 600_000 })).toEqual([])
  })

  test("takes an autoscaler's least replicas for the workload's own", () => {
    const scaler = `${web({ replicas: '5', strategy: '{rollingUpdate: {maxUnavailable: 1}}' })}---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {minReplicas: 1, scaleTargetRef: {kind: Deployment, name: web}}
`
    expect(rules(scaler)).toEqual(['all-at-once Deployment/web'])
  })

  test('looks only at the container that the Service leads to, also when it is a sidecar', () => {
    const proxied = web({
      target: 'proxy',
      readiness: '',
      lifecycle: '',
      pod: `initContainers:
        - name: proxy
          restartPolicy: Always
          image: proxy@${digest}
          ports: [{name: proxy, containerPort: 15001}]
          lifecycle: {preStop: {sleep: {seconds: 5}}}
        - {name: setup, image: "setup:1"}`,
    })
    expect(lint(proxied).map(findingLine)).toEqual([
      expect.stringMatching(/^Deployment\/web: container proxy .*no readiness probe/),
      expect.stringMatching(/^Deployment\/web: container setup names image setup:1 without a digest/),
    ])
  })

  test('lets Services without a selector and external names be', () => {
    const others = `apiVersion: v1
kind: Service
metadata: {name: by-hand}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: elsewhere}
spec: {type: ExternalName, externalName: db.example.org, selector: {app: none}}
`
    expect(lint(others)).toEqual([])
  })

  test('sees cron jobs and custom resources with a pod template', () => {
    const manifest = `apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: job, image: "job:1"}]}}}}}
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: canary}
spec: {template: {metadata: {labels: {app: canary}}, spec: {containers: [{name: app, image: "canary:1"}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: canary}
spec: {selector: {app: canary}, ports: [{port: 80}]}
`
    expect(rules(manifest, { ignored: ['no-readiness', 'no-pre-stop'] })).toEqual([
      'tag-only CronJob/nightly',
      'tag-only Rollout/canary',
    ])
  })

  test('says when the chart does not use the image that is deployed', () => {
    expect(rules(web(), { repository: 'registry.example.org/web' })).toEqual([])
    expect(rules(web(), { repository: 'registry.example.org/we' })).toEqual(['image-unused release'])
  })

  test('leaves out the rules that are to be ignored', () => {
    expect(rules(web({ readiness: '', lifecycle: '' }), { ignored: ['no-pre-stop'] })).toEqual([
      'no-readiness Deployment/web',
    ])
  })

  test('bears any object, however wrong', () => {
    const key = fc.constantFrom(
      'spec',
      'template',
      'metadata',
      'labels',
      'containers',
      'ports',
      'selector',
      'strategy',
      'lifecycle',
      'preStop',
      'image',
      'name',
      'scaleTargetRef',
      'rollingUpdate',
    )
    const tree = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constant(null),
        fc.string(),
        fc.integer(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4 }),
      ),
    })).value
    const kind = fc.constantFrom('Deployment', 'Service', 'Pod', 'CronJob', 'HorizontalPodAutoscaler', 'Thing')
    fc.assert(
      fc.property(fc.array(fc.tuple(kind, fc.dictionary(key, tree)), { maxLength: 4 }), (objects) => {
        const found = lintManifest(
          objects.map(([kind, content], at) => ({
            apiVersion: 'v1',
            kind,
            name: `n${at}`,
            namespace: 'default',
            content,
          })),
          { timeoutMs: 1, repository: 'r', ignored: [] },
        )
        for (const { rule } of found) expect(lintRules).toContain(rule)
      }),
    )
  })
})
