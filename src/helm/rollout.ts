import { podSigns, type Sign, workloadSigns } from './doomed.ts'
import { isOwnedBy, type KubernetesObject, type Pod, type Workload } from './kubernetes-object.ts'
import { objectKey, type WorkloadKind, type WorkloadName } from './manifest.ts'

/** What was read of one namespace at one moment. */
export interface NamespaceSnapshot {
  readonly workloads: readonly Workload[]
  readonly replicaSets: readonly Workload[]
  readonly controllerRevisions: readonly (KubernetesObject & { readonly revision?: number })[]
  readonly pods: readonly Pod[]
}

/** How each workload stood before the deployment, by key: what has not moved since is not blamed on it. */
export type Baseline = ReadonlyMap<string, { readonly uid: string; readonly generation: number }>

/** How far one workload is. */
export interface WorkloadProgress extends WorkloadName {
  /** It is not there (yet). */
  readonly missing: boolean
  /** Made or changed since the baseline. */
  readonly moved: boolean
  readonly ready: number
  readonly desired: number
  /** All of its new pods run and are ready, and no old ones are left. */
  readonly done: boolean
  /** Its new pods. */
  readonly pods: readonly Pod[]
  readonly signs: readonly PodSign[]
}

/** A sign, and the pod that gives it; none when the workload itself does. */
export interface PodSign extends Sign {
  readonly pod: string | undefined
}

/** The baseline of what is there now. */
export const baselineOf = (workloads: readonly Workload[]): Baseline =>
  new Map(
    workloads.map((workload) => [
      keyOf(workload),
      { uid: workload.metadata?.uid ?? '', generation: workload.metadata?.generation ?? 0 },
    ]),
  )

const keyOf = (workload: Workload): string =>
  objectKey({
    kind: workload.kind ?? '',
    name: workload.metadata?.name ?? '',
    namespace: workload.metadata?.namespace ?? '',
  })

/** How far a workload is, by a snapshot of its namespace. Only its new pods count, found by owner, never by labels alone. */
export function progressOf(
  name: WorkloadName,
  snapshot: NamespaceSnapshot,
  baseline: Baseline,
  now: number,
): WorkloadProgress {
  const workload = snapshot.workloads.find(
    ({ kind, metadata }) =>
      kind === name.kind && metadata?.name === name.name && metadata.deletionTimestamp === undefined,
  )
  if (workload === undefined) {
    return { ...name, missing: true, moved: false, ready: 0, desired: 0, done: false, pods: [], signs: [] }
  }
  const before = baseline.get(objectKey(name))
  const { uid = '', generation = 0 } = workload.metadata ?? {}
  const moved = before === undefined || before.uid !== uid || before.generation !== generation
  const pods = newPods(name.kind, workload, snapshot)
  const signs: PodSign[] = [
    ...workloadSigns(workload, now).map((sign) => ({ ...sign, pod: undefined })),
    ...pods.flatMap((pod) => podSigns(pod).map((sign) => ({ ...patient(name.kind, sign), pod: pod.metadata?.name }))),
  ]
  return { ...name, missing: false, moved, pods, signs, ...countsOf(name.kind, workload, pods) }
}

/** A Job tries again as often as it was told to: only it can say that it has failed. */
const patient = (kind: WorkloadKind, sign: Sign): Sign =>
  kind === 'Job' && sign.crashed ? { ...sign, verdict: 'waiting' } : sign

/** The pods that the newest generation of a workload made. */
export function newPods(kind: WorkloadKind, workload: Workload, snapshot: NamespaceSnapshot): readonly Pod[] {
  const uid = workload.metadata?.uid
  const owned = (owner: string | undefined): readonly Pod[] => snapshot.pods.filter((pod) => isOwnedBy(pod, owner))
  const label = (pod: Pod, name: string): string | undefined => pod.metadata?.labels?.[name]
  switch (kind) {
    case 'Deployment': {
      if (!observed(workload)) return []
      const revision = workload.metadata?.annotations?.['deployment.kubernetes.io/revision']
      const set = snapshot.replicaSets.find(
        (set) => isOwnedBy(set, uid) && set.metadata?.annotations?.['deployment.kubernetes.io/revision'] === revision,
      )
      return set === undefined ? [] : owned(set.metadata?.uid)
    }
    case 'StatefulSet': {
      if (!observed(workload)) return []
      const revision = workload.status?.updateRevision
      return owned(uid).filter((pod) => label(pod, 'controller-revision-hash') === revision)
    }
    case 'DaemonSet': {
      if (!observed(workload)) return []
      const newest = snapshot.controllerRevisions
        .filter((revision) => isOwnedBy(revision, uid))
        .sort((a, b) => (b.revision ?? 0) - (a.revision ?? 0))[0]
      const hash = newest?.metadata?.labels?.['controller-revision-hash']
      return owned(uid).filter((pod) => hash !== undefined && label(pod, 'controller-revision-hash') === hash)
    }
    case 'Job':
      return owned(uid)
  }
}

const isReady = (pod: Pod): boolean =>
  (pod.status?.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True')

const observed = (workload: Workload): boolean =>
  (workload.status?.observedGeneration ?? -1) >= (workload.metadata?.generation ?? 0)

/** Counts as `kubectl rollout status` judges them; unlike helm 3's wait, every replica must be up, whatever maxUnavailable allows. */
function countsOf(
  kind: WorkloadKind,
  workload: Workload,
  pods: readonly Pod[],
): Pick<WorkloadProgress, 'ready' | 'desired' | 'done'> {
  const { spec, status } = workload
  const seen = observed(workload)
  const count = (value: number | undefined): number => value ?? 0
  switch (kind) {
    case 'Deployment': {
      const desired = spec?.replicas ?? 1
      const updated = count(status?.updatedReplicas)
      const available = Math.min(count(status?.availableReplicas), updated)
      const done = seen && updated >= desired && count(status?.replicas) <= updated && available >= updated
      // The status counts old pods as available too.
      const ready = done ? updated : Math.min(available, pods.filter(isReady).length)
      return { ready, desired, done }
    }
    case 'StatefulSet': {
      const desired = spec?.replicas ?? 1
      const ready = count(status?.readyReplicas)
      const byHand = spec?.updateStrategy?.type === 'OnDelete'
      const partition = spec?.updateStrategy?.rollingUpdate?.partition ?? 0
      const updated = byHand || count(status?.updatedReplicas) >= Math.max(0, desired - partition)
      return { ready, desired, done: seen && updated && ready >= desired }
    }
    case 'DaemonSet': {
      const desired = count(status?.desiredNumberScheduled)
      const ready = count(status?.numberAvailable)
      const byHand = spec?.updateStrategy?.type === 'OnDelete'
      const updated = byHand || count(status?.updatedNumberScheduled) >= desired
      return { ready, desired, done: seen && updated && ready >= desired }
    }
    case 'Job': {
      const complete = (status?.conditions ?? []).some(({ type, status }) => type === 'Complete' && status === 'True')
      return { ready: count(status?.succeeded), desired: spec?.completions ?? 1, done: complete }
    }
  }
}

/** Why a rollout does not come right, and whether it still may. */
export interface Trouble {
  readonly workload: WorkloadProgress
  readonly sign: PodSign
  /** Waiting will not help. */
  readonly doomed: boolean
}

/**
 * The sign that names why a rollout cannot or did not come right; only of workloads that moved.
 * A pod says more than the condition that its workload got from it, so it speaks for a doomed workload.
 */
export function worstSign(progress: readonly WorkloadProgress[]): Trouble | undefined {
  const all = progress
    .filter(({ moved, done }) => moved && !done)
    .flatMap((workload) => {
      const doomed = workload.signs.some(({ verdict }) => verdict === 'doomed')
      return workload.signs.map((sign): Trouble => ({ workload, sign, doomed }))
    })
  const rank = ({ sign, doomed }: Trouble): number =>
    (doomed ? 4 : 0) + (sign.pod === undefined ? 0 : 2) + (sign.verdict === 'doomed' ? 1 : 0)
  return all.sort((a, b) => rank(b) - rank(a))[0]
}

/** The first line of why: `Deployment/web: container app CrashLoopBackOff, exit 137, OOMKilled`. */
export const signLine = (workload: WorkloadName, sign: Sign): string =>
  `${workload.kind}/${workload.name}: ${sign.text}`
