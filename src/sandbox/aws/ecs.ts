import type { World } from '../world.ts'
import { clusterOperations } from './ecs/clusters.ts'
import { containerInstanceOperations } from './ecs/container-instances.ts'
import { deployer } from './ecs/deployer.ts'
import { serviceDeploymentOperations } from './ecs/service-deployments.ts'
import { serviceOperations } from './ecs/services.ts'
import { type EcsWorld, newEcs } from './ecs/state.ts'
import { tagOperations } from './ecs/tags.ts'
import { taskDefinitionOperations } from './ecs/task-definitions.ts'
import { taskEngine } from './ecs/task-engine.ts'
import { taskGroups } from './ecs/task-groups.ts'
import { taskSets } from './ecs/task-sets.ts'
import { taskOperations } from './ecs/tasks.ts'
import type { Network } from './network.ts'
import { type AwsService, regional } from './service.ts'

/** ECS: task definitions, clusters, services with every deployment controller, task sets, and tasks that live on the sandbox's clock. */
export function ecs(world: World, network: Network): AwsService {
  const parts: EcsWorld = { world, state: regional(newEcs) }
  const engine = taskEngine(world, network)
  const groups = taskGroups(world, engine)
  const native = deployer(world, groups)
  const sets = taskSets(parts, groups)
  return {
    name: 'ecs',
    protocol: { kind: 'json', version: '1.1', target: 'AmazonEC2ContainerServiceV20141113' },
    operations: {
      ...clusterOperations(parts),
      ...containerInstanceOperations(parts, engine, groups),
      ...tagOperations(parts),
      ...taskDefinitionOperations(parts),
      ...taskOperations(parts, engine),
      ...serviceOperations(parts, groups, native, sets),
      ...serviceDeploymentOperations(parts, native),
      ...sets.operations,
    },
  }
}
