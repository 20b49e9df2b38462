import { messageOf } from '../action/errors.ts'
import type { Host } from '../action/host.ts'
import type { Outcome } from '../action/outcome.ts'
import { withScalingSuspended } from './autoscaling.ts'
import { everyService } from './every-service.ts'
import { volumesBeside } from './managed-volume.ts'
import { deployNative, nativeBase, type PlannedNative, plannedWords, planService } from './native.ts'
import { primaryOf } from './native-current.ts'
import type { NativeParts, NativeRequest, NativeResult } from './native-request.ts'
import { lastGood } from './native-rollback.ts'
import { deregisterOld } from './old-revisions.ts'
import { type RevisionToDeploy, revisionToDeploy, type SharedRevision, takeBack } from './revision-to-deploy.ts'
import { runTask, type TaskRun } from './run-task.ts'
import { besideService, type TaskBefore, taskBeforeWords } from './task-before.ts'

/** One revision for several services of a cluster. */
export interface ServicesRequest extends Omit<NativeRequest, 'service'> {
  readonly services: readonly string[]
  /** Run to its end with the new revision before any service moves to it; its place is the first service's where none is given. */
  readonly taskBefore: TaskBefore | undefined
  readonly suspendScaling: boolean
  /** Older revisions of the family than these are deregistered after a success; all stay when absent. */
  readonly keepRevisions: number | undefined
}

export interface ServicesResult {
  readonly outcome: Outcome
  readonly reason: string | undefined
  readonly results: readonly NativeResult[]
  readonly taskBefore: TaskRun | undefined
}

/** Plans for every service first, registers one revision, and moves all of them at once. Nothing is changed when one of them is blocked. */
export async function deployServices(request: ServicesRequest, parts: NativeParts): Promise<ServicesResult> {
  const { host } = parts
  const { services, taskBefore: _, suspendScaling: __, keepRevisions: ___, ...each } = request
  const plans = await everyService(services.map((service) => planService({ ...each, service }, parts)))
  const blocked = plans.find(({ plan }) => plan.kind === 'blocked')
  if (blocked !== undefined) {
    const results = plans.map((planned) => idle(planned, 'blocked'))
    const reason = blocked.plan.kind === 'blocked' ? blocked.plan.reason : undefined
    return { outcome: 'blocked', reason, results, taskBefore: undefined }
  }
  if (request.dryRun) {
    const revision = request.wanted?.arn ?? (request.wanted === undefined ? 'its own revision' : 'a new revision')
    for (const planned of plans) host.info(`would ${plannedWords(planned, planned.same ?? revision)}`)
    const deploys = plans.some(({ plan }) => ['deploy', 'wait-for', 'stop-first'].includes(plan.kind))
    if (deploys && request.taskBefore !== undefined)
      host.info(`would ${taskBeforeWords(besideService(request.taskBefore, plans[0]?.service))}`)
    if (deploys && request.suspendScaling) host.info('would suspend the autoscaling meanwhile, where there is any')
    if (deploys && request.keepRevisions !== undefined)
      host.info(`would deregister older revisions after a success, and keep ${request.keepRevisions}`)
    const outcome = plans.every(({ plan }) => plan.kind === 'unchanged') ? 'unchanged' : 'succeeded'
    return {
      outcome,
      reason: undefined,
      results: plans.map((one) => idle(one, one.plan.kind === 'unchanged' ? 'unchanged' : 'succeeded')),
      taskBefore: undefined,
    }
  }
  const shared = sharedRevision(request, plans, parts)
  const results = await Promise.all(
    plans.map((planned) => moved(planned, shared, request, { ...parts, host: named(host, planned, services) })),
  )
  await shared.settle(results)
  const taskBefore = await shared.task()
  const ends = results.map(({ result }) => result)
  if (ends.every(({ outcome }) => outcome === 'succeeded' || outcome === 'unchanged'))
    await tidied(request, ends, parts)
  return { ...worst(ends), results: ends, taskBefore }
}

/** Deregisters old revisions, if told: none that runs, is deployed or has been deployed well before. What it cannot do spoils no success. */
async function tidied(request: ServicesRequest, ends: readonly NativeResult[], parts: NativeParts): Promise<void> {
  const { cluster, keepRevisions: keep } = request
  const family = ends[0]?.taskDefinition?.split('/').at(-1)?.split(':')[0]
  if (keep === undefined || family === undefined) return
  const { ecs, host, signal } = parts
  try {
    const tasks = await ecs.tasks(cluster, { family, desiredStatus: 'RUNNING' }, signal)
    const services = await Promise.all(request.services.map((service) => ecs.service(cluster, service, signal)))
    const good = await Promise.all(
      ends.map(({ service, deploymentArn }) => lastGood({ cluster, service }, deploymentArn, parts)),
    )
    const inUse = [
      ...tasks.map(({ taskDefinitionArn }) => taskDefinitionArn),
      ...services.flatMap(({ deployments = [] }) => deployments.map(({ taskDefinition }) => taskDefinition)),
      ...good,
    ]
    const gone = await deregisterOld(parts, { family, keep, inUse }, signal)
    if (gone.length > 0)
      host.info(`deregistered ${gone.map((arn) => arn.split('/').at(-1)).join(', ')}: ${keep} are kept`)
  } catch (error) {
    if (signal.aborted) throw error
    host.warn(`old revisions of ${family} could not be deregistered: ${messageOf(error)}`)
  }
}

const idle = (planned: PlannedNative, outcome: Outcome): NativeResult => ({
  ...nativeBase(planned),
  outcome,
  reason: planned.plan.kind === 'blocked' ? planned.plan.reason : undefined,
})

/** With several services, every line says which it is about. */
function named(host: Host, { request }: PlannedNative, services: readonly string[]): Host {
  if (services.length < 2) return host
  const say = (level: 'info' | 'debug' | 'warn' | 'error') => (message: string) =>
    host[level](`${request.service}: ${message}`)
  return { ...host, info: say('info'), debug: say('debug'), warn: say('warn'), error: say('error') }
}

/** One service's end, whether it was returned or thrown. */
interface Moved {
  readonly result: NativeResult
  readonly thrown: unknown
}

async function moved(
  planned: PlannedNative,
  shared: SharedRevision,
  request: ServicesRequest,
  parts: NativeParts,
): Promise<Moved> {
  const { plan } = planned
  if (plan.kind === 'unchanged') {
    parts.host.info(
      `${planned.request.service} runs ${planned.same} already, which is the same: nothing is registered or deployed`,
    )
    return { result: idle(planned, 'unchanged'), thrown: undefined }
  }
  const deploy = () => deployNative(planned, shared, parts)
  try {
    const { cluster, service } = planned.request
    const result = request.suspendScaling ? await withScalingSuspended(cluster, service, parts, deploy) : await deploy()
    return { result, thrown: undefined }
  } catch (thrown) {
    if (request.services.length === 1) return { result: idle(planned, 'failed'), thrown }
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    parts.host.error(reason)
    return { result: { ...idle(planned, 'failed'), reason }, thrown }
  }
}

/** The revision that all services share: registered when the first of them asks, after its way is free, and the task before it run then. */
function sharedRevision(request: ServicesRequest, plans: readonly PlannedNative[], parts: NativeParts) {
  let made: Promise<RevisionToDeploy | undefined> | undefined
  let registered: RevisionToDeploy | undefined
  let task: Promise<TaskRun> | undefined
  let attempts = 0
  const make = async (signal: AbortSignal): Promise<RevisionToDeploy | undefined> => {
    const { wanted, taskBefore, cluster } = request
    // After a wait it may be the newest no more.
    const waited = plans.some(({ plan }) => plan.kind === 'wait-for' || plan.kind === 'stop-first')
    const newest = waited ? undefined : plans[0]?.newest
    // Every service has it: only its settings change.
    const same = !waited && plans.every((plan) => plan.same === plans[0]?.same) ? plans[0]?.same : undefined
    registered =
      wanted === undefined
        ? undefined
        : await revisionToDeploy({ ...wanted, arn: wanted.arn ?? same, newest }, { ...parts, signal }, (arn) => {
            registered = { arn, registered: true }
          })
    const taskDefinition = registered?.arn ?? plans[0]?.service.taskDefinition
    if (taskBefore !== undefined && taskDefinition !== undefined) {
      const { propagateTags, enableManagedTags, volumes } = request.settings
      const service = plans[0]?.service
      const live = (service && primaryOf(service)?.volumeConfigurations) ?? []
      const given = taskBefore.volumes ?? volumesBeside(wanted?.document, volumes ?? live)
      const place = besideService(
        { ...taskBefore, volumes: given },
        {
          ...service,
          ...(propagateTags === undefined ? {} : { propagateTags }),
          ...(enableManagedTags === undefined ? {} : { enableECSManagedTags: enableManagedTags }),
        },
      )
      task = runTask({ ...place, cluster, taskDefinition }, { ...parts, signal })
      await task
    }
    return registered
  }
  return {
    get: (signal: AbortSignal) => {
      made ??= make(signal)
      return made
    },
    task: async () => (task === undefined ? undefined : await task.catch(() => undefined)),
    attempted: () => void attempts++,
    refused: () => void attempts--,
    /** A revision that no service was told of, or can have come to, goes again. */
    async settle(results: readonly Moved[]): Promise<void> {
      if (registered !== undefined && attempts === 0) await takeBack(parts.ecs, registered, parts.host)
      const first = results.find(({ thrown }) => thrown !== undefined)?.thrown
      if (results.length === 1 && first !== undefined) throw first
    },
  }
}

/** From the best end to the worst. */
const order: readonly Outcome[] = [
  ...(['unchanged', 'succeeded', 'waiting', 'blocked', 'superseded', 'stopped'] as const),
  ...(['rolled-back', 'failed', 'timed-out', 'cancelled', 'rollback-failed'] as const),
]

/** The worst end of all, with every reason. */
export function worst(results: readonly NativeResult[]): {
  readonly outcome: Outcome
  readonly reason: string | undefined
} {
  const ends = results.toSorted((a, b) => order.indexOf(b.outcome) - order.indexOf(a.outcome))
  const [first] = ends
  if (first === undefined) throw new Error('there is no service')
  const reasons = ends.filter(({ reason }) => reason !== undefined)
  const reason =
    results.length === 1 ? first.reason : reasons.map(({ service, reason }) => `${service}: ${reason}`).join('\n')
  return { outcome: first.outcome, reason: reason === '' ? undefined : reason }
}
