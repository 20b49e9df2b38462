import { acceptedDigests } from '../artifact/accepted-digests.ts'
import type { DualParts } from '../dual/deploy.ts'
import { ecsDigestReader } from '../dual/platforms.ts'

/** The actions that a side of strangler.yml may call, and how what they deployed is read back. */
export const dualParts: DualParts = {
  actions: {
    'codedeploy-bluegreen': async () => (await import('./codedeploy-bluegreen.ts')).codedeployBluegreen,
    'render-task-def': async () => (await import('./render-task-def.ts')).renderTaskDef,
  },
  readers: { 'codedeploy-bluegreen': ecsDigestReader },
  acceptedDigests,
}
