import { AwsError } from '../service.ts'

/** Why a deployment failed, as GetDeployment tells it; `code` is one of the model's ErrorCode. */
export class DeploymentFailure extends Error {
  override name = 'DeploymentFailure'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Calls ECS for a deployment: what ECS refuses fails the deployment. */
export const callingEcs = <T>(call: Promise<T>): Promise<T> =>
  failing(call, 'ECS_UPDATE_ERROR', 'The ECS service cannot be updated due to the following error')

/** Calls ELB for a deployment: what ELB refuses fails the deployment. */
export const callingElb = <T>(call: Promise<T>): Promise<T> =>
  failing(call, 'ELASTIC_LOAD_BALANCING_INVALID', 'The ELB could not be updated due to the following error')

async function failing<T>(call: Promise<T>, code: string, doing: string): Promise<T> {
  try {
    return await call
  } catch (error) {
    if (error instanceof AwsError) throw new DeploymentFailure(code, `${doing}: ${error.message}`)
    throw error
  }
}
