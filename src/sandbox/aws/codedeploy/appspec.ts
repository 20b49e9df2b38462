import { createHash } from 'node:crypto'
import { parseDocument } from 'yaml'
import { AwsError, type Input } from '../service.ts'

/** The lifecycle events of a deployment to ECS, in order. */
export const lifecycleEvents = [
  'BeforeInstall',
  'Install',
  'AfterInstall',
  'AllowTestTraffic',
  'AfterAllowTestTraffic',
  'BeforeAllowTraffic',
  'AllowTraffic',
  'AfterAllowTraffic',
] as const
export type LifecycleEventName = (typeof lifecycleEvents)[number]

const scriptable = new Set<string>([
  'BeforeInstall',
  'AfterInstall',
  'AfterAllowTestTraffic',
  'BeforeAllowTraffic',
  'AfterAllowTraffic',
])

/** What an AppSpec for ECS asks for. */
export interface AppSpec {
  readonly taskDefinition: string
  readonly containerName: string
  readonly containerPort: number
  readonly platformVersion: string | undefined
  /** As ECS takes them, absent when the AppSpec says nothing. */
  readonly networkConfiguration: Record<string, unknown> | undefined
  readonly capacityProviderStrategy: readonly unknown[] | undefined
  /** Lambda functions by event. */
  readonly hooks: Readonly<Partial<Record<LifecycleEventName, string>>>
}

const invalid = (message: string): AwsError => new AwsError('InvalidRevisionException', message)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A member whatever the case of its name: the AWS CLI and the official action write both `Resources` and `resources`. */
function member(of: Record<string, unknown>, name: string): unknown {
  const key = Object.keys(of).find((candidate) => candidate.toLowerCase() === name.toLowerCase())
  return key === undefined ? undefined : of[key]
}

const object = (of: Record<string, unknown>, name: string): Record<string, unknown> => {
  const value = member(of, name)
  if (!isObject(value)) throw invalid(`The AppSpec file is not valid: ${name} is missing or is not a map.`)
  return value
}

/** The content of a revision, its digest checked; with the revision as it is kept. Throws InvalidRevisionException. */
export function revisionContent(revision: Input): { content: string; kept: Input } {
  const source = revision['revisionType'] === 'String' ? revision['string'] : revision['appSpecContent']
  if (revision['revisionType'] !== 'String' && revision['revisionType'] !== 'AppSpecContent') {
    throw invalid(
      'For ECS deployments, the revision type must be AppSpecContent or String; the sandbox keeps no S3 objects.',
    )
  }
  const content: unknown = isObject(source) ? source['content'] : undefined
  if (typeof content !== 'string' || content === '') throw invalid('The AppSpec content is missing.')
  const sha256 = createHash('sha256').update(content).digest('hex')
  const claimed = (source as Input)['sha256'] as unknown
  if (claimed !== undefined && claimed !== sha256) {
    throw invalid('The SHA256 hash of the AppSpec content does not match the one that was sent.')
  }
  const name = revision['revisionType'] === 'String' ? 'string' : 'appSpecContent'
  return { content, kept: { revisionType: revision['revisionType'], [name]: { content, sha256 } } }
}

function yamlOf(content: string): unknown {
  const wrong = (detail: string): AwsError =>
    invalid(`The AppSpec file is neither valid JSON nor valid YAML: ${detail}`)
  const document = parseDocument(content, { schema: 'core' })
  const [first] = document.errors
  if (first !== undefined) throw wrong(first.message)
  try {
    return document.toJS({ maxAliasCount: 50 })
  } catch (error) {
    // Aliases of nothing, or too many of them.
    if (error instanceof ReferenceError) throw wrong(error.message)
    throw error
  }
}

/** Reads an AppSpec for ECS, YAML or JSON. Throws InvalidRevisionException. */
export function parseAppSpec(content: string): AppSpec {
  const root = yamlOf(content)
  if (!isObject(root)) throw invalid('The AppSpec file is empty or is not a map.')
  if (String(member(root, 'version')) !== '0' && String(member(root, 'version')) !== '0.0') {
    throw invalid('The AppSpec file has no valid version: it must be 0.0.')
  }
  const resources = member(root, 'Resources')
  if (!Array.isArray(resources) || resources.length !== 1 || !isObject(resources[0])) {
    throw invalid('The AppSpec file must name exactly one resource.')
  }
  const resource = Object.values(resources[0])[0]
  if (!isObject(resource) || member(resource, 'Type') !== 'AWS::ECS::Service') {
    throw invalid('The resource of the AppSpec file must be of the type AWS::ECS::Service.')
  }
  const properties = object(resource, 'Properties')
  const balancer = object(properties, 'LoadBalancerInfo')
  const taskDefinition = member(properties, 'TaskDefinition')
  const containerName = member(balancer, 'ContainerName')
  const containerPort = Number(member(balancer, 'ContainerPort'))
  if (typeof taskDefinition !== 'string' || taskDefinition === '') {
    throw invalid('The AppSpec file names no TaskDefinition.')
  }
  if (typeof containerName !== 'string' || !Number.isInteger(containerPort) || containerPort < 1) {
    throw invalid('LoadBalancerInfo of the AppSpec file needs a ContainerName and a ContainerPort.')
  }
  const network = member(properties, 'NetworkConfiguration')
  const strategy = member(properties, 'CapacityProviderStrategy')
  const platform = member(properties, 'PlatformVersion')
  return {
    taskDefinition,
    containerName,
    containerPort,
    platformVersion: typeof platform === 'string' ? platform : undefined,
    networkConfiguration: isObject(network) ? (lowered(network) as Record<string, unknown>) : undefined,
    capacityProviderStrategy: Array.isArray(strategy) ? (lowered(strategy) as unknown[]) : undefined,
    hooks: hooksOf(member(root, 'Hooks')),
  }
}

/** AppSpec members begin with a capital letter, those of the ECS API with a small one. */
function lowered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowered)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name.charAt(0).toLowerCase() + name.slice(1), lowered(item)]),
  )
}

function hooksOf(value: unknown): AppSpec['hooks'] {
  if (value === undefined || value === null) return {}
  if (!Array.isArray(value)) throw invalid('Hooks of the AppSpec file must be a list.')
  const hooks: Partial<Record<LifecycleEventName, string>> = {}
  for (const [event, name] of value.filter(isObject).flatMap((hook) => Object.entries(hook))) {
    if (!scriptable.has(event)) throw invalid(`The AppSpec file has a hook for ${event}, which takes none.`)
    if (typeof name !== 'string' || name === '')
      throw invalid(`The hook ${event} of the AppSpec file names no function.`)
    hooks[event as LifecycleEventName] = name
  }
  return hooks
}
