import type { Caller, World } from '../../world.ts'
import { AwsError, type Input, type Operation } from '../service.ts'
import { deploymentIn, textsIn } from './arguments.ts'
import { observe, workOn } from './lifecycle.ts'
import { type CodeDeployState, type Deployment, isOver } from './state.ts'
import { targetId, targetInfo } from './views.ts'

/** The one target of a deployment to ECS: its service. */
export function targetOperations(
  world: World,
  stateOf: (caller: Caller) => CodeDeployState,
): Record<string, Operation> {
  const started = (caller: Caller, input: Input): Deployment => {
    const deployment = deploymentIn(stateOf(caller), input)
    if (deployment.events.length === 0) {
      const message = `Deployment ${deployment.id} has not started.`
      throw new AwsError('DeploymentNotStartedException', message)
    }
    return deployment
  }
  const read = async (deployment: Deployment, id: unknown, caller: Caller) => {
    if (typeof id !== 'string' || id === '') {
      throw new AwsError('DeploymentTargetIdRequiredException', 'The deployment target ID is required.')
    }
    if (id !== targetId(deployment)) {
      const message = `The target ${id} is not part of the deployment ${deployment.id}.`
      throw new AwsError('DeploymentTargetDoesNotExistException', message)
    }
    if (!isOver(deployment)) await observe(workOn(world, caller, deployment))
    return targetInfo(deployment, caller)
  }
  return {
    async GetDeploymentTarget(input, caller) {
      return { deploymentTarget: await read(started(caller, input), input['targetId'], caller) }
    },
    async BatchGetDeploymentTargets(input, caller) {
      const deployment = started(caller, input)
      const ids = textsIn(
        input,
        'targetIds',
        25,
        'DeploymentTargetIdRequiredException',
        'DeploymentTargetListSizeExceededException',
      )
      return { deploymentTargets: await Promise.all(ids.map((id) => read(deployment, id, caller))) }
    },
    ListDeploymentTargets(input, caller) {
      const deployment = started(caller, input)
      const filters = (input['targetFilters'] ?? {}) as Record<string, unknown>
      if (Object.keys(filters).some((name) => name !== 'TargetStatus')) {
        throw new AwsError('InvalidTargetFilterNameException', 'A deployment to ECS is filtered by TargetStatus alone.')
      }
      const wanted = filters['TargetStatus']
      const { status } = targetInfo(deployment, caller).ecsTarget
      const matches = !Array.isArray(wanted) || wanted.includes(status)
      return { targetIds: matches ? [targetId(deployment)] : [] }
    },
  }
}
