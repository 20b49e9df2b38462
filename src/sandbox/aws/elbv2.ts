import type { World } from '../world.ts'
import { balancerOperations } from './elbv2/balancers.ts'
import { listenerOperations } from './elbv2/listeners.ts'
import { ruleOperations } from './elbv2/rules.ts'
import { type ElbWorld, newElb } from './elbv2/state.ts'
import { tagOperations } from './elbv2/tags.ts'
import { targetGroupOperations } from './elbv2/target-groups.ts'
import { targetOperations } from './elbv2/targets.ts'
import type { Network } from './network.ts'
import { type AwsService, regional } from './service.ts'

/** Elastic Load Balancing v2: balancers, listeners and rules with weights, target groups with health over the sandbox's time. */
export function elbv2(world: World, network: Network): AwsService {
  const parts: ElbWorld = { world, network, state: regional(newElb) }
  return {
    name: 'elasticloadbalancing',
    protocol: {
      kind: 'query',
      apiVersion: '2015-12-01',
      namespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
    },
    operations: {
      ...balancerOperations(parts),
      ...targetGroupOperations(parts),
      ...targetOperations(parts),
      ...listenerOperations(parts),
      ...ruleOperations(parts),
      ...tagOperations(parts),
    },
  }
}
