import type { CapacityProviderStrategyItem, LoadBalancer, NetworkConfiguration, Service } from '@aws-sdk/client-ecs'
import { didYouMean } from '../action/closest.ts'
import { UserError } from '../action/errors.ts'
import type { AppSpec } from './appspec.ts'

/** What a generated AppSpec has of its own; the rest is the live service's. */
export interface AppSpecWishes {
  readonly containerName: string | undefined
  readonly containerPort: number | undefined
  readonly platformVersion: string | undefined
  readonly subnets: readonly string[] | undefined
  readonly securityGroups: readonly string[] | undefined
  readonly assignPublicIp: 'ENABLED' | 'DISABLED' | undefined
  /** Lambda functions by lifecycle event. */
  readonly hooks: Readonly<Record<string, string>>
}

export const noWishes: AppSpecWishes = {
  containerName: undefined,
  containerPort: undefined,
  platformVersion: undefined,
  subnets: undefined,
  securityGroups: undefined,
  assignPublicIp: undefined,
  hooks: {},
}

/**
 * The AppSpec that moves a live service: its own container, port, platform version, network and capacity providers, changed as wished.
 * @throws UserError when the service has no load balancer, or several and none is chosen
 */
export function appSpecOf(service: Service, wishes: AppSpecWishes = noWishes): AppSpec {
  const balancer = chosenBalancer(service, wishes)
  const hooks = Object.entries(wishes.hooks).map(([event, name]) => ({ [event]: name }))
  return {
    version: 0,
    Resources: [
      {
        TargetService: {
          Type: 'AWS::ECS::Service',
          Properties: {
            TaskDefinition: '',
            LoadBalancerInfo: { ContainerName: balancer.containerName, ContainerPort: balancer.containerPort },
            ...Object.fromEntries(
              Object.entries(propertiesOf(service, wishes)).filter(([, value]) => value !== undefined),
            ),
          },
        },
      },
    ],
    ...(hooks.length > 0 && { Hooks: hooks }),
  }
}

/** What of a live service an AppSpec can change. */
export interface LiveSettings {
  /** `container:port` of each load balancer. */
  readonly balancers: readonly string[]
  readonly properties: Readonly<Record<string, unknown>>
}

export const liveSettings = (service: Service): LiveSettings => ({
  balancers: balancersOf(service).map(shown),
  properties: propertiesOf(service, noWishes),
})

const primaryOf = (service: Service) => service.taskSets?.find(({ status }) => status === 'PRIMARY')

function propertiesOf(service: Service, wishes: AppSpecWishes): Record<string, unknown> {
  const primary = primaryOf(service)
  const isFargate = (primary?.launchType ?? service.launchType) === 'FARGATE'
  const own = isFargate ? (primary?.platformVersion ?? service.platformVersion) : undefined
  const strategy = strategyOf(primary?.capacityProviderStrategy ?? service.capacityProviderStrategy ?? [])
  return {
    PlatformVersion: wishes.platformVersion ?? own,
    NetworkConfiguration: networkOf(primary?.networkConfiguration ?? service.networkConfiguration, wishes),
    CapacityProviderStrategy: strategy.length > 0 ? strategy : undefined,
  }
}

/** A service stands behind each target group of a pair in turn, with the same container and port: each once. */
function balancersOf(service: Service): readonly LoadBalancer[] {
  const all = primaryOf(service)?.loadBalancers ?? service.loadBalancers ?? []
  return all.filter(
    (one, at) =>
      one.containerName !== undefined &&
      one.containerPort !== undefined &&
      all.findIndex((other) => shown(other) === shown(one)) === at,
  )
}

const shown = (balancer: LoadBalancer): string => `${balancer.containerName}:${balancer.containerPort}`

function chosenBalancer(service: Service, wishes: AppSpecWishes): LoadBalancer {
  const usable = balancersOf(service)
  if (usable.length === 0) {
    throw new UserError(
      `the service '${service.serviceName}' has no load balancer to shift: give an AppSpec in the input codedeploy-appspec`,
    )
  }
  const { containerName, containerPort } = wishes
  const fitting = usable.filter(
    (one) =>
      (containerName === undefined || one.containerName === containerName) &&
      (containerPort === undefined || one.containerPort === containerPort),
  )
  const choices = usable.map(shown).join(', ')
  const [first, ...more] = fitting
  if (first === undefined) {
    const asked = [containerName ?? 'any container', containerPort ?? 'any port'].join(':')
    const near =
      containerName === undefined
        ? ''
        : didYouMean(
            containerName,
            usable.map((one) => one.containerName ?? ''),
          )
    throw new UserError(`the load balancers of '${service.serviceName}' have no ${asked}, only ${choices}${near}`)
  }
  if (more.length > 0) {
    throw new UserError(
      `the service '${service.serviceName}' has several load balancers: choose one of ${choices} by container-name and container-port`,
    )
  }
  return first
}

/** In an order of its own, so that the same service gives the same AppSpec each time. */
function networkOf(live: NetworkConfiguration | undefined, wishes: AppSpecWishes): object | undefined {
  const vpc = live?.awsvpcConfiguration
  const subnets = wishes.subnets ?? vpc?.subnets ?? []
  if (subnets.length === 0) {
    if (wishes.securityGroups === undefined && wishes.assignPublicIp === undefined) return undefined
    throw new UserError('the service has no network configuration of its own: give subnets too')
  }
  const securityGroups = wishes.securityGroups ?? vpc?.securityGroups ?? []
  const assignPublicIp = wishes.assignPublicIp ?? vpc?.assignPublicIp
  return {
    AwsvpcConfiguration: {
      Subnets: [...subnets].sort(),
      ...(securityGroups.length > 0 && { SecurityGroups: [...securityGroups].sort() }),
      ...(assignPublicIp && { AssignPublicIp: assignPublicIp }),
    },
  }
}

const strategyOf = (items: readonly CapacityProviderStrategyItem[]): readonly object[] =>
  items.map(({ capacityProvider, base, weight }) => ({
    CapacityProvider: capacityProvider,
    ...(base === undefined ? {} : { Base: base }),
    ...(weight === undefined ? {} : { Weight: weight }),
  }))
