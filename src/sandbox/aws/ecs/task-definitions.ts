import type { Caller } from '../../world.ts'
import { AwsError, type Input, type Operation } from '../service.ts'
import { page } from './paging.ts'
import {
  arnOf,
  type Ecs,
  type EcsWorld,
  findDefinition,
  includesTags,
  nameIn,
  seconds,
  type TaskDefinition,
  texts,
} from './state.ts'
import { addTags, tagsOf } from './tags.ts'
import { keptDefinition } from './task-definition-members.ts'
import { checkDefinition } from './task-definition-rules.ts'

const client = (message: string): AwsError => new AwsError('ClientException', message)

const describe = (definition: TaskDefinition): Input => ({
  ...definition.body,
  status: definition.status,
  registeredAt: seconds(definition.registeredAt),
  deregisteredAt: seconds(definition.deregisteredAt),
  deleteRequestedAt: seconds(definition.deleteRequestedAt),
})

/** What the agent must be able to do for it; a few of the names that ECS derives. */
function requiredAttributes({ executionRoleArn, taskRoleArn, networkMode, containerDefinitions }: Input): Input[] {
  const drivers = new Set((containerDefinitions as Input[]).map((one) => one['logConfiguration']?.logDriver))
  const names = [
    ...(drivers.has('awslogs') ? ['com.amazonaws.ecs.capability.logging-driver.awslogs'] : []),
    ...(drivers.has('awslogs') && executionRoleArn ? ['ecs.capability.execution-role-awslogs'] : []),
    ...(taskRoleArn ? ['com.amazonaws.ecs.capability.task-iam-role'] : []),
    ...(networkMode === 'awsvpc' ? ['ecs.capability.task-eni'] : []),
    'com.amazonaws.ecs.capability.docker-remote-api.1.18',
  ]
  return names.map((name) => ({ name }))
}

function compatibilities(kept: Input): string[] {
  const asked = texts(kept['requiresCompatibilities'])
  if (kept['networkMode'] === 'awsvpc') return [...new Set(['EC2', ...asked])]
  return [...new Set(['EXTERNAL', 'EC2', ...asked])]
}

/** Registering, reading and retiring task definitions. */
export function taskDefinitionOperations({ world, state }: EcsWorld): Record<string, Operation> {
  const register = (ecs: Ecs, input: Input, caller: Caller): TaskDefinition => {
    checkDefinition(input)
    const family = String(input['family'])
    const all = ecs.families.get(family) ?? []
    const revision = (all.at(-1)?.revision ?? 0) + 1
    const arn = arnOf(ecs, `task-definition/${family}:${revision}`)
    const kept = keptDefinition(structuredClone(input))
    const definition: TaskDefinition = {
      arn,
      family,
      revision,
      body: {
        taskDefinitionArn: arn,
        ...kept,
        revision,
        compatibilities: compatibilities(kept),
        requiresAttributes: requiredAttributes(kept),
        registeredBy: caller.arn,
      },
      registeredAt: world.clock.now(),
      status: 'ACTIVE',
      deregisteredAt: undefined,
      deleteRequestedAt: undefined,
    }
    ecs.families.set(family, [...all, definition])
    addTags(ecs, arn, input['tags'])
    return definition
  }
  const existing = (ecs: Ecs, reference: unknown): TaskDefinition => {
    const found = findDefinition(ecs, reference)
    if (found === undefined) throw client('Unable to describe task definition.')
    return found
  }
  const revisionOf = (ecs: Ecs, reference: unknown): TaskDefinition => {
    if (!nameIn(reference).includes(':')) throw client('Invalid revision number. Number: ')
    return existing(ecs, reference)
  }
  return {
    RegisterTaskDefinition(input, caller) {
      const ecs = state(caller)
      const definition = register(ecs, input, caller)
      const tags = tagsOf(ecs, definition.arn)
      return { taskDefinition: describe(definition), ...(tags.length > 0 ? { tags } : {}) }
    },
    DescribeTaskDefinition(input, caller) {
      const ecs = state(caller)
      const definition = existing(ecs, input['taskDefinition'])
      return {
        taskDefinition: describe(definition),
        tags: includesTags(input) ? tagsOf(ecs, definition.arn) : [],
      }
    },
    DeregisterTaskDefinition(input, caller) {
      const definition = revisionOf(state(caller), input['taskDefinition'])
      if (definition.status === 'ACTIVE') definition.deregisteredAt = world.clock.now()
      if (definition.status === 'ACTIVE') definition.status = 'INACTIVE'
      return { taskDefinition: describe(definition) }
    },
    DeleteTaskDefinitions(input, caller) {
      const ecs = state(caller)
      const wanted = texts(input['taskDefinitions'])
      if (wanted.length === 0 || wanted.length > 10) {
        throw new AwsError('InvalidParameterException', 'taskDefinitions must have between 1 and 10 elements.')
      }
      const deleted: Input[] = []
      const failures: Input[] = []
      for (const reference of wanted) {
        const definition = findDefinition(ecs, reference)
        if (definition === undefined || !nameIn(reference).includes(':')) {
          failures.push({ arn: reference, reason: 'The specified task definition does not exist.' })
        } else if (definition.status === 'ACTIVE') {
          const reason =
            'The specified task definition is still in ACTIVE status. Please deregister the target and try again.'
          failures.push({ arn: definition.arn, reason })
        } else {
          definition.status = 'DELETE_IN_PROGRESS'
          definition.deleteRequestedAt ??= world.clock.now()
          deleted.push(describe(definition))
        }
      }
      return { taskDefinitions: deleted, failures }
    },
    ListTaskDefinitions(input, caller) {
      const status = input['status'] ?? 'ACTIVE'
      const prefix: unknown = input['familyPrefix']
      const found = [...state(caller).families.values()]
        .flat()
        .filter((one) => one.status === status && (prefix === undefined || one.family === prefix))
        .sort((a, b) => (a.family === b.family ? a.revision - b.revision : a.family < b.family ? -1 : 1))
      if (input['sort'] === 'DESC') found.reverse()
      const { items, ...next } = page(found, input)
      return { taskDefinitionArns: items.map(({ arn }) => arn), ...next }
    },
    ListTaskDefinitionFamilies(input, caller) {
      const prefix = String(input['familyPrefix'] ?? '')
      const wanted = String(input['status'] ?? 'ACTIVE')
      const families = [...state(caller).families].filter(([family, all]) => {
        const active = all.some(({ status }) => status === 'ACTIVE')
        return family.startsWith(prefix) && (wanted === 'ALL' || active === (wanted === 'ACTIVE'))
      })
      const { items, ...next } = page(families.map(([family]) => family).sort(), input)
      return { families: items, ...next }
    },
  }
}
