import { canonicalForm } from './task-definition-canonical.ts'

/** A task definition as RegisterTaskDefinition takes it, with whatever else the user wrote: nothing is dropped from it unsaid. */
export interface TaskDefinition {
  [member: string]: unknown
  containerDefinitions?: ContainerDefinition[]
}

export interface ContainerDefinition {
  [member: string]: unknown
  name?: string
  image?: string
}

/** A name and a value, as `environment` has them. */
export interface NameValue {
  name: string
  value: string
}

/** What only Describe gives; RegisterTaskDefinition refuses it. Source: DescribeTaskDefinition minus RegisterTaskDefinition in the service model. */
const describeOnly = [
  'compatibilities',
  'deleteRequestedAt',
  'deregisteredAt',
  'registeredAt',
  'registeredBy',
  'requiresAttributes',
  'revision',
  'status',
  'taskDefinitionArn',
] as const

/** A described revision as it would be registered again. */
export function withoutDescribeOnly(document: TaskDefinition): TaskDefinition {
  const kept = Object.entries(document).filter(([name]) => !(describeOnly as readonly string[]).includes(name))
  return Object.fromEntries(kept)
}

/** One form for task definitions that mean the same, described ones too. Only for comparing. */
export const canonical = (document: TaskDefinition): Readonly<Record<string, unknown>> =>
  canonicalForm(withoutDescribeOnly(document))

/** Whether registering one would make a revision that differs from the other in nothing but its number. */
export const sameTaskDefinition = (a: TaskDefinition, b: TaskDefinition): boolean =>
  JSON.stringify(canonical(a)) === JSON.stringify(canonical(b))
