import { randomUUID } from 'node:crypto'
import { admit } from './admission.ts'
import type { Cluster } from './cluster.ts'
import { applyDefaults } from './defaults.ts'
import { ApiFailure, alreadyExists, badRequest, forbidden, invalid, notFound, staleVersion } from './failure.ts'
import { afterUpdate, serverSideApply, type Writer } from './managed-fields.ts'
import { type Fields, isFields, type KubeObject, same } from './object.ts'
import { prepareCreate, prepareUpdate } from './preparation.ts'
import { apiVersionOf, type Resource, resource } from './resources.ts'
import { createCauses, namedWrong, updateCauses } from './validation.ts'

export interface WriteOptions {
  readonly writer: Writer
  /** Says what would be kept, and keeps nothing. */
  readonly dryRun?: boolean
  /** The body comes from a server-side apply, its managed fields worked out. */
  readonly applied?: boolean
}

/** How the cluster's own controllers write. */
export const asController: WriteOptions = { writer: { manager: 'kube-controller-manager' } }

const namespaces = resource('core/v1/namespaces')

/** Creates an object. @throws ApiFailure */
export function create(
  cluster: Cluster,
  of: Resource,
  namespace: string | undefined,
  body: Fields,
  options: WriteOptions,
): KubeObject {
  const object = structuredClone(body) as KubeObject
  object.metadata = isFields(body['metadata'])
    ? (structuredClone(body['metadata']) as KubeObject['metadata'])
    : ({} as never)
  const { metadata } = object
  if (of.namespaced) placeIn(cluster, of, namespace ?? 'default', object)
  else delete metadata.namespace
  if (!metadata.name && metadata.generateName) metadata.name = `${metadata.generateName}${cluster.suffix(5)}`
  if (!metadata.name) {
    throw invalid(of, '', [
      {
        reason: 'FieldValueRequired',
        message: 'Required value: name or generateName is required',
        field: 'metadata.name',
      },
    ])
  }
  if (metadata.resourceVersion) throw badRequest('resourceVersion should not be set on objects to be created')
  if (cluster.store.get(of, metadata.namespace, metadata.name)) throw alreadyExists(of, metadata.name)
  Object.assign(object, { apiVersion: apiVersionOf(of), kind: of.kind })
  metadata.uid = randomUUID()
  metadata.creationTimestamp = cluster.now()
  metadata.resourceVersion = ''
  delete metadata.deletionTimestamp
  const applied = options.applied ? metadata.managedFields : undefined
  delete metadata.managedFields
  if (of.subresources.includes('status')) delete object['status']
  applyDefaults(object)
  prepareCreate(cluster, object)
  if (isFields(object['spec']) && of.kind !== 'Namespace') metadata.generation = 1
  const causes = createCauses(of, object)
  if (causes.length > 0) throw invalid(of, metadata.name, causes)
  admit(cluster, of, object)
  metadata.managedFields = applied ?? afterUpdate(of, undefined, object, options.writer, cluster.now())
  return options.dryRun ? object : cluster.store.put(of, object)
}

function placeIn(cluster: Cluster, of: Resource, namespace: string, object: KubeObject): void {
  const { metadata } = object
  if (metadata.namespace !== undefined && metadata.namespace !== namespace) {
    throw badRequest(`the namespace of the provided object does not match the namespace sent on the request`)
  }
  metadata.namespace = namespace
  const home = cluster.store.get(namespaces, undefined, namespace)
  if (home === undefined) throw notFound(namespaces, namespace)
  if (home.metadata.deletionTimestamp !== undefined) {
    throw forbidden(
      of,
      metadata.name,
      `unable to create new content in namespace ${namespace} because it is being terminated`,
    )
  }
}

/** Replaces an object by a whole new form of it. @throws ApiFailure */
export function replace(
  cluster: Cluster,
  of: Resource,
  before: KubeObject,
  body: Fields,
  options: WriteOptions,
): KubeObject {
  const { writer } = options
  const object = structuredClone(body) as KubeObject
  const given = isFields(body['metadata']) ? body['metadata'] : {}
  const { name } = before.metadata
  if (given['name'] !== undefined && given['name'] !== name) throw namedWrong(of, given['name'], name)
  const version: unknown = given['resourceVersion']
  if (version && version !== before.metadata.resourceVersion) throw staleVersion(of, name)
  if (given['uid'] && given['uid'] !== before.metadata.uid) {
    const { code, reason, message, details } = staleVersion(of, name)
    const why = `Precondition failed: UID in precondition: ${given['uid']}, UID in object meta: ${before.metadata.uid}`
    throw new ApiFailure(code, reason, message.replace(/the object has been modified.*/, why), details)
  }
  const { uid, creationTimestamp, namespace, generation, deletionTimestamp, deletionGracePeriodSeconds, generateName } =
    before.metadata
  const fixed = { name, namespace, uid, creationTimestamp, generation, deletionTimestamp, deletionGracePeriodSeconds }
  Object.assign(object, { apiVersion: apiVersionOf(of), kind: of.kind })
  object.metadata = { ...given, generateName, ...fixed, resourceVersion: before.metadata.resourceVersion } as never
  for (const [key, value] of Object.entries(object.metadata)) {
    if (value === undefined) delete (object.metadata as unknown as Fields)[key]
  }
  if (of.subresources.includes('status')) {
    if (writer.subresource === 'status') object['spec'] = before['spec']
    else object['status'] = before['status']
  }
  applyDefaults(object)
  prepareUpdate(cluster, before, object)
  const causes = updateCauses(of, before, object)
  if (causes.length > 0) throw invalid(of, name, causes)
  return keep(cluster, of, before, object, options)
}

/** Keeps a changed object: its generation, its managed fields; gone when it was only held by its finalizers. */
function keep(
  cluster: Cluster,
  of: Resource,
  before: KubeObject,
  object: KubeObject,
  options: WriteOptions,
): KubeObject {
  const { managedFields: oldFields, ...oldMetadata } = before.metadata
  const applied = object.metadata.managedFields
  const { managedFields: _new, ...metadata } = object.metadata
  const isApply = options.applied === true && !same(applied, oldFields)
  const unchanged = same({ ...object, metadata }, { ...before, metadata: oldMetadata })
  if (unchanged && !isApply) return before
  if (before.metadata.generation !== undefined && changesGeneration(of, before, object)) {
    object.metadata.generation = before.metadata.generation + 1
  }
  object.metadata.managedFields =
    isApply && applied ? applied : afterUpdate(of, before, object, options.writer, cluster.now())
  if (options.dryRun) return object
  const kept = cluster.store.put(of, object)
  if (
    kept.metadata.deletionTimestamp !== undefined &&
    (kept.metadata.finalizers ?? []).length === 0 &&
    of.kind !== 'Pod' &&
    of.kind !== 'Namespace'
  ) {
    cluster.store.remove(of, kept)
  }
  return kept
}

const changesGeneration = (of: Resource, before: KubeObject, after: KubeObject): boolean =>
  !same(before['spec'], after['spec']) ||
  (of.kind === 'Deployment' && !same(before.metadata.annotations, after.metadata.annotations))

/** Server-side apply: creates the object or merges into it. @throws ApiFailure */
export function apply(
  cluster: Cluster,
  of: Resource,
  at: { readonly namespace: string | undefined; readonly name: string },
  body: Fields,
  options: WriteOptions & { readonly force: boolean },
): { object: KubeObject; created: boolean } {
  const { namespace, name } = at
  if (body['metadata']?.managedFields !== undefined && body['metadata'].managedFields !== null) {
    throw badRequest('metadata.managedFields must be nil')
  }
  const live = cluster.store.get(of, namespace, name)
  const wanted = body['metadata']?.name as string | undefined
  if (wanted !== undefined && wanted !== name) throw namedWrong(of, wanted, name)
  const version: unknown = body['metadata']?.resourceVersion
  if (version && version !== live?.metadata.resourceVersion) throw staleVersion(of, name)
  const merged = serverSideApply(of, live, body, options.writer, options.force, cluster.now())
  if (live === undefined) {
    merged['metadata'] = { ...merged['metadata'], name }
    return { object: create(cluster, of, namespace, merged, { ...options, applied: true }), created: true }
  }
  const { resourceVersion: _version, ...metadata } = merged['metadata']
  return { object: replace(cluster, of, live, { ...merged, metadata }, { ...options, applied: true }), created: false }
}

/** Keeps a new status, or whatever else a controller changed, without the checks that users' writes pass. */
export function save(cluster: Cluster, of: Resource, object: KubeObject): KubeObject {
  const before = cluster.store.get(of, object.metadata.namespace, object.metadata.name)
  if (before === undefined || before.metadata.uid !== object.metadata.uid) return object
  if (same(before, object)) return before
  const metadata = { ...object.metadata }
  if (before.metadata.generation !== undefined && !same(before['spec'], object['spec'])) {
    metadata.generation = before.metadata.generation + 1
  }
  return cluster.store.put(of, { ...object, metadata })
}
