import { behaviour } from '../../behaviour.ts'
import type { PullFailure } from '../../world.ts'
import { AwsError, type Input, type Operation } from '../service.ts'
import {
  arnOf,
  type Cluster,
  type Container,
  clusterOf,
  definitionOf,
  type Ecs,
  type EcsWorld,
  inputs,
  nameIn,
  seconds,
  type Task,
  type TaskDefinition,
  texts,
} from './state.ts'

/** How long a task takes on its way, in ms of sandbox time. */
const timing = { provision: 2_000, pull: 3_000, stop: 2_000, keepStopped: 3_600_000 }

export interface StartTask {
  readonly cluster: Cluster
  readonly definition: TaskDefinition
  readonly group: string
  readonly startedBy: string | undefined
  readonly launchType: string
  readonly networkConfiguration: Input | undefined
  readonly overrides?: Input
  readonly tags?: readonly Input[]
}

/** Starts and stops tasks, and tells its watchers when one changes. */
export interface TaskEngine {
  start(ecs: Ecs, request: StartTask): Task
  stop(ecs: Ecs, task: Task, code: string, reason: string): void
  onChange(listener: (ecs: Ecs, task: Task) => void): void
}

/** The words of the ECS agent for an image that cannot be had. */
const pullReason = (image: string, { failure, message }: PullFailure): string => {
  if (failure === 'invalid-reference') return `CannotPullContainerError: invalid reference format: ${image}`
  if (failure === 'unreachable')
    return `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${image}: ${message}`
  return `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: ${message}`
}

export function taskEngine({ world, network }: EcsWorld): TaskEngine {
  const { clock } = world
  const listeners: ((ecs: Ecs, task: Task) => void)[] = []
  const changed = (ecs: Ecs, task: Task): void => {
    task.version++
    for (const listener of listeners) listener(ecs, task)
  }
  const isOver = (task: Task): boolean => task.desiredStatus === 'STOPPED'

  const halt = (ecs: Ecs, task: Task, code: string, reason: string): void => {
    if (isOver(task)) return
    task.desiredStatus = 'STOPPED'
    task.stopCode = code
    task.stoppedReason = reason
    task.stoppingAt = clock.now()
    task.lastStatus = task.startedAt === undefined ? 'DEPROVISIONING' : 'DEACTIVATING'
    network.detach(task.ip)
    changed(ecs, task)
    clock.after(timing.stop, () => {
      for (const container of task.containers) {
        if (container.lastStatus === 'RUNNING') container.exitCode ??= 143
        container.lastStatus = 'STOPPED'
        container.health = 'UNKNOWN'
      }
      task.lastStatus = 'STOPPED'
      task.stoppedAt = clock.now()
      changed(ecs, task)
      clock.after(timing.keepStopped, () => ecs.tasks.delete(task.arn))
    })
  }

  const log = async (
    ecs: Ecs,
    task: Task,
    container: Container,
    lines: readonly string[],
  ): Promise<string | undefined> => {
    const settings = inputs(task.definition.body['containerDefinitions']).find(({ name }) => name === container.name)?.[
      'logConfiguration'
    ]
    if (settings?.logDriver !== 'awslogs') return undefined
    const group = settings.options?.['awslogs-group']
    const prefix = settings.options?.['awslogs-stream-prefix']
    const stream = prefix === undefined ? container.runtimeId : `${prefix}/${container.name}/${task.id}`
    const call = (operation: string, input: Record<string, unknown>) =>
      world.invoke('logs', operation, input, ecs.caller)
    if (settings.options?.['awslogs-create-group'] === 'true') {
      await call('CreateLogGroup', { logGroupName: group }).catch((error: unknown) => {
        if (!(error instanceof AwsError)) throw error
      })
    }
    try {
      await call('CreateLogStream', { logGroupName: group, logStreamName: stream })
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      if (error.code !== 'ResourceAlreadyExistsException') {
        return `ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: ${error.message} : exit status 1`
      }
    }
    const logEvents = lines.map((message) => ({ timestamp: Math.round(clock.now()), message }))
    if (logEvents.length > 0) await call('PutLogEvents', { logGroupName: group, logStreamName: stream, logEvents })
    return undefined
  }

  const run = async (ecs: Ecs, task: Task): Promise<void> => {
    const bodies = inputs(task.definition.body['containerDefinitions'])
    let healthyFrom: number | undefined = clock.now()
    for (const container of task.containers) {
      const body = bodies.find(({ name }) => name === container.name) ?? {}
      const image = world.images.pull(container.image)
      if ('failure' in image) {
        container.reason = pullReason(container.image, image)
        return halt(ecs, task, 'TaskFailedToStart', container.reason)
      }
      container.digest = image.digest
      const override = inputs(task.overrides['containerOverrides']).find(({ name }) => name === container.name)
      const pairs = [...inputs(body['environment']), ...inputs(body['secrets']), ...inputs(override?.['environment'])]
      const environment = Object.fromEntries(pairs.map(({ name, value }) => [String(name), String(value ?? '')]))
      const acts = behaviour(image, environment)
      const unwritable = await log(ecs, task, container, acts.log)
      if (unwritable !== undefined) return halt(ecs, task, 'TaskFailedToStart', unwritable)
      if (isOver(task)) return
      container.lastStatus = 'RUNNING'
      const up = acts.healthy && acts.exit === undefined ? clock.now() + acts.startupMs : undefined
      healthyFrom = up === undefined || healthyFrom === undefined ? undefined : Math.max(healthyFrom, up)
      if (body['healthCheck'] !== undefined) {
        clock.after(acts.startupMs, () => {
          if (isOver(task)) return
          container.health = acts.healthy ? 'HEALTHY' : 'UNHEALTHY'
          changed(ecs, task)
          if (!acts.healthy && container.essential && task.group.startsWith('service:')) {
            halt(ecs, task, 'ServiceSchedulerInitiated', 'Task failed container health checks')
          }
        })
      }
      const { exit } = acts
      if (exit !== undefined) {
        clock.after(exit.afterMs, () => {
          if (isOver(task)) return
          container.lastStatus = 'STOPPED'
          container.exitCode = exit.code
          if (exit.reason === 'OOMKilled') container.reason = 'OutOfMemoryError: Container killed due to memory usage'
          if (container.essential) halt(ecs, task, 'EssentialContainerExited', 'Essential container in task exited')
          else changed(ecs, task)
        })
      }
    }
    task.lastStatus = 'RUNNING'
    task.startedAt = clock.now()
    task.pullStoppedAt = clock.now()
    network.attach(task.ip, { healthyFrom })
    changed(ecs, task)
  }

  return {
    start(ecs, request) {
      const id = world.id(32)
      const arn = arnOf(ecs, `task/${request.cluster.name}/${id}`)
      const task: Task = {
        arn,
        id,
        cluster: request.cluster,
        definition: request.definition,
        group: request.group,
        startedBy: request.startedBy,
        launchType: request.launchType,
        ip: network.nextAddress(),
        subnet: texts(request.networkConfiguration?.['awsvpcConfiguration']?.subnets)[0] ?? 'subnet-0a',
        createdAt: clock.now(),
        overrides: request.overrides ?? {},
        tags: request.tags ?? [],
        containers: inputs(request.definition.body['containerDefinitions']).map((body) => ({
          arn: arnOf(ecs, `container/${request.cluster.name}/${id}/${world.id(8)}`),
          name: String(body['name']),
          image: String(body['image']),
          essential: body['essential'] !== false,
          runtimeId: `${id}-${world.id(10, '0123456789')}`,
          digest: undefined,
          lastStatus: 'PENDING',
          health: 'UNKNOWN',
          exitCode: undefined,
          reason: undefined,
        })),
        lastStatus: 'PROVISIONING',
        desiredStatus: 'RUNNING',
        version: 1,
      }
      ecs.tasks.set(arn, task)
      clock.after(timing.provision, () => {
        if (isOver(task)) return
        task.lastStatus = 'PENDING'
        task.pullStartedAt = clock.now()
        changed(ecs, task)
        clock.after(timing.pull, () => {
          if (!isOver(task)) void run(ecs, task)
        })
      })
      return task
    },
    stop: halt,
    onChange: (listener) => void listeners.push(listener),
  }
}

export function describeTask(task: Task): Input {
  return {
    taskArn: task.arn,
    clusterArn: task.cluster.arn,
    taskDefinitionArn: task.definition.arn,
    containers: task.containers.map((container) => ({
      containerArn: container.arn,
      taskArn: task.arn,
      name: container.name,
      image: container.image,
      imageDigest: container.digest,
      runtimeId: container.runtimeId,
      lastStatus: container.lastStatus,
      exitCode: container.exitCode,
      reason: container.reason,
      networkBindings: [],
      networkInterfaces: [{ attachmentId: `eni-attach-${task.id.slice(0, 8)}`, privateIpv4Address: task.ip }],
      healthStatus: container.health,
    })),
    overrides: {
      containerOverrides: task.containers.map(({ name }) => ({ name })),
      inferenceAcceleratorOverrides: [],
      ...task.overrides,
    },
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    cpu: task.definition.body['cpu'],
    memory: task.definition.body['memory'],
    createdAt: seconds(task.createdAt),
    pullStartedAt: seconds(task.pullStartedAt),
    pullStoppedAt: seconds(task.pullStoppedAt),
    startedAt: seconds(task.startedAt),
    stoppingAt: seconds(task.stoppingAt),
    stoppedAt: seconds(task.stoppedAt),
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    startedBy: task.startedBy,
    group: task.group,
    launchType: task.launchType,
    platformVersion: task.launchType === 'FARGATE' ? '1.4.0' : undefined,
    platformFamily: task.launchType === 'FARGATE' ? 'Linux' : undefined,
    version: task.version,
    connectivity: task.startedAt === undefined ? undefined : 'CONNECTED',
    healthStatus: task.containers.every(({ health }) => health === 'HEALTHY')
      ? 'HEALTHY'
      : task.containers.some(({ health }) => health === 'UNHEALTHY')
        ? 'UNHEALTHY'
        : 'UNKNOWN',
    availabilityZone: undefined,
    enableExecuteCommand: false,
    tags: task.tags,
    attachments: [
      {
        id: `eni-attach-${task.id.slice(0, 8)}`,
        type: 'ElasticNetworkInterface',
        status: task.lastStatus === 'STOPPED' ? 'DELETED' : 'ATTACHED',
        details: [
          { name: 'subnetId', value: task.subnet },
          { name: 'networkInterfaceId', value: `eni-${task.id.slice(0, 17)}` },
          { name: 'privateIPv4Address', value: task.ip },
        ],
      },
    ],
  }
}

/** Running, stopping and reading tasks. */
export function taskOperations({ state }: EcsWorld, engine: TaskEngine): Record<string, Operation> {
  return {
    RunTask(input, caller) {
      const ecs = state(caller)
      const cluster = clusterOf(ecs, input['cluster'])
      const definition = definitionOf(ecs, input['taskDefinition'])
      if (definition.status !== 'ACTIVE') throw new AwsError('ClientException', 'TaskDefinition is inactive')
      const awsvpc = definition.body['networkMode'] === 'awsvpc'
      if (awsvpc && input['networkConfiguration'] === undefined) {
        throw new AwsError(
          'InvalidParameterException',
          `Network Configuration must be provided when networkMode 'awsvpc' is specified.`,
        )
      }
      const count = Number(input['count'] ?? 1)
      if (count < 1 || count > 10) throw new AwsError('InvalidParameterException', 'count must be between 1 and 10.')
      const tasks = Array.from({ length: count }, () =>
        engine.start(ecs, {
          cluster,
          definition,
          group: String(input['group'] ?? `family:${definition.family}`),
          startedBy: input['startedBy'] as string | undefined,
          launchType: String(input['launchType'] ?? (awsvpc ? 'FARGATE' : 'EC2')),
          networkConfiguration: input['networkConfiguration'] as Input | undefined,
          overrides: (input['overrides'] ?? {}) as Input,
          tags: inputs(input['tags']),
        }),
      )
      return { tasks: tasks.map(describeTask), failures: [] }
    },
    StopTask(input, caller) {
      const ecs = state(caller)
      const cluster = clusterOf(ecs, input['cluster'])
      const id = nameIn(input['task'])
      const task = [...ecs.tasks.values()].find((candidate) => candidate.id === id && candidate.cluster === cluster)
      if (task === undefined) throw new AwsError('InvalidParameterException', 'The referenced task was not found.')
      engine.stop(ecs, task, 'UserInitiated', String(input['reason'] ?? 'Task stopped by user'))
      return { task: describeTask(task) }
    },
    DescribeTasks(input, caller) {
      const ecs = state(caller)
      const cluster = clusterOf(ecs, input['cluster'])
      const wanted = texts(input['tasks'])
      if (wanted.length > 100) throw new AwsError('InvalidParameterException', 'Tasks cannot be more than 100.')
      const found = wanted.map((reference) => {
        const id = nameIn(reference)
        return { reference, task: [...ecs.tasks.values()].find((task) => task.id === id && task.cluster === cluster) }
      })
      return {
        tasks: found.flatMap(({ task }) => (task === undefined ? [] : [describeTask(task)])),
        failures: found
          .filter(({ task }) => task === undefined)
          .map(({ reference }) => ({
            arn: reference.startsWith('arn:') ? reference : arnOf(ecs, `task/${cluster.name}/${reference}`),
            reason: 'MISSING',
          })),
      }
    },
    ListTasks(input, caller) {
      const ecs = state(caller)
      const cluster = clusterOf(ecs, input['cluster'])
      const desired = input['desiredStatus'] ?? 'RUNNING'
      const found = [...ecs.tasks.values()].filter(
        (task) =>
          task.cluster === cluster &&
          task.desiredStatus === desired &&
          (input['serviceName'] === undefined || task.group === `service:${nameIn(input['serviceName'])}`) &&
          (input['family'] === undefined || task.definition.family === input['family']) &&
          (input['startedBy'] === undefined || task.startedBy === input['startedBy']) &&
          (input['launchType'] === undefined || task.launchType === input['launchType']),
      )
      const from = Number(input['nextToken'] ?? 0)
      const size = Math.min(Number(input['maxResults'] ?? 100), 100)
      return {
        taskArns: found.slice(from, from + size).map(({ arn }) => arn),
        nextToken: from + size < found.length ? String(from + size) : undefined,
      }
    },
  }
}
