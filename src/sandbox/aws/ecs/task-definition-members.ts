import type { Input } from '../service.ts'
import { inputs } from './state.ts'

/** What RegisterTaskDefinition takes and DescribeTaskDefinition gives back; `tags` stand beside it. */
const taskMembers = [
  'family',
  'taskRoleArn',
  'executionRoleArn',
  'networkMode',
  'containerDefinitions',
  'volumes',
  'placementConstraints',
  'requiresCompatibilities',
  'cpu',
  'memory',
  'pidMode',
  'ipcMode',
  'proxyConfiguration',
  'inferenceAccelerators',
  'ephemeralStorage',
  'runtimePlatform',
  'enableFaultInjection',
]

const containerMembers = [
  ...['name', 'image', 'repositoryCredentials', 'cpu', 'memory', 'memoryReservation', 'links', 'portMappings'],
  ...['essential', 'restartPolicy', 'entryPoint', 'command', 'environment', 'environmentFiles', 'mountPoints'],
  ...['volumesFrom', 'linuxParameters', 'secrets', 'dependsOn', 'startTimeout', 'stopTimeout', 'versionConsistency'],
  ...['hostname', 'user', 'workingDirectory', 'disableNetworking', 'privileged', 'readonlyRootFilesystem'],
  ...['dnsServers', 'dnsSearchDomains', 'extraHosts', 'dockerSecurityOptions', 'interactive', 'pseudoTerminal'],
  ...['dockerLabels', 'ulimits', 'logConfiguration', 'healthCheck', 'systemControls', 'resourceRequirements'],
  ...['firelensConfiguration', 'credentialSpecs'],
]

/** Members of what stands inside a container definition; what is not named here is kept as it came. */
const nestedMembers: Readonly<Record<string, readonly string[]>> = {
  portMappings: ['containerPort', 'hostPort', 'protocol', 'name', 'appProtocol', 'containerPortRange'],
  environment: ['name', 'value'],
  environmentFiles: ['value', 'type'],
  secrets: ['name', 'valueFrom'],
  mountPoints: ['sourceVolume', 'containerPath', 'readOnly'],
  volumesFrom: ['sourceContainer', 'readOnly'],
  dependsOn: ['containerName', 'condition'],
  logConfiguration: ['logDriver', 'options', 'secretOptions'],
  healthCheck: ['command', 'interval', 'timeout', 'retries', 'startPeriod'],
  ulimits: ['name', 'softLimit', 'hardLimit'],
  resourceRequirements: ['value', 'type'],
}

const pick = (value: Input, names: readonly string[]): Input =>
  Object.fromEntries(
    names.filter((name) => value[name] !== undefined && value[name] !== null).map((name) => [name, value[name]]),
  )

function container(definition: Input): Input {
  const kept = pick(definition, containerMembers)
  for (const [name, members] of Object.entries(nestedMembers)) {
    const value: unknown = kept[name]
    if (Array.isArray(value)) kept[name] = inputs(value).map((item) => pick(item, members))
    else if (typeof value === 'object' && value !== null) kept[name] = pick(value as Input, members)
  }
  return kept
}

/** What ECS adds to a container that does not say otherwise. */
function withDefaults(definition: Input, networkMode: unknown): Input {
  const hostPort = networkMode === 'awsvpc' || networkMode === 'host'
  const { healthCheck } = definition
  return {
    cpu: 0,
    essential: true,
    environment: [],
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
    ...definition,
    ...(healthCheck === undefined ? {} : { healthCheck: { interval: 30, timeout: 5, retries: 3, ...healthCheck } }),
    portMappings: inputs(definition['portMappings']).map((mapping) => ({
      ...mapping,
      hostPort: mapping['hostPort'] ?? (hostPort ? mapping['containerPort'] : 0),
      protocol: mapping['protocol'] ?? 'tcp',
    })),
  }
}

/** What ECS keeps of a registration: the members of its model and no others, with the defaults that it adds. */
export function keptDefinition(input: Input): Input {
  return {
    volumes: [],
    placementConstraints: [],
    ...pick(input, taskMembers),
    containerDefinitions: inputs(input['containerDefinitions']).map((one) =>
      withDefaults(container(one), input['networkMode']),
    ),
  }
}
