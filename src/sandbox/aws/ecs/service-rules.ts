import type { World } from '../../world.ts'
import { AwsError, type Input } from '../service.ts'
import { type Ecs, inputs, type TaskDefinition, texts } from './state.ts'

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message)

interface ElbGroup {
  readonly TargetType: string
  readonly LoadBalancerArns: readonly string[]
}

async function targetGroup(world: World, ecs: Ecs, arn: string): Promise<ElbGroup> {
  try {
    const { TargetGroups } = await world.invoke<{ TargetGroups: ElbGroup[] }>(
      'elasticloadbalancing',
      'DescribeTargetGroups',
      { TargetGroupArns: [arn] },
      ecs.caller,
    )
    if (TargetGroups[0] !== undefined) return TargetGroups[0]
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
  }
  throw invalid(`The target group ${arn} does not exist.`)
}

/**
 * Holds the load balancers of a service or a task set against the task definition and the target groups.
 * @throws AwsError InvalidParameterException
 */
export async function checkLoadBalancers(
  world: World,
  ecs: Ecs,
  loadBalancers: readonly Input[],
  definition: TaskDefinition | undefined,
): Promise<void> {
  for (const { targetGroupArn, containerName, containerPort } of loadBalancers) {
    if (definition !== undefined) {
      const container = inputs(definition.body['containerDefinitions']).find(({ name }) => name === containerName)
      if (container === undefined)
        throw invalid(`The container ${containerName} does not exist in the task definition.`)
      if (!inputs(container['portMappings']).some((mapping) => mapping['containerPort'] === containerPort)) {
        throw invalid(`The container ${containerName} did not have a container port ${containerPort} defined.`)
      }
    }
    if (targetGroupArn === undefined) continue
    const group = await targetGroup(world, ecs, String(targetGroupArn))
    if (group.LoadBalancerArns.length === 0) {
      throw invalid(`The target group with targetGroupArn ${targetGroupArn} does not have an associated load balancer.`)
    }
    const awsvpc = definition?.body['networkMode'] === 'awsvpc'
    if (awsvpc && group.TargetType !== 'ip') {
      throw invalid(
        `The provided target group ${targetGroupArn} has target type ${group.TargetType}, which is incompatible with the awsvpc network mode specified in the task definition.`,
      )
    }
    if (definition !== undefined && !awsvpc && group.TargetType === 'ip') {
      const mode = definition.body['networkMode'] ?? 'bridge'
      throw invalid(
        `The provided target group ${targetGroupArn} has target type ip, which is incompatible with the ${mode} network mode specified in the task definition.`,
      )
    }
  }
}

/**
 * Holds the volumes that a service or a task brings against those that its definition leaves open.
 * @throws AwsError InvalidParameterException
 */
export function checkVolumes(definition: TaskDefinition, volumeConfigurations: unknown): void {
  const open = inputs(definition.body['volumes']).filter(({ configuredAtLaunch }) => configuredAtLaunch === true)
  const given = inputs(volumeConfigurations)
  if (given.some((volume) => !open.some(({ name }) => name === volume['name']))) {
    throw invalid('Volume configuration provided but no matching configuredAtLaunch volume found in task definition.')
  }
  const without = open.find(({ name }) => !given.some((volume) => volume['name'] === name))
  if (without !== undefined) {
    throw invalid(
      `The volume ${without['name']} is configured at launch, but no volume configuration was provided for it.`,
    )
  }
}

const within = (value: unknown, least: number, most: number, name: string): void => {
  if (value === undefined || value === null) return
  if (typeof value !== 'number' || value < least || value > most) {
    throw invalid(`${name} must be between ${least} and ${most}.`)
  }
}

/** @throws AwsError InvalidParameterException, ClientException */
export function checkDeploymentConfiguration(configuration: unknown, controller: string): void {
  if (configuration === undefined || configuration === null) return
  const given = configuration as Input
  const strategy = String(given['strategy'] ?? 'ROLLING')
  if (!['ROLLING', 'BLUE_GREEN', 'LINEAR', 'CANARY'].includes(strategy)) throw invalid('Invalid deployment strategy.')
  if (given['deploymentCircuitBreaker']?.enable === true && controller !== 'ECS') {
    throw invalid('Deployment circuit breaker feature can only be enabled for ECS deployment controller.')
  }
  within(given['maximumPercent'], 0, 2_000, 'maximumPercent')
  within(given['minimumHealthyPercent'], 0, 100, 'minimumHealthyPercent')
  if (given['maximumPercent'] === 0 || (given['maximumPercent'] === 100 && given['minimumHealthyPercent'] === 100)) {
    throw invalid('Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.')
  }
  within(given['bakeTimeInMinutes'], 0, 1_440, 'bakeTimeInMinutes')
  within(given['linearConfiguration']?.stepPercent, 3, 100, 'stepPercent')
  within(given['linearConfiguration']?.stepBakeTimeInMinutes, 0, 1_440, 'stepBakeTimeInMinutes')
  within(given['canaryConfiguration']?.canaryPercent, 0.1, 100, 'canaryPercent')
  within(given['canaryConfiguration']?.canaryBakeTimeInMinutes, 0, 1_440, 'canaryBakeTimeInMinutes')
  for (const hook of inputs(given['lifecycleHooks'])) {
    if (strategy === 'ROLLING') throw invalid('Lifecycle hooks are not supported with the ROLLING deployment strategy.')
    if (texts(hook['lifecycleStages']).length === 0) throw invalid('lifecycleStages cannot be empty.')
    if (hook['targetType'] !== 'PAUSE' && hook['hookTargetArn'] === undefined) {
      throw invalid('hookTargetArn cannot be empty.')
    }
    within(hook['timeoutConfiguration']?.timeoutInMinutes, 1, 20_160, 'timeoutInMinutes')
  }
}

const elsewhere: Readonly<Record<string, string>> = {
  CODE_DEPLOY: 'Use AWS CodeDeploy to trigger a new deployment.',
  EXTERNAL: 'Use CreateTaskSet to trigger a new deployment.',
}

/** What UpdateService does not do for services that something else moves. @throws AwsError InvalidParameterException */
export function checkUpdatable(input: Input, controller: string): void {
  if (controller === 'ECS' || input['deploymentController']?.type === 'ECS') return
  const on = `on services with a ${controller} deployment controller. ${elsewhere[controller]}`
  const refused: [string, string][] = [
    ['taskDefinition', 'task definition'],
    ['networkConfiguration', 'network parameters'],
    ['platformVersion', 'platform version'],
    ['loadBalancers', 'load balancers'],
    ['serviceRegistries', 'service registries'],
    ['capacityProviderStrategy', 'capacity provider strategy'],
  ]
  const given = refused.find(([name]) => input[name] !== undefined && input[name] !== null)
  if (given !== undefined) throw invalid(`Unable to update ${given[1]} ${on}`)
  if (input['forceNewDeployment'] === true) throw invalid(`Cannot force a new deployment ${on}`)
}
