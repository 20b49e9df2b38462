import { AwsError, type Input, type Operation } from '../service.ts'
import {
  arnOf,
  chosen,
  type Elb,
  type ElbWorld,
  groupOf,
  inputs,
  isTrue,
  listenersTo,
  page,
  type TargetGroup,
  whole,
} from './state.ts'
import { addTags } from './tags.ts'

const defaults = {
  Protocol: 'HTTP',
  TargetType: 'instance',
  HealthCheckProtocol: 'HTTP',
  HealthCheckPort: 'traffic-port',
  HealthCheckEnabled: true,
  HealthCheckIntervalSeconds: 30,
  HealthCheckTimeoutSeconds: 5,
  HealthyThresholdCount: 5,
  UnhealthyThresholdCount: 2,
  HealthCheckPath: '/',
  Matcher: { HttpCode: '200' },
  IpAddressType: 'ipv4',
}

const fixed = ['Protocol', 'ProtocolVersion', 'VpcId', 'TargetType', 'IpAddressType']
const changeable = ['HealthCheckProtocol', 'HealthCheckPort', 'HealthCheckPath']
const limits: Readonly<Record<string, readonly [number, number]>> = {
  HealthCheckIntervalSeconds: [5, 300],
  HealthCheckTimeoutSeconds: [2, 120],
  HealthyThresholdCount: [2, 10],
  UnhealthyThresholdCount: [2, 10],
}

/** Takes over what is given. @throws AwsError ValidationError */
function change(settings: Input, input: Input, names: readonly string[]): void {
  for (const name of names) if (input[name] !== undefined) settings[name] = String(input[name])
  for (const [name, [least, most]] of Object.entries(limits)) {
    settings[name] = whole(input[name], name, least, most, settings[name] as number)
  }
  if (input['HealthCheckEnabled'] !== undefined) settings['HealthCheckEnabled'] = isTrue(input['HealthCheckEnabled'])
  const { HttpCode, GrpcCode } = (input['Matcher'] ?? {}) as Input
  if (HttpCode !== undefined) settings['Matcher'] = { HttpCode: String(HttpCode) }
  if (GrpcCode !== undefined) settings['Matcher'] = { GrpcCode: String(GrpcCode) }
  if (
    settings['HealthCheckTimeoutSeconds'] >= settings['HealthCheckIntervalSeconds'] &&
    input['HealthCheckTimeoutSeconds'] !== undefined
  ) {
    throw new AwsError('ValidationError', 'Health check interval must be greater than the timeout')
  }
}

const show = (elb: Elb, group: TargetGroup): Input => ({
  TargetGroupArn: group.arn,
  TargetGroupName: group.name,
  ...group.settings,
  LoadBalancerArns: [...new Set(listenersTo(elb, group.arn).map(({ balancer }) => balancer.arn))],
})

const shownAttributes = ({ attributes }: TargetGroup) => ({
  Attributes: [...attributes].map(([Key, Value]) => ({ Key, Value })),
})

/** Target groups and their attributes. */
export function targetGroupOperations({ world, state }: ElbWorld): Record<string, Operation> {
  return {
    CreateTargetGroup(input, caller) {
      const elb = state(caller)
      const name = String(input['Name'] ?? '')
      if (!/^(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/.test(name)) {
        throw new AwsError('ValidationError', `The target group name '${name}' is not valid`)
      }
      const port = whole(input['Port'], 'Port', 1, 65_535, 0)
      if (port === 0 && input['TargetType'] !== 'lambda')
        throw new AwsError('ValidationError', 'A port must be specified')
      const before = [...elb.groups.values()].find((group) => group.name === name)
      if (before !== undefined) {
        const same =
          before.settings['Port'] === port &&
          before.settings['TargetType'] === String(input['TargetType'] ?? 'instance')
        if (same) return { TargetGroups: [show(elb, before)] }
        const message = `A target group with the same name '${name}' exists, but with different settings`
        throw new AwsError('DuplicateTargetGroupName', message)
      }
      const group: TargetGroup = {
        arn: arnOf(elb, `targetgroup/${name}/${world.id(16)}`),
        name,
        settings: { ...structuredClone(defaults), ...(port === 0 ? {} : { Port: port }) },
        targets: new Map(),
        attributes: new Map([
          ['stickiness.enabled', 'false'],
          ['deregistration_delay.timeout_seconds', '300'],
          ['stickiness.type', 'lb_cookie'],
          ['load_balancing.algorithm.type', 'round_robin'],
          ['slow_start.duration_seconds', '0'],
        ]),
      }
      change(group.settings, input, [...fixed, ...changeable])
      if (group.settings['Protocol'] === 'HTTP' || group.settings['Protocol'] === 'HTTPS') {
        group.settings['ProtocolVersion'] ??= 'HTTP1'
      }
      elb.groups.set(group.arn, group)
      addTags(elb, group.arn, input['Tags'])
      return { TargetGroups: [show(elb, group)] }
    },
    DescribeTargetGroups(input, caller) {
      const elb = state(caller)
      const missing = () => new AwsError('TargetGroupNotFound', 'One or more target groups not found')
      const all = chosen(elb.groups.values(), input['TargetGroupArns'], input['Names'], missing)
      const balancer: unknown = input['LoadBalancerArn']
      const found = all
        .map((group) => show(elb, group))
        .filter((group) => balancer === undefined || group['LoadBalancerArns'].includes(balancer))
      const { items, ...next } = page(found, input)
      return { TargetGroups: items, ...next }
    },
    ModifyTargetGroup(input, caller) {
      const elb = state(caller)
      const group = groupOf(elb, input['TargetGroupArn'])
      change(group.settings, input, changeable)
      return { TargetGroups: [show(elb, group)] }
    },
    DeleteTargetGroup(input, caller) {
      const elb = state(caller)
      const arn = String(input['TargetGroupArn'])
      if (listenersTo(elb, arn).length > 0) {
        throw new AwsError('ResourceInUse', `Target group '${arn}' is currently in use by a listener or a rule`)
      }
      elb.groups.delete(arn)
      return {}
    },
    DescribeTargetGroupAttributes: (input, caller) => shownAttributes(groupOf(state(caller), input['TargetGroupArn'])),
    ModifyTargetGroupAttributes(input, caller) {
      const group = groupOf(state(caller), input['TargetGroupArn'])
      for (const { Key, Value } of inputs(input['Attributes'])) {
        if (Key === 'deregistration_delay.timeout_seconds') whole(Value, String(Key), 0, 3_600, 300)
        group.attributes.set(String(Key), String(Value ?? ''))
      }
      return shownAttributes(group)
    },
  }
}
