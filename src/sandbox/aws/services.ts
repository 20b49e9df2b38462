import type { World } from '../world.ts'
import { cloudWatchServices } from './cloudwatch.ts'
import { codeDeploy } from './codedeploy.ts'
import type { AwsService } from './service.ts'

/** Every AWS service that the sandbox has; a new one is a line here. */
export const awsServices = (world: World): readonly AwsService[] => [codeDeploy(world), ...cloudWatchServices(world)]
