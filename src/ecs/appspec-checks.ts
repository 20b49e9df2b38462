import { didYouMean } from '../action/closest.ts'
import { type AppSpec, hooksIn, memberOf, targetProperties } from './appspec.ts'
import type { LiveSettings } from './appspec-of-service.ts'
import type { TaskDefinition } from './task-definition.ts'

/** The lifecycle events that take a Lambda function (AppSpec reference, hooks for an Amazon ECS deployment). */
export const hookEvents = [
  'BeforeInstall',
  'AfterInstall',
  'AfterAllowTestTraffic',
  'BeforeAllowTraffic',
  'AfterAllowTraffic',
] as const

/** What is wrong with a hook, a line each. */
export function hookProblems(hooks: readonly (readonly [event: string, name: unknown])[]): readonly string[] {
  return hooks.flatMap(([event, name]) => {
    if (!(hookEvents as readonly string[]).includes(event))
      return [`there is no hook '${event}'${didYouMean(event, hookEvents)} (the hooks are ${hookEvents.join(', ')})`]
    if (typeof name !== 'string' || name.trim() === '') return [`the hook ${event} names no function`]
    if (/\s/.test(name) || (name.startsWith('arn:') && !/^arn:[\w-]+:lambda:/.test(name)))
      return [`the hook ${event}: '${name}' is neither the name nor the ARN of a Lambda function`]
    return []
  })
}

/** Why an AppSpec cannot deploy this task definition, a line each: hooks that are none, a container or port that is not there. */
export function appSpecProblems(spec: AppSpec, document: TaskDefinition): readonly string[] {
  return [
    ...hookProblems(hooksIn(spec)).map((problem) => `AppSpec: ${problem}`),
    ...targetProperties(spec).flatMap((properties) =>
      balancerProblems(memberOf(properties, 'LoadBalancerInfo'), document),
    ),
  ]
}

function balancerProblems(balancer: unknown, document: TaskDefinition): readonly string[] {
  const name = memberOf(balancer, 'ContainerName')
  const port = Number(memberOf(balancer, 'ContainerPort'))
  if (typeof name !== 'string' || !Number.isInteger(port))
    return ['AppSpec: LoadBalancerInfo needs a ContainerName and a ContainerPort']
  const containers = document.containerDefinitions ?? []
  const container = containers.find((one) => one.name === name)
  if (container === undefined) {
    const names = containers.map((one) => String(one.name))
    return [
      `AppSpec: the task definition has no container '${name}', only ${names.join(', ')}${didYouMean(name, names)}`,
    ]
  }
  const mappings = Array.isArray(container['portMappings']) ? (container['portMappings'] as unknown[]) : []
  if (mappings.some((mapping) => maps(mapping, port))) return []
  const ports = mappings.map((mapping) =>
    String(memberOf(mapping, 'containerPort') ?? memberOf(mapping, 'containerPortRange')),
  )
  return [
    `AppSpec: the container '${name}' of the task definition has no port ${port}, only ${ports.join(', ') || 'none'}`,
  ]
}

function maps(mapping: unknown, port: number): boolean {
  const [from, to] = String(memberOf(mapping, 'containerPortRange') ?? '')
    .split('-')
    .map(Number)
  return (
    memberOf(mapping, 'containerPort') === port ||
    (from !== undefined && to !== undefined && from <= port && port <= to)
  )
}

/** What an AppSpec asks for that the live service does not have. Members that it leaves out stay as they are. */
export function settingsChanged(spec: AppSpec, live: LiveSettings): readonly string[] {
  const targets = targetProperties(spec)
  const changed = Object.entries(live.properties).filter(([name, now]) =>
    targets.some((properties) => {
      const asked = memberOf(properties, name)
      // What LATEST stands for at the moment is for AWS to say.
      if (asked === undefined || asked === null || asked === 'LATEST') return false
      return comparable(asked) !== comparable(now)
    }),
  )
  const moved = targets.some((properties) => {
    const balancer = memberOf(properties, 'LoadBalancerInfo')
    return !live.balancers.includes(`${memberOf(balancer, 'ContainerName')}:${memberOf(balancer, 'ContainerPort')}`)
  })
  return [...changed.map(([name]) => name), ...(moved ? ['LoadBalancerInfo'] : [])]
}

/** The same text for values that differ in the case of member names, in the order of members and lists, or in saying nothing. */
function comparable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(comparable).sort().join()}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const members = Object.entries(value)
    .filter(([, item]) => item !== undefined && item !== null && !(Array.isArray(item) && item.length === 0))
    .filter(([name, item]) => !(name.toLowerCase() === 'base' && item === 0))
    .map(([name, item]): [string, string] => [name.toLowerCase(), comparable(item)])
  return `{${members
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, item]) => `${name}:${item}`)
    .join()}}`
}
