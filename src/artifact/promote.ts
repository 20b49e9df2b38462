import type { Context } from '../action/define.ts'
import { UserError } from '../action/errors.ts'
import { type Closure, digestTagsOf, readClosure } from './closure.ts'
import { type CopyReport, comparedWith, copyContent, nothingCopied } from './copy.ts'
import type { CopyPlan } from './copy-plan.ts'
import type { EcrApi } from './ecr-api.ts'
import { type GateReport, scanGate } from './gate.ts'
import type { ImageReference } from './image-reference.ts'
import type { ArtifactRepository, SourceRepository } from './repository.ts'
import type { GateLevel } from './scan-gate.ts'
import { isImmutable, planTags, type TagPlan, writeTags } from './tags.ts'

/** One promotion. */
export interface PromotionRequest {
  readonly source: ImageReference
  readonly tags: readonly string[]
  readonly includeReferrers: boolean
  readonly moveTags: boolean
  readonly gate: GateLevel
  readonly dryRun: boolean
}

/** How it went. */
export interface Promotion {
  readonly digest: string
  readonly changed: boolean
  readonly report: CopyReport
  /** What had to be moved; undefined when nothing had to be compared. */
  readonly plan: CopyPlan | undefined
  readonly tags: TagPlan
  readonly gate: readonly GateReport[]
  /** Why the gate let nothing through. */
  readonly refusal: string | undefined
}

/**
 * Brings an image with all that belongs to it into another repository, by digest, the tags last.
 * What is there is left alone, so that an interrupted promotion is taken up and a second one changes nothing.
 * @throws UserError when a tag leads elsewhere
 */
export async function promote(
  request: PromotionRequest,
  source: SourceRepository,
  sourceApi: EcrApi,
  target: ArtifactRepository,
  context: Pick<Context, 'host' | 'clock' | 'signal'>,
): Promise<Promotion> {
  const { host, signal } = context
  const { store } = source
  const digest = await digestOf(request.source, source, signal)
  const inPlace = target.host === request.source.host && target.name === request.source.repository
  const attached = request.includeReferrers && !inPlace
  const [referrers, digestTags] = attached
    ? await Promise.all([store.referrers(digest, signal), store.resolve(digestTagsOf(digest), signal)])
    : [[], new Map<string, string>()]
  const known = [...referrers, ...digestTagsOf(digest).filter((tag) => digestTags.has(tag))]
  const found = await target.store.resolve([digest, ...request.tags, ...known], signal)
  const tags = planTags(request.tags, digest, found, fixedTags(request.moveTags, target), target.uri)
  const done = { digest, changed: false, report: nothingCopied, plan: undefined, tags, gate: [], refusal: undefined }
  // A tag is written only after everything that was known then: one that leads to the digest says that it came whole.
  const whole =
    found.has(digest) &&
    request.tags.length > 0 &&
    tags.written.length === 0 &&
    known.every((reference) => found.get(reference) === (digestTags.get(reference) ?? reference))
  if (whole) {
    host.info(`${target.uri} has ${digest} as ${request.tags.join(', ')} already`)
    return done
  }
  const closure = await readClosure(store, digest, attached, signal)
  const gate = await gated(request, source, sourceApi, closure, context)
  if (gate.refusal !== undefined) return { ...done, gate: gate.reports, refusal: gate.refusal }
  const plan = await comparedWith(target.store, closure, signal)
  const extra = await planDigestTags(closure, target, signal)
  const changed = plan.manifests.length > 0 || tags.written.length > 0 || extra.length > 0
  if (request.dryRun) {
    const written = [...tags.written, ...extra.map(({ tag }) => tag)]
    host.info(
      changed
        ? `would bring ${plan.manifests.length} of ${closure.manifests.length} manifests and ${plan.blobs.length} blobs (${plan.bytes} bytes) of ${digest} to ${target.uri}, and write the tags ${written.join(', ') || 'none'}`
        : `would change nothing: ${target.uri} has all of ${digest}`,
    )
    return { ...done, changed, plan, gate: gate.reports }
  }
  const mountFrom = target.host === request.source.host ? request.source.repository : undefined
  const report = await copyContent(plan, store, target.store, mountFrom, host, signal)
  for (const { tag, from } of tags.moved) host.warn(`the tag '${tag}' led to ${from}`)
  for (const { tag, manifest } of extra) await writeTags(target.store, manifest, [tag], target.uri, signal)
  if (changed) await writeTags(target.store, closure.root, tags.written, target.uri, signal)
  return { ...done, changed, report, plan, gate: gate.reports }
}

/** The digest of what was asked for; a tag is looked up here, once, and never again. */
async function digestOf(
  { digest, tag, host, repository }: ImageReference,
  source: SourceRepository,
  signal: AbortSignal,
) {
  if (digest !== undefined) return digest
  const wanted = tag ?? 'latest'
  const found = (await source.store.resolve([wanted], signal)).get(wanted)
  if (found === undefined) throw new UserError(`there is no tag '${wanted}' in ${host}/${repository}`)
  return found
}

const fixedTags =
  (moveTags: boolean, { mutability }: ArtifactRepository) =>
  (tag: string): string | undefined => {
    if (isImmutable(mutability, tag)) return 'it is immutable, and may not be moved'
    return moveTags ? undefined : 'it may not be moved, unless move-tags is true'
  }

async function gated(
  request: PromotionRequest,
  source: SourceRepository,
  api: EcrApi,
  closure: Closure,
  context: Pick<Context, 'host' | 'clock' | 'signal'>,
): Promise<{ readonly reports: readonly GateReport[]; readonly refusal: string | undefined }> {
  if (request.gate === 'off') return { reports: [], refusal: undefined }
  if (source.ecr === undefined)
    return { reports: [], refusal: `scan gate: ${request.source.host} is not ECR: there is no scan to look at` }
  return await scanGate(api, source.ecr, closure.root, request.gate, context)
}

/** The tags made of digests that are not yet at the destination, or lead to what an earlier signer had made. */
async function planDigestTags(closure: Closure, target: ArtifactRepository, signal: AbortSignal) {
  const wanted = [...closure.digestTags]
  if (wanted.length === 0) return []
  const found = await target.store.resolve(
    wanted.map(([tag]) => tag),
    signal,
  )
  const byDigest = new Map(closure.manifests.map((manifest) => [manifest.digest, manifest]))
  return wanted.flatMap(([tag, digest]) => {
    const why = (fixed: string): string | undefined =>
      isImmutable(target.mutability, fixed)
        ? `it is immutable; let the repository exclude sha256-* from that, or set include-referrers to false`
        : undefined
    const { written } = planTags([tag], digest, found, why, target.uri)
    const manifest = byDigest.get(digest)
    return written.length === 0 || manifest === undefined ? [] : [{ tag, manifest }]
  })
}
