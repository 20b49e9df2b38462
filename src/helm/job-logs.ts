import type { Clock } from '../action/clock.ts'
import { messageOf } from '../action/errors.ts'
import type { Log } from '../action/host.ts'
import { type KubernetesApi, KubernetesError, resources } from './kubernetes-api.ts'
import type { Pod } from './kubernetes-object.ts'
import { objectKey, parseManifest } from './manifest.ts'
import type { ReleaseRecord } from './release-record.ts'

/** What one container of a Job or of a hook's pod printed. */
export interface JobLog {
  /** `Job/web-migrate`, or `Pod/web-check` for a hook that is a pod. */
  readonly owner: string
  readonly pod: string
  readonly container: string
  /** The newest ones, oldest first. */
  readonly lines: readonly string[]
  /** undefined while it runs, and when its pod was taken away before it was seen to end. */
  readonly exitCode: number | undefined
}

/** What following Jobs touches. */
export interface JobLogParts {
  readonly api: KubernetesApi
  readonly clock: Clock
  readonly log: Log
}

/** Lines kept of each container, and those shown of one that went well. */
const keptLines = 50
const shownLines = 20
/** Between two watches of the cluster, which ends each of them after a while, in ms. */
const againMs = 1_000

/** The Jobs of a release and its hooks, and the hooks that are pods, by `namespace/kind/name`. */
export function jobsOf(record: ReleaseRecord): ReadonlySet<string> {
  const { namespace } = record
  const plain = parseManifest(record.manifest, namespace).filter(({ kind }) => kind === 'Job')
  const hooks = record.hooks
    .flatMap(({ manifest }) => parseManifest(manifest, namespace))
    .filter(({ kind }) => kind === 'Job' || kind === 'Pod')
  return new Set([...plain, ...hooks].map(objectKey))
}

/**
 * Follows what the Jobs and hooks of a revision print, from the start of each container: a hook may be deleted the moment
 * that it is done. Told as each container ends well; what failed is kept for the diagnosis. `record` reads the revision's
 * record, which helm makes before it runs anything. Call it before helm starts; the result ends the following.
 */
export async function followJobs(
  namespace: string,
  record: () => Promise<ReleaseRecord | undefined>,
  { api, clock, log }: JobLogParts,
): Promise<() => Promise<readonly JobLog[]>> {
  const ended = new AbortController()
  const { signal } = ended
  const logs = new Map<string, JobLog>()
  const following = new Map<string, Promise<void>>()
  let jobs: ReadonlySet<string> | undefined
  let old: ReadonlySet<string | undefined>
  try {
    const before = await api.list<Pod>(resources.pods, namespace, { metadataOnly: true })
    old = new Set(before.map(({ metadata }) => metadata?.uid))
  } catch (error) {
    log.debug(`the logs of Jobs are not followed: ${messageOf(error)}`)
    return async () => []
  }

  async function follow(pod: string, owner: string, container: string): Promise<void> {
    const lines: string[] = []
    const key = `${pod}/${container}`
    const keep = (exitCode: number | undefined): void =>
      void logs.set(key, { owner, pod, container, lines: [...lines], exitCode })
    try {
      for await (const line of api.followLog(namespace, pod, container, signal)) {
        lines.push(line)
        if (lines.length > keptLines) lines.shift()
        keep(logs.get(key)?.exitCode)
      }
    } catch (error) {
      if (signal.aborted) return
      lines.push(`(its log cannot be read: ${messageOf(error)})`)
    }
    keep(logs.get(key)?.exitCode)
  }

  async function look(pod: Pod): Promise<void> {
    const { name = '', uid } = pod.metadata ?? {}
    if (old.has(uid)) return
    const owner = ownerOf(pod)
    if (owner === undefined) return
    jobs ??= await record().then((found) => found && jobsOf(found))
    if (jobs?.has(`${namespace}/${owner}`) !== true) return
    const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])]
    for (const { name: container = '', state } of statuses) {
      const key = `${name}/${container}`
      if (state?.running === undefined && state?.terminated === undefined) continue
      if (!following.has(key)) following.set(key, follow(name, owner, container))
      const exitCode = state.terminated?.exitCode
      if (exitCode === undefined || logs.get(key)?.exitCode !== undefined) continue
      await following.get(key)
      const done = { ...(logs.get(key) ?? { owner, pod: name, container, lines: [] }), exitCode }
      logs.set(key, done)
      if (exitCode === 0) await tellJobLog(done, log)
    }
  }

  const watching = (async () => {
    for (;;) {
      try {
        for await (const { type, object } of api.watch<Pod>(resources.pods, namespace, signal)) {
          if (type !== 'DELETED') await look(object)
        }
      } catch (error) {
        if (signal.aborted) return
        log.debug(`the watch of Jobs ended: ${messageOf(error)}`)
        if (error instanceof KubernetesError && error.status < 500 && error.status !== 410) return
      }
      try {
        await clock.sleep(againMs, signal)
      } catch {
        // Nothing is followed any more.
        return
      }
    }
  })()

  return async () => {
    ended.abort()
    await watching
    await Promise.all(following.values())
    return [...logs.values()]
  }
}

/** Prints what a container of a Job printed, in a group. */
export async function tellJobLog({ owner, container, lines, exitCode }: JobLog, log: Log): Promise<void> {
  if (lines.length === 0) return
  const shown = lines.slice(-shownLines)
  const how = exitCode === 0 ? 'succeeded' : 'printed'
  const rest = shown.length < lines.length ? `, the last ${shown.length} lines` : ''
  await log.group(`${owner} ${how} (container ${container}${rest})`, async () => {
    for (const line of shown) log.info(line)
  })
}

/** `Job/<name>` by its controller, or the pod itself, which may be a hook. */
function ownerOf({ metadata }: Pod): string | undefined {
  const owner = (metadata?.ownerReferences ?? []).find(({ controller }) => controller === true)
  if (owner === undefined) return `Pod/${metadata?.name}`
  const job = metadata?.labels?.['batch.kubernetes.io/job-name'] ?? metadata?.labels?.['job-name']
  return owner.kind === 'Job' && job !== undefined ? `Job/${job}` : undefined
}
