import type { Cluster } from '../cluster.ts'
import { dispose } from '../deletion.ts'
import { record } from '../events.ts'
import { controls, type Fields, type KubeObject, ownedBy, same } from '../object.ts'
import { resource } from '../resources.ts'
import { asController, create, save } from '../writes.ts'
import { bounds, deploymentStatus } from './deployment-status.ts'
import type { Reconciler, Wake } from './loop.ts'
import { isTerminating, podsOf } from './pods.ts'
import { replicaSets } from './replicasets.ts'
import { bareTemplate, templateHash } from './template-hash.ts'

export const deployments = resource('apps/v1/deployments')
export const revisionAnnotation = 'deployment.kubernetes.io/revision'
const component = 'deployment-controller'
const notCopied = new Set(['kubectl.kubernetes.io/last-applied-configuration', revisionAnnotation])

/** Rolls each Deployment's pods over to its template, within maxSurge and maxUnavailable. */
export const reconcileDeployments: Reconciler = (cluster, wake) => {
  for (const deployment of cluster.store.list(deployments)) {
    if (!isTerminating(deployment)) reconcile(cluster, deployment, wake)
  }
}

const ownSets = (cluster: Cluster, deployment: KubeObject): KubeObject[] =>
  cluster.store
    .list(replicaSets, deployment.metadata.namespace)
    .filter((set) => ownedBy(set, deployment) && !isTerminating(set))

const revisionOf = (set: KubeObject): number => Number(set.metadata.annotations?.[revisionAnnotation] ?? 0)

function reconcile(cluster: Cluster, deployment: KubeObject, wake: Wake): undefined {
  const all = ownSets(cluster, deployment)
  const template = deployment['spec'].template as Fields
  const found = all.find((set) => same(bareTemplate(set['spec'].template), bareTemplate(template)))
  const paused = deployment['spec'].paused === true
  const current = paused && found === undefined ? undefined : newest(cluster, deployment, all, found)
  const old = all.filter((set) => set.metadata.uid !== current?.metadata.uid)
  if (current !== undefined && !paused) {
    if (deployment['spec'].strategy.type === 'Recreate') recreate(cluster, deployment, current, old)
    else roll(cluster, deployment, current, old)
    forget(cluster, deployment, old)
  }
  const now = ownSets(cluster, deployment)
  const set = now.find((one) => one.metadata.uid === current?.metadata.uid)
  const status = deploymentStatus(cluster, deployment, set, now, found === undefined && current !== undefined, wake)
  const annotations = { ...deployment.metadata.annotations }
  if (set !== undefined) annotations[revisionAnnotation] = String(revisionOf(set))
  save(cluster, deployments, { ...deployment, metadata: { ...deployment.metadata, annotations }, status })
}

/** The ReplicaSet of the template, made when it is missing, with the highest revision. */
function newest(
  cluster: Cluster,
  deployment: KubeObject,
  all: readonly KubeObject[],
  found: KubeObject | undefined,
): KubeObject {
  const copied = Object.fromEntries(
    Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => !notCopied.has(key)),
  )
  const others = all.filter((set) => set !== found)
  const revision = Math.max(0, ...others.map(revisionOf)) + 1
  if (found !== undefined) {
    if (revisionOf(found) >= revision) return found
    const annotations = { ...found.metadata.annotations, ...copied, [revisionAnnotation]: String(revision) }
    return save(cluster, replicaSets, { ...found, metadata: { ...found.metadata, annotations } })
  }
  const { spec } = deployment
  const hash = templateHash(spec.template)
  const labels = { ...spec.template.metadata?.labels, 'pod-template-hash': hash }
  return create(
    cluster,
    replicaSets,
    deployment.metadata.namespace,
    {
      metadata: {
        name: `${deployment.metadata.name}-${hash}`,
        labels,
        annotations: { ...copied, [revisionAnnotation]: String(revision) },
        ownerReferences: [controls(deployment)],
      },
      spec: {
        replicas: 0,
        selector: { ...spec.selector, matchLabels: { ...spec.selector.matchLabels, 'pod-template-hash': hash } },
        template: { ...spec.template, metadata: { ...spec.template.metadata, labels } },
        ...(spec.minReadySeconds ? { minReadySeconds: spec.minReadySeconds } : {}),
      },
    },
    asController,
  )
}

function scale(cluster: Cluster, deployment: KubeObject, set: KubeObject, replicas: number): undefined {
  const from = set['spec'].replicas as number
  if (from === replicas) return
  save(cluster, replicaSets, { ...set, spec: { ...set['spec'], replicas } })
  const way = replicas > from ? 'up' : 'down'
  const message = `Scaled ${way} replica set ${set.metadata.name} from ${from} to ${replicas}`
  record(cluster, deployment, { type: 'Normal', reason: 'ScalingReplicaSet', message, component })
}

const sum = (sets: readonly KubeObject[], of: (set: KubeObject) => number | undefined): number =>
  sets.reduce((total, set) => total + (of(set) ?? 0), 0)
const wanted = (set: KubeObject): number => set['spec'].replicas as number
const available = (set: KubeObject): number => (set['status']?.availableReplicas as number | undefined) ?? 0

function recreate(
  cluster: Cluster,
  deployment: KubeObject,
  current: KubeObject,
  old: readonly KubeObject[],
): undefined {
  for (const set of old) scale(cluster, deployment, set, 0)
  if (old.every((set) => podsOf(cluster, set).length === 0))
    scale(cluster, deployment, current, deployment['spec'].replicas)
}

/** One step of a rolling update: first up, then down, as the deployment controller does. */
function roll(cluster: Cluster, deployment: KubeObject, current: KubeObject, old: readonly KubeObject[]): undefined {
  const replicas = deployment['spec'].replicas as number
  const { surge, unavailable } = bounds(deployment)
  const all = [current, ...old]
  const size = wanted(current)
  if (size > replicas) return scale(cluster, deployment, current, replicas)
  const room = replicas + surge - sum(all, wanted)
  if (size < replicas && room > 0) return scale(cluster, deployment, current, size + Math.min(room, replicas - size))

  const least = replicas - unavailable
  let spare = sum(all, wanted) - least - (size - available(current))
  if (spare <= 0) return
  const oldest = [...old].sort(
    (a, b) => Date.parse(a.metadata.creationTimestamp) - Date.parse(b.metadata.creationTimestamp),
  )
  const sizes = new Map(oldest.map((set) => [set, wanted(set)]))
  for (const set of oldest) {
    const unhealthy = Math.min(spare, Math.max(0, wanted(set) - available(set)))
    sizes.set(set, wanted(set) - unhealthy)
    spare -= unhealthy
  }
  let droppable = sum(all, available) - least
  for (const set of oldest) {
    const healthy = Math.min(sizes.get(set) ?? 0, available(set))
    const drop = Math.min(Math.max(0, droppable), healthy)
    sizes.set(set, (sizes.get(set) ?? 0) - drop)
    droppable -= drop
  }
  for (const [set, next] of sizes) scale(cluster, deployment, set, next)
}

/** Deletes old, empty ReplicaSets beyond revisionHistoryLimit. */
function forget(cluster: Cluster, deployment: KubeObject, old: readonly KubeObject[]): undefined {
  const empty = old.filter((set) => wanted(set) === 0 && (set['status']?.replicas ?? 0) === 0)
  const surplus = empty.length - ((deployment['spec'].revisionHistoryLimit as number | undefined) ?? 10)
  for (const set of empty.sort((a, b) => revisionOf(a) - revisionOf(b)).slice(0, Math.max(0, surplus))) {
    dispose(cluster, replicaSets, set)
  }
}
