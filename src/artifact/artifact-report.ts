import type { JsonObject } from '../action/host.ts'
import type { CopyReport } from './copy.ts'
import type { GateReport } from './gate.ts'

const size = (bytes: number): string =>
  bytes < 1_000
    ? `${bytes} B`
    : bytes < 1_000_000
      ? `${(bytes / 1_000).toFixed(1)} kB`
      : `${(bytes / 1_000_000).toFixed(1)} MB`

const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL']
const mostFindings = 20

/** A cell of a table: what a registry or a scanner says may hold neither a column nor markup. */
const cell = (text: string): string =>
  text
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')

/** The Markdown summary of a push or a promotion. */
export function artifactSummary(
  title: string,
  rows: Readonly<Record<string, string>>,
  report: (CopyReport & { readonly would?: boolean }) | undefined,
  gate: readonly GateReport[],
): string {
  const lines = [`### ${title}`, '', '| | |', '| --- | --- |']
  for (const [name, value] of Object.entries(rows)) if (value !== '') lines.push(`| ${name} | ${cell(value)} |`)
  if (report !== undefined) {
    const moved = `${report.manifests} manifests, ${report.blobs} blobs streamed (${size(report.bytes)}), ${report.mounted} mounted`
    const missing = `${report.manifests} manifests, ${report.blobs} blobs (${size(report.bytes)})`
    lines.push(report.would ? `| to move | ${missing} |` : `| moved | ${moved} |`)
  }
  return [...lines, ...scanTable(gate)].join('\n')
}

function scanTable(gate: readonly GateReport[]): readonly string[] {
  if (gate.length === 0) return []
  const heads = severities.map((name) => name.toLowerCase())
  const lines = [
    '',
    `| scan | verdict | status | ${heads.join(' | ')} | other |`,
    `| --- | --- | --- |${' --- |'.repeat(6)}`,
  ]
  for (const { platform, digest, scan, verdict } of gate) {
    const count = (severity: string): number => scan.findings.filter((finding) => finding.severity === severity).length
    const counts = severities.map(count)
    const other = scan.findings.length - counts.reduce((total, some) => total + some, 0)
    const name = platform === '' ? `\`${digest.slice(0, 19)}\`` : cell(platform)
    lines.push(`| ${name} | ${verdict} | ${cell(scan.status)} | ${[...counts, other].join(' | ')} |`)
  }
  const grade = (severity: string): number => severities.indexOf(severity)
  const worst = gate
    .flatMap(({ platform, scan }) => scan.findings.map((finding) => ({ ...finding, platform })))
    .toSorted((a, b) => grade(a.severity) - grade(b.severity))
  if (worst.length === 0) return lines
  lines.push('', '| finding | severity | platform | |', '| --- | --- | --- | --- |')
  for (const { name, severity, platform, title } of worst.slice(0, mostFindings))
    lines.push(`| ${cell(name)} | ${cell(severity)} | ${cell(platform)} | ${cell(title.slice(0, 120))} |`)
  if (worst.length > mostFindings) lines.push('', `and ${worst.length - mostFindings} more`)
  return lines
}

/** The scans for the result file. */
export const scansOf = (gate: readonly GateReport[]): readonly JsonObject[] =>
  gate.map(({ platform, digest, scan, verdict }) => ({
    platform,
    digest,
    verdict,
    status: scan.status,
    findings: scan.findings.slice(0, 1_000).map((finding) => ({ ...finding })),
  }))
