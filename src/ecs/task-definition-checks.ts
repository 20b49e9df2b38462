import { rowsOf, textOf } from './render-rows.ts'
import type { ContainerDefinition, TaskDefinition } from './task-definition.ts'
import { arnProblems } from './task-definition-arns.ts'
import { containerProblems } from './task-definition-containers.ts'
import { dependencyProblems } from './task-definition-dependencies.ts'
import { fargateProblems, needsFargate } from './task-definition-fargate.ts'
import { executionRoleProblems } from './task-definition-roles.ts'
import { shapeProblems } from './task-definition-shape.ts'
import { mebibytes } from './task-definition-sizes.ts'

/** Quotas of ECS that cannot be raised: containers in a task definition, and its size in bytes. */
const mostContainers = 10
const mostBytes = 64 * 1024

const repeated = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
]

/** What ECS would refuse or a container would trip over, found before anything is called; a line each. */
export function taskDefinitionProblems(document: TaskDefinition): readonly string[] {
  const containers = document.containerDefinitions ?? []
  const volumes = rowsOf(document['volumes']).map(({ name }) => textOf(name))
  const needsMemory = !needsFargate(document) && !document['memory']
  const around = { volumes, networkMode: document['networkMode'], needsMemory }
  return [
    ...shapeProblems(document),
    ...wholeProblems(document),
    ...repeated(volumes).map((name) => `two volumes are named '${name}'`),
    ...containers.flatMap((container, index) =>
      containerProblems(container, around).map(
        (problem) => `${container.name ?? `containerDefinitions[${index}]`}: ${problem}`,
      ),
    ),
    ...dependencyProblems(containers),
    ...arnProblems(document),
    ...executionRoleProblems(document),
    ...memoryProblems(document),
    ...fargateProblems(document),
  ]
}

function wholeProblems(document: TaskDefinition): readonly string[] {
  const problems: string[] = []
  const containers = document.containerDefinitions ?? []
  const family = document['family']
  if (typeof family !== 'string' || family === '') problems.push('family is missing')
  else if (!/^[A-Za-z0-9_-]{1,255}$/.test(family))
    problems.push(`family '${family}' has characters other than letters, digits, - and _`)
  for (const member of ['cpu', 'memory', 'taskRoleArn', 'executionRoleArn', 'networkMode', 'pidMode', 'ipcMode']) {
    const value = document[member]
    if (typeof value === 'number') problems.push(`${member} must be text: write "${value}"`)
    else if (value != null && typeof value !== 'string') problems.push(`${member} must be text, not ${textOf(value)}`)
  }
  if (containers.length === 0) problems.push('containerDefinitions is empty')
  if (containers.length > mostContainers)
    problems.push(`there are ${containers.length} containers, ECS takes ${mostContainers}`)
  for (const name of repeated(containers.map(({ name }) => name ?? '')))
    problems.push(`two containers are named '${name}'`)
  if (containers.length > 0 && containers.every(({ essential }) => essential === false))
    problems.push('no container is essential')
  const bytes = Buffer.byteLength(JSON.stringify(document))
  if (bytes > mostBytes) problems.push(`it has ${bytes} bytes, ECS takes ${mostBytes}`)
  return problems
}

/** The memory of containers against the task's. Source: ContainerDefinition in the service model. */
function memoryProblems(document: TaskDefinition): readonly string[] {
  const containers = document.containerDefinitions ?? []
  const total = mebibytes(document['memory'])
  if (Number.isNaN(total)) return []
  const over = containers.filter(({ memory }) => typeof memory === 'number' && memory > total)
  if (over.length > 0)
    return over.map(({ name, memory }) => `${name}: memory ${textOf(memory)} is over the task's ${total} MiB`)
  const reserved = containers.reduce((sum, container) => sum + reservedBy(container), 0)
  return reserved > total ? [`the containers reserve ${reserved} MiB of memory together, the task has ${total}`] : []
}

const reservedBy = ({ memory, memoryReservation }: ContainerDefinition): number =>
  [memoryReservation, memory].find((amount) => typeof amount === 'number') ?? 0
