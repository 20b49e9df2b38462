import { isDeepStrictEqual } from 'node:util'
import { AwsError, type Input, type Operation } from '../service.ts'
import type { Deployer } from './deployer.ts'
import { checkNetwork, launchIn, launchTypeOf } from './launch-rules.ts'
import { page } from './paging.ts'
import { checkPlacement } from './placement.ts'
import { checkDeploymentConfiguration, checkLoadBalancers, checkUpdatable, checkVolumes } from './service-rules.ts'
import { describeService } from './service-view.ts'
import {
  activeService,
  arnOf,
  clusterOf,
  type Ecs,
  type EcsWorld,
  findService,
  includesTags,
  inputs,
  type Service,
  serviceOf,
  startableDefinition,
  type TaskDefinition,
  texts,
} from './state.ts'
import { addTags } from './tags.ts'
import type { TaskGroups } from './task-groups.ts'
import type { TaskSets } from './task-sets.ts'

/** Of what CreateService and UpdateService take, the settings whose change is a new deployment… */
const deployed = [
  ...['capacityProviderStrategy', 'platformVersion', 'networkConfiguration', 'loadBalancers', 'enableExecuteCommand'],
  ...['enableECSManagedTags', 'propagateTags', 'serviceConnectConfiguration', 'volumeConfigurations'],
  ...['serviceRegistries', 'vpcLatticeConfigurations'],
]
/** …and those that only count from then on. */
const undeployed = [
  ...['deploymentConfiguration', 'healthCheckGracePeriodSeconds', 'placementConstraints', 'placementStrategy'],
  'availabilityZoneRebalancing',
]

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message)
const isGiven = (value: unknown): boolean => value !== undefined && value !== null

/** Deployments of a service that are not over. Source: the service quotas of ECS. */
const mostDeployments = 5

/** Whether a request would make a new deployment. */
const mayDeploy = (service: Service, input: Input, next: TaskDefinition | undefined): boolean =>
  next !== service.definition ||
  input['forceNewDeployment'] === true ||
  change(structuredClone(service.settings), structuredClone(input))

/** Takes over what is given; says whether a new deployment follows from it. */
function change(settings: Input, input: Input): boolean {
  let redeploys = false
  for (const name of deployed) {
    if (!isGiven(input[name])) continue
    const unset = Array.isArray(input[name]) && input[name].length === 0 && settings[name] === undefined
    if (unset || isDeepStrictEqual(settings[name], input[name])) continue
    settings[name] = input[name]
    redeploys = true
  }
  for (const name of undeployed) {
    if (!isGiven(input[name])) continue
    settings[name] =
      name === 'deploymentConfiguration' ? { ...(settings[name] as Input | undefined), ...input[name] } : input[name]
  }
  return redeploys
}

const desiredCountOf = (input: Input, otherwise: number): number => {
  const count = isGiven(input['desiredCount']) ? Number(input['desiredCount']) : otherwise
  if (!Number.isInteger(count) || count < 0) throw invalid('desiredCount cannot be negative.')
  return count
}

/** Services: made, changed, read and deleted. */
export function serviceOperations(
  { world, state }: EcsWorld,
  groups: TaskGroups,
  deployer: Deployer,
  sets: TaskSets,
): Record<string, Operation> {
  const rescale = (ecs: Ecs, service: Service, desired: number): void => {
    service.desired = desired
    if (service.controller !== 'ECS') {
      sets.rescale(ecs, service)
      return
    }
    const primary = service.deployments.find(({ status }) => status === 'PRIMARY')
    if (primary === undefined || primary.rolloutState === 'IN_PROGRESS') return
    primary.desired = desired
    groups.reconcile(ecs, service, primary)
  }

  const create = async (ecs: Ecs, request: Input): Promise<Service> => {
    const cluster = clusterOf(ecs, request['cluster'])
    const input = launchIn(cluster, request)
    const name = String(input['serviceName'] ?? '')
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) throw invalid('Invalid identifier: Identifier is not valid')
    const before = findService(ecs, cluster, name)
    if (before?.status === 'DRAINING') throw invalid('Unable to Start a service that is still Draining.')
    if (before?.status === 'ACTIVE') throw invalid('Creation of service was not idempotent.')
    const controller = (input['deploymentController']?.type ?? 'ECS') as Service['controller']
    if (!['ECS', 'CODE_DEPLOY', 'EXTERNAL'].includes(controller)) throw invalid('Invalid deployment controller type.')
    if (controller !== 'EXTERNAL' && !isGiven(input['taskDefinition']))
      throw invalid('TaskDefinition can not be blank.')
    if (controller === 'EXTERNAL' && isGiven(input['taskDefinition'])) {
      throw invalid('Task definition is not supported on a service with an EXTERNAL deployment controller.')
    }
    const definition = controller === 'EXTERNAL' ? undefined : startableDefinition(ecs, input['taskDefinition'])
    if ((input['schedulingStrategy'] ?? 'REPLICA') !== 'REPLICA') {
      throw invalid(`The sandbox does not know the scheduling strategy ${input['schedulingStrategy']}.`)
    }
    const launchType = launchTypeOf(input, definition)
    checkPlacement(input)
    if (definition !== undefined) checkNetwork(definition, input['networkConfiguration'])
    checkDeploymentConfiguration(input['deploymentConfiguration'], controller)
    if (definition !== undefined) checkVolumes(definition, input['volumeConfigurations'])
    const desired = desiredCountOf(input, controller === 'EXTERNAL' ? 0 : 1)
    const balancers = inputs(input['loadBalancers'])
    if (controller === 'CODE_DEPLOY' && balancers.length === 0) {
      throw invalid('CODE_DEPLOY deployment controller requires a load balancer.')
    }
    await checkLoadBalancers(world, ecs, balancers, definition)
    const service: Service = {
      arn: arnOf(ecs, `service/${cluster.name}/${name}`),
      name,
      cluster,
      createdAt: world.clock.now(),
      createdBy: ecs.caller.arn,
      deployments: [],
      taskSets: [],
      serviceDeployments: [],
      revisions: new Map(),
      events: [],
      settings: { launchType },
      controller,
      desired,
      status: 'ACTIVE',
      definition,
    }
    change(service.settings, input)
    ecs.services.set(`${cluster.name}/${name}`, service)
    ecs.tags.delete(service.arn)
    addTags(ecs, service.arn, input['tags'])
    if (definition === undefined) return service
    if (controller === 'ECS') deployer.begin(ecs, service, definition)
    else sets.create(ecs, service, definition, { loadBalancers: balancers }, true)
    return service
  }

  const update = async (ecs: Ecs, input: Input): Promise<Service> => {
    const service = activeService(ecs, clusterOf(ecs, input['cluster']), input['service'])
    checkUpdatable(input, service.controller)
    checkPlacement(input)
    const given = isGiven(input['taskDefinition']) ? startableDefinition(ecs, input['taskDefinition']) : undefined
    const next = given ?? service.definition
    if (next !== undefined && isGiven(input['networkConfiguration'])) checkNetwork(next, input['networkConfiguration'])
    if (isGiven(input['deploymentConfiguration'])) {
      const merged = { ...(service.settings['deploymentConfiguration'] as Input), ...input['deploymentConfiguration'] }
      checkDeploymentConfiguration(merged, input['deploymentController']?.type ?? service.controller)
    }
    const balancers = isGiven(input['loadBalancers']) ? input['loadBalancers'] : service.settings['loadBalancers']
    if (service.controller === 'ECS' || isGiven(input['loadBalancers'])) {
      if (isGiven(input['loadBalancers']) || given !== undefined) {
        await checkLoadBalancers(world, ecs, inputs(balancers), next)
      }
    }
    const volumes: unknown = input['volumeConfigurations'] ?? service.settings['volumeConfigurations']
    if (next !== undefined && (given !== undefined || isGiven(input['volumeConfigurations'])))
      checkVolumes(next, volumes)
    const desired = desiredCountOf(input, service.desired)
    if (
      service.controller === 'ECS' &&
      service.deployments.length >= mostDeployments &&
      mayDeploy(service, input, next)
    ) {
      throw invalid(`${mostDeployments} active deployments exist, unable to create new deployment.`)
    }
    const migrates = service.controller !== 'ECS' && input['deploymentController']?.type === 'ECS'
    if (migrates) sets.handOver(ecs, service)
    const redeploys = change(service.settings, input)
    if (inputs(input['capacityProviderStrategy']).length > 0) service.settings['launchType'] = launchTypeOf(input, next)
    if (desired !== service.desired) rescale(ecs, service, desired)
    const isNew = next !== service.definition || redeploys || migrates || input['forceNewDeployment'] === true
    if (service.controller === 'ECS' && next !== undefined && isNew) deployer.begin(ecs, service, next)
    return service
  }

  return {
    async CreateService(input, caller) {
      const ecs = state(caller)
      return { service: describeService(ecs, await create(ecs, input), true) }
    },
    async UpdateService(input, caller) {
      const ecs = state(caller)
      return { service: describeService(ecs, await update(ecs, input), true) }
    },
    DeleteService(input, caller) {
      const ecs = state(caller)
      const service = activeService(ecs, clusterOf(ecs, input['cluster']), input['service'])
      if (service.desired > 0 && input['force'] !== true) {
        throw invalid('The service cannot be stopped while the primary deployment is scaled above 0.')
      }
      service.status = 'DRAINING'
      service.desired = 0
      deployer.abandon(service)
      const all = [...service.deployments, ...service.taskSets]
      for (const group of all) groups.drain(ecs, service, group, 'Service was deleted')
      const end = (): void => {
        if (all.some(({ tasks }) => tasks.size > 0)) return void world.clock.after(1_000, end)
        service.deployments.splice(0)
        service.taskSets.splice(0)
        service.status = 'INACTIVE'
      }
      world.clock.after(1_000, end)
      return { service: describeService(ecs, service, true) }
    },
    DescribeServices(input, caller) {
      const ecs = state(caller)
      const cluster = clusterOf(ecs, input['cluster'])
      const wanted = texts(input['services'])
      if (wanted.length === 0) throw invalid('Services cannot be empty.')
      if (wanted.length > 10) throw invalid('Services cannot have more than 10 elements.')
      const tags = includesTags(input)
      const seenAt = world.clock.now() - world.faults.age({ service: 'ecs', operation: 'DescribeServices' })
      const found = wanted.map((reference) => ({ reference, service: findService(ecs, cluster, reference) }))
      return {
        services: found.flatMap(({ service }) =>
          service === undefined ? [] : [describeService(ecs, service, tags, seenAt)],
        ),
        failures: found
          .filter(({ service }) => service === undefined)
          .map(({ reference }) => ({
            arn: reference.startsWith('arn:') ? reference : arnOf(ecs, `service/${cluster.name}/${reference}`),
            reason: 'MISSING',
          })),
      }
    },
    ListServices(input, caller) {
      const ecs = state(caller)
      const cluster = clusterOf(ecs, input['cluster'])
      const found = [...ecs.services.values()].filter(
        (service) =>
          service.cluster === cluster &&
          service.status !== 'INACTIVE' &&
          (!isGiven(input['launchType']) || service.settings['launchType'] === input['launchType']),
      )
      const { items, ...next } = page(found, input, 100, 10)
      return { serviceArns: items.map(({ arn }) => arn), ...next }
    },
    UpdateServicePrimaryTaskSet(input, caller) {
      const ecs = state(caller)
      return sets.makePrimary(activeService(ecs, clusterOf(ecs, input['cluster']), input['service']), input)
    },
    DescribeTaskSets(input, caller) {
      const ecs = state(caller)
      return sets.describe(ecs, serviceOf(ecs, clusterOf(ecs, input['cluster']), input['service']), input)
    },
  }
}
