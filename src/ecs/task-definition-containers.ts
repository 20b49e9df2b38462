import { closest } from '../action/closest.ts'
import { rowsOf, textOf } from './render-rows.ts'
import type { ContainerDefinition } from './task-definition.ts'

/** What a container has around it. */
export interface Surroundings {
  /** Names of the task's volumes. */
  readonly volumes: readonly string[]
  readonly networkMode: unknown
  /** Whether the container must say how much memory it has: nothing else does. */
  readonly needsMemory: boolean
}

const repeated = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
]

const namesOf = (value: unknown): readonly string[] => rowsOf(value).map((row) => textOf(row['name']))

/** What is wrong with one container; a line each. */
export function containerProblems(container: ContainerDefinition, around: Surroundings): readonly string[] {
  return [
    ...identityProblems(container),
    ...variableProblems(container),
    ...sizeProblems(container, around),
    ...mountProblems(container, around.volumes),
    ...portProblems(container, around.networkMode),
    ...logProblems(container),
    ...healthProblems(container),
  ]
}

function identityProblems({ name, image }: ContainerDefinition): readonly string[] {
  const problems: string[] = []
  if (name === undefined || name === '') problems.push('has no name')
  else if (!/^[A-Za-z0-9_-]{1,255}$/.test(name))
    problems.push('its name has characters other than letters, digits, - and _')
  if (image === undefined || image === '') problems.push('image is missing')
  return problems
}

function variableProblems(container: ContainerDefinition): readonly string[] {
  const problems: string[] = []
  const variables = namesOf(container['environment'])
  const secrets = namesOf(container['secrets'])
  for (const name of repeated(variables)) problems.push(`the variable ${name} is set twice`)
  for (const name of repeated(secrets)) problems.push(`the secret ${name} is set twice`)
  for (const name of new Set(secrets.filter((secret) => variables.includes(secret)))) {
    problems.push(`${name} is both a variable and a secret, which ECS refuses: remove one of them`)
  }
  for (const { name, value } of rowsOf(container['environment'])) {
    if (typeof value === 'number' || typeof value === 'boolean')
      problems.push(`the variable ${textOf(name)} must be text: write "${value}"`)
  }
  return problems
}

function sizeProblems(container: ContainerDefinition, { needsMemory }: Surroundings): readonly string[] {
  const problems: string[] = []
  for (const member of ['cpu', 'memory', 'memoryReservation'])
    if (typeof container[member] === 'string')
      problems.push(`${member} must be a number, not the text '${container[member]}'`)
  const { memory, memoryReservation } = container
  if (typeof memory === 'number' && typeof memoryReservation === 'number' && memoryReservation > memory)
    problems.push(`memoryReservation ${memoryReservation} is over its memory ${memory}`)
  if (needsMemory && !memory && !memoryReservation)
    problems.push('needs memory or memoryReservation, since the task definition has no memory')
  return problems
}

function mountProblems(container: ContainerDefinition, volumes: readonly string[]): readonly string[] {
  return rowsOf(container['mountPoints']).flatMap(({ sourceVolume }) => {
    if (typeof sourceVolume !== 'string' || volumes.includes(sourceVolume)) return []
    const near = closest(sourceVolume, volumes)
    const meant = near === undefined ? '' : ` (did you mean '${near}'?)`
    return [`mounts the volume '${sourceVolume}', which is not declared${meant}`]
  })
}

function portProblems(container: ContainerDefinition, networkMode: unknown): readonly string[] {
  if (networkMode !== 'awsvpc' && networkMode !== 'host') return []
  return rowsOf(container['portMappings'])
    .filter(
      ({ hostPort, containerPort }) => typeof hostPort === 'number' && hostPort !== 0 && hostPort !== containerPort,
    )
    .map(
      ({ hostPort, containerPort }) =>
        `with ${networkMode} the host port is the container's ${textOf(containerPort)}, not ${textOf(hostPort)}`,
    )
}

function logProblems(container: ContainerDefinition): readonly string[] {
  const log = container['logConfiguration'] as Readonly<Record<string, unknown>> | null | undefined
  if (typeof log !== 'object' || log === null) return []
  if (!log['logDriver']) return ['logConfiguration has no logDriver']
  if (log['logDriver'] !== 'awslogs') return []
  const options = log['options'] as Readonly<Record<string, unknown>> | null | undefined
  return ['awslogs-group', 'awslogs-region']
    .filter((name) => !options?.[name])
    .map((name) => `the log driver awslogs needs the option ${name}`)
}

function healthProblems(container: ContainerDefinition): readonly string[] {
  const check = container['healthCheck'] as Readonly<Record<string, unknown>> | null | undefined
  if (typeof check !== 'object' || check === null) return []
  const command = check['command']
  if (!Array.isArray(command) || command.length === 0) return ['healthCheck has no command']
  return ['CMD', 'CMD-SHELL', 'NONE'].includes(textOf(command[0]))
    ? []
    : [`healthCheck's command begins with CMD or CMD-SHELL, not '${textOf(command[0])}'`]
}
