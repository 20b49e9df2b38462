import type { BlueGreenParts } from './blue-green-request.ts'
import type { DeploymentSnapshot } from './codedeploy-api.ts'
import { deploymentEnd } from './deployment-watch.ts'
import { finishInterrupted, type StopEnd, type Stopping } from './remedies.ts'

export const journalName = 'blue-green'

type StopParts = Pick<BlueGreenParts, 'codedeploy' | 'host' | 'clock'>

/** The last look at a deployment that was stopped, and its rollback. */
export interface StoppedDeployment extends StopEnd {
  readonly last: DeploymentSnapshot
  readonly rollbackDeploymentId: string | undefined
}

/** Stops deployments of CodeDeploy and follows their rollbacks, which are deployments of their own. */
export const codeDeployStopping = ({ codedeploy, host, clock }: StopParts): Stopping<StoppedDeployment> => ({
  stop: (id, rollback, signal) => codedeploy.stop(id, rollback, signal),
  async ended(id, signal) {
    const last = await deploymentEnd(codedeploy, id, host, clock, signal)
    const rollbackDeploymentId = last.deployment.rollbackInfo?.rollbackDeploymentId
    if (last.deployment.status === 'Succeeded')
      return { last, rollbackDeploymentId, words: `${id} had succeeded before it could be stopped` }
    if (rollbackDeploymentId === undefined) return { last, rollbackDeploymentId, words: `${id} was stopped` }
    const end = await deploymentEnd(codedeploy, rollbackDeploymentId, host, clock, signal)
    return {
      last,
      rollbackDeploymentId,
      words: `${id} was stopped, its rollback ${rollbackDeploymentId} ended as ${end.deployment.status}`,
    }
  },
})

/** The post step: finishes what a cancelled or killed run left open. */
export const finishBlueGreen = (parts: StopParts & Pick<BlueGreenParts, 'signal'>): Promise<void> =>
  finishInterrupted(journalName, parts, codeDeployStopping(parts))
