import type { CopyReport } from './copy.ts'
import type { GateReport } from './gate.ts'

const size = (bytes: number): string =>
  bytes < 1_000
    ? `${bytes} B`
    : bytes < 1_000_000
      ? `${(bytes / 1_000).toFixed(1)} kB`
      : `${(bytes / 1_000_000).toFixed(1)} MB`

/** The Markdown summary of a push or a promotion. */
export function artifactSummary(
  title: string,
  rows: Readonly<Record<string, string>>,
  report: CopyReport | undefined,
  gate: readonly GateReport[],
): string {
  const lines = [`### ${title}`, '', '| | |', '| --- | --- |']
  for (const [name, value] of Object.entries(rows))
    if (value !== '') lines.push(`| ${name} | ${value.replaceAll('|', '\\|')} |`)
  if (report !== undefined) {
    lines.push(
      `| moved | ${report.manifests} manifests, ${report.blobs} blobs streamed (${size(report.bytes)}), ${report.mounted} mounted |`,
    )
  }
  for (const { platform, digest, scan } of gate) {
    const counts = new Map<string, number>()
    for (const { severity } of scan.findings) counts.set(severity, (counts.get(severity) ?? 0) + 1)
    const found = [...counts].map(([severity, count]) => `${count} ${severity.toLowerCase()}`).join(', ') || 'nothing'
    lines.push(`| scan ${platform || digest.slice(0, 19)} | ${scan.status}: ${found} |`)
  }
  return lines.join('\n')
}
