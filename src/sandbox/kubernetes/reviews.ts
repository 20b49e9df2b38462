import type { Fields } from './object.ts'
import { apiVersionOf, type Resource } from './resources.ts'

/** Answers a posted review: everyone may do everything, as the cluster's administrator may. */
export function answerReview(of: Resource, body: Fields): Fields {
  const head = { kind: of.kind, apiVersion: apiVersionOf(of), metadata: {}, spec: body['spec'] ?? {} }
  switch (of.kind) {
    case 'SelfSubjectRulesReview': {
      const everything = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] }
      return {
        ...head,
        status: {
          resourceRules: [everything],
          nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
          incomplete: false,
        },
      }
    }
    case 'SelfSubjectReview':
      return {
        ...head,
        status: { userInfo: { username: 'sandbox', groups: ['system:masters', 'system:authenticated'] } },
      }
    default:
      return { ...head, status: { allowed: true, reason: 'the sandbox allows everything' } }
  }
}
