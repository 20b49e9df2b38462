import type { Service } from '@aws-sdk/client-ecs'
import { UserError } from '../action/errors.ts'
import { serviceConsole } from '../aws/console.ts'
import { untriedWarning } from './desired-count.ts'
import type { Revision } from './ecs-api.ts'
import type { Explanation } from './failure-explanation.ts'
import { nativeService, primaryOf, taskDefinitionOf, underWay } from './native-current.ts'
import { type Followed, followNative } from './native-follow.ts'
import { idOf, type NativePlan, planNative } from './native-plan.ts'
import type { NativeBase, NativeParts, NativeRequest, NativeResult } from './native-request.ts'
import { rollBackToGood } from './native-rollback.ts'
import { settled } from './native-settle.ts'
import { nativeJournal, nativeStopping } from './native-stop.ts'
import { updated } from './native-update.ts'
import { serviceDeploymentEnd } from './native-watch.ts'
import { whyLate } from './native-why.ts'
import { openJournal, withRemedies } from './remedies.ts'
import { type Compared, compared, type SharedRevision } from './revision-to-deploy.ts'
import { describeChange, type ServiceUpdate, serviceUpdate } from './service-update.ts'
import { unfitting } from './setting-fit.ts'

/** A service as it stands, and what is to be done with it. */
export interface PlannedNative {
  readonly request: NativeRequest
  readonly service: Service
  readonly plan: NativePlan
  readonly update: ServiceUpdate
  /** The service's newest revision, when it is what is asked for. */
  readonly same: string | undefined
  /** The family's newest revision, where it was read. */
  readonly newest: Revision | undefined
}

/** Looks at a service and decides; only reads. @throws UserError when ECS is not what moves it */
export async function planService(request: NativeRequest, parts: NativeParts): Promise<PlannedNative> {
  const { service, current } = await underWay(request, await nativeService(request, parts), parts)
  const { same, newest } = await heldAgainst(request, service, parts)
  const misfits = unfitting(request.settings, service)
  if (misfits.length > 0) throw new UserError(misfits.join('\n'))
  const update = serviceUpdate(request.settings, service)
  const plan = planNative({
    service,
    current,
    hasIt: same !== undefined,
    settingsDiffer: update.changes.length > 0,
    force: request.force,
    ifDeploying: request.ifDeploying,
  })
  return { request, service, plan, update, same, newest }
}

async function heldAgainst(
  { wanted }: NativeRequest,
  service: Service,
  { ecs, signal }: NativeParts,
): Promise<Compared> {
  const has = primaryOf(service)?.taskDefinition ?? service.taskDefinition
  return wanted === undefined ? { same: has, newest: undefined } : await compared(ecs, wanted, has, signal)
}

export const nativeBase = ({ request, service, update, same }: PlannedNative): NativeBase => ({
  cluster: request.cluster,
  service: request.service,
  taskDefinition: same ?? request.wanted?.arn,
  runningTaskDefinition: service.taskDefinition,
  deploymentArn: undefined,
  changes: update.changes,
  last: undefined,
  why: undefined,
})

const shortArn = (arn: string | undefined): string => arn?.split('/').at(-1) ?? 'its revision'

/** What is done with a service, in words. */
export function plannedWords({ request, service, plan, update }: PlannedNative, revision: string): string {
  const changes = update.changes.map(describeChange).join(', ')
  const deploy = `deploy ${revision} to ${request.cluster}/${service.serviceName}${changes === '' ? '' : ` with ${changes}`}`
  switch (plan.kind) {
    case 'unchanged':
      return `leave ${service.serviceName} as it is`
    case 'take-up':
      return `take up the deployment ${idOf(plan.arn)} of ${service.serviceName}`
    case 'blocked':
      return `do nothing: ${plan.reason}`
    case 'wait-for':
      return `wait for the deployment ${idOf(plan.arn)}, then ${deploy}`
    case 'stop-first':
      return `stop the deployment ${idOf(plan.arn)}, then ${deploy}`
    case 'deploy':
      return deploy
  }
}

/** Carries a plan out: makes way, updates the service, and stays with the deployment until it is where it was asked to be. */
export async function deployNative(
  planned: PlannedNative,
  shared: SharedRevision,
  parts: NativeParts,
): Promise<NativeResult> {
  const { request } = planned
  const journal = openJournal(parts.host, nativeJournal(request.cluster, request.service), request.onCancel)
  let begun = nativeBase(planned)
  let late: Explanation | undefined
  let open: Followed | undefined
  const explained = async (): Promise<void> => {
    if (open === undefined || parts.signal.aborted || journal.entry().isRollback) return
    late ??= await whyLate(open.arn, { ...request, startedBy: open.startedBy }, begun.taskDefinition, open, parts)
  }
  const engine = nativeStopping(request, parts)
  const stopping: typeof engine = {
    ...engine,
    async stop(id, rollback, signal) {
      await explained()
      await engine.stop(id, rollback, signal)
    },
  }
  const followOrGoBack = async (
    followed: Followed,
    ready: PlannedNative,
    inTime: NativeParts,
  ): Promise<NativeResult> => {
    open = followed
    const result = await followNative(followed, request, inTime, begun)
    const goesBack = result.outcome === 'failed' && request.onFailure === 'rollback'
    return goesBack ? await rollBackToGood(result, ready, inTime, journal) : result
  }
  const end = await withRemedies(request, parts, journal, stopping, async (signal) => {
    const inTime = { ...parts, signal }
    const ready = await madeWay(planned, inTime)
    begun = nativeBase(ready)
    const { plan } = ready
    const page = serviceConsole(ready.service.serviceArn ?? '', parts.host.env)
    if (page !== undefined) parts.host.link(`${request.service} in the console`, page)
    if (plan.kind === 'unchanged') return { ...begun, outcome: 'unchanged', reason: undefined } as const
    if (plan.kind === 'take-up') {
      parts.host.info(`taking up the deployment ${idOf(plan.arn)}, begun by an earlier run`)
      journal.save({ deploymentId: plan.arn })
      begun = { ...begun, runningTaskDefinition: await servingBefore(plan.arn, inTime) }
      const startedBy = primaryOf(ready.service)?.id
      const loadBalancers = ready.service.loadBalancers ?? []
      return await followOrGoBack({ arn: plan.arn, startedBy, takenUp: true, loadBalancers }, ready, inTime)
    }
    const untried = untriedWarning(request.service, request.settings.desiredCount ?? ready.service.desiredCount)
    if (untried !== undefined) parts.host.warn(untried)
    const revision = await shared.get(signal)
    journal.save({ registered: revision?.registered ? revision.arn : undefined })
    signal.throwIfAborted()
    const started = await updated(ready, revision, plan.kind === 'deploy' && plan.force, inTime, { journal, shared })
    begun = { ...begun, taskDefinition: started.taskDefinition }
    if (started.arn === undefined) {
      if (request.waitUntil !== 'none')
        await settled(request.cluster, request.service, request.settings.desiredCount, inTime)
      return { ...begun, outcome: 'succeeded', reason: undefined } as const
    }
    parts.host.info(`deployment ${idOf(started.arn)} moves ${request.service} to ${shortArn(started.taskDefinition)}`)
    const { arn, startedBy, loadBalancers } = started
    return await followOrGoBack({ arn, startedBy, takenUp: false, loadBalancers }, ready, inTime)
  })
  if ('result' in end) return end.result
  if (end.outcome === 'timed-out') await explained()
  return {
    ...begun,
    why: late,
    last: end.end?.last,
    deploymentArn: end.entry.deploymentId,
    outcome: end.outcome,
    reason: late?.kind === undefined ? end.reason : `${end.reason}: ${late.line}`,
  }
}

/** Waits for, or stops, what stands in the way, until nothing does; then the plan is a new one. */
async function madeWay(planned: PlannedNative, parts: NativeParts): Promise<PlannedNative> {
  const { deployments, host, clock, signal } = parts
  let now = planned
  for (;;) {
    const { plan, request } = now
    if (plan.kind !== 'stop-first' && plan.kind !== 'wait-for') return now
    if (plan.kind === 'stop-first') {
      host.info(`stopping the deployment ${idOf(plan.arn)} of ${request.service} first, with a rollback`)
      await deployments.stop(plan.arn, signal)
    } else host.info(`waiting for the deployment ${idOf(plan.arn)} of ${request.service}`)
    await serviceDeploymentEnd(deployments, plan.arn, host, clock, signal)
    now = await planService(request, parts)
  }
}

/** What served before a deployment that an earlier run began. */
async function servingBefore(arn: string, parts: NativeParts): Promise<string | undefined> {
  const source = (await parts.deployments.look(arn, parts.signal)).sourceServiceRevisions?.[0]?.arn
  return source === undefined ? undefined : await taskDefinitionOf(source, parts)
}
