import type { Task } from '@aws-sdk/client-ecs'

/** Whose failure is looked into. */
export interface FailedDeployment {
  readonly cluster: string
  readonly service: string
  /** ARN of the new revision. */
  readonly taskDefinition: string
  /** What its tasks were started by: the task set's or the deployment's id (`ecs-svc/…`). Without it, tasks of the revision since `since` count. */
  readonly startedBy: string | undefined
  /** When the deployment began; events and tasks before it are not its own. */
  readonly since: Date | undefined
  /** ARNs of the target groups that its tasks are in. */
  readonly targetGroups: readonly string[]
  /** Names of alarms that watch it. */
  readonly alarms: readonly string[]
}

/** Whether a task is of this deployment. */
export function belongs(
  task: Task,
  { startedBy, taskDefinition, since }: Pick<FailedDeployment, 'startedBy' | 'taskDefinition' | 'since'>,
): boolean {
  if (startedBy !== undefined) return task.startedBy === startedBy
  const after = since === undefined || task.createdAt === undefined || task.createdAt >= since
  return task.taskDefinitionArn === taskDefinition && after
}
