import { type CommandResult, runCommand } from '../action/command.ts'
import { UserError } from '../action/errors.ts'
import { type Argv, historyArgv, type ReleasePlace, versionArgv } from './helm-command.ts'
import { helmFailure } from './helm-failure.ts'
import { type HelmVersion, parseHelmVersion } from './helm-version.ts'
import { parseHistory, type Revision } from './release-history.ts'

/** A helm binary, ready to run. */
export interface Helm {
  readonly binary: string
  readonly version: HelmVersion
  /** Runs it; a failure is a result. On abort it gets SIGTERM, at which it ends its record as failed. */
  run(argv: Argv, options?: HelmRunOptions): Promise<CommandResult>
}

export interface HelmRunOptions {
  readonly signal?: AbortSignal
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void
  /** Real milliseconds that helm has to end its record after SIGTERM. */
  readonly graceMs?: number
}

/** Variables by which helm would reach another cluster than the kubeconfig names, or another release. */
const diverting = [
  'HELM_KUBEAPISERVER',
  'HELM_KUBETOKEN',
  'HELM_KUBECAFILE',
  'HELM_KUBEASUSER',
  'HELM_KUBEASGROUPS',
  'HELM_KUBETLS_SERVER_NAME',
  'HELM_KUBEINSECURE_SKIP_TLS_VERIFY',
] as const

/**
 * Finds out which helm this is.
 * @throws UserError when it cannot be started, is too old, or the environment diverts it from the kubeconfig
 */
export async function findHelm(binary: string, env: NodeJS.ProcessEnv): Promise<Helm> {
  const set = diverting.filter((name) => env[name])
  if (set.length > 0)
    throw new UserError(`${set.join(', ')} would divert helm from the kubeconfig: put it there instead`)
  const run: Helm['run'] = (argv, options = {}) => runCommand([binary, ...argv], { env, graceMs: 5_000, ...options })
  const { code, stdout, stderr } = await run(versionArgv)
  if (code !== 0) throw new UserError(`'${binary} version' failed: ${helmFailure(stderr).message}`)
  return { binary, version: parseHelmVersion(stdout), run }
}

/** The history of a release, oldest first; empty when there is none. @throws UserError when helm cannot read it */
export async function readHistory(helm: Helm, place: ReleasePlace, signal?: AbortSignal): Promise<readonly Revision[]> {
  const { code, stdout, stderr } = await helm.run(historyArgv(place), signal === undefined ? {} : { signal })
  if (code === 0) return parseHistory(stdout)
  if (/release: not found/.test(stderr)) return []
  signal?.throwIfAborted()
  const { message, hint } = helmFailure(stderr)
  throw new UserError(
    `cannot read the history of release ${place.release}: ${message}${hint === undefined ? '' : ` (${hint})`}`,
  )
}

/** Runs helm where its failure is the user's to mend; returns what it printed. @throws UserError that says what was being done */
export async function helmOrThrow(helm: Helm, argv: Argv, failing: string, signal: AbortSignal): Promise<string> {
  const { code, stdout, stderr } = await helm.run(argv, { signal })
  signal.throwIfAborted()
  if (code !== 0) throw new UserError(`${failing}: ${helmFailure(stderr).message}`)
  return stdout
}
