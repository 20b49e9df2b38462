import { withTimeout } from '../action/cancel.ts'
import type { ActionResult, Context } from '../action/define.ts'
import type { Aws } from '../aws/session.ts'
import { artifactSummary, scansOf } from './artifact-report.ts'
import { type BuilderName, type BuildRequest, findBuilder, withBuild } from './builders.ts'
import { ecrApi } from './ecr-api.ts'
import { openOciLayout } from './oci-layout.ts'
import { type Pushed, planPush, pushLayout } from './push.ts'
import { type ArtifactRepository, openRepository } from './repository.ts'
import type { GateLevel } from './scan-gate.ts'

/** One image to build and push. */
export interface BuildPushRequest {
  readonly repository: string
  readonly tags: readonly string[]
  /** A finished image; nothing is built then. */
  readonly layout: string | undefined
  readonly builder: BuilderName | 'auto'
  readonly build: BuildRequest
  readonly create: boolean
  readonly mutability: 'MUTABLE' | 'IMMUTABLE'
  readonly gate: GateLevel
  readonly timeoutMs: number
  readonly dryRun: boolean
}

type BuildPushOutputs = Readonly<
  Record<'image' | 'digest' | 'tags' | 'repository-uri' | 'platforms', { description: string }>
>

/** Builds or opens the image and pushes it. @throws UserError */
export async function buildAndPush(
  request: BuildPushRequest,
  aws: Aws,
  context: Context,
): Promise<ActionResult<BuildPushOutputs>> {
  const { host, clock, env } = context
  return await withTimeout(request.timeoutMs, clock, context.signal, async (signal) => {
    const inTime = { host, clock, signal }
    const api = ecrApi(aws, host)
    const target = await openRepository(request.repository, api, request, inTime)
    if (request.dryRun || target === undefined) return await planned(request, target, env, inTime)
    const push = async (path: string): Promise<Pushed> => {
      const layout = await openOciLayout(path, signal, request.tags[0])
      try {
        return await pushLayout(layout, target, request.tags, request.gate, api, inTime)
      } finally {
        await layout.close()
      }
    }
    const builder = request.layout === undefined ? await findBuilder(request.builder, env, signal) : undefined
    const pushed =
      builder === undefined
        ? await push(request.layout as string)
        : await withBuild(builder, request.build, host, env, signal, push)
    if (pushed.refusal === undefined)
      host.info(pushed.changed ? `${pushed.image} is pushed` : `${pushed.image} was there already, with its tags`)
    return ended(request, target, pushed, builder)
  })
}

async function planned(
  request: BuildPushRequest,
  target: ArtifactRepository | undefined,
  env: NodeJS.ProcessEnv,
  { host, signal }: Pick<Context, 'host' | 'signal'>,
): Promise<ActionResult<BuildPushOutputs>> {
  const uri = target?.uri ?? request.repository
  const tags = request.tags.join(', ') || 'no tags'
  const outputs = { 'repository-uri': target?.uri ?? '' }
  const title = `${target?.name ?? request.repository}: dry run`
  if (request.layout === undefined) {
    const builder = await findBuilder(request.builder, env, signal)
    host.info(`would build ${request.build.context} with ${builder} and push it to ${uri} as ${tags}`)
    const rows = { repository: uri, tags, 'would be made by': builder }
    return { outcome: 'succeeded', outputs, summary: artifactSummary(title, rows, undefined, []) }
  }
  const layout = await openOciLayout(request.layout, signal, request.tags[0])
  try {
    const { digest } = layout.root
    if (target === undefined) {
      host.info(`would push ${digest} to ${uri} as ${tags}`)
      return { outcome: 'succeeded', outputs: { ...outputs, digest } }
    }
    const { content, tags: plan, platforms } = await planPush(layout, target, request.tags, signal)
    const changes = content.manifests.length > 0 || plan.written.length > 0
    host.info(
      changes
        ? `would push ${digest} to ${uri}: ${content.manifests.length} manifests, ${content.blobs.length} blobs (${content.bytes} bytes), the tags ${plan.written.join(', ') || 'none'}`
        : `would change nothing: ${uri} has ${digest} with its tags`,
    )
    const report = {
      would: true,
      manifests: content.manifests.length,
      blobs: content.blobs.length,
      mounted: 0,
      bytes: content.bytes,
    }
    const rows = { repository: uri, digest, tags, platforms: platforms.join(', ') }
    return {
      outcome: changes ? 'succeeded' : 'unchanged',
      outputs: { ...outputs, digest, platforms: platforms.join(',') },
      summary: artifactSummary(title, rows, report, []),
    }
  } finally {
    await layout.close()
  }
}

function ended(
  request: BuildPushRequest,
  target: ArtifactRepository,
  pushed: Pushed,
  builder: BuilderName | undefined,
): ActionResult<BuildPushOutputs> {
  const { refusal } = pushed
  const outcome = refusal !== undefined ? 'blocked' : pushed.changed ? 'succeeded' : 'unchanged'
  const tags = request.tags.join(',')
  const rows = {
    image: `\`${pushed.image}\``,
    tags,
    platforms: pushed.platforms.join(', '),
    'made by': builder ?? 'a finished OCI layout',
    'refused because': refusal ?? '',
  }
  return {
    outcome,
    ...(refusal === undefined ? {} : { reason: refusal }),
    outputs: {
      // What the gate refused is in the repository, without a tag; nothing downstream should take it for an artifact.
      ...(refusal === undefined ? { image: pushed.image, tags } : {}),
      digest: pushed.digest,
      'repository-uri': target.uri,
      platforms: pushed.platforms.join(','),
    },
    detail: {
      image: pushed.image,
      digest: pushed.digest,
      tags: [...request.tags],
      repository: target.uri,
      platforms: [...pushed.platforms],
      builder: builder ?? null,
      createdRepository: target.created,
      moved: { ...pushed.report },
      scans: scansOf(pushed.gate),
    },
    summary: artifactSummary(`${target.name}: ${outcome}`, rows, pushed.report, pushed.gate),
  }
}
