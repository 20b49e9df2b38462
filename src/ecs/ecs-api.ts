import type { ECSClient, Service, Task } from '@aws-sdk/client-ecs'
import { UserError } from '../action/errors.ts'
import { awsCode, calling } from '../aws/errors.ts'
import type { Aws } from '../aws/session.ts'
import type { TaskDefinition } from './task-definition.ts'
import { describedTaskDefinition, keepBody } from './task-definition-answer.ts'

/** A revision as it stands in ECS. */
export interface Revision {
  readonly arn: string
  readonly document: TaskDefinition
}

/** What of ECS is read and changed here; each failure says what was being done. */
export interface EcsApi {
  /** By ARN, `family:revision` or `family`. */
  describeTaskDefinition(reference: string, signal: AbortSignal): Promise<Revision>
  /** The newest active revision of a family, or undefined when there is none. */
  newestRevision(family: string, signal: AbortSignal): Promise<Revision | undefined>
  /**
   * Registers the document as it stands: members that the SDK's model does not know travel too, and ECS answers for them.
   * Tried once: a second try, when only an answer was lost, would leave a revision that nobody knows.
   */
  register(document: TaskDefinition, signal: AbortSignal): Promise<Revision>
  deregister(arn: string): Promise<void>
  service(cluster: string, name: string, signal: AbortSignal): Promise<Service>
  tasks(cluster: string, filter: TaskFilter, signal: AbortSignal): Promise<readonly Task[]>
  /** The same, at most a hundred at a time: a page is listed and described when it is asked for. */
  taskPages(cluster: string, filter: TaskFilter, signal: AbortSignal): AsyncIterable<readonly Task[]>
  task(cluster: string, arn: string, signal: AbortSignal): Promise<Task>
  stopTask(cluster: string, arn: string, reason: string): Promise<void>
}

/** ECS takes `startedBy` only alone: with it, give nothing else. */
export interface TaskFilter {
  readonly service?: string
  readonly family?: string
  readonly startedBy?: string
  readonly desiredStatus?: 'RUNNING' | 'STOPPED'
}

/** The seam over the SDK's client. */
export function ecsApi(aws: Aws): EcsApi {
  const sdk = () => import('@aws-sdk/client-ecs')
  const client = (): Promise<ECSClient> => aws.ecs()

  const describe = async (reference: string, signal: AbortSignal): Promise<Revision> => {
    const { DescribeTaskDefinitionCommand } = await sdk()
    const ecs = await client()
    const command = new DescribeTaskDefinitionCommand({ taskDefinition: reference, include: ['TAGS'] })
    const body = keepBody(command)
    const answer = await calling(`describing the task definition ${reference}`, () =>
      ecs.send(command, { abortSignal: signal }),
    )
    const arn = answer.taskDefinition?.taskDefinitionArn
    if (arn === undefined) throw new UserError(`ECS described no task definition for ${reference}`)
    return { arn, document: describedTaskDefinition(body()) }
  }

  async function* taskPages(cluster: string, filter: TaskFilter, signal: AbortSignal): AsyncIterable<readonly Task[]> {
    const { DescribeTasksCommand, ListTasksCommand } = await sdk()
    const ecs = await client()
    const whose = filter.service ?? filter.family ?? cluster
    let nextToken: string | undefined
    do {
      const listed = await calling(`listing the tasks of ${whose}`, () =>
        ecs.send(
          new ListTasksCommand({
            cluster,
            serviceName: filter.service,
            family: filter.family,
            startedBy: filter.startedBy,
            desiredStatus: filter.desiredStatus,
            nextToken,
          }),
          { abortSignal: signal },
        ),
      )
      const { taskArns } = listed
      nextToken = listed.nextToken
      if (taskArns === undefined || taskArns.length === 0) continue
      const described = await calling(`describing the tasks of ${whose}`, () =>
        ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }), { abortSignal: signal }),
      )
      yield described.tasks ?? []
    } while (nextToken !== undefined)
  }

  return {
    describeTaskDefinition: describe,
    async newestRevision(family, signal) {
      try {
        return await describe(family, signal)
      } catch (error) {
        // ECS answers ClientException for a family that has no active revision.
        if (error instanceof UserError && awsCode(error.cause) === 'ClientException') return undefined
        throw error
      }
    },
    async register(document, signal) {
      const { RegisterTaskDefinitionCommand } = await sdk()
      const ecs = await aws.ecsOnce()
      const family = String(document['family'] ?? '')
      const command = new RegisterTaskDefinitionCommand({ family, containerDefinitions: [] })
      const body = keepBody(command)
      // The SDK's serializer drops members that its model does not have, silently: the body is the document itself.
      command.middlewareStack.add(
        (next) => (args) => {
          const request = args.request as { body: unknown; headers: Record<string, string> }
          const whole = JSON.stringify(document)
          request.body = whole
          request.headers['content-length'] = String(Buffer.byteLength(whole))
          return next(args)
        },
        { step: 'build', name: 'wholeTaskDefinition', priority: 'low' },
      )
      const { taskDefinition } = await calling(`registering a revision of ${family}`, () =>
        ecs.send(command, { abortSignal: signal }),
      )
      if (taskDefinition?.taskDefinitionArn === undefined)
        throw new UserError(`ECS registered no revision of ${family}`)
      return { arn: taskDefinition.taskDefinitionArn, document: describedTaskDefinition(body()) }
    },
    async deregister(arn) {
      const { DeregisterTaskDefinitionCommand } = await sdk()
      const ecs = await client()
      await calling(`deregistering ${arn}`, () =>
        ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: arn })),
      )
    },
    async service(cluster, name, signal) {
      const { DescribeServicesCommand } = await sdk()
      const ecs = await client()
      const { services, failures } = await calling(`describing the service ${name} in ${cluster}`, () =>
        ecs.send(new DescribeServicesCommand({ cluster, services: [name] }), { abortSignal: signal }),
      )
      const service = services?.[0]
      if (service === undefined) {
        throw new UserError(
          `there is no service '${name}' in the cluster '${cluster}' (${failures?.[0]?.reason ?? 'not found'})`,
        )
      }
      if (service.status !== 'ACTIVE') throw new UserError(`the service '${name}' is ${service.status}`)
      return service
    },
    taskPages,
    async tasks(cluster, filter, signal) {
      const found: Task[] = []
      for await (const page of taskPages(cluster, filter, signal)) {
        found.push(...page)
        if (found.length >= 1_000) break
      }
      return found
    },
    async task(cluster, arn, signal) {
      const { DescribeTasksCommand } = await sdk()
      const ecs = await client()
      const { tasks, failures } = await calling(`describing the task ${arn}`, () =>
        ecs.send(new DescribeTasksCommand({ cluster, tasks: [arn] }), { abortSignal: signal }),
      )
      const [found] = tasks ?? []
      if (found === undefined)
        throw new UserError(`ECS does not tell of the task ${arn} (${failures?.[0]?.reason ?? 'no reason'})`)
      return found
    },
    async stopTask(cluster, task, reason) {
      const { StopTaskCommand } = await sdk()
      const ecs = await client()
      await calling(`stopping the task ${task}`, () => ecs.send(new StopTaskCommand({ cluster, task, reason })))
    },
  }
}
