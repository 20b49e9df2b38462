import type { Cluster } from '../cluster.ts'
import { dispose } from '../deletion.ts'
import { record } from '../events.ts'
import { ApiFailure } from '../failure.ts'
import type { Fields, KubeObject } from '../object.ts'
import { resource } from '../resources.ts'
import { save } from '../writes.ts'
import { conditionOf, isTrue, withCondition } from './conditions.ts'
import type { Reconciler, Wake } from './loop.ts'
import { createPod, isActive, isReady, isTerminating, podOf, pods, podsOf } from './pods.ts'

export const jobs = resource('batch/v1/jobs')
const component = 'job-controller'
const firstPause = 10_000
const longestPause = 600_000

export const jobFinished = ({ status }: KubeObject): boolean => isTrue(status, 'Complete') || isTrue(status, 'Failed')

/** Runs each Job's pods to its completions, its back-off limit or its deadline. */
export const reconcileJobs: Reconciler = (cluster, wake) => {
  for (const job of cluster.store.list(jobs)) {
    if (isTerminating(job)) continue
    if (jobFinished(job)) expire(cluster, job, wake)
    else reconcile(cluster, job, wake)
  }
}

function reconcile(cluster: Cluster, job: KubeObject, wake: Wake): undefined {
  const { spec } = job
  const now = cluster.now()
  const before = (job['status'] ?? {}) as Fields
  const all = podsOf(cluster, job)
  const active = all.filter(isActive)
  const succeeded = all.filter(({ status }) => status?.phase === 'Succeeded').length
  const failed = all.filter(({ status }) => status?.phase === 'Failed')
  const restarts = all
    .flatMap(({ status }) => (status?.containerStatuses ?? []) as Fields[])
    .reduce((sum, one) => sum + one['restartCount'], 0)
  const failures = failed.length + (spec.template.spec.restartPolicy === 'OnFailure' ? restarts : 0)
  const status: Fields = {
    ...before,
    ...(spec.suspend ? {} : { startTime: before['startTime'] ?? now }),
    active: active.length,
    succeeded,
    failed: failed.length,
    ready: active.filter(isReady).length,
    terminating: all.filter(isTerminating).length,
    uncountedTerminatedPods: {},
  }
  const keep = (): undefined => {
    for (const key of ['active', 'succeeded', 'failed']) if (status[key] === 0) delete status[key]
    save(cluster, jobs, { ...job, status })
  }
  const finish = (type: 'Complete' | 'Failed', reason: string, message: string): undefined => {
    const first = type === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget'
    const conditions = (before['conditions'] ?? []) as Fields[]
    const condition = (name: string): Fields => ({ type: name, status: 'True', reason, message, lastProbeTime: now })
    status['conditions'] = withCondition(withCondition(conditions, condition(first), now), condition(type), now)
    if (type === 'Complete') status['completionTime'] = now
    for (const pod of active) dispose(cluster, pods, pod)
    status['active'] = 0
    status['ready'] = 0
    keep()
    const done = type === 'Complete'
    record(cluster, job, {
      type: done ? 'Normal' : 'Warning',
      reason: done ? 'Completed' : reason,
      message: done ? 'Job completed' : message,
      component,
    })
  }
  if (succeeded >= (spec.completions ?? 1))
    return finish('Complete', 'CompletionsReached', 'Reached expected number of succeeded pods')
  if (failures > spec.backoffLimit) {
    return finish('Failed', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit')
  }
  if (spec.activeDeadlineSeconds !== undefined && status['startTime'] !== undefined) {
    const left = Date.parse(status['startTime']) + spec.activeDeadlineSeconds * 1_000 - cluster.world.clock.now()
    if (left <= 0) return finish('Failed', 'DeadlineExceeded', 'Job was active longer than specified deadline')
    wake(left)
  }
  if (spec.suspend) {
    for (const pod of active) dispose(cluster, pods, pod)
    return keep()
  }
  const wanted = Math.min(spec.parallelism, (spec.completions ?? 1) - succeeded)
  const missing = wanted - active.length
  const left = pauseLeft(cluster, failed)
  if (missing > 0 && left > 0) wake(left)
  else {
    for (let number = 0; number < missing; number++) {
      const made = createPod(cluster, job, podOf(job, spec.template, `${job.metadata.name}-`), component)
      if (made instanceof ApiFailure) {
        wake(firstPause)
        break
      }
      status['active']++
    }
  }
  keep()
}

/** How long until the next pod may follow the failed ones: 10 s, 20 s, 40 s, … after the last. */
function pauseLeft(cluster: Cluster, failed: readonly KubeObject[]): number {
  if (failed.length === 0) return 0
  const ended = failed.map((pod) => {
    const statuses = (pod['status']?.containerStatuses ?? []) as Fields[]
    const times = statuses.map(({ state }) =>
      Date.parse(state?.terminated?.finishedAt ?? pod.metadata.creationTimestamp),
    )
    return Math.max(...times, Date.parse(conditionOf(pod['status'], 'Ready')?.['lastTransitionTime'] ?? '') || 0)
  })
  const pause = Math.min(longestPause, firstPause * 2 ** (failed.length - 1))
  return Math.max(...ended) + pause - cluster.world.clock.now()
}

/** Deletes a finished Job after ttlSecondsAfterFinished. */
function expire(cluster: Cluster, job: KubeObject, wake: Wake): undefined {
  const ttl = job['spec'].ttlSecondsAfterFinished as number | undefined
  if (ttl === undefined) return
  const ended = conditionOf(job['status'], 'Complete') ?? conditionOf(job['status'], 'Failed')
  const left = Date.parse(ended?.['lastTransitionTime']) + ttl * 1_000 - cluster.world.clock.now()
  if (left > 0) wake(left)
  else dispose(cluster, jobs, job)
}
