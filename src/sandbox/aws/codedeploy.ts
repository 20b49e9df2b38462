import type { World } from '../world.ts'
import { applicationOperations } from './codedeploy/applications.ts'
import { configOperations } from './codedeploy/configs.ts'
import { deploymentOperations } from './codedeploy/deployments.ts'
import { groupOperations } from './codedeploy/groups.ts'
import { codeDeployState } from './codedeploy/state.ts'
import { tagOperations } from './codedeploy/tags.ts'
import { targetOperations } from './codedeploy/targets.ts'
import { type AwsService, regional } from './service.ts'

/** CodeDeploy for the compute platform ECS: it drives ECS and ELB by their public operations, as AWS does. */
export function codeDeploy(world: World): AwsService {
  const stateOf = regional(codeDeployState)
  return {
    name: 'codedeploy',
    protocol: { kind: 'json', version: '1.1', target: 'CodeDeploy_20141006' },
    operations: {
      ...applicationOperations(world, stateOf),
      ...configOperations(world, stateOf),
      ...groupOperations(world, stateOf),
      ...deploymentOperations(world, stateOf),
      ...targetOperations(world, stateOf),
      ...tagOperations(stateOf),
    },
  }
}
