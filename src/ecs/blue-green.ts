import { createHash } from 'node:crypto'
import type { AutoRollbackEvent } from '@aws-sdk/client-codedeploy'
import type { Service } from '@aws-sdk/client-ecs'
import { messageOf, UserError } from '../action/errors.ts'
import { type AppSpec, appSpecContent, appSpecOf, withTaskDefinition } from './appspec.ts'
import { followDeployment } from './blue-green-follow.ts'
import {
  type BlueGreenPlan,
  conventionalNames,
  deploymentIdentity,
  groupProblems,
  markedDescription,
  planBlueGreen,
} from './blue-green-plan.ts'
import type { BlueGreenBase, BlueGreenParts, BlueGreenRequest, BlueGreenResult } from './blue-green-request.ts'
import { codeDeployStopping, journalName } from './blue-green-stop.ts'
import { deploymentIn } from './codedeploy-api.ts'
import { deploymentEnd } from './deployment-watch.ts'
import { type Journal, openJournal, withRemedies } from './remedies.ts'
import { type RevisionToDeploy, revisionToDeploy, takeBack } from './revision-to-deploy.ts'
import { sameTaskDefinition } from './task-definition.ts'

const rollbackEvents: readonly AutoRollbackEvent[] = [
  'DEPLOYMENT_FAILURE',
  'DEPLOYMENT_STOP_ON_ALARM',
  'DEPLOYMENT_STOP_ON_REQUEST',
]

/** What a deployment is for, found and checked to belong together. */
interface Target {
  readonly application: string
  readonly group: string
  readonly spec: AppSpec
  readonly identity: string
  /** What serves now. */
  readonly primary: string | undefined
  /** What serves now, when it is what is asked for. */
  readonly same: string | undefined
}

/** Deploys a revision to a service that CodeDeploy moves, and stays with that deployment until it is where it was asked to be. */
export async function deployBlueGreen(request: BlueGreenRequest, parts: BlueGreenParts): Promise<BlueGreenResult> {
  const { codedeploy, host, signal } = parts
  const target = await findTarget(request, parts)
  const { application, group, identity, primary, same } = target
  const plan = planBlueGreen({
    identity,
    runsIt: same !== undefined,
    active: await codedeploy.active(application, group, signal),
    ifDeploying: request.ifDeploying,
  })
  const base: BlueGreenBase = {
    application,
    group,
    taskDefinition: same ?? request.arn,
    runningTaskDefinition: primary,
    deploymentId: undefined,
    rollbackDeploymentId: undefined,
    last: undefined,
    failures: [],
  }
  if (plan.kind === 'unchanged') {
    host.info(`${request.service} runs ${primary} already, which is the same: nothing is registered or deployed`)
    return { ...base, outcome: 'unchanged', reason: undefined }
  }
  if (plan.kind === 'blocked')
    return { ...base, outcome: 'blocked', reason: plan.reason, deploymentId: plan.deploymentId }
  if (request.dryRun) {
    host.info(`would ${plannedWords(plan, request, target)}`)
    return { ...base, outcome: 'succeeded', reason: undefined }
  }
  const journal = openJournal(host, journalName, request.onCancel)
  const end = await withRemedies(request, parts, journal, codeDeployStopping(parts), (inTime) =>
    carryOut(plan, request, { ...parts, signal: inTime }, target, base, journal),
  )
  if ('result' in end) return end.result
  const { outcome, reason, entry } = end
  const taskDefinition = entry.registered ?? base.taskDefinition
  return { ...base, ...end.end, outcome, reason, deploymentId: entry.deploymentId, taskDefinition }
}

/** Reads the service and its deployment group. @throws UserError when they do not belong together */
async function findTarget(request: BlueGreenRequest, parts: BlueGreenParts): Promise<Target> {
  const { ecs, codedeploy, signal } = parts
  const service: Service = await ecs.service(request.cluster, request.service, signal)
  if (service.deploymentController?.type !== 'CODE_DEPLOY') {
    throw new UserError(
      `the service '${request.service}' is moved by ${service.deploymentController?.type ?? 'ECS'}, not by CodeDeploy`,
    )
  }
  const conventional = conventionalNames(request.cluster, request.service)
  const application = request.application ?? conventional.application
  const group = request.group ?? conventional.group
  const info = await codedeploy.group(application, group, signal)
  if (info === undefined) {
    throw new UserError(
      `there is no deployment group '${group}' in the application '${application}': name them by codedeploy-application and codedeploy-deployment-group`,
    )
  }
  const problems = groupProblems(info, service, request.cluster)
  if (problems.length > 0) throw new UserError(problems.join('\n'))

  const spec = request.appSpec ?? appSpecOf(service)
  const identity = deploymentIdentity(request.document, spec, `${request.cluster}/${request.service}`)
  const primary = service.taskSets?.find(({ status }) => status === 'PRIMARY')?.taskDefinition ?? service.taskDefinition
  const runs = primary === undefined ? undefined : await ecs.describeTaskDefinition(primary, signal)
  const same =
    runs !== undefined &&
    (request.arn === runs.arn || (request.arn === undefined && sameTaskDefinition(runs.document, request.document)))
  return { application, group, spec, identity, primary, same: same ? runs.arn : undefined }
}

function plannedWords(plan: BlueGreenPlan, request: BlueGreenRequest, { application, group }: Target): string {
  const first =
    plan.kind === 'take-up'
      ? `take up the deployment ${plan.deploymentId}`
      : plan.kind === 'wait-for'
        ? `wait for the deployment ${plan.deploymentId}, then deploy`
        : plan.kind === 'stop-first'
          ? `stop the deployment ${plan.deploymentId}, then deploy`
          : 'deploy'
  return `${first} ${request.arn ?? `a revision of ${String(request.document['family'])}`} to ${request.cluster}/${request.service} by ${application}/${group}`
}

/** Makes way, registers, creates the deployment and follows it. */
async function carryOut(
  plan: BlueGreenPlan,
  request: BlueGreenRequest,
  parts: BlueGreenParts,
  target: Target,
  base: BlueGreenBase,
  journal: Journal,
): Promise<BlueGreenResult> {
  const { ecs, codedeploy, host, signal } = parts
  const { application, group, spec, identity } = target
  if (plan.kind === 'take-up') {
    host.info(`taking up the deployment ${plan.deploymentId}, begun by an earlier run`)
    journal.save({ deploymentId: plan.deploymentId })
    const taskDefinition = base.taskDefinition ?? target.primary
    return await followDeployment(plan.deploymentId, request, parts, { ...base, taskDefinition }, true)
  }
  if (plan.kind === 'stop-first') {
    host.info(`stopping the deployment ${plan.deploymentId} first${plan.rollback ? ', with a rollback' : ''}`)
    await codedeploy.stop(plan.deploymentId, plan.rollback, signal)
  }
  if (plan.kind === 'stop-first' || plan.kind === 'wait-for') await groupIsFree(application, group, parts)
  const revision = await revisionToDeploy(ecs, request, host, signal)
  journal.save({ registered: revision.registered ? revision.arn : undefined })
  const content = appSpecContent(withTaskDefinition(spec, revision.arn))
  let id: string
  try {
    id = await codedeploy.create(
      {
        application,
        group,
        content,
        sha256: createHash('sha256').update(content).digest('hex'),
        description: markedDescription(request.description, identity),
        config: request.config,
        autoRollback:
          request.onFailure === 'rollback' ? rollbackEvents : request.onFailure === 'leave' ? undefined : [],
      },
      signal,
    )
  } catch (error) {
    return await notBegun(error, revision, parts, base)
  }
  journal.save({ deploymentId: id })
  host.info(`deployment ${id} moves ${request.service} to ${revision.arn.split('/').at(-1)}`)
  return await followDeployment(id, request, parts, { ...base, taskDefinition: revision.arn })
}

/** CodeDeploy did not take the deployment. */
async function notBegun(
  error: unknown,
  revision: RevisionToDeploy,
  { ecs, host }: BlueGreenParts,
  base: BlueGreenBase,
): Promise<BlueGreenResult> {
  await takeBack(ecs, revision, host)
  const other = error instanceof UserError ? deploymentIn(error.message) : undefined
  if (other === undefined || !messageOf(error).includes('DeploymentLimitExceeded')) throw error
  return {
    ...base,
    outcome: 'blocked',
    deploymentId: other,
    reason: `the deployment ${other} began in the group in the meantime: run again when it is over`,
  }
}

async function groupIsFree(application: string, group: string, parts: BlueGreenParts): Promise<void> {
  for (;;) {
    const [first] = await parts.codedeploy.active(application, group, parts.signal)
    if (first?.deploymentId === undefined) return
    parts.host.info(`waiting for the deployment ${first.deploymentId}`)
    await deploymentEnd(parts.codedeploy, first.deploymentId, parts.host, parts.clock, parts.signal)
  }
}
