import type { Caller, World } from '../../world.ts'
import { AwsError, type Input } from '../service.ts'
import type { Pace } from './pace.ts'

/** A registered revision, as DescribeTaskDefinition shows it. */
export interface TaskDefinition {
  readonly arn: string
  readonly family: string
  readonly revision: number
  readonly body: Input
  readonly registeredAt: number
  status: 'ACTIVE' | 'INACTIVE' | 'DELETE_IN_PROGRESS'
  deregisteredAt: number | undefined
  deleteRequestedAt: number | undefined
}

export interface Cluster {
  readonly arn: string
  readonly name: string
  settings: readonly Input[]
  capacityProviders: readonly string[]
  defaultStrategy: readonly Input[]
  status: 'ACTIVE' | 'INACTIVE'
}

export interface Container {
  readonly arn: string
  readonly name: string
  readonly image: string
  readonly essential: boolean
  readonly body: Input
  runtimeId: string | undefined
  digest: string | undefined
  lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED'
  health: 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN'
  exitCode: number | undefined
  reason: string | undefined
}

/** A machine of a cluster, for tasks of the launch type EC2. */
export interface ContainerInstance {
  readonly arn: string
  readonly id: string
  readonly cluster: Cluster
  readonly ec2InstanceId: string
  readonly cpu: number
  /** MiB. */
  readonly memory: number
  /** Ports that no task gets. */
  readonly ports: readonly number[]
  readonly attributes: ReadonlyMap<string, string | undefined>
  readonly versionInfo: Input
  readonly registeredAt: number
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE'
  version: number
}

/** A container's port as its instance has it. */
export interface PortBinding {
  readonly container: string
  readonly containerPort: number
  readonly hostPort: number
  readonly protocol: 'tcp' | 'udp'
}

/** Where a task of the launch type EC2 runs. */
export interface Host {
  readonly instance: ContainerInstance
  readonly bindings: readonly PortBinding[]
}

export interface Task {
  readonly arn: string
  readonly id: string
  readonly cluster: Cluster
  readonly definition: TaskDefinition
  readonly group: string
  readonly startedBy: string | undefined
  readonly launchType: string
  readonly platformVersion: string | undefined
  readonly capacityProvider: string | undefined
  readonly enableExecuteCommand: boolean
  readonly ip: string
  /** Undefined on Fargate. */
  readonly host: Host | undefined
  readonly networkConfiguration: Input | undefined
  readonly createdAt: number
  readonly overrides: Input
  readonly containers: readonly Container[]
  lastStatus: string
  desiredStatus: 'RUNNING' | 'STOPPED'
  pullStartedAt?: number
  pullStoppedAt?: number
  startedAt?: number
  stoppingAt?: number
  executionStoppedAt?: number
  stoppedAt?: number
  stopCode?: string
  stoppedReason?: string
  version: number
}

/** What a service was told to run: never changed after it was made. */
export interface Revision {
  readonly arn: string
  readonly definition: TaskDefinition
  readonly settings: Input
  /** With the target group that this revision's tasks stand behind. */
  readonly loadBalancers: readonly Input[]
  readonly createdAt: number
  /** What its containers' images resolved to, by container name. */
  readonly digests: Map<string, string>
}

/** Tasks that a service keeps at a number: one group for each deployment, one for each task set. */
export interface TaskGroup {
  readonly id: string
  readonly revision: Revision
  readonly createdAt: number
  readonly tasks: Set<Task>
  desired: number
  failed: number
  updatedAt: number
  /** While in the future, no task is started: failing tasks are started ever more slowly. */
  notBefore: number
  /** It starts no task again. */
  stopped: boolean
  /** Tasks that run and pass their health checks, at the last look. */
  ready: number
  /** All that it should have are ready. */
  steady: boolean
  /** When `steady` last changed. */
  steadyAt: number
}

export interface Deployment extends TaskGroup {
  status: 'PRIMARY' | 'ACTIVE' | 'INACTIVE'
  rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'
  rolloutStateReason: string
}

export interface TaskSet extends TaskGroup {
  readonly arn: string
  readonly externalId: string | undefined
  readonly startedBy: string | undefined
  scale: { value: number; unit: 'PERCENT' }
  status: 'PRIMARY' | 'ACTIVE' | 'DRAINING'
}

/** A hook of a native deployment that was called, as DescribeServiceDeployments shows it. */
export interface HookCall {
  readonly hookId: string
  readonly targetType: 'AWS_LAMBDA' | 'PAUSE'
  readonly targetArn: string | undefined
  readonly expiresAt: number
  readonly timeoutAction: 'ROLLBACK' | 'CONTINUE'
  status: 'AWAITING_ACTION' | 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT'
}

export interface ServiceDeployment {
  readonly arn: string
  readonly target: Revision
  readonly sources: readonly Revision[]
  readonly configuration: Input
  readonly createdAt: number
  readonly hooks: HookCall[]
  readonly weights: Map<Revision, { production: number; test: number }>
  /** Of what it is at now: the deployment, then perhaps its rollback. */
  pace: Pace
  status: string
  statusReason: string | undefined
  lifecycleStage: string | undefined
  startedAt: number | undefined
  finishedAt: number | undefined
  stoppedAt: number | undefined
  updatedAt: number
  failures: number
  readonly threshold: number
  triggeredAlarms: readonly string[]
  circuitBroken: boolean
  rollback: { reason: string; startedAt: number; serviceRevisionArn: string } | undefined
}

export interface Service {
  readonly arn: string
  readonly name: string
  readonly cluster: Cluster
  readonly createdAt: number
  readonly createdBy: string
  readonly deployments: Deployment[]
  readonly taskSets: TaskSet[]
  /** Newest first. */
  readonly serviceDeployments: ServiceDeployment[]
  readonly revisions: Map<string, Revision>
  readonly events: { readonly id: string; readonly createdAt: number; readonly message: string }[]
  readonly settings: Input
  controller: 'ECS' | 'CODE_DEPLOY' | 'EXTERNAL'
  desired: number
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE'
  definition: TaskDefinition | undefined
}

/** One account's ECS in one region. */
export interface Ecs {
  readonly caller: Caller
  readonly clusters: Map<string, Cluster>
  /** By ARN. */
  readonly instances: Map<string, ContainerInstance>
  readonly families: Map<string, TaskDefinition[]>
  readonly services: Map<string, Service>
  readonly tasks: Map<string, Task>
  /** What RunTask was asked for, as JSON, and started, by cluster and client token. */
  readonly tokens: Map<string, { readonly request: string; readonly tasks: readonly Task[] }>
  /** Of every resource, by its ARN. */
  readonly tags: Map<string, Map<string, string>>
}

/** What the parts of ECS work with. */
export interface EcsWorld {
  readonly world: World
  readonly state: (caller: Caller) => Ecs
}

export const newEcs = (caller: Caller): Ecs => ({
  caller,
  clusters: new Map(),
  instances: new Map(),
  families: new Map(),
  services: new Map(),
  tasks: new Map(),
  tokens: new Map(),
  tags: new Map(),
})

/** Milliseconds as the JSON protocol writes a timestamp. */
export const seconds = (ms: number | undefined): number | undefined =>
  ms === undefined ? undefined : Math.round(ms) / 1_000

export const arnOf = (ecs: Ecs, resource: string): string =>
  `arn:aws:ecs:${ecs.caller.region}:${ecs.caller.accountId}:${resource}`

export const inputs = (value: unknown): Input[] => (Array.isArray(value) ? (value as Input[]) : [])
export const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

export const includesTags = (input: Input): boolean => texts(input['include']).includes('TAGS')

/** The last part of an ARN, or the name itself. */
export const nameIn = (reference: unknown): string =>
  String(reference ?? '')
    .split('/')
    .at(-1) ?? ''

/** A new id of a deployment or a task set. */
export const newGroupId = (world: World): string => `ecs-svc/${world.id(19, '0123456789')}`

const idLetters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-'
/** A new id of a service deployment. */
export const newServiceDeploymentId = (world: World): string => world.id(21, idLetters)

/** @throws AwsError ClusterNotFoundException */
export function clusterOf(ecs: Ecs, reference: unknown): Cluster {
  const cluster = ecs.clusters.get(reference === undefined ? 'default' : nameIn(reference))
  if (cluster === undefined || cluster.status === 'INACTIVE') {
    throw new AwsError('ClusterNotFoundException', 'Cluster not found.')
  }
  return cluster
}

/** By name or ARN; one of another cluster, region or account is not here. */
export function findService(ecs: Ecs, cluster: Cluster, reference: unknown): Service | undefined {
  const found = ecs.services.get(`${cluster.name}/${nameIn(reference)}`)
  const text = String(reference)
  if (!text.startsWith('arn:')) return found
  // ARNs of old do not name the cluster.
  return text === found?.arn || text === arnOf(ecs, `service/${found?.name}`) ? found : undefined
}

/** A service that is there, whatever its status. @throws AwsError ServiceNotFoundException */
export function serviceOf(ecs: Ecs, cluster: Cluster, reference: unknown): Service {
  const service = findService(ecs, cluster, reference)
  if (service === undefined) throw new AwsError('ServiceNotFoundException', 'Service not found.')
  return service
}

/** A service that can be changed. @throws AwsError ServiceNotFoundException, ServiceNotActiveException */
export function activeService(ecs: Ecs, cluster: Cluster, reference: unknown): Service {
  const service = serviceOf(ecs, cluster, reference)
  if (service.status !== 'ACTIVE') throw new AwsError('ServiceNotActiveException', 'Service was not ACTIVE.')
  return service
}

/** By ARN, `family:revision` or `family` (its newest active one); undefined when there is none. */
export function findDefinition(ecs: Ecs, reference: unknown): TaskDefinition | undefined {
  const [family = '', revision] = nameIn(reference).split(':')
  const all = ecs.families.get(family) ?? []
  return revision === undefined
    ? all.findLast(({ status }) => status === 'ACTIVE')
    : all.find((definition) => String(definition.revision) === revision)
}

/** A revision that can be started. @throws AwsError ClientException */
export function startableDefinition(ecs: Ecs, reference: unknown): TaskDefinition {
  const found = findDefinition(ecs, reference)
  if (found === undefined) throw new AwsError('ClientException', 'TaskDefinition not found.')
  if (found.status !== 'ACTIVE') throw new AwsError('ClientException', 'TaskDefinition is inactive')
  return found
}

/** Adds an event to a service, newest first; the newest hundred are kept. */
export function addEvent(world: World, service: Service, message: string, group?: TaskGroup): void {
  const id = [8, 4, 4, 4, 12].map((length) => world.id(length)).join('-')
  const set = group !== undefined && 'scale' in group ? `, taskSet ${group.id}` : ''
  service.events.unshift({ id, createdAt: world.clock.now(), message: `(service ${service.name}${set}) ${message}` })
  service.events.splice(100)
}
