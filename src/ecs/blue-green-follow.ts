import type { DeploymentGroupInfo } from '@aws-sdk/client-codedeploy'
import { formatDuration } from '../action/clock.ts'
import type { ProbeVerdict } from '../action/http-probe.ts'
import { deploymentConsole } from '../aws/console.ts'
import { explained, failedEnd, type GivenUp } from './blue-green-end.ts'
import type { BlueGreenBase, BlueGreenParts, BlueGreenResult, FollowRequest } from './blue-green-request.ts'
import { hasReached, testTrafficAllowed } from './blue-green-stage.ts'
import { watchOf } from './blue-green-stop.ts'
import { testTrafficGate } from './blue-green-test-traffic.ts'
import type { DeploymentSnapshot } from './codedeploy-api.ts'
import { trafficShifted } from './deployment-events.ts'
import { watchDeployment } from './deployment-watch.ts'
import { lastingCall } from './lasting-call.ts'
import { orWarn } from './or-warn.ts'
import { failureLine, taskFailures } from './task-failures.ts'

/** Looks between two readings of failed tasks while the new ones come up. */
const looksPerReading = 3

/** A deployment that is followed. */
export interface Following {
  readonly id: string
  readonly base: BlueGreenBase
  readonly info: DeploymentGroupInfo
  /** It was begun by an earlier run. */
  readonly takenUp: boolean
}

/** Stays with one deployment until the stage that was asked for, its end, or its early end for a reason. */
export async function followDeployment(
  { id, base, info, takenUp }: Following,
  request: FollowRequest,
  parts: BlueGreenParts,
): Promise<BlueGreenResult> {
  const began = { ...base, deploymentId: id }
  const page = deploymentConsole(base.taskDefinition ?? '', id, parts.host.env)
  if (page !== undefined) parts.host.link(`${id} in the console`, page)
  if (request.waitUntil === 'none') return { ...began, outcome: 'succeeded', reason: undefined }
  const needsStages = request.waitUntil === 'test-traffic' || request.testTraffic !== undefined
  const over = new AbortController()
  const gate = gateOf(request, parts, AbortSignal.any([parts.signal, over.signal]))
  let last: DeploymentSnapshot | undefined
  let givenUp: GivenUp | undefined
  let looks = 0
  let warned = false
  let told = false
  const giveUp = async (why: GivenUp): Promise<void> => {
    givenUp = why
    const rollback = request.onFailure === 'rollback'
    await lastingCall(parts.signal, (signal) => parts.codedeploy.stop(id, rollback, signal))
  }
  try {
    for await (const snapshot of watchDeployment(id, { ...watchOf(request, parts), needsStages })) {
      // It had come as far before this run looked: there was nothing left to do.
      const already = takenUp && last === undefined
      last = snapshot
      if (testTrafficAllowed(snapshot)) gate.open()
      if (givenUp !== undefined) continue
      if (snapshot.deployment.status === 'Ready' && !told && !hasReached(snapshot, request.waitUntil)) {
        told = true
        parts.host.info(readyWords(id, info))
      }
      const verdict = gate.verdict()
      if (verdict?.passed === false && snapshot.deployment.status !== 'Succeeded') {
        const reason = `the test traffic failed: ${verdict.reason}`
        parts.host.warn(reason)
        if (request.onFailure === 'leave')
          return { ...began, last, outcome: 'failed', reason: `${reason}; ${id} goes on, as told` }
        await giveUp({ reason, explanation: undefined })
      } else if (hasReached(snapshot, request.waitUntil) && gate.isPassed()) {
        const runningTaskDefinition = trafficShifted(snapshot) ? began.taskDefinition : began.runningTaskDefinition
        const outcome = already ? 'unchanged' : 'succeeded'
        return { ...began, last, runningTaskDefinition, outcome, reason: undefined }
      } else if (!warned && ++looks % looksPerReading === 0) {
        const failed = await failedTasks(snapshot, began, request, parts)
        if (failed === undefined) continue
        warned = true
        // Not to be read: CodeDeploy is left to find out by itself.
        if (failed === unreadable) continue
        parts.host.warn(failed)
        if (request.onFailure === 'leave') continue
        await giveUp({ reason: failed, explanation: await explained(snapshot, info, request, parts, began) })
      }
    }
    if (last === undefined) throw new Error(`${id} was never seen`)
    if (last.deployment.status !== 'Succeeded') return await failedEnd({ began, last, info, givenUp }, request, parts)
    const done = { ...began, last, runningTaskDefinition: began.taskDefinition }
    const verdict = givenUp === undefined ? await gate.settled() : undefined
    if (verdict?.passed === false)
      return { ...done, outcome: 'failed', reason: `${id} succeeded, but the test traffic failed: ${verdict.reason}` }
    if (givenUp === undefined) return { ...done, outcome: 'succeeded', reason: undefined }
    const { reason } = givenUp as GivenUp
    return { ...done, outcome: 'failed', reason: `${reason}; ${id} had succeeded before it could be stopped` }
  } finally {
    over.abort()
  }
}

function readyWords(id: string, info: DeploymentGroupInfo): string {
  const minutes = info.blueGreenDeploymentConfiguration?.deploymentReadyOption?.waitTimeInMinutes
  const within = minutes === undefined ? '' : ` within ${formatDuration(minutes * 60_000)}, else it stops`
  return `${id} is Ready: production traffic waits for the operation continue${within}`
}

interface Gate {
  /** Test traffic is let through: begins to look, once. */
  open(): void
  /** Undefined while it is not known. */
  verdict(): ProbeVerdict | undefined
  /** Nothing was asked, or it has passed. */
  isPassed(): boolean
  /** Waits for the verdict of a gate that was opened. */
  settled(): Promise<ProbeVerdict | undefined>
}

/** The gate on test traffic, which runs beside the watch. */
function gateOf({ testTraffic }: FollowRequest, { host, clock }: BlueGreenParts, signal: AbortSignal): Gate {
  let known: ProbeVerdict | undefined
  let running: Promise<ProbeVerdict | undefined> | undefined
  return {
    open() {
      if (testTraffic === undefined) return
      running ??= testTrafficGate(testTraffic, { host, clock, signal }).then(
        (verdict) => {
          known = verdict
          return verdict
        },
        (error: unknown) => {
          if (signal.aborted) return undefined
          known = { passed: false, reason: String(error) }
          return known
        },
      )
    },
    verdict: () => known,
    isPassed: () => testTraffic === undefined || known?.passed === true,
    settled: async () => await running,
  }
}

const unreadable = Symbol('unreadable')

/** Why so many tasks of the new version have failed that it is given up; undefined when they have not. */
async function failedTasks(
  snapshot: DeploymentSnapshot,
  { taskDefinition }: BlueGreenBase,
  request: FollowRequest,
  parts: BlueGreenParts,
): Promise<string | typeof unreadable | undefined> {
  const { deployment, target } = snapshot
  const green = target?.taskSetsInfo?.find(({ taskSetLabel }) => taskSetLabel === 'Green')
  if (request.failedTasks === 0 || taskDefinition === undefined || green?.identifer === undefined) return undefined
  if (deployment.status !== 'InProgress' || trafficShifted(snapshot)) return undefined
  if ((green.runningCount ?? 0) >= (green.desiredCount ?? 0)) return undefined
  const of = { cluster: request.cluster, startedBy: green.identifer, taskDefinition }
  const failures = await orWarn(parts.host, () => taskFailures(parts.ecs, parts.aws, of, parts.signal))
  if (failures === undefined) return unreadable
  const count = failures.reduce((sum, failure) => sum + failure.count, 0)
  return count < request.failedTasks
    ? undefined
    : `${count} tasks of the new version have failed: ${failureLine(failures)}`
}
