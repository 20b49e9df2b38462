import type { DeploymentGroupInfo } from '@aws-sdk/client-codedeploy'
import type { Clock } from '../action/clock.ts'
import type { Log } from '../action/host.ts'
import { type ProbeVerdict, probeHttp } from '../action/http-probe.ts'
import type { TestTraffic } from './blue-green-request.ts'

/** Between two requests, in ms on the clock. */
const intervalMs = 2_000

/** Whether the group has a test listener. */
export const hasTestListener = (group: DeploymentGroupInfo): boolean =>
  (group.loadBalancerInfo?.targetGroupPairInfoList ?? []).some(
    ({ testTrafficRoute }) => (testTrafficRoute?.listenerArns ?? []).length > 0,
  )

/** Whether something holds production traffic back while test traffic is looked at. */
export const waitsForTest = (group: DeploymentGroupInfo, hooks: readonly string[]): boolean =>
  group.blueGreenDeploymentConfiguration?.deploymentReadyOption?.actionOnTimeout === 'STOP_DEPLOYMENT' ||
  hooks.some((event) => event === 'AfterAllowTestTraffic' || event === 'BeforeAllowTraffic')

/** Holds until the address behind the test listener has answered with 2xx or 3xx a number of times in a row, or the time is up. */
export const testTrafficGate = (
  { url, successes, timeoutMs }: TestTraffic,
  { host, clock, signal }: { readonly host: Log; readonly clock: Clock; readonly signal: AbortSignal },
): Promise<ProbeVerdict> =>
  probeHttp(
    { name: 'test traffic', url, successes, timeoutMs, intervalMs, accepts: (status) => status >= 200 && status < 400 },
    { log: (line) => host.info(line), clock, signal },
  )
