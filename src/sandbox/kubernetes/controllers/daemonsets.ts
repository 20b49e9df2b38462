import { type Cluster, nodeName } from '../cluster.ts'
import { dispose } from '../deletion.ts'
import type { KubeObject } from '../object.ts'
import { resource } from '../resources.ts'
import { save } from '../writes.ts'
import type { Reconciler } from './loop.ts'
import { createPod, deletePod, isActive, isAvailable, isReady, isTerminating, podOf, pods, podsOf } from './pods.ts'
import { currentRevision } from './revisions.ts'

const daemonSets = resource('apps/v1/daemonsets')
const nodes = resource('core/v1/nodes')
const component = 'daemonset-controller'
const hashLabel = 'controller-revision-hash'

/** Keeps one pod of each DaemonSet on the node, and replaces it when its template changes. */
export const reconcileDaemonSets: Reconciler = (cluster) => {
  for (const set of cluster.store.list(daemonSets)) if (!isTerminating(set)) reconcile(cluster, set)
}

function reconcile(cluster: Cluster, set: KubeObject): undefined {
  const { hash } = currentRevision(cluster, set)
  const labels = cluster.store.get(nodes, undefined, nodeName)?.metadata.labels ?? {}
  const selector = Object.entries((set['spec'].template.spec.nodeSelector ?? {}) as Record<string, string>)
  const wanted = selector.every(([key, value]) => labels[key] === value) ? 1 : 0
  const all = podsOf(cluster, set)
  for (const pod of all) {
    const stale = pod.metadata.labels?.[hashLabel] !== hash && set['spec'].updateStrategy.type === 'RollingUpdate'
    if (isTerminating(pod)) continue
    if (!isActive(pod)) dispose(cluster, pods, pod)
    else if (stale || wanted === 0) deletePod(cluster, set, pod, component)
  }
  if (wanted === 1 && podsOf(cluster, set).length === 0) {
    createPod(cluster, set, podOf(set, set['spec'].template, `${set.metadata.name}-`, { [hashLabel]: hash }), component)
  }
  const own = podsOf(cluster, set).filter(isActive)
  const available = own.filter((pod) => isAvailable(cluster, pod, set['spec'].minReadySeconds)).length
  save(cluster, daemonSets, {
    ...set,
    status: {
      observedGeneration: set.metadata.generation,
      desiredNumberScheduled: wanted,
      currentNumberScheduled: Math.min(wanted, own.length),
      numberMisscheduled: 0,
      numberReady: own.filter(isReady).length,
      numberAvailable: available,
      ...(wanted - available > 0 ? { numberUnavailable: wanted - available } : {}),
      updatedNumberScheduled: own.filter((pod) => pod.metadata.labels?.[hashLabel] === hash).length,
    },
  })
}
