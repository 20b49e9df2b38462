import type { Context } from '../action/define.ts'
import { UserError } from '../action/errors.ts'
import { type CopyReport, copyClosure, readClosure } from './copy.ts'
import type { EcrApi } from './ecr-api.ts'
import { type GateReport, runnable, scanGate } from './gate.ts'
import type { OciLayout } from './oci-layout.ts'
import type { ArtifactRepository } from './repository.ts'
import type { GateLevel } from './scan-gate.ts'
import { planTags } from './tags.ts'

/** An image as the registry has it now. */
export interface Pushed {
  readonly image: string
  readonly digest: string
  readonly changed: boolean
  readonly report: CopyReport
  readonly platforms: readonly string[]
  readonly gate: readonly GateReport[]
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
  const closure = await readClosure(layout, layout.root.digest, false, signal)
  const { digest } = closure.root
  const found = await api.digests(target.name, [digest, ...tags], signal)
  const plan = planTags(tags, digest, found, !target.immutable, target.uri)
  const there = found.has(digest)
  const nothing = { manifests: 0, blobs: 0, mounted: 0, bytes: 0 }
  const report = there ? nothing : await copyClosure(closure, layout, target.store, undefined, host, signal)
  if (!there) host.info(`pushed ${report.blobs} blobs and ${report.manifests} manifests, ${report.bytes} bytes`)
  const gate = await scanGate(api, target.name, closure.root, level, context)
  for (const { tag, from } of plan.moved) host.warn(`the tag '${tag}' led to ${from}`)
  for (const tag of plan.written) {
    const confirmed = await target.store.putManifest(closure.root, tag, signal)
    if (confirmed !== digest) throw new UserError(`the registry took '${tag}' as ${confirmed}, not as ${digest}`)
  }
  const changed = !there || plan.written.length > 0
  if (changed) {
    const confirmed = (await api.digests(target.name, [digest], signal)).get(digest)
    if (confirmed === undefined) throw new UserError(`the registry does not confirm ${target.uri}@${digest}`)
  }
  const platforms = runnable(closure.root)
    .map(({ platform }) => platform)
    .filter((platform) => platform !== '')
  return { image: `${target.uri}@${digest}`, digest, changed, report, platforms, gate }
}
