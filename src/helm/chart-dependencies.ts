import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse as parseYaml } from 'yaml'
import { messageOf, UserError } from '../action/errors.ts'
import type { Log } from '../action/host.ts'
import { type ChartAccessParts, chartAccess, type KnownRepository, registryLogin } from './chart-access.ts'
import { type ChartLogin, chartSource, isLoopbackHost } from './chart-source.ts'
import { helmOrThrow } from './helm.ts'

/** One entry of `dependencies` in a Chart.yaml. */
export interface ChartDependency {
  readonly name: string
  /** `https://…`, `oci://…`, `file://…`, `@name` or `alias:name`; empty for one that lies in charts/. */
  readonly repository: string
}

export interface DependencyParts extends ChartAccessParts {
  readonly log: Log
  readonly signal: AbortSignal
}

/** A Chart.yaml is a page or two. */
const largestChartFile = 1024 * 1024

/** The dependencies that a Chart.yaml names. @throws UserError when it is no such file */
export function chartDependencies(text: string): readonly ChartDependency[] {
  let value: unknown
  try {
    value = parseYaml(text, { maxAliasCount: 100 })
  } catch (error) {
    throw new UserError(`Chart.yaml is no YAML: ${messageOf(error).split('\n')[0]}`, { cause: error })
  }
  const list = (value as { dependencies?: unknown } | null)?.dependencies
  if (list === undefined || list === null) return []
  if (!Array.isArray(list)) throw new UserError('Chart.yaml: dependencies is no list')
  return list.map((entry: unknown) => {
    const { name, repository } = (entry ?? {}) as Record<string, unknown>
    if (typeof name !== 'string') throw new UserError('Chart.yaml: a dependency has no name')
    return { name, repository: typeof repository === 'string' ? repository : '' }
  })
}

/** The dependencies that `helm dependency list` does not find in charts/ as Chart.yaml wants them. */
export function lackingDependencies(listed: string): readonly string[] {
  const rows = listed.split('\n').slice(1)
  return rows.flatMap((row) => {
    const cells = row.split('\t').map((cell) => cell.trim())
    const [name, status] = [cells[0] ?? '', cells.at(-1) ?? '']
    return cells.length < 4 || status === 'ok' || status === 'unpacked' ? [] : [`${name} (${status})`]
  })
}

/**
 * Builds what a chart's folder lacks in charts/, as Chart.lock says if it has one. What is complete is not touched.
 * @throws UserError when a dependency cannot be had
 */
export async function buildDependencies(chart: string, parts: DependencyParts): Promise<void> {
  const file = join(chart, 'Chart.yaml')
  // Helm says better what is wrong with a folder that is no chart.
  const found = await stat(file).catch(() => undefined)
  if (found === undefined || !found.isFile() || found.size > largestChartFile) return
  const dependencies = chartDependencies(await readFile(file, 'utf8'))
  if (dependencies.length === 0) return
  const lacking = async (): Promise<readonly string[]> =>
    lackingDependencies(
      await helmOrThrow(
        parts.helm,
        ['dependency', 'list', chart, '--max-col-width', '0'],
        'cannot list the dependencies of the chart',
        parts.signal,
      ),
    )
  const missing = await lacking()
  if (missing.length === 0) return
  const locked = (await stat(join(chart, 'Chart.lock')).catch(() => undefined)) !== undefined
  parts.log.info(`building dependencies of the chart: ${missing.join(', ')}`)
  if (!locked)
    parts.log.warn('the chart has no Chart.lock: the newest fitting versions are taken, which may differ next time')
  const folder = await mkdtemp(join(tmpdir(), 'strangler-chart-'))
  try {
    const { logins, repositories, plain } = await accessOf(dependencies, parts)
    const flags = await chartAccess(folder, logins, repositories, parts)
    const argv = ['dependency', 'build', chart, ...(plain ? ['--plain-http'] : []), ...flags]
    await helmOrThrow(parts.helm, argv, 'cannot build the dependencies of the chart', parts.signal)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  const still = await lacking()
  if (still.length > 0) throw new UserError(`the chart still lacks dependencies: ${still.join(', ')}`)
}

/** What helm must know to get them: repositories by URL, which `dependency build` takes only from its list, and logins. */
async function accessOf(dependencies: readonly ChartDependency[], parts: DependencyParts) {
  const logins = new Map<string, ChartLogin>()
  const repositories: KnownRepository[] = []
  let plain = false
  for (const url of new Set(dependencies.map(({ repository }) => repository))) {
    if (!/^(https?|oci):\/\//.test(url)) continue
    const options = {
      chart: 'dependency',
      repository: url,
      version: undefined,
      username: undefined,
      password: undefined,
    }
    const source = chartSource(options, () => false)
    if (source.kind === 'repository') {
      repositories.push({ name: `strangler-deploy-${repositories.length}`, url: source.url, login: undefined })
    } else if (source.kind === 'registry') {
      plain ||= isLoopbackHost(source.host)
      const login = await registryLogin(source.host, undefined, parts)
      if (login !== undefined) logins.set(source.host, login)
    }
  }
  return { logins, repositories, plain }
}
