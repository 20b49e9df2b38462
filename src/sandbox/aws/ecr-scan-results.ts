import type { RegistryGround } from '../registry/ground.ts'
import { repositoryArn } from '../registry/refusal-words.ts'
import { type StoredManifest, tagsOf } from '../registry/repository.ts'
import { isRunning } from '../registry/scan.ts'
import type { Finding, Scan } from '../registry/scan-record.ts'
import type { At } from './ecr-lookup.ts'

/** A scan as the API shows it now; undefined when there is none. */
export function shownScan({ world }: Pick<RegistryGround, 'world'>, at: At, { digest }: StoredManifest) {
  const scan = at.repository.scans.get(digest)
  if (scan === undefined) return undefined
  if (isRunning(scan, world.clock.now())) {
    const status = scan.type === 'BASIC' ? 'IN_PROGRESS' : 'PENDING'
    return { scan, running: true, imageScanStatus: { status }, summary: undefined }
  }
  const imageScanStatus = { status: scan.status, description: scan.description }
  const found = scan.status === 'COMPLETE' || scan.status === 'ACTIVE'
  return { scan, running: false, imageScanStatus, summary: found ? summary(scan) : undefined }
}

function summary({ findings, endsAt }: Scan) {
  const findingSeverityCounts: Record<string, number> = {}
  for (const { severity } of findings) findingSeverityCounts[severity] = (findingSeverityCounts[severity] ?? 0) + 1
  return {
    imageScanCompletedAt: endsAt / 1_000,
    vulnerabilitySourceUpdatedAt: endsAt / 1_000,
    findingSeverityCounts,
  }
}

/** A finding of basic scanning. */
export const basicFinding = ({ name, severity, description, package: packageName, version }: Finding) => ({
  name,
  description,
  uri: `https://nvd.nist.gov/vuln/detail/${encodeURIComponent(name)}`,
  severity,
  attributes: [
    ...(packageName === undefined ? [] : [{ key: 'package_name', value: packageName }]),
    ...(version === undefined ? [] : [{ key: 'package_version', value: version }]),
  ],
})

/** A finding of enhanced scanning, as Amazon Inspector reports it. */
export function enhancedFinding(at: At, { digest }: StoredManifest, scan: Scan, finding: Finding) {
  const { registry, repository } = at
  const seen = scan.endsAt / 1_000
  const tags = tagsOf(repository, digest)
  const named = { name: finding.package ?? 'unknown', version: finding.version ?? '0' }
  return {
    awsAccountId: registry.accountId,
    description: finding.description ?? finding.name,
    findingArn: `arn:aws:inspector2:${registry.region}:${registry.accountId}:finding/${digest.slice(7, 39)}-${finding.name}`,
    firstObservedAt: seen,
    lastObservedAt: seen,
    updatedAt: seen,
    packageVulnerabilityDetails: {
      source: 'NVD',
      vulnerabilityId: finding.name,
      vendorSeverity: finding.severity,
      vulnerablePackages: [named],
    },
    resources: [
      {
        id: `${repositoryArn(registry, repository.name)}/${digest}`,
        type: 'AWS_ECR_CONTAINER_IMAGE',
        details: {
          awsEcrContainerImage: {
            imageHash: digest,
            imageTags: tags.length === 0 ? undefined : tags,
            registry: registry.accountId,
            repositoryName: repository.name,
          },
        },
      },
    ],
    severity: finding.severity,
    status: 'ACTIVE',
    title: `${finding.name} - ${named.name}`,
    type: 'PACKAGE_VULNERABILITY',
  }
}
