import { AwsError, type Input } from '../service.ts'
import { type ContainerInstance, type Ecs, inputs, type PortBinding, type Task, type TaskDefinition } from './state.ts'

/** What a task needs of a container instance. */
export interface Demand {
  /** CPU units; 1024 are one core. */
  readonly cpu: number
  /** MiB: the reservations of its containers, or the task's own. */
  readonly memory: number
  /** Ports of the instance that it names. */
  readonly ports: readonly number[]
}

/** What an instance has left. */
export type Free = Demand

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

const mappings = (definition: TaskDefinition): { container: string; mapping: Input }[] =>
  inputs(definition.body['containerDefinitions']).flatMap(({ name, portMappings }) =>
    inputs(portMappings).map((mapping) => ({ container: String(name), mapping })),
  )

/** In the network mode `host`, and where a mapping names one, a port is the instance's own; elsewhere it is any free one. */
function fixedPort(definition: TaskDefinition, mapping: Input): number {
  const mode = definition.body['networkMode']
  if (mode === 'awsvpc') return 0
  return Number((mode === 'host' ? mapping['containerPort'] : mapping['hostPort']) ?? 0)
}

export function demandOf(definition: TaskDefinition): Demand {
  const { body } = definition
  const containers = inputs(body['containerDefinitions'])
  const whole = (value: unknown): number | undefined => (value === undefined ? undefined : Number(value))
  return {
    cpu: whole(body['cpu']) ?? sum(containers.map(({ cpu }) => Number(cpu ?? 0))),
    memory:
      whole(body['memory']) ??
      sum(containers.map(({ memory, memoryReservation }) => Number(memoryReservation ?? memory ?? 0))),
    ports: mappings(definition)
      .map(({ mapping }) => fixedPort(definition, mapping))
      .filter((port) => port > 0),
  }
}

/** Tasks that take up room on an instance. */
export const tasksOn = (ecs: Ecs, instance: ContainerInstance): Task[] =>
  [...ecs.tasks.values()].filter((task) => task.host?.instance === instance && task.lastStatus !== 'STOPPED')

/** What an instance has left; `ports` are those that are taken. */
export function freeOn(ecs: Ecs, instance: ContainerInstance): Free {
  const tasks = tasksOn(ecs, instance)
  const demands = tasks.map(({ definition }) => demandOf(definition))
  return {
    cpu: instance.cpu - sum(demands.map(({ cpu }) => cpu)),
    memory: instance.memory - sum(demands.map(({ memory }) => memory)),
    ports: [...instance.ports, ...tasks.flatMap(({ host }) => host?.bindings.map(({ hostPort }) => hostPort) ?? [])],
  }
}

/** Why an instance cannot take a task: as RunTask says it, and as an event of a service does. */
export interface Obstacle {
  readonly instance: ContainerInstance
  readonly reason: string
  readonly event: string
}

const memberOf = /^attribute:([\w.-]+)\s*(==|!=)\s*([\w.-]+)$/

/** Refuses placement settings that the sandbox cannot hold tasks to. @throws AwsError InvalidParameterException */
export function checkPlacement(input: Input): void {
  for (const { type, expression } of inputs(input['placementConstraints'])) {
    if (type === 'distinctInstance') continue
    if (type !== 'memberOf' || !memberOf.test(String(expression ?? '').trim())) {
      throw new AwsError(
        'InvalidParameterException',
        `The sandbox knows distinctInstance and memberOf with attribute:<name> == or != <value>, not: ${type} ${expression}`,
      )
    }
  }
}

const meets = ({ attributes }: ContainerInstance, expression: string): boolean => {
  const [, name = '', operator, value] = memberOf.exec(expression.trim()) ?? []
  return (attributes.get(name) === value) === (operator === '==')
}

/** What a task asks of its place. */
export interface PlacementRequest {
  readonly definition: TaskDefinition
  readonly group: string
  readonly constraints: readonly Input[]
  readonly strategy: readonly Input[]
}

function obstacle(ecs: Ecs, instance: ContainerInstance, request: PlacementRequest): Obstacle | undefined {
  const because = (reason: string, event: string): Obstacle => ({ instance, reason, event })
  const definition = inputs(request.definition.body['placementConstraints'])
  for (const { type, expression } of [...request.constraints, ...definition]) {
    if (type === 'memberOf' && !meets(instance, String(expression))) {
      return because('ATTRIBUTE', 'encountered error "MemberOf placement constraint unsatisfied."')
    }
    if (type === 'distinctInstance' && tasksOn(ecs, instance).some(({ group }) => group === request.group)) {
      return because('ATTRIBUTE', 'encountered error "DistinctInstance placement constraint unsatisfied."')
    }
  }
  const wanted = demandOf(request.definition)
  const free = freeOn(ecs, instance)
  if (wanted.ports.some((port) => free.ports.includes(port))) {
    return because('RESOURCE:PORTS', 'is already using a port required by your task')
  }
  if (wanted.cpu > free.cpu) return because('RESOURCE:CPU', 'has insufficient CPU units available')
  if (wanted.memory > free.memory) return because('RESOURCE:MEMORY', 'has insufficient memory available')
  return undefined
}

/**
 * The instance that takes a task, or why none of them does, the closest match first.
 * `binpack` fills the fullest, everything else spreads over the emptiest.
 */
export function place(
  ecs: Ecs,
  instances: readonly ContainerInstance[],
  request: PlacementRequest,
): { readonly instance: ContainerInstance } | { readonly obstacles: readonly Obstacle[] } {
  const order = ['RESOURCE:MEMORY', 'RESOURCE:CPU', 'RESOURCE:PORTS', 'ATTRIBUTE']
  const judged = instances.map((instance) => ({ instance, why: obstacle(ecs, instance, request) }))
  const fitting = judged.filter(({ why }) => why === undefined).map(({ instance }) => instance)
  const packs = request.strategy[0]?.['type'] === 'binpack'
  const best = fitting.sort((a, b) => {
    const emptier = freeOn(ecs, b).memory - freeOn(ecs, a).memory
    return packs ? -emptier : emptier
  })[0]
  if (best !== undefined) return { instance: best }
  return {
    obstacles: judged
      .flatMap(({ why }) => (why === undefined ? [] : [why]))
      .sort((a, b) => order.indexOf(a.reason) - order.indexOf(b.reason)),
  }
}

const firstDynamicPort = 32_768

/** The ports of the instance that a task's containers get. */
export function bindPorts(ecs: Ecs, instance: ContainerInstance, definition: TaskDefinition): PortBinding[] {
  if (definition.body['networkMode'] === 'awsvpc' || definition.body['networkMode'] === 'none') return []
  const taken = new Set(freeOn(ecs, instance).ports)
  return mappings(definition).map(({ container, mapping }) => {
    let hostPort = fixedPort(definition, mapping)
    if (hostPort === 0) {
      hostPort = firstDynamicPort
      while (taken.has(hostPort)) hostPort++
    }
    taken.add(hostPort)
    return {
      container,
      containerPort: Number(mapping['containerPort']),
      hostPort,
      protocol: mapping['protocol'] === 'udp' ? 'udp' : 'tcp',
    }
  })
}
