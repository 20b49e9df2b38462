import { formatDuration } from '../action/clock.ts'
import { type HttpProbe, probeHttp } from '../action/http-probe.ts'
import type { AttemptParts } from './attempt.ts'
import { digestMismatches } from './digest-check.ts'
import { isForbidden, resources } from './kubernetes-api.ts'
import { type ManifestObject, parseManifest } from './manifest.ts'
import { isSelecting, type ManifestService, podTemplatesOf, servicesOf } from './pod-template.ts'
import type { ReleaseRecord } from './release-record.ts'
import { readProgress } from './rollout-watcher.ts'
import { type EndpointSlice, judgeService, type ServiceState, serviceLabel } from './service-endpoints.ts'

/** What must hold once every pod is up, before a deployment counts as done. */
export interface ServingChecks {
  /** `fail`: a Service without ready endpoints fails the deployment. */
  readonly services: 'fail' | 'warn' | 'off'
  readonly probe: HttpProbe | undefined
  /** The image that was deployed; undefined when none was named. */
  readonly image: string | undefined
}

/** What the checks found. */
export interface ServingReport {
  readonly services: readonly ServiceState[]
  /** Why the release does not serve, in one line: `Service/orders: 0 of 2 endpoints are ready`. Undefined when it does. */
  readonly problem: string | undefined
  readonly hint: string | undefined
}

/** Between two looks at the endpoints, in ms. */
const lookMs = 2_000
/** Endpoints follow their pods by seconds: so long is waited even when the time is up, in ms. */
const leastMs = 15_000

/**
 * Holds a deployment whose pods are all up against what users meet: the digest that its containers run, endpoints behind
 * every Service, and an answer from outside. Makes only reading calls. Rejects with the signal's reason.
 */
export async function checkServing(
  record: ReleaseRecord,
  checks: ServingChecks,
  leftMs: number,
  parts: Pick<AttemptParts, 'api' | 'clock' | 'log'> & { readonly signal: AbortSignal },
): Promise<ServingReport> {
  const { clock, log, signal } = parts
  const objects = parseManifest(record.manifest, record.namespace)
  const services = checks.services === 'off' ? [] : servicesOf(objects).filter(isSelecting)
  const until = clock.now() + Math.max(leftMs, leastMs)
  const blind = new Set<string>()
  let states: readonly ServiceState[] = []
  for (let said = ''; ; ) {
    signal.throwIfAborted()
    const { all: progress } = await readProgress(record, new Map(), parts)
    const wrong = checks.image === undefined ? [] : digestMismatches(progress, checks.image)
    if (wrong.length > 0) return { services: states, problem: wrong.slice(0, 5).join('; '), hint: mismatchHint }
    states = await readServices(objects, services, progress, blind, parts)
    const bad = states.filter(({ problem }) => problem !== undefined)
    if (bad.length === 0) break
    const lines = bad.map(problemLine).join('; ')
    if (clock.now() + lookMs > until) {
      if (checks.services === 'fail') return { services: states, problem: lines, hint: endpointsHint }
      log.warn(lines)
      break
    }
    if (said !== lines) log.info(`waiting for endpoints: ${lines}`)
    said = lines
    await clock.sleep(lookMs, signal)
  }
  if (checks.probe !== undefined) {
    log.info(`probing ${checks.probe.url.replace(/[?#].*$/, '')} for up to ${formatDuration(checks.probe.timeoutMs)}`)
    const verdict = await probeHttp(checks.probe, { log: (line) => log.info(line), clock, signal })
    if (!verdict.passed) return { services: states, problem: verdict.reason, hint: probeHint }
  }
  return { services: states, problem: undefined, hint: undefined }
}

const mismatchHint = 'the tag was moved, or the chart reads the image from other values than those that were set'
const endpointsHint =
  'its selector must equal the labels of the pods, its targetPort a port of theirs, and their readiness probe must pass'
const probeHint = 'the pods are ready, so look between them and the address: Ingress, load balancer, certificate, DNS'

const problemLine = ({ name, problem }: ServiceState): string => `Service/${name}: ${problem}`

async function readServices(
  objects: readonly ManifestObject[],
  services: readonly ManifestService[],
  progress: Parameters<typeof judgeService>[3],
  blind: Set<string>,
  { api, log }: Pick<AttemptParts, 'api' | 'log'>,
): Promise<readonly ServiceState[]> {
  const templates = podTemplatesOf(objects)
  const states: ServiceState[] = []
  for (const namespace of new Set(services.map((service) => service.namespace))) {
    if (blind.has(namespace)) continue
    try {
      const slices = await api.list<EndpointSlice>(resources.endpointslices, namespace, { labelSelector: serviceLabel })
      const own = services.filter((service) => service.namespace === namespace)
      states.push(...own.map((service) => judgeService(service, templates, slices, progress)))
    } catch (error) {
      if (!isForbidden(error)) throw error
      blind.add(namespace)
      log.warn(
        `may not list endpointslices.discovery.k8s.io in ${namespace}: whether its Services have endpoints is not known`,
      )
    }
  }
  return states
}
