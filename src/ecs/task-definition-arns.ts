import { rowsOf, textOf } from './render-rows.ts'
import type { ContainerDefinition, TaskDefinition } from './task-definition.ts'

const roleArn = /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/
const secretArn = /^arn:aws[a-z-]*:(ssm:[a-z0-9-]+:\d{12}:parameter\/.+|secretsmanager:[a-z0-9-]+:\d{12}:secret:.+)$/
const fileArn = /^arn:aws[a-z-]*:s3:::[^/]+\/.+\.env$/

/** ARNs that are cut short or of the wrong kind; a line each. A text that is no ARN at all is a name, which ECS takes too. */
export function arnProblems(document: TaskDefinition): readonly string[] {
  const roles = ['taskRoleArn', 'executionRoleArn'].flatMap((member) => {
    const value = document[member]
    return typeof value === 'string' && value.startsWith('arn:') && !roleArn.test(value)
      ? [`${member} '${value}' is not the ARN of a role`]
      : []
  })
  return [...roles, ...(document.containerDefinitions ?? []).flatMap(containerProblems)]
}

function containerProblems(container: ContainerDefinition): readonly string[] {
  const at = container.name ?? ''
  const log = container['logConfiguration'] as { readonly secretOptions?: unknown } | null | undefined
  const secrets = [...rowsOf(container['secrets']), ...rowsOf(log?.secretOptions)]
  return [
    ...secrets
      .filter(({ valueFrom }) => isArn(valueFrom) && !secretArn.test(textOf(valueFrom)))
      .map(
        ({ name, valueFrom }) =>
          `${at}: the secret ${textOf(name)} is from '${textOf(valueFrom)}', which is the ARN of no parameter and no secret`,
      ),
    ...rowsOf(container['environmentFiles'])
      .filter(({ value }) => typeof value === 'string' && !fileArn.test(value))
      .map(
        ({ value }) =>
          `${at}: the environment file '${textOf(value)}' is not the ARN of an S3 object that ends in .env`,
      ),
  ]
}

const isArn = (value: unknown): boolean => typeof value === 'string' && value.startsWith('arn:')
