import type { Cluster } from './cluster.ts'
import { ApiFailure, notFound, staleVersion } from './failure.ts'
import type { Fields, KubeObject } from './object.ts'
import { type Resource, resource, resources } from './resources.ts'
import { save } from './writes.ts'

const foreground = 'foregroundDeletion'
const pods = resource('core/v1/pods')
const namespaces = resource('core/v1/namespaces')

/** Deletes an object as DeleteOptions say; answers what the API answers with. @throws ApiFailure */
export function remove(
  cluster: Cluster,
  of: Resource,
  namespace: string | undefined,
  name: string,
  options: Fields,
): Fields {
  const object = cluster.store.get(of, namespace, name)
  if (object === undefined) throw notFound(of, name)
  const { uid, resourceVersion } = (options['preconditions'] ?? {}) as Fields
  if (
    (uid && uid !== object.metadata.uid) ||
    (resourceVersion && resourceVersion !== object.metadata.resourceVersion)
  ) {
    throw staleVersion(of, name)
  }
  const done: Fields = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name, ...(of.group === '' ? {} : { group: of.group }), kind: of.plural, uid: object.metadata.uid },
  }
  if ((options['dryRun'] ?? []).length > 0) return done
  const policy = options['orphanDependents'] === true ? 'Orphan' : policyOf(of, options)
  const marked = markDeleted(cluster, of, object, policy, options['gracePeriodSeconds'] as number | undefined)
  return marked === undefined ? done : marked
}

function policyOf(of: Resource, options: Fields): string {
  const told: unknown = options['propagationPolicy']
  if (told === undefined || told === '') return of.group === 'batch' && of.kind === 'Job' ? 'Orphan' : 'Background'
  if (told !== 'Orphan' && told !== 'Background' && told !== 'Foreground') {
    throw new ApiFailure(
      422,
      'Invalid',
      `DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: ${JSON.stringify(told)}`,
    )
  }
  return told
}

/** Takes an object away, or marks it when something must happen first; returns the marked object. */
function markDeleted(
  cluster: Cluster,
  of: Resource,
  object: KubeObject,
  policy: string,
  grace: number | undefined,
): KubeObject | undefined {
  if (policy === 'Orphan') orphan(cluster, object)
  const isPod =
    of === pods && object['spec']?.nodeName !== undefined && !['Succeeded', 'Failed'].includes(object['status']?.phase)
  const seconds = of === pods ? (grace ?? object['spec']?.terminationGracePeriodSeconds ?? 30) : 0
  const finalizers = [...(object.metadata.finalizers ?? [])]
  const waits = policy === 'Foreground' && dependentsOf(cluster, object).length > 0
  if (waits && !finalizers.includes(foreground)) finalizers.push(foreground)
  const mustWait = finalizers.length > 0 || (isPod && seconds > 0) || of === namespaces
  if (!mustWait) {
    cluster.store.remove(of, object)
    return undefined
  }
  const metadata = {
    ...object.metadata,
    ...(finalizers.length > 0 ? { finalizers } : {}),
    deletionTimestamp: object.metadata.deletionTimestamp ?? cluster.now(),
    deletionGracePeriodSeconds: seconds,
  }
  const status = of === namespaces ? { ...object['status'], phase: 'Terminating' } : object['status']
  return save(cluster, of, { ...object, metadata, ...(status === undefined ? {} : { status }) })
}

const allObjects = (cluster: Cluster): { of: Resource; object: KubeObject }[] =>
  resources.flatMap((of) => cluster.store.list(of).map((object) => ({ of, object })))

const dependentsOf = (cluster: Cluster, owner: KubeObject): { of: Resource; object: KubeObject }[] =>
  allObjects(cluster).filter(({ object }) =>
    object.metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid),
  )

function orphan(cluster: Cluster, owner: KubeObject): void {
  for (const { of, object } of dependentsOf(cluster, owner)) {
    const left = object.metadata.ownerReferences?.filter(({ uid }) => uid !== owner.metadata.uid) ?? []
    const { ownerReferences: _gone, ...metadata } = object.metadata
    save(cluster, of, { ...object, metadata: left.length > 0 ? { ...metadata, ownerReferences: left } : metadata })
  }
}

/** Deletes in the background, as garbage collection and controllers do. */
export function dispose(cluster: Cluster, of: Resource, object: KubeObject, grace?: number): void {
  const live = cluster.store.get(of, object.metadata.namespace, object.metadata.name)
  if (live === undefined || live.metadata.uid !== object.metadata.uid) return
  if (live.metadata.deletionTimestamp === undefined) markDeleted(cluster, of, live, 'Background', grace)
}

/** Collects what has lost its owners, finishes foreground deletions, and empties namespaces that end. */
export function collectGarbage(cluster: Cluster): void {
  const all = allObjects(cluster)
  const living = new Set(all.map(({ object }) => object.metadata.uid))
  const ending = new Set(all.filter(({ object }) => isForeground(object)).map(({ object }) => object.metadata.uid))
  for (const { of, object } of all) {
    const owners = object.metadata.ownerReferences ?? []
    if (owners.length === 0) continue
    const orphaned = owners.every(({ uid }) => !living.has(uid))
    const blocking = owners.some(({ uid }) => ending.has(uid))
    if (orphaned || blocking) dispose(cluster, of, object)
  }
  for (const { of, object } of all) {
    if (!isForeground(object) || dependentsOf(cluster, object).length > 0) continue
    const live = cluster.store.get(of, object.metadata.namespace, object.metadata.name)
    if (live === undefined) continue
    const left = (live.metadata.finalizers ?? []).filter((one) => one !== foreground)
    if (left.length > 0) save(cluster, of, { ...live, metadata: { ...live.metadata, finalizers: left } })
    else cluster.store.remove(of, live)
  }
  for (const namespace of cluster.store.list(namespaces)) {
    if (namespace.metadata.deletionTimestamp === undefined) continue
    const inside = resources
      .filter(({ namespaced }) => namespaced)
      .flatMap((of) => cluster.store.list(of, namespace.metadata.name).map((object) => ({ of, object })))
    for (const { of, object } of inside) dispose(cluster, of, object)
    if (inside.length === 0) cluster.store.remove(namespaces, namespace)
  }
}

const isForeground = ({ metadata }: KubeObject): boolean =>
  metadata.deletionTimestamp !== undefined && (metadata.finalizers ?? []).includes(foreground)
