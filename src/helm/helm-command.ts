import { atLeast, type HelmVersion } from './helm-version.ts'

/** Where a release lives. */
export interface ReleasePlace {
  readonly release: string
  readonly namespace: string
  readonly kubeconfig: string | undefined
  readonly kubeContext: string | undefined
}

/** How helm waits: `none` still waits for hooks. Helm 3 knows one way to wait for pods, helm 4 two. */
export type WaitMode = 'ready' | 'legacy' | 'none'

/** What to deploy and how; the part of a command line that no recovery changes. */
export interface UpgradeRequest {
  /** A folder, an archive, `repository/chart` or `oci://…`. */
  readonly chart: string
  readonly chartVersion: string | undefined
  readonly createNamespace: boolean
  /** Values files, later ones win. */
  readonly values: readonly string[]
  readonly valuesMode: 'reset' | 'reuse' | 'reset-then-reuse'
  readonly historyMax: number
  readonly timeoutMs: number
  readonly wait: WaitMode
  readonly waitForJobs: boolean
  readonly takeOwnership: boolean
  readonly forceConflicts: boolean
  /** Written into the release record when it is created. */
  readonly labels: Readonly<Record<string, string>>
}

export type Argv = readonly string[]

const place = (where: ReleasePlace): Argv => [
  '--namespace',
  where.namespace,
  ...(where.kubeconfig === undefined ? [] : ['--kubeconfig', where.kubeconfig]),
  ...(where.kubeContext === undefined ? [] : ['--kube-context', where.kubeContext]),
]

/** Helm takes Go durations: whole seconds say all that is needed. At least one, since 0 fails at once or means 30 s. */
const seconds = (ms: number): string => `${Math.max(1, Math.ceil(ms / 1_000))}s`

function wait(version: HelmVersion, mode: WaitMode, jobs: boolean): Argv {
  if (mode === 'none') return []
  // With a space before the strategy helm 4 takes it for an argument.
  const flag = version.major === 3 ? '--wait' : mode === 'legacy' ? '--wait=legacy' : '--wait=watcher'
  return jobs ? [flag, '--wait-for-jobs'] : [flag]
}

const valuesFlag = { reset: '--reset-values', reuse: '--reuse-values', 'reset-then-reuse': '--reset-then-reuse-values' }

const labels = (given: UpgradeRequest['labels']): Argv => {
  const list = Object.entries(given).map(([name, value]) => `${name}=${value}`)
  return list.length === 0 ? [] : ['--labels', list.join(',')]
}

function chartAndValues(request: UpgradeRequest): Argv {
  return [
    request.chart,
    ...(request.chartVersion === undefined ? [] : ['--version', request.chartVersion]),
    ...(request.createNamespace ? ['--create-namespace'] : []),
    ...request.values.flatMap((file) => ['--values', file]),
  ]
}

function ownership(version: HelmVersion, request: UpgradeRequest): Argv {
  return [
    ...(request.takeOwnership && atLeast(version, 3, 17) ? ['--take-ownership'] : []),
    ...(request.forceConflicts && version.major === 4 ? ['--force-conflicts'] : []),
  ]
}

/** `helm upgrade --install`, never atomic: what failed must still be there to be looked at, and the way back is ours. */
export function upgradeArgv(version: HelmVersion, where: ReleasePlace, request: UpgradeRequest): Argv {
  return [
    'upgrade',
    '--install',
    where.release,
    ...chartAndValues(request),
    ...place(where),
    '--history-max',
    String(request.historyMax),
    valuesFlag[request.valuesMode],
    '--timeout',
    seconds(request.timeoutMs),
    ...wait(version, request.wait, request.waitForJobs),
    ...ownership(version, request),
    ...labels(request.labels),
  ]
}

/** `helm install --replace`: the way into a name whose last release is uninstalled with ten or more kept revisions. */
export function replaceArgv(version: HelmVersion, where: ReleasePlace, request: UpgradeRequest): Argv {
  return [
    'install',
    '--replace',
    where.release,
    ...chartAndValues(request),
    ...place(where),
    '--timeout',
    seconds(request.timeoutMs),
    ...wait(version, request.wait, request.waitForJobs),
    ...ownership(version, request),
    ...labels(request.labels),
  ]
}

/** What the upgrade would make, rendered against the cluster; prints the whole release as JSON, Secrets included: never to be logged. */
export function dryRunArgv(version: HelmVersion, where: ReleasePlace, request: UpgradeRequest): Argv {
  return [
    'upgrade',
    '--install',
    where.release,
    ...chartAndValues(request),
    ...place(where),
    valuesFlag[request.valuesMode],
    ...ownership(version, request),
    '--dry-run=server',
    '--output',
    'json',
  ]
}

/** The manifest alone, without asking what state the release is in: for a plan beside a release that is stuck. */
export function templateArgv(_version: HelmVersion, where: ReleasePlace, request: UpgradeRequest): Argv {
  return ['template', where.release, ...chartAndValues(request), ...place(where), '--is-upgrade', '--no-hooks']
}

/** Always to a named revision: without one helm takes the one before, which may be a failed one. */
export function rollbackArgv(
  version: HelmVersion,
  where: ReleasePlace,
  to: number,
  options: Pick<UpgradeRequest, 'historyMax' | 'timeoutMs' | 'wait' | 'waitForJobs'> & { readonly hooks: boolean },
): Argv {
  return [
    'rollback',
    where.release,
    String(to),
    ...place(where),
    '--history-max',
    String(options.historyMax),
    '--timeout',
    seconds(options.timeoutMs),
    ...wait(version, options.wait, options.waitForJobs),
    ...(options.hooks ? [] : ['--no-hooks']),
  ]
}

/** The revisions, oldest first, as JSON; `max` newest ones. */
export const historyArgv = (where: ReleasePlace, max = 256): Argv => [
  'history',
  where.release,
  ...place(where),
  '--max',
  String(max),
  '--output',
  'json',
]

/** Takes a release away, with its history unless that is kept. Deletes what the chart made: only where it was asked for. */
export const uninstallArgv = (where: ReleasePlace, timeoutMs: number, keepHistory = false): Argv => [
  'uninstall',
  where.release,
  ...place(where),
  ...(keepHistory ? ['--keep-history'] : []),
  '--wait',
  '--timeout',
  seconds(timeoutMs),
]

/** Works in both majors; `--short` appends a commit and `--client` is gone in helm 4. */
export const versionArgv: Argv = ['version', '--template', '{{.Version}}']
