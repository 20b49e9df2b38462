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
): Promise<{ readonly targets: readonly TargetFinding[]; readonly checks: ReadonlyMap<string, HealthCheck> }> {
  const groups = of.targetGroups.slice(0, mostGroups)
  const found: TargetFinding[] = []
  if (running > 0 && groups.length > 0) {
    const tasks = await attempt('running tasks', 'ecs:ListTasks, ecs:DescribeTasks', () => ownRunning(ecs, of, signal))
    const addresses = new Set((tasks ?? []).flatMap(addressesOf))
    for (const arn of groups) {
      const health = await attempt('target health', 'elasticloadbalancing:DescribeTargetHealth', async () => {
        const { DescribeTargetHealthCommand } = await import('@aws-sdk/client-elastic-load-balancing-v2')
        const client = await aws.elbv2()
        return await client.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn }), { abortSignal: signal })
      })
      const sick = (health?.TargetHealthDescriptions ?? []).filter((target) => isSick(target, addresses))
      found.push(...sick.slice(0, mostTargets).map((target) => finding(arn, target)))
    }
  }
  const targets = found.some(({ state }) => state === 'unhealthy') ? found : [...told.slice(0, mostTargets), ...found]
  const named = groups.filter((arn) => targets.some(({ targetGroup }) => targetGroup === targetGroupName(arn)))
  if (named.length === 0) return { targets, checks: new Map() }
  const checks = await attempt('health check settings', 'elasticloadbalancing:DescribeTargetGroups', () =>
    readChecks(aws, named, signal),
  )
  return { targets, checks: checks ?? new Map() }
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

/** Targets of tasks without an address of their own are instances, which cannot be told apart by task. */
function isSick({ Target, TargetHealth }: TargetHealthDescription, addresses: ReadonlySet<string>): boolean {
  const own = addresses.size === 0 || addresses.has(Target?.Id ?? '') || /^i-/.test(Target?.Id ?? '')
  return own && TargetHealth?.State !== 'healthy' && TargetHealth?.State !== 'draining'
}

const finding = (arn: string, { Target, TargetHealth }: TargetHealthDescription): TargetFinding => ({
  targetGroup: targetGroupName(arn),
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
