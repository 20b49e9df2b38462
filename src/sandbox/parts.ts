import { accessKeys } from './aws/accounts.ts'
import { ecr } from './aws/ecr.ts'
import type { Accounts } from './aws/gateway.ts'
import type { AwsService } from './aws/service.ts'
import { sts } from './aws/sts.ts'
import type { Service } from './exchange.ts'
import { kubernetes as makeKubernetes } from './kubernetes/kubernetes.ts'
import { distribution } from './registry/distribution.ts'
import type { RegistryGround } from './registry/ground.ts'
import { layerLinks } from './registry/layer-links.ts'
import { images } from './registry/pull.ts'
import { registries as makeRegistries } from './registry/registries.ts'
import { scanPushed } from './registry/scan.ts'
import { tokens as makeTokens } from './registry/tokens.ts'
import type { World } from './world.ts'

/** Puts the parts of a sandbox together: the world they share, the AWS services, and what speaks other protocols. */
export function parts(
  made: Omit<World, 'images' | 'kubernetes' | 'invoke'>,
  makeServices: (world: World) => readonly AwsService[],
  makeInvoke: (services: () => readonly AwsService[]) => World['invoke'],
): { world: World; services: readonly AwsService[]; accounts: Accounts; others: readonly Service[] } {
  let services: readonly AwsService[] = []
  const { clock } = made
  const registries = makeRegistries(made)
  const kubernetes = makeKubernetes(
    () => world,
    () => accounts,
  )
  const world: World = {
    ...made,
    images: images(registries, clock),
    kubernetes: kubernetes.clusters,
    invoke: makeInvoke(() => services),
  }
  const accounts = accessKeys(made)
  const links = layerLinks(registries, clock)
  const ground: RegistryGround = {
    world,
    registries,
    tokens: makeTokens(clock, made.id),
    links,
    pushed: (registry, repository, stored) => scanPushed(registry, repository, stored, clock.now()),
  }
  services = [...makeServices(world), ecr(ground), sts(accounts)]
  return { world, services, accounts, others: [distribution(ground), links, kubernetes.service] }
}
