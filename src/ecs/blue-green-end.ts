import type { DeploymentGroupInfo, DeploymentInfo, LifecycleEvent } from '@aws-sdk/client-codedeploy'
import type {
  BlueGreenBase,
  BlueGreenParts,
  BlueGreenResult,
  FailureFound,
  FollowRequest,
} from './blue-green-request.ts'
import { watchOf } from './blue-green-stop.ts'
import type { DeploymentSnapshot } from './codedeploy-api.ts'
import { deploymentEnd } from './deployment-watch.ts'
import { deploymentEvidence, type Told } from './failure-evidence.ts'
import { type Explanation, explain } from './failure-explanation.ts'
import { orWarn } from './or-warn.ts'

/** Why this run ended the deployment, if it did. */
export interface GivenUp {
  readonly reason: string
  /** What stands behind it, read before the deployment was stopped and its tasks were gone; without it the reason is the cause. */
  readonly explanation: FailureFound | undefined
}

/** A deployment that did not succeed, and what is known of it. */
export interface Failed {
  readonly began: BlueGreenBase
  readonly last: DeploymentSnapshot
  readonly info: DeploymentGroupInfo
  readonly givenUp: GivenUp | undefined
}

/** What CodeDeploy itself tells of the end. Pure. */
export function toldOf({ deployment, target }: DeploymentSnapshot): Told {
  const failed = target?.lifecycleEvents?.find(({ status }) => status === 'Failed')
  const { code, message } = deployment.errorInformation ?? {}
  const triggeredAlarms = code === 'ALARM_ACTIVE' ? alarmsIn(message ?? '') : []
  const isHook = failed?.diagnostics?.errorCode !== undefined && failed.diagnostics.errorCode !== 'Success'
  return {
    hook: isHook ? hookOf(failed) : undefined,
    triggeredAlarms,
    message: code === undefined || isHook || triggeredAlarms.length > 0 ? undefined : `${code}: ${message ?? ''}`,
  }
}

function hookOf(event: LifecycleEvent): NonNullable<Told['hook']> {
  const { scriptName, errorCode, message, logTail } = event.diagnostics ?? {}
  const tail = (logTail ?? '').trim().split('\n').slice(-5).join(' | ')
  const said = [errorCode === 'ScriptTimedOut' ? 'no answer in time' : undefined, message, tail]
  return {
    stage: event.lifecycleEventName ?? '?',
    target: scriptName === undefined ? undefined : (scriptName.split(':').at(-1) ?? scriptName),
    message: said.filter((part) => part !== undefined && part !== '').join(': ') || errorCode,
  }
}

/** `Activated alarms: <one> <two>` names them. */
export const alarmsIn = (message: string): readonly string[] =>
  [...message.matchAll(/<([^<>]{1,255})>/g)].map(([, name]) => name ?? '')

/** Says how a deployment ended that is over and did not succeed: follows its rollback, and finds out why. */
export async function failedEnd(
  { began, last, info, givenUp }: Failed,
  request: FollowRequest,
  parts: BlueGreenParts,
): Promise<BlueGreenResult> {
  const { deployment } = last
  const byHand = deployment.errorInformation?.code === 'MANUAL_STOP' && givenUp === undefined
  const found = givenUp?.explanation
  const explanation = found ?? (byHand ? undefined : await explained(last, info, request, parts, began))
  const cause = causeOf(givenUp, explanation) ?? `${deployment.deploymentId} was stopped by ${stopper(deployment)}`
  if (explanation !== undefined && explanation.details.length > 0)
    await parts.host.group(`why ${deployment.deploymentId} failed`, async () => {
      for (const line of explanation.details) parts.host.info(line)
    })
  const rollbackDeploymentId = deployment.rollbackInfo?.rollbackDeploymentId
  const result = { ...began, last, explanation, rollbackDeploymentId }
  if (rollbackDeploymentId !== undefined) {
    parts.host.info(`the rollback is the deployment ${rollbackDeploymentId}`)
    const end = await deploymentEnd(rollbackDeploymentId, { ...watchOf(request, parts), tells: 'rollback' })
    const { status, errorInformation } = end.deployment
    const serving = { ...result, runningTaskDefinition: await serves(request, parts, began) }
    if (status === 'Succeeded') return { ...serving, outcome: 'rolled-back', reason: cause }
    const why = errorInformation === undefined ? '' : ` (${errorInformation.code}: ${errorInformation.message})`
    return {
      ...serving,
      outcome: 'rollback-failed',
      reason: `${cause}; its rollback ${rollbackDeploymentId} ended as ${status}${why}`,
    }
  }
  const serving = { ...result, runningTaskDefinition: await serves(request, parts, began) }
  if (!byHand) return { ...serving, outcome: 'failed', reason: cause }
  const next = await newerDeployment(deployment, began, parts)
  if (next === undefined) return { ...serving, outcome: 'stopped', reason: cause }
  const who = next.creator === undefined ? '' : `, created by ${next.creator}`
  return { ...serving, outcome: 'superseded', reason: `${cause}, and ${next.deploymentId} follows it${who}` }
}

function causeOf(givenUp: GivenUp | undefined, explanation: Explanation | undefined): string | undefined {
  if (givenUp !== undefined && givenUp.explanation === undefined) return givenUp.reason
  const isFound = explanation?.kind !== undefined && explanation.kind !== 'service'
  return isFound ? explanation.line : (givenUp?.reason ?? explanation?.line)
}

const stopper = ({ errorInformation }: DeploymentInfo): string =>
  `somebody else (${errorInformation?.message ?? 'no reason told'})`

/** Who stops a deployment for another one makes that within moments: looks for it, and ms between them. */
const followerLooks = 4
const followerInterval = 5_000

/** A deployment that began in the group after this one: what it was stopped for. */
async function newerDeployment(
  { deploymentId, createTime }: DeploymentInfo,
  { application, group }: BlueGreenBase,
  { codedeploy, clock, signal }: BlueGreenParts,
): Promise<DeploymentInfo | undefined> {
  for (let look = 1; ; look++) {
    const active = await codedeploy.active(application, group, signal)
    const newer = active.find(
      (other) =>
        other.deploymentId !== deploymentId &&
        other.creator !== 'codeDeployRollback' &&
        (createTime === undefined || other.createTime === undefined || other.createTime >= createTime),
    )
    if (newer !== undefined || look === followerLooks) return newer
    await clock.sleep(followerInterval, signal)
  }
}

/** The revision that the service's primary task set runs now. */
export async function serves(
  { cluster, service }: FollowRequest,
  { ecs, host, signal }: BlueGreenParts,
  began: BlueGreenBase,
): Promise<string | undefined> {
  const described = await orWarn(host, () => ecs.service(cluster, service, signal))
  const primary = described?.taskSets?.find(({ status }) => status === 'PRIMARY')
  return primary?.taskDefinition ?? began.runningTaskDefinition
}

/** Evidence of why a deployment failed, in words. */
export async function explained(
  last: DeploymentSnapshot,
  info: DeploymentGroupInfo,
  request: FollowRequest,
  parts: BlueGreenParts,
  { taskDefinition }: BlueGreenBase,
): Promise<FailureFound> {
  const { deployment, target } = last
  const green = target?.taskSetsInfo?.find(({ taskSetLabel }) => taskSetLabel === 'Green')?.identifer
  const { ecs, host, signal } = parts
  const service = await orWarn(host, () => ecs.service(request.cluster, request.service, signal))
  const set = service?.taskSets?.find(({ id }) => id === green)
  const override = deployment.overrideAlarmConfiguration
  const watched = override?.enabled === true ? override : info.alarmConfiguration
  const evidence = await deploymentEvidence(
    parts,
    {
      cluster: request.cluster,
      service: request.service,
      taskDefinition: set?.taskDefinition ?? taskDefinition ?? '',
      startedBy: green,
      since: deployment.createTime,
      targetGroups: (set?.loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? []),
      alarms: watched?.enabled === true ? (watched.alarms ?? []).flatMap(({ name }) => name ?? []) : [],
    },
    signal,
    toldOf(last),
  )
  return { ...explain(evidence), evidence }
}
