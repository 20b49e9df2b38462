import type { Task } from '@aws-sdk/client-ecs'
import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Aws } from '../aws/session.ts'
import type { EcsApi } from './ecs-api.ts'
import { belongs, type FailedDeployment } from './failure-deployment.ts'
import { targetGroupName } from './failure-events.ts'
import type { HealthCheck, TargetFinding } from './failure-health.ts'
import type { Attempt } from './failure-reading.ts'

/** Target groups that are asked, and targets of each that are kept. */
const mostGroups = 5
const mostTargets = 20

/** What load balancers say of a deployment's tasks. */
export interface Health {
  readonly targets: readonly TargetFinding[]
  readonly checks: ReadonlyMap<string, HealthCheck>
  /** Tasks that run behind them, where targets fail their checks. */
  readonly sick: readonly Task[]
}

/**
 * The targets of a deployment that are not healthy, and what their groups check. `told` are those that service events spoke of
 * before they were taken out. Nothing is called when no task runs and no event told of one.
 */
export async function readHealth(
  { ecs, aws, attempt }: { readonly ecs: EcsApi; readonly aws: Aws; readonly attempt: Attempt },
  of: FailedDeployment,
  running: number,
  told: readonly TargetFinding[],
  signal: AbortSignal,
): Promise<Health> {
  const groups = of.targetGroups.slice(0, mostGroups)
  const found: TargetFinding[] = []
  let tasks: readonly Task[] = []
  if (running > 0 && groups.length > 0) {
    const read = () => ownRunning(ecs, of, signal)
    tasks = (await attempt('running tasks', 'ecs:ListTasks, ecs:DescribeTasks', read)) ?? []
    const own = { addresses: new Set(tasks.flatMap(addressesOf)), ports: new Set(tasks.flatMap(portsOf)) }
    for (const arn of groups) {
      const health = await attempt('target health', 'elasticloadbalancing:DescribeTargetHealth', async () => {
        const { DescribeTargetHealthCommand } = await import('@aws-sdk/client-elastic-load-balancing-v2')
        const client = await aws.elbv2()
        return await client.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn }), { abortSignal: signal })
      })
      const failed = (health?.TargetHealthDescriptions ?? []).filter((target) => isSick(target, own))
      found.push(...failed.slice(0, mostTargets).map((target) => finding(arn, target)))
    }
  }
  const failing = found.some(({ state }) => state === 'unhealthy')
  const sick = failing ? tasks : []
  const targets = failing ? found : [...told.slice(0, mostTargets), ...found]
  // An event names target groups also when the task set that they belonged to is gone.
  const failed = targets.map(({ targetGroupArn }) => targetGroupArn).filter((arn) => arn.startsWith('arn:'))
  const named = [...new Set(failed)].slice(0, mostGroups)
  if (named.length === 0) return { targets, checks: new Map(), sick }
  const checks = await attempt('health check settings', 'elasticloadbalancing:DescribeTargetGroups', () =>
    readChecks(aws, named, signal),
  )
  return { targets, checks: checks ?? new Map(), sick }
}

async function ownRunning(ecs: EcsApi, of: FailedDeployment, signal: AbortSignal): Promise<readonly Task[]> {
  for await (const page of ecs.taskPages(of.cluster, { service: of.service, desiredStatus: 'RUNNING' }, signal)) {
    const own = page.filter((task) => belongs(task, of))
    if (own.length > 0) return own
  }
  return []
}

const addressesOf = ({ attachments = [] }: Task): readonly string[] =>
  attachments.flatMap(({ details = [] }) =>
    details.flatMap(({ name, value }) => (name === 'privateIPv4Address' && value !== undefined ? [value] : [])),
  )

/** Ports of their instances that the tasks were given. */
const portsOf = ({ containers = [] }: Task): readonly number[] =>
  containers.flatMap(({ networkBindings = [] }) => networkBindings.flatMap(({ hostPort }) => hostPort ?? []))

/** Where the tasks of the deployment are: by address of their own, or by a port of their instance. */
interface Whereabouts {
  readonly addresses: ReadonlySet<string>
  readonly ports: ReadonlySet<number>
}

/** When nothing is known of the tasks, every target is looked at. */
function isSick({ Target, TargetHealth }: TargetHealthDescription, { addresses, ports }: Whereabouts): boolean {
  const known = addresses.size > 0 || ports.size > 0
  const own = !known || addresses.has(Target?.Id ?? '') || (addresses.size === 0 && ports.has(Target?.Port ?? 0))
  return own && TargetHealth?.State !== 'healthy' && TargetHealth?.State !== 'draining'
}

const finding = (arn: string, { Target, TargetHealth }: TargetHealthDescription): TargetFinding => ({
  targetGroup: targetGroupName(arn),
  targetGroupArn: arn,
  target: `${Target?.Id ?? '?'}:${Target?.Port ?? ''}`,
  state: TargetHealth?.State ?? 'unknown',
  reason: TargetHealth?.Reason,
  description: TargetHealth?.Description,
})

async function readChecks(
  aws: Aws,
  arns: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, HealthCheck>> {
  const { DescribeTargetGroupsCommand } = await import('@aws-sdk/client-elastic-load-balancing-v2')
  const { TargetGroups = [] } = await (await aws.elbv2()).send(
    new DescribeTargetGroupsCommand({ TargetGroupArns: [...arns] }),
    { abortSignal: signal },
  )
  return new Map(
    TargetGroups.map((group) => [
      group.TargetGroupName ?? '',
      {
        protocol: group.HealthCheckProtocol ?? 'HTTP',
        path: group.HealthCheckPath,
        port: group.HealthCheckPort ?? 'traffic-port',
        expects: group.Matcher?.HttpCode ?? group.Matcher?.GrpcCode,
        intervalSeconds: group.HealthCheckIntervalSeconds,
        timeoutSeconds: group.HealthCheckTimeoutSeconds,
      },
    ]),
  )
}
