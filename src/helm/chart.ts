import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UserError } from '../action/errors.ts'
import type { Log } from '../action/host.ts'
import { type ChartAccessParts, chartAccess, registryLogin } from './chart-access.ts'
import { buildDependencies } from './chart-dependencies.ts'
import { type ChartLogin, type ChartSource, isLoopbackHost } from './chart-source.ts'
import { helmOrThrow } from './helm.ts'

/** What getting a chart touches. */
export interface ChartParts extends ChartAccessParts {
  readonly log: Log
  readonly signal: AbortSignal
}

/** The name under which helm knows the one repository of a chart, for as long as it is asked. */
const repositoryName = 'strangler-deploy'

/**
 * Gives `body` a chart on this machine: what is elsewhere is pulled once, so that the plan and the deployment see the
 * same bytes, and a folder gets the dependencies that it lacks. Credentials and what was pulled are taken away afterwards.
 * @throws UserError when the chart cannot be had
 */
export async function withChart<T>(
  source: ChartSource,
  version: string | undefined,
  parts: ChartParts,
  body: (path: string) => Promise<T>,
): Promise<T> {
  if (source.kind === 'local') {
    const isFolder = (await stat(source.path)).isDirectory()
    if (isFolder) await buildDependencies(source.path, parts)
    return await body(source.path)
  }
  const folder = await mkdtemp(join(tmpdir(), 'strangler-chart-'))
  try {
    return await body(await pull(source, version, folder, parts))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function pull(
  source: Exclude<ChartSource, { kind: 'local' }>,
  version: string | undefined,
  folder: string,
  parts: ChartParts,
): Promise<string> {
  const access = join(folder, 'access')
  const target = join(folder, 'chart')
  await mkdir(access, { mode: 0o700 })
  await mkdir(target)
  const destination = ['--destination', target, ...(version === undefined ? [] : ['--version', version])]
  const shown = version === undefined ? shownAs(source) : `${shownAs(source)} ${version}`
  if (source.kind === 'registry') {
    const logins = new Map<string, ChartLogin>()
    const login = await registryLogin(source.host, source.login, parts)
    if (login !== undefined) logins.set(source.host, login)
    const plain = isLoopbackHost(source.host) ? ['--plain-http'] : []
    const flags = await chartAccess(access, logins, [], parts)
    await helmOrThrow(
      parts.helm,
      ['pull', source.reference, ...destination, ...plain, ...flags],
      `cannot get the chart ${shown}`,
      parts.signal,
    )
  } else if (source.kind === 'repository') {
    const { url, login } = source
    // Helm 3 only prints that it could not read a repository; helm 4 fails by itself.
    const strict = parts.helm.version.major === 3 ? ['--fail-on-repo-update-fail'] : []
    const flags = await chartAccess(access, new Map(), [{ name: repositoryName, url, login }], parts)
    await helmOrThrow(
      parts.helm,
      ['repo', 'update', repositoryName, ...strict, ...flags],
      `cannot read the chart repository ${url}`,
      parts.signal,
    )
    const reference = `${repositoryName}/${source.name}`
    await helmOrThrow(
      parts.helm,
      ['pull', reference, ...destination, ...flags],
      `cannot get the chart ${shown}`,
      parts.signal,
    )
  } else {
    await helmOrThrow(
      parts.helm,
      ['pull', source.reference, ...destination],
      `cannot get the chart ${shown}`,
      parts.signal,
    )
  }
  await rm(access, { recursive: true, force: true })
  const [archive, ...others] = (await readdir(target)).filter((name) => name.endsWith('.tgz'))
  if (archive === undefined || others.length > 0) throw new UserError(`helm pulled no chart from ${shown}`)
  parts.log.info(`chart ${archive.replace(/\.tgz$/, '')} from ${shownAs(source)}`)
  return join(target, archive)
}

const shownAs = (source: Exclude<ChartSource, { kind: 'local' }>): string =>
  source.kind === 'repository' ? `${source.name} of ${source.url}` : source.reference
