import type { ECRClient } from '@aws-sdk/client-ecr'
import { awsCode, awsFailure } from '../aws/errors.ts'
import type { EcrRepository } from './ecr-api.ts'

/** What a scan says; `unknown` wherever ECR does not say that it is finished. */
export interface ScanReport {
  readonly status: string
  readonly description: string
  readonly findings: readonly { readonly name: string; readonly severity: string; readonly title: string }[]
}

const mostFindings = 10_000

/** Reads the findings of basic and of enhanced scanning, all pages. @throws UserError when ECR refuses */
export async function readScan(
  ecr: ECRClient,
  { name: repositoryName, registryId }: EcrRepository,
  imageDigest: string,
  signal: AbortSignal,
): Promise<ScanReport> {
  const { DescribeImageScanFindingsCommand } = await import('@aws-sdk/client-ecr')
  const findings: { name: string; severity: string; title: string }[] = []
  let nextToken: string | undefined
  let status = 'UNKNOWN'
  let description = ''
  try {
    do {
      const answer = await ecr.send(
        new DescribeImageScanFindingsCommand({ repositoryName, registryId, imageId: { imageDigest }, nextToken }),
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
    } while (nextToken !== undefined && findings.length < mostFindings)
  } catch (error) {
    if (awsCode(error) !== 'ScanNotFoundException') throw awsFailure(`reading the scan of ${imageDigest}`, error)
    status = 'NOT_FOUND'
  }
  // A list that was not read to its end says nothing about the rest.
  return { status: nextToken === undefined ? status : 'TOO_MANY_FINDINGS', description, findings }
}
