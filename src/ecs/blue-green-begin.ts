import { createHash } from 'node:crypto'
import type { AutoRollbackEvent } from '@aws-sdk/client-codedeploy'
import { messageOf, UserError } from '../action/errors.ts'
import { awsCode, isRefused } from '../aws/errors.ts'
import { appSpecContent, withTaskDefinition } from './appspec.ts'
import { followDeployment } from './blue-green-follow.ts'
import { markedDescription } from './blue-green-plan.ts'
import type { BlueGreenBase, BlueGreenParts, BlueGreenRequest, BlueGreenResult } from './blue-green-request.ts'
import { codeDeployStopping } from './blue-green-stop.ts'
import type { Target } from './blue-green-target.ts'
import { deploymentIn } from './codedeploy-api.ts'
import { lastingCall } from './lasting-call.ts'
import type { Journal } from './remedies.ts'
import { type RevisionToDeploy, revisionToDeploy, takeBack } from './revision-to-deploy.ts'
import { runTask, type TaskRun } from './run-task.ts'
import { besideService } from './task-before.ts'

/** What a deployment can be rolled back for by CodeDeploy itself. */
export const rollbackEvents = [
  'DEPLOYMENT_FAILURE',
  'DEPLOYMENT_STOP_ON_ALARM',
  'DEPLOYMENT_STOP_ON_REQUEST',
] as const satisfies readonly AutoRollbackEvent[]

/** Registers the revision, creates the deployment and follows it. Each of both is journalled before its answer can be lost. */
export async function beginDeployment(
  request: BlueGreenRequest,
  parts: BlueGreenParts,
  target: Target,
  base: BlueGreenBase,
  journal: Journal,
): Promise<BlueGreenResult> {
  const { codedeploy, host, signal } = parts
  const { application, group, identity, info } = target
  const revision = await revisionToDeploy({ ...request, newest: target.newest }, parts, (arn) =>
    journal.save({ registered: arn }),
  )
  const taskBefore = await ranBefore(revision, request, parts, target, journal)
  const content = appSpecContent(withTaskDefinition(target.spec, revision.arn))
  journal.save({ attempt: { application, group, identity } })
  let id: string
  try {
    id = await lastingCall(
      signal,
      (lasting) =>
        codedeploy.create(
          {
            application,
            group,
            content,
            sha256: createHash('sha256').update(content).digest('hex'),
            description: markedDescription(request.description, identity),
            config: request.config,
            autoRollback: request.autoRollback ?? impliedEvents(request),
            alarms: request.alarms,
          },
          lasting,
        ),
      (made) => journal.save({ deploymentId: made }),
    )
  } catch (error) {
    signal.throwIfAborted()
    const begun = await codeDeployStopping(request, parts).find?.(journal.entry(), signal)
    if (begun === undefined) return await notBegun(error, revision, parts, base, journal)
    host.info(`the answer of CodeDeploy was lost, and the deployment ${begun} has begun`)
    id = begun
    journal.save({ deploymentId: id })
  }
  host.info(`deployment ${id} moves ${request.service} to ${revision.arn.split('/').at(-1)}`)
  const following = { id, base: { ...base, taskDefinition: revision.arn, taskBefore }, info, takenUp: false }
  return await followDeployment(following, request, parts)
}

/** Runs the task that comes before the deployment; when it fails, a revision that was registered for it goes again. */
async function ranBefore(
  revision: RevisionToDeploy,
  { taskBefore, cluster }: BlueGreenRequest,
  parts: BlueGreenParts,
  { described }: Target,
  journal: Journal,
): Promise<TaskRun | undefined> {
  if (taskBefore === undefined) return undefined
  try {
    return await runTask({ ...besideService(taskBefore, described), cluster, taskDefinition: revision.arn }, parts)
  } catch (error) {
    if (error instanceof UserError) {
      journal.save({ registered: undefined })
      await takeBack(parts.ecs, revision, parts.host)
    }
    throw error
  }
}

const impliedEvents = ({ onFailure }: BlueGreenRequest): readonly AutoRollbackEvent[] | undefined =>
  onFailure === 'rollback' ? rollbackEvents : onFailure === 'leave' ? undefined : []

/** CodeDeploy did not take the deployment. */
async function notBegun(
  error: unknown,
  revision: RevisionToDeploy,
  { ecs, host }: BlueGreenParts,
  base: BlueGreenBase,
  journal: Journal,
): Promise<BlueGreenResult> {
  // Without a clear no it may begin yet: the revision stays, and the post step looks for the deployment.
  if (!isRefused(error)) throw error
  journal.save({ attempt: undefined, registered: undefined })
  await takeBack(ecs, revision, host)
  const isLimit = error instanceof UserError && awsCode(error.cause) === 'DeploymentLimitExceededException'
  const other = isLimit ? deploymentIn(messageOf(error)) : undefined
  if (other === undefined) throw error
  return {
    ...base,
    outcome: 'blocked',
    deploymentId: other,
    reason: `the deployment ${other} began in the group in the meantime: run again when it is over`,
  }
}
