import type { Caller, World } from '../world.ts'
import type { Network } from './network.ts'
import { AwsError, type AwsService, type Input, regional } from './service.ts'

interface Target {
  readonly Id: string
  readonly Port: number
  readonly registeredAt: number
  drainingUntil: number | undefined
}
interface TargetGroup {
  readonly arn: string
  readonly name: string
  settings: Input
  readonly targets: Map<string, Target>
  readonly attributes: Map<string, string>
}
interface Rule {
  readonly arn: string
  priority: string
  conditions: Input[]
  actions: Input[]
  readonly isDefault: boolean
}
interface Listener {
  readonly arn: string
  readonly loadBalancerArn: string
  protocol: string
  port: number
  readonly rules: Rule[]
}
interface LoadBalancer {
  readonly arn: string
  readonly name: string
  readonly description: Input
}
interface State {
  readonly balancers: Map<string, LoadBalancer>
  readonly groups: Map<string, TargetGroup>
  readonly listeners: Map<string, Listener>
  readonly tags: Map<string, Map<string, string>>
}

const list = (value: unknown): Input[] => (Array.isArray(value) ? (value as Input[]) : [])
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
const whole = (value: unknown, otherwise: number): number => (value === undefined ? otherwise : Number(value))

const groupDefaults = {
  HealthCheckProtocol: 'HTTP',
  HealthCheckPort: 'traffic-port',
  HealthCheckEnabled: true,
  HealthCheckIntervalSeconds: 30,
  HealthCheckTimeoutSeconds: 5,
  HealthyThresholdCount: 5,
  UnhealthyThresholdCount: 2,
  HealthCheckPath: '/',
  Matcher: { HttpCode: '200' },
}

/** Elastic Load Balancing v2: balancers, listeners and rules with weights, target groups with health over the sandbox's time. */
export function elbv2(world: World, network: Network): AwsService {
  const { clock } = world
  const state = regional<State>(() => ({
    balancers: new Map(),
    groups: new Map(),
    listeners: new Map(),
    tags: new Map(),
  }))
  const arn = (caller: Caller, resource: string): string =>
    `arn:aws:elasticloadbalancing:${caller.region}:${caller.accountId}:${resource}`

  const groupOf = (caller: Caller, groupArn: unknown): TargetGroup => {
    const group = state(caller).groups.get(String(groupArn))
    if (group === undefined) throw new AwsError('TargetGroupNotFound', 'One or more target groups not found')
    return group
  }
  const listenerOf = (caller: Caller, listenerArn: unknown): Listener => {
    const listener = state(caller).listeners.get(String(listenerArn))
    if (listener === undefined) throw new AwsError('ListenerNotFound', 'One or more listeners not found')
    return listener
  }
  const ruleOf = (caller: Caller, ruleArn: unknown): { listener: Listener; rule: Rule } => {
    for (const listener of state(caller).listeners.values()) {
      const rule = listener.rules.find((candidate) => candidate.arn === ruleArn)
      if (rule !== undefined) return { listener, rule }
    }
    throw new AwsError('RuleNotFound', 'One or more rules not found')
  }

  /** A forward action always shows its weighted form, and the plain one when it has a single target group. */
  const checkedActions = (caller: Caller, actions: unknown): Input[] => {
    if (list(actions).length === 0) throw new AwsError('ValidationError', 'At least one action must be specified')
    return list(actions).map((action) => {
      if (action['Type'] !== 'forward') return { ...action }
      const weighted = list(action['ForwardConfig']?.TargetGroups)
      const given = weighted.length > 0 ? weighted : [{ TargetGroupArn: action['TargetGroupArn'], Weight: '1' }]
      const groups = given.map((group) => {
        groupOf(caller, group['TargetGroupArn'])
        const weight = whole(group['Weight'], 1)
        if (!Number.isInteger(weight) || weight < 0 || weight > 999) {
          throw new AwsError('ValidationError', `Weight '${group['Weight']}' must be between 0 and 999`)
        }
        return { TargetGroupArn: String(group['TargetGroupArn']), Weight: weight }
      })
      const stickiness = action['ForwardConfig']?.TargetGroupStickinessConfig
      return {
        Type: 'forward',
        ...(action['Order'] === undefined ? {} : { Order: Number(action['Order']) }),
        ...(groups.length === 1 ? { TargetGroupArn: groups[0]?.TargetGroupArn } : {}),
        ForwardConfig: {
          TargetGroups: groups,
          TargetGroupStickinessConfig: { Enabled: String(stickiness?.Enabled ?? 'false') === 'true' },
        },
      }
    })
  }
  const forwardsTo = (caller: Caller, groupArn: string): Listener[] =>
    [...state(caller).listeners.values()].filter((listener) =>
      listener.rules.some((rule) =>
        rule.actions.some((action) =>
          list(action['ForwardConfig']?.TargetGroups).some((group) => group['TargetGroupArn'] === groupArn),
        ),
      ),
    )
  const showRule = (rule: Rule): Input => ({
    RuleArn: rule.arn,
    Priority: rule.priority,
    Conditions: rule.conditions,
    Actions: rule.actions,
    IsDefault: rule.isDefault,
  })
  const showListener = (listener: Listener): Input => ({
    ListenerArn: listener.arn,
    LoadBalancerArn: listener.loadBalancerArn,
    Port: listener.port,
    Protocol: listener.protocol,
    DefaultActions: listener.rules.find((rule) => rule.isDefault)?.actions ?? [],
  })
  const showGroup = (caller: Caller, group: TargetGroup): Input => ({
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    ...group.settings,
    LoadBalancerArns: [...new Set(forwardsTo(caller, group.arn).map((listener) => listener.loadBalancerArn))],
    IpAddressType: 'ipv4',
  })

  const settingsOf = (input: Input, before: Input): Input => {
    const settings = { ...before }
    for (const name of [
      'Protocol',
      'VpcId',
      'TargetType',
      'HealthCheckProtocol',
      'HealthCheckPort',
      'HealthCheckPath',
      'ProtocolVersion',
    ]) {
      if (input[name] !== undefined) settings[name] = String(input[name])
    }
    for (const name of [
      'Port',
      'HealthCheckIntervalSeconds',
      'HealthCheckTimeoutSeconds',
      'HealthyThresholdCount',
      'UnhealthyThresholdCount',
    ]) {
      if (input[name] !== undefined) settings[name] = Number(input[name])
    }
    if (input['HealthCheckEnabled'] !== undefined)
      settings['HealthCheckEnabled'] = String(input['HealthCheckEnabled']) === 'true'
    if (input['Matcher'] !== undefined) settings['Matcher'] = input['Matcher']
    return settings
  }

  /** A target is `initial` until it has passed enough checks since it was registered and came up. */
  const healthOf = (caller: Caller, group: TargetGroup, target: Target): Input => {
    const now = clock.now()
    if (target.drainingUntil !== undefined) {
      return {
        State: 'draining',
        Reason: 'Target.DeregistrationInProgress',
        Description: 'Target deregistration is in progress',
      }
    }
    if (forwardsTo(caller, group.arn).length === 0) {
      return {
        State: 'unused',
        Reason: 'Target.NotInUse',
        Description: 'Target group is not configured to receive traffic from the load balancer',
      }
    }
    const interval = Number(group.settings['HealthCheckIntervalSeconds']) * 1_000
    const workload = network.at(target.Id)
    const up = workload?.healthyFrom
    if (up !== undefined) {
      const passed = Math.max(up, target.registeredAt) + interval * Number(group.settings['HealthyThresholdCount'])
      if (now >= passed) return { State: 'healthy' }
    }
    const failing = now >= target.registeredAt + interval * Number(group.settings['UnhealthyThresholdCount'])
    if (up === undefined && failing) {
      return workload === undefined
        ? { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' }
        : {
            State: 'unhealthy',
            Reason: 'Target.ResponseCodeMismatch',
            Description: 'Health checks failed with these codes: [503]',
          }
    }
    return { State: 'initial', Reason: 'Elb.RegistrationInProgress', Description: 'Target registration is in progress' }
  }

  const byArnOrName = <T extends { arn: string; name: string }>(
    all: Iterable<T>,
    arns: unknown,
    names: unknown,
    missing: () => AwsError,
  ): T[] => {
    const items = [...all]
    const wanted = [
      ...texts(arns).map((value) => ['arn', value] as const),
      ...texts(names).map((value) => ['name', value] as const),
    ]
    if (wanted.length === 0) return items
    return wanted.map(([key, value]) => {
      const found = items.find((item) => item[key] === value)
      if (found === undefined) throw missing()
      return found
    })
  }
  const saveTags = (caller: Caller, resource: string, tags: unknown): void => {
    const known = state(caller).tags.get(resource) ?? new Map<string, string>()
    for (const tag of list(tags)) known.set(String(tag['Key']), String(tag['Value'] ?? ''))
    state(caller).tags.set(resource, known)
  }

  return {
    name: 'elasticloadbalancing',
    protocol: {
      kind: 'query',
      apiVersion: '2015-12-01',
      namespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
    },
    operations: {
      CreateLoadBalancer(input, caller) {
        const name = String(input['Name'] ?? '')
        if (!/^[A-Za-z0-9-]{1,32}$/.test(name))
          throw new AwsError('ValidationError', `Load balancer name '${name}' is not valid`)
        const type = String(input['Type'] ?? 'application')
        const existing = [...state(caller).balancers.values()].find((balancer) => balancer.name === name)
        if (existing !== undefined) return { LoadBalancers: [existing.description] }
        const id = world.id(16)
        const full = arn(caller, `loadbalancer/${type === 'network' ? 'net' : 'app'}/${name}/${id}`)
        const scheme = String(input['Scheme'] ?? 'internet-facing')
        const balancer: LoadBalancer = {
          arn: full,
          name,
          description: {
            LoadBalancerArn: full,
            DNSName: `${name}-${id.slice(0, 10)}.${caller.region}.elb.amazonaws.com`,
            CanonicalHostedZoneId: 'Z32O12XQLNTSW2',
            CreatedTime: new Date(clock.now()).toISOString(),
            LoadBalancerName: name,
            Scheme: scheme,
            VpcId: 'vpc-0',
            State: { Code: 'active' },
            Type: type,
            AvailabilityZones: texts(input['Subnets']).map((SubnetId, index) => ({
              ZoneName: `${caller.region}${'abc'.charAt(index % 3)}`,
              SubnetId,
            })),
            SecurityGroups: texts(input['SecurityGroups']),
            IpAddressType: 'ipv4',
          },
        }
        state(caller).balancers.set(full, balancer)
        saveTags(caller, full, input['Tags'])
        return { LoadBalancers: [balancer.description] }
      },
      DescribeLoadBalancers: (input, caller) => ({
        LoadBalancers: byArnOrName(
          state(caller).balancers.values(),
          input['LoadBalancerArns'],
          input['Names'],
          () => new AwsError('LoadBalancerNotFound', 'One or more load balancers not found'),
        ).map(({ description }) => description),
      }),
      DeleteLoadBalancer(input, caller) {
        const { balancers, listeners } = state(caller)
        balancers.delete(String(input['LoadBalancerArn']))
        for (const listener of [...listeners.values()]) {
          if (listener.loadBalancerArn === input['LoadBalancerArn']) listeners.delete(listener.arn)
        }
        return {}
      },
      CreateTargetGroup(input, caller) {
        const name = String(input['Name'] ?? '')
        if (!/^[A-Za-z0-9-]{1,32}$/.test(name))
          throw new AwsError('ValidationError', `Target group name '${name}' is not valid`)
        if ([...state(caller).groups.values()].some((group) => group.name === name)) {
          throw new AwsError(
            'DuplicateTargetGroupName',
            `A target group with the same name '${name}' exists, but with different settings`,
          )
        }
        const group: TargetGroup = {
          arn: arn(caller, `targetgroup/${name}/${world.id(16)}`),
          name,
          settings: settingsOf(input, { Protocol: 'HTTP', TargetType: 'instance', ...groupDefaults }),
          targets: new Map(),
          attributes: new Map([
            ['deregistration_delay.timeout_seconds', '300'],
            ['stickiness.enabled', 'false'],
          ]),
        }
        state(caller).groups.set(group.arn, group)
        saveTags(caller, group.arn, input['Tags'])
        return { TargetGroups: [showGroup(caller, group)] }
      },
      DescribeTargetGroups(input, caller) {
        const groups = byArnOrName(
          state(caller).groups.values(),
          input['TargetGroupArns'],
          input['Names'],
          () => new AwsError('TargetGroupNotFound', 'One or more target groups not found'),
        ).map((group) => showGroup(caller, group))
        const balancer = input['LoadBalancerArn']
        return {
          TargetGroups:
            balancer === undefined ? groups : groups.filter((group) => group['LoadBalancerArns'].includes(balancer)),
        }
      },
      ModifyTargetGroup(input, caller) {
        const group = groupOf(caller, input['TargetGroupArn'])
        group.settings = settingsOf(input, group.settings)
        return { TargetGroups: [showGroup(caller, group)] }
      },
      DeleteTargetGroup(input, caller) {
        const target = String(input['TargetGroupArn'])
        if (forwardsTo(caller, target).length > 0) {
          throw new AwsError('ResourceInUse', `Target group '${target}' is currently in use by a listener or a rule`)
        }
        state(caller).groups.delete(target)
        return {}
      },
      DescribeTargetGroupAttributes: (input, caller) => ({
        Attributes: [...groupOf(caller, input['TargetGroupArn']).attributes].map(([Key, Value]) => ({ Key, Value })),
      }),
      ModifyTargetGroupAttributes(input, caller) {
        const group = groupOf(caller, input['TargetGroupArn'])
        for (const attribute of list(input['Attributes']))
          group.attributes.set(String(attribute['Key']), String(attribute['Value']))
        return { Attributes: [...group.attributes].map(([Key, Value]) => ({ Key, Value })) }
      },
      CreateListener(input, caller) {
        const balancer = state(caller).balancers.get(String(input['LoadBalancerArn']))
        if (balancer === undefined) throw new AwsError('LoadBalancerNotFound', 'One or more load balancers not found')
        const port = Number(input['Port'])
        if (
          [...state(caller).listeners.values()].some(
            (other) => other.loadBalancerArn === balancer.arn && other.port === port,
          )
        ) {
          throw new AwsError('DuplicateListener', 'A listener already exists on this port for this load balancer')
        }
        const path = balancer.arn.slice(balancer.arn.indexOf('loadbalancer/') + 'loadbalancer/'.length)
        const id = `${path}/${world.id(16)}`
        const listener: Listener = {
          arn: arn(caller, `listener/${id}`),
          loadBalancerArn: balancer.arn,
          protocol: String(input['Protocol'] ?? 'HTTP'),
          port,
          rules: [
            {
              arn: arn(caller, `listener-rule/${id}/${world.id(16)}`),
              priority: 'default',
              conditions: [],
              actions: checkedActions(caller, input['DefaultActions']),
              isDefault: true,
            },
          ],
        }
        state(caller).listeners.set(listener.arn, listener)
        return { Listeners: [showListener(listener)] }
      },
      DescribeListeners(input, caller) {
        const arns = texts(input['ListenerArns'])
        const all = arns.length > 0 ? arns.map((one) => listenerOf(caller, one)) : [...state(caller).listeners.values()]
        const balancer = input['LoadBalancerArn']
        return {
          Listeners: all
            .filter((listener) => balancer === undefined || listener.loadBalancerArn === balancer)
            .map(showListener),
        }
      },
      ModifyListener(input, caller) {
        const listener = listenerOf(caller, input['ListenerArn'])
        if (input['Port'] !== undefined) listener.port = Number(input['Port'])
        if (input['Protocol'] !== undefined) listener.protocol = String(input['Protocol'])
        const rule = listener.rules.find(({ isDefault }) => isDefault)
        if (input['DefaultActions'] !== undefined && rule !== undefined)
          rule.actions = checkedActions(caller, input['DefaultActions'])
        return { Listeners: [showListener(listener)] }
      },
      DeleteListener(input, caller) {
        state(caller).listeners.delete(listenerOf(caller, input['ListenerArn']).arn)
        return {}
      },
      CreateRule(input, caller) {
        const listener = listenerOf(caller, input['ListenerArn'])
        const priority = String(input['Priority'])
        if (listener.rules.some((rule) => rule.priority === priority)) {
          throw new AwsError('PriorityInUse', `Priority '${priority}' is currently in use`)
        }
        const rule: Rule = {
          arn: `${listener.arn.replace(':listener/', ':listener-rule/')}/${world.id(16)}`,
          priority,
          conditions: list(input['Conditions']),
          actions: checkedActions(caller, input['Actions']),
          isDefault: false,
        }
        listener.rules.push(rule)
        return { Rules: [showRule(rule)] }
      },
      DescribeRules(input, caller) {
        const arns = texts(input['RuleArns'])
        if (arns.length > 0) return { Rules: arns.map((one) => showRule(ruleOf(caller, one).rule)) }
        return { Rules: listenerOf(caller, input['ListenerArn']).rules.map(showRule) }
      },
      ModifyRule(input, caller) {
        const { rule } = ruleOf(caller, input['RuleArn'])
        if (input['Actions'] !== undefined) rule.actions = checkedActions(caller, input['Actions'])
        if (input['Conditions'] !== undefined) rule.conditions = list(input['Conditions'])
        return { Rules: [showRule(rule)] }
      },
      DeleteRule(input, caller) {
        const { listener, rule } = ruleOf(caller, input['RuleArn'])
        if (rule.isDefault) throw new AwsError('OperationNotPermitted', 'The default rule cannot be deleted')
        listener.rules.splice(listener.rules.indexOf(rule), 1)
        return {}
      },
      RegisterTargets(input, caller) {
        const group = groupOf(caller, input['TargetGroupArn'])
        for (const given of list(input['Targets'])) {
          const target = { Id: String(given['Id']), Port: whole(given['Port'], Number(group.settings['Port'] ?? 80)) }
          group.targets.set(`${target.Id}:${target.Port}`, {
            ...target,
            registeredAt: clock.now(),
            drainingUntil: undefined,
          })
        }
        return {}
      },
      DeregisterTargets(input, caller) {
        const group = groupOf(caller, input['TargetGroupArn'])
        const delay = Number(group.attributes.get('deregistration_delay.timeout_seconds') ?? 300) * 1_000
        for (const given of list(input['Targets'])) {
          for (const [key, target] of group.targets) {
            if (target.Id !== String(given['Id'])) continue
            if (given['Port'] !== undefined && target.Port !== Number(given['Port'])) continue
            target.drainingUntil = clock.now() + delay
            clock.after(delay, () => {
              if (group.targets.get(key) === target) group.targets.delete(key)
            })
          }
        }
        return {}
      },
      DescribeTargetHealth(input, caller) {
        const group = groupOf(caller, input['TargetGroupArn'])
        const wanted = list(input['Targets'])
        return {
          TargetHealthDescriptions: [...group.targets.values()]
            .filter((target) => wanted.length === 0 || wanted.some((one) => String(one['Id']) === target.Id))
            .map((target) => ({
              Target: { Id: target.Id, Port: target.Port, AvailabilityZone: `${caller.region}a` },
              HealthCheckPort: String(target.Port),
              TargetHealth: healthOf(caller, group, target),
            })),
        }
      },
      AddTags(input, caller) {
        for (const resource of texts(input['ResourceArns'])) saveTags(caller, resource, input['Tags'])
        return {}
      },
      DescribeTags: (input, caller) => ({
        TagDescriptions: texts(input['ResourceArns']).map((ResourceArn) => ({
          ResourceArn,
          Tags: [...(state(caller).tags.get(ResourceArn) ?? [])].map(([Key, Value]) => ({ Key, Value })),
        })),
      }),
    },
  }
}
