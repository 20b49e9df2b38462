import { randomUUID } from 'node:crypto'
import type { Caller, World } from '../../world.ts'
import { AwsError, type Operation } from '../service.ts'
import { configName, page } from './arguments.ts'
import type { CodeDeployState } from './state.ts'
import { parseRouting, predefinedRouting } from './traffic-routing.ts'

/** Deployment configurations: the five for ECS that every account has, and the account's own. */
export function configOperations(
  world: World,
  stateOf: (caller: Caller) => CodeDeployState,
): Record<string, Operation> {
  const start = world.clock.seconds()
  return {
    CreateDeploymentConfig(input, caller) {
      const { configs } = stateOf(caller)
      const name = configName(input)
      if (name.startsWith('CodeDeployDefault.')) {
        throw new AwsError('InvalidDeploymentConfigNameException', 'A name must not begin with CodeDeployDefault.')
      }
      if (input['computePlatform'] !== 'ECS') {
        throw new AwsError(
          'InvalidComputePlatformException',
          'The sandbox deploys to ECS only: the computePlatform must be ECS.',
        )
      }
      if (configs.has(name)) {
        throw new AwsError(
          'DeploymentConfigAlreadyExistsException',
          `A deployment configuration ${name} already exists`,
        )
      }
      if (input['minimumHealthyHosts'] !== undefined) {
        throw new AwsError(
          'InvalidMinimumHealthyHostValueException',
          'A deployment configuration for ECS takes no minimumHealthyHosts.',
        )
      }
      const routing = parseRouting(input['trafficRoutingConfig'])
      const id = randomUUID()
      configs.set(name, { id, name, createTime: world.clock.seconds(), routing })
      return { deploymentConfigId: id }
    },
    GetDeploymentConfig(input, caller) {
      const name = configName(input)
      const own = stateOf(caller).configs.get(name)
      const predefined = Object.hasOwn(predefinedRouting, name) ? predefinedRouting[name] : undefined
      const routing = own?.routing ?? predefined
      if (routing === undefined) {
        throw new AwsError(
          'DeploymentConfigDoesNotExistException',
          `No deployment configuration found for name: ${name}`,
        )
      }
      return {
        deploymentConfigInfo: {
          deploymentConfigId:
            own?.id ?? `00000000-0000-0000-0000-00000000000${Object.keys(predefinedRouting).indexOf(name)}`,
          deploymentConfigName: name,
          createTime: own?.createTime ?? start,
          computePlatform: 'ECS',
          trafficRoutingConfig: routing,
        },
      }
    },
    ListDeploymentConfigs(input, caller) {
      const names = [...Object.keys(predefinedRouting), ...stateOf(caller).configs.keys()]
      const { items, nextToken } = page(names, input)
      return { deploymentConfigsList: items, nextToken }
    },
    DeleteDeploymentConfig(input, caller) {
      const { configs, applications } = stateOf(caller)
      const name = configName(input)
      if (Object.hasOwn(predefinedRouting, name)) {
        throw new AwsError('InvalidOperationException', `${name} is predefined and cannot be deleted.`)
      }
      const groups = [...applications.values()].flatMap((application) => [...application.groups.values()])
      if (groups.some(({ settings }) => settings.deploymentConfigName === name)) {
        throw new AwsError('DeploymentConfigInUseException', `The deployment configuration ${name} is in use.`)
      }
      configs.delete(name)
      return {}
    },
  }
}
