import type { Cluster } from '../cluster.ts'
import { dispose } from '../deletion.ts'
import { ApiFailure } from '../failure.ts'
import type { Fields, KubeObject } from '../object.ts'
import { resource } from '../resources.ts'
import { asController, create, save } from '../writes.ts'
import type { Reconciler, Wake } from './loop.ts'
import { createPod, deletePod, isActive, isAvailable, isReady, isTerminating, podOf, pods, podsOf } from './pods.ts'
import { currentRevision, templateAt } from './revisions.ts'

const statefulSets = resource('apps/v1/statefulsets')
const claims = resource('core/v1/persistentvolumeclaims')
const component = 'statefulset-controller'
const revisionLabel = 'controller-revision-hash'

/** Keeps the numbered pods of each StatefulSet, in order, and updates them from the last to the first. */
export const reconcileStatefulSets: Reconciler = (cluster, wake) => {
  for (const set of cluster.store.list(statefulSets)) if (!isTerminating(set)) reconcile(cluster, set, wake)
}

const ordinalOf = ({ metadata }: KubeObject): number => Number(/-(\d+)$/.exec(metadata.name)?.[1] ?? -1)

function reconcile(cluster: Cluster, set: KubeObject, wake: Wake): undefined {
  const update = currentRevision(cluster, set).name
  const before = (set['status'] ?? {}) as Fields
  const current = (before['currentRevision'] as string | undefined) ?? update
  if (!step(cluster, set, current, update)) wake(10_000)

  const own = podsOf(cluster, set)
  const replicas = set['spec'].replicas as number
  const at = (revision: string): number =>
    own.filter((pod) => isActive(pod) && pod.metadata.labels?.[revisionLabel] === revision).length
  const ready = own.filter(isReady).length
  const done = at(update) === replicas && ready === replicas && own.length === replicas
  save(cluster, statefulSets, {
    ...set,
    status: {
      observedGeneration: set.metadata.generation,
      replicas: own.length,
      readyReplicas: ready,
      availableReplicas: own.filter((pod) => isAvailable(cluster, pod, set['spec'].minReadySeconds)).length,
      currentReplicas: done ? replicas : at(current),
      updatedReplicas: at(update),
      currentRevision: done ? update : current,
      updateRevision: update,
      collisionCount: 0,
    },
  })
}

/** One step towards what is asked for; false when a creation was refused. */
function step(cluster: Cluster, set: KubeObject, current: string, update: string): boolean {
  const { spec } = set
  const inOrder = spec.podManagementPolicy !== 'Parallel'
  const first = (spec.ordinals?.start as number | undefined) ?? 0
  const own = podsOf(cluster, set)
  const byOrdinal = new Map(own.map((pod) => [ordinalOf(pod), pod]))
  const last = first + spec.replicas - 1
  const partition = (spec.updateStrategy.rollingUpdate?.partition as number | undefined) ?? 0
  for (let ordinal = first; ordinal <= last; ordinal++) {
    const pod = byOrdinal.get(ordinal)
    if (pod === undefined) {
      const revision = ordinal < partition ? current : update
      if (!createNumbered(cluster, set, ordinal, revision)) return false
      if (inOrder) return true
    } else if (!isTerminating(pod) && !isActive(pod)) {
      dispose(cluster, pods, pod)
      return true
    } else if (inOrder && !isReady(pod) && pod.metadata.labels?.[revisionLabel] === update) return true
  }
  const surplus = own
    .filter((pod) => ordinalOf(pod) > last || ordinalOf(pod) < first)
    .sort((a, b) => ordinalOf(b) - ordinalOf(a))
  for (const pod of surplus) {
    if (!isTerminating(pod)) deletePod(cluster, set, pod, component)
    if (inOrder) return true
  }
  if (spec.updateStrategy.type !== 'RollingUpdate') return true
  for (let ordinal = last; ordinal >= Math.max(first, partition); ordinal--) {
    const pod = byOrdinal.get(ordinal)
    if (pod === undefined || isTerminating(pod)) return true
    if (pod.metadata.labels?.[revisionLabel] !== update) {
      deletePod(cluster, set, pod, component)
      return true
    }
    if (!isReady(pod)) return true
  }
  return true
}

function createNumbered(cluster: Cluster, set: KubeObject, ordinal: number, revision: string): boolean {
  const { namespace, name: owner } = set.metadata
  const name = `${owner}-${ordinal}`
  const template = (templateAt(cluster, set, revision) ?? set['spec'].template) as Fields
  const volumes: Fields[] = []
  for (const claim of (set['spec'].volumeClaimTemplates ?? []) as Fields[]) {
    const claimName = `${claim['metadata'].name}-${name}`
    volumes.push({ name: claim['metadata'].name, persistentVolumeClaim: { claimName } })
    if (cluster.store.get(claims, namespace, claimName) !== undefined) continue
    const labels = set['spec'].selector?.matchLabels ?? {}
    create(cluster, claims, namespace, { metadata: { name: claimName, labels }, spec: claim['spec'] }, asController)
  }
  const pod = podOf(set, template, name, {
    [revisionLabel]: revision,
    'statefulset.kubernetes.io/pod-name': name,
    'apps.kubernetes.io/pod-index': String(ordinal),
  })
  const others = ((template['spec'].volumes ?? []) as Fields[]).filter(
    (one) => !volumes.some((volume) => volume['name'] === one['name']),
  )
  pod['spec'] = {
    ...pod['spec'],
    hostname: name,
    subdomain: set['spec'].serviceName,
    ...(volumes.length + others.length > 0 ? { volumes: [...others, ...volumes] } : {}),
  }
  if (pod['spec'].subdomain === '') delete pod['spec'].subdomain
  return !(createPod(cluster, set, pod, component) instanceof ApiFailure)
}
