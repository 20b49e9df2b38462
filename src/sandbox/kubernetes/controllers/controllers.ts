import type { Cluster } from '../cluster.ts'
import { collectGarbage } from '../deletion.ts'
import { reconcileDeployments } from './deployments.ts'
import { reconcileServices } from './endpoints.ts'
import { reconcileJobs } from './jobs.ts'
import { runKubelet } from './kubelet.ts'
import { runControllers } from './loop.ts'
import { reconcileReplicaSets } from './replicasets.ts'

/** Sets a cluster going: its controllers and its node. Returns how to stop. */
export function runCluster(cluster: Cluster): () => void {
  const stopKubelet = runKubelet(cluster)
  const stopControllers = runControllers(cluster, [
    collectGarbage,
    reconcileJobs,
    reconcileDeployments,
    reconcileReplicaSets,
    reconcileServices,
  ])
  return () => {
    stopControllers()
    stopKubelet()
  }
}
