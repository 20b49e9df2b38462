import { withTimeout } from '../action/cancel.ts'
import type { ActionResult, Context } from '../action/define.ts'
import { InputError, messageOf, UserError } from '../action/errors.ts'
import type { Log } from '../action/host.ts'
import { ecrHost } from '../aws/ecr-host.ts'
import { type AwsOptions, awsSession } from '../aws/session.ts'
import { artifactSummary, scansOf } from './artifact-report.ts'
import { ecrApi } from './ecr-api.ts'
import { type ImageReference, parseImageReference } from './image-reference.ts'
import { type Promotion, promote } from './promote.ts'
import { type ArtifactRepository, openRepository, sourceRepository } from './repository.ts'
import type { GateLevel } from './scan-gate.ts'

/** One promotion as it was asked for. */
export interface PromoteArtifactRequest {
  readonly image: string
  readonly to: string
  readonly tags: readonly string[]
  readonly create: boolean
  readonly mutability: 'MUTABLE' | 'IMMUTABLE'
  readonly includeReferrers: boolean
  readonly moveTags: boolean
  readonly gate: GateLevel
  readonly timeoutMs: number
  readonly source: AwsOptions
  readonly destination: AwsOptions
  readonly dryRun: boolean
}

type PromotionOutputs = Readonly<
  Record<
    'image' | 'digest' | 'tags' | 'copied-manifests' | 'copied-blobs' | 'mounted-blobs' | 'bytes',
    { description: string }
  >
>

/** Opens both ends with their own identities and promotes. @throws InputError, UserError */
export async function promoteArtifact(
  request: PromoteArtifactRequest,
  context: Pick<Context, 'host' | 'clock' | 'signal'>,
): Promise<ActionResult<PromotionOutputs>> {
  const reference = sourceReference(request.image)
  const { host, clock } = context
  // An ECR host says where it is, whatever region the step runs in.
  const region = ecrHost(reference.host)?.region ?? request.source.region
  const from = awsSession({ ...request.source, region })
  const to = awsSession(request.destination)
  try {
    return await withTimeout(request.timeoutMs, clock, context.signal, async (signal) => {
      const inTime = { host, clock, signal }
      const sourceApi = ecrApi(from, host)
      const targetApi = ecrApi(to, host)
      const target = await openRepository(request.to, targetApi, request, inTime)
      if (target === undefined) return { outcome: 'succeeded', outputs: {} }
      const source = sourceRepository(reference, sourceApi, inTime)
      const done = await promote({ ...request, source: reference }, source, sourceApi, target, inTime)
      return ended(request, reference, target, done, host)
    })
  } finally {
    from.close()
    to.close()
  }
}

function ended(
  request: PromoteArtifactRequest,
  reference: ImageReference,
  target: ArtifactRepository,
  { digest, changed, report, plan, tags, gate, refusal }: Promotion,
  log: Log,
): ActionResult<PromotionOutputs> {
  const outcome = refusal !== undefined ? 'blocked' : changed ? 'succeeded' : 'unchanged'
  const image = `${target.uri}@${digest}`
  if (refusal === undefined && changed && !request.dryRun)
    log.info(`${image} is there: ${report.mounted} blobs mounted, ${report.blobs} streamed`)
  const there = refusal === undefined && (!request.dryRun || !changed)
  return {
    outcome,
    ...(refusal === undefined ? {} : { reason: refusal }),
    outputs: {
      ...(there ? { image, tags: request.tags.join(',') } : {}),
      digest,
      'copied-manifests': String(report.manifests),
      'copied-blobs': String(report.blobs),
      'mounted-blobs': String(report.mounted),
      bytes: String(report.bytes),
    },
    detail: {
      image,
      digest,
      from: request.image,
      tags: { kept: [...tags.kept], written: [...tags.written], moved: tags.moved.map((move) => ({ ...move })) },
      missing: {
        manifests: plan?.manifests.map((manifest) => manifest.digest) ?? [],
        blobs: plan?.blobs.length ?? 0,
        bytes: plan?.bytes ?? 0,
      },
      moved: { ...report },
      scans: scansOf(gate),
      dryRun: request.dryRun,
    },
    summary: artifactSummary(
      `${reference.repository} → ${target.name}: ${request.dryRun && changed ? 'would change' : outcome}`,
      {
        image: `\`${image}\``,
        from: `\`${request.image}\``,
        tags: request.tags.join(', '),
        'tags moved': tags.moved.map(({ tag, from }) => `${tag} (led to ${from.slice(0, 19)}…)`).join(', '),
        'refused because': refusal ?? '',
      },
      request.dryRun
        ? {
            would: true,
            manifests: plan?.manifests.length ?? 0,
            blobs: plan?.blobs.length ?? 0,
            mounted: 0,
            bytes: plan?.bytes ?? 0,
          }
        : report,
      gate,
    ),
  }
}

function sourceReference(image: string): ImageReference {
  try {
    const reference = parseImageReference(image)
    if (reference.tag === undefined && reference.digest === undefined)
      throw new UserError(`'${image}' names no tag and no digest`)
    return reference
  } catch (error) {
    if (error instanceof UserError) throw new InputError([`input 'image': ${messageOf(error)}`])
    throw error
  }
}
