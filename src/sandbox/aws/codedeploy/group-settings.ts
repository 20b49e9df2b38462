import { AwsError, type Input } from '../service.ts'
import type { AlarmConfiguration, AutoRollback, BlueGreen, GroupSettings, PairInfo } from './state.ts'

const isObject = (value: unknown): value is Input =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const text = (value: unknown): value is string => typeof value === 'string' && value !== ''

const texts = (value: unknown): value is string[] => Array.isArray(value) && value.every(text)

/** The settings of a group for ECS as a client sends them; what it leaves out stays as it was in `before`. */
export function parseGroupSettings(input: Input, before: GroupSettings | undefined): GroupSettings {
  for (const member of ['ec2TagFilters', 'onPremisesInstanceTagFilters', 'autoScalingGroups']) {
    if (Array.isArray(input[member]) && input[member].length > 0) {
      throw new AwsError('InvalidInputException', `A deployment group for ECS takes no ${member}.`)
    }
  }
  const serviceRoleArn: unknown = input['serviceRoleArn'] ?? before?.serviceRoleArn
  if (!text(serviceRoleArn)) throw new AwsError('RoleRequiredException', 'The service role ARN is required.')
  if (!/^arn:[\w-]+:iam::\d{12}:role\/.+$/.test(serviceRoleArn)) {
    throw new AwsError('InvalidRoleException', `The service role ARN ${serviceRoleArn} is not valid.`)
  }
  const configName: unknown = input['deploymentConfigName']
  return {
    deploymentConfigName: text(configName)
      ? configName
      : (before?.deploymentConfigName ?? 'CodeDeployDefault.ECSAllAtOnce'),
    serviceRoleArn,
    deploymentStyle: parseStyle(input['deploymentStyle'] ?? before?.deploymentStyle),
    blueGreenDeploymentConfiguration: parseBlueGreen(
      input['blueGreenDeploymentConfiguration'] ?? before?.blueGreenDeploymentConfiguration,
    ),
    loadBalancerInfo: parseLoadBalancer(input['loadBalancerInfo'] ?? before?.loadBalancerInfo),
    ecsServices: parseServices(input['ecsServices'] ?? before?.ecsServices),
    alarmConfiguration: parseAlarms(input['alarmConfiguration']) ?? before?.alarmConfiguration,
    autoRollbackConfiguration:
      parseAutoRollback(input['autoRollbackConfiguration']) ?? before?.autoRollbackConfiguration,
    triggerConfigurations:
      (input['triggerConfigurations'] as unknown[] | undefined) ?? before?.triggerConfigurations ?? [],
    outdatedInstancesStrategy:
      (input['outdatedInstancesStrategy'] as string | undefined) ?? before?.outdatedInstancesStrategy ?? 'UPDATE',
  }
}

function parseStyle(value: unknown): GroupSettings['deploymentStyle'] {
  if (
    !isObject(value) ||
    value['deploymentType'] !== 'BLUE_GREEN' ||
    value['deploymentOption'] !== 'WITH_TRAFFIC_CONTROL'
  ) {
    throw new AwsError(
      'InvalidDeploymentStyleException',
      'For ECS deployment groups, the deployment style must be BLUE_GREEN and WITH_TRAFFIC_CONTROL.',
    )
  }
  return { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' }
}

/** The longest a group may wait for a ContinueDeployment, or before the original task set ends: two days. */
const longestWait = 2_880

function parseBlueGreen(value: unknown): BlueGreen {
  const wrong = (message: string): AwsError => new AwsError('InvalidBlueGreenDeploymentConfigurationException', message)
  if (!isObject(value)) throw wrong('For ECS deployment groups, the blue/green deployment configuration is required.')
  const minutes = (from: unknown, name: string): number => {
    if (from === undefined) return 0
    if (typeof from === 'number' && Number.isInteger(from) && from >= 0 && from <= longestWait) return from
    throw wrong(`${name} must be from 0 to ${longestWait}.`)
  }
  const termination = value['terminateBlueInstancesOnDeploymentSuccess']
  const ready = value['deploymentReadyOption']
  if (!isObject(termination) || (termination['action'] ?? 'TERMINATE') !== 'TERMINATE') {
    throw wrong('For ECS deployment groups, terminateBlueInstancesOnDeploymentSuccess must have the action TERMINATE.')
  }
  const actionOnTimeout: unknown = isObject(ready) ? (ready['actionOnTimeout'] ?? 'CONTINUE_DEPLOYMENT') : undefined
  if (!isObject(ready) || (actionOnTimeout !== 'CONTINUE_DEPLOYMENT' && actionOnTimeout !== 'STOP_DEPLOYMENT')) {
    throw wrong('deploymentReadyOption must have the actionOnTimeout CONTINUE_DEPLOYMENT or STOP_DEPLOYMENT.')
  }
  const waitTimeInMinutes = minutes(ready['waitTimeInMinutes'], 'waitTimeInMinutes')
  if (actionOnTimeout === 'STOP_DEPLOYMENT' && waitTimeInMinutes === 0) {
    throw wrong('With STOP_DEPLOYMENT, waitTimeInMinutes must be at least 1.')
  }
  if (actionOnTimeout === 'CONTINUE_DEPLOYMENT' && waitTimeInMinutes > 0) {
    throw wrong('With CONTINUE_DEPLOYMENT, waitTimeInMinutes must be 0.')
  }
  return {
    terminateBlueInstancesOnDeploymentSuccess: {
      action: 'TERMINATE',
      terminationWaitTimeInMinutes: minutes(
        termination['terminationWaitTimeInMinutes'],
        'terminationWaitTimeInMinutes',
      ),
    },
    deploymentReadyOption: { actionOnTimeout, waitTimeInMinutes },
  }
}

function parseLoadBalancer(value: unknown): GroupSettings['loadBalancerInfo'] {
  const pairs: unknown = isObject(value) ? value['targetGroupPairInfoList'] : undefined
  if (!Array.isArray(pairs) || pairs.length === 0) {
    throw new AwsError(
      'InvalidLoadBalancerInfoException',
      'For ECS deployment groups, loadBalancerInfo must have a target group pair.',
    )
  }
  const wrong = (message: string): AwsError => new AwsError('InvalidTargetGroupPairException', message)
  const pair: unknown = pairs[0]
  if (pairs.length !== 1 || !isObject(pair)) throw wrong('A deployment group takes exactly one target group pair.')
  const names: unknown[] = Array.isArray(pair['targetGroups'])
    ? pair['targetGroups'].map((group: unknown) => (isObject(group) ? group['name'] : undefined))
    : []
  const [first, second] = names
  if (names.length !== 2 || !text(first) || !text(second) || first === second) {
    throw wrong('A target group pair has exactly two target groups, by name.')
  }
  const listeners = (route: unknown): string[] | undefined => {
    const arns: unknown = isObject(route) ? route['listenerArns'] : undefined
    return texts(arns) && arns.length === 1 ? arns : undefined
  }
  const production = listeners(pair['prodTrafficRoute'])
  if (production === undefined) throw wrong('The production traffic route names exactly one listener.')
  const test = pair['testTrafficRoute'] === undefined ? undefined : listeners(pair['testTrafficRoute'])
  if (pair['testTrafficRoute'] !== undefined && test === undefined) {
    throw wrong('The test traffic route names exactly one listener.')
  }
  const kept: PairInfo = {
    targetGroups: [{ name: first }, { name: second }],
    prodTrafficRoute: { listenerArns: production },
    ...(test === undefined ? {} : { testTrafficRoute: { listenerArns: test } }),
  }
  return { targetGroupPairInfoList: [kept] }
}

function parseServices(value: unknown): GroupSettings['ecsServices'] {
  const [service] = Array.isArray(value) ? (value as unknown[]) : []
  if (!Array.isArray(value) || value.length !== 1 || !isObject(service) || !text(service['serviceName'])) {
    throw new AwsError('InvalidECSServiceException', 'A deployment group for ECS names exactly one service.')
  }
  const clusterName: unknown = service['clusterName'] ?? 'default'
  return [{ clusterName: text(clusterName) ? clusterName : 'default', serviceName: service['serviceName'] }]
}

/** Alarms as a group or a deployment names them; undefined when it names none. Throws InvalidAlarmConfigException. */
export function parseAlarms(value: unknown): AlarmConfiguration | undefined {
  if (value === undefined || value === null) return undefined
  const alarms: unknown = isObject(value) ? (value['alarms'] ?? []) : undefined
  const wrong = (message: string): AwsError => new AwsError('InvalidAlarmConfigException', message)
  if (!isObject(value) || !Array.isArray(alarms)) throw wrong('The alarm configuration is not valid.')
  const names = alarms.map((alarm: unknown) => (isObject(alarm) ? (alarm['name'] as unknown) : undefined))
  if (!texts(names)) throw wrong('Every alarm needs a name.')
  if (new Set(names).size !== names.length) throw wrong('An alarm is named more than once.')
  if (value['enabled'] === true && names.length === 0) throw wrong('An enabled alarm configuration names an alarm.')
  return {
    enabled: value['enabled'] === true,
    ignorePollAlarmFailure: value['ignorePollAlarmFailure'] === true,
    alarms: names.map((name) => ({ name })),
  }
}

const rollbackEvents = new Set(['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'])

/** When a deployment is rolled back by itself; undefined when nothing is said. Throws InvalidAutoRollbackConfigException. */
export function parseAutoRollback(value: unknown): AutoRollback | undefined {
  if (value === undefined || value === null) return undefined
  const events: unknown = isObject(value) ? (value['events'] ?? []) : undefined
  const wrong = (message: string): AwsError => new AwsError('InvalidAutoRollbackConfigException', message)
  if (!isObject(value) || !texts(events) || !events.every((event) => rollbackEvents.has(event))) {
    throw wrong(`The events of an automatic rollback are ${[...rollbackEvents].join(', ')}.`)
  }
  const enabled = value['enabled'] === true
  if (enabled && events.length === 0) throw wrong('An enabled automatic rollback names at least one event.')
  return { enabled, events }
}
