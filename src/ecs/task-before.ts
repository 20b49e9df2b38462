import type { CapacityProviderStrategyItem, ContainerOverride, Service, Tag, TaskOverride } from '@aws-sdk/client-ecs'
import { InputError } from '../action/errors.ts'
import { flag, json, list, oneOf, text, type Values } from '../action/inputs.ts'
import { managedVolume, taskVolumeMembers } from './managed-volume.ts'
import { isMembers, objectsOf } from './objects-input.ts'
import type { TaskToRun } from './run-task.ts'

/** The inputs of a task that is run to its end before a deployment; named as in aws-actions/amazon-ecs-deploy-task-definition. */
export const taskBeforeInputs = {
  'run-task': flag({
    description: 'Runs a task of the new revision to its end before the deployment, such as a migration.',
    default: 'false',
  }),
  'run-task-container-overrides': json({ description: "Overrides of that task's containers, JSON or YAML list." }),
  'run-task-subnets': list({ description: "Its subnets; the service's when absent." }),
  'run-task-security-groups': list({ description: "Its security groups; the service's when absent." }),
  'run-task-assign-public-ip': oneOf(['ENABLED', 'DISABLED'])({ description: 'Whether it gets a public address.' }),
  'run-task-launch-type': oneOf(['EC2', 'FARGATE', 'EXTERNAL'])({
    description: "Its launch type; the service's when absent.",
  }),
  'run-task-capacity-provider-strategy': json({
    description: "Its capacity provider strategy, in place of a launch type; the service's when both are absent.",
  }),
  'run-task-started-by': text({
    description: 'Its startedBy; made from the run when absent, so that a re-run finds it.',
  }),
  'run-task-managed-ebs-volume-name': text({ description: 'Name of the volume that ECS makes for that task.' }),
  'run-task-managed-ebs-volume': json({ description: "Its configuration, JSON or YAML; the service's when absent." }),
  'run-task-tags': json({ description: 'Its tags, a list of key and value.' }),
}

/** What those inputs yield. */
export type TaskBeforeInputs = Values<typeof taskBeforeInputs>

/** A task to run before a deployment, of the revision and in the cluster that are deployed. */
export type TaskBefore = Omit<TaskToRun, 'cluster' | 'taskDefinition' | 'propagateTags' | 'managedTags'>

/** Rules between those inputs, one line for each that is broken. */
export function taskBeforeProblems(inputs: TaskBeforeInputs): readonly string[] {
  const given = (name: keyof TaskBeforeInputs): boolean => inputs[name] !== undefined && inputs[name] !== false
  const names = Object.keys(taskBeforeInputs) as (keyof TaskBeforeInputs)[]
  if (!inputs['run-task'])
    return names.filter(given).map((name) => `input '${name}': means nothing without run-task: true`)
  const network = ['run-task-security-groups', 'run-task-assign-public-ip'] as const
  const lonely = given('run-task-subnets') ? [] : network.filter(given)
  return [...lonely.map((name) => `input '${name}': needs run-task-subnets`), ...structureProblems(inputs)]
}

const structureProblems = (inputs: TaskBeforeInputs): readonly string[] =>
  [
    () => overridesOf(inputs['run-task-container-overrides']),
    () =>
      objectsOf(inputs['run-task-capacity-provider-strategy'], 'run-task-capacity-provider-strategy', providerMembers),
    () => volumesOf(inputs),
    () => objectsOf(inputs['run-task-tags'], 'run-task-tags', tagMembers),
  ].flatMap((read) => {
    try {
      read()
      return []
    } catch (error) {
      if (error instanceof InputError) return error.problems
      throw error
    }
  })

const providerMembers = ['capacityProvider', 'weight', 'base'] as const
const tagMembers = ['key', 'value'] as const

/** The task that the inputs ask for, if any. @throws InputError */
export function taskBeforeOf(inputs: TaskBeforeInputs): TaskBefore | undefined {
  if (!inputs['run-task']) return undefined
  const subnets = inputs['run-task-subnets']
  const securityGroups = inputs['run-task-security-groups']
  const assignPublicIp = inputs['run-task-assign-public-ip']
  const providers = objectsOf(
    inputs['run-task-capacity-provider-strategy'],
    'run-task-capacity-provider-strategy',
    providerMembers,
  )
  return {
    overrides: overridesOf(inputs['run-task-container-overrides']),
    network:
      subnets === undefined
        ? undefined
        : {
            awsvpcConfiguration: {
              subnets: [...subnets],
              ...(securityGroups === undefined ? {} : { securityGroups: [...securityGroups] }),
              ...(assignPublicIp === undefined ? {} : { assignPublicIp }),
            },
          },
    launchType: inputs['run-task-launch-type'],
    capacityProviders: providers as readonly CapacityProviderStrategyItem[] | undefined,
    volumes: volumesOf(inputs),
    tags: (objectsOf(inputs['run-task-tags'], 'run-task-tags', tagMembers) ?? []) as readonly Tag[],
    startedBy: inputs['run-task-started-by'],
  }
}

const volumesOf = (inputs: TaskBeforeInputs): TaskToRun['volumes'] =>
  managedVolume(
    inputs['run-task-managed-ebs-volume-name'],
    inputs['run-task-managed-ebs-volume'],
    'run-task-managed-ebs-volume',
    taskVolumeMembers,
  )

/** What ECS takes in the override of a container; the SDK would drop anything else without a word. */
export const containerOverrideMembers = [
  ...['name', 'command', 'environment', 'environmentFiles', 'cpu', 'memory', 'memoryReservation'],
  'resourceRequirements',
]

function overridesOf(value: unknown): TaskOverride | undefined {
  const input = 'run-task-container-overrides'
  const rows = objectsOf(value, input, containerOverrideMembers)
  if (rows === undefined) return undefined
  const expected = (what: string): InputError => new InputError([`input '${input}': expected ${what}`])
  for (const { name, command = [], environment = [] } of rows) {
    if (typeof name !== 'string') throw expected('a list of objects, each with the name of a container')
    if (!isTexts(command)) throw expected(`command of ${name} to be a list of texts`)
    const isVariable = (row: unknown): boolean => isMembers(row) && isTexts([row['name'], row['value']])
    if (!Array.isArray(environment) || !environment.every(isVariable))
      throw expected(`environment of ${name} to be a list of { name, value }, both texts`)
  }
  return { containerOverrides: rows as unknown as ContainerOverride[] }
}

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === 'string')

/** The task where and as the service's own tasks run: what was not said of its place and tags is the service's, or its primary task set's. Pure. */
export function besideService(
  task: TaskBefore,
  service: Service | undefined,
): Omit<TaskToRun, 'cluster' | 'taskDefinition'> {
  const primary = service?.taskSets?.find(({ status }) => status === 'PRIMARY')
  const chosen = task.launchType !== undefined || task.capacityProviders !== undefined
  const strategy = primary?.capacityProviderStrategy ?? service?.capacityProviderStrategy ?? []
  return {
    ...task,
    network: task.network ?? primary?.networkConfiguration ?? service?.networkConfiguration,
    launchType: chosen ? task.launchType : (primary?.launchType ?? service?.launchType),
    capacityProviders: chosen || strategy.length === 0 ? task.capacityProviders : strategy,
    // ECS hands a service's own tags only to tasks of that service.
    propagateTags: service?.propagateTags === 'TASK_DEFINITION' ? 'TASK_DEFINITION' : undefined,
    managedTags: service?.enableECSManagedTags,
  }
}

/** The task in words, for a plan. */
export function taskBeforeWords({ overrides, launchType, capacityProviders }: TaskBefore): string {
  const commands = (overrides?.containerOverrides ?? []).map(({ name, command }) =>
    command === undefined ? `${name} with its own command` : `${name} with ${JSON.stringify(command)}`,
  )
  const place = capacityProviders?.map(({ capacityProvider }) => capacityProvider).join(', ') ?? launchType
  const where = place === undefined ? '' : ` on ${place}`
  return `run a task of it${where} to its end before${commands.length === 0 ? '' : `: ${commands.join(', ')}`}`
}
