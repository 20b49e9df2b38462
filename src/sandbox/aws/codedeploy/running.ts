import type { Caller, World } from '../../world.ts'
import { DeploymentFailure } from './failure.ts'
import { begin, cutShort, observe, ReadyWaitOver, type Work, walk, workOn } from './lifecycle.ts'
import { shiftListener } from './listeners.ts'
import { Interrupted, pacer } from './pacer.ts'
import { type CodeDeployState, type Deployment, deploymentsOf, isOver } from './state.ts'

const second = 1_000

/** The last deployment of the group that succeeded. */
export const lastSuccess = (state: CodeDeployState, deployment: Pick<Deployment, 'group'>): Deployment | undefined =>
  deploymentsOf(state, deployment.group).findLast(({ status }) => status === 'Succeeded')

/** Runs a deployment to its end on the sandbox's clock. Never rejects but for a bug of the sandbox. */
export async function run(world: World, caller: Caller, state: CodeDeployState, deployment: Deployment): Promise<void> {
  const work = workOn(world, caller, deployment)
  const unwatch = watchAlarms(work)
  try {
    await walk(work)
    end(work, 'Succeeded')
  } catch (error) {
    const ending = endingOf(error)
    await later(world, second)
    cutShort(work)
    deployment.error = { code: ending.code, message: ending.message }
    if (rollsBack(deployment, ending)) {
      const rollback = rollbackOf(world, state, deployment)
      state.deployments.set(rollback.id, rollback)
      deployment.rollbackInfo = {
        rollbackDeploymentId: rollback.id,
        rollbackMessage: `Deployment ${deployment.id} terminated. Automatic rollback is triggered with a DeploymentId ${rollback.id}.`,
      }
      end(work, ending.status)
      void rollBack(workOn(world, caller, rollback), deployment)
    } else end(work, ending.status)
  } finally {
    unwatch()
  }
}

function end({ world, deployment }: Work, status: 'Succeeded' | 'Failed' | 'Stopped'): void {
  deployment.status = status
  deployment.completeTime = deployment.updatedAt = world.clock.seconds()
}

const later = (world: World, ms: number): Promise<void> => new Promise((resolve) => void world.clock.after(ms, resolve))

/** A bug of the sandbox must not take it down. */
function report(error: unknown): void {
  process.stderr.write(`sandbox: codedeploy: ${error instanceof Error ? error.stack : String(error)}\n`)
}

interface Ending {
  readonly status: 'Failed' | 'Stopped'
  readonly code: string
  readonly message: string
  /** The event of an automatic rollback that this is. */
  readonly event: 'DEPLOYMENT_FAILURE' | 'DEPLOYMENT_STOP_ON_ALARM' | 'DEPLOYMENT_STOP_ON_REQUEST'
  /** What the request to stop said of a rollback. */
  readonly asked: boolean | undefined
}

function endingOf(error: unknown): Ending {
  if (error instanceof Interrupted && error.interruption.kind === 'alarm') {
    const names = error.interruption.alarms.map((name) => `<${name}>`).join(' ')
    return {
      status: 'Stopped',
      code: 'ALARM_ACTIVE',
      message: `One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: ${names}`,
      event: 'DEPLOYMENT_STOP_ON_ALARM',
      asked: undefined,
    }
  }
  if (error instanceof Interrupted) {
    const asked = error.interruption.kind === 'request' ? error.interruption.rollback : undefined
    const message = 'The deployment was stopped by a request.'
    return { status: 'Stopped', code: 'MANUAL_STOP', message, event: 'DEPLOYMENT_STOP_ON_REQUEST', asked }
  }
  if (error instanceof ReadyWaitOver) {
    const message = 'The deployment was not continued before the end of the wait period.'
    return { status: 'Stopped', code: 'TIMEOUT', message, event: 'DEPLOYMENT_FAILURE', asked: undefined }
  }
  if (error instanceof DeploymentFailure) {
    const { code, message } = error
    return { status: 'Failed', code, message, event: 'DEPLOYMENT_FAILURE', asked: undefined }
  }
  report(error)
  const message = 'The sandbox failed; see its log.'
  return { status: 'Failed', code: 'INTERNAL_ERROR', message, event: 'DEPLOYMENT_FAILURE', asked: undefined }
}

/** Whether a deployment that ended so is rolled back; what installed nothing has nothing to roll back. */
function rollsBack(deployment: Deployment, { event, asked }: Ending): boolean {
  if (deployment.placement?.greenId === undefined || deployment.creator === 'codeDeployRollback') return false
  if (asked !== undefined) return asked
  return deployment.autoRollback?.enabled === true && deployment.autoRollback.events?.includes(event) === true
}

function rollbackOf(world: World, state: CodeDeployState, failed: Deployment): Deployment {
  const success = lastSuccess(state, failed)
  const id = deploymentId(world)
  return {
    ...failed,
    id,
    configName: 'CodeDeployDefault.ECSAllAtOnce',
    routing: { type: 'AllAtOnce' },
    revision: success?.revision,
    previousRevision: failed.revision,
    spec: success?.spec,
    creator: 'codeDeployRollback',
    description: undefined,
    overrideAlarms: undefined,
    alarms: undefined,
    createTime: world.clock.seconds(),
    status: 'Created',
    startTime: undefined,
    completeTime: undefined,
    updatedAt: world.clock.seconds(),
    error: undefined,
    rollbackInfo: {
      rollbackTriggeringDeploymentId: failed.id,
      rollbackMessage: `Deployment ${id} is triggered to roll back deployment ${failed.id}.`,
    },
    terminationWaitStarted: false,
    events: [],
    hookCalls: new Map(),
    pacer: pacer(world.clock),
  }
}

export const deploymentId = (world: World): string => `d-${world.id(9, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')}`

/**
 * A rollback makes no task set: it gives all traffic back to the original one and removes the replacement.
 * It walks the same events; only AllowTraffic does something.
 */
async function rollBack(work: Work, failed: Deployment): Promise<void> {
  const { world, caller, deployment, service } = work
  const { placement } = deployment
  try {
    await begin(work)
    const pair = deployment.settings.loadBalancerInfo.targetGroupPairInfoList[0]
    for (const event of deployment.events) {
      event.status = 'InProgress'
      event.startTime = world.clock.seconds()
      if (event.name === 'AllowTraffic' && placement?.greenId !== undefined) {
        await deployment.pacer.pause(second)
        const listeners = [...pair.prodTrafficRoute.listenerArns, ...(pair.testTrafficRoute?.listenerArns ?? [])]
        for (const arn of listeners) await shiftListener(world, caller, arn, placement.pair, 0)
        await observe(work, 0)
        const sets = await service.taskSets()
        const blue = sets.find(({ id }) => id === placement.blueId)
        if (blue?.status !== 'PRIMARY') await service.makePrimary(placement.blueId)
        if (sets.some(({ id, status }) => id === placement.greenId && status !== 'DRAINING')) {
          await service.remove(placement.greenId)
        }
        await observe(work)
        failed.taskSets = deployment.taskSets
      }
      event.status = 'Succeeded'
      event.endTime = world.clock.seconds()
    }
    end(work, 'Succeeded')
  } catch (error) {
    const ending = endingOf(error)
    cutShort(work)
    deployment.error = { code: ending.code, message: ending.message }
    end(work, ending.status)
  }
}

/** Looks at the deployment's alarms every ten seconds; one in ALARM stops it. Returns how to end the watch. */
function watchAlarms({ world, caller, deployment }: Work): () => void {
  const config = deployment.overrideAlarms ?? deployment.alarms
  const names = config?.enabled === true ? (config.alarms ?? []).map(({ name }) => name) : []
  if (names.length === 0) return () => {}
  let over = false
  let callOff = () => {}
  const look = async (): Promise<void> => {
    const input = { AlarmNames: names, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }
    interface Alarms {
      MetricAlarms?: { AlarmName?: string; StateValue?: string }[]
      CompositeAlarms?: { AlarmName?: string; StateValue?: string }[]
    }
    const found = await world.invoke<Alarms>('monitoring', 'DescribeAlarms', input, caller)
    const active = [...(found.MetricAlarms ?? []), ...(found.CompositeAlarms ?? [])]
      .filter(({ StateValue }) => StateValue === 'ALARM')
      .map(({ AlarmName }) => AlarmName ?? '')
    if (over || isOver(deployment)) return
    if (active.length > 0) deployment.pacer.interrupt({ kind: 'alarm', alarms: active })
    else callOff = world.clock.after(10 * second, () => void look().catch(report))
  }
  callOff = world.clock.after(3 * second, () => void look().catch(report))
  return () => {
    over = true
    callOff()
  }
}
