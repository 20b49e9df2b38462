import type { DeploymentGroupInfo } from '@aws-sdk/client-codedeploy'
import { type Clock, formatDuration } from '../action/clock.ts'
import { messageOf } from '../action/errors.ts'
import type { Log } from '../action/host.ts'
import type { TestTraffic } from './blue-green-request.ts'

/** Between two requests, in ms on the clock. */
const interval = 2_000
/** For one answer, in real ms. */
const answerTimeout = 10_000

/** How a gate on test traffic ended. */
export type TestVerdict =
  | { readonly passed: true }
  /** `https://test.example.org/health answered 503 (0 of 3 successes in a row within 2m)` */
  | { readonly passed: false; readonly reason: string }

/** Whether the group has a test listener. */
export const hasTestListener = (group: DeploymentGroupInfo): boolean =>
  (group.loadBalancerInfo?.targetGroupPairInfoList ?? []).some(
    ({ testTrafficRoute }) => (testTrafficRoute?.listenerArns ?? []).length > 0,
  )

/** Whether something holds production traffic back while test traffic is looked at. */
export const waitsForTest = (group: DeploymentGroupInfo, hooks: readonly string[]): boolean =>
  group.blueGreenDeploymentConfiguration?.deploymentReadyOption?.actionOnTimeout === 'STOP_DEPLOYMENT' ||
  hooks.some((event) => event === 'AfterAllowTestTraffic' || event === 'BeforeAllowTraffic')

/** Requests the address until it has answered well a number of times in a row, or the time is up. Redirects are not followed: they are an answer. */
export async function testTrafficGate(
  test: TestTraffic,
  parts: { readonly host: Log; readonly clock: Clock; readonly signal: AbortSignal },
): Promise<TestVerdict> {
  const { host, clock, signal } = parts
  const began = clock.now()
  let row = 0
  let last = ''
  for (;;) {
    const said = await answerOf(test.url, signal)
    row = said.good ? row + 1 : 0
    if (said.text !== last || row === test.successes)
      host.info(
        `[${formatDuration(clock.now() - began)}] test traffic: ${said.text}, ${row} of ${test.successes} in a row`,
      )
    last = said.text
    if (row >= test.successes) return { passed: true }
    if (clock.now() - began + interval > test.timeoutMs) {
      const within = formatDuration(test.timeoutMs)
      return {
        passed: false,
        reason: `${test.url} ${said.text} (${row} of ${test.successes} successes in a row within ${within})`,
      }
    }
    await clock.sleep(interval, signal)
  }
}

async function answerOf(url: string, signal: AbortSignal): Promise<{ good: boolean; text: string }> {
  try {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { 'user-agent': 'strangler-deploy' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeout)]),
    })
    // Only the status counts: the body is not read, whatever its size.
    await answer.body?.cancel()
    return { good: answer.status >= 200 && answer.status < 400, text: `answered ${answer.status}` }
  } catch (error) {
    signal.throwIfAborted()
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
    return { good: false, text: `did not answer: ${messageOf(cause)}` }
  }
}
