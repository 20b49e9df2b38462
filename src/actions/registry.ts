import type { Action } from '../action/define.ts'

/** Every action by name, loaded when it is asked for. */
export const registry: Readonly<Record<string, () => Promise<Action>>> = {
  'build-push-ecr': async () => (await import('./build-push-ecr.ts')).buildPushEcr,
  'codedeploy-bluegreen': async () => (await import('./codedeploy-bluegreen.ts')).codedeployBluegreen,
  'dual-deploy': async () => (await import('./dual-deploy.ts')).dualDeploy,
  'ecs-deploy': async () => (await import('./ecs-deploy.ts')).ecsDeploy,
  'helm-upgrade-with-history': async () => (await import('./helm-upgrade-with-history.ts')).helmUpgradeWithHistory,
  'promote-artifact': async () => (await import('./promote-artifact.ts')).promoteArtifact,
  'render-task-def': async () => (await import('./render-task-def.ts')).renderTaskDef,
}
