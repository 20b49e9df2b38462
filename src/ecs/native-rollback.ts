import type { Service } from '@aws-sdk/client-ecs'
import { messageOf } from '../action/errors.ts'
import { primaryOf, taskDefinitionOf, underWay } from './native-current.ts'
import { followNative } from './native-follow.ts'
import { idOf } from './native-plan.ts'
import type { NativeParts, NativeRequest, NativeResult } from './native-request.ts'
import { updated } from './native-update.ts'
import type { Journal } from './remedies.ts'
import type { ServiceUpdate } from './service-update.ts'
import { undone } from './setting-fit.ts'

/**
 * Goes back by a deployment of our own, settings and all, where ECS did not: to the revision of the last deployment that succeeded, never to the one numbered before.
 */
export async function rollBackToGood(
  failed: NativeResult,
  begun: { readonly request: NativeRequest; readonly service: Service; readonly update: ServiceUpdate },
  parts: NativeParts,
  journal: Journal,
): Promise<NativeResult> {
  const { request } = begun
  const { ecs, host, signal } = parts
  const { service, current } = await underWay(
    request,
    await ecs.service(request.cluster, request.service, signal),
    parts,
  )
  const isOurs = primaryOf(service)?.taskDefinition === failed.taskDefinition
  if (current !== undefined || !isOurs) {
    const other = current?.serviceDeploymentArn === undefined ? 'another one' : idOf(current.serviceDeploymentArn)
    const reason = `${failed.reason}; ${other} has taken its place, so nothing is rolled back`
    return { ...failed, runningTaskDefinition: undefined, outcome: 'superseded', reason }
  }
  const good = (await lastGood(request, failed.deploymentArn, parts)) ?? (await servedBefore(failed, parts))
  if (good === undefined) {
    return {
      ...failed,
      reason: `${failed.reason}; no deployment of ${request.service} has succeeded before, so there is nothing to roll back to`,
    }
  }
  host.warn(`${failed.reason}: ECS left it so, rolling back to ${good.split('/').at(-1)}`)
  try {
    const back = await updated(
      { request, service, update: undone(begun.update, begun.service) },
      { arn: good, registered: false },
      true,
      parts,
    )
    if (back.arn === undefined) throw new Error('ECS began no deployment')
    journal.save({ deploymentId: back.arn, isRollback: true })
    const base = { ...failed, taskDefinition: good }
    const followed = { ...back, arn: back.arn, takenUp: false }
    const end = await followNative(followed, { ...request, waitUntil: 'complete', onFailure: 'leave' }, parts, base)
    if (end.outcome === 'succeeded') return { ...failed, runningTaskDefinition: good, outcome: 'rolled-back' }
    return {
      ...failed,
      outcome: 'rollback-failed',
      reason: `${failed.reason}; the rollback ${idOf(back.arn)} ended as ${end.outcome}: ${end.reason ?? ''}`,
    }
  } catch (error) {
    if (signal.aborted) throw error
    return {
      ...failed,
      outcome: 'rollback-failed',
      reason: `${failed.reason}; the rollback could not begin: ${messageOf(error)}`,
    }
  }
}

/** What a deployment was to take the place of, when that was one: ECS forgets deployments after 90 days, not what runs. */
async function servedBefore({ last }: NativeResult, parts: NativeParts): Promise<string | undefined> {
  const [source, ...others] = (last?.sourceServiceRevisions ?? []).flatMap(({ arn }) => arn ?? [])
  return source === undefined || others.length > 0 ? undefined : await taskDefinitionOf(source, parts)
}

/** The task definition of the newest deployment that succeeded, other than one. */
export async function lastGood(
  request: Pick<NativeRequest, 'cluster' | 'service'>,
  except: string | undefined,
  { deployments, signal }: Pick<NativeParts, 'deployments' | 'signal'>,
): Promise<string | undefined> {
  const arns = await deployments.succeeded(request.cluster, request.service, signal)
  const arn = arns.find((candidate) => candidate !== except)
  const target = arn === undefined ? undefined : (await deployments.look(arn, signal)).targetServiceRevision?.arn
  return target === undefined ? undefined : (await deployments.revision(target, signal)).taskDefinition
}
