import type { Accounts } from './aws/gateway.ts'
import type { AwsService } from './aws/service.ts'
import type { Service } from './exchange.ts'
import type { Images, World } from './world.ts'

/** Puts the parts of a sandbox together: the world they share, the AWS services, and what speaks other protocols. */
export function parts(
  made: Omit<World, 'images' | 'invoke'>,
  makeServices: (world: World) => readonly AwsService[],
  makeInvoke: (services: () => readonly AwsService[]) => World['invoke'],
): { world: World; services: readonly AwsService[]; accounts: Accounts; others: readonly Service[] } {
  let services: readonly AwsService[] = []
  const images: Images = { pull: (reference) => ({ failure: 'not-found', message: `${reference}: not found` }) }
  const world: World = { ...made, images, invoke: makeInvoke(() => services) }
  services = makeServices(world)
  const accounts: Accounts = {
    callerOf: (accessKeyId, region) => ({
      accountId: made.accountId,
      region,
      accessKeyId,
      arn: `arn:aws:iam::${made.accountId}:user/sandbox`,
    }),
  }
  return { world, services, accounts, others: [] }
}
