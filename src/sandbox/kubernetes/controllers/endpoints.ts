import { type Cluster, put } from '../cluster.ts'
import { type Fields, type KubeObject, same } from '../object.ts'
import { resource } from '../resources.ts'
import { matchesSelector } from '../selectors.ts'
import { save } from '../writes.ts'
import type { Reconciler } from './loop.ts'
import { hasFinished, isReady, isTerminating, pods } from './pods.ts'
import { portNumber } from './probes.ts'

const services = resource('core/v1/services')
const slices = resource('discovery.k8s.io/v1/endpointslices')
const endpoints = resource('core/v1/endpoints')

/** Keeps an EndpointSlice and an Endpoints object for each Service with a selector, and gives load balancers their names. */
export const reconcileServices: Reconciler = (cluster) => {
  for (const service of cluster.store.list(services)) {
    if (isTerminating(service)) continue
    balance(cluster, service)
    const labels = service['spec']?.selector as Fields | undefined
    if (labels === undefined || Object.keys(labels).length === 0 || service['spec'].type === 'ExternalName') continue
    const members = cluster.store
      .list(pods, service.metadata.namespace)
      .filter(
        (pod) =>
          pod['status']?.podIP !== undefined &&
          !hasFinished(pod) &&
          matchesSelector({ matchLabels: labels }, pod.metadata.labels),
      )
    slice(cluster, service, members)
    legacy(cluster, service, members)
  }
}

const portsOf = (service: KubeObject, pod: KubeObject | undefined): Fields[] =>
  ((service['spec'].ports ?? []) as Fields[])
    .map(({ name, protocol, targetPort }) => ({
      name: name ?? '',
      port: portNumber(pod?.['spec'], targetPort),
      protocol,
    }))
    .filter(({ port }) => typeof port === 'number')

function slice(cluster: Cluster, service: KubeObject, members: readonly KubeObject[]): undefined {
  const { namespace, name, uid, labels } = service.metadata
  const found = cluster.store
    .list(slices, namespace)
    .find((one) => one.metadata.ownerReferences?.some((owner) => owner.uid === uid))
  const body = {
    addressType: 'IPv4',
    endpoints: members.map((pod) => ({
      addresses: [pod['status'].podIP],
      conditions: {
        ready: isReady(pod) && !isTerminating(pod),
        serving: isReady(pod),
        terminating: isTerminating(pod),
      },
      nodeName: pod['spec'].nodeName,
      targetRef: { kind: 'Pod', namespace, name: pod.metadata.name, uid: pod.metadata.uid },
    })),
    ports: portsOf(service, members[0]),
  }
  if (found !== undefined) {
    if (!same({ ...found, ...body }, found)) save(cluster, slices, { ...found, ...body })
    return
  }
  put(cluster, slices, {
    ...body,
    metadata: {
      name: `${name}-${cluster.suffix(5)}`,
      namespace,
      labels: {
        ...labels,
        'kubernetes.io/service-name': name,
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Service', name, uid, controller: true, blockOwnerDeletion: true }],
    },
  })
}

function legacy(cluster: Cluster, service: KubeObject, members: readonly KubeObject[]): undefined {
  const { namespace, name, uid } = service.metadata
  const address = (pod: KubeObject): Fields => ({
    ip: pod['status'].podIP,
    nodeName: pod['spec'].nodeName,
    targetRef: { kind: 'Pod', namespace, name: pod.metadata.name, uid: pod.metadata.uid },
  })
  const alive = members.filter((pod) => !isTerminating(pod))
  const [ready, notReady] = [alive.filter(isReady), alive.filter((pod) => !isReady(pod))]
  const subset = {
    ...(ready.length > 0 ? { addresses: ready.map(address) } : {}),
    ...(notReady.length > 0 ? { notReadyAddresses: notReady.map(address) } : {}),
    ports: portsOf(service, alive[0]),
  }
  const subsets = alive.length > 0 ? [subset] : undefined
  const found = cluster.store.get(endpoints, namespace, name)
  if (found === undefined) {
    const ownerReferences = [{ apiVersion: 'v1', kind: 'Service', name, uid, controller: true }]
    put(cluster, endpoints, { metadata: { name, namespace, ownerReferences }, ...(subsets ? { subsets } : {}) })
  } else if (!same(found['subsets'], subsets)) save(cluster, endpoints, { ...found, subsets })
}

function balance(cluster: Cluster, service: KubeObject): undefined {
  if (service['spec']?.type !== 'LoadBalancer' || service['status']?.loadBalancer?.ingress !== undefined) return
  const hostname = `k8s-${service.metadata.uid.slice(0, 8)}.elb.${cluster.world.region}.amazonaws.com`
  save(cluster, services, { ...service, status: { loadBalancer: { ingress: [{ hostname }] } } })
}
