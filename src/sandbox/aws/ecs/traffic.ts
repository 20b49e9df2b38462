import { AwsError, type Input } from '../service.ts'
import { invalidNetwork } from './deployment-failure.ts'
import type { DeploymentWork } from './deployment-work.ts'
import { inputs, type Revision } from './state.ts'

/** A load balancer of a service that ECS itself moves between two target groups. */
const balancersOf = (work: DeploymentWork): Input[] =>
  inputs(work.service.settings['loadBalancers']).filter(
    ({ advancedConfiguration }) => advancedConfiguration !== undefined,
  )

/** The load balancers of a new revision: behind the target group that the one before it is not behind. */
export function placedLoadBalancers(configured: readonly Input[], before: Revision | undefined): Input[] {
  return configured.map((balancer, index) => {
    const alternate: unknown = balancer['advancedConfiguration']?.alternateTargetGroupArn
    const taken: unknown = before?.loadBalancers[index]?.['targetGroupArn']
    return alternate !== undefined && taken === balancer['targetGroupArn']
      ? { ...balancer, targetGroupArn: alternate }
      : balancer
  })
}

interface Rule {
  readonly RuleArn: string
  readonly IsDefault: boolean
  readonly Actions: Input[]
}

const groupsIn = (rule: Rule): string[] =>
  rule.Actions.flatMap((action) =>
    inputs(action['ForwardConfig']?.TargetGroups).map((group) => String(group['TargetGroupArn'])),
  )

async function ruleOf({ world, ecs }: DeploymentWork, arn: string): Promise<Rule> {
  try {
    const input = { RuleArns: [arn] }
    const { Rules } = await world.invoke<{ Rules: Rule[] }>('elasticloadbalancing', 'DescribeRules', input, ecs.caller)
    return Rules[0] as Rule
  } catch (error) {
    if (error instanceof AwsError) throw invalidNetwork(error.message)
    throw error
  }
}

/** Whether the rules know both target groups. @throws Broken */
export async function checkRules(work: DeploymentWork): Promise<void> {
  for (const { targetGroupArn, advancedConfiguration } of balancersOf(work)) {
    const rules = [advancedConfiguration['productionListenerRule'], advancedConfiguration['testListenerRule']]
    const known = new Set<string>()
    for (const arn of rules.filter((one) => one !== undefined)) {
      for (const group of groupsIn(await ruleOf(work, String(arn)))) known.add(group)
    }
    if (!known.has(String(targetGroupArn)) || !known.has(String(advancedConfiguration['alternateTargetGroupArn']))) {
      throw invalidNetwork(
        'Both targetGroup and alternateTargetGroup must be associated with the productionListenerRule or testListenerRule.',
      )
    }
  }
}

/** Weights of a rule: whole numbers up to 999, in tenths of a percent where the percentage has tenths. */
const weightsOf = (percent: number): readonly [number, number] => {
  const scale = Number.isInteger(percent) ? 1 : 10
  return [Math.round(percent * scale), Math.round((100 - percent) * scale)]
}

/**
 * Gives `revision` this percentage of the production or the test traffic, and the other target group the rest.
 * Does nothing where the service has no such rule. @throws Broken
 */
export async function giveTraffic(
  work: DeploymentWork,
  kind: 'production' | 'test',
  revision: Revision,
  percent: number,
): Promise<void> {
  const { world, ecs, service, record } = work
  const configured = inputs(service.settings['loadBalancers'])
  for (const balancer of balancersOf(work)) {
    const advanced = balancer['advancedConfiguration'] as Input
    const ruleArn: unknown = advanced[kind === 'production' ? 'productionListenerRule' : 'testListenerRule']
    if (ruleArn === undefined) continue
    const own = String(revision.loadBalancers[configured.indexOf(balancer)]?.['targetGroupArn'])
    const pair = [String(balancer['targetGroupArn']), String(advanced['alternateTargetGroupArn'])]
    const [ownWeight, otherWeight] = weightsOf(percent)
    const TargetGroups = pair.map((arn) => ({ TargetGroupArn: arn, Weight: arn === own ? ownWeight : otherWeight }))
    const rule = await ruleOf(work, String(ruleArn))
    const Actions = rule.Actions.map((action) =>
      action['Type'] === 'forward'
        ? { Type: 'forward', ForwardConfig: { ...action['ForwardConfig'], TargetGroups } }
        : action,
    )
    const listener = rule.RuleArn.replace(':listener-rule/', ':listener/').replace(/\/[^/]+$/, '')
    await world.invoke(
      'elasticloadbalancing',
      rule.IsDefault ? 'ModifyListener' : 'ModifyRule',
      rule.IsDefault ? { ListenerArn: listener, DefaultActions: Actions } : { RuleArn: rule.RuleArn, Actions },
      ecs.caller,
    )
  }
  for (const one of [record.target, ...record.sources]) {
    const weights = record.weights.get(one) ?? { production: 0, test: 0 }
    weights[kind] = one === revision ? percent : 100 - percent
    record.weights.set(one, weights)
  }
}

export const hasTestTraffic = (work: DeploymentWork): boolean =>
  balancersOf(work).some(({ advancedConfiguration }) => advancedConfiguration['testListenerRule'] !== undefined)
