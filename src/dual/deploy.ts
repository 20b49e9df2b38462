import { didYouMean } from '../action/closest.ts'
import type { Context } from '../action/define.ts'
import { InputError, UserError } from '../action/errors.ts'
import { isSuccess } from '../action/outcome.ts'
import { type DigestReaders, readBack } from './parity.ts'
import { type Phase, type PhaseRule, phaseRule, type Side } from './phase.ts'
import type { PlaceholderValues } from './placeholders.ts'
import { checkSide, runSide, type SideActions, type SideRun } from './side.ts'
import type { EnvironmentPlan, SidePlan, StranglerFile } from './strangler-file.ts'
import { dualVerdict, requiringParity, type SideResult, type Verdict } from './verdict.ts'

/** When the sides are deployed to: both at once, or the standby only after the owner's success. */
export const orders = ['together', 'owner-first'] as const
export type Order = (typeof orders)[number]

/** One artifact for one environment of one service. */
export interface DualDeployment {
  readonly service: string
  readonly environment: string
  readonly phase: Phase
  /** `repository@sha256:…` */
  readonly image: string
  readonly digest: string
  /** Where strangler.yml lies, for the files it names. */
  readonly folder: string
  readonly dryRun: boolean
  /** Both sides at once, unless the standby is to wait for the owner's success. */
  readonly order?: Order
  /** A success without parity is a failure. */
  readonly requireParity?: boolean
}

/** How both sides ended, and what that means. */
export interface DualResult extends Verdict {
  readonly sides: readonly SideResult[]
  readonly runs: Readonly<Partial<Record<Side, SideRun>>>
}

/** What a dual deployment reaches out to. */
export interface DualParts {
  readonly actions: SideActions
  readonly readers: DigestReaders
  /** The digests that count as the artifact: its own and, for an index, those of its platforms. */
  acceptedDigests(image: string, context: Context): Promise<ReadonlySet<string>>
}

/**
 * The plan of an environment; a single service need not be named.
 * @throws UserError naming what there is
 */
export function environmentOf(
  file: StranglerFile,
  service: string | undefined,
  environment: string,
): { service: string; plan: EnvironmentPlan } {
  const names = Object.keys(file.services)
  const name = service ?? (names.length === 1 ? names[0] : undefined)
  if (name === undefined)
    throw new UserError(`input 'service': is required, since the file names several: ${names.join(', ')}`)
  const environments = Object.hasOwn(file.services, name) ? file.services[name] : undefined
  if (environments === undefined) {
    throw new UserError(
      `input 'service': the file has no '${name}'${didYouMean(name, names)} (it has ${names.join(', ')})`,
    )
  }
  const known = Object.keys(environments)
  const plan = Object.hasOwn(environments, environment) ? environments[environment] : undefined
  if (plan === undefined) {
    const has = known.length === 0 ? 'none' : known.join(', ')
    throw new UserError(
      `input 'environment': ${name} has no '${environment}'${didYouMean(environment, known)} (it has ${has})`,
    )
  }
  return { service: name, plan }
}

/**
 * Deploys one artifact to the sides of its phase, both at once, and reads back what runs.
 * Neither side's failure stops the other.
 * @throws InputError with every problem of both sides' steps, before anything is called
 */
export async function deployDual(
  deployment: DualDeployment,
  plan: EnvironmentPlan,
  parts: DualParts,
  context: Context,
): Promise<DualResult> {
  const rule = phaseRule(deployment.phase)
  if (rule.frozen !== undefined) {
    const reason = `${deployment.service} in ${deployment.environment} is ${deployment.phase}: ${rule.frozen}`
    return { outcome: 'blocked', reason, warnings: [], parity: undefined, sides: [], runs: {} }
  }
  const values = placeholderValues(deployment, plan, context)
  const plans = rule.deploys.map((side) => [side, plan.sides[side]] as const)
  const problems: string[] = []
  for (const [side, sidePlan] of plans) {
    if (sidePlan === undefined)
      problems.push(`${side}: the environment has no such side, but phase ${deployment.phase} deploys to it`)
    else problems.push(...(await checkSide(side, sidePlan, parts.actions, values)))
  }
  if (problems.length > 0) throw new InputError(problems)

  context.host.info(
    `${deployment.service} in ${deployment.environment} (${deployment.phase}): ${deployment.digest.slice(0, 19)} to ${rule.deploys.join(' and ')}; ${rule.owner} owns the traffic`,
  )
  const run = async (side: Side): Promise<SideRun> => {
    const options = { dryRun: deployment.dryRun, standby: side !== rule.owner }
    return await runSide(side, plan.sides[side] as SidePlan, parts.actions, values, options, context)
  }
  const ended = await inOrder(rule, deployment.order ?? 'together', run, context)
  const runs = Object.fromEntries(ended) as DualResult['runs']
  if (deployment.dryRun) {
    const failed = ended.find(([, run]) => run.reason !== undefined)
    const outcome = failed?.[1].outcome ?? 'succeeded'
    return { outcome, reason: failed?.[1].reason, warnings: [], parity: undefined, sides: [], runs }
  }
  const accepted = await parts.acceptedDigests(deployment.image, context)
  const results = await Promise.all(
    ended.map(([side, run]) => readBack(side, plan.sides[side] as SidePlan, run, parts.readers, values, context)),
  )
  const verdict = dualVerdict(deployment.phase, accepted, results)
  return { ...(deployment.requireParity ? requiringParity(verdict) : verdict), sides: results, runs }
}

/** Runs the sides of a phase; a standby that waits is left as it is when the owner did not succeed. */
async function inOrder(
  { deploys, owner }: PhaseRule,
  order: Order,
  run: (side: Side) => Promise<SideRun>,
  { host, signal }: Pick<Context, 'host' | 'signal'>,
): Promise<readonly (readonly [Side, SideRun])[]> {
  if (order === 'together' || deploys.length < 2)
    return await Promise.all(deploys.map(async (side) => [side, await run(side)] as const))
  const main = await run(owner)
  const standbys = deploys.filter((side) => side !== owner)
  if (isSuccess(main.outcome) && !signal.aborted) {
    const rest = await Promise.all(standbys.map(async (side) => [side, await run(side)] as const))
    return [[owner, main], ...rest]
  }
  const reason = `left as it is, since the ${owner} side did not succeed before it`
  host.info(`${standbys.join(', ')}: ${reason}`)
  const left = { outcome: 'blocked', reason, outputs: {}, last: undefined, summaries: [] } as const
  return [[owner, main], ...standbys.map((side) => [side, left] as const)]
}

/** What `{{ … }}` stands for in strangler.yml; also the `STRANGLER_…` variables of a side's commands. */
export function placeholderValues(
  deployment: DualDeployment,
  plan: Pick<EnvironmentPlan, 'values'>,
  context: Pick<Context, 'host'>,
): PlaceholderValues {
  const { facts } = context.host
  return {
    image: deployment.image,
    digest: deployment.digest,
    repository: deployment.image.slice(0, deployment.image.lastIndexOf('@')),
    service: deployment.service,
    environment: deployment.environment,
    folder: deployment.folder,
    phase: deployment.phase,
    commit: facts.commit ?? '',
    run: facts.runId,
    ...Object.fromEntries(Object.entries(plan.values).map(([name, value]) => [`values.${name}`, value])),
  }
}
