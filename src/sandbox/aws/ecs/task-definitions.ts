import { AwsError, type Input, type Operation } from '../service.ts'
import { arnOf, definitionOf, type EcsWorld, inputs, nameIn, seconds, type TaskDefinition } from './state.ts'

const members = [
  'family',
  'taskRoleArn',
  'executionRoleArn',
  'networkMode',
  'containerDefinitions',
  'volumes',
  'placementConstraints',
  'requiresCompatibilities',
  'cpu',
  'memory',
  'pidMode',
  'ipcMode',
  'proxyConfiguration',
  'inferenceAccelerators',
  'ephemeralStorage',
  'runtimePlatform',
  'enableFaultInjection',
] as const

const client = (message: string): AwsError => new AwsError('ClientException', message)

/** Memory that Fargate offers for each amount of CPU, in MiB: from, to, step. Source: the task size table of the ECS developer guide. */
const fargate: Readonly<Record<string, readonly [number, number, number]>> = {
  '256': [512, 2048, 512],
  '512': [1024, 4096, 1024],
  '1024': [2048, 8192, 1024],
  '2048': [4096, 16384, 1024],
  '4096': [8192, 30720, 1024],
  '8192': [16384, 61440, 4096],
  '16384': [32768, 122880, 8192],
}

/** `1 vCPU`, `.5 vcpu` or `1024` in CPU units; `2 GB` or `2048` in MiB. */
const units = (value: unknown, unit: RegExp): number => {
  const text = String(value ?? '').trim()
  return unit.test(text) ? Number.parseFloat(text) * 1024 : Number(text)
}

function validate(input: Input): void {
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(String(input['family'] ?? ''))) {
    throw client(
      input['family'] === undefined
        ? 'Family should not be null or empty.'
        : `Invalid 'family' setting for task definition.`,
    )
  }
  const containers = inputs(input['containerDefinitions'])
  if (containers.length === 0) throw client('Container list cannot be empty.')
  const names = containers.map(({ name }) => String(name ?? ''))
  for (const [index, name] of names.entries()) {
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) throw client('Container.name should not be null or empty.')
    if (names.indexOf(name) !== index) throw client(`Container.name contains duplicate name: ${name}`)
    if (!containers[index]?.['image']) throw client('Container.image should not be null or empty.')
    if (containers[index]?.['environment'] !== undefined && !Array.isArray(containers[index]['environment'])) {
      throw new AwsError('SerializationException', 'Start of structure or map found where not expected.')
    }
  }
  if (containers.every(({ essential }) => essential === false)) {
    throw client('No essential container specified. At least one container must be essential.')
  }
  const volumes = new Set(inputs(input['volumes']).map(({ name }) => name))
  for (const container of containers) {
    for (const { sourceVolume } of inputs(container['mountPoints'])) {
      if (sourceVolume !== undefined && !volumes.has(sourceVolume)) throw client(`Unknown volume '${sourceVolume}'.`)
    }
    if (inputs(container['secrets']).length > 0 && input['executionRoleArn'] === undefined) {
      throw client(`When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.`)
    }
  }
  const isFargate =
    Array.isArray(input['requiresCompatibilities']) && input['requiresCompatibilities'].includes('FARGATE')
  if (!isFargate) {
    const memoryless = containers.find(
      ({ memory, memoryReservation }) => memory === undefined && memoryReservation === undefined,
    )
    if (input['memory'] === undefined && memoryless !== undefined) {
      throw client(
        `Invalid setting for container '${memoryless['name']}'. At least one of 'memory' or 'memoryReservation' must be specified.`,
      )
    }
    return
  }
  if (input['networkMode'] !== 'awsvpc') throw client(`Fargate only supports network mode ‘awsvpc’.`)
  if (input['cpu'] === undefined || input['memory'] === undefined) {
    throw client(`Fargate requires that 'cpu' be defined at the task level.`)
  }
  const cpu = units(input['cpu'], /vcpu$/i)
  const memory = units(input['memory'], /gb$/i)
  const range = fargate[String(cpu)]
  const fits = range !== undefined && memory >= range[0] && memory <= range[1] && (memory - range[0]) % range[2] === 0
  if (!fits) throw client(`No Fargate configuration exists for given values: ${cpu} CPU, ${memory} memory.`)
}

/** What ECS adds to a container that does not say otherwise. */
const withDefaults = (container: Input): Input => ({
  cpu: 0,
  essential: true,
  environment: [],
  mountPoints: [],
  volumesFrom: [],
  systemControls: [],
  ...container,
  portMappings: inputs(container['portMappings']).map((mapping) => ({
    ...mapping,
    hostPort: mapping['hostPort'] ?? mapping['containerPort'],
    protocol: mapping['protocol'] ?? 'tcp',
  })),
})

export const describeDefinition = (definition: TaskDefinition): Input => ({
  ...definition.body,
  status: definition.status,
  deregisteredAt: seconds(definition.deregisteredAt),
})

/** Registering, reading and retiring task definitions. */
export function taskDefinitionOperations({ world, state }: EcsWorld): Record<string, Operation> {
  return {
    RegisterTaskDefinition(input, caller) {
      validate(input)
      const ecs = state(caller)
      const family = String(input['family'])
      const all = ecs.families.get(family) ?? []
      const revision = all.length + 1
      const arn = arnOf(ecs, `task-definition/${family}:${revision}`)
      const kept = Object.fromEntries(
        members.filter((name) => input[name] !== undefined).map((name) => [name, input[name]]),
      )
      const requires = Array.isArray(input['requiresCompatibilities']) ? input['requiresCompatibilities'] : []
      const body: Input = {
        volumes: [],
        placementConstraints: [],
        ...kept,
        containerDefinitions: inputs(input['containerDefinitions']).map(withDefaults),
        taskDefinitionArn: arn,
        revision,
        compatibilities: input['networkMode'] === 'awsvpc' ? [...new Set(['EC2', ...requires])] : ['EXTERNAL', 'EC2'],
        requiresAttributes: [{ name: 'com.amazonaws.ecs.capability.docker-remote-api.1.18' }],
        registeredAt: seconds(world.clock.now()),
        registeredBy: caller.arn,
      }
      const definition: TaskDefinition = {
        arn,
        family,
        revision,
        body,
        tags: inputs(input['tags']),
        status: 'ACTIVE',
        deregisteredAt: undefined,
      }
      ecs.families.set(family, [...all, definition])
      return { taskDefinition: describeDefinition(definition), tags: definition.tags }
    },
    DescribeTaskDefinition(input, caller) {
      const definition = definitionOf(state(caller), input['taskDefinition'])
      const tags = Array.isArray(input['include']) && input['include'].includes('TAGS')
      return { taskDefinition: describeDefinition(definition), ...(tags ? { tags: definition.tags } : {}) }
    },
    DeregisterTaskDefinition(input, caller) {
      if (!nameIn(input['taskDefinition']).includes(':')) throw client('A revision must be given.')
      const definition = definitionOf(state(caller), input['taskDefinition'])
      definition.status = 'INACTIVE'
      definition.deregisteredAt = world.clock.now()
      return { taskDefinition: describeDefinition(definition) }
    },
    ListTaskDefinitions(input, caller) {
      const status = input['status'] ?? 'ACTIVE'
      const all = [...state(caller).families.values()].flat()
      const found = all.filter(
        (definition) =>
          definition.status === status &&
          (input['familyPrefix'] === undefined || definition.family === input['familyPrefix']),
      )
      if (input['sort'] === 'DESC') found.reverse()
      return { taskDefinitionArns: found.slice(0, Number(input['maxResults'] ?? 100)).map(({ arn }) => arn) }
    },
    ListTaskDefinitionFamilies(input, caller) {
      const prefix = String(input['familyPrefix'] ?? '')
      const wanted = (input['status'] ?? 'ALL') as string
      const families = [...state(caller).families].filter(
        ([family, all]) =>
          family.startsWith(prefix) && (wanted === 'ALL' || all.some(({ status }) => status === wanted)),
      )
      return { families: families.map(([family]) => family) }
    },
  }
}
