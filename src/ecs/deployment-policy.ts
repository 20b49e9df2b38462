/** What to do with a deployment that failed, took too long, or whose job was cancelled. */
export const remedies = ['rollback', 'stop', 'leave'] as const
export type Remedy = (typeof remedies)[number]

/** What to do about somebody else's deployment that is under way. */
export const deployingPolicies = ['fail', 'wait', 'stop', 'rollback'] as const
export type IfDeploying = (typeof deployingPolicies)[number]

/** How long a deployment may take, and what happens when it takes longer or its job is cancelled. */
export interface DeploymentLimits {
  readonly timeoutMs: number
  readonly onTimeout: Remedy
  readonly onCancel: Remedy
}
