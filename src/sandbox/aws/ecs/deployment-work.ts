import type { World } from '../../world.ts'
import type { Input } from '../service.ts'
import { alarmed, circuitBroken } from './deployment-failure.ts'
import { type Deployment, type Ecs, type Service, type ServiceDeployment, texts } from './state.ts'
import type { TaskGroups } from './task-groups.ts'

/** One native deployment at work. */
export interface DeploymentWork {
  readonly world: World
  readonly ecs: Ecs
  readonly groups: TaskGroups
  readonly service: Service
  readonly record: ServiceDeployment
  readonly deployment: Deployment
}

/** Between two looks at a deployment, in ms of sandbox time. */
export const lookEvery = 1_000

/** What a configuration says where the service does not. Source: the defaults of the API reference. */
export function deploymentConfiguration(settings: Input): Input {
  const given = (settings['deploymentConfiguration'] ?? {}) as Input
  const strategy = String(given['strategy'] ?? 'ROLLING')
  return {
    deploymentCircuitBreaker: { enable: false, rollback: false },
    maximumPercent: 200,
    minimumHealthyPercent: 100,
    ...(strategy === 'ROLLING' ? {} : { bakeTimeInMinutes: 15 }),
    ...(strategy === 'LINEAR' ? { linearConfiguration: { stepPercent: 10, stepBakeTimeInMinutes: 6 } } : {}),
    ...(strategy === 'CANARY' ? { canaryConfiguration: { canaryPercent: 5, canaryBakeTimeInMinutes: 10 } } : {}),
    ...given,
    strategy,
  }
}

/** Failed tasks that open the circuit: half of the desired count, at least 3, at most 200. */
export const circuitThreshold = (desired: number): number => Math.min(200, Math.max(3, Math.ceil(desired / 2)))

/** Names of the deployment's alarms that are in ALARM. */
async function firing({ world, ecs }: DeploymentWork, names: readonly string[]): Promise<readonly string[]> {
  const answer = await world.invoke<Record<string, { AlarmName: string; StateValue: string }[] | undefined>>(
    'monitoring',
    'DescribeAlarms',
    { AlarmNames: names, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
    ecs.caller,
  )
  const all = [...(answer['MetricAlarms'] ?? []), ...(answer['CompositeAlarms'] ?? [])]
  return all.filter(({ StateValue }) => StateValue === 'ALARM').map(({ AlarmName }) => AlarmName)
}

/** Looks at the circuit breaker and at the alarms. @throws Broken, or what the deployment was cut short with */
export async function monitor(work: DeploymentWork): Promise<void> {
  const { record, deployment, world } = work
  record.pace.check()
  record.failures = deployment.failed
  record.updatedAt = world.clock.now()
  const breaker = record.configuration['deploymentCircuitBreaker'] as Input
  if (breaker['enable'] === true && deployment.failed >= record.threshold) {
    record.circuitBroken = true
    throw circuitBroken(breaker['rollback'] === true)
  }
  const alarms = record.configuration['alarms'] as Input | undefined
  if (alarms?.['enable'] !== true || texts(alarms['alarmNames']).length === 0) return
  record.triggeredAlarms = await firing(work, texts(alarms['alarmNames']))
  if (record.triggeredAlarms.length > 0) throw alarmed(alarms['rollback'] === true)
}

/** Lets time pass, watching. @throws as `monitor` does */
export async function pass(work: DeploymentWork, ms: number): Promise<void> {
  const { clock } = work.world
  const until = clock.now() + ms
  for (;;) {
    await work.record.pace.pause(Math.max(0, Math.min(5_000, until - clock.now())))
    await monitor(work)
    if (clock.now() >= until) return
  }
}
