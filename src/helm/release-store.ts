import { UserError } from '../action/errors.ts'
import { isConflict, isNotFound, type KubernetesApi, type Resource, resources } from './kubernetes-api.ts'
import type { DataObject, KubernetesObject } from './kubernetes-object.ts'
import { asFailed, decodeRecord, encodeRecord, type ReleaseRecord } from './release-record.ts'

/** Where helm keeps its records. */
export type StorageDriver = 'secret' | 'configmap'

/**
 * The driver that helm will use.
 * @throws UserError for drivers that keep records outside of the cluster
 */
export function storageDriver(env: NodeJS.ProcessEnv): StorageDriver {
  const driver = (env['HELM_DRIVER'] ?? '').toLowerCase()
  if (driver === '' || driver === 'secret' || driver === 'secrets') return 'secret'
  if (driver === 'configmap' || driver === 'configmaps') return 'configmap'
  throw new UserError(`HELM_DRIVER '${driver}' is not supported: use secret or configmap`)
}

/** A record as it was found, with what its replacement needs. */
export interface StoredRecord {
  readonly record: ReleaseRecord
  readonly labels: Readonly<Record<string, string>>
  /** When the cluster made the record, ms since the epoch; undefined when it does not say. */
  readonly createdAt: number | undefined
  /** Bytes that Kubernetes keeps for it, of at most 1 MiB. */
  readonly size: number
  readonly object: DataObject
}

/** Helm's labels on every record; all others were given by whoever deployed. */
const helmLabels = new Set(['name', 'owner', 'status', 'version', 'createdAt', 'modifiedAt'])

/** The records of one release. */
export interface ReleaseStore {
  /** undefined when there is no such revision. */
  read(revision: number): Promise<StoredRecord | undefined>
  /** The newest record that helm calls deployed; undefined when there is none. */
  deployed(): Promise<StoredRecord | undefined>
  /** The labels of every record, by revision, without helm's own. */
  labels(): Promise<ReadonlyMap<number, Readonly<Record<string, string>>>>
  /**
   * Says in a record that its operation failed, if nobody has touched it since it was read.
   * False when somebody has, or when it is gone.
   */
  markFailed(stored: StoredRecord, description: string): Promise<boolean>
}

export function releaseStore(
  api: KubernetesApi,
  driver: StorageDriver,
  release: string,
  namespace: string,
): ReleaseStore {
  const resource: Resource = driver === 'secret' ? resources.secrets : resources.configmaps
  async function read(revision: number): Promise<StoredRecord | undefined> {
    try {
      const object = await api.get<DataObject>(resource, namespace, recordName(release, revision))
      return stored(object, driver)
    } catch (error) {
      if (isNotFound(error)) return undefined
      throw error
    }
  }
  return {
    read,
    async deployed() {
      const labelSelector = `owner=helm,name=${release},status=deployed`
      const found = await api.list<KubernetesObject>(resource, namespace, { labelSelector, metadataOnly: true })
      const revisions = found.map(({ metadata }) => Number(metadata?.labels?.['version'])).filter(Number.isSafeInteger)
      return revisions.length === 0 ? undefined : await read(Math.max(...revisions))
    },
    async labels() {
      const selector = `owner=helm,name=${release}`
      const found = await api.list<KubernetesObject>(resource, namespace, {
        labelSelector: selector,
        metadataOnly: true,
      })
      return new Map(found.map(({ metadata }) => [Number(metadata?.labels?.['version']), ownLabels(metadata?.labels)]))
    },
    async markFailed(found, description) {
      const payload = encodeRecord(asFailed(found.record, description).raw)
      const object: DataObject = {
        ...found.object,
        metadata: {
          ...found.object.metadata,
          labels: { ...found.object.metadata?.labels, status: 'failed' },
        },
        data: { ...found.object.data, release: driver === 'secret' ? base64(payload) : payload },
      }
      try {
        await api.replace(resource, namespace, object)
        return true
      } catch (error) {
        if (isConflict(error) || isNotFound(error)) return false
        throw error
      }
    },
  }
}

/** Helm 3 and 4 alike (pkg/storage). */
export const recordName = (release: string, revision: number): string => `sh.helm.release.v1.${release}.v${revision}`

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')

function stored(object: DataObject, driver: StorageDriver): StoredRecord {
  const data = object.data?.['release'] ?? ''
  const payload = driver === 'secret' ? Buffer.from(data, 'base64').toString('utf8') : data
  const created = Date.parse(object.metadata?.creationTimestamp ?? '')
  return {
    record: decodeRecord(payload),
    labels: ownLabels(object.metadata?.labels),
    createdAt: Number.isNaN(created) ? undefined : created,
    size: payload.length,
    object,
  }
}

const ownLabels = (labels: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(labels ?? {}).filter(([name]) => !helmLabels.has(name)))
