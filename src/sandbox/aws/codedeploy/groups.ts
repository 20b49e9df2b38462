import { randomUUID } from 'node:crypto'
import type { Caller, World } from '../../world.ts'
import { AwsError, type Input, type Operation } from '../service.ts'
import { applicationIn, groupIn, groupName, page, tagsIn, textsIn } from './arguments.ts'
import { parseGroupSettings } from './group-settings.ts'
import { type CodeDeployState, deploymentsOf, type Group, type GroupSettings, isOver, routingNamed } from './state.ts'
import { groupInfo } from './views.ts'

/** Deployment groups. */
export function groupOperations(world: World, stateOf: (caller: Caller) => CodeDeployState): Record<string, Operation> {
  /** What a group names must be there: its configuration, and a service that CodeDeploy may drive, in no other group. */
  const check = async (settings: GroupSettings, caller: Caller, self: Group | undefined): Promise<void> => {
    const state = stateOf(caller)
    if (routingNamed(state, settings.deploymentConfigName) === undefined) {
      throw new AwsError(
        'DeploymentConfigDoesNotExistException',
        `No deployment configuration found for name: ${settings.deploymentConfigName}`,
      )
    }
    const { clusterName, serviceName } = settings.ecsServices[0]
    const others = [...state.applications.values()].flatMap(({ groups }) => [...groups.values()])
    const taken = others.find(({ settings: of }) => {
      const [service] = of.ecsServices
      return service.clusterName === clusterName && service.serviceName === serviceName
    })
    if (taken !== undefined && taken !== self) {
      throw new AwsError(
        'ECSServiceMappingLimitExceededException',
        `The ECS service ${serviceName} already belongs to the deployment group ${taken.name}.`,
      )
    }
    const found = await world
      .invoke<{ services?: { deploymentController?: { type?: string } }[] }>(
        'ecs',
        'DescribeServices',
        { cluster: clusterName, services: [serviceName] },
        caller,
      )
      .catch((error: unknown) => {
        if (error instanceof AwsError) return { services: [] }
        throw error
      })
    const [service] = found.services ?? []
    if (service === undefined) {
      throw new AwsError(
        'InvalidECSServiceException',
        `The ECS service ${serviceName} cannot be found in the cluster ${clusterName}.`,
      )
    }
    if (service.deploymentController?.type !== 'CODE_DEPLOY') {
      throw new AwsError(
        'InvalidECSServiceException',
        "Deployment group's ECS service must be configured for a CODE_DEPLOY deployment controller.",
      )
    }
  }

  return {
    async CreateDeploymentGroup(input, caller) {
      const application = applicationIn(stateOf(caller), input)
      const name = groupName(input)
      const exists = () => {
        if (!application.groups.has(name)) return
        throw new AwsError(
          'DeploymentGroupAlreadyExistsException',
          `A deployment group already exists for name: ${name}`,
        )
      }
      exists()
      const settings = parseGroupSettings(input, undefined)
      const tags = tagsIn(input['tags'])
      await check(settings, caller, undefined)
      exists()
      const group: Group = { id: randomUUID(), name, application, settings, tags }
      application.groups.set(name, group)
      return { deploymentGroupId: group.id }
    },
    GetDeploymentGroup(input, caller) {
      const state = stateOf(caller)
      return { deploymentGroupInfo: groupInfo(state, groupIn(state, input)) }
    },
    BatchGetDeploymentGroups(input, caller) {
      const state = stateOf(caller)
      const application = applicationIn(state, input)
      const names = textsIn(
        input,
        'deploymentGroupNames',
        100,
        'DeploymentGroupNameRequiredException',
        'BatchLimitExceededException',
      )
      const missing = names.filter((name) => !application.groups.has(name))
      return {
        deploymentGroupsInfo: names.flatMap((name) => {
          const group = application.groups.get(name)
          return group === undefined ? [] : [groupInfo(state, group)]
        }),
        errorMessage: missing.length === 0 ? undefined : `No Deployment Group found for name: ${missing.join(', ')}`,
      }
    },
    ListDeploymentGroups(input, caller) {
      const application = applicationIn(stateOf(caller), input)
      const { items, nextToken } = page([...application.groups.keys()].sort(), input)
      return { applicationName: application.name, deploymentGroups: items, nextToken }
    },
    async UpdateDeploymentGroup(input: Input, caller) {
      const group = groupIn(stateOf(caller), input, 'currentDeploymentGroupName')
      const settings = parseGroupSettings(input, group.settings)
      await check(settings, caller, group)
      if (input['newDeploymentGroupName'] !== undefined) {
        const name = groupName(input, 'newDeploymentGroupName')
        if (name !== group.name && group.application.groups.has(name)) {
          const message = `A deployment group already exists for name: ${name}`
          throw new AwsError('DeploymentGroupAlreadyExistsException', message)
        }
        group.application.groups.delete(group.name)
        group.name = name
        group.application.groups.set(name, group)
      }
      group.settings = settings
      return {}
    },
    DeleteDeploymentGroup(input, caller) {
      const state = stateOf(caller)
      const application = applicationIn(state, input)
      const group = application.groups.get(groupName(input))
      if (group === undefined) return {}
      for (const deployment of deploymentsOf(state, group)) {
        if (!isOver(deployment)) deployment.pacer.interrupt({ kind: 'request', rollback: undefined })
      }
      application.groups.delete(group.name)
      return { hooksNotCleanedUp: [] }
    },
  }
}
