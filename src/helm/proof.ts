import { UserError } from '../action/errors.ts'
import type { Attempt } from './attempt.ts'
import type { Deployment, DeployParts } from './deployment.ts'
import type { ManifestObject } from './manifest.ts'
import { findingLine, type LintFinding, lintManifest } from './manifest-lint.ts'
import { splitImage } from './release-values.ts'
import type { ServiceState } from './service-endpoints.ts'
import { checkServing, type ServingChecks } from './serving.ts'

/** What stands before a deployment: how its manifest is linted. */
export interface LintRequest {
  /** `error`: findings stop the deployment before anything is changed. */
  readonly mode: 'warn' | 'error' | 'off'
  readonly ignored: readonly string[]
}

/** What the lint says of what will be deployed, told at once. `objects` is undefined when they could not be rendered. */
export function lintPlan(
  { lint, checks, request }: Pick<Deployment, 'lint' | 'checks' | 'request'>,
  objects: readonly ManifestObject[] | undefined,
  { log }: Pick<DeployParts, 'log'>,
): { readonly findings: readonly LintFinding[]; readonly refused: string | undefined } {
  if (lint.mode === 'off' || objects === undefined) return { findings: [], refused: undefined }
  const repository = checks.image === undefined ? undefined : splitImage(checks.image).repository
  const findings = lintManifest(objects, { timeoutMs: request.timeoutMs, repository, ignored: lint.ignored })
  const [first] = findings
  if (first === undefined) return { findings, refused: undefined }
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`
  log.warn([`lint: ${count} in the rendered manifest`, ...findings.map(findingLine)].join('\n  '))
  const others = findings.length === 1 ? '' : `; and ${findings.length - 1} more`
  return { findings, refused: lint.mode === 'error' ? `lint: ${findingLine(first)}${others}` : undefined }
}

/** Renders for the lint alone. A chart that does not render is told by the deployment itself, unless the lint is a gate. */
export async function renderForLint<T>(
  { lint }: Pick<Deployment, 'lint'>,
  render: () => Promise<T>,
  { log }: Pick<DeployParts, 'log'>,
): Promise<T | undefined> {
  if (lint.mode === 'off') return undefined
  try {
    return await render()
  } catch (error) {
    if (!(error instanceof UserError) || lint.mode === 'error') throw error
    log.debug(`the manifest is not linted: ${error.message}`)
    return undefined
  }
}

/** Holds an attempt whose pods are up against what users meet: one that does not serve has failed. */
export async function proven(
  done: Attempt,
  { checks, request }: Pick<Deployment, 'checks' | 'request'>,
  leftMs: number,
  parts: DeployParts,
): Promise<{ readonly attempt: Attempt; readonly services: readonly ServiceState[] }> {
  if (done.end !== 'up' || request.wait === 'none' || done.stored === undefined) return { attempt: done, services: [] }
  try {
    const { services, problem, hint } = await checkServing(done.stored.record, checks, leftMs, parts)
    if (problem === undefined) return { attempt: done, services }
    const object = /^\w+\/[^\s:]+/.exec(problem)?.[0]
    return {
      attempt: { ...done, end: 'failed', failure: { kind: 'not-serving', message: problem, hint, object } },
      services,
    }
  } catch (error) {
    if (!parts.signal.aborted) throw error
    return { attempt: { ...done, end: 'cancelled' }, services: [] }
  }
}

/** For the look after a rollback, in ms: it only colours what is known already. */
const lookBackMs = 15_000

/**
 * Whether the revision that was gone back to does not serve either: then the cause is not in what was deployed.
 * Undefined when it serves, or when that cannot be told.
 */
export async function badBefore(
  revision: number,
  { checks }: Pick<Deployment, 'checks'>,
  parts: DeployParts,
): Promise<string | undefined> {
  const { probe } = checks
  const lenient: ServingChecks = {
    services: checks.services,
    image: undefined,
    probe: probe && { ...probe, timeoutMs: Math.min(probe.timeoutMs, lookBackMs) },
  }
  try {
    const stored = await parts.store.read(revision)
    const problem = stored && (await checkServing(stored.record, lenient, 0, parts)).problem
    return problem && `revision ${revision} does not serve either (${problem}): the cause is not in what was deployed`
  } catch (error) {
    if (!parts.signal.aborted && !(error instanceof UserError)) throw error
    return undefined
  }
}
