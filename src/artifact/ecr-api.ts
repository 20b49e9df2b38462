import type { ECRClient, ListImageReferrersCommandInput, Repository } from '@aws-sdk/client-ecr'
import { UserError } from '../action/errors.ts'
import type { Host } from '../action/host.ts'
import { awsCode, awsFailure, calling } from '../aws/errors.ts'
import type { Aws } from '../aws/session.ts'
import { manifestTypes } from './manifest.ts'
import { readScan, type ScanReport } from './scan-report.ts'

/** What of ECR's API is used: repositories, credentials, and batch reads. */
export interface EcrApi {
  /** Undefined when there is none of that name. */
  repository(name: string, signal: AbortSignal): Promise<Repository | undefined>
  createRepository(name: string, mutability: 'MUTABLE' | 'IMMUTABLE', signal: AbortSignal): Promise<Repository>
  /** The Authorization header for the registry behind it; masked before it is used, asked for once. */
  authorization(): Promise<string>
  /** Manifests by tag or digest; absent ones are left out. @throws UserError when one is there and cannot be read */
  images(repository: EcrRepository, references: readonly string[], signal: AbortSignal): Promise<readonly EcrImage[]>
  /** Those of the blobs that can be used. */
  layers(repository: EcrRepository, digests: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>>
  /** Digests of what refers to an image. @throws UserError when one of them is archived, and so cannot be read */
  referrers(repository: EcrRepository, digest: string, signal: AbortSignal): Promise<readonly string[]>
  /** Writes a manifest, under a tag if one is given; one that is there already is success. Returns the digest that ECR confirms. */
  putImage(
    repository: EcrRepository,
    image: Omit<EcrImage, 'tag'>,
    tag: string | undefined,
    signal: AbortSignal,
  ): Promise<string>
  /** The scan of one platform's image. */
  scan(repository: EcrRepository, digest: string, signal: AbortSignal): Promise<ScanReport>
}

/** A repository in the caller's registry, or in another account's. */
export interface EcrRepository {
  readonly name: string
  readonly registryId?: string | undefined
}

/** A manifest as ECR keeps it. */
export interface EcrImage {
  readonly digest: string
  /** The tag that it was asked for by. */
  readonly tag: string | undefined
  readonly manifest: string
  readonly mediaType: string | undefined
}

const mostReferrers = 2_000

/** ECR takes at most 100 at once. */
function* batches(all: readonly string[]): Generator<string[]> {
  const unique = [...new Set(all)]
  for (let from = 0; from < unique.length; from += 100) yield unique.slice(from, from + 100)
}

export function ecrApi(aws: Aws, host: Host): EcrApi {
  const sdk = () => import('@aws-sdk/client-ecr')
  const client = (): Promise<ECRClient> => aws.ecr()
  let token: Promise<string> | undefined
  return {
    async repository(name, signal) {
      const { DescribeRepositoriesCommand } = await sdk()
      const ecr = await client()
      try {
        return (await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [name] }), { abortSignal: signal }))
          .repositories?.[0]
      } catch (error) {
        if (awsCode(error) === 'RepositoryNotFoundException') return undefined
        throw awsFailure(`describing the repository ${name}`, error)
      }
    },
    async createRepository(repositoryName, imageTagMutability, signal) {
      const { CreateRepositoryCommand } = await sdk()
      const ecr = await client()
      const { repository } = await calling(`creating the repository ${repositoryName}`, () =>
        ecr.send(
          new CreateRepositoryCommand({
            repositoryName,
            imageTagMutability,
            imageScanningConfiguration: { scanOnPush: true },
          }),
          { abortSignal: signal },
        ),
      )
      if (repository === undefined) throw new UserError(`ECR made no repository ${repositoryName}`)
      return repository
    },
    authorization() {
      token ??= (async () => {
        const { GetAuthorizationTokenCommand } = await sdk()
        const ecr = await client()
        const answer = await calling('asking ECR for a registry token', () =>
          ecr.send(new GetAuthorizationTokenCommand({})),
        )
        const basic = answer.authorizationData?.[0]?.authorizationToken
        if (basic === undefined) throw new UserError('ECR gave no registry token')
        host.mask(basic)
        host.mask(Buffer.from(basic, 'base64').toString('utf8').replace(/^AWS:/, ''))
        return `Basic ${basic}`
      })()
      return token
    },
    async images({ name, registryId }, references, signal) {
      const { BatchGetImageCommand } = await sdk()
      const ecr = await client()
      const found: EcrImage[] = []
      for (const some of batches(references)) {
        const imageIds = some.map((reference) =>
          reference.startsWith('sha256:') ? { imageDigest: reference } : { imageTag: reference },
        )
        const input = { repositoryName: name, registryId, imageIds, acceptedMediaTypes: [...manifestTypes] }
        const answer = await calling(`reading images of ${name}`, () =>
          ecr.send(new BatchGetImageCommand(input), { abortSignal: signal }),
        )
        for (const { failureCode, failureReason, imageId } of answer.failures ?? []) {
          if (failureCode === 'ImageNotFound') continue
          const what = imageId?.imageTag ?? imageId?.imageDigest ?? 'an image'
          throw new UserError(`reading ${what} of ${name}: ${failureCode}: ${failureReason ?? ''}`)
        }
        for (const { imageId, imageManifest, imageManifestMediaType } of answer.images ?? []) {
          if (imageId?.imageDigest === undefined || imageManifest === undefined) continue
          const { imageDigest: digest, imageTag: tag } = imageId
          found.push({ digest, tag, manifest: imageManifest, mediaType: imageManifestMediaType })
        }
      }
      return found
    },
    async layers({ name, registryId }, digests, signal) {
      const { BatchCheckLayerAvailabilityCommand } = await sdk()
      const ecr = await client()
      const found = new Set<string>()
      for (const layerDigests of batches(digests)) {
        const input = { repositoryName: name, registryId, layerDigests }
        const { layers } = await calling(`looking for layers in ${name}`, () =>
          ecr.send(new BatchCheckLayerAvailabilityCommand(input), { abortSignal: signal }),
        )
        for (const { layerDigest, layerAvailability } of layers ?? [])
          if (layerDigest !== undefined && layerAvailability === 'AVAILABLE') found.add(layerDigest)
      }
      return found
    },
    async referrers({ name, registryId }, imageDigest, signal) {
      const { ListImageReferrersCommand } = await sdk()
      const ecr = await client()
      const found: string[] = []
      let nextToken: string | undefined
      do {
        // By itself ECR hides what is archived: a signature that is not seen would be left behind in silence.
        const input: ListImageReferrersCommandInput = {
          repositoryName: name,
          registryId,
          subjectId: { imageDigest },
          filter: { artifactStatus: 'ANY' },
          maxResults: 50,
          nextToken,
        }
        const answer = await calling(`reading what refers to ${imageDigest} in ${name}`, () =>
          ecr.send(new ListImageReferrersCommand(input), { abortSignal: signal }),
        )
        for (const { digest, artifactType, artifactStatus } of answer.referrers ?? []) {
          if (digest === undefined) continue
          if (artifactStatus !== undefined && artifactStatus !== 'ACTIVE')
            throw new UserError(
              `${digest} (${artifactType ?? 'no type'}), which refers to ${imageDigest} in ${name}, is ${artifactStatus}: restore it, or set include-referrers to false`,
            )
          found.push(digest)
        }
        nextToken = answer.nextToken
      } while (nextToken !== undefined && found.length < mostReferrers)
      if (nextToken !== undefined) throw new UserError(`more than ${mostReferrers} artifacts refer to ${imageDigest}`)
      return found
    },
    async putImage({ name, registryId }, image, imageTag, signal) {
      const { PutImageCommand } = await sdk()
      const ecr = await client()
      const input = {
        repositoryName: name,
        registryId,
        imageManifest: image.manifest,
        imageManifestMediaType: image.mediaType,
        imageTag,
        // ECR compares: bytes that changed on the way are refused.
        imageDigest: image.digest,
      }
      try {
        const answer = await ecr.send(new PutImageCommand(input), { abortSignal: signal })
        return answer.image?.imageId?.imageDigest ?? ''
      } catch (error) {
        if (awsCode(error) === 'ImageAlreadyExistsException') return image.digest
        throw awsFailure(`writing ${imageTag ?? image.digest} to ${name}`, error)
      }
    },
    scan: async (repository, digest, signal) => await readScan(await client(), repository, digest, signal),
  }
}
