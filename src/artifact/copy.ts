import { UserError } from '../action/errors.ts'
import type { Log } from '../action/host.ts'
import type { Closure } from './closure.ts'
import { type ContentSource, type ContentStore, inParallel } from './content.ts'
import { type CopyPlan, missingManifests, planCopy, wantedBlobs } from './copy-plan.ts'
import type { Descriptor } from './manifest.ts'
import { Interrupted, registryStatus } from './registry-request.ts'

/** What a copy did. */
export interface CopyReport {
  readonly manifests: number
  readonly blobs: number
  readonly mounted: number
  readonly bytes: number
}

/** A copy that moved nothing. */
export const nothingCopied: CopyReport = { manifests: 0, blobs: 0, mounted: 0, bytes: 0 }

/** How many blobs travel at once, and how often one that breaks off is begun again. */
const parallel = 6
const tries = 3

/** Looks at the destination and says what has to move. Only reads. */
export async function comparedWith(target: ContentStore, closure: Closure, signal: AbortSignal): Promise<CopyPlan> {
  const present = await target.resolve(
    closure.manifests.map(({ digest }) => digest),
    signal,
  )
  const missing = missingManifests(closure, present)
  const wanted = wantedBlobs(missing).map(({ digest }) => digest)
  return planCopy(missing, wanted.length === 0 ? new Set() : await target.hasBlobs(wanted, signal))
}

/**
 * Carries a plan out: blobs before the manifests that point at them, no tag yet.
 * The first mount is a probe: when the registry does not take it, the rest is streamed without asking again.
 */
export async function copyContent(
  plan: CopyPlan,
  source: ContentSource,
  target: ContentStore,
  /** The source's repository when it is in the same registry. */
  mountFrom: string | undefined,
  log: Log,
  signal: AbortSignal,
): Promise<CopyReport> {
  const report = { manifests: 0, blobs: 0, mounted: 0, bytes: 0 }
  let mounts = mountFrom
  const mounted = async (blob: Descriptor, inner: AbortSignal): Promise<URL | true | undefined> => {
    if (mounts === undefined) return undefined
    try {
      const answer = await target.mountBlob(blob.digest, mounts, inner)
      if (answer === 'mounted') return true
      mounts = undefined
      log.debug('the registry mounts no blobs from the source repository: they are streamed')
      return answer.upload
    } catch (error) {
      // Some registries refuse a mount that they may not make instead of beginning an upload.
      const status = registryStatus(error)
      if (status === undefined || ![400, 401, 403, 404, 405].includes(status)) throw error
      mounts = undefined
      log.debug(`the registry refuses to mount: ${(error as Error).message}`)
      return undefined
    }
  }
  const move = async (blob: Descriptor, inner: AbortSignal): Promise<void> => {
    const answer = await mounted(blob, inner)
    if (answer === true) {
      report.mounted++
      return
    }
    for (let attempt = 1, upload = answer; ; attempt++, upload = undefined) {
      try {
        await target.putBlob(blob, await source.blob(blob, inner), inner, upload)
        break
      } catch (error) {
        if (!(error instanceof Interrupted) || attempt >= tries) throw error
        log.warn(`${blob.digest.slice(0, 19)} is begun again: ${error.message}`)
        if ((await target.hasBlobs([blob.digest], inner)).has(blob.digest)) break
      }
    }
    report.blobs++
    report.bytes += blob.size
  }
  const [probe, ...rest] = plan.blobs
  if (probe !== undefined) await move(probe, signal)
  await inParallel(rest, parallel, signal, move)
  for (const manifest of plan.manifests) {
    const confirmed = await target.putManifest(manifest, undefined, signal)
    if (confirmed !== manifest.digest)
      throw new UserError(`the registry took the manifest ${manifest.digest} as ${confirmed || 'no digest'}`)
    report.manifests++
  }
  return report
}
