import type { Caller, World } from '../../world.ts'
import type { Network } from '../network.ts'
import { AwsError, type Input } from '../service.ts'

export interface Target {
  readonly id: string
  readonly port: number
  readonly registeredAt: number
  draining: boolean
}

export interface TargetGroup {
  readonly arn: string
  readonly name: string
  readonly settings: Input
  /** By `id:port`. */
  readonly targets: Map<string, Target>
  readonly attributes: Map<string, string>
}

export interface Rule {
  readonly arn: string
  readonly listener: Listener
  readonly isDefault: boolean
  /** `default`, or a number from 1 to 50000. */
  priority: string
  conditions: readonly Input[]
  actions: readonly Input[]
}

export interface Listener {
  readonly arn: string
  readonly balancer: LoadBalancer
  readonly rules: Rule[]
  settings: Input
}

export interface LoadBalancer {
  readonly arn: string
  readonly name: string
  readonly description: Input
  readonly attributes: Map<string, string>
}

/** One account's load balancers in one region. */
export interface Elb {
  readonly caller: Caller
  readonly balancers: Map<string, LoadBalancer>
  readonly groups: Map<string, TargetGroup>
  readonly listeners: Map<string, Listener>
  /** Of every resource, by its ARN. */
  readonly tags: Map<string, Map<string, string>>
}

/** What the parts of ELB work with. */
export interface ElbWorld {
  readonly world: World
  readonly network: Network
  readonly state: (caller: Caller) => Elb
}

export const newElb = (caller: Caller): Elb => ({
  caller,
  balancers: new Map(),
  groups: new Map(),
  listeners: new Map(),
  tags: new Map(),
})

export const arnOf = ({ caller }: Elb, resource: string): string =>
  `arn:aws:elasticloadbalancing:${caller.region}:${caller.accountId}:${resource}`

/** In the query protocol an empty list comes as empty text. */
export const inputs = (value: unknown): Input[] => (Array.isArray(value) ? (value as Input[]) : [])
export const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
/** Query parameters are text; calls from inside the sandbox are not. */
export const isTrue = (value: unknown): boolean => String(value) === 'true'

/** A whole number within limits, or `otherwise` when absent. @throws AwsError ValidationError */
export function whole(value: unknown, name: string, least: number, most: number, otherwise: number): number {
  if (value === undefined || value === null || value === '') return otherwise
  const number = Number(value)
  if (!Number.isInteger(number) || number < least || number > most) {
    throw new AwsError('ValidationError', `${name} '${String(value)}' must be between ${least} and ${most}`)
  }
  return number
}

/** @throws AwsError TargetGroupNotFound */
export function groupOf(elb: Elb, arn: unknown): TargetGroup {
  const group = elb.groups.get(String(arn))
  if (group === undefined) throw new AwsError('TargetGroupNotFound', 'One or more target groups not found')
  return group
}

/** @throws AwsError LoadBalancerNotFound */
export function balancerOf(elb: Elb, arn: unknown): LoadBalancer {
  const balancer = elb.balancers.get(String(arn))
  if (balancer === undefined) throw new AwsError('LoadBalancerNotFound', 'One or more load balancers not found')
  return balancer
}

/** @throws AwsError ListenerNotFound */
export function listenerOf(elb: Elb, arn: unknown): Listener {
  const listener = elb.listeners.get(String(arn))
  if (listener === undefined) throw new AwsError('ListenerNotFound', 'One or more listeners not found')
  return listener
}

/** @throws AwsError RuleNotFound */
export function ruleOf(elb: Elb, arn: unknown): Rule {
  for (const { rules } of elb.listeners.values()) {
    const rule = rules.find((candidate) => candidate.arn === arn)
    if (rule !== undefined) return rule
  }
  throw new AwsError('RuleNotFound', 'One or more rules not found')
}

/** The target groups that an action forwards to. */
export const forwardedTo = (action: Input): readonly string[] =>
  inputs(action['ForwardConfig']?.TargetGroups).map((group) => String(group['TargetGroupArn']))

/** Listeners of which a rule forwards to a target group, whatever its weight. */
export const listenersTo = (elb: Elb, groupArn: string): Listener[] =>
  [...elb.listeners.values()].filter(({ rules }) =>
    rules.some(({ actions }) => actions.some((action) => forwardedTo(action).includes(groupArn))),
  )

/** One page by `PageSize` and `Marker`. @throws AwsError ValidationError */
export function page<T>(items: readonly T[], input: Input): { items: readonly T[]; NextMarker?: string } {
  const size = whole(input['PageSize'], 'PageSize', 1, 400, 400)
  const from = whole(input['Marker'], 'Marker', 0, items.length, 0)
  return {
    items: items.slice(from, from + size),
    ...(from + size < items.length ? { NextMarker: String(from + size) } : {}),
  }
}

/** What is asked for by ARN and by name, in that order; everything when nothing is. @throws what `missing` makes */
export function chosen<T extends { readonly arn: string; readonly name: string }>(
  all: Iterable<T>,
  arns: unknown,
  names: unknown,
  missing: () => AwsError,
): readonly T[] {
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
