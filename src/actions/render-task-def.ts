import { defineAction } from '../action/define.ts'
import { duration, flag, lines, list, oneOf, pairs, text } from '../action/inputs.ts'
import { awsSession } from '../aws/session.ts'
import { ecsApi } from '../ecs/ecs-api.ts'
import { splitCommand } from '../ecs/render.ts'
import { renderTask } from '../ecs/render-task.ts'

/** Images, environment, secrets, logs and sizes put into an ECS task definition, nothing else changed. */
export const renderTaskDef = defineAction({
  name: 'render-task-def',
  description:
    'Puts images, environment, secrets, logs and sizes into an ECS task definition and loses nothing else of it.',
  inputs: {
    'task-definition': text({
      description: 'Path of the task definition: JSON, JSON with comments, or YAML. A plain file needs no credentials.',
    }),
    'task-definition-arn': text({ description: 'ARN of a revision to start from, in place of a file.' }),
    'task-definition-family': text({
      description: 'Family to start from, in place of a file: its newest active revision.',
    }),
    'task-definition-revision': text({ description: 'Revision of the family to start from.' }),
    'container-name': list({
      description: 'Containers that the inputs below are for, by commas. Not needed when there is only one container.',
    }),
    image: text({ description: 'Image for these containers, best by digest: repository@sha256:…' }),
    images: pairs({ description: 'Images for several containers: container=image, one on each line.' }),
    'environment-variables': pairs({ description: 'Variables to add or replace: NAME=value, one on each line.' }),
    'remove-environment': list({ description: 'Variables to take away.' }),
    'env-files': lines({ description: 'ARNs of environment files in S3; they take the place of those there.' }),
    secrets: pairs({ description: 'Secrets to add or replace: NAME=ARN, one on each line.' }),
    'log-configuration-log-driver': text({ description: 'Log driver, such as awslogs.' }),
    'log-configuration-options': pairs({ description: 'Log options to add or replace: name=value, one on each line.' }),
    'docker-labels': pairs({ description: 'Docker labels to add or replace: name=value, one on each line.' }),
    command: text({ description: 'Command, as words with quotes or as a JSON list. No shell runs it.' }),
    cpu: text({ description: "The task's CPU, such as 256 or '1 vCPU'." }),
    memory: text({ description: "The task's memory, such as 512 or '1 GB'." }),
    'task-role-arn': text({ description: 'ARN of the role that the containers act as.' }),
    'execution-role-arn': text({ description: 'ARN of the role that ECS acts as to pull images and read secrets.' }),
    'unknown-fields': oneOf(['error', 'warn', 'ignore'])({
      description: 'What to do about members that ECS is not known to take. They are never dropped.',
      default: 'warn',
    }),
    'aws-region': text({ description: 'Region of ECS, when a revision is read.' }),
    'role-arns': list({ description: 'Roles to assume, one after another, when a revision is read.' }),
    timeout: duration({ description: 'How long reading a revision may take.', default: '2m' }),
    'dry-run': flag({
      description:
        'Changes nothing, as always: the file is rendered all the same, so that a later step can plan with it.',
      default: 'false',
    }),
  },
  outputs: {
    'task-definition': { description: 'Path of the rendered task definition.' },
    family: { description: 'Its family.' },
    images: { description: 'Its images by container, as JSON.' },
  },
  permissions: { iam: { 'ecs:DescribeTaskDefinition': 'only to start from a revision in ECS' } },
  check(inputs) {
    const sources = ['task-definition', 'task-definition-arn', 'task-definition-family'] as const
    const given = sources.filter((name) => inputs[name] !== undefined)
    const problems: string[] = []
    if (given.length !== 1)
      problems.push(
        `give one of the inputs ${sources.join(', ')}, ${given.length === 0 ? 'none is set' : `not ${given.join(' and ')}`}`,
      )
    if (inputs['task-definition-revision'] !== undefined && inputs['task-definition-family'] === undefined) {
      problems.push("input 'task-definition-revision': needs the input 'task-definition-family'")
    }
    return problems
  },
  async run({ inputs, host, env, signal, clock }) {
    const aws = awsSession({ region: inputs['aws-region'], roleArns: inputs['role-arns'] ?? [] })
    try {
      const family = inputs['task-definition-family']
      const revision = inputs['task-definition-revision']
      const reference =
        inputs['task-definition-arn'] ??
        (family !== undefined && revision !== undefined ? `${family}:${revision}` : family)
      return await renderTask(
        {
          source: reference === undefined ? { file: inputs['task-definition'] as string } : { reference },
          containers: inputs['container-name'],
          images: inputs.images ?? {},
          change: {
            image: inputs.image,
            environment: inputs['environment-variables'],
            removeEnvironment: inputs['remove-environment'],
            environmentFiles: inputs['env-files'],
            secrets: inputs.secrets,
            logDriver: inputs['log-configuration-log-driver'],
            logOptions: inputs['log-configuration-options'],
            dockerLabels: inputs['docker-labels'],
            command: inputs.command === undefined ? undefined : splitCommand(inputs.command),
          },
          task: {
            cpu: inputs.cpu,
            memory: inputs.memory,
            taskRoleArn: inputs['task-role-arn'],
            executionRoleArn: inputs['execution-role-arn'],
          },
          unknownFields: inputs['unknown-fields'],
          timeoutMs: inputs.timeout,
        },
        () => ecsApi(aws),
        { host, env, signal, clock },
      )
    } finally {
      aws.close()
    }
  },
})
