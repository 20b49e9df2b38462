import { AwsError, type Operation } from '../service.ts'
import { page } from './paging.ts'
import { runTask } from './run-task.ts'
import {
  arnOf,
  type Cluster,
  clusterOf,
  type Ecs,
  type EcsWorld,
  includesTags,
  nameIn,
  type Task,
  texts,
} from './state.ts'
import { tagsOf } from './tags.ts'
import type { TaskEngine } from './task-engine.ts'
import { describeTask } from './task-view.ts'

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message)

const findTask = (ecs: Ecs, cluster: Cluster, reference: unknown): Task | undefined =>
  ecs.tasks.get(arnOf(ecs, `task/${cluster.name}/${nameIn(reference)}`))

/** Running, stopping and reading tasks. */
export function taskOperations({ world, state }: EcsWorld, engine: TaskEngine): Record<string, Operation> {
  return {
    RunTask: runTask(state, engine),
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
      const seenAt = world.clock.now() - world.faults.age({ service: 'ecs', operation: 'ListTasks' })
      const found = [...ecs.tasks.values()].filter(
        (task) =>
          task.createdAt <= seenAt &&
          task.cluster === cluster &&
          (task.stoppingAt === undefined || task.stoppingAt > seenAt ? 'RUNNING' : 'STOPPED') === desiredStatus &&
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
