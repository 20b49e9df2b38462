import type { Service, Task } from '@aws-sdk/client-ecs'
import { UserError } from '../action/errors.ts'
import type { EcsApi } from './ecs-api.ts'

/**
 * The digests that a service runs, read from its running tasks; of the container, or of every container whose image is of the repository.
 * Several while two revisions run side by side.
 * @throws UserError when a running task does not tell its digest
 */
export async function runningDigests(
  api: EcsApi,
  service: { readonly cluster: string; readonly name: string },
  repository: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const described = await api.service(service.cluster, service.name, signal)
  const tasks = await api.tasks(service.cluster, { service: service.name, desiredStatus: 'RUNNING' }, signal)
  return [...new Set(servingTasks(described, tasks).flatMap((task) => digestsOf(task, repository)))]
}

/** The tasks that serve: of a service that moves by task sets, those of its primary one. */
export function servingTasks(service: Service, tasks: readonly Task[]): readonly Task[] {
  const primary = service.taskSets?.find(({ status }) => status === 'PRIMARY')
  return tasks.filter(
    ({ lastStatus, startedBy, taskDefinitionArn }) =>
      lastStatus === 'RUNNING' &&
      (primary === undefined ||
        startedBy === primary.id ||
        (startedBy === undefined && taskDefinitionArn === primary.taskDefinition)),
  )
}

function digestsOf(task: Task, repository: string): readonly string[] {
  const containers = (task.containers ?? []).filter(
    ({ image }) => image !== undefined && repositoryOf(image) === repository,
  )
  return containers.map(({ name, imageDigest }) => {
    if (imageDigest === undefined)
      throw new UserError(`the container ${name} of ${task.taskArn} does not tell its image digest`)
    return imageDigest
  })
}

/** The repository of an image reference: what stands before its tag and digest. */
export const repositoryOf = (image: string): string => image.replace(/@.*$/, '').replace(/:[^/:]*$/, '')
