import type { ServiceDeployment } from '@aws-sdk/client-ecs'
import type { Clock } from '../action/clock.ts'
import type { Log } from '../action/host.ts'
import { poll } from '../action/poll.ts'
import { describeNativeEvent, nativeEvents, nativeHeartbeat } from './native-events.ts'
import { isOver } from './native-stages.ts'
import { isNotYetShown, type ServiceDeploymentApi } from './service-deployment-api.ts'

/** Between two looks, and between two lines when nothing changes, in ms. */
const interval = 5_000
const heartbeat = 60_000

/** Every look at a deployment until it is over; the last one yielded is over. One call a look. What changes is logged, with a heartbeat otherwise. */
export async function* watchServiceDeployment(
  api: ServiceDeploymentApi,
  arn: string,
  log: Pick<Log, 'info'>,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<ServiceDeployment, void, void> {
  const began = clock.now()
  let before: ServiceDeployment | undefined
  let said = began
  const options = { clock, signal, intervalMs: interval, jitter: 0.1, passing: isNotYetShown }
  for await (const now of poll(() => api.look(arn, signal), options)) {
    const events = nativeEvents(before, now)
    for (const event of events) log.info(describeNativeEvent(event, clock.now() - began))
    if (events.length > 0) said = clock.now()
    else if (clock.now() - said >= heartbeat) {
      log.info(nativeHeartbeat(now, clock.now() - began))
      said = clock.now()
    }
    before = now
    yield now
    if (isOver(now)) return
  }
}

/** Watches until it is over and returns the last look. */
export async function serviceDeploymentEnd(
  api: ServiceDeploymentApi,
  arn: string,
  log: Pick<Log, 'info'>,
  clock: Clock,
  signal: AbortSignal,
): Promise<ServiceDeployment> {
  let last: ServiceDeployment | undefined
  for await (const now of watchServiceDeployment(api, arn, log, clock, signal)) last = now
  if (last === undefined) throw new Error(`${arn} was never seen`)
  return last
}
