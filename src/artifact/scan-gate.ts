import type { ScanReport } from './scan-report.ts'

export const gateLevels = ['off', 'low', 'medium', 'high', 'critical'] as const
export type GateLevel = (typeof gateLevels)[number]

const severities = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const
const threshold: Readonly<Record<Exclude<GateLevel, 'off'>, number>> = { low: 1, medium: 2, high: 3, critical: 4 }

/** What a gate says of one image. */
export type GateVerdict =
  | { readonly kind: 'pass' }
  /** The scan is not finished: look again. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'refuse'; readonly reason: string }

/** A scan on push begins within seconds; after this long without any there will be none. */
const unscannedAfterMs = 3 * 60_000

/** Whether an image may pass, `waitedMs` after the first look. A scan that did not finish, failed or was never made is not a pass. A severity that nobody graded counts as the worst. */
export function scanVerdict(report: ScanReport, level: Exclude<GateLevel, 'off'>, waitedMs = 0): GateVerdict {
  if (report.status === 'IN_PROGRESS' || report.status === 'PENDING') return { kind: 'wait' }
  if (report.status === 'NOT_FOUND') {
    return waitedMs < unscannedAfterMs
      ? { kind: 'wait' }
      : { kind: 'refuse', reason: 'it was never scanned: turn on scan on push, or start a scan' }
  }
  if (report.status !== 'COMPLETE' && report.status !== 'ACTIVE') {
    return {
      kind: 'refuse',
      reason: `the scan is ${report.status}${report.description === '' ? '' : `: ${report.description}`}`,
    }
  }
  const grade = (severity: string): number => {
    const at = (severities as readonly string[]).indexOf(severity)
    return at < 0 ? severities.length : at
  }
  const over = report.findings.filter(({ severity }) => grade(severity) >= threshold[level])
  if (over.length === 0) return { kind: 'pass' }
  const worst = over.toSorted((a, b) => grade(b.severity) - grade(a.severity))
  const named = worst.slice(0, 3).map(({ name, severity }) => `${name} (${severity})`)
  return {
    kind: 'refuse',
    reason: `${over.length} findings at ${level} or above: ${named.join(', ')}${over.length > 3 ? ', …' : ''}`,
  }
}
