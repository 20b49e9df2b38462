import { type DeploymentWork, lookEvery, monitor, pass } from './deployment-work.ts'
import { runHooks } from './lifecycle-hooks.ts'
import type { Deployment } from './state.ts'
import { checkRules, giveTraffic, hasTestTraffic } from './traffic.ts'

const minute = 60_000
/** What a stage takes at least, so that whoever polls can see it. */
const stageTakes = 2_000

/** One step of production traffic: this percentage, then this long. */
export interface TrafficStep {
  readonly percent: number
  readonly bakeMs: number
}

/** How production traffic moves, by a deployment's configuration; the last step is always 100 % with no wait of its own. */
export function trafficSteps(configuration: Readonly<Record<string, unknown>>): readonly TrafficStep[] {
  const all = { percent: 100, bakeMs: 0 }
  if (configuration['strategy'] === 'CANARY') {
    const canary = configuration['canaryConfiguration'] as Record<string, number> | undefined
    const percent = canary?.['canaryPercent'] ?? 5
    return [{ percent, bakeMs: (canary?.['canaryBakeTimeInMinutes'] ?? 10) * minute }, all]
  }
  if (configuration['strategy'] === 'LINEAR') {
    const linear = configuration['linearConfiguration'] as Record<string, number> | undefined
    const step = linear?.['stepPercent'] ?? 10
    const bakeMs = (linear?.['stepBakeTimeInMinutes'] ?? 6) * minute
    const steps: TrafficStep[] = []
    for (let percent = step; percent < 100; percent += step) steps.push({ percent, bakeMs })
    return [...steps, all]
  }
  return [all]
}

/** The deployment whose tasks have served until now. */
export const sourceOf = ({ service, deployment }: DeploymentWork): Deployment | undefined =>
  service.deployments.find((other) => other !== deployment && !other.stopped)

async function stage(work: DeploymentWork, name: string, run: () => Promise<void> = async () => {}): Promise<void> {
  work.record.lifecycleStage = name
  await pass(work, stageTakes)
  await run()
  await runHooks(work, name)
  await monitor(work)
}

/** Blue/green, linear and canary, stage by stage. @throws as `monitor` does */
export async function shiftOver(work: DeploymentWork): Promise<void> {
  const { ecs, service, deployment, groups, record } = work
  const source = sourceOf(work)
  await stage(work, 'RECONCILE_SERVICE', () => checkRules(work))
  await stage(work, 'PRE_SCALE_UP')
  await stage(work, 'SCALE_UP', async () => {
    deployment.desired = service.desired
    groups.reconcile(ecs, service, deployment)
    while (!(deployment.steady && deployment.desired === service.desired)) {
      await record.pace.pause(lookEvery)
      await monitor(work)
      if (deployment.desired === service.desired) continue
      deployment.desired = service.desired
      groups.reconcile(ecs, service, deployment)
    }
  })
  await stage(work, 'POST_SCALE_UP')
  await stage(work, 'TEST_TRAFFIC_SHIFT', async () => {
    if (hasTestTraffic(work)) await giveTraffic(work, 'test', record.target, 100)
  })
  await stage(work, 'POST_TEST_TRAFFIC_SHIFT')
  const steps = source === undefined ? [{ percent: 100, bakeMs: 0 }] : trafficSteps(record.configuration)
  for (const { percent, bakeMs } of steps) {
    await stage(work, 'PRODUCTION_TRAFFIC_SHIFT', async () => {
      await giveTraffic(work, 'production', record.target, percent)
      await pass(work, bakeMs)
    })
  }
  await stage(work, 'POST_PRODUCTION_TRAFFIC_SHIFT')
  const bakeMs = source === undefined ? 0 : Number(record.configuration['bakeTimeInMinutes']) * minute
  await stage(work, 'BAKE_TIME', () => pass(work, bakeMs))
  await stage(work, 'CLEAN_UP', () => cleanUp(work))
}

/** Ends every other deployment of the service, and waits until their tasks are gone. */
async function cleanUp({ ecs, service, deployment, groups, record }: DeploymentWork): Promise<void> {
  const others = service.deployments.filter((other) => other !== deployment)
  for (const other of others)
    groups.drain(ecs, service, other, `Scaling activity initiated by (deployment ${other.id})`)
  while (others.some(({ tasks }) => tasks.size > 0)) await record.pace.pause(lookEvery)
}

/** The way back: all traffic to the source, then the new tasks end. */
export async function shiftBack(work: DeploymentWork, source: Deployment): Promise<void> {
  const { record, service } = work
  await record.pace.pause(stageTakes)
  if (hasTestTraffic(work)) await giveTraffic(work, 'test', source.revision, 100)
  await giveTraffic(work, 'production', source.revision, 100)
  for (const other of service.deployments) other.status = other === source ? 'PRIMARY' : 'ACTIVE'
  service.definition = source.revision.definition
  await cleanUp({ ...work, deployment: source })
}
