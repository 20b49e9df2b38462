import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  type ElasticLoadBalancingV2Client,
  ModifyTargetGroupAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'

/** A load balancer whose listeners all lead to the first target group. */
export interface Balancer {
  readonly targetGroupArns: readonly string[]
  readonly listenerArns: readonly string[]
}

/** What to make: a target group named after each suffix, a listener for each port. */
export interface BalancerRequest {
  readonly name: string
  readonly targetType: 'ip' | 'instance'
  readonly groups: readonly string[]
  readonly ports: readonly number[]
}

const made = (arn: string | undefined, what: string): string => {
  if (arn === undefined) throw new Error(`the sandbox made no ${what}`)
  return arn
}

/** Makes a load balancer, its target groups and its listeners, as Terraform would. */
export async function provisionBalancer(
  elbv2: ElasticLoadBalancingV2Client,
  { name, targetType, groups, ports }: BalancerRequest,
): Promise<Balancer> {
  const balancers = await elbv2.send(new CreateLoadBalancerCommand({ Name: name, Subnets: ['subnet-0a', 'subnet-0b'] }))
  const balancer = made(balancers.LoadBalancers?.[0]?.LoadBalancerArn, 'load balancer')
  const targetGroupArns: string[] = []
  for (const group of groups) {
    const { TargetGroups } = await elbv2.send(
      new CreateTargetGroupCommand({
        Name: `${name}-${group}`,
        Protocol: 'HTTP',
        Port: 8080,
        VpcId: 'vpc-0',
        TargetType: targetType,
        HealthCheckPath: '/healthz',
        HealthCheckIntervalSeconds: 5,
        HealthyThresholdCount: 2,
      }),
    )
    const arn = made(TargetGroups?.[0]?.TargetGroupArn, 'target group')
    // AWS's own 300 s would keep every replaced task for five minutes.
    const Attributes = [{ Key: 'deregistration_delay.timeout_seconds', Value: '10' }]
    await elbv2.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn: arn, Attributes }))
    targetGroupArns.push(arn)
  }
  const listenerArns: string[] = []
  for (const port of ports) {
    const { Listeners } = await elbv2.send(
      new CreateListenerCommand({
        LoadBalancerArn: balancer,
        Protocol: 'HTTP',
        Port: port,
        DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroupArns[0] }],
      }),
    )
    listenerArns.push(made(Listeners?.[0]?.ListenerArn, 'listener'))
  }
  return { targetGroupArns, listenerArns }
}
