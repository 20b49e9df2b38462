import type { Cluster } from '../cluster.ts'
import { ApiFailure } from '../failure.ts'
import type { Fields, KubeObject } from '../object.ts'
import { resource } from '../resources.ts'
import { save } from '../writes.ts'
import { withCondition } from './conditions.ts'
import type { Reconciler, Wake } from './loop.ts'
import { createPod, deletePod, isActive, isAvailable, isReady, podOf, podsOf } from './pods.ts'

export const replicaSets = resource('apps/v1/replicasets')

/** Keeps as many pods of each ReplicaSet as it asks for. */
export const reconcileReplicaSets: Reconciler = (cluster, wake) => {
  for (const set of cluster.store.list(replicaSets)) {
    if (set.metadata.deletionTimestamp === undefined) reconcile(cluster, set, wake)
  }
}

function reconcile(cluster: Cluster, set: KubeObject, wake: Wake): undefined {
  const { spec } = set
  let active = podsOf(cluster, set).filter(isActive)
  let refused: ApiFailure | undefined
  for (let number = active.length; number < spec.replicas && refused === undefined; number++) {
    const made = createPod(cluster, set, podOf(set, spec.template, `${set.metadata.name}-`), 'replicaset-controller')
    if (made instanceof ApiFailure) refused = made
  }
  const surplus = active.length - spec.replicas
  for (const pod of [...active].sort(lessWanted).slice(0, Math.max(0, surplus))) {
    deletePod(cluster, set, pod, 'replicaset-controller')
  }
  active = podsOf(cluster, set).filter(isActive)
  const { conditions: old = [] } = (set['status'] ?? {}) as { conditions?: Fields[] }
  let conditions = old.filter(({ type }) => type !== 'ReplicaFailure')
  if (refused !== undefined) {
    const failure = { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: refused.message }
    conditions = withCondition(old, failure, cluster.now())
    wake(10_000)
  }
  if (spec.minReadySeconds > 0) wake(spec.minReadySeconds * 1_000)
  save(cluster, replicaSets, {
    ...set,
    status: {
      replicas: active.length,
      fullyLabeledReplicas: active.length,
      readyReplicas: active.filter(isReady).length,
      availableReplicas: active.filter((pod) => isAvailable(cluster, pod, spec.minReadySeconds)).length,
      observedGeneration: set.metadata.generation,
      ...(conditions.length > 0 ? { conditions } : {}),
    },
  })
}

/** Pods that go first: not placed, not ready, youngest. */
function lessWanted(a: KubeObject, b: KubeObject): number {
  const rank = (pod: KubeObject): number => (pod['spec']?.nodeName === undefined ? 0 : isReady(pod) ? 2 : 1)
  return rank(a) - rank(b) || Date.parse(b.metadata.creationTimestamp) - Date.parse(a.metadata.creationTimestamp)
}
