import type { World } from '../world.ts'
import type { AwsService } from './service.ts'

/** Every AWS service that the sandbox has; a new one is a line here. */
export const awsServices = (_world: World): readonly AwsService[] => []
