import type { Input } from '../service.ts'
import {
  addEvent,
  arnOf,
  type Deployment,
  type Ecs,
  type EcsWorld,
  inputs,
  type Service,
  type ServiceDeployment,
  type TaskDefinition,
} from './state.ts'
import { pending, running, type TaskGroups } from './task-groups.ts'

/** How often a service looks at its tasks, in ms of sandbox time. */
const lookEvery = 1_000

/** Rolling deployments of services that ECS itself controls. */
export interface RollingDeployments {
  begin(
    ecs: Ecs,
    service: Service,
    definition: TaskDefinition,
    rollback?: { reason: string; of: Deployment },
  ): Deployment
  /** @returns false when nothing is under way */
  stop(ecs: Ecs, service: Service, serviceDeployment: ServiceDeployment): boolean
}

export function rollingDeployments({ world }: EcsWorld, groups: TaskGroups): RollingDeployments {
  const { clock } = world

  const configuration = (service: Service): Input => (service.settings['deploymentConfiguration'] ?? {}) as Input

  const begin: RollingDeployments['begin'] = (ecs, service, definition, rollback) => {
    const now = clock.now()
    const id = `ecs-svc/${world.id(19, '0123456789')}`
    const before = service.deployments.find(({ status }) => status === 'PRIMARY')
    const record: ServiceDeployment = {
      arn: arnOf(ecs, `service-deployment/${service.cluster.name}/${service.name}/${world.id(21)}`),
      revisionArn: arnOf(ecs, `service-revision/${service.cluster.name}/${service.name}/${world.id(19, '0123456789')}`),
      definition,
      createdAt: now,
      sourceRevisionArns: before === undefined ? [] : [before.serviceDeployment.revisionArn],
      status: 'PENDING',
      statusReason: undefined,
      startedAt: undefined,
      finishedAt: undefined,
      stoppedAt: undefined,
      updatedAt: now,
      failures: 0,
      rollback: undefined,
    }
    // A rollback goes on in the record of what it takes back.
    const serviceDeployment = rollback === undefined ? record : rollback.of.serviceDeployment
    if (rollback === undefined) {
      for (const other of service.serviceDeployments) {
        if (other.finishedAt === undefined) end(other, 'STOPPED', 'Deployment was superseded by a newer one')
      }
      service.serviceDeployments.unshift(record)
    } else {
      serviceDeployment.status = 'ROLLBACK_IN_PROGRESS'
      serviceDeployment.rollback = { reason: rollback.reason, startedAt: now, serviceRevisionArn: record.revisionArn }
    }
    for (const other of service.deployments) if (other.status === 'PRIMARY') other.status = 'ACTIVE'
    const deployment: Deployment = {
      id,
      definition,
      loadBalancers: inputs(service.settings['loadBalancers']),
      networkConfiguration: service.settings['networkConfiguration'] as Input | undefined,
      launchType: String(service.settings['launchType'] ?? 'FARGATE'),
      platformVersion: service.settings['platformVersion'] as string | undefined,
      createdAt: now,
      tasks: new Set(),
      desired: 0,
      failed: 0,
      updatedAt: now,
      steadyAt: undefined,
      notBefore: 0,
      stopped: false,
      status: 'PRIMARY',
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: `ECS deployment ${id} in progress.`,
      serviceDeployment,
    }
    service.deployments.unshift(deployment)
    service.definition = definition
    clock.after(lookEvery, () => void look(ecs, service, deployment, rollback !== undefined))
    return deployment
  }

  const end = (record: ServiceDeployment, status: string, reason: string | undefined): void => {
    record.status = status
    record.statusReason = reason
    record.finishedAt = clock.now()
    record.updatedAt = clock.now()
    if (status === 'STOPPED') record.stoppedAt = clock.now()
  }

  /** One look at a deployment: more of the new, fewer of the old, done, or broken. */
  const look = async (ecs: Ecs, service: Service, deployment: Deployment, isRollback: boolean): Promise<void> => {
    if (service.status !== 'ACTIVE' || deployment.status !== 'PRIMARY') return
    const record = deployment.serviceDeployment
    if (record.status === 'PENDING') {
      record.status = 'IN_PROGRESS'
      record.startedAt = clock.now()
    }
    record.failures = deployment.failed
    record.updatedAt = clock.now()
    const { desired } = service
    const most = Math.max(1, Math.floor((desired * Number(configuration(service)['maximumPercent'] ?? 200)) / 100))
    const least = Math.ceil((desired * Number(configuration(service)['minimumHealthyPercent'] ?? 100)) / 100)
    const old = service.deployments.filter((other) => other !== deployment)
    const oldTasks = old.reduce((sum, other) => sum + running(other) + pending(other), 0)
    const wanted = Math.min(desired, Math.max(most - oldTasks, running(deployment) + pending(deployment)))
    if (wanted > deployment.desired)
      addEvent(world, service, `has started ${wanted - deployment.desired} tasks: (deployment ${deployment.id}).`)
    deployment.desired = wanted
    groups.reconcile(ecs, service, deployment)
    const ready = await groups.ready(ecs, deployment)
    for (const other of old) {
      const keep = Math.max(0, Math.min(other.desired, least - ready))
      if (keep < other.desired) {
        other.desired = keep
        groups.reconcile(ecs, service, other)
      }
    }
    if (ready >= desired && old.every((other) => other.tasks.size === 0)) {
      deployment.rolloutState = 'COMPLETED'
      deployment.rolloutStateReason = `ECS deployment ${deployment.id} completed.`
      deployment.steadyAt = clock.now()
      for (const other of old) other.stopped = true
      service.deployments.splice(0, service.deployments.length, deployment)
      addEvent(world, service, `has reached a steady state.`)
      addEvent(world, service, `(deployment ${deployment.id}) deployment completed.`)
      end(record, isRollback ? 'ROLLBACK_SUCCESSFUL' : 'SUCCESSFUL', undefined)
      return
    }
    const breaker = configuration(service)['deploymentCircuitBreaker']
    const threshold = Math.min(200, Math.max(3, Math.ceil(desired / 2)))
    if (breaker?.enable === true && deployment.failed >= threshold)
      return broken(ecs, service, deployment, breaker.rollback === true, isRollback)
    clock.after(lookEvery, () => void look(ecs, service, deployment, isRollback))
  }

  const broken = (ecs: Ecs, service: Service, deployment: Deployment, rollback: boolean, isRollback: boolean): void => {
    deployment.rolloutState = 'FAILED'
    deployment.rolloutStateReason = 'ECS deployment circuit breaker: tasks failed to start.'
    addEvent(world, service, `(deployment ${deployment.id}) deployment failed: tasks failed to start.`)
    const good = service.serviceDeployments.find(
      ({ status, definition }) => status === 'SUCCESSFUL' && definition !== deployment.definition,
    )
    if (rollback && good !== undefined && !isRollback) {
      addEvent(world, service, `rolling back to deployment ${good.arn.split('/').at(-1)}.`)
      const next = begin(ecs, service, good.definition, { reason: deployment.rolloutStateReason, of: deployment })
      groups.drain(ecs, service, deployment, `Deployment ${deployment.id} was rolled back`)
      // What still runs of the good revision is kept and counted for the new deployment's old side.
      next.updatedAt = clock.now()
      return
    }
    end(deployment.serviceDeployment, isRollback ? 'ROLLBACK_FAILED' : 'STOPPED', deployment.rolloutStateReason)
  }

  return {
    begin,
    stop(ecs, service, record) {
      const deployment = service.deployments.find(
        ({ serviceDeployment, status }) => serviceDeployment === record && status === 'PRIMARY',
      )
      if (deployment === undefined || record.finishedAt !== undefined) return false
      const good = service.serviceDeployments.find(({ status }) => status === 'SUCCESSFUL')
      deployment.rolloutState = 'FAILED'
      deployment.rolloutStateReason = 'Deployment was stopped by the user.'
      if (good === undefined) {
        deployment.desired = 0
        end(record, 'STOPPED', deployment.rolloutStateReason)
        return true
      }
      begin(ecs, service, good.definition, { reason: 'StopServiceDeployment was called', of: deployment })
      groups.drain(ecs, service, deployment, `Deployment ${deployment.id} was stopped`)
      return true
    },
  }
}
