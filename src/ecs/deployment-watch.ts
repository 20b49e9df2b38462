import { type Clock, formatDuration } from '../action/clock.ts'
import type { Log } from '../action/host.ts'
import { poll } from '../action/poll.ts'
import { type CodeDeployApi, type DeploymentSnapshot, isActive } from './codedeploy-api.ts'
import { deploymentEvents, describeEvent, trafficBar } from './deployment-events.ts'

/** Between two looks, and between two lines when nothing changes, in ms. */
const interval = 5_000
const heartbeat = 60_000

/** Every look at a deployment until it is over; the last one yielded is not active. What changes is logged, with a heartbeat otherwise. */
export async function* watchDeployment(
  api: CodeDeployApi,
  id: string,
  log: Log,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<DeploymentSnapshot, void, void> {
  const began = clock.now()
  let before: DeploymentSnapshot | undefined
  let said = began
  for await (const snapshot of poll(() => api.look(id, signal), { clock, signal, intervalMs: interval })) {
    const events = deploymentEvents(before, snapshot)
    for (const event of events) log.info(describeEvent(event, clock.now() - began))
    if (events.length > 0) said = clock.now()
    else if (clock.now() - said >= heartbeat) {
      log.info(heartbeatLine(snapshot, clock.now() - began))
      said = clock.now()
    }
    before = snapshot
    yield snapshot
    if (!isActive(snapshot.deployment)) return
  }
}

function heartbeatLine({ deployment, target }: DeploymentSnapshot, elapsedMs: number): string {
  const current = target?.lifecycleEvents?.find(({ status }) => status === 'InProgress')?.lifecycleEventName
  const green = target?.taskSetsInfo?.find(({ taskSetLabel }) => taskSetLabel === 'Green')?.trafficWeight
  const traffic = green === undefined ? '' : `, traffic ${trafficBar(green)} ${green}% new`
  return `[${formatDuration(elapsedMs)}] still ${deployment.status}${current === undefined ? '' : ` in ${current}`}${traffic}`
}

/** Watches until it is over and returns the last look. */
export async function deploymentEnd(
  api: CodeDeployApi,
  id: string,
  log: Log,
  clock: Clock,
  signal: AbortSignal,
): Promise<DeploymentSnapshot> {
  let last: DeploymentSnapshot | undefined
  for await (const snapshot of watchDeployment(api, id, log, clock, signal)) last = snapshot
  if (last === undefined) throw new Error(`${id} was never seen`)
  return last
}
