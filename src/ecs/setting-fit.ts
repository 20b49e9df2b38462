import type { Service, UpdateServiceCommandInput } from '@aws-sdk/client-ecs'
import { primaryOf } from './native-current.ts'
import type { ServiceSettings, ServiceUpdate } from './service-update.ts'

/** Settings that belong to another strategy than the service will have, a line each: ECS would not keep them. Pure. */
export function unfitting(asked: ServiceSettings, live: Service): readonly string[] {
  const strategy = asked.strategy ?? live.deploymentConfiguration?.strategy ?? 'ROLLING'
  const has = `${live.serviceName} has ${strategy}: set the input strategy too`
  const owned = [
    ['canary-percent', 'CANARY', asked.canaryPercent],
    ['canary-bake-time', 'CANARY', asked.canaryBakeTimeInMinutes],
    ['linear-step-percent', 'LINEAR', asked.linearStepPercent],
    ['linear-step-bake-time', 'LINEAR', asked.linearStepBakeTimeInMinutes],
  ] as const
  const lines = owned
    .filter(([, owner, value]) => value !== undefined && strategy !== owner)
    .map(([name, owner]) => `input '${name}': belongs to the strategy ${owner}, and ${has}`)
  if (strategy !== 'ROLLING') return lines
  const rolling = [
    ['bake-time', asked.bakeTimeInMinutes !== undefined],
    ['lifecycle-hooks', (asked.hooks?.length ?? 0) > 0],
  ] as const
  return [
    ...lines,
    ...rolling
      .filter(([, given]) => given)
      .map(([name]) => `input '${name}': a rolling deployment has none, and ${has}`),
  ]
}

/** What makes up a service revision beside its task definition, and goes back with it. */
const ofRevision = ['networkConfiguration', 'platformVersion', 'capacityProviderStrategy'] as const

/** What to send so that an update's part in the service's revision is as it was before it. Pure. */
export function undone(update: ServiceUpdate, before: Service): ServiceUpdate {
  const input: Partial<UpdateServiceCommandInput> = Object.fromEntries(
    ofRevision
      .filter((name) => update.input[name] !== undefined && before[name] !== undefined)
      .map((name) => [name, before[name]]),
  )
  const volumes = primaryOf(before)?.volumeConfigurations
  const hasVolumes = update.input.volumeConfigurations !== undefined && volumes !== undefined
  return { input: { ...input, ...(hasVolumes ? { volumeConfigurations: volumes } : {}) }, changes: [] }
}
