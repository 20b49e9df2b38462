import { withTimeout } from '../action/cancel.ts'
import type { ActionResult, Context } from '../action/define.ts'
import type { Aws } from '../aws/session.ts'
import { artifactSummary } from './artifact-report.ts'
import { type BuilderName, type BuildRequest, findBuilder, withBuild } from './builders.ts'
import { ecrApi } from './ecr-api.ts'
import { openOciLayout } from './oci-layout.ts'
import { type Pushed, pushLayout } from './push.ts'
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
  const how =
    request.layout ?? `a build of ${request.build.context} with ${await findBuilder(request.builder, env, signal)}`
  host.info(
    `would push ${how} to ${target?.uri ?? request.repository} as ${request.tags.join(', ') || 'an untagged image'}`,
  )
  return { outcome: 'succeeded', outputs: { 'repository-uri': target?.uri ?? '' } }
}

function ended(
  request: BuildPushRequest,
  target: ArtifactRepository,
  pushed: Pushed,
  builder: BuilderName | undefined,
): ActionResult<BuildPushOutputs> {
  const outcome = pushed.changed ? 'succeeded' : 'unchanged'
  const tags = request.tags.join(',')
  const rows = {
    image: `\`${pushed.image}\``,
    tags,
    platforms: pushed.platforms.join(', '),
    'made by': builder ?? 'a finished OCI layout',
  }
  return {
    outcome,
    outputs: {
      image: pushed.image,
      digest: pushed.digest,
      tags,
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
      scans: pushed.gate.map(({ platform, digest, scan }) => ({
        platform,
        digest,
        status: scan.status,
        findings: scan.findings.length,
      })),
    },
    summary: artifactSummary(`${target.name}: ${outcome}`, rows, pushed.report, pushed.gate),
  }
}
