import type { Cluster } from '../cluster.ts'
import { collectGarbage } from '../deletion.ts'
import { reconcileAutoscalers, reconcileBudgets } from './bounds.ts'
import { reconcileCronJobs } from './cronjobs.ts'
import { reconcileDaemonSets } from './daemonsets.ts'
import { reconcileDeployments } from './deployments.ts'
import { reconcileServices } from './endpoints.ts'
import { reconcileJobs } from './jobs.ts'
import { runKubelet } from './kubelet.ts'
import { runControllers } from './loop.ts'
import { provision } from './provisioning.ts'
import { reconcileReplicaSets } from './replicasets.ts'
import { reconcileStatefulSets } from './statefulsets.ts'

/** Sets a cluster going: its controllers and its node. Returns how to stop. */
export function runCluster(cluster: Cluster): () => void {
  const stopKubelet = runKubelet(cluster)
  const stopControllers = runControllers(cluster, [
    collectGarbage,
    provision,
    reconcileCronJobs,
    reconcileJobs,
    reconcileAutoscalers,
    reconcileDeployments,
    reconcileReplicaSets,
    reconcileStatefulSets,
    reconcileDaemonSets,
    reconcileBudgets,
    reconcileServices,
  ])
  return () => {
    stopControllers()
    stopKubelet()
  }
}
