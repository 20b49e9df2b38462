import type { Caller, World } from '../../world.ts'
import { AwsError, type Input, type Operation } from '../service.ts'
import { noteRevision } from './applications.ts'
import { parseAppSpec, revisionContent } from './appspec.ts'
import { applicationIn, configName, deploymentIn, descriptionIn, groupIn, page, textsIn } from './arguments.ts'
import { parseAlarms, parseAutoRollback } from './group-settings.ts'
import { pacer } from './pacer.ts'
import { deploymentId, lastSuccess, run } from './running.ts'
import { type CodeDeployState, type Deployment, deploymentsOf, isOver, routingNamed } from './state.ts'
import { deploymentInfo } from './views.ts'

const statuses = new Set(['Created', 'Queued', 'InProgress', 'Baking', 'Succeeded', 'Failed', 'Stopped', 'Ready'])

/** Deployments: to create, to read and to steer them. */
export function deploymentOperations(
  world: World,
  stateOf: (caller: Caller) => CodeDeployState,
): Record<string, Operation> {
  return {
    CreateDeployment(input, caller) {
      const state = stateOf(caller)
      const deployment = makeDeployment(world, state, input)
      state.deployments.set(deployment.id, deployment)
      if (deployment.revision !== undefined) {
        const now = world.clock.seconds()
        const revision = noteRevision(deployment.application, deployment.revision, now)
        revision.firstUsedTime ??= now
        revision.lastUsedTime = now
        revision.groups.add(deployment.group.name)
      }
      void run(world, caller, state, deployment)
      return { deploymentId: deployment.id }
    },
    GetDeployment: (input, caller) => ({ deploymentInfo: deploymentInfo(deploymentIn(stateOf(caller), input)) }),
    BatchGetDeployments(input, caller) {
      const ids = textsIn(input, 'deploymentIds', 25, 'DeploymentIdRequiredException', 'BatchLimitExceededException')
      const { deployments } = stateOf(caller)
      return {
        deploymentsInfo: ids.flatMap((id) => {
          const deployment = deployments.get(id)
          return deployment === undefined ? [] : [deploymentInfo(deployment)]
        }),
      }
    },
    ListDeployments(input, caller) {
      const { items, nextToken } = page(selectDeployments(stateOf(caller), input), input)
      return { deployments: items.map(({ id }) => id), nextToken }
    },
    StopDeployment(input, caller) {
      const deployment = deploymentIn(stateOf(caller), input)
      if (isOver(deployment)) throw completed(deployment)
      const asked: unknown = input['autoRollbackEnabled']
      deployment.pacer.interrupt({ kind: 'request', rollback: typeof asked === 'boolean' ? asked : undefined })
      return { status: 'Pending', statusMessage: `The deployment ${deployment.id} is being stopped.` }
    },
    ContinueDeployment(input, caller) {
      const deployment = deploymentIn(stateOf(caller), input)
      const wait: unknown = input['deploymentWaitType'] ?? 'READY_WAIT'
      if (wait !== 'READY_WAIT' && wait !== 'TERMINATION_WAIT') {
        throw new AwsError('InvalidDeploymentWaitTypeException', `The wait type ${String(wait)} is not valid.`)
      }
      if (isOver(deployment)) throw completed(deployment)
      if (wait === 'READY_WAIT' && deployment.status !== 'Ready') {
        const message = `The deployment ${deployment.id} is not in the Ready state.`
        throw new AwsError('DeploymentIsNotInReadyStateException', message)
      }
      if (wait === 'TERMINATION_WAIT' && !deployment.terminationWaitStarted) {
        const message = `The deployment ${deployment.id} does not wait to terminate the original task set.`
        throw new AwsError('InvalidDeploymentStatusException', message)
      }
      deployment.pacer.wake()
      return {}
    },
    SkipWaitTimeForInstanceTermination(input, caller) {
      const deployment = deploymentIn(stateOf(caller), input)
      if (isOver(deployment)) throw completed(deployment)
      if (!deployment.terminationWaitStarted) {
        const message = `The deployment ${deployment.id} does not wait to terminate the original task set.`
        throw new AwsError('DeploymentNotStartedException', message)
      }
      deployment.pacer.wake()
      return {}
    },
    PutLifecycleEventHookExecutionStatus(input, caller) {
      const deployment = deploymentIn(stateOf(caller), input)
      const id: unknown = input['lifecycleEventHookExecutionId']
      const status: unknown = input['status']
      if (status !== 'Succeeded' && status !== 'Failed') {
        const message = 'A hook is answered Succeeded or Failed.'
        throw new AwsError('InvalidLifecycleEventHookExecutionStatusException', message)
      }
      const call = typeof id === 'string' ? deployment.hookCalls.get(id) : undefined
      if (call === undefined) {
        const message = 'The lifecycle event hook execution ID is not valid.'
        throw new AwsError('InvalidLifecycleEventHookExecutionIdException', message)
      }
      if (call.answer !== undefined || isOver(deployment)) {
        const message = `The lifecycle event ${call.event} has already been completed.`
        throw new AwsError('LifecycleEventAlreadyCompletedException', message)
      }
      call.answer = status
      deployment.pacer.wake()
      return { lifecycleEventHookExecutionId: id }
    },
  }
}

const completed = ({ id }: Deployment): AwsError =>
  new AwsError('DeploymentAlreadyCompletedException', `The deployment ${id} has already completed.`)

function makeDeployment(world: World, state: CodeDeployState, input: Input): Deployment {
  const group = groupIn(state, input)
  const { application, settings } = group
  const description = descriptionIn(input)
  for (const [member, code] of [
    ['targetInstances', 'InvalidTargetInstancesException'],
    ['updateOutdatedInstancesOnly', 'InvalidUpdateOutdatedInstancesOnlyValueException'],
    ['ignoreApplicationStopFailures', 'InvalidIgnoreApplicationStopFailuresValueException'],
  ] as const) {
    if (input[member] !== undefined && input[member] !== false) {
      throw new AwsError(code, `A deployment to ECS takes no ${member}.`)
    }
  }
  const { fileExistsBehavior } = input
  if (fileExistsBehavior !== undefined && !['DISALLOW', 'OVERWRITE', 'RETAIN'].includes(fileExistsBehavior)) {
    throw new AwsError('InvalidFileExistsBehaviorException', 'The fileExistsBehavior is not valid.')
  }
  if (typeof input['revision'] !== 'object' || input['revision'] === null) {
    throw new AwsError('RevisionRequiredException', 'The revision is required.')
  }
  const { content, kept } = revisionContent(input['revision'] as Input)
  const spec = parseAppSpec(content)
  const config = input['deploymentConfigName'] === undefined ? settings.deploymentConfigName : configName(input)
  const routing = routingNamed(state, config)
  if (routing === undefined) {
    throw new AwsError('DeploymentConfigDoesNotExistException', `No deployment configuration found for name: ${config}`)
  }
  const overrideAlarms = parseAlarms(input['overrideAlarmConfiguration'])
  const autoRollback = parseAutoRollback(input['autoRollbackConfiguration']) ?? settings.autoRollbackConfiguration
  const active = deploymentsOf(state, group).find((other) => !isOver(other))
  if (active !== undefined) {
    throw new AwsError(
      'DeploymentLimitExceededException',
      `The Deployment Group '${group.name}' already has an active Deployment '${active.id}'`,
    )
  }
  const now = world.clock.seconds()
  return {
    id: deploymentId(world),
    application,
    group,
    settings,
    configName: config,
    routing,
    revision: kept,
    previousRevision: lastSuccess(state, { group })?.revision,
    spec,
    creator: 'user',
    description,
    autoRollback,
    alarms: settings.alarmConfiguration,
    overrideAlarms,
    createTime: now,
    status: 'Created',
    startTime: undefined,
    completeTime: undefined,
    updatedAt: now,
    error: undefined,
    rollbackInfo: undefined,
    terminationWaitStarted: false,
    events: [],
    taskSets: [],
    placement: undefined,
    hookCalls: new Map(),
    pacer: pacer(world.clock),
  }
}

/** The deployments that ListDeployments asks for, newest first. */
function selectDeployments(state: CodeDeployState, input: Input): readonly Deployment[] {
  const named = input['applicationName'] !== undefined
  if (!named && input['deploymentGroupName'] !== undefined) {
    throw new AwsError('ApplicationNameRequiredException', 'The applicationName is required.')
  }
  const application = named ? applicationIn(state, input) : undefined
  const group = input['deploymentGroupName'] === undefined ? undefined : groupIn(state, input)
  const wanted: unknown = input['includeOnlyStatuses']
  if (wanted !== undefined && !(Array.isArray(wanted) && wanted.every((status) => statuses.has(status as string)))) {
    throw new AwsError('InvalidDeploymentStatusException', 'The deployment status is not valid.')
  }
  const only = wanted === undefined ? undefined : new Set(wanted as string[])
  const range = input['createTimeRange'] as { start?: number; end?: number } | undefined
  if (range?.start !== undefined && range.end !== undefined && range.start > range.end) {
    throw new AwsError('InvalidTimeRangeException', 'The time range begins after its end.')
  }
  return [...state.deployments.values()]
    .reverse()
    .filter(
      (deployment) =>
        (application === undefined || deployment.application === application) &&
        (group === undefined || deployment.group === group) &&
        (only === undefined || only.size === 0 || only.has(deployment.status)) &&
        (range?.start === undefined || deployment.createTime >= range.start) &&
        (range?.end === undefined || deployment.createTime <= range.end),
    )
}
