import type { Input } from '../service.ts'
import type { AppSpec, LifecycleEventName } from './appspec.ts'
import type { TargetGroupPair } from './listeners.ts'
import type { Pacer } from './pacer.ts'
import { predefinedRouting, type TrafficRouting } from './traffic-routing.ts'

/** Tags of anything, by key. */
export type Tags = Map<string, string>

export interface Application {
  readonly id: string
  name: string
  /** Epoch seconds, as all times here that go over the wire. */
  readonly createTime: number
  readonly tags: Tags
  /** Revisions that were registered or deployed, by digest, oldest first. */
  readonly revisions: Map<string, Revision>
  readonly groups: Map<string, Group>
}

export interface Revision {
  readonly location: Input
  description: string | undefined
  readonly registerTime: number
  firstUsedTime: number | undefined
  lastUsedTime: number | undefined
  readonly groups: Set<string>
}

export interface Config {
  readonly id: string
  readonly name: string
  readonly createTime: number
  readonly routing: TrafficRouting
}

/** Settings of a group as they go over the wire. */
export interface GroupSettings {
  readonly deploymentConfigName: string
  readonly serviceRoleArn: string
  readonly deploymentStyle: { readonly deploymentType: string; readonly deploymentOption: string }
  readonly blueGreenDeploymentConfiguration: BlueGreen
  readonly loadBalancerInfo: { readonly targetGroupPairInfoList: readonly [PairInfo] }
  readonly ecsServices: readonly [{ readonly clusterName: string; readonly serviceName: string }]
  readonly alarmConfiguration: AlarmConfiguration | undefined
  readonly autoRollbackConfiguration: AutoRollback | undefined
  readonly triggerConfigurations: readonly unknown[]
  readonly outdatedInstancesStrategy: string
}

export interface BlueGreen {
  readonly terminateBlueInstancesOnDeploymentSuccess: {
    readonly action: string
    readonly terminationWaitTimeInMinutes: number
  }
  readonly deploymentReadyOption: { readonly actionOnTimeout: string; readonly waitTimeInMinutes: number }
}

export interface PairInfo {
  readonly targetGroups: readonly { readonly name: string }[]
  readonly prodTrafficRoute: { readonly listenerArns: readonly string[] }
  readonly testTrafficRoute?: { readonly listenerArns: readonly string[] }
}

export interface AlarmConfiguration {
  readonly enabled?: boolean
  readonly ignorePollAlarmFailure?: boolean
  readonly alarms?: readonly { readonly name: string }[]
}

export interface AutoRollback {
  readonly enabled?: boolean
  readonly events?: readonly string[]
}

export interface Group {
  readonly id: string
  name: string
  readonly application: Application
  settings: GroupSettings
  readonly tags: Tags
}

export type DeploymentStatus = 'Created' | 'Queued' | 'InProgress' | 'Ready' | 'Succeeded' | 'Failed' | 'Stopped'

export interface LifecycleEvent {
  readonly name: LifecycleEventName
  status: 'Pending' | 'InProgress' | 'Succeeded' | 'Failed' | 'Skipped'
  startTime: number | undefined
  endTime: number | undefined
  diagnostics: { errorCode: string; scriptName: string; message: string; logTail: string } | undefined
}

/** A task set as the target shows it. */
export interface TaskSetInfo {
  readonly id: string
  readonly label: 'Blue' | 'Green'
  readonly targetGroupName: string
  desired: number
  pending: number
  running: number
  status: string
  weight: number
}

/** What a deployment works with: known from Install on. */
export interface Placement {
  readonly pair: TargetGroupPair
  readonly blueId: string
  greenId: string | undefined
}

/** A hook that waits for its answer. */
export interface HookCall {
  readonly event: LifecycleEventName
  answer: 'Succeeded' | 'Failed' | undefined
}

export interface Deployment {
  readonly id: string
  readonly application: Application
  readonly group: Group
  /** The group's settings when it was created. */
  readonly settings: GroupSettings
  readonly configName: string
  readonly routing: TrafficRouting
  readonly revision: Input | undefined
  readonly previousRevision: Input | undefined
  readonly spec: AppSpec | undefined
  readonly creator: 'user' | 'codeDeployRollback'
  readonly description: string | undefined
  readonly autoRollback: AutoRollback | undefined
  readonly alarms: AlarmConfiguration | undefined
  readonly overrideAlarms: AlarmConfiguration | undefined
  readonly createTime: number
  status: DeploymentStatus
  startTime: number | undefined
  completeTime: number | undefined
  updatedAt: number
  error: { readonly code: string; readonly message: string } | undefined
  rollbackInfo: Readonly<Record<string, string>> | undefined
  terminationWaitStarted: boolean
  readonly events: LifecycleEvent[]
  taskSets: readonly TaskSetInfo[]
  placement: Placement | undefined
  readonly hookCalls: Map<string, HookCall>
  readonly pacer: Pacer
}

/** One account's CodeDeploy in one region. */
export interface CodeDeployState {
  readonly applications: Map<string, Application>
  /** Those that the account made; the predefined ones are not here. */
  readonly configs: Map<string, Config>
  /** In the order of their creation. */
  readonly deployments: Map<string, Deployment>
}

export const codeDeployState = (): CodeDeployState => ({
  applications: new Map(),
  configs: new Map(),
  deployments: new Map(),
})

export const isOver = ({ status }: Deployment): boolean =>
  status === 'Succeeded' || status === 'Failed' || status === 'Stopped'

/** The deployments of a group, oldest first. */
export const deploymentsOf = (state: CodeDeployState, group: Group): readonly Deployment[] =>
  [...state.deployments.values()].filter((deployment) => deployment.group === group)

/** A routing by the name of its configuration. */
export const routingNamed = (state: CodeDeployState, name: string): TrafficRouting | undefined =>
  state.configs.get(name)?.routing ?? (Object.hasOwn(predefinedRouting, name) ? predefinedRouting[name] : undefined)
