import type { Action } from '../action/define.ts'

/** Every action by name, loaded when it is asked for. */
export const registry: Readonly<Record<string, () => Promise<Action>>> = {
  'dual-deploy': async () => (await import('./dual-deploy.ts')).dualDeploy,
}
