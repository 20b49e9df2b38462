import type { Caller, World } from '../../world.ts'
import type { Network } from '../network.ts'
import { AwsError, type Input } from '../service.ts'

/** A registered revision, as DescribeTaskDefinition shows it. */
export interface TaskDefinition {
  readonly arn: string
  readonly family: string
  readonly revision: number
  readonly body: Input
  readonly tags: readonly Input[]
  status: 'ACTIVE' | 'INACTIVE'
  deregisteredAt: number | undefined
}

export interface Cluster {
  readonly arn: string
  readonly name: string
  readonly settings: readonly Input[]
  readonly tags: readonly Input[]
}

export interface Container {
  readonly arn: string
  readonly name: string
  readonly image: string
  readonly essential: boolean
  readonly runtimeId: string
  digest: string | undefined
  lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED'
  health: 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN'
  exitCode: number | undefined
  reason: string | undefined
}

export interface Task {
  readonly arn: string
  readonly id: string
  readonly cluster: Cluster
  readonly definition: TaskDefinition
  readonly group: string
  readonly startedBy: string | undefined
  readonly launchType: string
  readonly ip: string
  readonly subnet: string
  readonly createdAt: number
  readonly overrides: Input
  readonly containers: Container[]
  readonly tags: readonly Input[]
  lastStatus: string
  desiredStatus: 'RUNNING' | 'STOPPED'
  pullStartedAt?: number
  pullStoppedAt?: number
  startedAt?: number
  stoppingAt?: number
  stoppedAt?: number
  stopCode?: string
  stoppedReason?: string
  version: number
}

/** Tasks that a service keeps at a number: one for a rolling deployment, one for each task set. */
export interface TaskGroup {
  readonly id: string
  readonly definition: TaskDefinition
  readonly loadBalancers: readonly Input[]
  readonly networkConfiguration: Input | undefined
  readonly launchType: string
  readonly platformVersion: string | undefined
  readonly createdAt: number
  readonly tasks: Set<Task>
  desired: number
  failed: number
  updatedAt: number
  steadyAt: number | undefined
  /** While set, the next task is not started before: failing tasks are started ever more slowly. */
  notBefore: number
  stopped: boolean
}

export interface Deployment extends TaskGroup {
  status: 'PRIMARY' | 'ACTIVE' | 'INACTIVE'
  rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'
  rolloutStateReason: string
  readonly serviceDeployment: ServiceDeployment
}

export interface TaskSet extends TaskGroup {
  readonly arn: string
  readonly externalId: string | undefined
  readonly startedBy: string | undefined
  readonly tags: readonly Input[]
  scale: { value: number; unit: 'PERCENT' }
  status: 'PRIMARY' | 'ACTIVE' | 'DRAINING'
}

export interface ServiceDeployment {
  readonly arn: string
  readonly revisionArn: string
  readonly definition: TaskDefinition
  readonly createdAt: number
  readonly sourceRevisionArns: readonly string[]
  status: string
  statusReason: string | undefined
  startedAt: number | undefined
  finishedAt: number | undefined
  stoppedAt: number | undefined
  updatedAt: number
  failures: number
  rollback: { reason: string; startedAt: number; serviceRevisionArn: string } | undefined
}

export interface Service {
  readonly arn: string
  readonly name: string
  readonly cluster: Cluster
  readonly controller: 'ECS' | 'CODE_DEPLOY' | 'EXTERNAL'
  readonly createdAt: number
  readonly deployments: Deployment[]
  readonly taskSets: TaskSet[]
  readonly serviceDeployments: ServiceDeployment[]
  readonly events: { readonly id: string; readonly createdAt: number; readonly message: string }[]
  readonly settings: Input
  readonly tags: readonly Input[]
  desired: number
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE'
  definition: TaskDefinition | undefined
}

/** One account's ECS in one region. */
export interface Ecs {
  readonly caller: Caller
  readonly clusters: Map<string, Cluster>
  readonly families: Map<string, TaskDefinition[]>
  readonly services: Map<string, Service>
  readonly tasks: Map<string, Task>
  readonly tags: Map<string, Map<string, string>>
}

/** What the parts of ECS work with. */
export interface EcsWorld {
  readonly world: World
  readonly network: Network
  readonly state: (caller: Caller) => Ecs
}

export const newEcs = (caller: Caller): Ecs => ({
  caller,
  clusters: new Map(),
  families: new Map(),
  services: new Map(),
  tasks: new Map(),
  tags: new Map(),
})

/** Milliseconds as the JSON protocol writes a timestamp. */
export const seconds = (ms: number | undefined): number | undefined =>
  ms === undefined ? undefined : Math.round(ms) / 1_000

export const arnOf = (ecs: Ecs, resource: string): string =>
  `arn:aws:ecs:${ecs.caller.region}:${ecs.caller.accountId}:${resource}`

export const inputs = (value: unknown): Input[] => (Array.isArray(value) ? (value as Input[]) : [])
export const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/** The last part of an ARN, or the name itself. */
export const nameIn = (reference: unknown): string =>
  String(reference ?? '')
    .split('/')
    .at(-1) ?? ''

/** @throws AwsError ClusterNotFoundException */
export function clusterOf(ecs: Ecs, reference: unknown): Cluster {
  const cluster = ecs.clusters.get(reference === undefined ? 'default' : nameIn(reference))
  if (cluster === undefined) throw new AwsError('ClusterNotFoundException', 'Cluster not found.')
  return cluster
}

export const findService = (ecs: Ecs, cluster: Cluster, reference: unknown): Service | undefined =>
  ecs.services.get(`${cluster.name}/${nameIn(reference)}`)

/** @throws AwsError ServiceNotFoundException, ServiceNotActiveException */
export function serviceOf(ecs: Ecs, cluster: Cluster, reference: unknown): Service {
  const service = findService(ecs, cluster, reference)
  if (service === undefined) throw new AwsError('ServiceNotFoundException', 'Service not found.')
  if (service.status === 'INACTIVE') throw new AwsError('ServiceNotActiveException', 'Service was not ACTIVE.')
  return service
}

/** By ARN, `family:revision` or `family` (its newest active one). @throws AwsError ClientException */
export function definitionOf(ecs: Ecs, reference: unknown): TaskDefinition {
  const text = nameIn(reference)
  const [family = '', revision] = text.split(':')
  const all = ecs.families.get(family) ?? []
  const found =
    revision === undefined
      ? all.findLast(({ status }) => status === 'ACTIVE')
      : all.find((definition) => definition.revision === Number(revision))
  if (found === undefined) throw new AwsError('ClientException', 'Unable to describe task definition.')
  return found
}

/** Adds an event to a service, newest first; the newest hundred are kept. */
export function addEvent(world: World, service: Service, message: string): void {
  const id = [8, 4, 4, 4, 12].map((length) => world.id(length)).join('-')
  service.events.unshift({ id, createdAt: world.clock.now(), message: `(service ${service.name}) ${message}` })
  service.events.splice(100)
}
