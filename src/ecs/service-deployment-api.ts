import type {
  Service,
  ServiceDeployment,
  ServiceDeploymentStatus,
  ServiceRevision,
  UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs'
import { UserError } from '../action/errors.ts'
import { awsCode, calling, isPassing } from '../aws/errors.ts'
import type { Aws } from '../aws/session.ts'
import { openStatuses } from './native-stages.ts'

/** ECS answered that it does not know what it has told of: its answers may be a moment apart. */
export class NotYetShown extends UserError {
  override name = 'NotYetShown'
}

/** Whether a read that failed may do better in a moment. */
export const isNotYetShown = (error: unknown): boolean => error instanceof NotYetShown || isPassing(error)

/** What of ECS's own deployments is read and changed here. */
export interface ServiceDeploymentApi {
  /** Tried once: a second try of a forced update would begin a second deployment. */
  update(input: UpdateServiceCommandInput, signal: AbortSignal): Promise<Service>
  /** @throws NotYetShown */
  look(arn: string, signal: AbortSignal): Promise<ServiceDeployment>
  /** ARNs of the deployments of a service created since then, newest first. */
  since(cluster: string, service: string, since: Date, signal: AbortSignal): Promise<readonly string[]>
  /** The newest deployments that succeeded, newest first; at most 20. */
  succeeded(cluster: string, service: string, signal: AbortSignal): Promise<readonly string[]>
  /** Those that are not over, newest first. */
  underWay(cluster: string, service: string, signal: AbortSignal): Promise<readonly string[]>
  /** @throws NotYetShown */
  revision(arn: string, signal: AbortSignal): Promise<ServiceRevision>
  /** Stops and rolls back, which is all that ECS knows of stopping; one that is over already is no error. */
  stop(arn: string, signal: AbortSignal): Promise<void>
  /** Answers a hook that waits for it. */
  answer(arn: string, hookId: string, action: 'CONTINUE' | 'ROLLBACK', signal: AbortSignal): Promise<void>
}

export function serviceDeploymentApi(aws: Aws): ServiceDeploymentApi {
  const sdk = () => import('@aws-sdk/client-ecs')
  const list = async (
    cluster: string,
    service: string,
    filter: { readonly createdAt?: { after: Date }; readonly status?: ServiceDeploymentStatus[] },
    signal: AbortSignal,
  ): Promise<readonly string[]> => {
    const { ListServiceDeploymentsCommand } = await sdk()
    const client = await aws.ecs()
    const { serviceDeployments } = await calling(`listing the deployments of ${service}`, () =>
      client.send(new ListServiceDeploymentsCommand({ cluster, service, ...filter, maxResults: 20 }), {
        abortSignal: signal,
      }),
    )
    return [...(serviceDeployments ?? [])]
      .sort((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0))
      .flatMap(({ serviceDeploymentArn }) => serviceDeploymentArn ?? [])
  }
  return {
    async update(input, signal) {
      const { UpdateServiceCommand } = await sdk()
      const client = await aws.ecsOnce()
      const { service } = await calling(`updating the service ${input.service}`, () =>
        client.send(new UpdateServiceCommand(input), { abortSignal: signal }),
      )
      if (service === undefined) throw new UserError(`ECS did not say what became of the service ${input.service}`)
      return service
    },
    async look(arn, signal) {
      const { DescribeServiceDeploymentsCommand } = await sdk()
      const client = await aws.ecs()
      const { serviceDeployments, failures } = await calling(`reading the deployment ${arn}`, () =>
        client.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }), { abortSignal: signal }),
      )
      const [found] = serviceDeployments ?? []
      if (found === undefined)
        throw new NotYetShown(`ECS does not tell of the deployment ${arn} (${failures?.[0]?.reason ?? 'no reason'})`)
      return found
    },
    since: (cluster, service, since, signal) => list(cluster, service, { createdAt: { after: since } }, signal),
    succeeded: (cluster, service, signal) => list(cluster, service, { status: ['SUCCESSFUL'] }, signal),
    underWay: (cluster, service, signal) => list(cluster, service, { status: [...openStatuses] }, signal),
    async revision(arn, signal) {
      const { DescribeServiceRevisionsCommand } = await sdk()
      const client = await aws.ecs()
      const { serviceRevisions, failures } = await calling(`reading the service revision ${arn}`, () =>
        client.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: [arn] }), { abortSignal: signal }),
      )
      const [found] = serviceRevisions ?? []
      if (found === undefined)
        throw new NotYetShown(
          `ECS does not tell of the service revision ${arn} (${failures?.[0]?.reason ?? 'no reason'})`,
        )
      return found
    },
    async stop(arn, signal) {
      const { StopServiceDeploymentCommand } = await sdk()
      const client = await aws.ecs()
      try {
        await client.send(new StopServiceDeploymentCommand({ serviceDeploymentArn: arn, stopType: 'ROLLBACK' }), {
          abortSignal: signal,
        })
      } catch (error) {
        if (awsCode(error) === 'ConflictException') return
        await calling(`stopping the deployment ${arn}`, () => Promise.reject(error as Error))
      }
    },
    async answer(arn, hookId, action, signal) {
      const { ContinueServiceDeploymentCommand } = await sdk()
      const client = await aws.ecs()
      await calling(`answering the hook ${hookId}`, () =>
        client.send(new ContinueServiceDeploymentCommand({ serviceDeploymentArn: arn, hookId, action }), {
          abortSignal: signal,
        }),
      )
    },
  }
}
