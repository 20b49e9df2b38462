import type { ECSTarget } from '@aws-sdk/client-codedeploy'
import { type Clock, formatDuration } from '../action/clock.ts'
import { messageOf } from '../action/errors.ts'
import type { Log } from '../action/host.ts'
import { isPassing, isRefused } from '../aws/errors.ts'
import { type CodeDeployApi, type DeploymentSnapshot, isActive } from './codedeploy-api.ts'
import { type DeploymentEvent, deploymentEvents, describeEvent, trafficBar } from './deployment-events.ts'

/** Between two looks, in ms; the longer one while only the old tasks' termination is waited for. Both differ by up to a tenth. */
const interval = 5_000
const terminationInterval = 15_000
const longestInterval = 60_000
/** Between two lines when nothing changes, in ms. */
const heartbeat = 60_000
/** Looks at the target alone before the deployment is looked at too. */
const targetsOnly = 6
/** Looks in a row that may fail for a reason that passes: throttling, an error of CodeDeploy's own, no connection. */
const mostFailed = 20

/** How a deployment is watched. */
export interface Watch {
  readonly codedeploy: CodeDeployApi
  /** `cluster:service` */
  readonly targetId: string
  readonly host: Log
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Without the stages the watch has no use; else it goes on by the deployment's status alone when they may not be read. */
  readonly needsStages?: boolean
  /** `rollback`: only what a rollback does is told. `rest`: what had happened before the first look is not told again. */
  readonly tells?: 'all' | 'rest' | 'rollback'
  /** A number from 0 to 1 that spreads the looks of jobs that began together; Math.random unless told. */
  readonly random?: () => number
}

/** Every look at a deployment until it is over; the last one yielded is not active. What changes is logged, with a heartbeat otherwise. */
export async function* watchDeployment(id: string, watch: Watch): AsyncGenerator<DeploymentSnapshot, void, void> {
  const { host, clock, signal, random = Math.random } = watch
  const began = clock.now()
  const look = looks(id, watch)
  const whose = watch.tells === 'rollback' ? 'rollback' : 'deployment'
  let before: DeploymentSnapshot | undefined
  let said = began
  let failed = 0
  for (;;) {
    signal.throwIfAborted()
    try {
      const snapshot = await look()
      failed = 0
      const events = eventsToTell(deploymentEvents(before, snapshot), watch, before === undefined)
      for (const event of events) host.info(describeEvent(event, clock.now() - began, whose))
      if (events.length > 0) said = clock.now()
      else if (clock.now() - said >= heartbeat) {
        host.info(heartbeatLine(snapshot, clock.now() - began))
        said = clock.now()
      }
      before = snapshot
      yield snapshot
      if (!isActive(snapshot.deployment)) return
    } catch (error) {
      if (!isPassing(error) || ++failed > mostFailed) throw error
      if (failed === 3) host.warn(`looking less often: ${messageOf(error)}`)
    }
    const quiet = before?.deployment.instanceTerminationWaitTimeStarted === true ? terminationInterval : interval
    const wait = Math.min(longestInterval, quiet * 2 ** failed)
    await clock.sleep(wait * (0.9 + 0.2 * random()), signal)
  }
}

function eventsToTell(
  events: readonly DeploymentEvent[],
  { tells = 'all' }: Watch,
  isFirst: boolean,
): readonly DeploymentEvent[] {
  if (tells === 'rollback') return events.filter(({ kind }) => kind === 'status' || kind === 'traffic')
  return tells === 'rest' && isFirst ? [] : events
}

/**
 * Looks by one call while nothing happens. An event of the lifecycle that is in progress is seen, with the traffic's weights, at the
 * target; waits in between and the end are seen at the deployment. When one of them has news, the other is asked too.
 */
function looks(id: string, watch: Watch): () => Promise<DeploymentSnapshot> {
  const { codedeploy, targetId, host, signal } = watch
  let blind = false
  const target = async (): Promise<ECSTarget | undefined> => {
    if (blind) return undefined
    try {
      return await codedeploy.target(id, targetId, signal)
    } catch (error) {
      if (watch.needsStages === true || isPassing(error) || !isRefused(error)) throw error
      blind = true
      host.warn(`stages and weights are not shown: ${messageOf(error)}`)
      return undefined
    }
  }
  let last: DeploymentSnapshot | undefined
  let since = 0
  const whole = async (): Promise<DeploymentSnapshot> => {
    since = 0
    const deployment = await codedeploy.deployment(id, signal)
    const begun = deployment.status !== 'Created' && deployment.status !== 'Queued'
    return { deployment, target: begun ? await target() : undefined }
  }
  const withDeployment = async (seen: ECSTarget | undefined): Promise<DeploymentSnapshot> => {
    since = 0
    const deployment = await codedeploy.deployment(id, signal)
    return { deployment, target: isActive(deployment) ? seen : await target() }
  }
  const next = async (before: DeploymentSnapshot): Promise<DeploymentSnapshot> => {
    if (isInEvent(before)) {
      if (++since >= targetsOnly) return await whole()
      const seen = await target()
      // Asked in this order: what the end left at the target is read after it.
      return lifecycleWords(seen) === lifecycleWords(before.target)
        ? { deployment: before.deployment, target: seen }
        : await withDeployment(seen)
    }
    if (!isWaiting(before.deployment)) return await whole()
    const deployment = await codedeploy.deployment(id, signal)
    const isQuiet = deploymentWords(deployment) === deploymentWords(before.deployment)
    return { deployment, target: isQuiet ? before.target : await target() }
  }
  return async () => {
    last = last?.target === undefined ? await whole() : await next(last)
    return last
  }
}

const isInEvent = ({ target }: DeploymentSnapshot): boolean =>
  target?.lifecycleEvents?.some(({ status }) => status === 'InProgress') ?? false

/** Nothing happens until it is continued or its time is up. */
const isWaiting = ({ status, instanceTerminationWaitTimeStarted }: DeploymentSnapshot['deployment']): boolean =>
  status === 'Ready' || instanceTerminationWaitTimeStarted === true

const lifecycleWords = (target: DeploymentSnapshot['target']): string =>
  [target?.status, ...(target?.lifecycleEvents ?? []).map(({ status }) => status)].join(' ')

const deploymentWords = ({ status, instanceTerminationWaitTimeStarted }: DeploymentSnapshot['deployment']): string =>
  `${status} ${instanceTerminationWaitTimeStarted === true}`

function heartbeatLine({ deployment, target }: DeploymentSnapshot, elapsedMs: number): string {
  const current = target?.lifecycleEvents?.find(({ status }) => status === 'InProgress')?.lifecycleEventName
  const green = target?.taskSetsInfo?.find(({ taskSetLabel }) => taskSetLabel === 'Green')?.trafficWeight
  const waits = deployment.instanceTerminationWaitTimeStarted === true ? ', waiting to end the old tasks' : ''
  const traffic = green === undefined ? '' : `, traffic ${trafficBar(green)} ${green}% new`
  return `[${formatDuration(elapsedMs)}] still ${deployment.status}${current === undefined ? waits : ` in ${current}`}${traffic}`
}

/** Watches until it is over and returns the last look. */
export async function deploymentEnd(id: string, watch: Watch): Promise<DeploymentSnapshot> {
  let last: DeploymentSnapshot | undefined
  for await (const snapshot of watchDeployment(id, watch)) last = snapshot
  if (last === undefined) throw new Error(`${id} was never seen`)
  return last
}
