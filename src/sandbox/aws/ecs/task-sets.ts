import { AwsError, type Input, type Operation } from '../service.ts'
import { checkNetwork, launchTypeOf } from './launch-rules.ts'
import { newRevision } from './revisions.ts'
import { checkLoadBalancers } from './service-rules.ts'
import { describeTaskSet } from './service-view.ts'
import {
  activeService,
  arnOf,
  clusterOf,
  type Deployment,
  type Ecs,
  type EcsWorld,
  includesTags,
  inputs,
  nameIn,
  newGroupId,
  type Service,
  startableDefinition,
  type TaskDefinition,
  type TaskSet,
  texts,
} from './state.ts'
import { addTags, tagsOf } from './tags.ts'
import type { TaskGroups } from './task-groups.ts'

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message)

/** Task sets: what CODE_DEPLOY and EXTERNAL controllers move. */
export interface TaskSets {
  create(ecs: Ecs, service: Service, definition: TaskDefinition, input: Input, primary: boolean): TaskSet
  /** Brings every task set to its share of the service's desired count. */
  rescale(ecs: Ecs, service: Service): void
  makePrimary(service: Service, input: Input): Input
  describe(ecs: Ecs, service: Service, input: Input): Input
  /** Gives the tasks of the primary task set to ECS as controller: a finished deployment with the same tasks. */
  handOver(ecs: Ecs, service: Service): void
  readonly operations: Record<string, Operation>
}

/** Tasks of a task set: its share of the service's desired count, rounded up. */
const shareOf = (service: Service, set: TaskSet): number => Math.ceil((service.desired * set.scale.value) / 100)

function scaleOf(input: Input): TaskSet['scale'] {
  const { value = 100, unit = 'PERCENT' } = (input['scale'] ?? {}) as Input
  if (unit !== 'PERCENT' || typeof value !== 'number' || value < 0 || value > 100) {
    throw invalid('Scale must be a percentage between 0 and 100.')
  }
  return { value, unit: 'PERCENT' }
}

function find(service: Service, reference: unknown): TaskSet {
  const found = service.taskSets.find(({ id, arn }) => arn === reference || nameIn(id) === nameIn(reference))
  if (found === undefined) throw new AwsError('TaskSetNotFoundException', 'The specified task set was not found.')
  return found
}

export function taskSets({ world, state }: EcsWorld, groups: TaskGroups): TaskSets {
  const { clock } = world

  const create: TaskSets['create'] = (ecs, service, definition, input, primary) => {
    const { scale: _scale, ...own } = input
    const settings = { ...service.settings, ...own }
    const placed: Service = { ...service, settings }
    const id = newGroupId(world)
    const now = clock.now()
    const set: TaskSet = {
      id,
      arn: arnOf(ecs, `task-set/${service.cluster.name}/${service.name}/${id}`),
      revision: newRevision(world, ecs, placed, definition, inputs(input['loadBalancers'])),
      createdAt: now,
      tasks: new Set(),
      desired: 0,
      failed: 0,
      updatedAt: now,
      notBefore: 0,
      stopped: false,
      ready: 0,
      steady: false,
      steadyAt: now,
      externalId: input['externalId'] as string | undefined,
      startedBy: primary ? undefined : service.controller === 'CODE_DEPLOY' ? 'CODE_DEPLOY' : undefined,
      scale: scaleOf(input),
      status: primary ? 'PRIMARY' : 'ACTIVE',
    }
    service.taskSets.push(set)
    set.desired = shareOf(service, set)
    groups.add(ecs, service, set)
    return set
  }

  const resize = (ecs: Ecs, service: Service, set: TaskSet): void => {
    if (set.stopped) return
    set.desired = shareOf(service, set)
    groups.reconcile(ecs, service, set)
  }

  const target = (input: Input, ecs: Ecs): Service => {
    const service = activeService(ecs, clusterOf(ecs, input['cluster']), input['service'])
    if (service.controller === 'ECS') {
      throw invalid('Task sets are only supported on services with an EXTERNAL or CODE_DEPLOY deployment controller.')
    }
    return service
  }

  const createFrom = async (ecs: Ecs, input: Input): Promise<TaskSet> => {
    const service = target(input, ecs)
    const definition = startableDefinition(ecs, input['taskDefinition'])
    if (service.taskSets.filter(({ status }) => status !== 'DRAINING').length >= 5) {
      throw invalid(
        '5 deployments exist on the service. Unable to create new TaskSet since this exceeds the maximum limit.',
      )
    }
    const network = input['networkConfiguration'] ?? service.settings['networkConfiguration']
    checkNetwork(definition, network)
    const loadBalancers = inputs(input['loadBalancers'])
    await checkLoadBalancers(world, ecs, loadBalancers, definition)
    const own: Input = { loadBalancers }
    const members = ['networkConfiguration', 'platformVersion', 'capacityProviderStrategy', 'serviceRegistries']
    for (const name of [...members, 'scale', 'externalId']) {
      if (input[name] !== undefined && input[name] !== null) own[name] = input[name]
    }
    if (input['launchType'] !== undefined || own['capacityProviderStrategy'] !== undefined) {
      own['launchType'] = launchTypeOf(input, definition)
    }
    const set = create(ecs, service, definition, own, false)
    addTags(ecs, set.arn, input['tags'])
    return set
  }

  return {
    create,
    rescale(ecs, service) {
      for (const set of service.taskSets) resize(ecs, service, set)
    },
    makePrimary(service, input) {
      const set = find(service, input['primaryTaskSet'])
      if (set.stopped) throw invalid('The task set is draining.')
      for (const other of service.taskSets) if (other.status === 'PRIMARY') other.status = 'ACTIVE'
      set.status = 'PRIMARY'
      set.updatedAt = clock.now()
      service.definition = set.revision.definition
      return { taskSet: describeTaskSet(service, set) }
    },
    describe(ecs, service, input) {
      const wanted = texts(input['taskSets'])
      const tags = (set: TaskSet) => (includesTags(input) ? tagsOf(ecs, set.arn) : undefined)
      const found = wanted.length === 0 ? service.taskSets : wanted.map((reference) => find(service, reference))
      return { taskSets: found.map((set) => describeTaskSet(service, set, tags(set))), failures: [] }
    },
    handOver(ecs, service) {
      const primary = service.taskSets.find(({ status }) => status === 'PRIMARY')
      service.controller = 'ECS'
      for (const set of service.taskSets) {
        if (set !== primary) groups.drain(ecs, service, set, `Task set ${set.id} was deleted`)
      }
      service.taskSets.splice(0)
      if (primary === undefined) return
      const deployment: Deployment = {
        ...primary,
        id: newGroupId(world),
        tasks: new Set(),
        status: 'PRIMARY',
        rolloutState: 'COMPLETED',
        rolloutStateReason: `ECS deployment ${primary.id} completed.`,
      }
      groups.adopt(service, primary, deployment)
      primary.stopped = true
      service.deployments.unshift(deployment)
      groups.add(ecs, service, deployment)
    },
    operations: {
      async CreateTaskSet(input, caller) {
        const ecs = state(caller)
        const set = await createFrom(ecs, input)
        return { taskSet: describeTaskSet(target(input, ecs), set, tagsOf(ecs, set.arn)) }
      },
      UpdateTaskSet(input, caller) {
        const ecs = state(caller)
        const service = target(input, ecs)
        const set = find(service, input['taskSet'])
        set.scale = scaleOf(input)
        resize(ecs, service, set)
        return { taskSet: describeTaskSet(service, set) }
      },
      DeleteTaskSet(input, caller) {
        const ecs = state(caller)
        const service = target(input, ecs)
        const set = find(service, input['taskSet'])
        if (set.scale.value > 0 && set.tasks.size > 0 && input['force'] !== true) {
          throw invalid('The task set cannot be deleted while it is scaled above 0.')
        }
        set.status = 'DRAINING'
        groups.drain(ecs, service, set, `Task set ${set.id} was deleted`)
        const gone = (): void => {
          if (set.tasks.size > 0) return void clock.after(1_000, gone)
          const at = service.taskSets.indexOf(set)
          if (at >= 0) service.taskSets.splice(at, 1)
        }
        clock.after(1_000, gone)
        return { taskSet: describeTaskSet(service, set) }
      },
    },
  }
}
