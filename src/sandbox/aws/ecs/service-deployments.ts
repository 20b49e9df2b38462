import { AwsError, type Input, type Operation } from '../service.ts'
import type { Deployer } from './deployer.ts'
import { page } from './paging.ts'
import { describeRevision } from './revisions.ts'
import {
  clusterOf,
  type Ecs,
  type EcsWorld,
  type Revision,
  type Service,
  type ServiceDeployment,
  seconds,
  serviceOf,
  texts,
} from './state.ts'
import { pending, running } from './task-groups.ts'

const summary = (service: Service, record: ServiceDeployment, revision: Revision): Input => {
  const groups = service.deployments.filter((deployment) => deployment.revision === revision)
  const sum = (count: (group: (typeof groups)[number]) => number): number =>
    groups.reduce((total, group) => total + count(group), 0)
  const weights = record.configuration['strategy'] === 'ROLLING' ? undefined : record.weights.get(revision)
  return {
    arn: revision.arn,
    requestedTaskCount: sum(({ desired }) => desired),
    runningTaskCount: sum(running),
    pendingTaskCount: sum(pending),
    requestedTestTrafficWeight: weights?.test,
    requestedProductionTrafficWeight: weights?.production,
  }
}

const monitorStatus = (enabled: boolean, triggered: boolean, record: ServiceDeployment): string => {
  if (!enabled) return 'DISABLED'
  if (triggered) return 'TRIGGERED'
  return record.finishedAt === undefined ? 'MONITORING' : 'MONITORING_COMPLETE'
}

/** As DescribeServiceDeployments shows it. */
export function describeServiceDeployment(service: Service, record: ServiceDeployment): Input {
  const { configuration } = record
  const alarms = configuration['alarms'] as Input | undefined
  return {
    ...brief(service, record),
    targetServiceRevisionArn: undefined,
    stoppedAt: seconds(record.stoppedAt),
    updatedAt: seconds(record.updatedAt),
    sourceServiceRevisions: record.sources.map((revision) => summary(service, record, revision)),
    targetServiceRevision: summary(service, record, record.target),
    lifecycleStage: record.lifecycleStage,
    lifecycleHookDetails: record.hooks.map(({ expiresAt, ...hook }) => ({ ...hook, expiresAt: seconds(expiresAt) })),
    deploymentConfiguration: configuration,
    rollback: record.rollback && { ...record.rollback, startedAt: seconds(record.rollback.startedAt) },
    deploymentCircuitBreaker: {
      status: monitorStatus(configuration['deploymentCircuitBreaker']?.enable === true, record.circuitBroken, record),
      failureCount: record.failures,
      threshold: record.threshold,
    },
    alarms: {
      status: monitorStatus(alarms?.['enable'] === true, record.triggeredAlarms.length > 0, record),
      alarmNames: texts(alarms?.['alarmNames']),
      triggeredAlarmNames: record.triggeredAlarms,
    },
  }
}

const brief = (service: Service, record: ServiceDeployment): Input => ({
  serviceDeploymentArn: record.arn,
  serviceArn: service.arn,
  clusterArn: service.cluster.arn,
  createdAt: seconds(record.createdAt),
  startedAt: seconds(record.startedAt),
  finishedAt: seconds(record.finishedAt),
  targetServiceRevisionArn: record.target.arn,
  status: record.status,
  statusReason: record.statusReason,
})

/** Reading, stopping and continuing native deployments. */
export function serviceDeploymentOperations({ world, state }: EcsWorld, deployer: Deployer): Record<string, Operation> {
  const find = (ecs: Ecs, arn: unknown): { service: Service; record: ServiceDeployment } | undefined => {
    for (const service of ecs.services.values()) {
      const record = service.serviceDeployments.find((candidate) => candidate.arn === arn)
      if (record !== undefined) return { service, record }
    }
    return undefined
  }
  const existing = (ecs: Ecs, arn: unknown): ServiceDeployment => {
    const found = find(ecs, arn)
    if (found === undefined) {
      throw new AwsError('ServiceDeploymentNotFoundException', 'Service deployment not found.')
    }
    return found.record
  }
  const atMost20 = (arns: readonly string[], name: string): void => {
    if (arns.length === 0) throw new AwsError('InvalidParameterException', `${name} cannot be empty.`)
    if (arns.length > 20) throw new AwsError('InvalidParameterException', `${name} cannot have more than 20 elements.`)
  }
  return {
    ListServiceDeployments(input, caller) {
      const ecs = state(caller)
      const service = serviceOf(ecs, clusterOf(ecs, input['cluster']), input['service'])
      const wanted = texts(input['status'])
      const { before, after } = (input['createdAt'] ?? {}) as Input
      const seenAt = world.clock.now() - world.faults.age({ service: 'ecs', operation: 'ListServiceDeployments' })
      const found = service.serviceDeployments.filter(
        ({ status, createdAt }) =>
          createdAt <= seenAt &&
          (wanted.length === 0 || wanted.includes(status)) &&
          (before === undefined || createdAt / 1_000 <= Number(before)) &&
          (after === undefined || createdAt / 1_000 >= Number(after)),
      )
      const { items, ...next } = page(found, input, 100, 20)
      return { serviceDeployments: items.map((record) => brief(service, record)), ...next }
    },
    DescribeServiceDeployments(input, caller) {
      const ecs = state(caller)
      const arns = texts(input['serviceDeploymentArns'])
      atMost20(arns, 'serviceDeploymentArns')
      const found = arns.map((arn) => ({ arn, hit: find(ecs, arn) }))
      return {
        serviceDeployments: found.flatMap(({ hit }) =>
          hit === undefined ? [] : [describeServiceDeployment(hit.service, hit.record)],
        ),
        failures: found.filter(({ hit }) => hit === undefined).map(({ arn }) => ({ arn, reason: 'MISSING' })),
      }
    },
    DescribeServiceRevisions(input, caller) {
      const ecs = state(caller)
      const arns = texts(input['serviceRevisionArns'])
      atMost20(arns, 'serviceRevisionArns')
      const found = arns.map((arn) => {
        const service = [...ecs.services.values()].find(({ revisions }) => revisions.has(arn))
        const revision = service?.revisions.get(arn)
        return { arn, shown: service && revision && describeRevision(service, revision) }
      })
      return {
        serviceRevisions: found.flatMap(({ shown }) => (shown === undefined ? [] : [shown])),
        failures: found.filter(({ shown }) => shown === undefined).map(({ arn }) => ({ arn, reason: 'MISSING' })),
      }
    },
    StopServiceDeployment(input, caller) {
      const record = existing(state(caller), input['serviceDeploymentArn'])
      if (input['stopType'] !== undefined && input['stopType'] !== 'ROLLBACK') {
        throw new AwsError('InvalidParameterException', 'stopType must be ROLLBACK.')
      }
      deployer.stop(record)
      return { serviceDeploymentArn: record.arn }
    },
    ContinueServiceDeployment(input, caller) {
      const record = existing(state(caller), input['serviceDeploymentArn'])
      const hook = record.hooks.find(({ hookId }) => hookId === input['hookId'])
      if (hook?.status !== 'AWAITING_ACTION') {
        throw new AwsError('InvalidParameterException', 'The hook is not awaiting an action.')
      }
      hook.status = input['action'] === 'ROLLBACK' ? 'FAILED' : 'SUCCEEDED'
      record.pace.wake()
      return { serviceDeploymentArn: record.arn }
    },
  }
}
