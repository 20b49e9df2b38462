import { defineAction } from '../action/define.ts'
import { duration, flag, lines, list, oneOf, pairs, readBy, text } from '../action/inputs.ts'
import { awsSession } from '../aws/session.ts'
import { containerSettings, readContainers } from '../ecs/container-settings.ts'
import { ecsApi } from '../ecs/ecs-api.ts'
import { readTexts } from '../ecs/environment-input.ts'
import { renderTask } from '../ecs/render-task.ts'
import { secretStore } from '../ecs/secret-sources.ts'
import { readEphemeralStorage, readRuntimePlatform, readVolumes } from '../ecs/task-settings.ts'

const settings = containerSettings
const forms = 'NAME=value lines, or JSON or YAML'

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
    service: text({
      description:
        'Service whose running revision the result is compared with, and started from when no other source is given.',
    }),
    cluster: text({ description: 'Cluster of the service.', default: 'default' }),
    'container-name': list({
      description: 'Containers that the inputs below are for, by commas. Not needed when there is only one container.',
    }),
    image: text({ description: 'Image for these containers, best by digest: repository@sha256:…' }),
    'environment-variables': readBy(
      'pairs',
      settings.environment,
    )({
      description: `Variables to add or replace: ${forms}.`,
    }),
    'environment-from': list({ description: 'Env files (NAME=value with quotes), JSON or YAML files with variables.' }),
    'remove-environment': list({ description: 'Variables to take away.' }),
    'replace-environment': flag({
      description: 'The variables given take the place of all that are there.',
      default: 'false',
    }),
    'env-files': lines({ description: 'ARNs of environment files in S3; they take the place of those there.' }),
    secrets: readBy(
      'pairs',
      settings.secrets,
    )({
      description: `Secrets to add or replace: NAME=ARN, as ${forms}.`,
    }),
    'secrets-from-parameters': readBy(
      'list',
      settings.secretsFromParameters,
    )({
      description:
        'Paths such as /uk/prod/orders/ in the parameter store: every parameter there becomes a secret named after the last part of its path.',
    }),
    'parameters-recursive': flag({
      description: 'Parameters further down these paths are meant too.',
      default: 'false',
    }),
    'secrets-from-secret': list({
      description: 'Names or ARNs of secrets that are JSON objects: every key of theirs becomes a secret.',
    }),
    'remove-secrets': list({ description: 'Secrets to take away.' }),
    'replace-secrets': flag({
      description: 'The secrets given take the place of all that are there.',
      default: 'false',
    }),
    'log-configuration-log-driver': text({ description: 'Log driver, such as awslogs.' }),
    'log-configuration-options': readBy(
      'pairs',
      settings.logOptions,
    )({
      description: `Log options to add or replace: ${forms}.`,
    }),
    'log-configuration-secret-options': readBy(
      'pairs',
      settings.logSecretOptions,
    )({
      description: `Log options that are secrets, to add or replace: name=ARN, as ${forms}.`,
    }),
    'docker-labels': readBy(
      'pairs',
      settings.dockerLabels,
    )({
      description: `Docker labels to add or replace: ${forms}.`,
    }),
    command: readBy(
      'text',
      settings.command,
    )({
      description: 'Command, as words with quotes or as a JSON list. No shell runs it.',
    }),
    'entry-point': readBy('text', settings.entryPoint)({ description: 'Entry point, as words or as a JSON list.' }),
    'container-cpu': readBy('number', settings.cpu)({ description: 'CPU units of the containers.' }),
    'container-memory': readBy(
      'text',
      settings.memory,
    )({
      description: "Hard memory limit of the containers, in MiB or such as '2 GB'.",
    }),
    'container-memory-reservation': readBy(
      'text',
      settings.memoryReservation,
    )({
      description: 'Soft memory limit of the containers.',
    }),
    ports: readBy(
      'list',
      settings.portMappings,
    )({
      description:
        'Ports in place of those there: 8080, 8080/udp, 80:8080 (host first), or JSON or YAML with name and appProtocol.',
    }),
    'health-check': readBy(
      'text',
      settings.healthCheck,
    )({
      description:
        'Health check: a command line for the shell, or JSON or YAML with command, interval, timeout, retries, start-period.',
    }),
    'mount-points': readBy(
      'list',
      settings.mountPoints,
    )({
      description: 'Mount points to add or replace, by their path: volume:/path or volume:/path:ro, or JSON or YAML.',
    }),
    essential: readBy('flag', settings.essential)({ description: 'Whether the task stops with the containers.' }),
    user: text({ description: 'User that the containers run as.' }),
    'working-directory': text({ description: 'Working directory of the containers.' }),
    'stop-timeout': readBy(
      'text',
      settings.stopTimeout,
    )({
      description: 'How long the containers have to stop, in seconds or such as 90s.',
    }),
    'readonly-root-filesystem': readBy(
      'flag',
      settings.readonlyRootFilesystem,
    )({
      description: 'Whether the root filesystem of the containers is read-only.',
    }),
    images: pairs({ description: 'Images for several containers: container=image, one on each line.' }),
    containers: readBy(
      'json',
      readContainers,
    )({
      description:
        'Settings of single containers, as JSON or YAML: the container, and below it the inputs above by name, as in web: { cpu: 256, environment: { A: b } }.',
    }),
    family: text({ description: 'Another family for the result.' }),
    cpu: text({ description: "The task's CPU, such as 256 or '1 vCPU'." }),
    memory: text({ description: "The task's memory, such as 512 or '1 GB'." }),
    'task-role-arn': text({ description: 'ARN of the role that the containers act as.' }),
    'execution-role-arn': text({ description: 'ARN of the role that ECS acts as to pull images and read secrets.' }),
    'network-mode': oneOf(['awsvpc', 'bridge', 'host', 'none'])({ description: 'Network mode of the task.' }),
    'runtime-platform': readBy(
      'text',
      readRuntimePlatform,
    )({
      description: 'Platform of the task, such as linux/arm64.',
    }),
    'ephemeral-storage': readBy(
      'number',
      readEphemeralStorage,
    )({
      description: "The task's ephemeral storage in GiB, from 21 to 200.",
    }),
    volumes: readBy(
      'json',
      readVolumes,
    )({
      description: 'Volumes to add or replace, as JSON or YAML: a list as in a task definition, or volumes by name.',
    }),
    'requires-compatibilities': list({
      description: 'Where the task must be able to run: EC2, FARGATE, EXTERNAL, MANAGED_INSTANCES.',
    }),
    tags: readBy('pairs', (value) => readTexts(value))({ description: `Tags to add or replace: ${forms}.` }),
    'unknown-fields': oneOf(['error', 'warn', 'ignore'])({
      description: 'What to do about members that ECS is not known to take. They are never dropped.',
      default: 'warn',
    }),
    'aws-region': text({ description: 'Region, when something is read from AWS.' }),
    'role-arns': list({ description: 'Roles to assume, one after another, when something is read from AWS.' }),
    timeout: duration({ description: 'How long reading from AWS may take.', default: '2m' }),
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
    changed: { description: 'Whether it differs from the revision that the service runs, or else from its source.' },
  },
  permissions: {
    iam: {
      'ecs:DescribeTaskDefinition': 'only to start from a revision in ECS, or to compare with one',
      'ecs:DescribeServices': 'only for the input service',
      'ssm:GetParametersByPath': 'only for the input secrets-from-parameters',
      'secretsmanager:GetSecretValue': 'only for the input secrets-from-secret, whose keys are read',
    },
  },
  check(inputs) {
    const sources = ['task-definition', 'task-definition-arn', 'task-definition-family'] as const
    const given = sources.filter((name) => inputs[name] !== undefined)
    const problems: string[] = []
    if (given.length > 1) problems.push(`give one of the inputs ${sources.join(', ')}, not ${given.join(' and ')}`)
    if (given.length === 0 && inputs.service === undefined)
      problems.push(`give one of the inputs ${sources.join(', ')} or service, none is set`)
    if (inputs['task-definition-revision'] !== undefined && inputs['task-definition-family'] === undefined) {
      problems.push("input 'task-definition-revision': needs the input 'task-definition-family'")
    }
    return problems
  },
  async run({ inputs, host, env, signal, clock }) {
    const aws = awsSession({ region: inputs['aws-region'], roleArns: inputs['role-arns'] ?? [] })
    const family = inputs['task-definition-family']
    const revision = inputs['task-definition-revision']
    const reference =
      inputs['task-definition-arn'] ??
      (family !== undefined && revision !== undefined ? `${family}:${revision}` : family)
    const file = inputs['task-definition']
    const running = inputs.service === undefined ? undefined : { service: inputs.service, cluster: inputs.cluster }
    const source = file !== undefined ? { file } : reference !== undefined ? { reference } : running
    if (source === undefined) throw new Error('the check lets no rendering without a source pass')
    try {
      return await renderTask(
        {
          source,
          compareWith: source === running ? undefined : running,
          containers: inputs['container-name'],
          images: inputs.images ?? {},
          settings: {
            image: inputs.image,
            environment: inputs['environment-variables'],
            environmentFrom: inputs['environment-from'],
            removeEnvironment: inputs['remove-environment'],
            replaceEnvironment: inputs['replace-environment'] || undefined,
            environmentFiles: inputs['env-files'],
            secrets: inputs.secrets,
            secretsFromParameters: inputs['secrets-from-parameters'],
            secretsFromSecret: inputs['secrets-from-secret'],
            removeSecrets: inputs['remove-secrets'],
            replaceSecrets: inputs['replace-secrets'] || undefined,
            logDriver: inputs['log-configuration-log-driver'],
            logOptions: inputs['log-configuration-options'],
            logSecretOptions: inputs['log-configuration-secret-options'],
            dockerLabels: inputs['docker-labels'],
            command: inputs.command,
            entryPoint: inputs['entry-point'],
            cpu: inputs['container-cpu'],
            memory: inputs['container-memory'],
            memoryReservation: inputs['container-memory-reservation'],
            portMappings: inputs.ports,
            healthCheck: inputs['health-check'],
            mountPoints: inputs['mount-points'],
            essential: inputs.essential,
            user: inputs.user,
            workingDirectory: inputs['working-directory'],
            stopTimeout: inputs['stop-timeout'],
            readonlyRootFilesystem: inputs['readonly-root-filesystem'],
          },
          byContainer: inputs.containers ?? {},
          recursive: inputs['parameters-recursive'],
          task: {
            family: inputs.family,
            cpu: inputs.cpu,
            memory: inputs.memory,
            taskRoleArn: inputs['task-role-arn'],
            executionRoleArn: inputs['execution-role-arn'],
            networkMode: inputs['network-mode'],
            requiresCompatibilities: inputs['requires-compatibilities'],
            runtimePlatform: inputs['runtime-platform'],
            ephemeralStorage: inputs['ephemeral-storage'],
            volumes: inputs.volumes,
            tags: inputs.tags,
          },
          unknownFields: inputs['unknown-fields'],
          timeoutMs: inputs.timeout,
        },
        {
          ecs: () => ecsApi(aws),
          secrets: () => secretStore(aws, (secret) => host.mask(secret)),
          host,
          env,
          signal,
          clock,
        },
      )
    } finally {
      aws.close()
    }
  },
})
