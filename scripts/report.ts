import { marked } from 'marked'

/** One thing that was run, as a workflow would run it. */
export interface ReportStep {
  readonly title: string
  /** What it was run for, in a sentence. */
  readonly purpose: string
  readonly command: string
  /** Sandbox time, ms since the epoch. */
  readonly startedAt: number
  readonly endedAt: number
  readonly exitCode: number
  readonly outcome: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  readonly log: string
}

/** What the sandbox looked like at a moment. */
export interface ReportSample {
  readonly at: number
  /** Share of production traffic by the image digest that answers it, in percent. */
  readonly weights: Readonly<Record<string, number>>
  /** Ready and not ready pods by image digest. */
  readonly pods: Readonly<Record<string, { readonly ready: number; readonly unready: number }>>
}

export interface Report {
  readonly title: string
  readonly steps: readonly ReportStep[]
  /** Samples by environment. */
  readonly samples: Readonly<Record<string, readonly ReportSample[]>>
  /** A name for each digest that people know it by, such as `v1`. */
  readonly names: Readonly<Record<string, string>>
}

const palette = ['#4c78a8', '#f58518', '#54a24b', '#b279a2', '#e45756', '#72b7b2']

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)

const clock = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1_000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** The whole rehearsal on one page: a timeline of both platforms, then each step with its summary and log. Needs nothing from elsewhere. */
export function renderReport(report: Report): string {
  const start = Math.min(...report.steps.map((step) => step.startedAt))
  const end = Math.max(...report.steps.map((step) => step.endedAt))
  const digests = [
    ...new Set(
      Object.values(report.samples)
        .flat()
        .flatMap((sample) => [...Object.keys(sample.weights), ...Object.keys(sample.pods)]),
    ),
  ]
  const known = Object.keys(report.names)
  digests.sort((a, b) => (known.indexOf(a) + 1 || 99) - (known.indexOf(b) + 1 || 99))
  const colour = (digest: string): string => palette[digests.indexOf(digest) % palette.length] ?? '#888'
  const name = (digest: string): string => report.names[digest] ?? digest.replace('sha256:', '').slice(0, 12)

  const legend = digests
    .map(
      (digest) =>
        `<span class="key"><i style="background:${colour(digest)}"></i>${escapeHtml(name(digest))} <code>${escapeHtml(digest.slice(0, 19))}</code></span>`,
    )
    .join('')
  const lanes = Object.entries(report.samples)
    .map(([environment, samples]) => lane(environment, samples, start, end, digests, colour))
    .join('')
  const rows = report.steps
    .map(
      (step, index) =>
        `<tr><td>${index + 1}</td><td><a href="#step-${index + 1}">${escapeHtml(step.title)}</a></td><td>${badge(step.outcome)}</td><td>${clock(step.endedAt - step.startedAt)}</td><td>${escapeHtml(step.purpose)}</td></tr>`,
    )
    .join('')
  const steps = report.steps.map((step, index) => section(step, index, start)).join('')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(report.title)}</title><style>${style}</style></head><body><main>
<h1>${escapeHtml(report.title)}</h1>
<p class="lead">Every step ran from the committed bundles as a process of its own, against real wire protocols. Times are the sandbox's: ${clock(end - start)} minutes in all.</p>
<h2>Timeline</h2>
<p class="legend">${legend}</p>
<div class="chart">${stepLane(report.steps, start, end)}${lanes}${axis(start, end)}</div>
<h2>Steps</h2>
<table><thead><tr><th>#</th><th>step</th><th>outcome</th><th>took</th><th>what for</th></tr></thead><tbody>${rows}</tbody></table>
${steps}
</main></body></html>
`
}

const width = 1000
const scale = (at: number, start: number, end: number): number => ((at - start) / Math.max(1, end - start)) * width

function stepLane(steps: readonly ReportStep[], start: number, end: number): string {
  const bars = steps
    .map((step, index) => {
      const x = scale(step.startedAt, start, end)
      const w = Math.max(3, scale(step.endedAt, start, end) - x)
      const text = `${index + 1}. ${step.title}: ${step.outcome}, ${clock(step.endedAt - step.startedAt)}`
      return `<a href="#step-${index + 1}"><rect x="${x.toFixed(1)}" y="6" width="${w.toFixed(1)}" height="20" rx="3" class="bar ${tone(step.outcome)}"><title>${escapeHtml(text)}</title></rect><text x="${(x + w / 2).toFixed(1)}" y="20" class="number">${index + 1}</text></a>`
    })
    .join('')
  return row(
    'steps',
    `<svg viewBox="0 0 ${width} 32" preserveAspectRatio="none" height="32" role="img" aria-label="steps over time">${bars}</svg>`,
  )
}

function lane(
  environment: string,
  samples: readonly ReportSample[],
  start: number,
  end: number,
  digests: readonly string[],
  colour: (digest: string) => string,
): string {
  const traffic = areas(samples, start, end, digests, colour, (sample, digest) => sample.weights[digest] ?? 0, 100, 70)
  const most = Math.max(
    1,
    ...samples.map((sample) => Object.values(sample.pods).reduce((sum, pods) => sum + pods.ready, 0)),
  )
  const pods = areas(
    samples,
    start,
    end,
    digests,
    colour,
    (sample, digest) => sample.pods[digest]?.ready ?? 0,
    most,
    50,
  )
  const unready = areas(
    samples,
    start,
    end,
    digests,
    () => '#e45756',
    (sample, digest) => sample.pods[digest]?.unready ?? 0,
    most,
    50,
  )
  return (
    row(
      `${environment} · ECS traffic`,
      `<svg viewBox="0 0 ${width} 70" preserveAspectRatio="none" height="70" role="img" aria-label="share of traffic in ${escapeHtml(environment)}">${traffic}</svg>`,
    ) +
    row(
      `${environment} · Kubernetes ready pods`,
      `<svg viewBox="0 0 ${width} 50" preserveAspectRatio="none" height="50" role="img" aria-label="pods in ${escapeHtml(environment)}">${pods}<g opacity="0.35">${unready}</g></svg>`,
    )
  )
}

/** Stacked steps, one band for each digest. */
function areas(
  samples: readonly ReportSample[],
  start: number,
  end: number,
  digests: readonly string[],
  colour: (digest: string) => string,
  value: (sample: ReportSample, digest: string) => number,
  full: number,
  height: number,
): string {
  const y = (amount: number): number => height - (amount / full) * (height - 2)
  return digests
    .map((digest, index) => {
      const below = digests.slice(0, index)
      const top: string[] = []
      const bottom: string[] = []
      for (const [at, sample] of samples.entries()) {
        const base = below.reduce((sum, other) => sum + value(sample, other), 0)
        const high = base + value(sample, digest)
        const next = samples[at + 1]?.at ?? end
        for (const moment of [sample.at, next]) {
          const x = scale(moment, start, end).toFixed(1)
          top.push(`${x},${y(high).toFixed(1)}`)
          bottom.unshift(`${x},${y(base).toFixed(1)}`)
        }
      }
      const empty = samples.every((sample) => value(sample, digest) === 0)
      return empty ? '' : `<polygon points="${[...top, ...bottom].join(' ')}" fill="${colour(digest)}"/>`
    })
    .join('')
}

function axis(start: number, end: number): string {
  const marks = Array.from({ length: 6 }, (_, index) => `<span>${clock(((end - start) * index) / 5)}</span>`).join('')
  return `<div class="lane"><div class="label"></div><div class="axis">${marks}</div></div>`
}

const row = (label: string, svg: string): string =>
  `<div class="lane"><div class="label">${escapeHtml(label)}</div>${svg}</div>`

const tone = (outcome: string): string =>
  outcome === 'succeeded'
    ? 'good'
    : outcome === 'unchanged'
      ? 'same'
      : outcome === 'waiting' || outcome === 'blocked'
        ? 'wait'
        : 'bad'

const badge = (outcome: string): string => `<span class="badge ${tone(outcome)}">${escapeHtml(outcome)}</span>`

function section(step: ReportStep, index: number, start: number): string {
  const outputs = Object.entries(step.outputs)
    .map(
      ([name, value]) => `<tr><td><code>${escapeHtml(name)}</code></td><td><code>${escapeHtml(value)}</code></td></tr>`,
    )
    .join('')
  // The summaries are made by our own actions, but they quote what tools and containers print.
  const summary = marked.parse(escapeMarkdownHtml(step.summary), { async: false, gfm: true })
  return `<section id="step-${index + 1}"><h3>${index + 1}. ${escapeHtml(step.title)} ${badge(step.outcome)}</h3>
<p class="meta">at ${clock(step.startedAt - start)} · took ${clock(step.endedAt - step.startedAt)} · exit code ${step.exitCode}</p>
<pre class="command">${escapeHtml(step.command)}</pre>
<div class="summary">${summary}</div>
<details><summary>outputs</summary><table>${outputs}</table></details>
<details><summary>log</summary><pre>${escapeHtml(step.log)}</pre></details></section>`
}

const escapeMarkdownHtml = (markdown: string): string =>
  markdown.replace(/<(?!\/?(?:details|summary|br|b|sub|code|pre)\b)/g, '&lt;')

const style = `
:root{--ink:#1d2733;--dim:#5c6b7a;--line:#dde3ea;--paper:#fff;--wash:#f5f7fa}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--dim:#9aa7b4;--line:#30363d;--paper:#0d1117;--wash:#161b22}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:1180px;margin:0 auto;padding:24px}h1{margin:.2em 0}h2{margin-top:1.6em}h3{margin:0 0 .2em}
.lead,.meta{color:var(--dim)}.legend{display:flex;flex-wrap:wrap;gap:18px}.key i{display:inline-block;width:12px;height:12px;border-radius:3px;margin-right:6px}
.chart{border:1px solid var(--line);border-radius:8px;padding:12px;background:var(--wash)}
.lane{display:grid;grid-template-columns:170px 1fr;align-items:center;margin:4px 0}.lane svg{width:100%;background:var(--paper);border:1px solid var(--line);border-radius:4px}
.label{font-size:12px;color:var(--dim);padding-right:10px}.axis{display:flex;justify-content:space-between;font-size:12px;color:var(--dim)}
.number{font-size:12px;fill:#fff;text-anchor:middle}.bar.good,.badge.good{fill:#2da44e;background:#2da44e}.bar.same,.badge.same{fill:#6e7781;background:#6e7781}
.bar.bad,.badge.bad{fill:#cf222e;background:#cf222e}.bar.wait,.badge.wait{fill:#bf8700;background:#bf8700}
.badge{color:#fff;border-radius:10px;padding:1px 9px;font-size:12px;font-weight:600;vertical-align:middle}
table{border-collapse:collapse;width:100%;margin:.6em 0}td,th{border:1px solid var(--line);padding:4px 8px;text-align:left;vertical-align:top}th{background:var(--wash)}
section{border:1px solid var(--line);border-radius:8px;padding:14px 18px;margin:16px 0}pre{background:var(--wash);border:1px solid var(--line);border-radius:6px;padding:8px 12px;overflow:auto;font-size:12.5px}
.command{margin:.4em 0}.summary h2,.summary h3,.summary h4{font-size:1.05em;margin:.6em 0 .2em}blockquote{border-left:3px solid #cf222e;margin:.5em 0;padding:.1em 12px;color:var(--ink)}
code{font-size:.92em;overflow-wrap:anywhere}details{margin:.4em 0}summary{cursor:pointer;color:var(--dim)}
`
