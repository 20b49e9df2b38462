import type { Input } from '../service.ts'
import { inputs, seconds, type Task, texts } from './state.ts'

function overallHealth({ containers }: Task): string {
  const checked = containers.filter(({ body, essential }) => essential && body['healthCheck'] !== undefined)
  if (checked.some(({ health }) => health === 'UNHEALTHY')) return 'UNHEALTHY'
  return checked.length > 0 && checked.every(({ health }) => health === 'HEALTHY') ? 'HEALTHY' : 'UNKNOWN'
}

/** The network interface of a task in awsvpc mode. */
function attachment(task: Task): Input {
  const vpc = task.networkConfiguration?.['awsvpcConfiguration'] as Input | undefined
  const status =
    task.lastStatus === 'STOPPED' ? 'DELETED' : task.lastStatus === 'PROVISIONING' ? 'PRECREATED' : 'ATTACHED'
  const mac = (task.id.slice(0, 10).match(/../g) ?? []).join(':')
  const details: [string, string][] = [
    ['subnetId', texts(vpc?.['subnets'])[0] ?? 'subnet-0a'],
    ['networkInterfaceId', `eni-${task.id.slice(0, 17)}`],
    ['macAddress', `0a:${mac}`],
    ['privateDnsName', `ip-${task.ip.replaceAll('.', '-')}.internal`],
    ['privateIPv4Address', task.ip],
  ]
  return {
    id: attachmentId(task),
    type: 'ElasticNetworkInterface',
    status,
    details: details.map(([name, value]) => ({ name, value })),
  }
}

const attachmentId = ({ id }: Task): string =>
  [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-')

/** A container's ports on its instance, once the task runs. */
const bindingsOf = ({ host, startedAt }: Task, container: string): Input[] =>
  startedAt === undefined
    ? []
    : (host?.bindings ?? [])
        .filter((binding) => binding.container === container)
        .map(({ containerPort, hostPort, protocol }) => ({ bindIP: '0.0.0.0', containerPort, hostPort, protocol }))

/** A task as DescribeTasks shows it. */
export function describeTask(task: Task, tags: readonly Input[] = []): Input {
  const isFargate = task.launchType === 'FARGATE'
  const awsvpc = task.definition.body['networkMode'] === 'awsvpc'
  const overridden = inputs(task.overrides['containerOverrides'])
  const text = (value: unknown): string | undefined => (value === undefined ? undefined : String(value))
  return {
    taskArn: task.arn,
    clusterArn: task.cluster.arn,
    containerInstanceArn: task.host?.instance.arn,
    taskDefinitionArn: task.definition.arn,
    containers: task.containers.map((container) => ({
      containerArn: container.arn,
      taskArn: task.arn,
      name: container.name,
      image: container.image,
      imageDigest: container.digest,
      runtimeId: container.runtimeId,
      lastStatus: container.lastStatus,
      exitCode: container.exitCode,
      reason: container.reason,
      networkBindings: bindingsOf(task, container.name),
      networkInterfaces: awsvpc ? [{ attachmentId: attachmentId(task), privateIpv4Address: task.ip }] : [],
      healthStatus: container.health,
      cpu: text(container.body['cpu']),
      memory: text(container.body['memory']),
      memoryReservation: text(container.body['memoryReservation']),
    })),
    overrides: {
      inferenceAcceleratorOverrides: [],
      ...task.overrides,
      containerOverrides: task.containers.map(
        ({ name }) => overridden.find((override) => override['name'] === name) ?? { name },
      ),
    },
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    cpu: text(task.definition.body['cpu']),
    memory: text(task.definition.body['memory']),
    createdAt: seconds(task.createdAt),
    pullStartedAt: seconds(task.pullStartedAt),
    pullStoppedAt: seconds(task.pullStoppedAt),
    startedAt: seconds(task.startedAt),
    stoppingAt: seconds(task.stoppingAt),
    executionStoppedAt: seconds(task.executionStoppedAt),
    stoppedAt: seconds(task.stoppedAt),
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    startedBy: task.startedBy,
    group: task.group,
    launchType: task.launchType,
    capacityProviderName: task.capacityProvider,
    platformVersion: isFargate ? '1.4.0' : undefined,
    platformFamily: isFargate ? 'Linux' : undefined,
    version: task.version,
    connectivity: task.startedAt === undefined ? undefined : 'CONNECTED',
    connectivityAt: seconds(task.startedAt),
    healthStatus: overallHealth(task),
    enableExecuteCommand: task.enableExecuteCommand,
    attributes: isFargate ? [{ name: 'ecs.cpu-architecture', value: 'x86_64' }] : [],
    tags,
    attachments: awsvpc ? [attachment(task)] : [],
  }
}
