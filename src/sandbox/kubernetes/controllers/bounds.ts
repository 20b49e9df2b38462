import type { Cluster } from '../cluster.ts'
import { record } from '../events.ts'
import { afterUpdate } from '../managed-fields.ts'
import type { Fields, KubeObject } from '../object.ts'
import { portion } from '../quantity.ts'
import { resource, resourceOf } from '../resources.ts'
import { matchesSelector } from '../selectors.ts'
import { save } from '../writes.ts'
import { withCondition } from './conditions.ts'
import type { Reconciler } from './loop.ts'
import { isActive, isReady, isTerminating, pods } from './pods.ts'

const budgets = resource('policy/v1/poddisruptionbudgets')
const autoscalers = resource('autoscaling/v2/horizontalpodautoscalers')

/** Works out how many pods each PodDisruptionBudget lets go. */
export const reconcileBudgets: Reconciler = (cluster) => {
  for (const budget of cluster.store.list(budgets)) {
    if (isTerminating(budget)) continue
    const { selector, minAvailable, maxUnavailable } = budget['spec'] as Fields
    const members = cluster.store
      .list(pods, budget.metadata.namespace)
      .filter((pod) => isActive(pod) && matchesSelector(selector, pod.metadata.labels))
    const expected = members.length
    const desired =
      maxUnavailable === undefined
        ? portion(minAvailable ?? 1, expected, 'up')
        : Math.max(0, expected - portion(maxUnavailable, expected, 'up'))
    const healthy = members.filter(isReady).length
    const allowed = Math.max(0, healthy - desired)
    const old = (budget['status']?.conditions ?? []) as Fields[]
    const condition = {
      type: 'DisruptionAllowed',
      status: allowed > 0 ? 'True' : 'False',
      reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
      message: '',
      observedGeneration: budget.metadata.generation,
    }
    save(cluster, budgets, {
      ...budget,
      status: {
        observedGeneration: budget.metadata.generation,
        currentHealthy: healthy,
        desiredHealthy: desired,
        expectedPods: expected,
        disruptionsAllowed: allowed,
        conditions: withCondition(old, condition, cluster.now()),
      },
    })
  }
}

/** Holds each HorizontalPodAutoscaler's target within its bounds. There are no metrics, so nothing else scales. */
export const reconcileAutoscalers: Reconciler = (cluster) => {
  for (const scaler of cluster.store.list(autoscalers)) {
    if (!isTerminating(scaler)) hold(cluster, scaler)
  }
}

function hold(cluster: Cluster, scaler: KubeObject): undefined {
  const { scaleTargetRef, minReplicas = 1, maxReplicas } = scaler['spec'] as Fields
  const of = resourceOf(scaleTargetRef.apiVersion ?? 'apps/v1', scaleTargetRef.kind)
  const target = of && cluster.store.get(of, scaler.metadata.namespace, scaleTargetRef.name)
  const now = cluster.now()
  const old = (scaler['status']?.conditions ?? []) as Fields[]
  const set = (
    conditions: readonly Fields[],
    type: string,
    status: string,
    reason: string,
    message: string,
  ): Fields[] => withCondition(conditions, { type, status, reason, message }, now)
  if (of === undefined || target === undefined) {
    const message = `the HPA controller was unable to get the target's current scale: ${of?.plural ?? ''}.apps "${scaleTargetRef.name}" not found`
    const conditions = set(old, 'AbleToScale', 'False', 'FailedGetScale', message)
    save(cluster, autoscalers, {
      ...scaler,
      status: { ...scaler['status'], currentReplicas: 0, desiredReplicas: 0, conditions },
    })
    return
  }
  const current = target['spec'].replicas as number
  // A target that was scaled to nothing is left alone.
  const desired = current === 0 ? 0 : Math.min(maxReplicas, Math.max(minReplicas, current))
  if (desired !== current) {
    const next = { ...target, spec: { ...target['spec'], replicas: desired } }
    const writer = { manager: 'kube-controller-manager', subresource: 'scale' }
    const managedFields = afterUpdate(of, target, next, writer, now)
    save(cluster, of, { ...next, metadata: { ...next.metadata, managedFields } })
    const side = current < desired ? 'below Spec.MinReplicas' : 'above Spec.MaxReplicas'
    const message = `New size: ${desired}; reason: Current number of replicas ${side}`
    record(cluster, scaler, {
      type: 'Normal',
      reason: 'SuccessfulRescale',
      message,
      component: 'horizontal-pod-autoscaler',
    })
  }
  const able = set(
    old,
    'AbleToScale',
    'True',
    'SucceededGetScale',
    "the HPA controller was able to get the target's current scale",
  )
  const why = 'the HPA was unable to compute the replica count: the sandbox has no metrics'
  const conditions =
    current === 0
      ? set(
          able,
          'ScalingActive',
          'False',
          'ScalingDisabled',
          'scaling is disabled since the replica count of the target is zero',
        )
      : set(able, 'ScalingActive', 'False', 'FailedGetResourceMetric', why)
  const { observedGeneration: _old, ...status } = (scaler['status'] ?? {}) as Fields
  save(cluster, autoscalers, {
    ...scaler,
    status: { ...status, currentReplicas: current, desiredReplicas: desired, conditions },
  })
}
