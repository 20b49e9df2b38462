import type { World } from '../../world.ts'
import { AwsError, type Input } from '../service.ts'
import type { Container, Ecs, Task } from './state.ts'

/** Where a container writes, if its driver is awslogs: as the driver names it. */
export interface LogStream {
  readonly logGroupName: string
  readonly logStreamName: string
}

const optionsOf = ({ body }: Container): Input | undefined =>
  body['logConfiguration']?.logDriver === 'awslogs' ? ((body['logConfiguration'].options ?? {}) as Input) : undefined

export function logStream(task: Task, container: Container): LogStream | undefined {
  const options = optionsOf(container)
  if (options === undefined) return undefined
  const prefix = options['awslogs-stream-prefix']
  return {
    logGroupName: String(options['awslogs-group'] ?? ''),
    logStreamName: prefix === undefined ? String(container.runtimeId) : `${prefix}/${container.name}/${task.id}`,
  }
}

/** The container logs of tasks, in CloudWatch Logs. */
export interface TaskLogs {
  /** Makes the stream, and the group if the options say so. Returns why the task cannot start, if it cannot. */
  open(ecs: Ecs, task: Task, container: Container): Promise<string | undefined>
  write(ecs: Ecs, task: Task, container: Container, lines: readonly string[]): Promise<void>
}

export function taskLogs(world: World): TaskLogs {
  /** The error of a call, if the service refused it. */
  const attempt = async (
    ecs: Ecs,
    operation: string,
    input: Record<string, unknown>,
  ): Promise<AwsError | undefined> => {
    try {
      await world.invoke('logs', operation, input, ecs.caller)
      return undefined
    } catch (error) {
      if (error instanceof AwsError) return error
      throw error
    }
  }
  return {
    async open(ecs, task, container) {
      const stream = logStream(task, container)
      if (stream === undefined) return undefined
      if (optionsOf(container)?.['awslogs-create-group'] === 'true') {
        await attempt(ecs, 'CreateLogGroup', { logGroupName: stream.logGroupName })
      }
      const refused = await attempt(ecs, 'CreateLogStream', { ...stream })
      if (refused === undefined || refused.code === 'ResourceAlreadyExistsException') return undefined
      return (
        'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: ' +
        'failed to create Cloudwatch log stream: operation error CloudWatch Logs: CreateLogStream, ' +
        `https response error StatusCode: ${refused.status}, ${refused.code}: ${refused.message} : exit status 1`
      )
    },
    async write(ecs, task, container, lines) {
      const stream = logStream(task, container)
      if (stream === undefined || lines.length === 0) return
      const timestamp = Math.round(world.clock.now())
      // A group that was deleted meanwhile takes the lines with it, as on AWS.
      await attempt(ecs, 'PutLogEvents', { ...stream, logEvents: lines.map((message) => ({ timestamp, message })) })
    },
  }
}
