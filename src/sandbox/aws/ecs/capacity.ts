import type { Input } from '../service.ts'
import { activeInstances } from './container-instances.ts'
import { type Obstacle, place } from './placement.ts'
import { type Cluster, type ContainerInstance, type Ecs, inputs, type TaskDefinition } from './state.ts'

/** Where the next task goes: to Fargate, to an instance, or nowhere. */
export type Capacity =
  | { readonly kind: 'fargate' }
  | { readonly kind: 'instance'; readonly instance: ContainerInstance }
  | { readonly kind: 'none'; readonly obstacles: readonly Obstacle[]; readonly event: string }

interface Wanted {
  readonly cluster: Cluster
  readonly definition: TaskDefinition
  readonly group: string
  readonly launchType: string
  /** Of a service's revision, or of RunTask. */
  readonly settings: Input
}

const unable = 'was unable to place a task because no container instance met all of its requirements.'
const more = 'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.'

/**
 * Finds room for one task. Instances are those that were registered in the cluster: there is no Auto Scaling group behind
 * a capacity provider.
 */
export function capacityFor(ecs: Ecs, { cluster, definition, group, launchType, settings }: Wanted): Capacity {
  if (launchType !== 'EC2') return { kind: 'fargate' }
  const constraints = inputs(settings['placementConstraints'])
  const strategy = inputs(settings['placementStrategy'])
  const found = place(ecs, activeInstances(ecs, cluster), { definition, group, constraints, strategy })
  if ('instance' in found) return { kind: 'instance', instance: found.instance }
  const closest = found.obstacles[0]
  const where = inputs(settings['capacityProviderStrategy']).length > 0 ? 'capacity provider' : 'cluster'
  const why =
    closest === undefined
      ? `Reason: No Container Instances were found in your ${where}.`
      : `The closest matching (container-instance ${closest.instance.id}) ${closest.event}.`
  return { kind: 'none', obstacles: found.obstacles, event: `${unable} ${why} ${more}` }
}
