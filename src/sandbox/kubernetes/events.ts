import type { Cluster } from './cluster.ts'
import { put } from './cluster.ts'
import { type Fields, type KubeObject, timestamp } from './object.ts'
import { resource } from './resources.ts'

const events = resource('core/v1/events')
/** Beyond this the oldest go, as events of a real cluster go after an hour. */
const keptEvents = 2_000

/** What happened to an object. Said again, it counts up. */
export interface Happening {
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  /** `kubelet`, `default-scheduler`, `deployment-controller`. */
  readonly component: string
  /** The container, as in `spec.containers{app}`. */
  readonly fieldPath?: string
}

/** Records an event about an object. */
export function record(cluster: Cluster, about: KubeObject, happening: Happening): void {
  const { namespace = 'default', name, uid, resourceVersion } = about.metadata
  const { type, reason, message, component, fieldPath } = happening
  const all = cluster.store.list(events, namespace)
  const again = all.find(
    (event) =>
      event['involvedObject']?.uid === uid &&
      event['reason'] === reason &&
      event['message'] === message &&
      event['type'] === type,
  )
  const now = timestamp(cluster.world.clock.now())
  if (again !== undefined) {
    cluster.store.put(events, { ...again, count: (again['count'] as number) + 1, lastTimestamp: now })
    return
  }
  const involvedObject: Fields = {
    kind: about.kind,
    namespace: about.metadata.namespace,
    name,
    uid,
    apiVersion: about.apiVersion,
    resourceVersion,
    ...(fieldPath === undefined ? {} : { fieldPath }),
  }
  put(cluster, events, {
    metadata: { name: `${name}.${cluster.world.id(16)}`, namespace },
    involvedObject,
    reason,
    message,
    source: { component, ...(component === 'kubelet' ? { host: about['spec']?.nodeName } : {}) },
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
    type,
    eventTime: null,
    reportingComponent: component,
    reportingInstance: component === 'kubelet' ? (about['spec']?.nodeName ?? '') : '',
  })
  if (all.length < keptEvents) return
  const oldest = [...all].sort((a, b) => Date.parse(a['lastTimestamp']) - Date.parse(b['lastTimestamp']))[0]
  if (oldest !== undefined) cluster.store.remove(events, oldest)
}
