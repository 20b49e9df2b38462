import {
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  type ECRClient,
  PutImageScanningConfigurationCommand,
  PutRegistryScanningConfigurationCommand,
  StartImageScanCommand,
} from '@aws-sdk/client-ecr'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { image, index } from '../support/images.ts'
import { ecrClient, pushImage } from '../support/registry.ts'

const findings = [
  { name: 'CVE-2026-0001', severity: 'CRITICAL', package: 'openssl', version: '3.0.1' },
  { name: 'CVE-2026-0002', severity: 'LOW', description: 'a small thing' },
]
const vulnerable = { labels: { 'sandbox.findings': JSON.stringify(findings) } }

describe('scans of images', () => {
  let sandbox: Sandbox
  let ecr: ECRClient
  beforeEach(async () => {
    sandbox = await startCheckedSandbox({ speed: 0 })
    ecr = ecrClient(sandbox)
  })
  afterEach(async () => {
    ecr.destroy()
    await sandbox.close()
  })
  const scan = (repositoryName: string, imageTag: string, rest: { maxResults?: number; nextToken?: string } = {}) =>
    ecr.send(new DescribeImageScanFindingsCommand({ repositoryName, imageId: { imageTag }, ...rest }))

  test('begin when they are asked for, take a while, and tell what the image’s label says', async () => {
    const { digest } = await pushImage(sandbox, 'web:1', vulnerable)
    const start = new StartImageScanCommand({ repositoryName: 'web', imageId: { imageTag: '1' } })
    await expect(scan('web', '1')).rejects.toMatchObject({ name: 'ScanNotFoundException' })
    expect((await ecr.send(start)).imageScanStatus?.status).toBe('IN_PROGRESS')
    const running = await scan('web', '1')
    expect([running.imageScanStatus?.status, running.imageScanFindings]).toEqual(['IN_PROGRESS', undefined])
    await sandbox.clock.advance(8_000)
    expect(await scan('web', '1')).toMatchObject({
      imageId: { imageDigest: digest, imageTag: '1' },
      imageScanStatus: { status: 'COMPLETE' },
      imageScanFindings: {
        findingSeverityCounts: { CRITICAL: 1, LOW: 1 },
        findings: [
          {
            name: 'CVE-2026-0001',
            severity: 'CRITICAL',
            attributes: [
              { key: 'package_name', value: 'openssl' },
              { key: 'package_version', value: '3.0.1' },
            ],
          },
          { name: 'CVE-2026-0002', severity: 'LOW' },
        ],
      },
    })
    const first = await scan('web', '1', { maxResults: 1 })
    const second = await scan('web', '1', { maxResults: 1, ...(first.nextToken ? { nextToken: first.nextToken } : {}) })
    expect(second.imageScanFindings?.findings?.map(({ name }) => name)).toEqual(['CVE-2026-0002'])
    const { imageDetails } = await ecr.send(new DescribeImagesCommand({ repositoryName: 'web' }))
    expect(imageDetails?.[0]).toMatchObject({
      imageScanStatus: { status: 'COMPLETE' },
      imageScanFindingsSummary: { findingSeverityCounts: { CRITICAL: 1, LOW: 1 } },
    })
    await expect(ecr.send(start)).rejects.toMatchObject({ name: 'LimitExceededException' })
    await sandbox.clock.advance(24 * 60 * 60 * 1_000)
    await ecr.send(start)
  })

  test('begin by themselves on a push into a repository that asks for it', async () => {
    await pushImage(sandbox, 'web:0')
    await ecr.send(
      new PutImageScanningConfigurationCommand({
        repositoryName: 'web',
        imageScanningConfiguration: { scanOnPush: true },
      }),
    )
    await pushImage(sandbox, 'web:1', vulnerable)
    expect((await scan('web', '1')).imageScanStatus?.status).toBe('IN_PROGRESS')
    await expect(scan('web', '0')).rejects.toMatchObject({ name: 'ScanNotFoundException' })
  })

  test('are refused for an index, and fail for an attestation', async () => {
    const built = index([image()], { attestations: true })
    await pushImage(sandbox, 'multi:1', built)
    const start = (imageDigest: string) =>
      ecr.send(new StartImageScanCommand({ repositoryName: 'multi', imageId: { imageDigest } }))
    await expect(start(built.digest)).rejects.toMatchObject({
      name: 'UnsupportedImageTypeException',
      message: expect.stringContaining("'application/vnd.oci.image.index.v1+json' cannot be scanned"),
    })
    const attestation = built.children[1]?.digest ?? ''
    await start(attestation)
    await sandbox.clock.advance(8_000)
    const found = await ecr.send(
      new DescribeImageScanFindingsCommand({ repositoryName: 'multi', imageId: { imageDigest: attestation } }),
    )
    expect(found.imageScanStatus).toMatchObject({
      status: 'FAILED',
      description: expect.stringContaining('UnsupportedImageError'),
    })
  })

  test('are enhanced when the registry says so: always ACTIVE, and the findings are elsewhere', async () => {
    await ecr.send(
      new PutRegistryScanningConfigurationCommand({
        scanType: 'ENHANCED',
        rules: [
          { scanFrequency: 'CONTINUOUS_SCAN', repositoryFilters: [{ filter: 'prod/*', filterType: 'WILDCARD' }] },
        ],
      }),
    )
    await pushImage(sandbox, 'prod/web:1', vulnerable)
    await pushImage(sandbox, 'dev/web:1', vulnerable)
    expect((await scan('prod/web', '1')).imageScanStatus?.status).toBe('PENDING')
    await sandbox.clock.advance(8_000)
    expect(await scan('prod/web', '1')).toMatchObject({
      imageScanStatus: { status: 'ACTIVE' },
      imageScanFindings: {
        findings: [],
        findingSeverityCounts: { CRITICAL: 1, LOW: 1 },
        enhancedFindings: [
          { severity: 'CRITICAL', packageVulnerabilityDetails: { vulnerabilityId: 'CVE-2026-0001' } },
          { severity: 'LOW' },
        ],
      },
    })
    await expect(scan('dev/web', '1')).rejects.toMatchObject({ name: 'ScanNotFoundException' })
    await expect(
      ecr.send(new StartImageScanCommand({ repositoryName: 'prod/web', imageId: { imageTag: '1' } })),
    ).rejects.toMatchObject({ name: 'ValidationException' })
  })

  test.each(['FAILED', 'UNSUPPORTED_IMAGE', 'LIMIT_EXCEEDED'])('end as %s when the image says so', async (status) => {
    await pushImage(sandbox, 'web:1', { labels: { 'sandbox.scan-status': status, 'sandbox.scan-seconds': '3' } })
    await ecr.send(new StartImageScanCommand({ repositoryName: 'web', imageId: { imageTag: '1' } }))
    await sandbox.clock.advance(3_000)
    const found = await scan('web', '1')
    expect([found.imageScanStatus?.status, found.imageScanFindings]).toEqual([status, undefined])
  })
})
