import type { Caller, World } from '../../world.ts'
import { callingElb, DeploymentFailure } from './failure.ts'

interface Action {
  Type?: string
  TargetGroupArn?: string
  ForwardConfig?: { TargetGroups?: { TargetGroupArn?: string; Weight?: number }[] }
}

interface Rule {
  RuleArn?: string
  IsDefault?: boolean | string
  Actions?: Action[]
}

/** Two target groups between which traffic moves. */
export interface TargetGroupPair {
  readonly blue: string
  readonly green: string
}

/** The ARNs of target groups, by name. Throws DeploymentFailure. */
export async function targetGroupArns(
  world: World,
  caller: Caller,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const input = { Names: names }
  const { TargetGroups = [] } = await callingElb(
    world.invoke<{ TargetGroups?: { TargetGroupName?: string; TargetGroupArn?: string }[] }>(
      'elasticloadbalancing',
      'DescribeTargetGroups',
      input,
      caller,
    ),
  )
  return new Map(TargetGroups.map((group) => [group.TargetGroupName ?? '', group.TargetGroupArn ?? '']))
}

const targets = (action: Action): readonly string[] =>
  action.ForwardConfig?.TargetGroups?.map(({ TargetGroupArn }) => TargetGroupArn ?? '') ??
  (action.TargetGroupArn === undefined ? [] : [action.TargetGroupArn])

/**
 * Gives green `percent` of the traffic of a listener and blue the rest, in every rule that forwards to one of the two.
 * Throws DeploymentFailure when none does.
 */
export async function shiftListener(
  world: World,
  caller: Caller,
  listenerArn: string,
  pair: TargetGroupPair,
  percent: number,
): Promise<void> {
  const call = <T>(operation: string, input: Record<string, unknown>): Promise<T> =>
    callingElb(world.invoke<T>('elasticloadbalancing', operation, input, caller))
  const { Rules = [] } = await call<{ Rules?: Rule[] }>('DescribeRules', { ListenerArn: listenerArn })
  const concerned = Rules.filter((rule) =>
    rule.Actions?.some((action) => targets(action).some((arn) => arn === pair.blue || arn === pair.green)),
  )
  if (concerned.length === 0) {
    throw new DeploymentFailure(
      'ELASTIC_LOAD_BALANCING_INVALID',
      `The ELB could not be updated due to the following error: Primary taskset target group must be behind listener ${listenerArn}`,
    )
  }
  const weights = [
    { TargetGroupArn: pair.green, Weight: percent },
    { TargetGroupArn: pair.blue, Weight: 100 - percent },
  ]
  for (const rule of concerned) {
    const actions = rule.Actions?.map((action) => {
      if (!targets(action).some((arn) => arn === pair.blue || arn === pair.green)) return action
      const { TargetGroupArn: _single, ...rest } = action
      return { ...rest, ForwardConfig: { ...action.ForwardConfig, TargetGroups: weights } }
    })
    if (rule.IsDefault === true || rule.IsDefault === 'true') {
      await call('ModifyListener', { ListenerArn: listenerArn, DefaultActions: actions })
    } else {
      await call('ModifyRule', { RuleArn: rule.RuleArn, Actions: actions })
    }
  }
}
