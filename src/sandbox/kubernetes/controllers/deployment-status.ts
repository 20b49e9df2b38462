import type { Cluster } from '../cluster.ts'
import type { Fields, KubeObject } from '../object.ts'
import { portion } from '../quantity.ts'
import { conditionOf, withCondition } from './conditions.ts'
import type { Wake } from './loop.ts'

const count = (sets: readonly KubeObject[], name: string): number =>
  sets.reduce((total, set) => total + ((set['status']?.[name] as number | undefined) ?? 0), 0)

/** The status of a Deployment with these ReplicaSets; `created` when its current one was just made. */
export function deploymentStatus(
  cluster: Cluster,
  deployment: KubeObject,
  current: KubeObject | undefined,
  all: readonly KubeObject[],
  created: boolean,
  wake: Wake,
): Fields {
  const before = (deployment['status'] ?? {}) as Fields
  const replicas = deployment['spec'].replicas as number
  const total = count(all, 'replicas')
  const available = count(all, 'availableReplicas')
  const updated = current === undefined ? 0 : count([current], 'replicas')
  const desired = all.reduce((sum, set) => sum + (set['spec'].replicas as number), 0)
  const counts: Fields = {
    observedGeneration: deployment.metadata.generation,
    replicas: total,
    updatedReplicas: updated,
    readyReplicas: count(all, 'readyReplicas'),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, desired - available),
  }
  for (const [key, value] of Object.entries(counts)) if (value === 0) delete counts[key]
  const now = cluster.now()
  let conditions = [...((before['conditions'] ?? []) as Fields[])]
  const enough = available >= replicas - bounds(deployment).unavailable
  conditions = set(conditions, now, {
    type: 'Available',
    status: enough ? 'True' : 'False',
    reason: enough ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
    message: enough ? 'Deployment has minimum availability.' : 'Deployment does not have minimum availability.',
  })
  const complete = updated === replicas && total === replicas && available >= replicas
  const progress = progressing(cluster, deployment, current, { counts, before, complete, created }, wake)
  if (progress !== undefined) conditions = set(conditions, now, progress.condition, progress.moved)

  const refused = all.map(({ status }) => conditionOf(status, 'ReplicaFailure')).find((one) => one !== undefined)
  conditions = conditions.filter(({ type }) => type !== 'ReplicaFailure' || refused !== undefined)
  if (refused !== undefined) {
    const { reason, message } = refused
    conditions = set(conditions, now, { type: 'ReplicaFailure', status: 'True', reason, message })
  }
  return { ...counts, conditions }
}

interface Round {
  readonly counts: Fields
  readonly before: Fields
  readonly complete: boolean
  readonly created: boolean
}

/** The Progressing condition: created, updated, available, or out of time. `moved` renews its update time. */
function progressing(
  cluster: Cluster,
  deployment: KubeObject,
  current: KubeObject | undefined,
  { counts, before, complete, created }: Round,
  wake: Wake,
): { condition: Fields; moved: boolean } | undefined {
  const type = 'Progressing'
  const old = conditionOf(before, type)
  if (deployment['spec'].paused === true) {
    const message = 'Deployment is paused'
    return {
      condition: { type, status: 'Unknown', reason: 'DeploymentPaused', message },
      moved: old?.['reason'] !== 'DeploymentPaused',
    }
  }
  if (current === undefined) return undefined
  const { name } = current.metadata
  const named = `ReplicaSet "${name}"`
  const done = old?.['reason'] === 'NewReplicaSetAvailable' && String(old['message']).startsWith(`${named} `)
  if (complete) {
    const message = `${named} has successfully progressed.`
    return { condition: { type, status: 'True', reason: 'NewReplicaSetAvailable', message }, moved: !done }
  }
  if (created) {
    return {
      condition: { type, status: 'True', reason: 'NewReplicaSetCreated', message: `Created new replica set "${name}"` },
      moved: true,
    }
  }
  // A rollout that is over stays over, whatever happens to its pods.
  if (done) return undefined
  const grew = (key: string): boolean => (counts[key] ?? 0) > (before[key] ?? 0)
  const shrank =
    (counts['replicas'] ?? 0) - (counts['updatedReplicas'] ?? 0) <
    (before['replicas'] ?? 0) - (before['updatedReplicas'] ?? 0)
  const sameSet = String(old?.['message'] ?? '').includes(`"${name}"`)
  if (!sameSet || grew('updatedReplicas') || grew('readyReplicas') || grew('availableReplicas') || shrank) {
    return {
      condition: { type, status: 'True', reason: 'ReplicaSetUpdated', message: `${named} is progressing.` },
      moved: true,
    }
  }
  const limit = deployment['spec'].progressDeadlineSeconds as number
  const since = Date.parse(old?.['lastUpdateTime'] ?? cluster.now())
  const left = since + limit * 1_000 - cluster.world.clock.now()
  if (left > 0) {
    wake(left + 1)
    return undefined
  }
  const message = `${named} has timed out progressing.`
  return {
    condition: { type, status: 'False', reason: 'ProgressDeadlineExceeded', message },
    moved: old?.['status'] !== 'False',
  }
}

/** Conditions with one set; `lastUpdateTime` stays unless it changes or moved. */
function set(conditions: readonly Fields[], now: string, next: Fields, moved = false): Fields[] {
  const old = conditions.find(({ type }) => type === next['type'])
  const changed = old?.['reason'] !== next['reason'] || old?.['status'] !== next['status']
  return withCondition(conditions, { ...next, lastUpdateTime: changed || moved ? now : old?.['lastUpdateTime'] }, now)
}

/** How many pods may be too many and too few during a rollout. */
export function bounds(deployment: KubeObject): { surge: number; unavailable: number } {
  const { replicas, strategy } = deployment['spec'] as Fields
  if (strategy.type === 'Recreate') return { surge: 0, unavailable: replicas }
  const surge = portion(strategy.rollingUpdate?.maxSurge ?? '25%', replicas, 'up')
  const unavailable = portion(strategy.rollingUpdate?.maxUnavailable ?? '25%', replicas, 'down')
  return { surge, unavailable: Math.min(replicas, surge === 0 && unavailable === 0 ? 1 : unavailable) }
}
