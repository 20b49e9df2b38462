import { AwsError, type Input, type Operation } from '../service.ts'
import { shownActions } from './actions.ts'
import {
  arnOf,
  balancerOf,
  type Elb,
  type ElbWorld,
  inputs,
  type Listener,
  type LoadBalancer,
  listenerOf,
  page,
  texts,
  whole,
} from './state.ts'
import { addTags } from './tags.ts'

const show = ({ arn, balancer, settings, rules }: Listener): Input => ({
  ListenerArn: arn,
  LoadBalancerArn: balancer.arn,
  ...settings,
  DefaultActions: rules.find(({ isDefault }) => isDefault)?.actions ?? [],
})

/** Protocol, port and certificates, as given over what was before. @throws AwsError */
function settingsOf(elb: Elb, balancer: LoadBalancer, input: Input, before?: Listener): Input {
  const port = whole(input['Port'], 'Port', 1, 65_535, (before?.settings['Port'] as number | undefined) ?? 0)
  if (port === 0) throw new AwsError('ValidationError', 'A listener port must be specified')
  const taken = [...elb.listeners.values()].some(
    (other) => other !== before && other.balancer === balancer && other.settings['Port'] === port,
  )
  if (taken) throw new AwsError('DuplicateListener', 'A listener already exists on this port for this load balancer')
  const protocol = String(input['Protocol'] ?? before?.settings['Protocol'] ?? '')
  const allowed = balancer.description['Type'] === 'network' ? ['TCP', 'TLS', 'UDP', 'TCP_UDP'] : ['HTTP', 'HTTPS']
  if (!allowed.includes(protocol)) {
    throw new AwsError('ValidationError', `Listener protocol '${protocol}' must be one of '${allowed.join(', ')}'`)
  }
  const Certificates = inputs(input['Certificates'] ?? before?.settings['Certificates']).map(({ CertificateArn }) => ({
    CertificateArn: String(CertificateArn),
  }))
  if (protocol !== 'HTTPS' && protocol !== 'TLS') return { Protocol: protocol, Port: port }
  if (Certificates.length === 0) {
    throw new AwsError('ValidationError', `A certificate must be specified for ${protocol} listeners`)
  }
  const SslPolicy = String(input['SslPolicy'] ?? before?.settings['SslPolicy'] ?? 'ELBSecurityPolicy-2016-08')
  return { Protocol: protocol, Port: port, SslPolicy, Certificates }
}

/** Listeners and their default rules. */
export function listenerOperations({ world, state }: ElbWorld): Record<string, Operation> {
  return {
    CreateListener(input, caller) {
      const elb = state(caller)
      const balancer = balancerOf(elb, input['LoadBalancerArn'])
      const settings = settingsOf(elb, balancer, input)
      const actions = shownActions(elb, input['DefaultActions'])
      const path = balancer.arn.slice(balancer.arn.indexOf(':loadbalancer/') + ':loadbalancer/'.length)
      const id = `${path}/${world.id(16)}`
      const listener: Listener = { arn: arnOf(elb, `listener/${id}`), balancer, settings, rules: [] }
      listener.rules.push({
        arn: arnOf(elb, `listener-rule/${id}/${world.id(16)}`),
        listener,
        isDefault: true,
        priority: 'default',
        conditions: [],
        actions,
      })
      elb.listeners.set(listener.arn, listener)
      addTags(elb, listener.arn, input['Tags'])
      return { Listeners: [show(listener)] }
    },
    DescribeListeners(input, caller) {
      const elb = state(caller)
      const arns = texts(input['ListenerArns'])
      if (arns.length === 0 && input['LoadBalancerArn'] === undefined) {
        throw new AwsError('ValidationError', 'You must specify either listener ARNs or a load balancer ARN')
      }
      const balancer = input['LoadBalancerArn'] === undefined ? undefined : balancerOf(elb, input['LoadBalancerArn'])
      const all = arns.length > 0 ? arns.map((arn) => listenerOf(elb, arn)) : [...elb.listeners.values()]
      const found = all.filter((listener) => balancer === undefined || listener.balancer === balancer)
      const { items, ...next } = page(found, input)
      return { Listeners: items.map(show), ...next }
    },
    ModifyListener(input, caller) {
      const elb = state(caller)
      const listener = listenerOf(elb, input['ListenerArn'])
      const settings = settingsOf(elb, listener.balancer, input, listener)
      const rule = listener.rules.find(({ isDefault }) => isDefault)
      if (inputs(input['DefaultActions']).length > 0 && rule !== undefined) {
        rule.actions = shownActions(elb, input['DefaultActions'])
      }
      listener.settings = settings
      return { Listeners: [show(listener)] }
    },
    DeleteListener(input, caller) {
      const elb = state(caller)
      elb.listeners.delete(listenerOf(elb, input['ListenerArn']).arn)
      return {}
    },
    DescribeListenerCertificates(input, caller) {
      const { settings } = listenerOf(state(caller), input['ListenerArn'])
      return { Certificates: inputs(settings['Certificates']).map((one) => ({ ...one, IsDefault: true })) }
    },
  }
}
