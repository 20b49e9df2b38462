import { describe, expect, test } from '@jest/globals'
import type { Pod, Workload } from '../../src/helm/kubernetes-object.ts'
import type { WorkloadName } from '../../src/helm/manifest.ts'
import { baselineOf, type NamespaceSnapshot, progressOf, signLine, worstSign } from '../../src/helm/rollout.ts'

const name: WorkloadName = { kind: 'Deployment', name: 'web', namespace: 'qa' }
const revision = 'deployment.kubernetes.io/revision'

const deployment = (generation: number, status: Workload['status'] = {}, at = '2'): Workload => ({
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'qa', uid: 'd', generation, annotations: { [revision]: at } },
  spec: { replicas: 1 },
  status: { observedGeneration: generation, ...status },
})
const set = (uid: string, at: string): Workload => ({
  metadata: { name: uid, uid, annotations: { [revision]: at }, ownerReferences: [{ uid: 'd', controller: true }] },
})
const pod = (podName: string, owner: string, broken: boolean): Pod => ({
  metadata: { name: podName, ownerReferences: [{ uid: owner }] },
  status: {
    conditions: [{ type: 'Ready', status: broken ? 'False' : 'True' }],
    containerStatuses: [
      broken
        ? { name: 'app', restartCount: 5, state: { waiting: { reason: 'CrashLoopBackOff' } } }
        : { name: 'app', ready: true, state: { running: {} } },
    ],
  },
})
const snapshot = (workload: Workload, pods: readonly Pod[]): NamespaceSnapshot => ({
  workloads: [workload],
  replicaSets: [set('old', '1'), set('new', '2'), { metadata: { uid: 'alien', annotations: { [revision]: '2' } } }],
  controllerRevisions: [],
  pods,
})
const before = baselineOf([deployment(1, {}, '1')])

describe('a rollout', () => {
  test('is blamed for its new pods only, found by owner', () => {
    const pods = [pod('old-1', 'old', true), pod('alien-1', 'alien', true), pod('new-1', 'new', false)]
    const progress = progressOf(name, snapshot(deployment(2), pods), before, 0)
    expect(progress.pods.map(({ metadata }) => metadata?.name)).toEqual(['new-1'])
    expect(progress.signs).toEqual([])
  })

  test('names the pod that cannot come up', () => {
    const progress = progressOf(name, snapshot(deployment(2), [pod('new-1', 'new', true)]), before, 0)
    const worst = worstSign([progress])
    expect(worst?.doomed).toBe(true)
    expect(worst && signLine(worst.workload, worst.sign)).toBe('Deployment/web: container app CrashLoopBackOff')
  })

  test('is not blamed for what was broken before and has not moved since', () => {
    const progress = progressOf(name, snapshot(deployment(1), [pod('new-1', 'new', true)]), before, 0)
    expect(progress.moved).toBe(false)
    expect(worstSign([progress])).toBeUndefined()
  })

  test('is not judged before its controller has seen it', () => {
    const unseen = deployment(2, { observedGeneration: 1, updatedReplicas: 1, availableReplicas: 1, replicas: 1 })
    const progress = progressOf(name, snapshot(unseen, [pod('new-1', 'new', true)]), before, 0)
    expect(progress).toMatchObject({ done: false, signs: [] })
  })

  test.each([
    ['every replica is new and up', { replicas: 1, updatedReplicas: 1, availableReplicas: 1 }, true],
    ['an old pod is left', { replicas: 2, updatedReplicas: 1, availableReplicas: 2 }, false],
    ['none is up, though maxUnavailable would allow it', { replicas: 1, updatedReplicas: 1 }, false],
  ])('is done: %s', (_name, status, done) => {
    expect(progressOf(name, snapshot(deployment(2, status), []), before, 0).done).toBe(done)
  })

  test('of a Job leaves trying again to the Job', () => {
    const job: Workload = { kind: 'Job', metadata: { name: 'j', namespace: 'qa', uid: 'j', generation: 1 } }
    const failing = { ...snapshot(job, [pod('j-1', 'j', true)]), workloads: [job] }
    const progress = progressOf({ kind: 'Job', name: 'j', namespace: 'qa' }, failing, before, 0)
    expect(worstSign([progress])).toMatchObject({ doomed: false })
    const condition = { type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }
    const failed = { ...job, status: { observedGeneration: 1, conditions: [condition] } }
    const over = progressOf({ kind: 'Job', name: 'j', namespace: 'qa' }, { ...failing, workloads: [failed] }, before, 0)
    expect(worstSign([over])).toMatchObject({ doomed: true, sign: { pod: 'j-1' } })
  })
})
