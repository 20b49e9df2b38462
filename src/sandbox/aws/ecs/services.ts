import { AwsError, type Input, type Operation } from '../service.ts'
import type { RollingDeployments } from './rolling.ts'
import {
  addEvent,
  arnOf,
  clusterOf,
  type Deployment,
  definitionOf,
  type Ecs,
  type EcsWorld,
  findService,
  inputs,
  nameIn,
  type Service,
  type ServiceDeployment,
  seconds,
  serviceOf,
  texts,
} from './state.ts'
import { pending, running, type TaskGroups } from './task-groups.ts'
import { describeTaskSet, type TaskSets } from './task-sets.ts'

const kept = [
  'launchType',
  'platformVersion',
  'networkConfiguration',
  'loadBalancers',
  'deploymentConfiguration',
  'healthCheckGracePeriodSeconds',
  'enableECSManagedTags',
  'enableExecuteCommand',
  'propagateTags',
  'availabilityZoneRebalancing',
] as const

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message)

const describeDeployment = (deployment: Deployment): Input => ({
  id: deployment.id,
  status: deployment.status,
  taskDefinition: deployment.definition.arn,
  desiredCount: deployment.desired,
  pendingCount: pending(deployment),
  runningCount: running(deployment),
  failedTasks: deployment.failed,
  createdAt: seconds(deployment.createdAt),
  updatedAt: seconds(deployment.updatedAt),
  launchType: deployment.launchType,
  platformVersion: deployment.platformVersion ?? (deployment.launchType === 'FARGATE' ? '1.4.0' : undefined),
  platformFamily: deployment.launchType === 'FARGATE' ? 'Linux' : undefined,
  networkConfiguration: deployment.networkConfiguration,
  rolloutState: deployment.rolloutState,
  rolloutStateReason: deployment.rolloutStateReason,
})

function describeService(service: Service, withTags: boolean): Input {
  const groups = service.controller === 'ECS' ? service.deployments : service.taskSets
  const sum = (count: (group: (typeof groups)[number]) => number): number =>
    groups.reduce((total, group) => total + count(group), 0)
  const current = service.serviceDeployments[0]
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.cluster.arn,
    loadBalancers:
      service.controller === 'ECS'
        ? inputs(service.settings['loadBalancers'])
        : (service.taskSets.find(({ status }) => status === 'PRIMARY')?.loadBalancers ??
          inputs(service.settings['loadBalancers'])),
    serviceRegistries: [],
    status: service.status,
    desiredCount: service.desired,
    runningCount: sum(running),
    pendingCount: sum(pending),
    launchType: service.settings['launchType'],
    platformVersion:
      service.settings['platformVersion'] ?? (service.settings['launchType'] === 'FARGATE' ? 'LATEST' : undefined),
    platformFamily: service.settings['launchType'] === 'FARGATE' ? 'Linux' : undefined,
    taskDefinition: service.definition?.arn,
    deploymentConfiguration: {
      ...(service.controller === 'ECS'
        ? { deploymentCircuitBreaker: { enable: false, rollback: false }, strategy: 'ROLLING' }
        : {}),
      maximumPercent: 200,
      minimumHealthyPercent: 100,
      ...((service.settings['deploymentConfiguration'] ?? {}) as Input),
    },
    taskSets: service.taskSets.map((set) => describeTaskSet(service, set)),
    deployments: service.deployments.map(describeDeployment),
    events: service.events.map(({ id, createdAt, message }) => ({ id, createdAt: seconds(createdAt), message })),
    createdAt: seconds(service.createdAt),
    placementConstraints: [],
    placementStrategy: [],
    networkConfiguration: service.settings['networkConfiguration'],
    healthCheckGracePeriodSeconds: service.settings['healthCheckGracePeriodSeconds'] ?? 0,
    schedulingStrategy: 'REPLICA',
    deploymentController: { type: service.controller },
    ...(withTags ? { tags: service.tags } : {}),
    createdBy: undefined,
    enableECSManagedTags: service.settings['enableECSManagedTags'] ?? false,
    propagateTags: service.settings['propagateTags'] ?? 'NONE',
    enableExecuteCommand: service.settings['enableExecuteCommand'] ?? false,
    availabilityZoneRebalancing: service.settings['availabilityZoneRebalancing'] ?? 'DISABLED',
    ...(service.controller === 'ECS' && current !== undefined
      ? {
          currentServiceDeployment: current.finishedAt === undefined ? current.arn : undefined,
          currentServiceRevisions: service.deployments.map((deployment) => ({
            arn: deployment.serviceDeployment.revisionArn,
            requestedTaskCount: deployment.desired,
            runningTaskCount: running(deployment),
            pendingTaskCount: pending(deployment),
          })),
        }
      : {}),
  }
}

const describeServiceDeployment = (service: Service, record: ServiceDeployment): Input => ({
  serviceDeploymentArn: record.arn,
  serviceArn: service.arn,
  clusterArn: service.cluster.arn,
  createdAt: seconds(record.createdAt),
  startedAt: seconds(record.startedAt),
  finishedAt: seconds(record.finishedAt),
  stoppedAt: seconds(record.stoppedAt),
  updatedAt: seconds(record.updatedAt),
  sourceServiceRevisions: record.sourceRevisionArns.map((arn) => ({
    arn,
    requestedTaskCount: 0,
    runningTaskCount: 0,
    pendingTaskCount: 0,
  })),
  targetServiceRevision: {
    arn: record.revisionArn,
    requestedTaskCount: service.desired,
    runningTaskCount: 0,
    pendingTaskCount: 0,
  },
  status: record.status,
  statusReason: record.statusReason,
  deploymentConfiguration: {
    maximumPercent: 200,
    minimumHealthyPercent: 100,
    strategy: 'ROLLING',
    ...((service.settings['deploymentConfiguration'] ?? {}) as Input),
  },
  rollback: record.rollback && {
    reason: record.rollback.reason,
    startedAt: seconds(record.rollback.startedAt),
    serviceRevisionArn: record.rollback.serviceRevisionArn,
  },
  deploymentCircuitBreaker: {
    status: record.status.startsWith('ROLLBACK')
      ? 'TRIGGERED'
      : record.finishedAt === undefined
        ? 'MONITORING'
        : 'MONITORING_COMPLETE',
    failureCount: record.failures,
    threshold: Math.min(200, Math.max(3, Math.ceil(service.desired / 2))),
  },
})

/** Services: made, changed, read and deleted; native deployments read and stopped. */
export function serviceOperations(
  ecsWorld: EcsWorld,
  groups: TaskGroups,
  rolling: RollingDeployments,
  sets: TaskSets,
): Record<string, Operation> {
  const { world, state } = ecsWorld

  const recordOf = (ecs: Ecs, arn: unknown): { service: Service; record: ServiceDeployment } | undefined => {
    for (const service of ecs.services.values()) {
      const record = service.serviceDeployments.find((candidate) => candidate.arn === arn)
      if (record !== undefined) return { service, record }
    }
    return undefined
  }

  return {
    CreateService(input, caller) {
      const ecs = state(caller)
      const cluster = clusterOf(ecs, input['cluster'])
      const name = String(input['serviceName'] ?? '')
      if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) throw invalid('Invalid service name.')
      const before = findService(ecs, cluster, name)
      if (before !== undefined && before.status !== 'INACTIVE') throw invalid('Creation of service was not idempotent.')
      const controller = (input['deploymentController']?.type ?? 'ECS') as Service['controller']
      if (!['ECS', 'CODE_DEPLOY', 'EXTERNAL'].includes(controller)) throw invalid('Invalid deployment controller type.')
      const definition = input['taskDefinition'] === undefined ? undefined : definitionOf(ecs, input['taskDefinition'])
      if (definition === undefined && controller !== 'EXTERNAL') throw invalid('TaskDefinition can not be blank.')
      if (definition?.status === 'INACTIVE') throw new AwsError('ClientException', 'TaskDefinition is inactive')
      if (definition?.body['networkMode'] === 'awsvpc' && input['networkConfiguration'] === undefined) {
        throw invalid(`Network Configuration must be provided when networkMode 'awsvpc' is specified.`)
      }
      for (const balancer of inputs(input['loadBalancers'])) {
        const container = inputs(definition?.body['containerDefinitions']).find(
          (candidate) => candidate['name'] === balancer['containerName'],
        )
        if (definition !== undefined && container === undefined) {
          throw invalid(`The container ${balancer['containerName']} does not exist in the task definition.`)
        }
        const mapped = inputs(container?.['portMappings']).some(
          ({ containerPort }) => containerPort === balancer['containerPort'],
        )
        if (definition !== undefined && !mapped) {
          throw invalid(
            `The container ${balancer['containerName']} did not have a container port ${balancer['containerPort']} defined.`,
          )
        }
      }
      const service: Service = {
        arn: arnOf(ecs, `service/${cluster.name}/${name}`),
        name,
        cluster,
        controller,
        createdAt: world.clock.now(),
        deployments: [],
        taskSets: [],
        serviceDeployments: [],
        events: [],
        settings: Object.fromEntries(kept.filter((key) => input[key] !== undefined).map((key) => [key, input[key]])),
        tags: inputs(input['tags']),
        desired: Number(input['desiredCount'] ?? 1),
        status: 'ACTIVE',
        definition,
      }
      if (service.settings['launchType'] === undefined)
        service.settings['launchType'] = definition?.body['networkMode'] === 'awsvpc' ? 'FARGATE' : 'EC2'
      ecs.services.set(`${cluster.name}/${name}`, service)
      if (controller === 'ECS' && definition !== undefined) rolling.begin(ecs, service, definition)
      if (controller === 'CODE_DEPLOY' && definition !== undefined) {
        sets.create(ecs, service, { taskDefinition: definition.arn, loadBalancers: input['loadBalancers'] }, true)
      }
      return { service: describeService(service, true) }
    },
    UpdateService(input, caller) {
      const ecs = state(caller)
      const service = serviceOf(ecs, clusterOf(ecs, input['cluster']), input['service'])
      if (service.status !== 'ACTIVE') throw new AwsError('ServiceNotActiveException', 'Service was not ACTIVE.')
      if (service.controller !== 'ECS') {
        const refused = [
          'taskDefinition',
          'networkConfiguration',
          'platformVersion',
          'loadBalancers',
          'forceNewDeployment',
        ]
        const given = refused.find((key) => input[key] !== undefined && input[key] !== false)
        if (given === 'taskDefinition') {
          throw invalid(
            `Unable to update task definition on services with a ${service.controller} deployment controller. Use AWS CodeDeploy to trigger a new deployment.`,
          )
        }
        if (given !== undefined)
          throw invalid(`Cannot update ${given} on services with a ${service.controller} deployment controller.`)
      }
      const definition = input['taskDefinition'] === undefined ? undefined : definitionOf(ecs, input['taskDefinition'])
      if (definition?.status === 'INACTIVE') throw new AwsError('ClientException', 'TaskDefinition is inactive')
      for (const key of kept)
        if (input[key] !== undefined)
          service.settings[key] =
            key === 'deploymentConfiguration' ? { ...(service.settings[key] as Input), ...input[key] } : input[key]
      if (input['desiredCount'] !== undefined) {
        service.desired = Number(input['desiredCount'])
        const primary = service.deployments.find(({ status }) => status === 'PRIMARY')
        if (primary !== undefined && primary.rolloutState !== 'IN_PROGRESS') {
          primary.desired = service.desired
          groups.reconcile(ecs, service, primary)
        }
        sets.rescale(ecs, service)
      }
      const redeploys = [
        'networkConfiguration',
        'platformVersion',
        'loadBalancers',
        'launchType',
        'enableExecuteCommand',
      ].some((key) => input[key] !== undefined)
      const next = definition ?? service.definition
      const isNew = definition !== undefined && definition !== service.definition
      if (
        service.controller === 'ECS' &&
        next !== undefined &&
        (isNew || input['forceNewDeployment'] === true || redeploys)
      )
        rolling.begin(ecs, service, next)
      return { service: describeService(service, true) }
    },
    DeleteService(input, caller) {
      const ecs = state(caller)
      const service = serviceOf(ecs, clusterOf(ecs, input['cluster']), input['service'])
      const groupsOfService = [...service.deployments, ...service.taskSets]
      if (service.desired > 0 && input['force'] !== true && service.controller === 'ECS') {
        throw invalid('The service cannot be stopped while it is scaled above 0.')
      }
      service.status = 'DRAINING'
      for (const group of groupsOfService) groups.drain(ecs, service, group, 'Service was deleted')
      world.clock.after(10_000, () => {
        service.status = 'INACTIVE'
      })
      return { service: describeService(service, true) }
    },
    DescribeServices(input, caller) {
      const ecs = state(caller)
      const cluster = clusterOf(ecs, input['cluster'])
      const wanted = texts(input['services'])
      if (wanted.length === 0) throw invalid('Services cannot be empty.')
      if (wanted.length > 10) throw invalid('Services cannot be more than 10.')
      const tags = Array.isArray(input['include']) && input['include'].includes('TAGS')
      const found = wanted.map((reference) => ({ reference, service: findService(ecs, cluster, reference) }))
      return {
        services: found.flatMap(({ service }) => (service === undefined ? [] : [describeService(service, tags)])),
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
        (service) => service.cluster === cluster && service.status !== 'INACTIVE',
      )
      return { serviceArns: found.map(({ arn }) => arn) }
    },
    ListServiceDeployments(input, caller) {
      const ecs = state(caller)
      const service = serviceOf(ecs, clusterOf(ecs, input['cluster']), input['service'])
      const statuses = texts(input['status'])
      return {
        serviceDeployments: service.serviceDeployments
          .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
          .slice(0, Number(input['maxResults'] ?? 100))
          .map((record) => ({
            serviceDeploymentArn: record.arn,
            serviceArn: service.arn,
            clusterArn: service.cluster.arn,
            startedAt: seconds(record.startedAt),
            createdAt: seconds(record.createdAt),
            finishedAt: seconds(record.finishedAt),
            targetServiceRevisionArn: record.revisionArn,
            status: record.status,
            statusReason: record.statusReason,
          })),
      }
    },
    DescribeServiceDeployments(input, caller) {
      const ecs = state(caller)
      const found = texts(input['serviceDeploymentArns']).map((arn) => ({ arn, hit: recordOf(ecs, arn) }))
      return {
        serviceDeployments: found.flatMap(({ hit }) =>
          hit === undefined ? [] : [describeServiceDeployment(hit.service, hit.record)],
        ),
        failures: found.filter(({ hit }) => hit === undefined).map(({ arn }) => ({ arn, reason: 'MISSING' })),
      }
    },
    DescribeServiceRevisions(input, caller) {
      const ecs = state(caller)
      const all = [...ecs.services.values()].flatMap((service) =>
        service.serviceDeployments.map((record) => ({ service, record })),
      )
      const found = texts(input['serviceRevisionArns']).map((arn) => ({
        arn,
        hit: all.find(({ record }) => record.revisionArn === arn),
      }))
      return {
        serviceRevisions: found.flatMap(({ hit }) =>
          hit === undefined
            ? []
            : [
                {
                  serviceRevisionArn: hit.record.revisionArn,
                  serviceArn: hit.service.arn,
                  clusterArn: hit.service.cluster.arn,
                  taskDefinition: hit.record.definition.arn,
                  launchType: hit.service.settings['launchType'],
                  createdAt: seconds(hit.record.createdAt),
                },
              ],
        ),
        failures: found.filter(({ hit }) => hit === undefined).map(({ arn }) => ({ arn, reason: 'MISSING' })),
      }
    },
    StopServiceDeployment(input, caller) {
      const ecs = state(caller)
      const hit = recordOf(ecs, input['serviceDeploymentArn'])
      if (hit === undefined)
        throw new AwsError('ServiceDeploymentNotFoundException', 'The service deployment was not found.')
      if (!rolling.stop(ecs, hit.service, hit.record)) {
        throw new AwsError('ConflictException', `The service deployment is in a final state: ${hit.record.status}.`)
      }
      addEvent(world, hit.service, `deployment ${nameIn(hit.record.arn)} was stopped.`)
      return { serviceDeploymentArn: hit.record.arn }
    },
  }
}
