/** What kind of thing made a deployment fail. The order is their rank: an earlier one explains a later one. */
export const causeKinds = [
  'image',
  'exit',
  'start',
  'placement',
  'health',
  'breaker',
  'alarm',
  'hook',
  'stopped',
  'service',
] as const

export type CauseKind = (typeof causeKinds)[number]

/** One thing that made a deployment fail. */
export interface Cause {
  readonly kind: CauseKind
  /** One line, without a full stop: `container app exited with code 1 (Essential container in task exited)`. */
  readonly text: string
  /** What to do about it, where that is known. */
  readonly advice: string | undefined
}

/** What of a revision and its surroundings helps to say what is missing. */
export interface CauseFacts {
  readonly image: string | undefined
  /** `eu-west-1` and `123456789012` of the task; undefined when unknown. */
  readonly region: string | undefined
  readonly account: string | undefined
  readonly executionRole: string | undefined
  readonly taskRole: string | undefined
  /** Log groups that the containers write to. */
  readonly logGroups: readonly string[]
  /** What the containers are checked by on their own, by name. */
  readonly healthChecks: ReadonlyMap<string, string>
  /** `linux/amd64`; undefined when the definition does not tell. */
  readonly platform: string | undefined
}

export const noFacts: CauseFacts = {
  image: undefined,
  region: undefined,
  account: undefined,
  executionRole: undefined,
  taskRole: undefined,
  logGroups: [],
  healthChecks: new Map(),
  platform: undefined,
}

/** `role ecsExecution` of an ARN; what it is called in the definition when there is none. */
export const roleName = (arn: string | undefined, kind: 'execution' | 'task'): string =>
  arn === undefined ? `the ${kind} role (the task definition names none)` : `the ${kind} role ${arn.split('/').at(-1)}`

/** The words of connections that did not come about. */
export const noRoute =
  /i\/o timeout|context deadline exceeded|request canceled|request context canceled|Client\.Timeout|connection refused|connection timed out|no route to host|network is unreachable|TLS handshake timeout|connection issue between|check your (task )?network configuration|RequestError: send request failed/i

/** Where a task gets its way out from, with the endpoints that a closed subnet needs. */
export const wayOut = (endpoints: string): string =>
  `give the task's subnets a NAT gateway (or assignPublicIp in public subnets) or the VPC endpoints ${endpoints}, and let its security group out on 443`

/** `ecr:BatchGetImage` and its resource, where AWS names what was not allowed. */
export function notAuthorized(
  message: string,
): { readonly action: string; readonly resource: string | undefined } | undefined {
  const found = /not authorized to perform:? ([\w-]+:\w+)(?: on resource:? ([^\s,]+))?/.exec(message)
  return found?.[1] === undefined ? undefined : { action: found[1], resource: found[2] }
}
