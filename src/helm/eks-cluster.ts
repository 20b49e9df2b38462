import { UserError } from '../action/errors.ts'
import { calling } from '../aws/errors.ts'
import type { Aws } from '../aws/session.ts'

/** Where an EKS cluster answers. */
export interface EksCluster {
  readonly name: string
  readonly server: string
  /** PEM; undefined where the endpoint needs none, as on loopback. */
  readonly ca: string | undefined
}

/** Asks EKS where a cluster answers. @throws UserError when it is not there, not ready or may not be seen */
export async function describeEksCluster(aws: Pick<Aws, 'eks'>, name: string): Promise<EksCluster> {
  const { DescribeClusterCommand } = await import('@aws-sdk/client-eks')
  const { cluster } = await calling(`finding the EKS cluster ${name}`, async () =>
    (await aws.eks()).send(new DescribeClusterCommand({ name })),
  )
  const server = cluster?.endpoint
  if (server === undefined) {
    throw new UserError(`the EKS cluster ${name} has no endpoint: it is ${cluster?.status ?? 'in no state'}`)
  }
  const { protocol, hostname } = new URL(server)
  const loopback = hostname === '127.0.0.1' || hostname === 'localhost'
  if (protocol !== 'https:' && !loopback) {
    throw new UserError(`the EKS cluster ${name} has the endpoint ${server}, which would take a token in the clear`)
  }
  const data = cluster?.certificateAuthority?.data
  const ca = data ? Buffer.from(data, 'base64').toString('utf8') : undefined
  return { name, server: server.replace(/\/+$/, ''), ca }
}
