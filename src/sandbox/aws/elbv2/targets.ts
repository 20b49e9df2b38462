import type { Workload } from '../network.ts'
import { AwsError, type Input, type Operation } from '../service.ts'
import { type Elb, type ElbWorld, groupOf, inputs, listenersTo, type Target, type TargetGroup, whole } from './state.ts'

/** What a health check finds; a pure answer of the group's settings and what runs at the address. */
export function targetHealth(now: {
  readonly at: number
  readonly inUse: boolean
  readonly target: Pick<Target, 'registeredAt' | 'draining'>
  readonly workload: Workload | undefined
  readonly settings: Readonly<Record<string, unknown>>
}): Input {
  const { at, target, workload, settings } = now
  if (target.draining) {
    return {
      State: 'draining',
      Reason: 'Target.DeregistrationInProgress',
      Description: 'Target deregistration is in progress',
    }
  }
  if (!now.inUse) {
    return {
      State: 'unused',
      Reason: 'Target.NotInUse',
      Description: 'Target group is not configured to receive traffic from the load balancer',
    }
  }
  const intervalMs = Number(settings['HealthCheckIntervalSeconds']) * 1_000
  const healthyAfter = intervalMs * Number(settings['HealthyThresholdCount'])
  const unhealthyAfter = intervalMs * Number(settings['UnhealthyThresholdCount'])
  const up = workload?.healthyFrom
  if (up !== undefined && at >= Math.max(up, target.registeredAt) + healthyAfter) return { State: 'healthy' }
  // It has failed enough checks: it never answers, or it has not come up yet, or too late.
  if (at >= target.registeredAt + unhealthyAfter && (up === undefined || up > at)) return unhealthy(workload)
  if (up !== undefined && up <= at && target.registeredAt + unhealthyAfter <= up) return unhealthy(workload)
  return { State: 'initial', Reason: 'Elb.RegistrationInProgress', Description: 'Target registration is in progress' }
}

/** In the words of Application Load Balancers. */
function unhealthy(workload: Workload | undefined): Input {
  const answer = workload === undefined ? 'timeout' : (workload.answer ?? 503)
  const [reason, description] =
    answer === 'timeout'
      ? ['Timeout', 'Request timed out']
      : answer === 'refused'
        ? ['FailedHealthChecks', 'Health checks failed']
        : ['ResponseCodeMismatch', `Health checks failed with these codes: [${answer}]`]
  return { State: 'unhealthy', Reason: `Target.${reason}`, Description: description }
}

/** Targets of target groups, and their health. */
export function targetOperations({ world, network, state }: ElbWorld): Record<string, Operation> {
  const { clock } = world
  const portOf = (group: TargetGroup, value: unknown): number =>
    whole(value, 'Port', 1, 65_535, (group.settings['Port'] as number | undefined) ?? 80)
  const describe = (elb: Elb, group: TargetGroup, target: Target): Input => ({
    Target: { Id: target.id, Port: target.port, AvailabilityZone: `${elb.caller.region}a` },
    HealthCheckPort:
      group.settings['HealthCheckPort'] === 'traffic-port' ? String(target.port) : group.settings['HealthCheckPort'],
    TargetHealth: targetHealth({
      at: clock.now(),
      inUse: listenersTo(elb, group.arn).length > 0,
      target,
      workload: network.at(`${target.id}:${target.port}`) ?? network.at(target.id),
      settings: group.settings,
    }),
  })
  return {
    RegisterTargets(input, caller) {
      const group = groupOf(state(caller), input['TargetGroupArn'])
      const targets = inputs(input['Targets'])
      if (targets.length === 0) throw new AwsError('ValidationError', 'At least one target must be specified')
      for (const { Id, Port } of targets) {
        const id = String(Id ?? '')
        if (group.settings['TargetType'] === 'ip' && !/^\d{1,3}(\.\d{1,3}){3}$|:/.test(id)) {
          throw new AwsError('ValidationError', `The IP address '${id}' is not a valid IPv4 address`)
        }
        if (group.settings['TargetType'] === 'instance' && !id.startsWith('i-')) {
          throw new AwsError('ValidationError', `Instance ID '${id}' is not valid`)
        }
        const port = portOf(group, Port)
        const before = group.targets.get(`${id}:${port}`)
        if (before !== undefined && !before.draining) continue
        group.targets.set(`${id}:${port}`, { id, port, registeredAt: clock.now(), draining: false })
      }
      return {}
    },
    DeregisterTargets(input, caller) {
      const elb = state(caller)
      const group = groupOf(elb, input['TargetGroupArn'])
      const inUse = listenersTo(elb, group.arn).length > 0
      const delay = Number(group.attributes.get('deregistration_delay.timeout_seconds') ?? 300) * 1_000
      for (const { Id, Port } of inputs(input['Targets'])) {
        for (const [key, target] of group.targets) {
          if (target.id !== String(Id) || (Port !== undefined && target.port !== Number(Port)) || target.draining)
            continue
          if (!inUse || delay === 0) {
            group.targets.delete(key)
            continue
          }
          target.draining = true
          clock.after(delay, () => {
            if (group.targets.get(key) === target) group.targets.delete(key)
          })
        }
      }
      return {}
    },
    DescribeTargetHealth(input, caller) {
      const elb = state(caller)
      const group = groupOf(elb, input['TargetGroupArn'])
      const wanted = inputs(input['Targets'])
      if (wanted.length === 0) {
        return { TargetHealthDescriptions: [...group.targets.values()].map((target) => describe(elb, group, target)) }
      }
      return {
        TargetHealthDescriptions: wanted.map(({ Id, Port }) => {
          const port = portOf(group, Port)
          const target = group.targets.get(`${Id}:${port}`)
          if (target !== undefined) return describe(elb, group, target)
          const TargetHealth = {
            State: 'unused',
            Reason: 'Target.NotRegistered',
            Description: 'Target is not registered to the target group',
          }
          return { Target: { Id: String(Id), Port: port }, TargetHealth }
        }),
      }
    },
  }
}
