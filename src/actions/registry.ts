import type { Action } from '../action/define.ts'

/** Every action by name, loaded when it is asked for. */
export const registry: Readonly<Record<string, () => Promise<Action>>> = {
  'codedeploy-bluegreen': async () => (await import('./codedeploy-bluegreen.ts')).codedeployBluegreen,
  'dual-deploy': async () => (await import('./dual-deploy.ts')).dualDeploy,
  'render-task-def': async () => (await import('./render-task-def.ts')).renderTaskDef,
}
