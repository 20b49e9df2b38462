import { DescribeServicesCommand, DescribeTasksCommand, ListTasksCommand } from '@aws-sdk/client-ecs'
import { DescribeListenersCommand, DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Clients, LegacyPlatform } from './provision.ts'
import type { ReportSample } from './report.ts'

/** Where an environment's pods are. */
export interface KubernetesPlace {
  /** `http://127.0.0.1:<port>/kubernetes/sandbox` */
  readonly server: string
  readonly namespace: string
}

interface PodList {
  readonly items?: readonly {
    readonly spec?: { readonly containers?: readonly { readonly image?: string }[] }
    readonly metadata?: { readonly ownerReferences?: readonly { readonly kind: string }[] }
    readonly status?: { readonly containerStatuses?: readonly { readonly ready?: boolean }[] }
  }[]
}

const digestIn = (reference: string | undefined): string | undefined => /sha256:[0-9a-f]{64}/.exec(reference ?? '')?.[0]

/** Reads, from outside and with public calls only, who answers on both platforms now. */
export async function observe(
  aws: Clients,
  platform: LegacyPlatform,
  kubernetes: KubernetesPlace,
  now: number,
): Promise<ReportSample> {
  const [weights, pods] = await Promise.all([trafficWeights(aws, platform), podsByDigest(kubernetes)])
  return { at: now, weights, pods }
}

async function trafficWeights(aws: Clients, platform: LegacyPlatform): Promise<Record<string, number>> {
  const { Listeners } = await aws.elbv2.send(new DescribeListenersCommand({ ListenerArns: [platform.listenerArn] }))
  const action = Listeners?.[0]?.DefaultActions?.[0]
  const groups = action?.ForwardConfig?.TargetGroups ?? [{ TargetGroupArn: action?.TargetGroupArn, Weight: 1 }]
  const total = groups.reduce((sum, group) => sum + (group.Weight ?? 0), 0)
  const { taskArns } = await aws.ecs.send(
    new ListTasksCommand({ cluster: platform.cluster, serviceName: platform.service }),
  )
  if (total === 0 || taskArns === undefined || taskArns.length === 0) return {}
  const { tasks } = await aws.ecs.send(new DescribeTasksCommand({ cluster: platform.cluster, tasks: taskArns }))
  const digestOfIp = new Map<string, string>()
  for (const task of tasks ?? []) {
    const digest = task.containers?.[0]?.imageDigest
    const ip = task.attachments
      ?.flatMap((attachment) => attachment.details ?? [])
      .find(({ name }) => name === 'privateIPv4Address')?.value
    if (digest !== undefined && ip !== undefined) digestOfIp.set(ip, digest)
  }
  const share: Record<string, number> = {}
  for (const group of groups) {
    if (group.TargetGroupArn === undefined || (group.Weight ?? 0) === 0) continue
    const health = await aws.elbv2.send(new DescribeTargetHealthCommand({ TargetGroupArn: group.TargetGroupArn }))
    const healthy = (health.TargetHealthDescriptions ?? []).filter(
      ({ TargetHealth }) => TargetHealth?.State === 'healthy',
    )
    for (const { Target } of healthy) {
      const digest = digestOfIp.get(Target?.Id ?? '')
      if (digest !== undefined)
        share[digest] = (share[digest] ?? 0) + ((group.Weight ?? 0) / total / healthy.length) * 100
    }
  }
  return share
}

async function podsByDigest(place: KubernetesPlace): Promise<ReportSample['pods']> {
  const answer = await fetch(`${place.server}/api/v1/namespaces/${place.namespace}/pods`)
  if (!answer.ok) return {}
  const { items } = (await answer.json()) as PodList
  const pods: Record<string, { ready: number; unready: number }> = {}
  for (const pod of items ?? []) {
    const digest = digestIn(pod.spec?.containers?.[0]?.image)
    if (digest === undefined || pod.metadata?.ownerReferences?.[0]?.kind !== 'ReplicaSet') continue
    pods[digest] ??= { ready: 0, unready: 0 }
    const count = pods[digest]
    if (pod.status?.containerStatuses?.every(({ ready }) => ready === true)) count.ready++
    else count.unready++
  }
  return pods
}

/** The digests of the tasks that the service's primary task set runs. */
export async function ecsDigests(aws: Clients, platform: LegacyPlatform): Promise<readonly string[]> {
  const { services } = await aws.ecs.send(
    new DescribeServicesCommand({ cluster: platform.cluster, services: [platform.service] }),
  )
  const primary = services?.[0]?.taskSets?.find(({ status }) => status === 'PRIMARY')
  const { taskArns } = await aws.ecs.send(
    new ListTasksCommand({ cluster: platform.cluster, serviceName: platform.service }),
  )
  if (taskArns === undefined || taskArns.length === 0) return []
  const { tasks } = await aws.ecs.send(new DescribeTasksCommand({ cluster: platform.cluster, tasks: taskArns }))
  const running = (tasks ?? []).filter(
    ({ taskDefinitionArn }) => primary === undefined || taskDefinitionArn === primary.taskDefinition,
  )
  return [
    ...new Set(running.flatMap(({ containers }) => (containers ?? []).map(({ imageDigest }) => imageDigest ?? '?'))),
  ]
}

/** The digests of the ready pods. */
export async function podDigests(place: KubernetesPlace): Promise<readonly string[]> {
  const pods = await podsByDigest(place)
  return Object.entries(pods)
    .filter(([, count]) => count.ready > 0)
    .map(([digest]) => digest)
}
