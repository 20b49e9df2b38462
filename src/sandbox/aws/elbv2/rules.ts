import { AwsError, type Input, type Operation } from '../service.ts'
import { shownActions } from './actions.ts'
import { type ElbWorld, inputs, type Listener, listenerOf, page, type Rule, ruleOf, texts, whole } from './state.ts'
import { addTags } from './tags.ts'

const show = ({ arn, priority, conditions, actions, isDefault }: Rule): Input => ({
  RuleArn: arn,
  Priority: priority,
  Conditions: conditions,
  Actions: actions,
  IsDefault: isDefault,
})

/** By which member a condition says its values, when it does not say them plainly. */
const configOf: Readonly<Record<string, string>> = {
  'path-pattern': 'PathPatternConfig',
  'host-header': 'HostHeaderConfig',
  'http-header': 'HttpHeaderConfig',
  'http-request-method': 'HttpRequestMethodConfig',
  'query-string': 'QueryStringConfig',
  'source-ip': 'SourceIpConfig',
}

/** Paths and hosts show their values in both ways. @throws AwsError ValidationError */
function shownConditions(conditions: unknown): readonly Input[] {
  const given = inputs(conditions)
  if (given.length === 0) throw new AwsError('ValidationError', 'A condition must be specified')
  return given.map((condition) => {
    const Field = String(condition['Field'] ?? '')
    const name = Object.hasOwn(configOf, Field) ? configOf[Field] : undefined
    if (name === undefined)
      throw new AwsError(
        'ValidationError',
        `Condition field '${Field}' must be one of '${Object.keys(configOf).join(', ')}'`,
      )
    const config = (condition[name] ?? {}) as Input
    const values = [...texts(condition['Values']), ...inputs(config['Values'])]
    if (values.length === 0) throw new AwsError('ValidationError', 'A condition value must be specified')
    const plain = Field === 'path-pattern' || Field === 'host-header' ? { Values: values } : {}
    return { Field, ...plain, [name]: { ...config, Values: values } }
  })
}

const inOrder = (rules: readonly Rule[]): Rule[] =>
  [...rules].sort((a, b) => Number(a.isDefault) - Number(b.isDefault) || Number(a.priority) - Number(b.priority))

/** @throws AwsError PriorityInUse, ValidationError */
function freePriority(listener: Listener, value: unknown, but: readonly Rule[] = []): string {
  const priority = String(whole(value, 'Priority', 1, 50_000, 0))
  if (priority === '0') throw new AwsError('ValidationError', 'A priority must be specified')
  if (listener.rules.some((rule) => rule.priority === priority && !but.includes(rule))) {
    throw new AwsError('PriorityInUse', `Priority '${priority}' is currently in use`)
  }
  return priority
}

const notDefault = (rule: Rule, verb: string): Rule => {
  if (rule.isDefault) throw new AwsError('OperationNotPermitted', `Default rule '${rule.arn}' cannot be ${verb}`)
  return rule
}

/** Rules of listeners. */
export function ruleOperations({ world, state }: ElbWorld): Record<string, Operation> {
  return {
    CreateRule(input, caller) {
      const elb = state(caller)
      const listener = listenerOf(elb, input['ListenerArn'])
      const rule: Rule = {
        arn: `${listener.arn.replace(':listener/', ':listener-rule/')}/${world.id(16)}`,
        listener,
        isDefault: false,
        priority: freePriority(listener, input['Priority']),
        conditions: shownConditions(input['Conditions']),
        actions: shownActions(elb, input['Actions']),
      }
      listener.rules.push(rule)
      addTags(elb, rule.arn, input['Tags'])
      return { Rules: [show(rule)] }
    },
    DescribeRules(input, caller) {
      const elb = state(caller)
      const arns = texts(input['RuleArns'])
      if (arns.length === 0 && input['ListenerArn'] === undefined) {
        throw new AwsError('ValidationError', 'You must specify either a listener ARN or rule ARNs')
      }
      const rules =
        arns.length > 0 ? arns.map((arn) => ruleOf(elb, arn)) : inOrder(listenerOf(elb, input['ListenerArn']).rules)
      const { items, ...next } = page(rules, input)
      return { Rules: items.map(show), ...next }
    },
    ModifyRule(input, caller) {
      const elb = state(caller)
      const rule = notDefault(ruleOf(elb, input['RuleArn']), 'modified')
      const actions = inputs(input['Actions']).length > 0 ? shownActions(elb, input['Actions']) : rule.actions
      rule.conditions = inputs(input['Conditions']).length > 0 ? shownConditions(input['Conditions']) : rule.conditions
      rule.actions = actions
      return { Rules: [show(rule)] }
    },
    SetRulePriorities(input, caller) {
      const elb = state(caller)
      const changes = inputs(input['RulePriorities']).map(({ RuleArn, Priority }) => ({
        rule: notDefault(ruleOf(elb, RuleArn), 'modified'),
        value: Priority,
      }))
      const moving = changes.map(({ rule }) => rule)
      const priorities = changes.map(({ rule, value }) => freePriority(rule.listener, value, moving))
      if (new Set(priorities).size < priorities.length) {
        throw new AwsError('PriorityInUse', 'The same priority was given twice')
      }
      for (const [index, { rule }] of changes.entries()) rule.priority = priorities[index] ?? rule.priority
      return { Rules: moving.map(show) }
    },
    DeleteRule(input, caller) {
      const { listener, ...rule } = notDefault(ruleOf(state(caller), input['RuleArn']), 'deleted')
      listener.rules.splice(
        listener.rules.findIndex(({ arn }) => arn === rule.arn),
        1,
      )
      return {}
    },
  }
}
