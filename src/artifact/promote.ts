import type { Context } from '../action/define.ts'
import { UserError } from '../action/errors.ts'
import type { ContentStore } from './content.ts'
import { type CopyReport, copyClosure, readClosure } from './copy.ts'
import type { EcrApi } from './ecr-api.ts'
import { type GateReport, scanGate } from './gate.ts'
import type { ImageReference } from './image-reference.ts'
import type { ArtifactRepository } from './repository.ts'
import type { GateLevel } from './scan-gate.ts'
import { planTags } from './tags.ts'

/** One promotion. */
export interface PromotionRequest {
  readonly source: ImageReference
  readonly tags: readonly string[]
  readonly includeReferrers: boolean
  readonly moveTags: boolean
  readonly gate: GateLevel
  readonly dryRun: boolean
}

export interface Promotion {
  readonly digest: string
  readonly changed: boolean
  readonly report: CopyReport
  readonly tagged: readonly string[]
  readonly gate: readonly GateReport[]
}

const nothing: CopyReport = { manifests: 0, blobs: 0, mounted: 0, bytes: 0 }

/**
 * Brings an image with all that belongs to it into another repository, by digest, the tags last.
 * What is there is left alone, so that an interrupted promotion is taken up and a second one changes nothing.
 * @throws UserError when a tag leads elsewhere, or a gate refuses
 */
export async function promote(
  request: PromotionRequest,
  source: ContentStore,
  sourceApi: EcrApi | undefined,
  target: ArtifactRepository,
  targetApi: EcrApi,
  context: Pick<Context, 'host' | 'clock' | 'signal'>,
): Promise<Promotion> {
  const { host, signal } = context
  const digest = request.source.digest ?? (await source.hasManifest(request.source.tag ?? 'latest', signal))
  if (digest === undefined)
    throw new UserError(
      `there is no tag '${request.source.tag}' in ${request.source.host}/${request.source.repository}`,
    )
  const found = await targetApi.digests(target.name, [digest, ...request.tags], signal)
  const plan = planTags(request.tags, digest, found, request.moveTags, target.uri)
  // A tag is written only after everything it needs: one that leads to the digest says that the promotion was whole.
  const whole = found.has(digest) && request.tags.length > 0 && plan.written.length === 0
  if (whole && !(request.includeReferrers && (await hasNewReferrers(digest, source, target.store, signal)))) {
    host.info(`${target.uri} has ${digest} as ${request.tags.join(', ')} already`)
    return { digest, changed: false, report: nothing, tagged: [], gate: [] }
  }
  if (request.gate !== 'off' && sourceApi === undefined) throw new UserError('the scan gate needs a source in ECR')
  const closure = await readClosure(source, digest, request.includeReferrers, signal)
  const gate =
    sourceApi === undefined
      ? []
      : await scanGate(sourceApi, request.source.repository, closure.root, request.gate, context)
  if (request.dryRun) {
    host.info(
      `would bring ${closure.manifests.length} manifests and ${closure.blobs.length} blobs of ${digest} to ${target.uri}, those not there yet, and write the tags ${plan.written.join(', ') || 'none'}`,
    )
    return { digest, changed: true, report: nothing, tagged: [], gate }
  }
  const mountFrom =
    target.host === request.source.host && target.name !== request.source.repository
      ? request.source.repository
      : undefined
  const report = await copyClosure(closure, source, target.store, mountFrom, host, signal)
  for (const { tag, from } of plan.moved) host.warn(`the tag '${tag}' led to ${from}`)
  for (const tag of plan.written) {
    const confirmed = await target.store.putManifest(closure.root, tag, signal)
    if (confirmed !== digest) throw new UserError(`the registry took '${tag}' as ${confirmed}, not as ${digest}`)
  }
  return { digest, changed: report.manifests > 0 || plan.written.length > 0, report, tagged: plan.written, gate }
}

/** Whether the source knows something about the image that the target does not: a signature made after it was promoted. */
async function hasNewReferrers(
  digest: string,
  source: ContentStore,
  target: ContentStore,
  signal: AbortSignal,
): Promise<boolean> {
  const theirs = await source.referrers(digest, signal)
  if (theirs.length === 0) return false
  const ours = new Set((await target.referrers(digest, signal)).map((referrer) => referrer.digest))
  return theirs.some((referrer) => !ours.has(referrer.digest))
}
