import { withTimeout } from '../action/cancel.ts'
import type { ActionResult, Context } from '../action/define.ts'
import { InputError, messageOf, UserError } from '../action/errors.ts'
import { type AwsOptions, awsSession } from '../aws/session.ts'
import { artifactSummary } from './artifact-report.ts'
import { ecrApi } from './ecr-api.ts'
import { ecrHost, type ImageReference, parseImageReference } from './image-reference.ts'
import { promote } from './promote.ts'
import { registryRepository } from './registry-client.ts'
import { openRepository } from './repository.ts'
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
  const region = request.source.region ?? ecrHost(reference.host)?.region
  const from = awsSession({ ...request.source, region })
  const to = awsSession(request.destination)
  try {
    return await withTimeout(request.timeoutMs, clock, context.signal, async (signal) => {
      const inTime = { host, clock, signal }
      const sourceApi = ecrApi(from, host)
      const targetApi = ecrApi(to, host)
      const target = await openRepository(request.to, targetApi, request, inTime)
      if (target === undefined) return { outcome: 'succeeded', outputs: {} }
      const source = registryRepository({
        host: reference.host,
        repository: reference.repository,
        authorization: () => sourceApi.authorization(),
        clock,
      })
      const done = await promote({ ...request, source: reference }, source, sourceApi, target, targetApi, inTime)
      const outcome = done.changed ? 'succeeded' : 'unchanged'
      const image = `${target.uri}@${done.digest}`
      const tags = request.tags.join(',')
      if (!request.dryRun && done.changed)
        host.info(`${image} is there, ${done.report.mounted} blobs mounted, ${done.report.blobs} streamed`)
      return {
        outcome,
        outputs: {
          image,
          digest: done.digest,
          tags,
          'copied-manifests': String(done.report.manifests),
          'copied-blobs': String(done.report.blobs),
          'mounted-blobs': String(done.report.mounted),
          bytes: String(done.report.bytes),
        },
        detail: {
          image,
          digest: done.digest,
          from: request.image,
          tags: [...request.tags],
          moved: { ...done.report },
          dryRun: request.dryRun,
        },
        summary: artifactSummary(
          `${reference.repository} → ${target.name}: ${outcome}`,
          { image: `\`${image}\``, from: `\`${request.image}\``, tags },
          done.report,
          done.gate,
        ),
      }
    })
  } finally {
    from.close()
    to.close()
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
