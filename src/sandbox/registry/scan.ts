import { matchesWildcard } from './immutability.ts'
import { isImageConfig } from './manifest.ts'
import { imageConfig } from './pull.ts'
import type { Registry } from './registries.ts'
import type { Repository, StoredManifest } from './repository.ts'
import type { Finding, Scan } from './scan-record.ts'

const severities = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL', 'UNDEFINED']
const noSystem = 'UnsupportedImageError: The operating system and/or package manager are not supported.'

/** A scan of an image that begins now; it needs no timer, for its end is known. Undefined for what is no image. */
export function scanOf(
  repository: Repository,
  { manifest }: StoredManifest,
  type: Scan['type'],
  now: number,
): Scan | undefined {
  const { config } = manifest
  if (config === undefined || !isImageConfig(config.mediaType)) return undefined
  const labels = imageConfig(repository.blobs.get(config.digest) ?? Buffer.alloc(0))?.labels ?? {}
  const seconds = Number(labels['sandbox.scan-seconds'] ?? 8)
  const times = { type, startedAt: now, endsAt: now + (seconds >= 0 ? seconds : 8) * 1_000 }
  const findings = readFindings(labels['sandbox.findings'])
  const foreign = manifest.layers.some(
    ({ mediaType }) => !mediaType.includes('.layer.') && !mediaType.includes('.rootfs.'),
  )
  if (foreign) {
    return { ...times, status: type === 'BASIC' ? 'FAILED' : 'UNSUPPORTED_IMAGE', description: noSystem, findings: [] }
  }
  if (findings === undefined) {
    const description = 'The label sandbox.findings is not a JSON list of {name, severity}'
    return { ...times, status: 'FAILED', description, findings: [] }
  }
  const asked = labels['sandbox.scan-status']
  const done = type === 'BASIC' ? 'COMPLETE' : 'ACTIVE'
  const words = type === 'BASIC' ? 'The scan was completed successfully.' : 'Continuous scan is selected for image.'
  const ended = asked === undefined || asked === done
  return {
    ...times,
    status: asked ?? done,
    description: ended ? words : `The scan ended as ${asked}`,
    findings: ended ? findings : [],
  }
}

/** True while the scan is under way. */
export const isRunning = (scan: Scan, now: number): boolean => now < scan.endsAt

/** True when a push into the repository begins a scan. */
export function scansOnPush({ scanning }: Registry, repository: Repository): boolean {
  const ruled = scanning.rules.some(
    ({ scanFrequency, filters }) =>
      scanFrequency !== 'MANUAL' && filters.some((filter) => matchesWildcard(filter, repository.name)),
  )
  return ruled || (scanning.scanType === 'BASIC' && repository.scanOnPush)
}

/** Begins the scan that a push calls for. */
export function scanPushed(registry: Registry, repository: Repository, stored: StoredManifest, now: number): void {
  if (repository.scans.has(stored.digest) || !scansOnPush(registry, repository)) return
  const scan = scanOf(repository, stored, registry.scanning.scanType, now)
  if (scan !== undefined) repository.scans.set(stored.digest, scan)
}

function readFindings(label: string | undefined): Finding[] | undefined {
  if (label === undefined) return []
  let json: unknown
  try {
    json = JSON.parse(label)
  } catch {
    return undefined
  }
  if (!Array.isArray(json) || json.length > 10_000) return undefined
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
  const findings = json.map((item: Record<string, unknown> | null) => ({
    name: text(item?.['name']) ?? '',
    severity: text(item?.['severity']) ?? '',
    description: text(item?.['description']),
    package: text(item?.['package']),
    version: text(item?.['version']),
  }))
  return findings.every(({ name, severity }) => name !== '' && severities.includes(severity)) ? findings : undefined
}
