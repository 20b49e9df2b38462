import { AwsError, type Input } from '../service.ts'
import { type Cluster, inputs, type TaskDefinition, texts } from './state.ts'

const isGiven = (value: unknown): boolean => value !== undefined && value !== null

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message)

/**
 * Holds a task's or a service's network settings against its task definition.
 * @throws AwsError InvalidParameterException
 */
export function checkNetwork(definition: TaskDefinition, networkConfiguration: unknown): void {
  const awsvpc = definition.body['networkMode'] === 'awsvpc'
  if (awsvpc && (networkConfiguration === undefined || networkConfiguration === null)) {
    throw invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
  }
  if (!awsvpc && networkConfiguration !== undefined && networkConfiguration !== null) {
    throw invalid('Network Configuration is not valid for the given networkMode of this task definition.')
  }
  const vpc = (networkConfiguration as Input | undefined)?.['awsvpcConfiguration'] as Input | undefined
  if (awsvpc && texts(vpc?.['subnets']).length === 0) throw invalid('subnets can not be empty.')
}

/** A request with the capacity providers that its cluster has for requests that name no capacity. */
export const launchIn = (cluster: Cluster, input: Input): Input =>
  isGiven(input['launchType']) ||
  inputs(input['capacityProviderStrategy']).length > 0 ||
  cluster.defaultStrategy.length === 0
    ? input
    : { ...input, capacityProviderStrategy: cluster.defaultStrategy }

/** The launch type that a request comes to. @throws AwsError InvalidParameterException */
export function launchTypeOf(input: Input, definition: TaskDefinition | undefined): string {
  const strategy = inputs(input['capacityProviderStrategy'])
  if (strategy.length > 0 && input['launchType'] !== undefined) {
    throw invalid(
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
    )
  }
  if (strategy.length > 0) {
    return strategy.some((one) => String(one['capacityProvider']).startsWith('FARGATE')) ? 'FARGATE' : 'EC2'
  }
  const launchType = String(input['launchType'] ?? 'EC2')
  if (launchType === 'FARGATE' && definition?.body['networkMode'] !== 'awsvpc' && definition !== undefined) {
    throw invalid('Task definition does not support launch_type FARGATE.')
  }
  return launchType
}
