import { acceptedDigests } from '../artifact/accepted-digests.ts'
import type { DualParts } from '../dual/deploy.ts'
import { ecsDigestReader } from '../dual/platforms.ts'
import { runningDigests } from '../helm/running-digests.ts'

/** The actions that a side of strangler.yml may call, and how what they deployed is read back. */
export const dualParts: DualParts = {
  actions: {
    'codedeploy-bluegreen': async () => (await import('./codedeploy-bluegreen.ts')).codedeployBluegreen,
    'ecs-deploy': async () => (await import('./ecs-deploy.ts')).ecsDeploy,
    'helm-upgrade-with-history': async () => (await import('./helm-upgrade-with-history.ts')).helmUpgradeWithHistory,
    'render-task-def': async () => (await import('./render-task-def.ts')).renderTaskDef,
  },
  readers: {
    'codedeploy-bluegreen': ecsDigestReader,
    'ecs-deploy': ecsDigestReader,
    'helm-upgrade-with-history': runningDigests,
  },
  acceptedDigests,
}
