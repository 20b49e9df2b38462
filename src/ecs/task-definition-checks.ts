import type { TaskDefinition } from './task-definition.ts'

/** Memory that Fargate offers for each amount of CPU units, in MiB: from, to, step. Source: "Task size" in the ECS developer guide. */
const fargateSizes: Readonly<Record<number, readonly [number, number, number]>> = {
  256: [512, 2048, 512],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16384, 1024],
  4096: [8192, 30720, 1024],
  8192: [16384, 61440, 4096],
  16384: [32768, 122880, 8192],
}

const amount = (value: unknown, unit: RegExp): number => {
  const text = String(value ?? '').trim()
  return unit.test(text) ? Number.parseFloat(text) * 1024 : Number(text)
}

const list = (value: unknown): readonly Record<string, unknown>[] =>
  Array.isArray(value) ? (value as Record<string, unknown>[]) : []

const repeated = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
]

/** What ECS would refuse or a container would trip over, found before anything is called; a line each. */
export function taskDefinitionProblems(document: TaskDefinition): readonly string[] {
  const problems: string[] = []
  const containers = document.containerDefinitions ?? []
  const names = containers.map(({ name }) => name ?? '')
  if (typeof document['family'] !== 'string' || document['family'] === '') problems.push('family is missing')
  if (containers.length === 0) problems.push('containerDefinitions is empty')
  for (const name of repeated(names)) problems.push(`two containers are named '${name}'`)
  if (containers.length > 0 && containers.every(({ essential }) => essential === false))
    problems.push('no container is essential')
  const volumes = new Set(list(document['volumes']).map(({ name }) => String(name)))
  for (const [index, container] of containers.entries()) {
    const at = container.name ?? `containerDefinitions[${index}]`
    if (container.name === undefined) problems.push(`${at} has no name`)
    if (container.image === undefined || container.image === '') problems.push(`${at}: image is missing`)
    for (const name of repeated(list(container['environment']).map((row) => String(row['name'])))) {
      problems.push(`${at}: the variable ${name} is set twice`)
    }
    const plain = new Set(list(container['environment']).map((row) => String(row['name'])))
    for (const { name } of list(container['secrets'])) {
      if (plain.has(String(name))) problems.push(`${at}: ${String(name)} is both a variable and a secret`)
    }
    if (list(container['secrets']).length > 0 && document['executionRoleArn'] === undefined) {
      problems.push(`${at}: has secrets, so the task definition needs an executionRoleArn`)
    }
    for (const { sourceVolume } of list(container['mountPoints'])) {
      if (sourceVolume !== undefined && !volumes.has(String(sourceVolume)))
        problems.push(`${at}: mounts the volume '${String(sourceVolume)}', which is not declared`)
    }
    for (const { containerName } of list(container['dependsOn'])) {
      if (!names.includes(String(containerName)))
        problems.push(`${at}: depends on '${String(containerName)}', which is no container`)
    }
  }
  return [...problems, ...fargateProblems(document)]
}

function fargateProblems(document: TaskDefinition): readonly string[] {
  const required = document['requiresCompatibilities']
  if (!Array.isArray(required) || !required.includes('FARGATE')) return []
  const problems: string[] = []
  if (document['networkMode'] !== 'awsvpc')
    problems.push(`Fargate needs networkMode awsvpc, not ${String(document['networkMode'] ?? 'none')}`)
  const cpu = amount(document['cpu'], /vcpu$/i)
  const memory = amount(document['memory'], /gb$/i)
  const size = fargateSizes[cpu]
  if (size === undefined) {
    problems.push(
      `Fargate has no size with cpu ${String(document['cpu'] ?? 'unset')}: choose one of ${Object.keys(fargateSizes).join(', ')}`,
    )
  } else if (!(memory >= size[0] && memory <= size[1] && (memory - size[0]) % size[2] === 0)) {
    problems.push(
      `Fargate offers cpu ${cpu} with memory from ${size[0]} to ${size[1]} in steps of ${size[2]}, not ${String(document['memory'] ?? 'unset')}`,
    )
  }
  return problems
}
