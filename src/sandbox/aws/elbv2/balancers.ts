import { AwsError, type Operation } from '../service.ts'
import { arnOf, balancerOf, chosen, type ElbWorld, inputs, type LoadBalancer, page, texts } from './state.ts'
import { addTags } from './tags.ts'

const shown = (attributes: ReadonlyMap<string, string>) => ({
  Attributes: [...attributes].map(([Key, Value]) => ({ Key, Value })),
})

/** Load balancers. */
export function balancerOperations({ world, state }: ElbWorld): Record<string, Operation> {
  return {
    CreateLoadBalancer(input, caller) {
      const elb = state(caller)
      const name = String(input['Name'] ?? '')
      if (!/^(?!internal-)(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/.test(name)) {
        throw new AwsError('ValidationError', `The load balancer name '${name}' is not valid`)
      }
      const type = String(input['Type'] ?? 'application')
      if (!['application', 'network'].includes(type)) {
        throw new AwsError('ValidationError', `The sandbox does not know load balancers of type '${type}'`)
      }
      const before = [...elb.balancers.values()].find((balancer) => balancer.name === name)
      const scheme = String(input['Scheme'] ?? 'internet-facing')
      if (before !== undefined) {
        if (before.description['Type'] === type && before.description['Scheme'] === scheme) {
          return { LoadBalancers: [before.description] }
        }
        const message = `A load balancer with the same name '${name}' exists, but with different settings`
        throw new AwsError('DuplicateLoadBalancerName', message)
      }
      const subnets = [...texts(input['Subnets']), ...inputs(input['SubnetMappings']).map((one) => one['SubnetId'])]
      if (subnets.length === 0) throw new AwsError('ValidationError', 'At least one subnet must be specified')
      if (type === 'application' && subnets.length < 2) {
        const message = 'At least two subnets in two different Availability Zones must be specified'
        throw new AwsError('ValidationError', message)
      }
      const id = world.id(16)
      const arn = arnOf(elb, `loadbalancer/${type === 'network' ? 'net' : 'app'}/${name}/${id}`)
      const balancer: LoadBalancer = {
        arn,
        name,
        description: {
          LoadBalancerArn: arn,
          DNSName: `${scheme === 'internal' ? 'internal-' : ''}${name}-${id.slice(0, 10)}.${caller.region}.elb.amazonaws.com`,
          CanonicalHostedZoneId: 'Z32O12XQLNTSW2',
          CreatedTime: new Date(world.clock.now()),
          LoadBalancerName: name,
          Scheme: scheme,
          VpcId: 'vpc-0',
          State: { Code: 'active' },
          Type: type,
          AvailabilityZones: subnets.map((SubnetId, index) => ({
            ZoneName: `${caller.region}${'abc'.charAt(index % 3)}`,
            SubnetId,
          })),
          SecurityGroups: texts(input['SecurityGroups']),
          IpAddressType: String(input['IpAddressType'] ?? 'ipv4'),
        },
        attributes: new Map([
          ['deletion_protection.enabled', 'false'],
          ['idle_timeout.timeout_seconds', '60'],
          ['routing.http2.enabled', 'true'],
        ]),
      }
      elb.balancers.set(arn, balancer)
      addTags(elb, arn, input['Tags'])
      return { LoadBalancers: [balancer.description] }
    },
    DescribeLoadBalancers(input, caller) {
      const all = state(caller).balancers.values()
      const missing = () => new AwsError('LoadBalancerNotFound', 'One or more load balancers not found')
      const { items, ...next } = page(chosen(all, input['LoadBalancerArns'], input['Names'], missing), input)
      return { LoadBalancers: items.map(({ description }) => description), ...next }
    },
    DeleteLoadBalancer(input, caller) {
      const elb = state(caller)
      const balancer = elb.balancers.get(String(input['LoadBalancerArn']))
      if (balancer?.attributes.get('deletion_protection.enabled') === 'true') {
        const message = `Load balancer '${balancer.arn}' cannot be deleted because deletion protection is enabled`
        throw new AwsError('OperationNotPermitted', message)
      }
      if (balancer === undefined) return {}
      elb.balancers.delete(balancer.arn)
      for (const listener of [...elb.listeners.values()]) {
        if (listener.balancer === balancer) elb.listeners.delete(listener.arn)
      }
      return {}
    },
    DescribeLoadBalancerAttributes: (input, caller) =>
      shown(balancerOf(state(caller), input['LoadBalancerArn']).attributes),
    ModifyLoadBalancerAttributes(input, caller) {
      const { attributes } = balancerOf(state(caller), input['LoadBalancerArn'])
      for (const { Key, Value } of inputs(input['Attributes'])) attributes.set(String(Key), String(Value))
      return shown(attributes)
    },
  }
}
