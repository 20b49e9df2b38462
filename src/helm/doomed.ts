import type { ContainerStatus, Pod, Workload } from './kubernetes-object.ts'

/** What a signal says about a rollout. */
export interface Sign {
  /** `doomed`: waiting will not help. `waiting`: it may yet come right, and is the reason when the time runs out. */
  readonly verdict: 'doomed' | 'waiting'
  /** For people: `container app CrashLoopBackOff, exit 137, OOMKilled`. */
  readonly text: string
  readonly container: string | undefined
  /** The container ended and is or was restarted: what it printed before tells why. */
  readonly crashed: boolean
}

/** A Deployment may fail to make pods this long (quota, webhook, service account), in ms. */
export const failedCreateGraceMs = 60_000

const imageGone = /not found|manifest unknown|denied|unauthorized|no basic auth|forbidden|does not exist|name unknown/i

/** Reads one container of a new pod; undefined when there is nothing to say. Rules: krane's pod.rb, kubedog's pod status. */
export function containerSign(status: ContainerStatus, isInit: boolean): Sign | undefined {
  const name = status.name ?? '?'
  const kind = isInit ? 'init container' : 'container'
  const waiting = status.state?.waiting
  const ended = status.state?.terminated ?? status.lastState?.terminated
  const restarts = status.restartCount ?? 0
  const crash = endText(ended)
  const sign = (verdict: Sign['verdict'], text: string, crashed = false): Sign => ({
    verdict,
    text: `${kind} ${name} ${text}`,
    container: name,
    crashed,
  })
  const reason = waiting?.reason ?? ''
  const message = firstLine(waiting?.message)
  if (reason === 'CrashLoopBackOff') {
    const doomed = restarts >= 2 || isInit
    return sign(doomed ? 'doomed' : 'waiting', `CrashLoopBackOff${crash}`, true)
  }
  if (reason === 'ErrImagePull' || reason === 'ImagePullBackOff') {
    return sign(imageGone.test(waiting?.message ?? '') ? 'doomed' : 'waiting', withMessage(reason, message))
  }
  if (reason === 'InvalidImageName' || reason === 'ErrImageNeverPull') {
    return sign('doomed', withMessage(reason, message))
  }
  if (reason === 'CreateContainerConfigError') {
    const settling = /failed to sync .* cache/.test(waiting?.message ?? '')
    return sign(settling ? 'waiting' : 'doomed', withMessage(reason, message))
  }
  if (['RunContainerError', 'ContainerCannotRun', 'StartError', 'CreateContainerError'].includes(reason)) {
    return sign(ended?.exitCode === 128 ? 'waiting' : 'doomed', withMessage(reason, message))
  }
  const now = status.state?.terminated
  if (now !== undefined && ['ContainerCannotRun', 'StartError'].includes(now.reason ?? '') && now.exitCode !== 128) {
    return sign('doomed', withMessage(now.reason ?? '', firstLine(now.message)), true)
  }
  if (now !== undefined && now.exitCode !== 0) {
    const doomed = isInit || restarts >= 2
    return sign(doomed ? 'doomed' : 'waiting', `ended${crash}`, true)
  }
  if (restarts >= 3 && status.ready !== true) return sign('doomed', `restarted ${restarts} times${crash}`, true)
  if (reason !== '' && reason !== 'ContainerCreating' && reason !== 'PodInitializing') {
    return sign('waiting', withMessage(reason, message))
  }
  if (!isInit && status.state?.running !== undefined && status.ready !== true) return sign('waiting', 'is not ready')
  return undefined
}

/** Reads a new pod: its containers, and whether it could be scheduled. The worst comes first. */
export function podSigns(pod: Pod): readonly Sign[] {
  const status = pod.status
  if (isTransient(pod)) return []
  const signs = [
    ...(status?.initContainerStatuses ?? []).map((container) => containerSign(container, true)),
    ...(status?.containerStatuses ?? []).map((container) => containerSign(container, false)),
  ].filter((sign) => sign !== undefined)
  const unscheduled = status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False')
  if (unscheduled !== undefined) {
    const text = withMessage(unscheduled.reason ?? 'Unschedulable', firstLine(unscheduled.message))
    signs.push({ verdict: 'waiting', text: `pod is ${text}`, container: undefined, crashed: false })
  }
  return signs.sort((a, b) => Number(b.verdict === 'doomed') - Number(a.verdict === 'doomed'))
}

/** Taken away by the cluster, not failed by itself: another takes its place. */
const isTransient = (pod: Pod): boolean =>
  pod.metadata?.deletionTimestamp !== undefined ||
  ['Evicted', 'Preempting', 'NodeLost', 'NodeAffinity', 'Shutdown', 'Terminated'].includes(pod.status?.reason ?? '')

/** Reads a workload's own conditions, which count only once its controller has seen the newest generation. */
export function workloadSigns(workload: Workload, now: number): readonly Sign[] {
  const status = workload.status
  if ((status?.observedGeneration ?? Number.POSITIVE_INFINITY) < (workload.metadata?.generation ?? 0)) return []
  const sign = (verdict: Sign['verdict'], text: string): Sign => ({
    verdict,
    text,
    container: undefined,
    crashed: false,
  })
  return (status?.conditions ?? []).flatMap((condition) => {
    const text = withMessage(condition.reason ?? condition.type ?? '', firstLine(condition.message))
    if (condition.type === 'Progressing' && condition.status === 'False') return [sign('doomed', text)]
    if (condition.type === 'ReplicaFailure' && condition.status === 'True') {
      const since = Date.parse(condition.lastTransitionTime ?? '')
      const old = Number.isNaN(since) || now - since > failedCreateGraceMs
      return [sign(old ? 'doomed' : 'waiting', text)]
    }
    if (condition.type === 'Failed' && condition.status === 'True' && workload.kind === 'Job') {
      return [sign('doomed', text)]
    }
    return []
  })
}

function endText(ended: NonNullable<ContainerStatus['state']>['terminated']): string {
  if (ended === undefined) return ''
  const reason =
    ended.reason === undefined || ended.reason === 'Error' || ended.reason === 'Completed' ? '' : `, ${ended.reason}`
  const signal = ended.signal === undefined || ended.signal === 0 ? '' : `, signal ${ended.signal}`
  return `, exit ${ended.exitCode ?? '?'}${signal}${reason}`
}

const withMessage = (reason: string, message: string): string => (message === '' ? reason : `${reason}: ${message}`)

function firstLine(message: string | undefined): string {
  const line = (message ?? '').trim().split('\n')[0] ?? ''
  return line.length > 240 ? `${line.slice(0, 237)}...` : line
}
