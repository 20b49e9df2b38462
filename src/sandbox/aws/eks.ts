import { version } from '../kubernetes/discovery.ts'
import { defaultCluster } from '../kubernetes/kubernetes.ts'
import type { Caller, World } from '../world.ts'
import { AwsError, type AwsService } from './service.ts'

/** Amazon EKS: every Kubernetes cluster of the sandbox, where it answers. They are made through the control API, not here. */
export const eks = (world: World): AwsService => ({
  name: 'eks',
  protocol: { kind: 'rest-json', routes: { DescribeCluster: 'GET /clusters/{name}', ListClusters: 'GET /clusters' } },
  operations: {
    DescribeCluster({ name }, caller) {
      if (!world.kubernetes.names().includes(name)) {
        throw new AwsError('ResourceNotFoundException', `No cluster found for name: ${name}.`, 404)
      }
      return { cluster: clusterOf(name, caller, world) }
    },
    ListClusters: () => ({ clusters: world.kubernetes.names() }),
  },
})

const clusterOf = (name: string, { accountId, region }: Caller, { clock, endpoint }: World) => ({
  name,
  arn: `arn:aws:eks:${region}:${accountId}:cluster/${name}`,
  createdAt: clock.epoch / 1_000,
  version: `${version.major}.${version.minor}`,
  // Plain HTTP on loopback: there is no certificate authority to name.
  endpoint: `${endpoint()}/kubernetes/${name}`,
  certificateAuthority: {},
  roleArn: `arn:aws:iam::${accountId}:role/${name === defaultCluster ? 'eks' : name}`,
  status: 'ACTIVE',
  platformVersion: 'eks.1',
  accessConfig: { authenticationMode: 'API' },
  tags: {},
})
