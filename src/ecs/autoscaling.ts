import type { ScalableTarget } from '@aws-sdk/client-application-auto-scaling'
import { messageOf } from '../action/errors.ts'
import type { Host } from '../action/host.ts'
import { calling } from '../aws/errors.ts'
import type { Aws } from '../aws/session.ts'

const namespace = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' } as const

/** What was suspended before we suspended all of it. */
interface Suspension {
  readonly resourceId: string
  readonly before: NonNullable<ScalableTarget['SuspendedState']>
}

const everything = {
  DynamicScalingInSuspended: true,
  DynamicScalingOutSuspended: true,
  ScheduledScalingSuspended: true,
} as const

/** The name under which a service's suspension is journalled. */
export const suspensionJournal = (cluster: string, service: string): string => `autoscaling:${cluster}/${service}`

/**
 * Suspends the scaling of a service, runs `body`, and lets it scale again as before, whatever came of it.
 * Journalled before it is done, so that the post step resumes it for a run that was killed.
 */
export async function withScalingSuspended<T>(
  cluster: string,
  service: string,
  parts: { readonly aws: Aws; readonly host: Host; readonly signal: AbortSignal },
  body: () => Promise<T>,
): Promise<T> {
  const { aws, host, signal } = parts
  const resourceId = `service/${cluster.split('/').at(-1)}/${service.split('/').at(-1)}`
  const target = await scalableTarget(aws, resourceId, signal)
  if (target === undefined) {
    host.info(`${service} does not scale by itself: nothing to suspend`)
    return await body()
  }
  if (Object.keys(everything).every((kind) => target.SuspendedState?.[kind as keyof typeof everything] === true)) {
    host.warn(`autoscaling of ${service} was suspended before this run, and is left so: a killed run may have left it`)
    return await body()
  }
  const name = suspensionJournal(cluster, service)
  host.saveState(name, JSON.stringify({ resourceId, before: target.SuspendedState ?? {} } satisfies Suspension))
  await setSuspended(aws, resourceId, everything)
  host.info(`autoscaling of ${service} is suspended during the deployment`)
  try {
    return await body()
  } finally {
    await resume(name, parts).catch((error: unknown) => {
      host.warn(`autoscaling of ${service} is still suspended, the post step tries again: ${messageOf(error)}`)
    })
  }
}

/** Lets scale again what the journal says was suspended. */
export async function resume(name: string, { aws, host }: { readonly aws: Aws; readonly host: Host }): Promise<void> {
  const saved = host.loadState(name)
  if (saved === undefined || saved === '') return
  const { resourceId, before } = JSON.parse(saved) as Suspension
  await setSuspended(aws, resourceId, {
    DynamicScalingInSuspended: before.DynamicScalingInSuspended ?? false,
    DynamicScalingOutSuspended: before.DynamicScalingOutSuspended ?? false,
    ScheduledScalingSuspended: before.ScheduledScalingSuspended ?? false,
  })
  host.saveState(name, '')
  host.info(`autoscaling of ${resourceId.split('/').at(-1)} is as before`)
}

async function scalableTarget(aws: Aws, resourceId: string, signal: AbortSignal): Promise<ScalableTarget | undefined> {
  const { DescribeScalableTargetsCommand } = await import('@aws-sdk/client-application-auto-scaling')
  const client = await aws.applicationAutoScaling()
  const { ScalableTargets } = await calling(`reading the scaling of ${resourceId}`, () =>
    client.send(new DescribeScalableTargetsCommand({ ...namespace, ResourceIds: [resourceId] }), {
      abortSignal: signal,
    }),
  )
  return ScalableTargets?.[0]
}

async function setSuspended(
  aws: Aws,
  ResourceId: string,
  SuspendedState: NonNullable<ScalableTarget['SuspendedState']>,
): Promise<void> {
  const { RegisterScalableTargetCommand } = await import('@aws-sdk/client-application-auto-scaling')
  const client = await aws.applicationAutoScaling()
  await calling(`changing the scaling of ${ResourceId}`, () =>
    client.send(new RegisterScalableTargetCommand({ ...namespace, ResourceId, SuspendedState })),
  )
}
