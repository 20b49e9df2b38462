import type { Context } from '../action/define.ts'
import { UserError } from '../action/errors.ts'
import { poll } from '../action/poll.ts'
import type { EcrApi, ScanReport } from './ecr-api.ts'
import { type Descriptor, isAttestation, type Manifest, platformName } from './manifest.ts'
import { type GateLevel, scanVerdict } from './scan-gate.ts'

/** What the gate saw of one platform's image. */
export interface GateReport {
  readonly platform: string
  readonly digest: string
  readonly scan: ScanReport
}

/** The images that run: an index's platforms without its attestations, or the image itself. */
export const runnable = (root: Manifest): readonly { readonly digest: string; readonly platform: string }[] =>
  root.children.length === 0
    ? [{ digest: root.digest, platform: '' }]
    : root.children
        .filter((child: Descriptor) => !isAttestation(child))
        .map((child) => ({ digest: child.digest, platform: platformName(child) }))

/**
 * Waits for the scans of every platform and holds them to the level.
 * @throws UserError with what was found, for the first that may not pass
 */
export async function scanGate(
  api: EcrApi,
  repository: string,
  root: Manifest,
  level: GateLevel,
  { host, clock, signal }: Pick<Context, 'host' | 'clock' | 'signal'>,
): Promise<readonly GateReport[]> {
  if (level === 'off') return []
  const reports: GateReport[] = []
  for (const { digest, platform } of runnable(root)) {
    host.info(`waiting for the scan of ${digest.slice(0, 19)}${platform === '' ? '' : ` (${platform})`}`)
    for await (const scan of poll(() => api.scan(repository, digest, signal), { clock, signal, intervalMs: 5_000 })) {
      const verdict = scanVerdict(scan, level)
      if (verdict.kind === 'wait') continue
      reports.push({ platform, digest, scan })
      if (verdict.kind === 'refuse')
        throw new UserError(`scan gate: ${platform === '' ? digest : platform}: ${verdict.reason}`)
      break
    }
  }
  return reports
}
