import type { World } from '../../world.ts'
import { AwsError } from '../service.ts'
import { shiftBack, shiftOver, sourceOf } from './blue-green.ts'
import { Broken, StopRequested, Superseded } from './deployment-failure.ts'
import { circuitThreshold, type DeploymentWork, deploymentConfiguration } from './deployment-work.ts'
import { pace } from './pace.ts'
import { newRevision } from './revisions.ts'
import { roll } from './rolling.ts'
import {
  addEvent,
  arnOf,
  type Deployment,
  type Ecs,
  newGroupId,
  newServiceDeploymentId,
  type Revision,
  type Service,
  type ServiceDeployment,
  type TaskDefinition,
} from './state.ts'
import type { TaskGroups } from './task-groups.ts'
import { placedLoadBalancers } from './traffic.ts'

/** Native deployments: of services whose controller is ECS. */
export interface Deployer {
  /** Begins to move a service to what its settings and this task definition say. A deployment under way gives way to it. */
  begin(ecs: Ecs, service: Service, definition: TaskDefinition): Deployment
  /** Stops and rolls back. @throws AwsError ConflictException when there is nothing to stop */
  stop(record: ServiceDeployment): void
  /** Ends what is under way: the service is deleted. */
  abandon(service: Service): void
}

const isUnderWay = ({ finishedAt }: ServiceDeployment): boolean => finishedAt === undefined

export function deployer(world: World, groups: TaskGroups): Deployer {
  const { clock } = world

  const newDeployment = (ecs: Ecs, service: Service, revision: Revision): Deployment => {
    const id = newGroupId(world)
    const deployment: Deployment = {
      id,
      revision,
      createdAt: clock.now(),
      tasks: new Set(),
      desired: 0,
      failed: 0,
      updatedAt: clock.now(),
      notBefore: 0,
      stopped: false,
      ready: 0,
      steady: false,
      steadyAt: clock.now(),
      status: 'PRIMARY',
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: `ECS deployment ${id} in progress.`,
    }
    for (const other of service.deployments) other.status = 'ACTIVE'
    service.deployments.unshift(deployment)
    service.definition = revision.definition
    groups.add(ecs, service, deployment)
    return deployment
  }

  const finish = (record: ServiceDeployment, status: string, reason: string | undefined): void => {
    record.status = status
    record.statusReason = reason
    record.finishedAt = record.updatedAt = clock.now()
    if (status === 'STOPPED') record.stoppedAt = clock.now()
  }

  /** `deployment` is what the service has now, and nothing else. */
  const complete = (service: Service, deployment: Deployment): void => {
    for (const other of service.deployments) if (other !== deployment) other.stopped = true
    service.deployments.splice(0, service.deployments.length, deployment)
    deployment.rolloutState = 'COMPLETED'
    deployment.rolloutStateReason = `ECS deployment ${deployment.id} completed.`
    addEvent(world, service, `(deployment ${deployment.id}) deployment completed.`)
  }

  const carryOut = async (work: DeploymentWork): Promise<void> => {
    const { record, deployment, service } = work
    try {
      await record.pace.pause(1_000)
      record.status = 'IN_PROGRESS'
      record.startedAt = clock.now()
      await (record.configuration['strategy'] === 'ROLLING' ? roll(work) : shiftOver(work))
      complete(service, deployment)
      finish(record, 'SUCCESSFUL', undefined)
    } catch (cause) {
      if (cause instanceof Superseded) return
      if (!(cause instanceof Broken || cause instanceof StopRequested)) throw cause
      await undo(work, cause)
    }
  }

  const undo = async (work: DeploymentWork, cause: Broken | StopRequested): Promise<void> => {
    const { ecs, service, deployment, record } = work
    record.pace = pace(clock)
    deployment.rolloutState = 'FAILED'
    if (cause instanceof Broken) {
      deployment.rolloutStateReason = `ECS deployment circuit breaker: ${cause.rollout}`
      addEvent(world, service, `(deployment ${deployment.id}) deployment failed: ${cause.rollout}`)
    }
    const back = service.serviceDeployments.find((one) => one !== record && one.status === 'SUCCESSFUL')?.target
    if (cause instanceof Broken && !cause.rollsBack) {
      deployment.stopped = true
      finish(record, 'STOPPED', cause.message)
      return
    }
    record.status = 'ROLLBACK_REQUESTED'
    try {
      await record.pace.pause(1_000)
      if (back === undefined) {
        groups.drain(ecs, service, deployment, `Deployment ${deployment.id} has failed`)
        finish(record, 'ROLLBACK_FAILED', 'No rollback candidate was found to run the rollback.')
        return
      }
      record.status = 'ROLLBACK_IN_PROGRESS'
      record.statusReason = cause.message
      record.rollback = { reason: cause.message, startedAt: clock.now(), serviceRevisionArn: back.arn }
      const restored =
        record.configuration['strategy'] === 'ROLLING' ? await rollBack(work, back) : await shiftBackTo(work, cause)
      complete(service, restored)
      finish(record, 'ROLLBACK_SUCCESSFUL', cause.message)
    } catch (again) {
      if (again instanceof Superseded) return
      if (!(again instanceof Broken)) throw again
      finish(record, 'ROLLBACK_FAILED', again.message)
    }
  }

  const shiftBackTo = async (work: DeploymentWork, cause: Error): Promise<Deployment> => {
    const source = sourceOf(work)
    if (source === undefined) throw new Broken(cause.message, 'no source revision is left.', false)
    addEvent(world, work.service, `rolling back to deployment ${source.id}.`)
    await shiftBack(work, source)
    return source
  }

  /** A new deployment of an older revision, that keeps the tasks that still run of it. */
  const rollBack = async (work: DeploymentWork, back: Revision): Promise<Deployment> => {
    const { ecs, service, deployment } = work
    const old = service.deployments.find((other) => other.revision === back && !other.stopped)
    const restored = newDeployment(ecs, service, back)
    const of = old ?? restored
    restored.rolloutStateReason = `ECS deployment circuit breaker: rolling back to deploymentId ${of.id}.`
    addEvent(world, service, `rolling back to deployment ${of.id}.`)
    if (old !== undefined) {
      groups.adopt(service, old, restored)
      restored.desired = restored.tasks.size
      old.stopped = true
      service.deployments.splice(service.deployments.indexOf(old), 1)
    }
    groups.drain(ecs, service, deployment, `Scaling activity initiated by (deployment ${restored.id})`)
    await roll({ ...work, deployment: restored })
    return restored
  }

  const supersede = (service: Service): void => {
    for (const record of service.serviceDeployments.filter(isUnderWay)) {
      record.pace.cutShort(new Superseded())
      finish(record, 'STOPPED', 'Service deployment stopped because of a newer service deployment.')
    }
  }

  return {
    begin(ecs, service, definition) {
      supersede(service)
      // What an unfinished deployment has started by then is its successor's to end.
      const good = service.deployments.find(({ rolloutState }) => rolloutState === 'COMPLETED')
      const configuration = deploymentConfiguration(structuredClone(service.settings))
      if (configuration['strategy'] !== 'ROLLING') {
        for (const other of service.deployments) {
          if (other !== good && !other.stopped)
            groups.drain(ecs, service, other, `Deployment ${other.id} was superseded`)
        }
      }
      const before = good?.revision
      const placed = placedLoadBalancers(service.settings['loadBalancers'] ?? [], before)
      const revision = newRevision(world, ecs, service, definition, placed)
      const deployment = newDeployment(ecs, service, revision)
      const record: ServiceDeployment = {
        arn: arnOf(ecs, `service-deployment/${service.cluster.name}/${service.name}/${newServiceDeploymentId(world)}`),
        target: revision,
        sources: service.deployments.slice(1).map((other) => other.revision),
        configuration,
        createdAt: clock.now(),
        hooks: [],
        weights: new Map([
          [revision, { production: 0, test: 0 }],
          ...(before === undefined ? [] : ([[before, { production: 100, test: 100 }]] as const)),
        ]),
        pace: pace(clock),
        status: 'PENDING',
        statusReason: undefined,
        lifecycleStage: undefined,
        startedAt: undefined,
        finishedAt: undefined,
        stoppedAt: undefined,
        updatedAt: clock.now(),
        failures: 0,
        threshold: circuitThreshold(service.desired),
        triggeredAlarms: [],
        circuitBroken: false,
        rollback: undefined,
      }
      service.serviceDeployments.unshift(record)
      void carryOut({ world, ecs, groups, service, record, deployment })
      return deployment
    },
    stop(record) {
      if (record.status !== 'PENDING' && record.status !== 'IN_PROGRESS') {
        throw new AwsError(
          'ConflictException',
          `The service deployment cannot be stopped because it is ${record.status}.`,
        )
      }
      record.status = 'ROLLBACK_REQUESTED'
      record.pace.cutShort(new StopRequested())
    },
    abandon: supersede,
  }
}
