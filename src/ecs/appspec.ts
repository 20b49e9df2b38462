import type { Service } from '@aws-sdk/client-ecs'
import { parse as parseYaml } from 'yaml'
import { messageOf, UserError } from '../action/errors.ts'

/** An AppSpec for ECS, with whatever else the user wrote. */
export interface AppSpec {
  [member: string]: unknown
}

type Node = Record<string, unknown>
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

/** AppSpec members are read without regard to case, as CodeDeploy does. */
const keyOf = (node: Node, name: string): string | undefined =>
  Object.keys(node).find((key) => key.toLowerCase() === name.toLowerCase())

/**
 * Reads an AppSpec (YAML or JSON).
 * @throws UserError when it names no ECS target service
 */
export function parseAppSpec(text: string, file: string): AppSpec {
  if (text.length > 256 * 1024) throw new UserError(`${file}: is larger than 256 KiB`)
  let value: unknown
  try {
    value = parseYaml(text, { maxAliasCount: 100 })
  } catch (error) {
    throw new UserError(`${file}: is neither YAML nor JSON: ${messageOf(error)}`, { cause: error })
  }
  if (!isNode(value) || targetProperties(value).length === 0) {
    throw new UserError(`${file}: expected Resources with a TargetService of type AWS::ECS::Service`)
  }
  return value
}

function targetProperties(spec: Node): Node[] {
  const resources = spec[keyOf(spec, 'Resources') ?? '']
  const found: Node[] = []
  for (const resource of Array.isArray(resources) ? resources : []) {
    for (const target of isNode(resource) ? Object.values(resource) : []) {
      if (!isNode(target)) continue
      const key = keyOf(target, 'Properties')
      if (key !== undefined && isNode(target[key])) found.push(target[key])
    }
  }
  return found
}

/** The same AppSpec with the task definition in each target; nothing else is touched. */
export function withTaskDefinition(spec: AppSpec, taskDefinitionArn: string): AppSpec {
  const copy = structuredClone(spec)
  for (const properties of targetProperties(copy))
    properties[keyOf(properties, 'TaskDefinition') ?? 'TaskDefinition'] = taskDefinitionArn
  return copy
}

/** The task definitions that an AppSpec deploys. */
export function taskDefinitionsIn(spec: AppSpec): readonly string[] {
  return targetProperties(spec).flatMap((properties) => {
    const value = properties[keyOf(properties, 'TaskDefinition') ?? '']
    return typeof value === 'string' ? [value] : []
  })
}

/**
 * The AppSpec that moves a live service: its own container, port and platform version.
 * @throws UserError when the service has no load balancer
 */
export function appSpecOf(service: Service): AppSpec {
  const primary = service.taskSets?.find(({ status }) => status === 'PRIMARY')
  const balancer = (primary?.loadBalancers ?? service.loadBalancers)?.[0]
  if (balancer?.containerName === undefined || balancer.containerPort === undefined) {
    throw new UserError(
      `the service '${service.serviceName}' has no load balancer to shift: give an AppSpec in the input codedeploy-appspec`,
    )
  }
  const platformVersion = primary?.platformVersion ?? service.platformVersion
  const isFargate = (primary?.launchType ?? service.launchType) === 'FARGATE'
  return {
    version: 0,
    Resources: [
      {
        TargetService: {
          Type: 'AWS::ECS::Service',
          Properties: {
            TaskDefinition: '',
            LoadBalancerInfo: { ContainerName: balancer.containerName, ContainerPort: balancer.containerPort },
            ...(isFargate && platformVersion !== undefined ? { PlatformVersion: platformVersion } : {}),
          },
        },
      },
    ],
  }
}

/** The text that CodeDeploy gets: JSON, its version written as CodeDeploy's documentation writes it. */
export function appSpecContent(spec: AppSpec): string {
  const { [keyOf(spec, 'version') ?? 'version']: _, ...rest } = spec
  return `{"version":0.0,${JSON.stringify(rest).slice(1)}`
}
