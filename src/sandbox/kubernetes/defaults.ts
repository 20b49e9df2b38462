import { type Fields, isFields } from './object.ts'

const fill = (target: Fields, values: Fields): void => {
  for (const [key, value] of Object.entries(values)) target[key] ??= value
}

/** The tag that decides how an image is pulled. */
const isLatest = (image: unknown): boolean =>
  typeof image === 'string' && !image.includes('@') && (!/:[\w.-]+$/.test(image) || image.endsWith(':latest'))

function probe(value: unknown): void {
  if (!isFields(value)) return
  fill(value, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 })
  if (isFields(value['httpGet'])) fill(value['httpGet'], { path: '/', scheme: 'HTTP' })
}

function container(value: Fields): void {
  fill(value, {
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: isLatest(value['image']) ? 'Always' : 'IfNotPresent',
  })
  for (const port of value['ports'] ?? []) fill(port, { protocol: 'TCP' })
  for (const { valueFrom } of value['env'] ?? []) {
    if (isFields(valueFrom?.fieldRef)) fill(valueFrom.fieldRef, { apiVersion: 'v1' })
  }
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) probe(value[name])
  // A limit without a request is a request.
  const { limits, requests } = value['resources'] as Fields
  if (isFields(limits)) value['resources'] = { limits, requests: { ...limits, ...requests } }
}

function podSpec(spec: Fields): void {
  fill(spec, {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  })
  if (spec['serviceAccountName'] !== undefined) fill(spec, { serviceAccount: spec['serviceAccountName'] })
  for (const one of [...(spec['initContainers'] ?? []), ...(spec['containers'] ?? [])])
    if (isFields(one)) container(one)
  for (const volume of (spec['volumes'] ?? []) as Fields[]) {
    for (const source of ['secret', 'configMap', 'downwardAPI', 'projected']) {
      if (isFields(volume[source])) fill(volume[source], { defaultMode: 420 })
    }
    if (Object.keys(volume).length === 1) volume['emptyDir'] = {}
  }
}

function template(owner: Fields): void {
  owner['template'] ??= {}
  const made = owner['template'] as Fields
  made['metadata'] ??= {}
  if (isFields(made['spec'])) podSpec(made['spec'])
}

function job(spec: Fields): void {
  fill(spec, {
    completions: spec['parallelism'] === undefined ? 1 : undefined,
    parallelism: 1,
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy: 'TerminatingOrFailed',
  })
  template(spec)
}

const byKind: Readonly<Record<string, (object: Fields, spec: Fields) => void>> = {
  Pod(_object, spec) {
    podSpec(spec)
    fill(spec, {
      enableServiceLinks: true,
      preemptionPolicy: 'PreemptLowerPriority',
      priority: 0,
      serviceAccountName: 'default',
      serviceAccount: 'default',
    })
  },
  Deployment(_object, spec) {
    fill(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 })
    spec['strategy'] ??= {}
    const strategy = spec['strategy'] as Fields
    fill(strategy, { type: 'RollingUpdate' })
    if (strategy['type'] === 'RollingUpdate') {
      strategy['rollingUpdate'] ??= {}
      fill(strategy['rollingUpdate'], { maxUnavailable: '25%', maxSurge: '25%' })
    }
    template(spec)
  },
  ReplicaSet(_object, spec) {
    fill(spec, { replicas: 1 })
    template(spec)
  },
  StatefulSet(_object, spec) {
    fill(spec, {
      replicas: 1,
      podManagementPolicy: 'OrderedReady',
      revisionHistoryLimit: 10,
      serviceName: '',
      updateStrategy: { type: 'RollingUpdate' },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    })
    if (spec['updateStrategy'].type === 'RollingUpdate') {
      spec['updateStrategy'].rollingUpdate ??= {}
      fill(spec['updateStrategy'].rollingUpdate, { partition: 0 })
    }
    template(spec)
  },
  DaemonSet(_object, spec) {
    fill(spec, { revisionHistoryLimit: 10, updateStrategy: { type: 'RollingUpdate' } })
    if (spec['updateStrategy'].type === 'RollingUpdate') {
      spec['updateStrategy'].rollingUpdate ??= {}
      fill(spec['updateStrategy'].rollingUpdate, { maxUnavailable: 1, maxSurge: 0 })
    }
    template(spec)
  },
  Job: (_object, spec) => job(spec),
  CronJob(_object, spec) {
    fill(spec, { concurrencyPolicy: 'Allow', suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 })
    spec['jobTemplate'] ??= {}
    spec['jobTemplate'].metadata ??= {}
    const inner: unknown = spec['jobTemplate'].spec
    if (isFields(inner)) template(inner)
  },
  Service(_object, spec) {
    fill(spec, { type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster' })
    for (const port of (spec['ports'] ?? []) as Fields[]) fill(port, { protocol: 'TCP', targetPort: port['port'] })
    if (spec['type'] === 'LoadBalancer') fill(spec, { allocateLoadBalancerNodePorts: true })
    if (spec['type'] === 'LoadBalancer' || spec['type'] === 'NodePort') fill(spec, { externalTrafficPolicy: 'Cluster' })
  },
  Secret: (object) => fill(object, { type: 'Opaque' }),
  PersistentVolumeClaim: (_object, spec) => fill(spec, { volumeMode: 'Filesystem', storageClassName: 'standard' }),
  HorizontalPodAutoscaler: (_object, spec) => fill(spec, { minReplicas: 1 }),
}

/** Fills in what the API server fills in, in place. */
export function applyDefaults(object: Fields): void {
  const make = byKind[object['kind'] as string]
  if (make === undefined) return
  if (object['kind'] === 'Secret') {
    for (const [key, value] of Object.entries((object['stringData'] ?? {}) as Record<string, string>)) {
      object['data'] = { ...object['data'], [key]: Buffer.from(value).toString('base64') }
    }
    delete object['stringData']
  }
  make(object, isFields(object['spec']) ? object['spec'] : {})
}
