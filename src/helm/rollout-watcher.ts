import type { Clock } from '../action/clock.ts'
import { poll } from '../action/poll.ts'
import { isForbidden, type KubernetesApi, type Resource, resources } from './kubernetes-api.ts'
import type { KubernetesObject, Pod, Workload } from './kubernetes-object.ts'
import { objectKey, parseManifest, type WorkloadKind, type WorkloadName, workloadsOf } from './manifest.ts'
import type { ReleaseRecord } from './release-record.ts'
import type { ReleaseStore, StoredRecord } from './release-store.ts'
import {
  type Baseline,
  baselineOf,
  type NamespaceSnapshot,
  type PodSign,
  progressOf,
  type WorkloadProgress,
  worstSign,
} from './rollout.ts'

/** What a rollout does, told as it happens. */
export type RolloutEvent =
  /** The revision's record is there: its manifest is known. */
  | { readonly kind: 'started'; readonly stored: StoredRecord; readonly workloads: readonly WorkloadName[] }
  /** A workload moved on, or is in trouble. */
  | { readonly kind: 'progress'; readonly workload: WorkloadProgress; readonly all: readonly WorkloadProgress[] }
  /** Nothing changed for a while. */
  | { readonly kind: 'heartbeat'; readonly all: readonly WorkloadProgress[] }
  /** Something may not be read; the watch goes on without it. */
  | { readonly kind: 'blind'; readonly message: string }
  /** Every workload is up. */
  | { readonly kind: 'done'; readonly all: readonly WorkloadProgress[] }
  /** Waiting will not help. */
  | {
      readonly kind: 'doomed'
      readonly workload: WorkloadProgress
      readonly sign: PodSign
      readonly all: readonly WorkloadProgress[]
    }

export interface WatchParts {
  readonly api: KubernetesApi
  readonly store: ReleaseStore
  readonly clock: Clock
}

/** Between two looks at the cluster, in ms. */
const intervalMs = 3_000
const heartbeatMs = 30_000

/**
 * Follows the rollout of one revision, from its record to all workloads being up, and beyond, until the consumer stops
 * or the signal aborts. It yields `done` each time that all are up: helm may still be waiting, or run hooks.
 */
export async function* watchRollout(
  revision: number,
  baseline: Baseline,
  parts: WatchParts,
  signal: AbortSignal,
): AsyncGenerator<RolloutEvent, void, void> {
  const look = snapshots(parts.api)
  let stored: StoredRecord | undefined
  let named: readonly WorkloadName[] = []
  let hooks: readonly WorkloadName[] = []
  const shown = new Map<string, string>()
  let spoke = parts.clock.now()
  for await (const _ of poll(async () => undefined, { clock: parts.clock, signal, intervalMs })) {
    if (stored === undefined) {
      stored = await parts.store.read(revision)
      if (stored === undefined) continue
      named = workloadsOf(parseManifest(stored.record.manifest, stored.record.namespace))
      hooks = hookJobs(stored.record)
      yield { kind: 'started', stored, workloads: named }
    }
    const { all, hookProgress, blind } = await readAll(named, hooks, baseline, look, parts.clock.now())
    for (const message of blind) yield { kind: 'blind', message }
    for (const workload of [...all, ...hookProgress]) {
      const state = stateText(workload)
      if (shown.get(objectKey(workload)) === state || (workload.missing && !shown.has(objectKey(workload)))) continue
      if (!shown.has(objectKey(workload)) && !workload.moved) continue
      shown.set(objectKey(workload), state)
      spoke = parts.clock.now()
      yield { kind: 'progress', workload, all }
    }
    const worst = worstSign([...all, ...hookProgress])
    if (worst?.doomed === true) {
      yield { kind: 'doomed', workload: worst.workload, sign: worst.sign, all }
    } else if (all.every(({ done }) => done)) yield { kind: 'done', all }
    else if (parts.clock.now() - spoke >= heartbeatMs) {
      spoke = parts.clock.now()
      yield { kind: 'heartbeat', all }
    }
  }
}

/** How the workloads of a release stand now, and the Jobs of its hooks that ran since the baseline. */
export async function readProgress(
  record: ReleaseRecord,
  baseline: Baseline,
  parts: Pick<WatchParts, 'api' | 'clock'>,
): Promise<{ readonly all: readonly WorkloadProgress[]; readonly hooks: readonly WorkloadProgress[] }> {
  const named = workloadsOf(parseManifest(record.manifest, record.namespace))
  const read = await readAll(named, hookJobs(record), baseline, snapshots(parts.api), parts.clock.now())
  return { all: read.all, hooks: read.hookProgress }
}

/** What is there before a deployment, in the namespaces that it may touch. */
export async function readBaseline(api: KubernetesApi, namespaces: readonly string[]): Promise<Baseline> {
  const look = snapshots(api)
  const all = await Promise.all([...new Set(namespaces)].map((namespace) => look(namespace, new Set(kinds))))
  return baselineOf(all.flatMap(({ snapshot }) => snapshot.workloads))
}

const kinds: readonly WorkloadKind[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job']

const hookJobs = (record: ReleaseRecord): readonly WorkloadName[] =>
  record.hooks
    .filter(({ kind }) => kind === 'Job')
    .flatMap(({ manifest }) => workloadsOf(parseManifest(manifest, record.namespace)))

async function readAll(
  named: readonly WorkloadName[],
  hooks: readonly WorkloadName[],
  baseline: Baseline,
  look: ReturnType<typeof snapshots>,
  now: number,
): Promise<{ all: readonly WorkloadProgress[]; hookProgress: readonly WorkloadProgress[]; blind: readonly string[] }> {
  const blind: string[] = []
  const unread = new Set<string>()
  const byNamespace = new Map<string, NamespaceSnapshot>()
  for (const namespace of new Set([...named, ...hooks].map(({ namespace }) => namespace))) {
    const wanted = new Set([...named, ...hooks].filter((name) => name.namespace === namespace).map(({ kind }) => kind))
    const read = await look(namespace, wanted)
    byNamespace.set(namespace, read.snapshot)
    blind.push(...read.blind)
    for (const kind of read.unread) unread.add(`${namespace}/${kind}`)
  }
  const readable = ({ namespace, kind }: WorkloadName): boolean => !unread.has(`${namespace}/${kind}`)
  const progress = (name: WorkloadName): WorkloadProgress =>
    progressOf(name, byNamespace.get(name.namespace) as NamespaceSnapshot, baseline, now)
  // A hook's Job that was there before, or that is gone after it succeeded, says nothing.
  const hookProgress = hooks
    .filter(readable)
    .map(progress)
    .filter(({ missing, moved }) => !missing && moved)
  return { all: named.filter(readable).map(progress), hookProgress, blind }
}

/** Reads namespaces; what is forbidden is told once and then left out. */
function snapshots(api: KubernetesApi) {
  const forbidden = new Set<string>()
  return async (
    namespace: string,
    wanted: ReadonlySet<WorkloadKind>,
  ): Promise<{ snapshot: NamespaceSnapshot; blind: readonly string[]; unread: readonly WorkloadKind[] }> => {
    const blind: string[] = []
    const unread: WorkloadKind[] = []
    const list = async <T extends KubernetesObject>(resource: Resource, kind?: WorkloadKind): Promise<readonly T[]> => {
      const key = `${namespace}/${resource.plural}`
      if (forbidden.has(key)) {
        if (kind !== undefined) unread.push(kind)
        return []
      }
      try {
        const items = await api.list<T>(resource, namespace)
        return kind === undefined ? items : items.map((item) => ({ ...item, kind }))
      } catch (error) {
        if (!isForbidden(error)) throw error
        forbidden.add(key)
        if (kind !== undefined) unread.push(kind)
        blind.push(
          `may not list ${resource.plural} in ${namespace}: a failing rollout will be seen later and told with less`,
        )
        return []
      }
    }
    const when = async <T>(kind: WorkloadKind, read: () => Promise<readonly T[]>): Promise<readonly T[]> =>
      wanted.has(kind) ? await read() : []
    const [deployments, statefulSets, daemonSets, jobs, replicaSets, controllerRevisions, pods] = await Promise.all([
      when('Deployment', () => list<Workload>(resources.deployments, 'Deployment')),
      when('StatefulSet', () => list<Workload>(resources.statefulsets, 'StatefulSet')),
      when('DaemonSet', () => list<Workload>(resources.daemonsets, 'DaemonSet')),
      when('Job', () => list<Workload>(resources.jobs, 'Job')),
      when('Deployment', () => list<Workload>(resources.replicasets)),
      when('DaemonSet', () => list<KubernetesObject & { revision?: number }>(resources.controllerrevisions)),
      wanted.size === 0 ? [] : list<Pod>(resources.pods),
    ])
    const workloads = [...deployments, ...statefulSets, ...daemonSets, ...jobs]
    return { snapshot: { workloads, replicaSets, controllerRevisions, pods }, blind, unread }
  }
}

/** What of a workload is worth a line when it changes. */
export const stateText = (workload: WorkloadProgress): string => {
  if (workload.missing) return 'not there yet'
  const worst = [...workload.signs].sort((a, b) => Number(b.verdict === 'doomed') - Number(a.verdict === 'doomed'))[0]
  const trouble = worst === undefined || workload.done ? '' : `, ${worst.text}`
  return `${workload.ready}/${workload.desired} ready${trouble}`
}
