import { AwsError, type Input } from '../service.ts'
import { inputs, texts } from './state.ts'

const client = (message: string): AwsError => new AwsError('ClientException', message)

/** Memory that Fargate offers for each amount of CPU, in MiB: from, to, step. Source: the task size table of the ECS developer guide. */
const fargateSizes: Readonly<Record<string, readonly [number, number, number]>> = {
  '256': [512, 2048, 512],
  '512': [1024, 4096, 1024],
  '1024': [2048, 8192, 1024],
  '2048': [4096, 16384, 1024],
  '4096': [8192, 30720, 1024],
  '8192': [16384, 61440, 4096],
  '16384': [32768, 122880, 8192],
}

/** `1 vCPU`, `.5 vcpu` or `1024` in CPU units; `2 GB` or `2048` in MiB. */
const sizeOf = (value: unknown, unit: RegExp): number => {
  const text = String(value ?? '').trim()
  return unit.test(text) ? Number.parseFloat(text) * 1024 : Number(text)
}

/** JSON types that the service cannot read as its own: what the SDKs and the CLI refuse before they send. */
function checkTypes(input: Input): void {
  const wrong = (what: string): AwsError => new AwsError('SerializationException', what)
  for (const name of ['containerDefinitions', 'volumes', 'requiresCompatibilities', 'placementConstraints', 'tags']) {
    if (input[name] !== undefined && input[name] !== null && !Array.isArray(input[name])) {
      throw wrong('Start of structure or map found where not expected.')
    }
  }
  for (const name of ['family', 'cpu', 'memory', 'taskRoleArn', 'executionRoleArn', 'networkMode']) {
    const value: unknown = input[name]
    if (typeof value === 'object' && value !== null) throw wrong('Start of structure or map found where not expected.')
    if (typeof value === 'number') throw wrong('NUMBER_VALUE can not be converted to a String')
  }
  for (const container of inputs(input['containerDefinitions'])) {
    for (const name of ['environment', 'secrets', 'portMappings', 'command', 'entryPoint', 'mountPoints']) {
      if (container[name] !== undefined && container[name] !== null && !Array.isArray(container[name])) {
        throw wrong('Start of structure or map found where not expected.')
      }
    }
    for (const { value } of inputs(container['environment'])) {
      if (typeof value === 'number') throw wrong('NUMBER_VALUE can not be converted to a String')
      if (typeof value === 'boolean') throw wrong(`${value ? 'TRUE' : 'FALSE'}_VALUE can not be converted to a String`)
    }
    for (const name of ['cpu', 'memory', 'memoryReservation']) {
      if (typeof container[name] === 'string') throw wrong('STRING_VALUE can not be converted to an Integer')
    }
  }
}

function checkContainers(input: Input, containers: readonly Input[]): void {
  const names = containers.map(({ name }) => String(name ?? ''))
  const volumes = new Set(inputs(input['volumes']).map(({ name }) => name))
  for (const [index, container] of containers.entries()) {
    const name = names[index] ?? ''
    if (name === '') throw client('Container.name should not be null or empty.')
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) {
      throw client(`Container.name contains invalid characters: ${name}`)
    }
    if (names.indexOf(name) !== index) throw client(`Container.name contains duplicate name: ${name}`)
    if (!container['image']) throw client('Container.image should not be null or empty.')
    for (const { sourceVolume } of inputs(container['mountPoints'])) {
      if (sourceVolume !== undefined && !volumes.has(sourceVolume)) throw client(`Unknown volume '${sourceVolume}'.`)
    }
    for (const { containerName } of inputs(container['dependsOn'])) {
      if (!names.includes(String(containerName))) {
        throw client(`Container '${name}' depends on container '${containerName}' which does not exist.`)
      }
    }
    const driver: unknown = container['logConfiguration']?.logDriver
    const options = (container['logConfiguration']?.options ?? {}) as Input
    if (driver === 'awslogs' && (options['awslogs-group'] === undefined || options['awslogs-region'] === undefined)) {
      const missing = options['awslogs-group'] === undefined ? 'awslogs-group' : 'awslogs-region'
      throw client(`Log driver awslogs requires options: ${missing}`)
    }
  }
  if (containers.every(({ essential }) => essential === false)) {
    throw client('Invalid setting for task definition. At least one container must be essential.')
  }
}

function checkFargate(input: Input, containers: readonly Input[]): void {
  if (input['networkMode'] !== 'awsvpc') throw client('Fargate only supports network mode ‘awsvpc’.')
  if (input['cpu'] === undefined) throw client("Fargate requires that 'cpu' be defined at the task level.")
  if (input['memory'] === undefined) throw client("Fargate requires that 'memory' be defined at the task level.")
  const cpu = sizeOf(input['cpu'], /vcpu$/i)
  const memory = sizeOf(input['memory'], /gb$/i)
  const range = fargateSizes[String(cpu)]
  const fits = range !== undefined && memory >= range[0] && memory <= range[1] && (memory - range[0]) % range[2] === 0
  if (!fits) throw client(`No Fargate configuration exists for given values: ${cpu} CPU, ${memory} memory.`)
  const withSecrets = containers.some(({ secrets }) => inputs(secrets).length > 0)
  if (input['executionRoleArn'] === undefined) {
    if (withSecrets) {
      throw client(
        "Fargate requires task definition to have execution role ARN to support secrets. When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
      )
    }
    const logging = containers.find(({ logConfiguration }) => logConfiguration?.logDriver === 'awslogs')
    if (logging !== undefined) {
      throw client('Fargate requires task definition to have execution role ARN to support log driver awslogs.')
    }
  }
  for (const { portMappings, name, privileged } of containers) {
    if (privileged === true) throw client(`Fargate compatible task definitions do not support privileged: ${name}`)
    for (const { hostPort, containerPort } of inputs(portMappings)) {
      if (hostPort !== undefined && hostPort !== 0 && hostPort !== containerPort) {
        throw client('When networkMode=awsvpc, the host ports and container ports in port mappings must match.')
      }
    }
  }
}

/** What RegisterTaskDefinition refuses, in its words. @throws AwsError ClientException, SerializationException */
export function checkDefinition(input: Input): void {
  checkTypes(input)
  if (!input['family']) throw client('Family should not be null or empty.')
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(String(input['family']))) throw client('Family contains invalid characters.')
  const containers = inputs(input['containerDefinitions'])
  if (containers.length === 0) throw client('Container list cannot be empty.')
  checkContainers(input, containers)
  if (texts(input['requiresCompatibilities']).includes('FARGATE')) {
    checkFargate(input, containers)
    return
  }
  for (const { name, memory, memoryReservation, secrets } of containers) {
    if (inputs(secrets).length > 0 && input['executionRoleArn'] === undefined) {
      throw client("When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.")
    }
    if (input['memory'] === undefined && memory === undefined && memoryReservation === undefined) {
      throw client(
        `Invalid setting for container '${name}'. At least one of 'memory' or 'memoryReservation' must be specified.`,
      )
    }
  }
}
