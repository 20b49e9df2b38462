import { AwsError, type Input, type Operation } from '../service.ts'
import { capacityFor } from './capacity.ts'
import { activeInstances } from './container-instances.ts'
import { page } from './paging.ts'
import { checkPlacement } from './placement.ts'
import {
  arnOf,
  type Cluster,
  clusterOf,
  type Ecs,
  type EcsWorld,
  includesTags,
  inputs,
  nameIn,
  startableDefinition,
  type Task,
  type TaskDefinition,
  texts,
} from './state.ts'
import { addTags, tagsOf } from './tags.ts'
import type { TaskEngine } from './task-engine.ts'
import { describeTask } from './task-view.ts'

const isGiven = (value: unknown): boolean => value !== undefined && value !== null

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message)

/**
 * Holds a task's or a service's network settings against its task definition.
 * @throws AwsError InvalidParameterException
 */
export function checkNetwork(definition: TaskDefinition, networkConfiguration: unknown): void {
  const awsvpc = definition.body['networkMode'] === 'awsvpc'
  if (awsvpc && (networkConfiguration === undefined || networkConfiguration === null)) {
    throw invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
  }
  if (!awsvpc && networkConfiguration !== undefined && networkConfiguration !== null) {
    throw invalid('Network Configuration is not valid for the given networkMode of this task definition.')
  }
  const vpc = (networkConfiguration as Input | undefined)?.['awsvpcConfiguration'] as Input | undefined
  if (awsvpc && texts(vpc?.['subnets']).length === 0) throw invalid('subnets can not be empty.')
}

/** A request with the capacity providers that its cluster has for requests that name no capacity. */
export const launchIn = (cluster: Cluster, input: Input): Input =>
  isGiven(input['launchType']) ||
  inputs(input['capacityProviderStrategy']).length > 0 ||
  cluster.defaultStrategy.length === 0
    ? input
    : { ...input, capacityProviderStrategy: cluster.defaultStrategy }

/** The launch type that a request comes to. @throws AwsError InvalidParameterException */
export function launchTypeOf(input: Input, definition: TaskDefinition | undefined): string {
  const strategy = inputs(input['capacityProviderStrategy'])
  if (strategy.length > 0 && input['launchType'] !== undefined) {
    throw invalid(
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
    )
  }
  if (strategy.length > 0) {
    return strategy.some((one) => String(one['capacityProvider']).startsWith('FARGATE')) ? 'FARGATE' : 'EC2'
  }
  const launchType = String(input['launchType'] ?? 'EC2')
  if (launchType === 'FARGATE' && definition?.body['networkMode'] !== 'awsvpc' && definition !== undefined) {
    throw invalid('Task definition does not support launch_type FARGATE.')
  }
  return launchType
}

const findTask = (ecs: Ecs, cluster: Cluster, reference: unknown): Task | undefined =>
  ecs.tasks.get(arnOf(ecs, `task/${cluster.name}/${nameIn(reference)}`))

/** Running, stopping and reading tasks. */
export function taskOperations({ state }: EcsWorld, engine: TaskEngine): Record<string, Operation> {
  return {
    RunTask(request, caller) {
      const ecs = state(caller)
      const cluster = clusterOf(ecs, request['cluster'])
      const input = launchIn(cluster, request)
      const definition = startableDefinition(ecs, input['taskDefinition'])
      checkNetwork(definition, input['networkConfiguration'])
      const count = Number(input['count'] ?? 1)
      if (!Number.isInteger(count) || count < 1 || count > 10) throw invalid('count must be between 1 and 10.')
      const names = new Set(inputs(definition.body['containerDefinitions']).map(({ name }) => name))
      const override = inputs(input['overrides']?.containerOverrides).find(({ name }) => !names.has(name))
      if (override !== undefined) {
        throw invalid(`Override for container named ${override['name']} is not a container in the TaskDefinition.`)
      }
      const strategy = inputs(input['capacityProviderStrategy'])
      checkPlacement(input)
      const launchType = launchTypeOf(input, definition)
      const group = String(input['group'] ?? `family:${definition.family}`)
      if (launchType === 'EC2' && activeInstances(ecs, cluster).length === 0) {
        throw invalid('No Container Instances were found in your cluster.')
      }
      const tasks: Task[] = []
      const failures: Input[] = []
      while (tasks.length < count) {
        const capacity = capacityFor(ecs, { cluster, definition, group, launchType, settings: input })
        if (capacity.kind === 'none') {
          failures.push(...capacity.obstacles.map(({ instance, reason }) => ({ arn: instance.arn, reason })))
          break
        }
        const task = engine.start(ecs, {
          cluster,
          definition,
          instance: capacity.kind === 'instance' ? capacity.instance : undefined,
          group,
          startedBy: input['startedBy'] as string | undefined,
          launchType,
          capacityProvider: strategy[0]?.['capacityProvider'] as string | undefined,
          networkConfiguration: (input['networkConfiguration'] ?? undefined) as Input | undefined,
          overrides: (input['overrides'] ?? {}) as Input,
          enableExecuteCommand: input['enableExecuteCommand'] === true,
        })
        if (input['propagateTags'] === 'TASK_DEFINITION') addTags(ecs, task.arn, tagsOf(ecs, definition.arn))
        addTags(ecs, task.arn, input['tags'])
        tasks.push(task)
      }
      return { tasks: tasks.map((task) => describeTask(task, tagsOf(ecs, task.arn))), failures }
    },
    StopTask(input, caller) {
      const ecs = state(caller)
      const task = findTask(ecs, clusterOf(ecs, input['cluster']), input['task'])
      if (task === undefined) throw invalid('The referenced task was not found.')
      engine.stop(ecs, task, 'UserInitiated', String(input['reason'] ?? 'Task stopped by user'))
      return { task: describeTask(task) }
    },
    DescribeTasks(input, caller) {
      const ecs = state(caller)
      const cluster = clusterOf(ecs, input['cluster'])
      const wanted = texts(input['tasks'])
      if (wanted.length === 0) throw invalid('Tasks cannot be empty.')
      if (wanted.length > 100) throw invalid('Tasks cannot have more than 100 elements.')
      const found = wanted.map((reference) => ({ reference, task: findTask(ecs, cluster, reference) }))
      return {
        tasks: found.flatMap(({ task }) =>
          task === undefined ? [] : [describeTask(task, includesTags(input) ? tagsOf(ecs, task.arn) : [])],
        ),
        failures: found
          .filter(({ task }) => task === undefined)
          .map(({ reference }) => ({
            arn: reference.startsWith('arn:') ? reference : arnOf(ecs, `task/${cluster.name}/${reference}`),
            reason: 'MISSING',
          })),
      }
    },
    ListTasks(input, caller) {
      const ecs = state(caller)
      const cluster = clusterOf(ecs, input['cluster'])
      const { serviceName, family, startedBy, launchType, desiredStatus = 'RUNNING' } = input
      if (serviceName !== undefined && !ecs.services.has(`${cluster.name}/${nameIn(serviceName)}`)) {
        throw new AwsError('ServiceNotFoundException', 'Service not found.')
      }
      const found = [...ecs.tasks.values()].filter(
        (task) =>
          task.cluster === cluster &&
          task.desiredStatus === desiredStatus &&
          (serviceName === undefined || task.group === `service:${nameIn(serviceName)}`) &&
          (family === undefined || task.definition.family === family) &&
          (startedBy === undefined || task.startedBy === startedBy) &&
          (launchType === undefined || task.launchType === launchType),
      )
      const { items, ...next } = page(found, input)
      return { taskArns: items.map(({ arn }) => arn), ...next }
    },
  }
}
