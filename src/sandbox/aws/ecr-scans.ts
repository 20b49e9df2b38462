import type { RegistryGround } from '../registry/ground.ts'
import type { StoredManifest } from '../registry/repository.ts'
import { scanOf } from '../registry/scan.ts'
import { imageId, imageOf } from './ecr-image-ids.ts'
import { type At, inRepositories, named, paged } from './ecr-lookup.ts'
import { basicFinding, enhancedFinding, shownScan } from './ecr-scan-results.ts'
import { AwsError, type Input, type Operation } from './service.ts'

/** An image may be scanned by hand once in this time. */
const quotaMs = 24 * 60 * 60 * 1_000

/** Scans of images, basic and enhanced. */
export const scanOperations = (ground: RegistryGround): Record<string, Operation> =>
  inRepositories(ground.registries, {
    StartImageScan(at, input) {
      const { registry, repository } = at
      const stored = imageOf(at, input['imageId'])
      const now = ground.world.clock.now()
      if (registry.scanning.scanType === 'ENHANCED')
        throw new AwsError('ValidationException', 'This feature is disabled')
      const scan = scanOf(repository, stored, 'BASIC', now)
      if (scan === undefined) {
        const type = stored.manifest.config?.mediaType ?? stored.manifest.mediaType
        const message = `An artifact with media type '${type}' cannot be scanned. For more information, see the Amazon ECR documentation.`
        throw new AwsError('UnsupportedImageTypeException', message)
      }
      const before = repository.scans.get(stored.digest)
      if (before !== undefined && now - before.startedAt < quotaMs) {
        const message = 'The scan quota per image has been exceeded. Wait and try again.'
        throw new AwsError('LimitExceededException', message)
      }
      repository.scans.set(stored.digest, scan)
      return { ...named(at), imageId: idOf(stored, input), imageScanStatus: { status: 'IN_PROGRESS' } }
    },

    DescribeImageScanFindings(at, input) {
      const stored = imageOf(at, input['imageId'])
      const shown = shownScan(ground, at, stored)
      if (shown === undefined) throw new AwsError('ScanNotFoundException', noScan(at, input))
      const { scan, imageScanStatus, summary } = shown
      const answer = { ...named(at), imageId: idOf(stored, input), imageScanStatus }
      if (summary === undefined) return answer
      const sized = { standard: 100, most: 1_000 }
      const numbered = scan.findings.map((finding, at) => ({ finding, key: String(at).padStart(6, '0') }))
      const { items, nextToken } = paged(numbered, ({ key }) => key, input, sized)
      const enhanced = scan.type === 'ENHANCED'
      const imageScanFindings = {
        ...summary,
        findings: enhanced ? [] : items.map(({ finding }) => basicFinding(finding)),
        enhancedFindings: enhanced ? items.map(({ finding }) => enhancedFinding(at, stored, scan, finding)) : undefined,
      }
      return { ...answer, imageScanFindings, nextToken }
    },
  })

const idOf = (stored: StoredManifest, input: Input) => ({
  imageDigest: stored.digest,
  imageTag: imageId(input['imageId']).imageTag,
})

function noScan({ registry, repository }: At, input: Input): string {
  const { imageDigest, imageTag } = imageId(input['imageId'])
  const what = `{imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'}`
  return `Image scan does not exist for the image with '${what}' in the repository with name '${repository.name}' in the registry with id '${registry.accountId}'`
}
