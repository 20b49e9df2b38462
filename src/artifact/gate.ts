import type { Context } from '../action/define.ts'
import { poll } from '../action/poll.ts'
import type { EcrApi, EcrRepository } from './ecr-api.ts'
import { type Descriptor, isAttestation, type Manifest, platformName } from './manifest.ts'
import { type GateLevel, scanVerdict } from './scan-gate.ts'
import type { ScanReport } from './scan-report.ts'

/** What the gate saw of one platform's image. */
export interface GateReport {
  readonly platform: string
  readonly digest: string
  readonly scan: ScanReport
  readonly verdict: 'pass' | 'refuse'
}

/** The images that run: an index's platforms without its attestations, or the image itself. */
export const runnable = (root: Manifest): readonly { readonly digest: string; readonly platform: string }[] =>
  root.children.length === 0
    ? [{ digest: root.digest, platform: '' }]
    : root.children
        .filter((child: Descriptor) => !isAttestation(child))
        .map((child) => ({ digest: child.digest, platform: platformName(child) }))

/** What the gate says of the image as a whole. */
export interface GateDecision {
  readonly reports: readonly GateReport[]
  /** Why it may not pass; undefined when it may. */
  readonly refusal: string | undefined
}

/** Waits for the scans of every platform and holds each to the level. */
export async function scanGate(
  api: EcrApi,
  repository: EcrRepository,
  root: Manifest,
  level: GateLevel,
  { host, clock, signal }: Pick<Context, 'host' | 'clock' | 'signal'>,
): Promise<GateDecision> {
  if (level === 'off') return { reports: [], refusal: undefined }
  const images = runnable(root)
  if (images.length === 0)
    return { reports: [], refusal: `scan gate: ${root.digest} has no platform that could be scanned` }
  const reports: GateReport[] = []
  const refusals: string[] = []
  const began = clock.now()
  for (const { digest, platform } of images) {
    const name = platform === '' ? digest : platform
    let said = ''
    for await (const scan of poll(() => api.scan(repository, digest, signal), { clock, signal, intervalMs: 5_000 })) {
      const verdict = scanVerdict(scan, level, clock.now() - began)
      if (verdict.kind === 'wait') {
        if (said !== scan.status) host.info(`waiting for the scan of ${name}: ${scan.status}`)
        said = scan.status
        continue
      }
      reports.push({ platform, digest, scan, verdict: verdict.kind })
      if (verdict.kind === 'refuse') refusals.push(`scan gate: ${name}: ${verdict.reason}`)
      break
    }
  }
  return { reports, refusal: refusals.length === 0 ? undefined : refusals.join('\n') }
}
