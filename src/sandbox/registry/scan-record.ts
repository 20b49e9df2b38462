/**
 * What a scan of an image finds is told by the image's own labels:
 *
 * | label | meaning | default |
 * | --- | --- | --- |
 * | `sandbox.findings` | JSON list of `{name, severity, description?, package?, version?}` | none are found |
 * | `sandbox.scan-seconds` | how long the scan takes | 8 |
 * | `sandbox.scan-status` | the status it ends with instead (`FAILED`, `UNSUPPORTED_IMAGE`, …) | `COMPLETE`, enhanced: `ACTIVE` |
 */
export interface Scan {
  readonly type: 'BASIC' | 'ENHANCED'
  /** Sandbox time, ms since the epoch. */
  readonly startedAt: number
  readonly endsAt: number
  readonly status: string
  readonly description: string
  readonly findings: readonly Finding[]
}

export interface Finding {
  readonly name: string
  readonly severity: string
  readonly description: string | undefined
  readonly package: string | undefined
  readonly version: string | undefined
}

/** How a registry scans: by repository alone, or by its own rules. */
export interface ScanningRules {
  readonly scanType: 'BASIC' | 'ENHANCED'
  readonly rules: readonly { readonly scanFrequency: string; readonly filters: readonly string[] }[]
}
