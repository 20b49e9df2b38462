import { AwsError, type Input, type Operation } from '../service.ts'
import { type Ecs, type EcsWorld, inputs, type Revision, type Service, type Task, texts } from './state.ts'

/** Gives a resource tags, beside those that it has. */
export function addTags(ecs: Ecs, arn: string, tags: unknown): void {
  const known = ecs.tags.get(arn) ?? new Map<string, string>()
  for (const { key, value } of inputs(tags)) known.set(String(key), String(value ?? ''))
  if (known.size > 50) {
    throw new AwsError('InvalidParameterException', 'The maximum number of tags for a resource is 50.')
  }
  ecs.tags.set(arn, known)
}

export const tagsOf = (ecs: Ecs, arn: string): Input[] =>
  [...(ecs.tags.get(arn) ?? [])].map(([key, value]) => ({ key, value }))

/** Gives a task the tags that its service says it shall have. */
export function inheritTags(ecs: Ecs, service: Service, { settings, definition }: Revision, task: Task): void {
  if (settings['propagateTags'] === 'SERVICE') addTags(ecs, task.arn, tagsOf(ecs, service.arn))
  if (settings['propagateTags'] === 'TASK_DEFINITION') addTags(ecs, task.arn, tagsOf(ecs, definition.arn))
  if (settings['enableECSManagedTags'] !== true) return
  const managed = { 'aws:ecs:clusterName': service.cluster.name, 'aws:ecs:serviceName': service.name }
  addTags(
    ecs,
    task.arn,
    Object.entries(managed).map(([key, value]) => ({ key, value })),
  )
}

/** Whether a resource of this ARN is there. */
const isThere = (ecs: Ecs, arn: string): boolean =>
  ecs.tasks.has(arn) ||
  ecs.instances.has(arn) ||
  [...ecs.clusters.values()].some((cluster) => cluster.arn === arn) ||
  [...ecs.families.values()].some((all) => all.some((definition) => definition.arn === arn)) ||
  [...ecs.services.values()].some((service) => service.arn === arn || service.taskSets.some((set) => set.arn === arn))

/** Tags of everything in ECS. */
export function tagOperations({ state }: EcsWorld): Record<string, Operation> {
  const resource = (ecs: Ecs, input: Input): string => {
    const arn = String(input['resourceArn'] ?? '')
    if (!arn.startsWith('arn:')) throw new AwsError('InvalidParameterException', `Invalid arn: ${arn}`)
    if (!isThere(ecs, arn)) {
      throw new AwsError('InvalidParameterException', 'The specified resource ARN could not be found.')
    }
    return arn
  }
  return {
    TagResource(input, caller) {
      const ecs = state(caller)
      addTags(ecs, resource(ecs, input), input['tags'])
      return {}
    },
    UntagResource(input, caller) {
      const ecs = state(caller)
      const known = ecs.tags.get(resource(ecs, input))
      for (const key of texts(input['tagKeys'])) known?.delete(key)
      return {}
    },
    ListTagsForResource(input, caller) {
      const ecs = state(caller)
      return { tags: tagsOf(ecs, resource(ecs, input)) }
    },
  }
}
