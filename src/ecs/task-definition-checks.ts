import { closest } from '../action/closest.ts'
import type { ContainerDefinition, TaskDefinition } from './task-definition.ts'
import { dependencyProblems } from './task-definition-dependencies.ts'
import { executionRoleProblems } from './task-definition-roles.ts'
import { cpuUnits, fargateSizeProblem, mebibytes } from './task-definition-sizes.ts'

type Row = Readonly<Record<string, unknown>>

const list = (value: unknown): readonly Row[] =>
  Array.isArray(value) ? value.filter((row): row is Row => typeof row === 'object' && row !== null) : []

const repeated = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
]

const namesOf = (value: unknown): readonly string[] => list(value).map((row) => String(row['name']))

/** What ECS would refuse or a container would trip over, found before anything is called; a line each. */
export function taskDefinitionProblems(document: TaskDefinition): readonly string[] {
  const problems: string[] = []
  const containers = document.containerDefinitions ?? []
  const names = containers.map(({ name }) => name ?? '')
  if (typeof document['family'] !== 'string' || document['family'] === '') problems.push('family is missing')
  else if (!/^[A-Za-z0-9_-]{1,255}$/.test(document['family']))
    problems.push(`family '${document['family']}' has characters other than letters, digits, - and _`)
  for (const member of ['cpu', 'memory'])
    if (typeof document[member] === 'number') problems.push(`${member} must be text: write "${document[member]}"`)
  if (containers.length === 0) problems.push('containerDefinitions is empty')
  for (const name of repeated(names)) problems.push(`two containers are named '${name}'`)
  for (const name of repeated(namesOf(document['volumes']))) problems.push(`two volumes are named '${name}'`)
  if (containers.length > 0 && containers.every(({ essential }) => essential === false))
    problems.push('no container is essential')
  for (const [index, container] of containers.entries()) {
    const at = container.name ?? `containerDefinitions[${index}]`
    problems.push(...containerProblems(container, namesOf(document['volumes'])).map((problem) => `${at}: ${problem}`))
  }
  return [
    ...problems,
    ...dependencyProblems(containers),
    ...executionRoleProblems(document),
    ...sizeProblems(document),
    ...fargateProblems(document),
  ]
}

function containerProblems(container: ContainerDefinition, volumes: readonly string[]): readonly string[] {
  const problems: string[] = []
  if (container.name === undefined || container.name === '') problems.push('has no name')
  else if (!/^[A-Za-z0-9_-]{1,255}$/.test(container.name))
    problems.push('its name has characters other than letters, digits, - and _')
  if (container.image === undefined || container.image === '') problems.push('image is missing')
  const variables = namesOf(container['environment'])
  const secrets = namesOf(container['secrets'])
  for (const name of repeated(variables)) problems.push(`the variable ${name} is set twice`)
  for (const name of repeated(secrets)) problems.push(`the secret ${name} is set twice`)
  for (const name of new Set(secrets.filter((secret) => variables.includes(secret)))) {
    problems.push(`${name} is both a variable and a secret, which ECS refuses: remove one of them`)
  }
  for (const { name, value } of list(container['environment'])) {
    if (typeof value === 'number' || typeof value === 'boolean')
      problems.push(`the variable ${String(name)} must be text: write "${value}"`)
  }
  for (const member of ['cpu', 'memory', 'memoryReservation'])
    if (typeof container[member] === 'string')
      problems.push(`${member} must be a number, not the text '${container[member]}'`)
  const { memory, memoryReservation } = container
  if (typeof memory === 'number' && typeof memoryReservation === 'number' && memoryReservation > memory)
    problems.push(`memoryReservation ${memoryReservation} is over its memory ${memory}`)
  for (const { sourceVolume } of list(container['mountPoints'])) {
    if (typeof sourceVolume !== 'string' || volumes.includes(sourceVolume)) continue
    const near = closest(sourceVolume, volumes)
    const meant = near === undefined ? '' : ` (did you mean '${near}'?)`
    problems.push(`mounts the volume '${sourceVolume}', which is not declared${meant}`)
  }
  return problems
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

const numbersOf = (containers: readonly ContainerDefinition[], ...members: readonly string[]): readonly number[] =>
  containers.map((container) => {
    const value = members.map((member) => container[member]).find((item) => typeof item === 'number')
    return typeof value === 'number' ? value : 0
  })

/** Sizes of containers against the task's. Source: ContainerDefinition in the service model. */
function sizeProblems(document: TaskDefinition): readonly string[] {
  const containers = document.containerDefinitions ?? []
  const total = mebibytes(document['memory'])
  if (Number.isNaN(total)) return []
  const over = containers.filter(({ memory }) => typeof memory === 'number' && memory > total)
  if (over.length > 0)
    return over.map(({ name, memory }) => `${name}: memory ${String(memory)} is over the task's ${total} MiB`)
  const reserved = sum(numbersOf(containers, 'memoryReservation', 'memory'))
  return reserved > total ? [`the containers reserve ${reserved} MiB of memory together, the task has ${total}`] : []
}

function fargateProblems(document: TaskDefinition): readonly string[] {
  const required = document['requiresCompatibilities']
  if (!Array.isArray(required) || !required.includes('FARGATE')) return []
  const problems: string[] = []
  const containers = document.containerDefinitions ?? []
  if (document['networkMode'] !== 'awsvpc')
    problems.push(`Fargate needs networkMode awsvpc, not ${String(document['networkMode'] ?? 'none')}`)
  const size = fargateSizeProblem(document['cpu'], document['memory'])
  if (size !== undefined) problems.push(size)
  const used = sum(numbersOf(containers, 'cpu'))
  if (size === undefined && used > cpuUnits(document['cpu']))
    problems.push(`the containers take ${used} CPU units together, the task has ${cpuUnits(document['cpu'])}`)
  const storage = (document['ephemeralStorage'] as Row | null | undefined)?.['sizeInGiB']
  if (typeof storage === 'number' && (storage < 21 || storage > 200))
    problems.push(`ephemeralStorage is from 21 to 200 GiB, not ${storage}`)
  for (const { name, stopTimeout, privileged, portMappings } of containers) {
    if (typeof stopTimeout === 'number' && stopTimeout > 120)
      problems.push(`${name}: Fargate waits 120 seconds at most for a container to stop, not ${stopTimeout}`)
    if (privileged === true) problems.push(`${name}: Fargate runs no privileged containers`)
    for (const { hostPort, containerPort } of list(portMappings)) {
      if (typeof hostPort === 'number' && hostPort !== 0 && hostPort !== containerPort)
        problems.push(`${name}: with awsvpc the host port is the container's ${String(containerPort)}, not ${hostPort}`)
    }
  }
  return problems
}
