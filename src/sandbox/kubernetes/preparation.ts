import type { Cluster } from './cluster.ts'
import type { Fields, KubeObject } from './object.ts'
import { resource } from './resources.ts'

/** What the server sets on a new object of some kinds before it is kept, in place. */
export function prepareCreate(cluster: Cluster, object: KubeObject): void {
  switch (object.kind) {
    case 'Namespace':
      object['spec'] = { finalizers: ['kubernetes'] }
      object['status'] = { phase: 'Active' }
      object.metadata.labels = { 'kubernetes.io/metadata.name': object.metadata.name, ...object.metadata.labels }
      break
    case 'Pod':
      object['status'] = { phase: 'Pending', qosClass: quality(object['spec']) }
      break
    case 'Job':
      prepareJob(object)
      break
    case 'Service':
      object['status'] = { loadBalancer: {} }
      giveAddresses(cluster, object)
      break
    case 'PersistentVolumeClaim':
      object['status'] = { phase: 'Pending' }
      break
    case 'Deployment':
    case 'StatefulSet':
    case 'ReplicaSet':
    case 'DaemonSet':
    case 'CronJob':
    case 'PodDisruptionBudget':
    case 'HorizontalPodAutoscaler':
      object['status'] = {}
      break
    case 'Ingress':
      object['status'] = { loadBalancer: {} }
      break
  }
}

/** What an update leaves out and the server carries over, in place. */
export function prepareUpdate(cluster: Cluster, before: KubeObject, after: KubeObject): void {
  if (after.kind !== 'Service' || after['spec']?.type === 'ExternalName') return
  const old = before['spec'] as Fields
  const spec = after['spec'] as Fields
  if (!spec['clusterIP'] && old['clusterIP']) {
    spec['clusterIP'] = old['clusterIP']
    spec['clusterIPs'] = old['clusterIPs']
  }
  for (const port of (spec['ports'] ?? []) as Fields[]) {
    const same = ((old['ports'] ?? []) as Fields[]).find((one) => one['port'] === port['port'])
    if (port['nodePort'] === undefined && same?.['nodePort'] !== undefined && spec['type'] !== 'ClusterIP') {
      port['nodePort'] = same['nodePort']
    }
  }
  giveAddresses(cluster, after)
}

function prepareJob(object: KubeObject): void {
  const { spec, metadata } = object
  object['status'] = {}
  if (spec.manualSelector === true) return
  const own = { 'batch.kubernetes.io/controller-uid': metadata.uid, 'controller-uid': metadata.uid }
  const names = { 'batch.kubernetes.io/job-name': metadata.name, 'job-name': metadata.name }
  spec.selector ??= { matchLabels: { 'batch.kubernetes.io/controller-uid': metadata.uid } }
  spec.template.metadata ??= {}
  spec.template.metadata.labels = { ...spec.template.metadata.labels, ...own, ...names }
}

function giveAddresses(cluster: Cluster, object: KubeObject): void {
  const spec = object['spec'] as Fields
  if (spec['type'] === 'ExternalName') return
  const services = cluster.store.list(resource('core/v1/services'))
  const taken = new Set(services.map((one) => one['spec']?.clusterIP as string))
  if (!spec['clusterIP']) {
    let number = 10
    while (taken.has(address(number))) number++
    spec['clusterIP'] = address(number)
  }
  spec['clusterIPs'] ??= [spec['clusterIP']]
  spec['ipFamilies'] ??= ['IPv4']
  spec['ipFamilyPolicy'] ??= 'SingleStack'
  if (spec['type'] !== 'NodePort' && spec['type'] !== 'LoadBalancer') return
  const ports = new Set(services.flatMap((one) => (one['spec']?.ports ?? []).map((port: Fields) => port['nodePort'])))
  for (const port of (spec['ports'] ?? []) as Fields[]) {
    if (port['nodePort'] !== undefined) continue
    let number = 30_000
    while (ports.has(number)) number++
    ports.add(number)
    port['nodePort'] = number
  }
}

const address = (number: number): string => `10.96.${Math.floor(number / 250)}.${(number % 250) + 1}`

/** The quality-of-service class of a pod. */
function quality(spec: Fields): string {
  const containers = (spec['containers'] ?? []) as Fields[]
  const sets = containers.map(({ resources }) => ({
    limits: resources?.limits ?? {},
    requests: resources?.requests ?? {},
  }))
  const any = sets.some(({ limits, requests }) => Object.keys({ ...limits, ...requests }).length > 0)
  if (!any) return 'BestEffort'
  const guaranteed = sets.every(({ limits, requests }) =>
    ['cpu', 'memory'].every((name) => limits[name] !== undefined && limits[name] === requests[name]),
  )
  return guaranteed ? 'Guaranteed' : 'Burstable'
}
