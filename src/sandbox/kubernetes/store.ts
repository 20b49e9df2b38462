import type { KubeObject } from './object.ts'
import { apiVersionOf, type Resource } from './resources.ts'

/** One change of the store, in order of `version`. */
export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly resource: Resource
  readonly object: KubeObject
  readonly previous: KubeObject | undefined
  readonly version: number
}

/** The objects of one cluster. Lists come in the order of their keys, as etcd gives them. */
export interface Store {
  /** The newest resource version. */
  version(): number
  get(resource: Resource, namespace: string | undefined, name: string): KubeObject | undefined
  list(resource: Resource, namespace?: string): readonly KubeObject[]
  /** Keeps a copy with a new resource version and returns it. */
  put(resource: Resource, object: KubeObject): KubeObject
  remove(resource: Resource, object: KubeObject): void
  /** Told of each change as it happens; returns how to stop. */
  subscribe(listener: (change: Change) => void): () => void
  /** Changes after a version, or undefined when that is too long ago. */
  since(version: number): readonly Change[] | undefined
}

/** Changes that are kept for watches that start at an older version. */
const keptChanges = 4_096

const keyOf = (object: KubeObject): string => `${object.metadata.namespace ?? ''}/${object.metadata.name}`

export function store(): Store {
  let version = 100
  let oldest = version
  let changes: Change[] = []
  const tables = new Map<string, Map<string, KubeObject>>()
  const listeners = new Set<(change: Change) => void>()
  const tableOf = (resource: Resource): Map<string, KubeObject> => {
    const name = `${resource.group}/${resource.plural}`
    let table = tables.get(name)
    if (table === undefined) {
      table = new Map()
      tables.set(name, table)
    }
    return table
  }
  const tell = (change: Change): void => {
    changes.push(change)
    if (changes.length > keptChanges * 2) {
      changes = changes.slice(-keptChanges)
      oldest = (changes[0]?.version ?? version) - 1
    }
    for (const listener of [...listeners]) listener(change)
  }
  return {
    version: () => version,
    get: (resource, namespace, name) => tableOf(resource).get(`${resource.namespaced ? namespace : ''}/${name}`),
    list(resource, namespace) {
      const all = [...tableOf(resource).entries()]
      const inside = namespace === undefined ? all : all.filter(([, one]) => one.metadata.namespace === namespace)
      return inside.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object)
    },
    put(resource, object) {
      const table = tableOf(resource)
      const key = keyOf(object)
      const previous = table.get(key)
      const kept: KubeObject = structuredClone({ ...object, apiVersion: apiVersionOf(resource), kind: resource.kind })
      kept.metadata.resourceVersion = String(++version)
      table.set(key, kept)
      tell({ type: previous === undefined ? 'ADDED' : 'MODIFIED', resource, object: kept, previous, version })
      return kept
    },
    remove(resource, object) {
      const previous = tableOf(resource).get(keyOf(object))
      if (previous === undefined) return
      tableOf(resource).delete(keyOf(object))
      const gone: KubeObject = { ...previous, metadata: { ...previous.metadata, resourceVersion: String(++version) } }
      tell({ type: 'DELETED', resource, object: gone, previous, version })
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    since: (from) => (from < oldest ? undefined : changes.filter((change) => change.version > from)),
  }
}
