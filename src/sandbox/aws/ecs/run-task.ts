import { AwsError, type Input, type Operation } from '../service.ts'
import { capacityFor } from './capacity.ts'
import { activeInstances } from './container-instances.ts'
import { checkNetwork, launchIn, launchTypeOf } from './launch-rules.ts'
import { checkPlacement } from './placement.ts'
import { checkVolumes } from './service-rules.ts'
import { clusterOf, type Ecs, type EcsWorld, inputs, startableDefinition, type Task } from './state.ts'
import { addTags, tagsOf } from './tags.ts'
import type { TaskEngine } from './task-engine.ts'
import { describeTask } from './task-view.ts'

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message)

const show = (ecs: Ecs, tasks: readonly Task[], failures: readonly Input[]) => ({
  tasks: tasks.map((task) => describeTask(task, tagsOf(ecs, task.arn))),
  failures,
})

/** RunTask: tasks of their own, as many as there is room for; the same request again, known by its token, runs none. */
export function runTask(state: EcsWorld['state'], engine: TaskEngine): Operation {
  return (request, caller) => {
    const ecs = state(caller)
    const cluster = clusterOf(ecs, request['cluster'])
    const input = launchIn(cluster, request)
    const token = request['clientToken'] === undefined ? undefined : `${cluster.name} ${request['clientToken']}`
    const before = token === undefined ? undefined : ecs.tokens.get(token)
    if (before !== undefined) {
      if (before.request === JSON.stringify(request)) return show(ecs, before.tasks, [])
      const message =
        'The RunTask request could not be processed due to conflicts. The provided clientToken is already in use with a different RunTask request.'
      throw new AwsError('ConflictException', message, 400, { resourceIds: before.tasks.map(({ arn }) => arn) })
    }
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
    checkVolumes(definition, input['volumeConfigurations'])
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
        platformVersion: input['platformVersion'] as string | undefined,
        capacityProvider: strategy[0]?.['capacityProvider'] as string | undefined,
        networkConfiguration: (input['networkConfiguration'] ?? undefined) as Input | undefined,
        overrides: (input['overrides'] ?? {}) as Input,
        enableExecuteCommand: input['enableExecuteCommand'] === true,
      })
      if (input['propagateTags'] === 'TASK_DEFINITION') addTags(ecs, task.arn, tagsOf(ecs, definition.arn))
      if (input['enableECSManagedTags'] === true) {
        addTags(ecs, task.arn, [{ key: 'aws:ecs:clusterName', value: cluster.name }])
      }
      addTags(ecs, task.arn, input['tags'])
      tasks.push(task)
    }
    if (token !== undefined) ecs.tokens.set(token, { request: JSON.stringify(request), tasks })
    return show(ecs, tasks, failures)
  }
}
