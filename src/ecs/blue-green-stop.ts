import { isOurs } from './blue-green-plan.ts'
import type { BlueGreenParts } from './blue-green-request.ts'
import { type DeploymentSnapshot, targetIdOf } from './codedeploy-api.ts'
import { deploymentEnd, type Watch } from './deployment-watch.ts'
import { finishInterrupted, type JournalEntry, type StopEnd, type Stopping } from './remedies.ts'

export const journalName = 'blue-green'

type StopParts = Pick<BlueGreenParts, 'codedeploy' | 'host' | 'clock'>

/** The last look at a deployment that was stopped, and its rollback. */
export interface StoppedDeployment extends StopEnd {
  readonly last: DeploymentSnapshot
  readonly rollbackDeploymentId: string | undefined
  /** How the rollback ended; undefined when there was none. */
  readonly rollback: DeploymentSnapshot | undefined
}

/** Where a deployment was asked for, and by what mark it is known: saved before CodeDeploy is asked. */
export interface Attempt {
  readonly application: string
  readonly group: string
  readonly identity: string
}

function attemptOf({ attempt }: JournalEntry): Attempt | undefined {
  const { application, group, identity } = attempt ?? {}
  return typeof application === 'string' && typeof group === 'string' && typeof identity === 'string'
    ? { application, group, identity }
    : undefined
}

/** How the deployments of a service are watched. */
export const watchOf = (
  of: { readonly cluster: string; readonly service: string },
  { codedeploy, host, clock, signal }: Omit<Watch, 'targetId'>,
): Watch => ({ codedeploy, host, clock, signal, targetId: targetIdOf(of.cluster, of.service) })

/** Stops deployments of CodeDeploy and follows their rollbacks, which are deployments of their own. */
export const codeDeployStopping = (
  of: { readonly cluster: string; readonly service: string },
  parts: StopParts,
): Stopping<StoppedDeployment> => ({
  stop: (id, rollback, signal) => parts.codedeploy.stop(id, rollback, signal),
  async ended(id, signal) {
    const watch = watchOf(of, { ...parts, signal })
    const last = await deploymentEnd(id, { ...watch, tells: 'rest' })
    const { status, rollbackInfo } = last.deployment
    const rollbackDeploymentId = rollbackInfo?.rollbackDeploymentId
    if (status === 'Succeeded') {
      const words = `${id} had succeeded before it could be stopped`
      return { last, rollbackDeploymentId, rollback: undefined, words }
    }
    if (rollbackDeploymentId === undefined)
      return { last, rollbackDeploymentId, rollback: undefined, words: `${id} was stopped` }
    parts.host.info(`the rollback is the deployment ${rollbackDeploymentId}`)
    const rollback = await deploymentEnd(rollbackDeploymentId, { ...watch, tells: 'rollback' })
    const words = `${id} was stopped, its rollback ${rollbackDeploymentId} ended as ${rollback.deployment.status}`
    return { last, rollbackDeploymentId, rollback, words }
  },
  async find(entry, signal) {
    const attempt = attemptOf(entry)
    if (attempt === undefined) return undefined
    const active = await parts.codedeploy.active(attempt.application, attempt.group, signal)
    return active.find((deployment) => isOurs(deployment, attempt.identity))?.deploymentId
  },
})

/** The post step: finishes what a cancelled or killed run left open. */
export const finishBlueGreen = (
  of: { readonly cluster: string; readonly service: string },
  parts: StopParts & Pick<BlueGreenParts, 'signal'>,
): Promise<void> => finishInterrupted(journalName, parts, codeDeployStopping(of, parts))
