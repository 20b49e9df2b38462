import { AwsError, type Input } from '../service.ts'
import { type Elb, groupOf, inputs, isTrue, whole } from './state.ts'

const pick = (value: Input, names: readonly string[]): Input =>
  Object.fromEntries(names.filter((name) => value[name] !== undefined).map((name) => [name, String(value[name])]))

/** A forward action always shows its weighted form, and the plain one when it has a single target group. */
function forward(elb: Elb, action: Input): Input {
  const config = (action['ForwardConfig'] ?? {}) as Input
  const weighted = inputs(config['TargetGroups'])
  if (weighted.length === 0 && action['TargetGroupArn'] === undefined) {
    throw new AwsError('ValidationError', 'You must specify at least one target group for a forward action')
  }
  if (weighted.length > 5) {
    throw new AwsError('TooManyUniqueTargetGroupsPerLoadBalancer', 'A forward action takes at most five target groups')
  }
  const given = weighted.length > 0 ? weighted : [{ TargetGroupArn: action['TargetGroupArn'], Weight: 1 }]
  const groups = given.map(({ TargetGroupArn, Weight }) => ({
    TargetGroupArn: groupOf(elb, TargetGroupArn).arn,
    Weight: whole(Weight, 'Weight', 0, 999, 1),
  }))
  const stickiness = (config['TargetGroupStickinessConfig'] ?? {}) as Input
  const sticky = isTrue(stickiness['Enabled'])
  const duration = whole(stickiness['DurationSeconds'], 'DurationSeconds', 1, 604_800, 3_600)
  return {
    ...(groups.length === 1 ? { TargetGroupArn: groups[0]?.TargetGroupArn } : {}),
    ForwardConfig: {
      TargetGroups: groups,
      TargetGroupStickinessConfig: { Enabled: sticky, ...(sticky ? { DurationSeconds: duration } : {}) },
    },
  }
}

/** The actions of a rule as DescribeRules shows them. @throws AwsError ValidationError, TargetGroupNotFound */
export function shownActions(elb: Elb, actions: unknown): readonly Input[] {
  const given = inputs(actions)
  if (given.length === 0) throw new AwsError('ValidationError', 'An action must be specified')
  return given.map((action) => {
    const Type = String(action['Type'])
    const order = action['Order'] === undefined ? {} : { Order: whole(action['Order'], 'Order', 1, 50_000, 1) }
    if (Type === 'forward') return { Type, ...order, ...forward(elb, action) }
    if (Type === 'fixed-response') {
      const config = pick((action['FixedResponseConfig'] ?? {}) as Input, ['MessageBody', 'StatusCode', 'ContentType'])
      if (!/^[245]\d\d$/.test(String(config['StatusCode']))) {
        throw new AwsError('ValidationError', 'A valid StatusCode must be specified for a fixed-response action')
      }
      return { Type, ...order, FixedResponseConfig: config }
    }
    if (Type === 'redirect') {
      const config = (action['RedirectConfig'] ?? {}) as Input
      const members = ['Protocol', 'Port', 'Host', 'Path', 'Query', 'StatusCode']
      const defaults = {
        Protocol: '#{protocol}',
        Port: '#{port}',
        Host: '#{host}',
        Path: '/#{path}',
        Query: '#{query}',
      }
      return { Type, ...order, RedirectConfig: { ...defaults, ...pick(config, members) } }
    }
    throw new AwsError('ValidationError', `The sandbox does not know actions of type '${Type}'`)
  })
}
