import { randomUUID } from 'node:crypto'
import type { World } from '../world.ts'
import { type ContainerLogs, containerLogs } from './container-logs.ts'
import type { Fields, KubeObject } from './object.ts'
import { timestamp } from './object.ts'
import { apiVersionOf, type Resource, resource } from './resources.ts'
import { type Store, store } from './store.ts'

/** One Kubernetes cluster of the sandbox: its objects, its time, and what its containers printed. */
export interface Cluster {
  readonly name: string
  readonly world: World
  readonly store: Store
  readonly logs: ContainerLogs
  /** Sandbox time as objects carry it. */
  now(): string
  /** A random suffix such as generated names have. */
  suffix(length: number): string
}

/** The one node, and what it can hold. */
export const nodeName = 'ip-10-0-1-10.eu-west-1.compute.internal'
const capacity = { cpu: '64', memory: '256Gi', 'ephemeral-storage': '200Gi', pods: '500' }

/** A cluster with its node, its namespaces and its defaults. */
export function cluster(name: string, world: World): Cluster {
  const objects = store()
  const made: Cluster = {
    name,
    world,
    store: objects,
    logs: containerLogs(),
    now: () => timestamp(world.clock.now()),
    suffix: (length) => world.id(length, 'bcdfghjklmnpqrstvwxz2456789'),
  }
  for (const namespace of ['default', 'kube-system', 'kube-public', 'kube-node-lease']) putNamespace(made, namespace)
  put(made, resource('core/v1/nodes'), node(made))
  put(made, resource('storage.k8s.io/v1/storageclasses'), {
    metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'sandbox.strangler-deploy/standard',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate',
  })
  put(made, resource('core/v1/services'), {
    metadata: { name: 'kubernetes', namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: {
      type: 'ClusterIP',
      clusterIP: '10.96.0.1',
      clusterIPs: ['10.96.0.1'],
      ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
      sessionAffinity: 'None',
    },
    status: { loadBalancer: {} },
  })
  return made
}

/** Keeps an object that the cluster itself makes, with the metadata that every object has. */
export function put(cluster: Cluster, of: Resource, object: Fields): KubeObject {
  return cluster.store.put(of, {
    ...object,
    apiVersion: apiVersionOf(of),
    kind: of.kind,
    metadata: {
      ...object['metadata'],
      uid: randomUUID(),
      creationTimestamp: cluster.now(),
      resourceVersion: '',
    },
  } as KubeObject)
}

function putNamespace(cluster: Cluster, name: string): void {
  put(cluster, resource('core/v1/namespaces'), {
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  })
  furnishNamespace(cluster, name)
}

/** What the controller manager puts into each new namespace. */
export function furnishNamespace(cluster: Cluster, namespace: string): void {
  put(cluster, resource('core/v1/serviceaccounts'), { metadata: { name: 'default', namespace } })
  put(cluster, resource('core/v1/configmaps'), {
    metadata: { name: 'kube-root-ca.crt', namespace },
    data: { 'ca.crt': 'the sandbox has no certificates\n' },
  })
}

function node(cluster: Cluster): Fields {
  const time = cluster.now()
  const condition = (type: string, status: string, reason: string): Fields => ({
    type,
    status,
    reason,
    message: reason,
    lastHeartbeatTime: time,
    lastTransitionTime: time,
  })
  return {
    metadata: {
      name: nodeName,
      labels: {
        'kubernetes.io/hostname': nodeName,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/region': cluster.world.region,
        'topology.kubernetes.io/zone': `${cluster.world.region}a`,
        'node.kubernetes.io/instance-type': 'sandbox',
      },
    },
    spec: { providerID: `aws:///${cluster.world.region}a/i-0sandbox000000000` },
    status: {
      capacity,
      allocatable: capacity,
      conditions: [
        condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory'),
        condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure'),
        condition('PIDPressure', 'False', 'KubeletHasSufficientPID'),
        condition('Ready', 'True', 'KubeletReady'),
      ],
      addresses: [
        { type: 'InternalIP', address: '10.0.1.10' },
        { type: 'Hostname', address: nodeName },
      ],
      nodeInfo: {
        architecture: 'amd64',
        bootID: '',
        containerRuntimeVersion: 'containerd://2.1.4',
        kernelVersion: '6.12.0',
        kubeProxyVersion: '',
        kubeletVersion: 'v1.35.4',
        machineID: '',
        operatingSystem: 'linux',
        osImage: 'Sandbox',
        systemUUID: '',
      },
    },
  }
}
