import { textOf } from './render-rows.ts'
import type { ContainerDefinition, TaskDefinition } from './task-definition.ts'
import { cpuUnits, fargateSizeProblem } from './task-definition-sizes.ts'

const drivers = ['awslogs', 'splunk', 'awsfirelens']

/** What Fargate does not run, of a task definition that asks for it; a line each. Source: "Task definition differences for Fargate" in the ECS developer guide. */
export function fargateProblems(document: TaskDefinition): readonly string[] {
  if (!needsFargate(document)) return []
  const problems: string[] = []
  const containers = document.containerDefinitions ?? []
  if (document['networkMode'] !== 'awsvpc')
    problems.push(`Fargate needs networkMode awsvpc, not ${textOf(document['networkMode'] ?? 'none')}`)
  const size = fargateSizeProblem(document['cpu'], document['memory'])
  if (size !== undefined) problems.push(size)
  const used = containers.reduce((total, { cpu }) => total + (typeof cpu === 'number' ? cpu : 0), 0)
  if (size === undefined && used > cpuUnits(document['cpu']))
    problems.push(`the containers take ${used} CPU units together, the task has ${cpuUnits(document['cpu'])}`)
  const storage = (document['ephemeralStorage'] as { readonly sizeInGiB?: unknown } | null | undefined)?.sizeInGiB
  if (typeof storage === 'number' && (storage < 21 || storage > 200))
    problems.push(`ephemeralStorage is from 21 to 200 GiB, not ${storage}`)
  return [...problems, ...containers.flatMap(containerProblems)]
}

/** Whether it must be able to run on Fargate. */
export function needsFargate(document: TaskDefinition): boolean {
  const required = document['requiresCompatibilities']
  return Array.isArray(required) && required.includes('FARGATE')
}

function containerProblems(container: ContainerDefinition): readonly string[] {
  const { name, stopTimeout, privileged } = container
  const problems: string[] = []
  if (typeof stopTimeout === 'number' && stopTimeout > 120)
    problems.push(`Fargate waits 120 seconds at most for a container to stop, not ${stopTimeout}`)
  if (privileged === true) problems.push('Fargate runs no privileged containers')
  if (Array.isArray(container['links']) && container['links'].length > 0)
    problems.push('Fargate has no links between containers')
  const log = container['logConfiguration'] as Readonly<Record<string, unknown>> | null | undefined
  const driver = log?.['logDriver']
  if (typeof driver === 'string' && !drivers.includes(driver))
    problems.push(`Fargate has the log drivers ${drivers.join(', ')}, not ${driver}`)
  const options = log?.['options'] as Readonly<Record<string, unknown>> | null | undefined
  if (driver === 'awslogs' && !options?.['awslogs-stream-prefix'])
    problems.push('awslogs on Fargate needs the option awslogs-stream-prefix')
  return problems.map((problem) => `${name ?? ''}: ${problem}`)
}
