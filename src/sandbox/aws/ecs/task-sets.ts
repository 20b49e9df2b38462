import { AwsError, type Input, type Operation } from '../service.ts'
import {
  arnOf,
  clusterOf,
  definitionOf,
  type Ecs,
  type EcsWorld,
  inputs,
  nameIn,
  type Service,
  seconds,
  serviceOf,
  type TaskSet,
  texts,
} from './state.ts'
import { pending, running, type TaskGroups } from './task-groups.ts'

const lookEvery = 1_000

export const describeTaskSet = (service: Service, set: TaskSet): Input => ({
  id: set.id,
  taskSetArn: set.arn,
  serviceArn: service.arn,
  clusterArn: service.cluster.arn,
  startedBy: set.startedBy,
  externalId: set.externalId,
  status: set.status,
  taskDefinition: set.definition.arn,
  computedDesiredCount: set.desired,
  pendingCount: pending(set),
  runningCount: running(set),
  createdAt: seconds(set.createdAt),
  updatedAt: seconds(set.updatedAt),
  launchType: set.launchType,
  platformVersion: set.platformVersion ?? (set.launchType === 'FARGATE' ? '1.4.0' : undefined),
  platformFamily: set.launchType === 'FARGATE' ? 'Linux' : undefined,
  networkConfiguration: set.networkConfiguration,
  loadBalancers: set.loadBalancers,
  serviceRegistries: [],
  scale: set.scale,
  stabilityStatus: set.steadyAt === undefined ? 'STABILIZING' : 'STEADY_STATE',
  stabilityStatusAt: seconds(set.steadyAt ?? set.createdAt),
  tags: set.tags,
})

/** Task sets: what CODE_DEPLOY and EXTERNAL controllers move. */
export interface TaskSets {
  create(ecs: Ecs, service: Service, input: Input, primary: boolean): TaskSet
  /** Brings every task set to its share of the service's desired count. */
  rescale(ecs: Ecs, service: Service): void
  readonly operations: Record<string, Operation>
}

export function taskSets({ world, state }: EcsWorld, groups: TaskGroups): TaskSets {
  const { clock } = world

  const scaleOf = (service: Service, set: TaskSet): number => Math.ceil((service.desired * set.scale.value) / 100)

  const look = async (ecs: Ecs, service: Service, set: TaskSet): Promise<void> => {
    if (set.stopped) return
    const ready = await groups.ready(ecs, set)
    const steady = ready >= set.desired && pending(set) === 0
    if (steady) set.steadyAt ??= clock.now()
    else set.steadyAt = undefined
    clock.after(lookEvery, () => void look(ecs, service, set))
  }

  const create: TaskSets['create'] = (ecs, service, input, primary) => {
    const id = `ecs-svc/${world.id(19, '0123456789')}`
    const now = clock.now()
    const set: TaskSet = {
      id,
      arn: arnOf(ecs, `task-set/${service.cluster.name}/${service.name}/${id}`),
      definition: definitionOf(ecs, input['taskDefinition']),
      loadBalancers: inputs(input['loadBalancers']),
      networkConfiguration: (input['networkConfiguration'] ?? service.settings['networkConfiguration']) as
        | Input
        | undefined,
      launchType: String(input['launchType'] ?? service.settings['launchType'] ?? 'FARGATE'),
      platformVersion: (input['platformVersion'] ?? service.settings['platformVersion']) as string | undefined,
      createdAt: now,
      tasks: new Set(),
      desired: 0,
      failed: 0,
      updatedAt: now,
      steadyAt: undefined,
      notBefore: 0,
      stopped: false,
      externalId: input['externalId'] as string | undefined,
      startedBy: input['startedBy'] as string | undefined,
      tags: inputs(input['tags']),
      scale: { value: Number(input['scale']?.value ?? 100), unit: 'PERCENT' },
      status: primary ? 'PRIMARY' : 'ACTIVE',
    }
    service.taskSets.push(set)
    set.desired = scaleOf(service, set)
    groups.reconcile(ecs, service, set)
    clock.after(lookEvery, () => void look(ecs, service, set))
    return set
  }

  const find = (service: Service, reference: unknown): TaskSet => {
    const text = String(reference ?? '')
    const set = service.taskSets.find(
      (candidate) => candidate.id === text || candidate.arn === text || nameIn(candidate.id) === nameIn(text),
    )
    if (set === undefined) throw new AwsError('TaskSetNotFoundException', 'The specified task set was not found.')
    return set
  }
  const target = (input: Input, ecs: Ecs): Service => serviceOf(ecs, clusterOf(ecs, input['cluster']), input['service'])

  return {
    create,
    rescale(ecs, service) {
      for (const set of service.taskSets) {
        if (set.stopped) continue
        set.desired = scaleOf(service, set)
        groups.reconcile(ecs, service, set)
      }
    },
    operations: {
      CreateTaskSet(input, caller) {
        const ecs = state(caller)
        const service = target(input, ecs)
        if (service.controller === 'ECS') {
          throw new AwsError(
            'InvalidParameterException',
            'The service does not use an EXTERNAL or CODE_DEPLOY deployment controller.',
          )
        }
        return { taskSet: describeTaskSet(service, create(ecs, service, input, false)) }
      },
      DescribeTaskSets(input, caller) {
        const service = target(input, state(caller))
        const wanted = texts(input['taskSets'])
        const found = wanted.length === 0 ? service.taskSets : wanted.map((reference) => find(service, reference))
        return { taskSets: found.map((set) => describeTaskSet(service, set)), failures: [] }
      },
      UpdateTaskSet(input, caller) {
        const ecs = state(caller)
        const service = target(input, ecs)
        const set = find(service, input['taskSet'])
        set.scale = { value: Number(input['scale']?.value ?? 100), unit: 'PERCENT' }
        set.steadyAt = undefined
        set.desired = scaleOf(service, set)
        groups.reconcile(ecs, service, set)
        return { taskSet: describeTaskSet(service, set) }
      },
      UpdateServicePrimaryTaskSet(input, caller) {
        const service = target(input, state(caller))
        const set = find(service, input['primaryTaskSet'])
        for (const other of service.taskSets) if (other.status === 'PRIMARY') other.status = 'ACTIVE'
        set.status = 'PRIMARY'
        service.definition = set.definition
        return { taskSet: describeTaskSet(service, set) }
      },
      DeleteTaskSet(input, caller) {
        const ecs = state(caller)
        const service = target(input, ecs)
        const set = find(service, input['taskSet'])
        if (set.status === 'PRIMARY' && input['force'] !== true) {
          throw new AwsError('InvalidParameterException', 'The primary task set cannot be deleted.')
        }
        set.status = 'DRAINING'
        groups.drain(ecs, service, set, `Task set ${set.id} was deleted`)
        const gone = (): void => {
          if (set.tasks.size > 0) return void clock.after(lookEvery, gone)
          const at = service.taskSets.indexOf(set)
          if (at >= 0) service.taskSets.splice(at, 1)
        }
        clock.after(lookEvery, gone)
        return { taskSet: describeTaskSet(service, set) }
      },
    },
  }
}
