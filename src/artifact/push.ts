import type { Context } from '../action/define.ts'
import { UserError } from '../action/errors.ts'
import { readClosure } from './closure.ts'
import type { ContentSource } from './content.ts'
import { type CopyReport, comparedWith, copyContent, nothingCopied } from './copy.ts'
import type { CopyPlan } from './copy-plan.ts'
import type { EcrApi } from './ecr-api.ts'
import { type GateReport, runnable, scanGate } from './gate.ts'
import type { Manifest } from './manifest.ts'
import type { OciLayout } from './oci-layout.ts'
import type { ArtifactRepository } from './repository.ts'
import type { GateLevel } from './scan-gate.ts'
import { isImmutable, planTags, type TagPlan, writeTags } from './tags.ts'

/** What a push would do. */
export interface PushPlan {
  readonly root: Manifest
  readonly content: CopyPlan
  readonly tags: TagPlan
  readonly platforms: readonly string[]
}

/** An image as the registry has it now. */
export interface Pushed {
  readonly image: string
  readonly digest: string
  readonly changed: boolean
  readonly report: CopyReport
  readonly platforms: readonly string[]
  readonly gate: readonly GateReport[]
  /** Why the gate let no tag be written. */
  readonly refusal: string | undefined
}

const noContent: CopyPlan = { manifests: [], blobs: [], bytes: 0 }

/** Compares a finished image with the repository. Only reads. @throws UserError for a tag that may not move */
export async function planPush(
  layout: OciLayout,
  target: ArtifactRepository,
  tags: readonly string[],
  signal: AbortSignal,
): Promise<PushPlan> {
  const closure = await readClosure(layout, layout.root.digest, false, signal)
  const { root } = closure
  const found = await target.store.resolve([root.digest, ...tags], signal)
  const fixed = (tag: string): string | undefined =>
    isImmutable(target.mutability, tag) ? 'it is immutable, and may not be moved' : undefined
  return {
    root,
    content: found.has(root.digest) ? noContent : await comparedWith(target.store, closure, signal),
    tags: planTags(tags, root.digest, found, fixed, target.uri),
    platforms: await platformsOf(layout, root, signal),
  }
}

/** Pushes a finished image: content first, the gate, the tags last. The digest is what the registry confirms. */
export async function pushLayout(
  layout: OciLayout,
  target: ArtifactRepository,
  tags: readonly string[],
  level: GateLevel,
  api: EcrApi,
  context: Pick<Context, 'host' | 'clock' | 'signal'>,
): Promise<Pushed> {
  const { host, signal } = context
  const plan = await planPush(layout, target, tags, signal)
  const { root, content } = plan
  const report =
    content.manifests.length === 0
      ? nothingCopied
      : await copyContent(content, layout, target.store, undefined, host, signal)
  if (report.manifests > 0)
    host.info(`pushed ${report.blobs} blobs and ${report.manifests} manifests, ${report.bytes} bytes`)
  const { reports, refusal } = await scanGate(api, target, root, level, context)
  const done = {
    image: `${target.uri}@${root.digest}`,
    digest: root.digest,
    report,
    platforms: plan.platforms,
    gate: reports,
    refusal,
  }
  if (refusal !== undefined) return { ...done, changed: report.manifests > 0 }
  for (const { tag, from } of plan.tags.moved) host.warn(`the tag '${tag}' led to ${from}`)
  const changed = report.manifests > 0 || plan.tags.written.length > 0
  if (changed) await writeTags(target.store, root, plan.tags.written, target.uri, signal)
  return { ...done, changed }
}

/** A config names one platform in a few hundred bytes; one of this size does not. */
const largestConfig = 8 * 1024 * 1024

/** The platforms of an index, or the one that an image's config names. */
async function platformsOf(layout: ContentSource, root: Manifest, signal: AbortSignal): Promise<readonly string[]> {
  if (root.children.length > 0) return runnable(root).flatMap(({ platform }) => (platform === '' ? [] : [platform]))
  const [config] = root.blobs
  if (config === undefined || config.size > largestConfig) return []
  const chunks: Uint8Array[] = []
  for await (const chunk of await layout.blob(config, signal)) chunks.push(chunk)
  let read: unknown
  try {
    read = JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch (error) {
    throw new UserError(`the config of ${root.digest} is not JSON`, { cause: error })
  }
  const { os, architecture, variant } = (read ?? {}) as Record<string, unknown>
  const parts = [os, architecture, variant].filter((part): part is string => typeof part === 'string' && part !== '')
  return parts.length < 2 ? [] : [parts.join('/')]
}
