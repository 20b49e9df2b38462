import { describe, expect, test } from '@jest/globals'
import { noFacts } from '../../src/ecs/failure-cause.ts'
import { eventCause, eventText, failureEvents, toldEvents, unhealthyTarget } from '../../src/ecs/failure-events.ts'
import { type HealthCheck, healthCause, healthCauses, type TargetFinding } from '../../src/ecs/failure-health.ts'

const check: HealthCheck = {
  protocol: 'HTTP',
  path: '/healthz',
  port: 'traffic-port',
  expects: '200-399',
  intervalSeconds: 10,
  timeoutSeconds: 5,
}
const finding = (reason: string | undefined, description?: string): TargetFinding => ({
  targetGroup: 'orders-green',
  targetGroupArn: 'arn:orders-green',
  target: '10.0.1.4:8080',
  state: 'unhealthy',
  reason,
  description,
})

describe('a target is told by what was checked, expected and got:', () => {
  test.each<[finding: TargetFinding, check: HealthCheck | undefined, text: string, advice: RegExp | undefined]>([
    [
      finding('Target.ResponseCodeMismatch', 'Health checks failed with these codes: [503]'),
      check,
      'unhealthy: Target.ResponseCodeMismatch, health check GET /healthz on 8080 expects 200-399, got 503 (Health checks failed with these codes: [503])',
      /look at its log/,
    ],
    [
      finding('Target.ResponseCodeMismatch', 'Health checks failed with these codes: [404]'),
      check,
      'unhealthy: Target.ResponseCodeMismatch, health check GET /healthz on 8080 expects 200-399, got 404 (Health checks failed with these codes: [404])',
      /not at \/healthz: correct the path of the health check of orders-green/,
    ],
    [
      finding('Target.ResponseCodeMismatch', 'Health checks failed with these codes: [301]'),
      { ...check, expects: '200' },
      'unhealthy: Target.ResponseCodeMismatch, health check GET /healthz on 8080 expects 200, got 301 (Health checks failed with these codes: [301])',
      /redirects/,
    ],
    [
      finding('Target.Timeout', 'Request timed out'),
      check,
      'unhealthy: Target.Timeout, health check GET /healthz on 8080 expects 200-399 (Request timed out)',
      /^nothing answered within 5 s: let the security group of the tasks in on that port from the load balancer's/,
    ],
    [
      finding('Target.FailedHealthChecks', 'Health checks failed'),
      { ...check, protocol: 'TCP', path: undefined, expects: undefined, port: '9000' },
      'unhealthy: Target.FailedHealthChecks, health check TCP connection on 9000 (Health checks failed)',
      /refused or the answer was malformed/,
    ],
    [
      { ...finding(undefined, 'Health checks failed with these codes: [502]'), target: 'task:8080' },
      undefined,
      'unhealthy: Target.ResponseCodeMismatch, got 502 (Health checks failed with these codes: [502])',
      /look at its log/,
    ],
    [
      { ...finding('Target.NotInUse'), state: 'unused' },
      undefined,
      'unused: Target.NotInUse',
      /no listener forwards to orders-green/,
    ],
  ])('%j', (found, settings, text, advice) => {
    const cause = healthCause(found, settings)
    expect(cause.text).toBe(text)
    if (advice !== undefined) expect(cause.advice).toMatch(advice)
  })

  test('targets that say the same are one cause', () => {
    const same = finding('Target.Timeout', 'Request timed out')
    const causes = healthCauses([same, { ...same, target: '10.0.1.5:8080' }], new Map([['orders-green', check]]))
    expect(causes).toMatchObject([{ kind: 'health', count: 2 }])
  })
})

const task = '2811a2a83e7d47f5a6fe6307a40f0f3b'
const manual = ' For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.'

describe('a service event is the cause:', () => {
  test.each<[message: string, kind: string | undefined, text: string, advice: RegExp | undefined]>([
    [
      `(service orders) was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster.${manual}`,
      'placement',
      'was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster',
      /register instances/,
    ],
    [
      `(service orders) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance ${task}) has insufficient memory available.${manual}`,
      'placement',
      'was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance 2811a2a8) has insufficient memory available',
      /ask for less memory/,
    ],
    [
      `service orders was unable to place a task because no container instance met all of its requirements. The closest matching container-instance ${task} has insufficient CPU units available.${manual}`,
      'placement',
      'was unable to place a task because no container instance met all of its requirements. The closest matching container-instance 2811a2a8 has insufficient CPU units available',
      /ask for less cpu/,
    ],
    [
      `(service orders) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance ${task}) encountered error "MemberOf placement constraint unsatisfied.".${manual}`,
      'placement',
      'was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance 2811a2a8) encountered error "MemberOf placement constraint unsatisfied."',
      /placement constraints or attributes/,
    ],
    [
      '(service orders) was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.',
      'placement',
      'Capacity is unavailable at this time. Please try again later or in a different availability zone',
      /Availability Zones/,
    ],
    [
      "(service orders) was unable to place a task. Reason: CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'.",
      'image',
      'the image has no manifest for linux/amd64',
      /buildx/,
    ],
    [
      '(service orders) failed to launch a task with (error ECS was unable to assume the role that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions.).',
      'placement',
      'failed to launch a task with (error ECS was unable to assume the role that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions.)',
      /ecs-tasks\.amazonaws\.com/,
    ],
    [
      '(service orders) operations are being throttled on elb. Will try again later.',
      'service',
      'operations are being throttled on elb. Will try again later',
      /less at a time/,
    ],
    [
      '(service orders) was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.',
      'placement',
      'was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again',
      /raise maximumPercent/,
    ],
    [
      `(service orders) (task ${task}) failed container health checks.`,
      'health',
      '(task 2811a2a8) failed container health checks',
      undefined,
    ],
    [`(service orders) is unable to consistently start tasks successfully.${manual}`, undefined, '', undefined],
  ])('%s', (message, kind, text, advice) => {
    const cause = eventCause(message, noFacts)
    expect(cause?.kind).toBe(kind)
    if (cause === undefined) return
    expect(cause.text).toBe(text)
    if (advice !== undefined) expect(cause.advice).toMatch(advice)
  })
})

describe('service events', () => {
  const at = (second: number) => new Date(second * 1_000)
  const sick = (id: string) =>
    `(service orders, taskSet ecs-svc/7) (task ${id}) (port 8080) is unhealthy in (target-group arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/orders-green/0123456789abcdef) due to (reason Health checks failed with these codes: [503]).`

  test('count when they tell of failure, since the deployment began, and are not of another one', () => {
    const events = [
      { at: at(10), message: '(service orders) was unable to place a task. Reason: old.' },
      { at: at(20), message: '(service orders) has started 1 tasks: (task 1).' },
      { at: at(21), message: '(service orders, taskSet ecs-svc/6) (task 1) failed container health checks.' },
      { at: at(22), message: '(service orders, taskSet ecs-svc/7) (task 2) failed container health checks.' },
      { at: at(23), message: '(service orders) operations are being throttled on elb. Will try again later.' },
    ]
    const of = { since: at(15), startedBy: 'ecs-svc/7' }
    expect(failureEvents(events, of).map((event) => event.at)).toEqual([at(23), at(22)])
  })

  test('that differ in ids alone are told once, at most five, the last ones, in the order of time', () => {
    const events = [
      ...[40, 30].map((second) => ({ at: at(second), message: sick(String(second).repeat(16)) })),
      ...[9, 8, 7, 6, 5].map((second) => ({ at: at(second), message: `(service orders) error ${'x'.repeat(second)}` })),
    ]
    const told = toldEvents(events)
    expect(told.map((event) => event.at)).toEqual([at(6), at(7), at(8), at(9), at(40)])
    expect(told.at(-1)).toMatchObject({
      count: 2,
      text: '(task 40404040) (port 8080) is unhealthy in (target-group orders-green) due to (reason Health checks failed with these codes: [503]).',
    })
  })

  test('lose the name of the service and the pointer to the manual', () => {
    expect(eventText(`(service orders) is unable to consistently start tasks successfully.${manual}`)).toBe(
      'is unable to consistently start tasks successfully.',
    )
  })

  test('name the target group and the codes of a target that is gone', () => {
    expect(unhealthyTarget(sick(task))).toEqual({
      targetGroup: 'orders-green',
      targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/orders-green/0123456789abcdef',
      target: 'task:8080',
      state: 'unhealthy',
      reason: undefined,
      description: 'Health checks failed with these codes: [503]',
    })
    expect(unhealthyTarget('(service orders) has reached a steady state.')).toBeUndefined()
  })
})
