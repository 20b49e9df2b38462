import type { Caller, World } from '../../world.ts'
import { type LifecycleEventName, lifecycleEvents } from './appspec.ts'
import { type EcsService, ecsService, type TaskSet } from './ecs-service.ts'
import { DeploymentFailure } from './failure.ts'
import { shiftListener, targetGroupArns } from './listeners.ts'
import type { Deployment, LifecycleEvent, Placement } from './state.ts'
import { trafficSteps } from './traffic-routing.ts'

const second = 1_000
const minute = 60 * second
/** AWS gives the replacement task set an hour to become healthy, and a hook an hour to answer. */
const installTimeout = 60 * minute
const hookTimeout = 60 * minute

/** One deployment at work: the deployment itself, and what it works on. */
export interface Work {
  readonly world: World
  readonly caller: Caller
  readonly deployment: Deployment
  readonly service: EcsService
}

export const workOn = (world: World, caller: Caller, deployment: Deployment): Work => ({
  world,
  caller,
  deployment,
  service: ecsService(world, caller, deployment.settings.ecsServices[0]),
})

/** Created, Queued, InProgress: from here on the deployment has a target. */
export async function begin({ world, deployment }: Work): Promise<void> {
  await deployment.pacer.pause(second)
  deployment.status = 'Queued'
  await deployment.pacer.pause(second)
  deployment.status = 'InProgress'
  deployment.startTime = world.clock.seconds()
  const pending = (name: LifecycleEventName): LifecycleEvent => ({
    name,
    status: 'Pending',
    startTime: undefined,
    endTime: undefined,
    diagnostics: undefined,
  })
  deployment.events.push(...lifecycleEvents.map(pending))
}

/**
 * Walks a deployment through its whole lifecycle, up to the end of the original task set. Throws Interrupted when it
 * is stopped from outside, DeploymentFailure when it fails; what has been done by then is in `deployment.placement`.
 */
export async function walk(work: Work): Promise<void> {
  const { deployment } = work
  const pair = deployment.settings.loadBalancerInfo.targetGroupPairInfoList[0]
  const test = pair.testTrafficRoute?.listenerArns ?? []
  await begin(work)
  await hook(work, 'BeforeInstall')
  const placement = await during(work, 'Install', () => install(work))
  await hook(work, 'AfterInstall')
  if (test.length === 0) skip(work, 'AllowTestTraffic')
  else await during(work, 'AllowTestTraffic', () => shift(work, test, placement, 100))
  await hook(work, 'AfterAllowTestTraffic')
  await readyWait(work)
  await hook(work, 'BeforeAllowTraffic')
  await during(work, 'AllowTraffic', () => allowTraffic(work, placement))
  await hook(work, 'AfterAllowTraffic')
  await terminationWait(work)
  await work.service.remove(placement.blueId)
  await observe(work)
}

/** Runs a lifecycle event. One that throws stays InProgress: how it ended is for `cutShort` to say. */
async function during<T>({ world, deployment }: Work, name: LifecycleEventName, run: () => Promise<T>): Promise<T> {
  const event = eventOf(deployment, name)
  event.status = 'InProgress'
  event.startTime = deployment.updatedAt = world.clock.seconds()
  await deployment.pacer.pause(second)
  const result = await run()
  deployment.pacer.check()
  event.status = 'Succeeded'
  event.endTime = deployment.updatedAt = world.clock.seconds()
  return result
}

function skip({ world, deployment }: Work, name: LifecycleEventName): void {
  const event = eventOf(deployment, name)
  event.status = 'Skipped'
  deployment.updatedAt = world.clock.seconds()
}

function eventOf({ events }: Deployment, name: LifecycleEventName): LifecycleEvent {
  const event = events.find((candidate) => candidate.name === name)
  if (event === undefined) throw new Error(`the deployment has not begun: it has no ${name}`)
  return event
}

/** What is left when a deployment ends early: the event that ran has failed, the others never run. */
export function cutShort({ world, deployment }: Work): void {
  for (const event of deployment.events) {
    if (event.status === 'InProgress') {
      event.status = 'Failed'
      event.endTime = world.clock.seconds()
    } else if (event.status === 'Pending') event.status = 'Skipped'
  }
}

async function install(work: Work): Promise<Placement> {
  const { world, caller, deployment, service } = work
  const names = deployment.settings.loadBalancerInfo.targetGroupPairInfoList[0].targetGroups.map(({ name }) => name)
  const arns = await targetGroupArns(world, caller, names)
  const sets = await service.taskSets()
  const primary = sets.find(({ status }) => status === 'PRIMARY')
  if (primary === undefined || deployment.spec === undefined) {
    throw new DeploymentFailure('INVALID_ECS_SERVICE', 'The ECS service has no primary task set.')
  }
  const blue = primary.loadBalancers?.[0]?.targetGroupArn ?? ''
  const green = [...arns.values()].find((arn) => arn !== blue)
  if (![...arns.values()].includes(blue) || green === undefined) {
    throw new DeploymentFailure(
      'ELASTIC_LOAD_BALANCING_INVALID',
      'The primary task set of the ECS service is behind none of the two target groups of the deployment group.',
    )
  }
  const placement: Placement = { pair: { blue, green }, blueId: primary.id, greenId: undefined }
  deployment.placement = placement
  const listeners = deployment.settings.loadBalancerInfo.targetGroupPairInfoList[0].prodTrafficRoute.listenerArns
  await shift(work, listeners, placement, 0)
  // What an earlier deployment left behind when it was stopped without a rollback.
  for (const left of sets.filter(({ status }) => status === 'ACTIVE')) await service.remove(left.id)
  const replacement = await service.createReplacement(deployment.spec, primary, green, deployment.id)
  placement.greenId = replacement.id
  await observe(work)
  await steady(work, replacement.id)
  return placement
}

async function steady(work: Work, id: string): Promise<void> {
  const until = work.world.clock.now() + installTimeout
  for (;;) {
    const [set] = await work.service.taskSets([id])
    await observe(work)
    if (set?.stabilityStatus === 'STEADY_STATE') return
    if (set === undefined || set.status === 'DRAINING') {
      throw new DeploymentFailure('ECS_UPDATE_ERROR', 'The replacement task set was deleted.')
    }
    if (work.world.clock.now() >= until) {
      throw new DeploymentFailure(
        'TIMEOUT',
        'The deployment timed out while waiting for the replacement task set to become healthy. This time out period is 60 minutes.',
      )
    }
    await work.deployment.pacer.pause(5 * second)
  }
}

async function shift(
  { world, caller }: Work,
  listenerArns: readonly string[],
  placement: Placement,
  percent: number,
): Promise<void> {
  for (const arn of listenerArns) await shiftListener(world, caller, arn, placement.pair, percent)
}

async function allowTraffic(work: Work, placement: Placement): Promise<void> {
  const { deployment, world } = work
  const listeners = deployment.settings.loadBalancerInfo.targetGroupPairInfoList[0].prodTrafficRoute.listenerArns
  const began = world.clock.now()
  for (const { atMs, percent } of trafficSteps(deployment.routing)) {
    await deployment.pacer.pause(Math.max(0, began + atMs - world.clock.now()))
    await shift(work, listeners, placement, percent)
    await observe(work, percent)
  }
  if (placement.greenId !== undefined) await work.service.makePrimary(placement.greenId)
  await observe(work)
}

/** With STOP_DEPLOYMENT the deployment is Ready until it is continued; not continued in time, it stops. */
async function readyWait({ deployment }: Work): Promise<void> {
  const { actionOnTimeout, waitTimeInMinutes } =
    deployment.settings.blueGreenDeploymentConfiguration.deploymentReadyOption
  if (actionOnTimeout !== 'STOP_DEPLOYMENT') return
  deployment.status = 'Ready'
  if (!(await deployment.pacer.pause(waitTimeInMinutes * minute))) throw new ReadyWaitOver()
  deployment.status = 'InProgress'
}

/** Nobody continued the deployment while it was Ready. */
export class ReadyWaitOver extends Error {
  override name = 'ReadyWaitOver'
}

async function terminationWait({ deployment }: Work): Promise<void> {
  const { terminationWaitTimeInMinutes } =
    deployment.settings.blueGreenDeploymentConfiguration.terminateBlueInstancesOnDeploymentSuccess
  deployment.terminationWaitStarted = true
  await deployment.pacer.pause(terminationWaitTimeInMinutes * minute)
}

/** Calls the event's Lambda function, if it has one, and waits for the answer. */
async function hook(work: Work, name: LifecycleEventName): Promise<void> {
  const { world, deployment } = work
  const functionName = deployment.spec?.hooks[name]
  await during(work, name, async () => {
    if (functionName === undefined) return
    const id = world.id(32)
    const call = { event: name, answer: undefined as 'Succeeded' | 'Failed' | undefined }
    deployment.hookCalls.set(id, call)
    const answered = world.hooks.called({
      id,
      deploymentId: deployment.id,
      event: name,
      function: functionName,
      at: world.clock.now(),
    })
    const planned = world.hooks.answerOf(functionName)
    try {
      await deployment.pacer.pause(planned.status === 'none' ? hookTimeout : planned.afterMs)
    } finally {
      answered()
    }
    call.answer ??= planned.status === 'none' ? undefined : planned.status
    if (call.answer === 'Succeeded') return
    const timedOut = call.answer === undefined
    call.answer = 'Failed'
    eventOf(deployment, name).diagnostics = {
      errorCode: timedOut ? 'ScriptTimedOut' : 'ScriptFailed',
      scriptName: functionName,
      message: timedOut
        ? `The Lambda function ${functionName} did not answer within an hour.`
        : `The Lambda function ${functionName} answered Failed.`,
      logTail: '',
    }
    throw new DeploymentFailure(
      'HOOK_EXECUTION_FAILURE',
      'One or more of the lifecycle event validation functions failed. See the deployment details for more information.',
    )
  })
}

/** Reads the task sets' counts; `greenWeight` when traffic has moved. */
export async function observe({ deployment, service, world }: Work, greenWeight?: number): Promise<void> {
  const { placement } = deployment
  if (placement === undefined) return
  const known = [placement.blueId, ...(placement.greenId === undefined ? [] : [placement.greenId])]
  const sets = new Map<string, TaskSet>((await service.taskSets()).map((set) => [set.id, set]))
  const [first, other] = deployment.settings.loadBalancerInfo.targetGroupPairInfoList[0].targetGroups
  const nameOf = (arn: string): string =>
    [first?.name, other?.name].find((name) => name && arn.includes(`/${name}/`)) ?? ''
  const greenNow = greenWeight ?? deployment.taskSets.find(({ label }) => label === 'Green')?.weight ?? 0
  deployment.taskSets = known.map((id) => {
    const label = id === placement.blueId ? 'Blue' : 'Green'
    const set = sets.get(id)
    const before = deployment.taskSets.find((info) => info.id === id)
    return {
      id,
      label,
      targetGroupName: nameOf(label === 'Blue' ? placement.pair.blue : placement.pair.green),
      desired: set?.computedDesiredCount ?? 0,
      pending: set?.pendingCount ?? 0,
      running: set?.runningCount ?? 0,
      status: set?.status ?? (before === undefined ? 'ACTIVE' : 'DRAINING'),
      weight: label === 'Green' ? greenNow : 100 - greenNow,
    }
  })
  deployment.updatedAt = world.clock.seconds()
}
