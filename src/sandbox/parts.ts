import { ecr } from './aws/ecr.ts'
import type { Accounts } from './aws/gateway.ts'
import type { AwsService } from './aws/service.ts'
import type { Service } from './exchange.ts'
import { kubernetes as makeKubernetes } from './kubernetes/kubernetes.ts'
import { distribution } from './registry/distribution.ts'
import { layerLinks } from './registry/layer-links.ts'
import { images } from './registry/pull.ts'
import { registries as makeRegistries } from './registry/registries.ts'
import { tokens as makeTokens } from './registry/tokens.ts'
import type { World } from './world.ts'

/** Puts the parts of a sandbox together: the world they share, the AWS services, and what speaks other protocols. */
export function parts(
  made: Omit<World, 'images' | 'kubernetes' | 'invoke'>,
  makeServices: (world: World) => readonly AwsService[],
  makeInvoke: (services: () => readonly AwsService[]) => World['invoke'],
): { world: World; services: readonly AwsService[]; accounts: Accounts; others: readonly Service[] } {
  let services: readonly AwsService[] = []
  const registries = makeRegistries(made)
  const tokens = makeTokens(made.clock, made.id)
  const links = layerLinks(registries, made.clock)
  const kubernetes = makeKubernetes(() => world)
  const world: World = {
    ...made,
    images: images(registries, made.clock),
    kubernetes: kubernetes.clusters,
    invoke: makeInvoke(() => services),
  }
  services = [...makeServices(world), ecr({ world, registries, tokens })]
  const accounts: Accounts = {
    callerOf: (accessKeyId, region) => ({
      accountId: made.accountId,
      region,
      accessKeyId,
      arn: `arn:aws:iam::${made.accountId}:user/sandbox`,
    }),
  }
  const pushed = (): void => undefined
  return {
    world,
    services,
    accounts,
    others: [distribution({ world, registries, tokens, links, pushed }), links, kubernetes.service],
  }
}
