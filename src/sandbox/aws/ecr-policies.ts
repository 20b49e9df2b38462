import type { RegistryGround } from '../registry/ground.ts'
import { statements } from '../registry/resource-policy.ts'
import { type At, inRepositories, invalid, named, text } from './ecr-lookup.ts'
import { AwsError, type Input, type Operation } from './service.ts'

function json(input: Input, member: string): string {
  const value = text(input, member)
  try {
    const parsed: unknown = JSON.parse(value)
    if (typeof parsed === 'object' && parsed !== null) return value
  } catch {
    // Said below, in the service's words.
  }
  throw invalid(member, 'Invalid JSON syntax')
}

const missing = ({ registry, repository }: At, what: string): string =>
  `${what} policy does not exist for the repository with name '${repository.name}' in the registry with id '${registry.accountId}'`

/** Resource policies (honoured for other accounts) and lifecycle policies (kept, never run). */
export const policyOperations = ({ world, registries }: RegistryGround): Record<string, Operation> => {
  const lifecycle = (at: At): { lifecyclePolicyText: string; lastEvaluatedAt: number } => {
    const lifecyclePolicyText = at.repository.lifecyclePolicy
    if (lifecyclePolicyText === undefined) {
      throw new AwsError('LifecyclePolicyNotFoundException', missing(at, 'Lifecycle'))
    }
    return { lifecyclePolicyText, lastEvaluatedAt: world.clock.seconds() }
  }
  const policy = (at: At): string => {
    if (at.repository.policy === undefined) {
      throw new AwsError('RepositoryPolicyNotFoundException', missing(at, 'Repository'))
    }
    return at.repository.policy
  }
  return inRepositories(registries, {
    SetRepositoryPolicy(at, input) {
      const policyText = json(input, 'policyText')
      const right = statements(policyText).every(({ Effect }) => Effect === 'Allow' || Effect === 'Deny')
      if (!right || policyText.length > 10_240) throw invalid('PolicyText', 'Invalid repository policy provided')
      at.repository.policy = policyText
      return { ...named(at), policyText }
    },
    GetRepositoryPolicy: (at) => ({ ...named(at), policyText: policy(at) }),
    DeleteRepositoryPolicy(at) {
      const policyText = policy(at)
      at.repository.policy = undefined
      return { ...named(at), policyText }
    },
    PutLifecyclePolicy(at, input) {
      const lifecyclePolicyText = json(input, 'lifecyclePolicyText')
      const { rules } = JSON.parse(lifecyclePolicyText) as { rules?: unknown }
      const right =
        Array.isArray(rules) && rules.length > 0 && rules.every((rule) => Number.isInteger(rule?.rulePriority))
      if (!right) throw invalid('LifecyclePolicyText', 'Lifecycle policy validation failure')
      at.repository.lifecyclePolicy = lifecyclePolicyText
      return { ...named(at), lifecyclePolicyText }
    },
    GetLifecyclePolicy: (at) => ({ ...named(at), ...lifecycle(at) }),
    DeleteLifecyclePolicy(at) {
      const found = lifecycle(at)
      at.repository.lifecyclePolicy = undefined
      return { ...named(at), ...found }
    },
  })
}
