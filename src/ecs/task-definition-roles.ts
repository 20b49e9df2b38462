import type { ContainerDefinition, TaskDefinition } from './task-definition.ts'
import { needsFargate } from './task-definition-fargate.ts'

/** A private repository of ECR, by either of its host names. */
const ecrImage =
  /^\d{12}\.dkr[.-]ecr(-fips)?\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|on\.aws|on\.amazonwebservices\.com\.cn)\//

/** What a container has that ECS itself must act for, and a task definition without an execution role cannot; a line each. */
export function executionRoleProblems(document: TaskDefinition): readonly string[] {
  if (document['executionRoleArn']) return []
  const fargate = needsFargate(document)
  return (document.containerDefinitions ?? []).flatMap((container) =>
    reasons(container, fargate).map(
      (reason) => `${container.name ?? ''}: ${reason}, so the task definition needs an executionRoleArn`,
    ),
  )
}

const filled = (value: unknown): boolean => Array.isArray(value) && value.length > 0

function reasons(container: ContainerDefinition, fargate: boolean): readonly string[] {
  const log = container['logConfiguration'] as Readonly<Record<string, unknown>> | null | undefined
  return [
    ...(filled(container['secrets']) ? ['has secrets'] : []),
    ...(filled(log?.['secretOptions']) ? ['has secrets in its log options'] : []),
    ...(filled(container['environmentFiles']) ? ['has environmentFiles'] : []),
    ...(container['repositoryCredentials'] ? ['has repositoryCredentials'] : []),
    ...(fargate && log?.['logDriver'] === 'awslogs' ? ['logs by awslogs on Fargate'] : []),
    ...(fargate && ecrImage.test(container.image ?? '') ? ['has an image in ECR on Fargate'] : []),
  ]
}
