import { messageOf } from '../action/errors.ts'
import type { HelmFailure } from './helm-failure.ts'
import type { JobLog } from './job-logs.ts'
import { isForbidden, type KubernetesApi, resources } from './kubernetes-api.ts'
import type { Event, Pod, Probe } from './kubernetes-object.ts'
import type { ReleaseRecord } from './release-record.ts'
import { type PodSign, signLine, type WorkloadProgress, worstSign } from './rollout.ts'

/** Why a deployment failed, and what backs it. */
export interface Diagnosis {
  /** Names the cause: `Deployment/web: container app CrashLoopBackOff, exit 137, OOMKilled`. */
  readonly reason: string
  readonly hint: string | undefined
  readonly objects: readonly string[]
  readonly findings: readonly Finding[]
}

/** What was found at one pod, or at a workload that has none. */
export interface Finding {
  /** `Pod/web-6d4b-x2x` or `Deployment/web`. */
  readonly subject: string
  readonly signs: readonly string[]
  readonly events: readonly string[]
  readonly logs: readonly ContainerLog[]
}

export interface ContainerLog {
  readonly container: string
  /** It ended and was started again: these are the lines of the one before. */
  readonly previous: boolean
  readonly lines: readonly string[]
}

const podsPerWorkload = 2
const logLines = 50
const eventLines = 10

/**
 * Looks at everything that did not come up. Reads only; what may not be read is left out and said.
 * `jobLogs` are what Jobs and hooks printed, which may be gone by now.
 */
export async function diagnose(
  progress: readonly WorkloadProgress[],
  failure: HelmFailure | undefined,
  record: ReleaseRecord | undefined,
  api: KubernetesApi,
  jobLogs: readonly JobLog[] = [],
): Promise<Diagnosis> {
  const troubled = progress.filter(({ done, missing, moved }) => !done && !missing && moved)
  const findings: Finding[] = []
  const probes: string[] = []
  for (const workload of troubled) {
    const pods = worstFirst(workload).slice(0, podsPerWorkload)
    if (pods.length === 0) {
      const events = await warnings(
        api,
        workload.namespace,
        `${workload.kind}/${workload.name}`,
        workload.kind,
        workload.name,
      )
      findings.push({
        subject: `${workload.kind}/${workload.name}`,
        signs: workload.signs.map(({ text }) => text),
        events,
        logs: [],
      })
    }
    for (const pod of pods) {
      const name = pod.metadata?.name ?? ''
      const signs = workload.signs.filter((sign) => sign.pod === name)
      const events = await warnings(api, workload.namespace, `Pod/${name}`, 'Pod', name)
      const logs = await containerLogs(api, workload.namespace, pod, signs, jobLogs)
      findings.push({ subject: `Pod/${name}`, signs: signs.map(({ text }) => text), events, logs })
      probes.push(...probeLines(workload, pod, signs, events))
    }
  }
  findings.push(...findingsOfJobs(jobLogs, findings))
  const worst = worstSign(progress)
  const objects = [...new Set([...troubled.map(({ kind, name }) => `${kind}/${name}`), failure?.object ?? ''])].filter(
    (object) => object !== '',
  )
  return {
    reason: firstLine(worst, probes, failure, record, findings),
    hint: hintFor(worst?.sign, failure),
    objects,
    findings,
  }
}

function firstLine(
  worst: ReturnType<typeof worstSign>,
  probes: readonly string[],
  failure: HelmFailure | undefined,
  record: ReleaseRecord | undefined,
  findings: readonly Finding[],
): string {
  const hook = record?.hooks.find(({ phase }) => phase === 'Failed')
  const rendered = failure !== undefined && !['timed-out', 'stopped', 'not-ready', 'hook'].includes(failure.kind)
  if (rendered) return failure.message
  if (worst !== undefined) {
    const isHook = record?.hooks.some(({ kind, name }) => kind === worst.workload.kind && name === worst.workload.name)
    const last = lastWords(findings)
    const text = worst.sign.text.endsWith('is not ready') ? (probes[0] ?? worst.sign.text) : worst.sign.text
    const line = signLine(worst.workload, { ...worst.sign, text })
    return `${isHook ? `hook ${line}` : line}${worst.sign.crashed && last !== undefined ? ` (last log: ${last})` : ''}`
  }
  if (hook !== undefined) {
    const last = lastWords(findings)
    const words = last === undefined ? '' : ` (last log: ${last})`
    return `hook ${hook.kind}/${hook.name} failed: ${failure?.message ?? 'helm does not say why'}${words}`
  }
  return failure?.message ?? 'the rollout did not finish'
}

/** Containers of Jobs and hooks that failed, and that were gone before anyone looked. */
function findingsOfJobs(jobLogs: readonly JobLog[], known: readonly Finding[]): readonly Finding[] {
  return jobLogs
    .filter(({ pod, exitCode }) => (exitCode ?? 0) !== 0 && !known.some(({ subject }) => subject === `Pod/${pod}`))
    .slice(-podsPerWorkload)
    .map(({ owner, pod, container, lines, exitCode }) => ({
      subject: `Pod/${pod}`,
      signs: [`${owner}: container ${container} ended, exit ${exitCode}`],
      events: [],
      logs: [{ container, previous: false, lines }],
    }))
}

/** The last thing that a failed container printed. */
function lastWords(findings: readonly Finding[]): string | undefined {
  for (const { logs } of findings) {
    const line = logs.flatMap(({ lines }) => lines).findLast((line) => line.trim() !== '')
    if (line !== undefined) return line.length > 200 ? `${line.slice(0, 197)}...` : line
  }
  return undefined
}

function hintFor(sign: PodSign | undefined, failure: HelmFailure | undefined): string | undefined {
  if (failure?.hint !== undefined) return failure.hint
  if (sign === undefined) return undefined
  if (/ErrImagePull|ImagePullBackOff/.test(sign.text)) {
    return 'was the image pushed, to this registry, region and account, and may the nodes pull it?'
  }
  if (/OOMKilled/.test(sign.text)) return 'the container needs more memory than its limit'
  if (/CreateContainerConfigError/.test(sign.text)) return 'a Secret, ConfigMap or key that the pod needs is missing'
  return undefined
}

/** Pods with the gravest sign first. */
function worstFirst(workload: WorkloadProgress): readonly Pod[] {
  const rank = (pod: Pod): number => {
    const own = workload.signs.filter((sign) => sign.pod === pod.metadata?.name)
    return own.some(({ verdict }) => verdict === 'doomed') ? 2 : own.length > 0 ? 1 : 0
  }
  return workload.pods.filter((pod) => rank(pod) > 0).sort((a, b) => rank(b) - rank(a))
}

async function containerLogs(
  api: KubernetesApi,
  namespace: string,
  pod: Pod,
  signs: readonly PodSign[],
  jobLogs: readonly JobLog[],
): Promise<readonly ContainerLog[]> {
  const logs: ContainerLog[] = []
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])]
  for (const container of new Set(signs.map(({ container }) => container))) {
    if (container === undefined) continue
    const status = statuses.find(({ name }) => name === container)
    const waits = status?.state?.waiting !== undefined
    const previous = (status?.restartCount ?? 0) > 0 && (waits || status?.state?.running !== undefined)
    if (waits && !previous && status?.lastState?.terminated === undefined) continue
    try {
      const text = await api.podLog(namespace, pod.metadata?.name ?? '', { container, previous, tailLines: logLines })
      logs.push({
        container,
        previous,
        lines: text
          .split('\n')
          .filter((line) => line !== '')
          .slice(-logLines),
      })
    } catch (error) {
      const caught = jobLogs.find((job) => job.pod === pod.metadata?.name && job.container === container)
      logs.push({ container, previous, lines: caught?.lines ?? [`(its log cannot be read: ${messageOf(error)})`] })
    }
  }
  return logs
}

async function warnings(
  api: KubernetesApi,
  namespace: string,
  subject: string,
  kind: string,
  name: string,
): Promise<readonly string[]> {
  try {
    const fieldSelector = `involvedObject.kind=${kind},involvedObject.name=${name}`
    const events = await api.list<Event>(resources.events, namespace, { fieldSelector })
    const seen = new Map<string, Event>()
    for (const event of events) {
      if (event.type === 'Warning') seen.set(`${event.reason} ${event.message}`, event)
    }
    return [...seen.values()]
      .sort((a, b) => timeOf(a) - timeOf(b))
      .slice(-eventLines)
      .map(
        ({ reason, message, count }) => `${reason}: ${oneLine(message)}${(count ?? 1) > 1 ? ` (${count} times)` : ''}`,
      )
  } catch (error) {
    if (isForbidden(error)) return [`(the events of ${subject} may not be read)`]
    return [`(the events of ${subject} cannot be read: ${messageOf(error)})`]
  }
}

const timeOf = (event: Event): number =>
  Date.parse(event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? '') || 0

const oneLine = (message: string | undefined): string => (message ?? '').replaceAll(/\s*\n\s*/g, ' ').slice(0, 500)

/** For containers that run but are not ready: which probe, and what it last got. */
function probeLines(
  workload: WorkloadProgress,
  pod: Pod,
  signs: readonly PodSign[],
  events: readonly string[],
): readonly string[] {
  return signs
    .filter(({ text }) => text.endsWith('is not ready'))
    .map(({ container }) => {
      const spec = pod.spec?.containers?.find(({ name }) => name === container)
      const probe = spec?.readinessProbe === undefined ? 'it has no readiness probe' : probeText(spec.readinessProbe)
      const unhealthy = events.findLast((event) => event.startsWith('Unhealthy: '))?.slice('Unhealthy: '.length)
      const got = unhealthy === undefined ? '' : `: ${unhealthy}`
      return `container ${container} is not ready, ${probe}${got} (${workload.ready}/${workload.desired} ready)`
    })
}

function probeText(probe: Probe): string {
  if (probe.httpGet !== undefined)
    return `readiness probe GET ${probe.httpGet.path ?? '/'} on port ${probe.httpGet.port}`
  if (probe.tcpSocket !== undefined) return `readiness probe on TCP port ${probe.tcpSocket.port}`
  if (probe.grpc !== undefined) return `readiness probe on gRPC port ${probe.grpc.port}`
  return `readiness probe '${(probe.exec?.command ?? []).join(' ')}'`
}
