import { AwsError, type Input, type Operation } from '../service.ts'
import { page } from './paging.ts'
import { freeOn, tasksOn } from './placement.ts'
import {
  arnOf,
  type Cluster,
  type ContainerInstance,
  clusterOf,
  type Ecs,
  type EcsWorld,
  includesTags,
  inputs,
  nameIn,
  seconds,
  texts,
} from './state.ts'
import { addTags, tagsOf } from './tags.ts'
import type { TaskEngine } from './task-engine.ts'
import type { TaskGroups } from './task-groups.ts'

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message)

/** The agent's own and Docker's, which it reserves. Source: the defaults of ECS_RESERVED_PORTS. */
const reservedPorts = [22, 2_375, 2_376, 51_678, 51_679]

/** What an instance has when its agent does not say: a t3.medium. */
const usual = { CPU: 2_048, MEMORY: 3_904 }

/** Instances of a cluster that are there, whether they take tasks or are draining. */
export const instancesOf = (ecs: Ecs, cluster: Cluster): ContainerInstance[] =>
  [...ecs.instances.values()].filter((one) => one.cluster === cluster && one.status !== 'INACTIVE')

/** Instances of a cluster that tasks can be placed on. */
export const activeInstances = (ecs: Ecs, cluster: Cluster): ContainerInstance[] =>
  [...ecs.instances.values()].filter((one) => one.cluster === cluster && one.status === 'ACTIVE')

/** A resource list: what is there, or what is left with the ports that are taken. */
const resources = (cpu: number, memory: number, ports: readonly number[]): Input[] => [
  { name: 'CPU', type: 'INTEGER', doubleValue: 0, longValue: 0, integerValue: cpu },
  { name: 'MEMORY', type: 'INTEGER', doubleValue: 0, longValue: 0, integerValue: memory },
  {
    name: 'PORTS',
    type: 'STRINGSET',
    doubleValue: 0,
    longValue: 0,
    integerValue: 0,
    stringSetValue: ports.map(String),
  },
  { name: 'PORTS_UDP', type: 'STRINGSET', doubleValue: 0, longValue: 0, integerValue: 0, stringSetValue: [] },
]

function describe(ecs: Ecs, instance: ContainerInstance, tags?: readonly Input[]): Input {
  const tasks = tasksOn(ecs, instance)
  const free = freeOn(ecs, instance)
  const running = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length
  return {
    containerInstanceArn: instance.arn,
    ec2InstanceId: instance.ec2InstanceId,
    version: instance.version,
    versionInfo: instance.versionInfo,
    remainingResources: resources(free.cpu, free.memory, free.ports),
    registeredResources: resources(instance.cpu, instance.memory, instance.ports),
    status: instance.status,
    agentConnected: instance.status !== 'INACTIVE',
    runningTasksCount: running,
    pendingTasksCount: tasks.filter(({ startedAt }) => startedAt === undefined).length,
    attributes: [...instance.attributes].map(([name, value]) => (value === undefined ? { name } : { name, value })),
    registeredAt: seconds(instance.registeredAt),
    attachments: [],
    tags,
  }
}

/** The EC2 instance that an identity document names, if any; its signature is not checked. */
function identified(input: Input): string | undefined {
  if (input['instanceIdentityDocument'] === undefined) return undefined
  try {
    const document = JSON.parse(String(input['instanceIdentityDocument'])) as Input
    if (/^i-[0-9a-f]{8,17}$/.test(String(document['instanceId']))) return String(document['instanceId'])
  } catch {
    // Said below, in the service's words.
  }
  throw new AwsError('ClientException', 'The instance identity document could not be verified.')
}

/** Container instances: what tasks of the launch type EC2 run on. There are as many as were registered, none by itself. */
export function containerInstanceOperations(
  { world, state }: EcsWorld,
  engine: TaskEngine,
  groups: TaskGroups,
): Record<string, Operation> {
  const find = (ecs: Ecs, cluster: Cluster, reference: unknown): ContainerInstance | undefined =>
    ecs.instances.get(arnOf(ecs, `container-instance/${cluster.name}/${nameIn(reference)}`))

  const lookUp = (ecs: Ecs, cluster: Cluster, references: readonly string[]) => {
    const arn = (reference: string): string =>
      reference.startsWith('arn:') ? reference : arnOf(ecs, `container-instance/${cluster.name}/${reference}`)
    const all = references.map((reference) => ({ reference, instance: find(ecs, cluster, reference) }))
    return {
      found: all.flatMap(({ instance }) => (instance === undefined ? [] : [instance])),
      failures: all
        .filter(({ instance }) => instance === undefined)
        .map(({ reference }) => ({ arn: arn(reference), reason: 'MISSING' })),
    }
  }

  const register = (ecs: Ecs, cluster: Cluster, input: Input): ContainerInstance => {
    const given = (name: 'CPU' | 'MEMORY'): number => {
      const resource = inputs(input['totalResources']).find((one) => one['name'] === name)
      const value = Number(resource === undefined ? usual[name] : resource['integerValue'])
      if (!Number.isInteger(value) || value <= 0) throw invalid(`totalResources must name ${name} as an INTEGER.`)
      return value
    }
    const ports = inputs(input['totalResources']).find(({ name }) => name === 'PORTS')?.['stringSetValue']
    const id = world.id(32)
    const zone = `${ecs.caller.region}${'abc'[activeInstances(ecs, cluster).length % 3]}`
    const instance: ContainerInstance = {
      arn: arnOf(ecs, `container-instance/${cluster.name}/${id}`),
      id,
      cluster,
      ec2InstanceId: identified(input) ?? `i-${world.id(17)}`,
      cpu: given('CPU'),
      memory: given('MEMORY'),
      ports: ports === undefined ? reservedPorts : texts(ports).map(Number),
      attributes: new Map([
        ['ecs.availability-zone', zone],
        ['ecs.instance-type', 't3.medium'],
        ['ecs.os-type', 'linux'],
        ['ecs.cpu-architecture', 'x86_64'],
        ...inputs(input['attributes']).map(({ name, value }): [string, string | undefined] => [
          String(name),
          value === undefined ? undefined : `${value}`,
        ]),
      ]),
      versionInfo: (input['versionInfo'] ?? {
        agentVersion: '1.99.0',
        dockerVersion: 'DockerVersion: 25.0.8',
      }) as Input,
      registeredAt: world.clock.now(),
      status: 'ACTIVE',
      version: 1,
    }
    ecs.instances.set(instance.arn, instance)
    addTags(ecs, instance.arn, input['tags'])
    return instance
  }

  return {
    RegisterContainerInstance(input, caller) {
      const ecs = state(caller)
      const cluster = clusterOf(ecs, input['cluster'])
      const again = input['containerInstanceArn']
      const known = again === undefined ? undefined : find(ecs, cluster, again)
      if (again !== undefined && (known === undefined || known.status === 'INACTIVE'))
        throw invalid('The referenced container instance was not found.')
      const instance = known ?? register(ecs, cluster, input)
      return { containerInstance: describe(ecs, instance, tagsOf(ecs, instance.arn)) }
    },
    DeregisterContainerInstance(input, caller) {
      const ecs = state(caller)
      const cluster = clusterOf(ecs, input['cluster'])
      const instance = find(ecs, cluster, input['containerInstance'])
      if (instance === undefined || instance.status === 'INACTIVE') {
        throw invalid('Referenced container instance not found.')
      }
      const tasks = tasksOn(ecs, instance)
      if (tasks.length > 0 && input['force'] !== true) throw invalid('Found running tasks on the instance.')
      instance.status = 'INACTIVE'
      instance.version++
      for (const task of tasks) {
        engine.stop(ecs, task, 'UserInitiated', 'Container instance deregistration forced by user')
      }
      return { containerInstance: describe(ecs, instance) }
    },
    UpdateContainerInstancesState(input, caller) {
      const ecs = state(caller)
      const cluster = clusterOf(ecs, input['cluster'])
      const wanted = texts(input['containerInstances'])
      if (wanted.length === 0 || wanted.length > 10) {
        throw invalid('containerInstances must have between 1 and 10 elements.')
      }
      const { status } = input
      if (status !== 'ACTIVE' && status !== 'DRAINING')
        throw invalid('Container instance status must be ACTIVE or DRAINING.')
      const { found, failures } = lookUp(ecs, cluster, wanted)
      for (const instance of found.filter((one) => one.status !== 'INACTIVE')) {
        instance.status = status
        instance.version++
        groups.rebalance(ecs, instance)
      }
      return { containerInstances: found.map((instance) => describe(ecs, instance)), failures }
    },
    ListContainerInstances(input, caller) {
      const ecs = state(caller)
      const cluster = clusterOf(ecs, input['cluster'])
      if (input['filter'] !== undefined) throw invalid('The sandbox does not know filters of container instances.')
      const all = instancesOf(ecs, cluster).filter(({ status }) => status === (input['status'] ?? status))
      const { items, ...next } = page(all, input)
      return { containerInstanceArns: items.map(({ arn }) => arn), ...next }
    },
    DescribeContainerInstances(input, caller) {
      const ecs = state(caller)
      const cluster = clusterOf(ecs, input['cluster'])
      const wanted = texts(input['containerInstances'])
      if (wanted.length === 0) throw invalid('Container instance cannot be empty.')
      if (wanted.length > 100) throw invalid('Container instances cannot have more than 100 elements.')
      const { found, failures } = lookUp(ecs, cluster, wanted)
      const tags = (one: ContainerInstance) => (includesTags(input) ? tagsOf(ecs, one.arn) : undefined)
      return { containerInstances: found.map((one) => describe(ecs, one, tags(one))), failures }
    },
  }
}
