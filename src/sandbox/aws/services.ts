import type { World } from '../world.ts'
import { applicationAutoScaling } from './application-auto-scaling.ts'
import { cloudWatchServices } from './cloudwatch.ts'
import { codeDeploy } from './codedeploy.ts'
import { ecs } from './ecs.ts'
import { eks } from './eks.ts'
import { elbv2 } from './elbv2.ts'
import { logs } from './logs.ts'
import { network } from './network.ts'
import { secretsManager } from './secrets-manager.ts'
import type { AwsService } from './service.ts'
import { ssm } from './ssm.ts'

/** Every AWS service that the sandbox has, but for those that share the registry's store; a new one is a line here. */
export function awsServices(world: World): readonly AwsService[] {
  const addresses = network()
  return [
    applicationAutoScaling(world),
    codeDeploy(world),
    ...cloudWatchServices(world),
    ecs(world, addresses),
    eks(world),
    elbv2(world, addresses),
    logs(world),
    secretsManager(world),
    ssm(world),
  ]
}
