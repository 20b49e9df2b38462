import { UserError } from '../action/errors.ts'

/** Where a chart comes from, as the inputs tell it. */
export interface ChartInputs {
  readonly chart: string
  readonly repository: string | undefined
  readonly version: string | undefined
  readonly username: string | undefined
  readonly password: string | undefined
}

/** Who may read from a registry or repository. */
export interface ChartLogin {
  readonly username: string
  readonly password: string
}

export type ChartSource =
  /** A folder or an archive on this machine. */
  | { readonly kind: 'local'; readonly path: string }
  /** `oci://host/path/name`, with a tag or digest in it if it has one. */
  | {
      readonly kind: 'registry'
      readonly reference: string
      readonly host: string
      readonly login: ChartLogin | undefined
    }
  /** A repository with an index.yaml. */
  | { readonly kind: 'repository'; readonly url: string; readonly name: string; readonly login: ChartLogin | undefined }
  /** Something that helm itself knows: `repository/chart` of its own list, or the URL of an archive. */
  | { readonly kind: 'known'; readonly reference: string }

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/
const chartName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,249}$/
const ociForm =
  /^oci:\/\/([A-Za-z0-9.-]+(?::\d{1,5})?|\[::1\]:\d{1,5})((?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+)(:[A-Za-z0-9_][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/
const versionForm = /^[\w.^~<>=*|, +-]{1,100}$/

/** Whether a registry or repository is on this machine, and so may be spoken to without TLS. */
export const isLoopbackHost = (host: string): boolean => loopback.test(host)

/**
 * Tells what the inputs mean; looks at nothing but them and whether there is a file or folder of that name.
 * @throws UserError when they do not go together
 */
export function chartSource(inputs: ChartInputs, isThere: (path: string) => boolean): ChartSource {
  const { chart, repository, version } = inputs
  if (chart === '') throw new UserError("is required for 'operation: upgrade'")
  if (/^-|[\p{Cc}]/u.test(chart)) throw new UserError(`'${chart.slice(0, 80)}' is no chart`)
  if (version !== undefined && !versionForm.test(version)) {
    throw new UserError(`expected a version or a range of versions, got '${version.slice(0, 80)}'`)
  }
  const login = loginOf(inputs)
  if (repository !== undefined) return fromRepository(inputs, repository, login)
  if (chart.startsWith('oci://')) return fromRegistry(chart, login, version)
  if (login !== undefined) {
    throw new UserError(
      "'chart-repository-username' needs 'chart-repository' or an oci:// chart: there is nothing to log in to",
    )
  }
  const local = isThere(chart)
  if (local || /^\.{0,2}\/|\.tgz$/.test(chart)) {
    if (!local && !/^https?:\/\//.test(chart)) throw new UserError(`there is no chart at '${chart}'`)
    if (local) return { kind: 'local', path: chart }
  }
  if (/^http:\/\//.test(chart)) httpsOnly(chart)
  if (!chart.includes('/')) {
    throw new UserError(`there is no chart at '${chart}': give its folder, or 'chart-repository' with its name`)
  }
  return { kind: 'known', reference: chart }
}

function loginOf({ username, password }: ChartInputs): ChartLogin | undefined {
  if (username === undefined && password === undefined) return undefined
  if (username === undefined || password === undefined) {
    throw new UserError(
      "'chart-repository-username' and 'chart-repository-password' go together: one of them is missing",
    )
  }
  if (username.includes(':')) throw new UserError("'chart-repository-username' must not hold a colon")
  return { username, password }
}

function fromRepository(
  { chart, version }: ChartInputs,
  repository: string,
  login: ChartLogin | undefined,
): ChartSource {
  if (!chartName.test(chart)) {
    throw new UserError(`with 'chart-repository' the chart is a name in it, got '${chart.slice(0, 80)}'`)
  }
  if (repository.startsWith('oci://')) return fromRegistry(`${repository.replace(/\/+$/, '')}/${chart}`, login, version)
  return { kind: 'repository', url: httpsOnly(repository), name: chart, login }
}

function fromRegistry(text: string, login: ChartLogin | undefined, version: string | undefined): ChartSource {
  const [, host, path, tag, digest] = ociForm.exec(text) ?? []
  if (host === undefined) throw new UserError(`expected oci://host/path/chart, got '${text.slice(0, 200)}'`)
  if (version !== undefined && (tag !== undefined || digest !== undefined)) {
    throw new UserError(`'${text.slice(0, 200)}' names its version already: leave 'chart-version' out`)
  }
  // Helm 3 passes over a digest that stands behind a tag.
  const reference = `oci://${host}${path}${digest ?? tag ?? ''}`
  return { kind: 'registry', reference, host, login }
}

function httpsOnly(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.host))
  if (url === undefined || !safe || /\s/.test(text)) {
    throw new UserError(`expected an https:// or oci:// URL, got '${text.replace(/\/\/[^/]*@/, '//…@').slice(0, 200)}'`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new UserError("credentials do not belong into a URL: use 'chart-repository-username' and '…-password'")
  }
  return text
}
