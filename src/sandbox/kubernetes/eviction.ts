import type { Cluster } from './cluster.ts'
import { remove } from './deletion.ts'
import { ApiFailure } from './failure.ts'
import type { Fields, KubeObject } from './object.ts'
import { resource } from './resources.ts'
import { matchesSelector } from './selectors.ts'

const pods = resource('core/v1/pods')
const budgets = resource('policy/v1/poddisruptionbudgets')

/** Evicts a pod unless a disruption budget forbids it. @throws ApiFailure 429 */
export function evict(cluster: Cluster, pod: KubeObject, body: Fields): Fields {
  const { namespace, name, labels } = pod.metadata
  for (const budget of cluster.store.list(budgets, namespace)) {
    if (!matchesSelector(budget['spec']?.selector, labels)) continue
    const { disruptionsAllowed = 0, desiredHealthy = 0, currentHealthy = 0 } = (budget['status'] ?? {}) as Fields
    if (disruptionsAllowed > 0) continue
    throw new ApiFailure(429, 'TooManyRequests', "Cannot evict pod as it would violate the pod's disruption budget.", {
      causes: [
        {
          reason: 'DisruptionBudget',
          message: `The disruption budget ${budget.metadata.name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`,
        },
      ],
    })
  }
  remove(cluster, pods, namespace, name, (body['deleteOptions'] ?? {}) as Fields)
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' }
}
