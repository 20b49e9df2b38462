import { calling } from '../aws/errors.ts'
import type { Aws } from '../aws/session.ts'

/** Sets how many tasks a service is to run, and nothing else: all that UpdateService takes of a service that CodeDeploy moves. */
export async function setDesiredCount(
  aws: Aws,
  of: { readonly cluster: string; readonly service: string },
  desiredCount: number,
  signal: AbortSignal,
): Promise<void> {
  const { UpdateServiceCommand } = await import('@aws-sdk/client-ecs')
  const ecs = await aws.ecs()
  await calling(`setting the desired count of ${of.service}`, () =>
    ecs.send(new UpdateServiceCommand({ cluster: of.cluster, service: of.service, desiredCount }), {
      abortSignal: signal,
    }),
  )
}

/** What to say of a deployment to a service that runs no tasks: nothing shows then whether the revision runs. */
export const untriedWarning = (service: string, desiredCount: number | undefined): string | undefined =>
  desiredCount === 0 ? `${service} is to run no tasks: whether the new revision runs is not tried` : undefined
