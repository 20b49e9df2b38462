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
