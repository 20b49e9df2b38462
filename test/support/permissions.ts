import type { Action } from '../../src/action/define.ts'
import type { Call } from '../../src/sandbox/calls.ts'

/** IAM's name for a service where the wire has another one. */
const prefixes: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' }

/** The AWS calls of our clients that an action's table of permissions does not list. Nobody needs a permission to ask who they are. */
export function unlisted(action: Action, calls: readonly Call[]): readonly string[] {
  const names = calls
    .filter(({ userAgent, service }) => userAgent.includes('strangler-deploy') && service !== 'registry')
    .map(({ service, operation }) => `${prefixes[service] ?? service}:${operation}`)
  return [...new Set(names)].filter(
    (name) => name !== 'sts:GetCallerIdentity' && !Object.hasOwn(action.permissions.iam, name),
  )
}
