import type { Registries } from '../registry/registries.ts'
import type { Tokens } from '../registry/tokens.ts'
import type { World } from '../world.ts'
import { repositoryOperations } from './ecr-repositories.ts'
import type { AwsService } from './service.ts'

/** What ECR's operations stand on. */
export interface EcrGround {
  readonly world: Pick<World, 'clock' | 'id'>
  readonly registries: Registries
  readonly tokens: Tokens
}

/** Amazon ECR over the same store that the distribution API serves. */
export const ecr = (ground: EcrGround): AwsService => ({
  name: 'ecr',
  protocol: { kind: 'json', version: '1.1', target: 'AmazonEC2ContainerRegistry_V20150921' },
  operations: {
    async GetAuthorizationToken(_input, caller) {
      const registry = await ground.registries.of(caller.accountId, caller.region)
      const { password, expiresAt } = ground.tokens.issue(caller)
      const authorizationToken = Buffer.from(`AWS:${password}`).toString('base64')
      const proxyEndpoint = `http://${registry.host()}`
      return { authorizationData: [{ authorizationToken, expiresAt: expiresAt / 1_000, proxyEndpoint }] }
    },
    ...repositoryOperations(ground),
  },
})
