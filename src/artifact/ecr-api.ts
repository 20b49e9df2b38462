import type { ECRClient, Repository } from '@aws-sdk/client-ecr'
import { UserError } from '../action/errors.ts'
import type { Host } from '../action/host.ts'
import { awsCode, calling } from '../aws/errors.ts'
import type { Aws } from '../aws/session.ts'

/** What of ECR's API is used: repositories, credentials, and batch reads. */
export interface EcrApi {
  /** Undefined when there is none of that name. */
  repository(name: string, signal: AbortSignal): Promise<Repository | undefined>
  createRepository(name: string, mutability: 'MUTABLE' | 'IMMUTABLE', signal: AbortSignal): Promise<Repository>
  /** The Authorization header for the registry behind it; masked before it is used, asked for once. */
  authorization(): Promise<string>
  /** The digests that tags and digests lead to; absent ones are left out. */
  digests(repository: string, references: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, string>>
  /** The scan of one platform's image. */
  scan(repository: string, digest: string, signal: AbortSignal): Promise<ScanReport>
}

/** What a scan says; `unknown` wherever ECR does not say that it is finished. */
export interface ScanReport {
  readonly status: string
  readonly description: string
  readonly findings: readonly { readonly name: string; readonly severity: string; readonly title: string }[]
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
        return await calling(`describing the repository ${name}`, () => Promise.reject(error as Error))
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
    async digests(repositoryName, references, signal) {
      const { BatchGetImageCommand } = await sdk()
      const ecr = await client()
      const imageIds = references.map((reference) =>
        reference.startsWith('sha256:') ? { imageDigest: reference } : { imageTag: reference },
      )
      const found = new Map<string, string>()
      for (let from = 0; from < imageIds.length; from += 100) {
        const { images } = await calling(`reading images of ${repositoryName}`, () =>
          ecr.send(
            new BatchGetImageCommand({
              repositoryName,
              imageIds: imageIds.slice(from, from + 100),
              acceptedMediaTypes: [
                'application/vnd.oci.image.index.v1+json',
                'application/vnd.oci.image.manifest.v1+json',
                'application/vnd.docker.distribution.manifest.list.v2+json',
                'application/vnd.docker.distribution.manifest.v2+json',
              ],
            }),
            { abortSignal: signal },
          ),
        )
        for (const { imageId } of images ?? []) {
          if (imageId?.imageDigest === undefined) continue
          found.set(imageId.imageDigest, imageId.imageDigest)
          if (imageId.imageTag !== undefined) found.set(imageId.imageTag, imageId.imageDigest)
        }
      }
      return found
    },
    async scan(repositoryName, imageDigest, signal) {
      const { DescribeImageScanFindingsCommand } = await sdk()
      const ecr = await client()
      const findings: { name: string; severity: string; title: string }[] = []
      let nextToken: string | undefined
      let status = 'UNKNOWN'
      let description = ''
      try {
        do {
          const answer = await ecr.send(
            new DescribeImageScanFindingsCommand({ repositoryName, imageId: { imageDigest }, nextToken }),
            { abortSignal: signal },
          )
          status = answer.imageScanStatus?.status ?? 'UNKNOWN'
          description = answer.imageScanStatus?.description ?? ''
          for (const finding of answer.imageScanFindings?.findings ?? []) {
            findings.push({
              name: finding.name ?? '?',
              severity: finding.severity ?? 'UNDEFINED',
              title: finding.description ?? '',
            })
          }
          // Enhanced scanning leaves `findings` empty and puts its results here.
          for (const finding of answer.imageScanFindings?.enhancedFindings ?? []) {
            findings.push({
              name: finding.packageVulnerabilityDetails?.vulnerabilityId ?? finding.title ?? '?',
              severity: finding.severity ?? 'UNDEFINED',
              title: finding.title ?? '',
            })
          }
          nextToken = answer.nextToken
        } while (nextToken !== undefined && findings.length < 10_000)
      } catch (error) {
        if (awsCode(error) !== 'ScanNotFoundException')
          return await calling(`reading the scan of ${imageDigest}`, () => Promise.reject(error as Error))
        status = 'NOT_FOUND'
      }
      return { status, description, findings }
    },
  }
}
